// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"

namespace qd::store {

struct SqliteOptions
{
    std::uint32_t maxPages =
        0; ///< the log may not grow past this many pages of 8 KB; 0: no limit. Stands in for a full disk.
    std::size_t logWhenIdle = 4u << 20; ///< bytes in the write-ahead log after which an idle moment moves it into the file
};

/// Records in <home>/journal.db (WAL, FULL), keys in <home>/keys.db (rollback journal, secure_delete), sections
/// in <home>/derived.db.
[[nodiscard]] journal::Ports sqlitePorts(SqliteOptions options = {});

} // namespace qd::store
