// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/record.h"

namespace qd::journal {

/// The head code: the first 8 bytes of a hash as 8 words that can be read aloud, hyphened: "anchor-…". Posted or read
/// out, it is an anchor outside the machine: whoever rewrites the log must find another with the same 64 bits.
[[nodiscard]] std::string headWords(const Hash &hash);

/// "41:anchor-…", as it is posted: the record's number and its eight words, hyphens or spaces between them. Invalid for
/// anything else, also for a word that is none of ours: it was heard or copied wrongly.
[[nodiscard]] Result<std::pair<std::uint64_t, std::string>> parseHeadCode(std::string_view text);

} // namespace qd::journal
