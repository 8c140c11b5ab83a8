// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace qd::review {

/// How deep a page is laid out. What a rendition makes stays below: eight quotations, eight lists and their items, one table, the looks of its words.
inline constexpr int kDeepestElements = 64;
inline constexpr int kDeepestIndents = 16; ///< lists and quotations, so that a line has room for words
inline constexpr int kDeepestTables = 4; ///< in each other: Qt lays the inner one out anew for each that it is in, twice as often with each

/// A page's HTML with nothing in it deeper than that: what is deeper is its words, each row and paragraph on a line. Scripts and style sheets are gone, and what is
/// no whole tag is the text it is written as. Linear in the text.
[[nodiscard]] QString flattened(const QString &html);

} // namespace qd::review
