// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/review/lint.h"
#include "core/state/state.h"

#include <string>
#include <string_view>

namespace qd::control {

/// `review.read`: one review in full, with the texts of its sections, contributions and comments, and what was said of how the incident was handled.
/// Of contributions all that were given, as they were given: `newest` says whether its writer said something else for that person since.
struct ReviewRead {
    static constexpr std::string_view kMethod = "review.read";
    std::string incident;
    QD_FIELDS(f(1, "incident", e.incident);)
};
/// As an item of `get reviews`, with texts. Errors: as desk::openReview.
[[nodiscard]] Result<std::string> reviewJson(const state::State &state, const ReviewRead &read);

/// `review.lint`: what to think about in a section, or in a text that is given instead (of a section, or, without one, of an action or a factor: then no
/// names are in it). language: of the questions, en or de; else the review's own. word: how it could be spelt, and nothing else.
struct ReviewLint {
    static constexpr std::string_view kMethod = "review.lint";
    std::string incident, section, text, language, word;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "section", e.section); f(3, "text", e.text); f(4, "language", e.language); f(5, "word", e.word);)
};

/// A text, as who asks may read it, with what was found in it but its spelling, and what that is looked through with: dictionaries are read where waiting is allowed.
struct Linted {
    std::string incident, section, text, word;
    std::uint32_t revision = 0;          ///< 0: the text was given
    std::vector<review::Finding> findings;
    review::LintContext context;         ///< without the incident
    std::vector<std::string> languages;  ///< of the dictionaries
    std::vector<std::string> ours;       ///< words of ours in it, which others may not know
};
/// Errors: as desk::openReview; NotFound (no such section), TooLarge.
[[nodiscard]] Result<Linted> linted(const state::State &state, const ReviewLint &lint, const std::string &person);
/// {"incident","section","revision","findings","notLookedAt","suggestions","ours","ifOurs"}; ours: words of [workspace] jargon in it; ifOurs: what to write where what is spelt wrong is a word of
/// ours, "" where nothing is. Offsets and lengths are bytes of the text as it was read. Slow the first time.
[[nodiscard]] std::string lintedJson(Linted linted, const review::Spelling &spelling);

} // namespace qd::control
