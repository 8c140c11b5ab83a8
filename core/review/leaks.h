// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/rendition.h"

#include <functional>
#include <string>
#include <vector>

/// What should not leave, found in a rendition before it does.
namespace qd::review {

enum class LeakKind : std::uint8_t { Person, Mail, Address, Host, Url, Secret, Customer, Word };
[[nodiscard]] std::string_view word(LeakKind kind); ///< "person", "mail address", "IP address", "host", "internal address", "secret", "customer", "word"

/// What is known here and is nobody's outside.
struct Known {
    std::vector<std::string> people;     ///< full names, letters big or small
    std::vector<std::string> namesAsWritten; ///< ids and single names: "ana", "Will"; "will" is a word
    std::vector<std::string> hosts;      ///< as alerts name them
    std::vector<std::string> customers, words; ///< as the workspace lists them
    std::vector<std::string> internalDomains;  ///< beside the usual ones (.internal, .local, .lan …)
    std::vector<std::string> allowed;    ///< words of findings somebody allowed
    /// The secrets a text seems to hold, as "a password"; never a word of the text.
    std::function<std::vector<std::string>(std::string_view)> secretsIn;
};

struct Leak {
    LeakKind kind = LeakKind::Word;
    std::string words;                   ///< as they stand there; of a secret its kind, never the secret
    std::size_t line = 0;                ///< of the rendition's plain text, from 1; 0: the title
    std::string around;                  ///< some words on both sides; of a secret nothing
    std::string say;                     ///< what it is and what to do, one sentence
};

inline constexpr std::size_t kLeaksShown = 200;      ///< findings
inline constexpr std::size_t kLeastNameBytes = 3;    ///< a shorter name is too often a word
inline constexpr std::size_t kSecretChunk = 32 << 10; ///< bytes of text looked at for secrets at a time; such chunks overlap by kSecretOverlap
inline constexpr std::size_t kSecretOverlap = 4 << 10;

/// Each words of a kind once, where they first stand, in the order of the text. Inside only secrets are looked for: who reads there knows the hosts and people.
/// What was allowed is left out; to allow a secret its kind is allowed. Pure, linear in the text but for the number of names.
[[nodiscard]] std::vector<Leak> leaksIn(const Rendition &rendition, const Known &known);

/// One sentence that blocks: "3 findings of the leak check: a person (\"Ben\", line 12), …". Empty for none.
[[nodiscard]] std::string refusalOf(const std::vector<Leak> &leaks);

} // namespace qd::review
