// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace qd {

/// How many words a text has, as its readers count them: what stands between blanks is one ("pay-db-1", "don't"), and punctuation beyond ASCII parts it ("said—Dana"); in scripts without blanks between words
/// those Unicode and ICU's dictionaries find (TR29). Punctuation and signs alone are none. Linear; safe from any thread. Bytes that are no UTF-8 are no words.
[[nodiscard]] std::size_t wordsIn(std::string_view text);

} // namespace qd
