// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/record.h"

namespace qd::journal {

/// The head code: the first 8 bytes of a hash as 8 words that can be read aloud, hyphened: "anchor-…". Posted or read
/// out, it is an anchor outside the machine: whoever rewrites the log must find another with the same 64 bits.
[[nodiscard]] std::string headWords(const Hash &hash);

/// A record's number and its eight words, hyphened.
using HeadCode = std::pair<std::uint64_t, std::string>;

/// "41:anchor-…", as it is posted, hyphens or spaces between the words. Invalid for anything else; a word that is none of ours is
/// named: it was heard or copied wrongly.
[[nodiscard]] Result<HeadCode> parseHeadCode(std::string_view text);
[[nodiscard]] Result<std::vector<HeadCode>> parseHeadCodes(const std::vector<std::string> &texts);

} // namespace qd::journal
