// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace qd {

class Random;

/// One word a byte, hyphened: "anchor-…". They can be read aloud: their first four letters differ, and none sounds like another.
[[nodiscard]] std::string spokenWords(std::span<const std::uint8_t> bytes);
/// Whether it is one of the 256.
[[nodiscard]] bool isSpokenWord(std::string_view word);

/// So many of them that nobody can guess.
[[nodiscard]] std::string randomWords(Random &random, std::size_t count);

/// As many as a chat identity is bound by: 32 bits, good for 10 minutes and 20 wrong ones.
inline constexpr std::size_t kWordsToBind = 4;

} // namespace qd
