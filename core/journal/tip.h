// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/merkle.h"
#include "core/journal/ports.h"

namespace qd::journal {

/// The end of the log: what the next record builds on.
struct Tip
{
    std::uint64_t seq = 0;
    Hash hash{};
    Instant time;
    Frontier tree;
    std::uint64_t anchored = 0; ///< size of the last checkpoint
    Hash signedHash{};          ///< of the record it ends with
    std::string signedNote;
};

/// Reads the last two checkpoints and the records after the older one, and checks that they fit together and to `key`:
/// so the newest records are bound to a signature without reading the whole log.
[[nodiscard]] Result<Tip> readTip(RecordReader &store, const LogRow &log);

} // namespace qd::journal
