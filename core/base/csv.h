// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qd {

inline constexpr std::size_t kCsvColumns = 200; ///< of a row; what is beyond stays in the last one

/// Takes the next row of `rest` (RFC 4180, also with bare line feeds); false at the end. `line` counts on. A quote that is not closed goes to
/// the end of the text. `between`: what stands between two fields. `swallowed`: becomes the line in which a quote opens that is never closed, or is
/// closed in a later line in the midst of a field, so that rows are lost in it; stays as it is where none does.
bool nextCsvRow(std::string_view &rest, std::vector<std::string> &row, std::size_t &line, char between = ',', std::size_t *swallowed = nullptr);

/// What to say of such a quote: one sentence that names its line.
[[nodiscard]] std::string openQuoteSentence(std::size_t line);

} // namespace qd
