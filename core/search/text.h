// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace qd::search {

/// A text as it is indexed: around each character of a script written without spaces (Han, kana, Thai, Lao, Khmer,
/// Myanmar) and each symbol (emoji, arrows) stands an invisible mark, so that each is a word of its own and a run of them
/// is found by any part of it. Everything else is as it was; no mark of ours is left in it.
[[nodiscard]] std::string marked(std::string_view text);

/// Without those marks: unmarked(marked(t)) == t for every SafeText.
[[nodiscard]] std::string unmarked(std::string_view text);

/// Whether there is anything in it that the index keeps: a letter, a digit or a symbol.
[[nodiscard]] bool hasWord(std::string_view text);

/// The first `limit` bytes at most, cut at a character.
[[nodiscard]] std::string_view clamped(std::string_view text, std::size_t limit);

} // namespace qd::search
