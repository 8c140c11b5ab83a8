// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/rendition.h"

#include <functional>
#include <string>
#include <vector>

/// What should not leave, found in a rendition before it does.
namespace qd::review {

enum class LeakKind : std::uint8_t { Person, Mail, Address, Host, Url, Secret, Customer, Word, Mark };
[[nodiscard]] std::string_view word(LeakKind kind); ///< "person", "mail address", "IP address", "host", "internal address", "secret", "customer", "word", "mark"
/// Whether somebody may allow it with a reason: a secret and a mark of a class are written otherwise, by whomever.
[[nodiscard]] bool mayBeAllowed(LeakKind kind);

/// What is known here and is nobody's outside.
struct Known {
    std::vector<std::string> people;     ///< full names, letters big or small
    std::vector<std::string> namesAsWritten; ///< ids and single names: "ana", "Will"; "will" is a word
    std::vector<std::string> hosts;      ///< as alerts name them
    std::vector<std::string> customers, words; ///< as the workspace lists them
    std::vector<std::string> internalDomains;  ///< beside the usual ones (.internal, .local, .lan …)
    std::vector<std::string> allowed;    ///< words of findings somebody allowed; no secret is allowed by them
    /// The secrets a text seems to hold, as "a password"; never a word of the text.
    std::function<std::vector<std::string>(std::string_view)> secretsIn;
};

struct Leak {
    LeakKind kind = LeakKind::Word;
    std::string words;                   ///< as they stand there; of a secret its kind, never the secret, and of a mark its class
    std::size_t line = 0;                ///< of the rendition's plain text, from 1; 0: the title
    std::string section = {};            ///< the heading it stands under; "": none
    std::string around = {};             ///< some words on both sides; of a secret and a mark nothing
    std::string say = {};                ///< what it is and what to do, one sentence
};

inline constexpr std::size_t kLeaksShown = 200;      ///< findings
inline constexpr std::size_t kLeastNameBytes = 3;    ///< a shorter name is too often a word
inline constexpr std::size_t kSecretChunk = 32 << 10; ///< bytes of text looked at for secrets at a time; such chunks overlap by kSecretOverlap
inline constexpr std::size_t kSecretOverlap = 4 << 10;

/// Each words of a kind once, where they first stand, in the order of the text. Inside only secrets and marks are looked for: who reads there knows the hosts and people. A mark is none that a
/// rendition should have: it says that something was not cut. What was allowed is left out, but a secret or a mark never is. Pure, linear in the text however many names are known.
[[nodiscard]] std::vector<Leak> leaksIn(const Rendition &rendition, const Known &known);

/// One sentence that blocks: "3 findings of the leak check: a person (\"Ben\", line 12), …". Empty for none.
[[nodiscard]] std::string refusalOf(const std::vector<Leak> &leaks);

} // namespace qd::review
