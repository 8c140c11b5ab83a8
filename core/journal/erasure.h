// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/header.h"
#include "core/journal/ports.h"

#include <map>
#include <optional>
#include <string_view>

namespace qd::journal {

struct StreamKey;

/// A stand against erasing: whatever it covers stays until the hold is released.
struct Hold
{
    std::uint32_t number = 0; ///< counts up, never used again
    std::string scope;        ///< a stream and all below it ("incident/INC-7", "alerts"), or "*"
    std::string matter, custodian, reason;
    Instant since;
    bool operator==(const Hold &) const = default;
};

/// What is done to keys together with a record: in one transaction of keys.db, in the order that is safe at every step.
struct KeyChange
{
    std::vector<std::string> erase;   ///< streams, each with everything below it, its texts and what was derived from it
    std::vector<Id16> strike;         ///< single keys: parts that were sealed with Part::single
    std::optional<Hold> place;        ///< in force before the record is committed
    std::uint32_t release = 0;        ///< number of a hold; lifted after the record is committed
    [[nodiscard]] bool destroys() const { return !erase.empty() || !strike.empty(); }
};

/// The stream anybody can open: its key is printed in README.md. Holds the erasures' key ids, so that a stranger can tell
/// an authorised hole from missing data. Never give it anything else.
inline constexpr std::string_view kPublicStream = "public";
inline constexpr std::uint16_t kErasureFamily = 16;
inline constexpr Id16 kPublicKeyId = {'q', 'u', 'a', 'r', 't', 'e', 'r', 'd', 'e', 'c', 'k', '/', '1', 'p', 'u', 'b'};
[[nodiscard]] std::shared_ptr<const StreamKey> publicKey();

/// The body of an erasure's public part: `QDE` 1, u32 count, then the ids of the keys destroyed, ascending.
[[nodiscard]] Bytes encodeErasure(const std::vector<Id16> &keys);
/// Corrupt for anything else.
[[nodiscard]] Result<std::vector<Id16>> decodeErasure(BytesView body);

/// Keys that records say were destroyed, a whole page of them under one id (erasure.md) → the last record that does.
using ErasedKeys = std::map<Id16, std::uint64_t>;
/// The last record that says this key was destroyed, by itself or with its page; 0 for none.
[[nodiscard]] std::uint64_t erasedAt(const ErasedKeys &erased, const Id16 &key);

/// A key of `stream` goes when `erased` does: the stream itself, those below it, the texts struck singly and the search
/// segments of either, and every snapshot (it may hold anything).
[[nodiscard]] bool diesWith(std::string_view stream, std::string_view erased);
/// The stream that this one's texts or segments are of: "incident/INC-7" of "derived/search/text/incident/INC-7".
[[nodiscard]] std::string_view subjectOf(std::string_view stream);
/// The hold stands in the way of erasing this stream, or of striking a text in it.
[[nodiscard]] bool covers(const Hold &hold, std::string_view stream);

[[nodiscard]] Bytes encodeHold(const Hold &hold);
[[nodiscard]] Result<Hold> decodeHold(std::uint32_t number, BytesView body);

} // namespace qd::journal
