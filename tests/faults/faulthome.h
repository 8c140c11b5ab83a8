// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/journal/verify.h"
#include "core/store/sqliteports.h"

#include <map>
#include <string>

/// What the writer program and the judges of its homes have in common. Homes are opened with a key of their own, so that no
/// passphrase is hashed.
namespace qd::faults {

inline journal::Unlock key()
{
    return {journal::Unlock::KeyFile, Secret(Bytes(32, 7))};
}

inline store::SqliteOptions storeOptions()
{
    store::SqliteOptions options;
    options.logWhenIdle = 64u << 10; // small files, and the write-ahead log is moved over often
    return options;
}

inline journal::Options journalOptions()
{
    journal::Options options;
    options.reserveBytes = 0;
    options.checkpointRecords = 8;
    options.tidyAfter = {}; // every moment is idle
    return options;
}

/// The body of a record: known from its number, so that half of one cannot pass for a whole. 20 B to 24 KB.
inline Bytes bodyOf(std::uint64_t seq)
{
    Bytes out;
    std::uint64_t x = seq * 0x9e3779b97f4a7c15ULL + 1;
    const std::size_t size = 20 + (x >> 40) % 400 + (seq % 7 == 0 ? 8000 : 0) + (seq % 31 == 0 ? 16'000 : 0);
    while (out.size() < size) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        out.push_back(static_cast<std::uint8_t>(x));
    }
    return out;
}

inline journal::Draft draftOf(std::uint64_t seq)
{
    // A new stream now and then: its key must be in keys.db before the record is in journal.db.
    return {seq, Instant{1'795'442'400'000'000'000 + static_cast<std::int64_t>(seq)},
            {{"incident/INC-" + std::to_string(seq / 10 + 1), 3, bodyOf(seq)}, {"org", 1, bodyOf(seq + 1'000'000)}}};
}

/// What was said to be on disk: seq → the record's hash.
using Promises = std::map<std::uint64_t, journal::Hash>;

/// Empty when the home holds everything promised and nothing half: it opens, the chain and every seal hold, each body is the
/// one that was written, `verify` finds nothing, and it can be written to. Else what is wrong.
std::string judge(const std::filesystem::path &home, const journal::Created &created, const Promises &promised, bool andWrite = true);

} // namespace qd::faults
