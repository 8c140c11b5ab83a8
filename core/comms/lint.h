// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/outward.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What a text for others might say better. It advises; nothing is ever refused for it.
namespace qd::comms {

enum class AdviceKind {
    LongSentence,   ///< over kSentenceWords words
    Blame,          ///< a mistake that is somebody's: "was broken by the admin", "human error"
    NamedFault,     ///< a person by name who "forgot", "failed to"
    Counterfactual, ///< what did not happen: "should have", "if only"
    Jargon,         ///< a word that only we understand
    InternalName,   ///< the name of a service of ours
    Estimate        ///< says when it will be mended, which nobody knows
};
[[nodiscard]] std::string_view word(AdviceKind kind);

struct Advice {
    AdviceKind kind = AdviceKind::Jargon;
    std::size_t at = 0, length = 0; ///< bytes of the text it is about
    std::string words;              ///< those, on one line
    std::string say;                ///< what to do about it, one sentence
};

inline constexpr std::size_t kSentenceWords = 25;
inline constexpr std::size_t kAdviceLimit = 50;

/// What the text may take for granted, and whose names are in it.
struct LintContext {
    AudienceKind kind = AudienceKind::Customer;
    std::vector<std::string> people;  ///< names, "Dana Ortiz"
    std::vector<std::string> services; ///< ids and names of ours, which outsiders do not know
    std::vector<std::string> jargon;  ///< beside the usual words
    std::string language = {};        ///< what the text is in: "de" has words of its own, any other is looked at as English is
};

/// In the order of the text. Pure; rules of English and of German. For what is written in another language only the length of sentences and jargon of one's own
/// say anything. What to do is said in English, what to write instead in the text's language.
[[nodiscard]] std::vector<Advice> lint(std::string_view text, const LintContext &context);

} // namespace qd::comms
