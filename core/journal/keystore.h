// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/journal/record.h"

#include <functional>
#include <map>
#include <span>

namespace qd::journal {

/// One way to the root key.
struct SlotRow
{
    std::string kind; ///< passphrase, recovery, keyfile, keychain
    Bytes parameters; ///< what derives the slot's key from its secret
    Bytes wrapped;    ///< the root key under it
    std::uint32_t number = 0; ///< given by the store; 0 for one not stored yet
    bool operator==(const SlotRow &) const = default;
};

struct EpochRow
{
    std::uint32_t epoch = 0;
    Bytes wrapped; ///< the epoch key under the root key
    bool operator==(const EpochRow &) const = default;
};

/// A stream's data key with the stream's name, under the epoch key.
struct KeyRow
{
    std::array<std::uint8_t, 16> id{};
    std::array<std::uint8_t, 16> stream{}; ///< the stream's pseudonym
    std::uint32_t epoch = 0;
    Bytes wrapped;
    bool operator==(const KeyRow &) const = default;
};

/// kPageKeys random keys of one text stream, under the epoch key: each seals one part, and can go alone.
struct PageRow
{
    std::array<std::uint8_t, 12> id{}; ///< a key's id is this and its place, u32
    std::array<std::uint8_t, 16> stream{};
    std::uint32_t epoch = 0;
    std::uint64_t struck = 0; ///< bit i: key i was destroyed
    Bytes wrapped;
    bool operator==(const PageRow &) const = default;
};
inline constexpr std::uint32_t kPageKeys = 64;

/// A legal or other hold, under the epoch key: what it protects is nobody's business who only has the file.
struct HoldRow
{
    std::uint32_t number = 0;
    std::uint32_t epoch = 0;
    Bytes wrapped;
    bool operator==(const HoldRow &) const = default;
};

/// An erasure that was decided: record `seq` says so, once it is committed. `keys`: the body of its public part.
struct IntentRow
{
    std::uint64_t seq = 0;
    Bytes keys;
    bool operator==(const IntentRow &) const = default;
};

struct KeyFileContents
{
    std::vector<SlotRow> slots;
    std::vector<EpochRow> epochs;
    std::vector<KeyRow> keys;
    Bytes signer; ///< the checkpoint signing key under the epoch key
    std::vector<PageRow> pages = {};
    std::vector<HoldRow> holds = {};
    std::vector<IntentRow> intents = {};
    std::map<std::string, std::int64_t> facts = {}; ///< in clear: "drilled", ns since 1970
};

/// Keeps wrapped keys, apart from the log, in a file that keeps no old copies of what is deleted.
/// The journal thread only. Every write is durable when it returns.
class KeyStore
{
public:
    virtual ~KeyStore() = default;
    [[nodiscard]] virtual Result<KeyFileContents> load() = 0;
    [[nodiscard]] virtual Result<> begin(const KeyFileContents &contents) = 0;
    [[nodiscard]] virtual Result<> add(std::span<const KeyRow> keys, std::span<const PageRow> pages) = 0;
    /// One transaction: what is there is given to `edit` and replaced by what it leaves, or nothing is changed when it
    /// says no. What is gone afterwards is gone from the file.
    [[nodiscard]] virtual Result<> change(const std::function<Result<>(KeyFileContents &)> &edit) = 0;
};

} // namespace qd::journal
