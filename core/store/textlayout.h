// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// For textsegment.cpp and textwords.cpp: what both must do alike.
namespace qd::store {

/// Words as FTS5 makes them. Symbols (So: emoji among them) are words too.
inline constexpr std::string_view kTokenizer = "\"unicode61 remove_diacritics 2 categories 'L* N* Co So'\"";

/// A facet as one word of letters and digits, whatever it says. Every row has the empty one.
[[nodiscard]] std::string facetWord(std::string_view facet);

} // namespace qd::store
