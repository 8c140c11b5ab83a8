// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What one text says otherwise than another, word by word.
namespace qd::comms {

enum class Change { Same, Removed, Added };

struct Piece {
    Change change = Change::Same;
    std::string text; ///< words with the blanks and breaks behind them
    bool operator==(const Piece &) const = default;
};

/// The pieces of `to` and, between them, what of `from` is gone; what stays is `to` word for word when the removed pieces are left out,
/// and `from` when the added ones are, but for blanks at the end. Texts of more than kWordsLimit words are compared line by line, of more lines as a whole.
inline constexpr std::size_t kWordsLimit = 4000;
[[nodiscard]] std::vector<Piece> redline(std::string_view from, std::string_view to);

[[nodiscard]] bool differs(const std::vector<Piece> &pieces);

/// For a terminal or a plain text: "[-gone-]", "{+new+}".
[[nodiscard]] std::string toText(const std::vector<Piece> &pieces);

} // namespace qd::comms
