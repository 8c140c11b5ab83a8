// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace qd::comms {

/// Small readers of words, shared by this folder only. ASCII rules; bytes above 127 compare as they are.

[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::string folded(std::string_view text);              ///< ASCII letters to lower case
[[nodiscard]] std::size_t characters(std::string_view utf8);          ///< code points
[[nodiscard]] std::vector<std::string_view> split(std::string_view text); ///< at spaces, no empty words
/// The first word and what follows it, both trimmed.
[[nodiscard]] std::pair<std::string_view, std::string_view> firstWord(std::string_view text);
/// What comes before the last word, and the last word.
[[nodiscard]] std::pair<std::string_view, std::string_view> lastWord(std::string_view text);
/// True when `text` starts with `words`, not minding case, and a space or the end follows.
[[nodiscard]] bool startsWithWords(std::string_view text, std::string_view words);

} // namespace qd::comms
