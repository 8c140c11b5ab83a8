// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/base/ids.h"
#include "core/base/time.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace qd::journal {

/// SHA-256.
using Hash = std::array<std::uint8_t, 32>;

/// What one stream holds of one record. The body is opaque here: encoded events, in plaintext, in memory only.
struct Part
{
    std::string
        stream; ///< the unit of secrecy and retention: "org", "alerts/2026-11-23", "incident/INC-7"; at most 255 bytes
    std::uint16_t family = 0; ///< coarse kind, stored in clear
    Bytes body;
    bool erased = false; ///< only when read back: the stream's key is gone, so are stream name and body
    bool single = false; ///< to be sealed under a key of its own, so that it can be struck alone; a `text/` stream
    std::array<std::uint8_t, 16> key = {}; ///< only when read back: the id of the key that sealed it
};

/// A record to be: chosen by the desk, the single writer.
struct Draft
{
    std::uint64_t seq = 0;   ///< exactly the last one + 1
    Instant time;            ///< journal time, never before the previous record's
    std::vector<Part> parts; ///< 1 to kMaxParts, one per stream touched
};

inline constexpr std::size_t kMaxParts = 4096;

/// A record as readers see it: it is on disk, sealed and chained.
struct Committed
{
    std::uint64_t seq = 0;
    Uuid id;
    Instant time;
    std::vector<Part> parts;
    Hash hash{}; ///< RFC 6962 leaf hash of the record's header; the next record's "previous"
    /// False: it is sealed and chained but kept in memory only, because the disk takes nothing; see Journal::keep.
    bool recorded = true;
};

} // namespace qd::journal
