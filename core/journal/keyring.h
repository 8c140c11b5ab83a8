// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/seal.h"
#include "core/journal/unlock.h"

#include <map>
#include <mutex>

namespace qd::journal {

/// The open keys of a home: a stream's data key by stream name (to seal) or by key id (to open).
/// Root key under slots, epoch key under the root key, data keys and the signing key under the epoch key.
/// byId() may be called from any thread, everything else from the journal thread only.
class KeyRing final
{
public:
    /// Forbidden when `unlock` does not open the root key, Corrupt when what is below it does not open.
    [[nodiscard]] static Result<std::unique_ptr<KeyRing>> open(std::unique_ptr<KeyStore> store,
                                                               const std::filesystem::path &home, const Ports &ports,
                                                               const std::string &origin, const Unlock &unlock,
                                                               Random &random);

    /// The key that opens parts with this key id, or null: its stream was erased.
    [[nodiscard]] std::shared_ptr<const StreamKey> byId(const Id16 &id) const;
    /// The key of a stream, made on first use. A new key must be stored with flush() before anything sealed with it.
    [[nodiscard]] std::shared_ptr<const StreamKey> forStream(const std::string &stream);
    [[nodiscard]] Result<> flush();
    /// Keys made and not stored yet.
    [[nodiscard]] std::span<const KeyRow> unstored() const { return m_unstored; }
    /// Takes a key that an earlier run made and could not store; flush() stores it. Corrupt when it is not of this home.
    [[nodiscard]] Result<> adopt(KeyRow row);

    [[nodiscard]] const Secret &signer() const { return m_signer; }

private:
    KeyRing(std::unique_ptr<KeyStore> store, Random &random)
        : m_store(std::move(store))
        , m_random(random)
    {
    }
    void insert(std::shared_ptr<const StreamKey> key);
    /// The key in a row, or null when it does not open under this epoch's key.
    [[nodiscard]] std::shared_ptr<const StreamKey> opened(const KeyRow &row, const Secret &epochKey);

    std::unique_ptr<KeyStore> m_store;
    Random &m_random;
    Hkdf m_hkdf;
    std::uint32_t m_epoch = 0;
    Secret m_epochKey;
    Secret m_signer;
    std::vector<KeyRow> m_unstored;
    std::map<std::string, std::shared_ptr<const StreamKey>, std::less<>> m_byStream;
    mutable std::mutex m_mutex; ///< guards m_byId
    std::map<Id16, std::shared_ptr<const StreamKey>> m_byId;
};

/// What create() puts into a new key store, and what it tells once.
struct NewKeys
{
    KeyFileContents contents;
    std::string recoveryKey;
    Secret signer;
};
/// Draws all keys. With a KeyFile or Keychain unlock without a secret, draws that too and leaves it where it belongs.
[[nodiscard]] Result<NewKeys> makeKeys(const std::filesystem::path &home, const Ports &ports, const std::string &origin,
                                       const Unlock &unlock, Random &random);

} // namespace qd::journal
