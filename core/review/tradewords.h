// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qd::review {

/// Words of the trade that dictionaries of English and German lack, and British spellings, which our own texts have: "failover", "Kubernetes". In small or
/// large letters, in the plural or possessive. What only one team says is the workspace's `jargon`.
[[nodiscard]] bool isTradeWord(std::string_view word);
/// Those one letter away from it (another, one more, one less, two swapped), in small letters, at most so many.
[[nodiscard]] std::vector<std::string> tradeWordsNear(std::string_view word, std::size_t most);

} // namespace qd::review
