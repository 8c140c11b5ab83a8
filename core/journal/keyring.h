// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/erasure.h"
#include "core/journal/keywrap.h"
#include "core/journal/seal.h"
#include "core/journal/unlock.h"

#include <map>
#include <mutex>

namespace qd::journal {

/// The open keys of a home: a stream's data key by stream name (to seal) or by key id (to open).
/// Root key under slots, epoch key under the root key, data keys, holds and the signing key under the epoch key.
/// byId() may be called from any thread, everything else from the journal thread only.
class KeyRing final
{
public:
    /// Forbidden when `unlock` does not open the root key, Corrupt when what is below it does not open.
    [[nodiscard]] static Result<std::unique_ptr<KeyRing>> open(std::unique_ptr<KeyStore> store,
                                                               const std::filesystem::path &home, const Ports &ports,
                                                               const std::string &origin, const Unlock &unlock,
                                                               Random &random);

    /// The same with whatever rows of a damaged key file are left, to read by: what does not open is left out, and an epoch
    /// or the signer is looked for in every row that may be one. Without a signer signer() is empty. Forbidden, and Corrupt when
    /// nothing opens the data keys.
    [[nodiscard]] static Result<std::unique_ptr<KeyRing>> openWhatIsLeft(const KeyFileContents &contents,
                                                                         const std::filesystem::path &home, const Ports &ports,
                                                                         const std::string &origin, const Unlock &unlock,
                                                                         Random &random);

    /// The key that opens parts with this key id, or null: its stream was erased.
    [[nodiscard]] std::shared_ptr<const StreamKey> byId(const Id16 &id) const;
    /// The key of a stream, made on first use. A new key must be stored with flush() before anything sealed with it.
    [[nodiscard]] std::shared_ptr<const StreamKey> forStream(const std::string &stream);
    /// A key for one part of this stream alone, out of a page of kPageKeys that were stored together: so a text of its own
    /// key costs the key file a write only once in a page. Pages are not continued after a start.
    [[nodiscard]] std::shared_ptr<const StreamKey> single(const std::string &stream);
    [[nodiscard]] Result<> flush();
    /// Makes and stores the next page of every text stream that has few keys left. For idle moments.
    [[nodiscard]] Result<> prepare();
    /// Keys made and not stored yet.
    [[nodiscard]] std::span<const KeyRow> unstored() const { return m_unstored; }
    [[nodiscard]] std::span<const PageRow> unstoredPages() const { return m_unstoredPages; }
    /// Takes a key that an earlier run made and could not store; flush() stores it. Corrupt when it is not of this home.
    [[nodiscard]] Result<> adopt(KeyRow row);
    [[nodiscard]] Result<> adopt(PageRow row); ///< the same of a page

    [[nodiscard]] const Secret &signer() const { return m_signer; }

    // --- erasure: begin(), then the record, then finish(); recover() where that was cut short ---

    /// The keys a change destroys, ascending; whole pages by their page. Conflict when a hold covers one of them,
    /// NotFound when there is none (any more).
    [[nodiscard]] Result<std::vector<Id16>> doomed(const KeyChange &change) const;
    /// One transaction: holds checked, a new hold placed, the intent to destroy kept for record `seq`. Gives the body of
    /// the record's public part, empty when no key goes.
    [[nodiscard]] Result<Bytes> begin(const KeyChange &change, std::uint64_t seq);
    /// The record is committed. One transaction: holds checked again (Conflict: the keys stay, the intent is dropped), keys
    /// destroyed, everything else under a new epoch key, the old one gone, a released hold lifted.
    [[nodiscard]] Result<> finish(std::uint32_t release = 0);
    /// Intents left by a crash or a failed write: carried out where `isRecorded`, else dropped.
    [[nodiscard]] Result<> recover(const std::function<Result<bool>(const IntentRow &)> &isRecorded);
    [[nodiscard]] bool hasIntents() const { return m_hasIntents; }
    [[nodiscard]] const std::vector<Hold> &holds() const { return m_holds; }
    [[nodiscard]] std::vector<std::string> streams() const; ///< that have a key, by name

private:
    using PageId = std::array<std::uint8_t, 12>;
    struct Page
    {
        PageId id{};
        Id16 pseudonym{};
        std::string stream;
        Secret keys;
        std::uint64_t struck = 0;
        std::uint32_t next = kPageKeys; ///< the next key not given out yet
    };

    KeyRing(std::unique_ptr<KeyStore> store, Random &random)
        : m_store(std::move(store))
        , m_random(random)
    {
    }
    void insert(std::shared_ptr<const StreamKey> key);
    Page &newPage(const std::string &stream);
    [[nodiscard]] std::shared_ptr<const StreamKey> keyOf(const Page &page, std::uint32_t place, Hkdf &hkdf) const;
    [[nodiscard]] Result<> checkHolds(const KeyFileContents &contents, const std::vector<Id16> &keys) const;
    [[nodiscard]] std::string streamOf(const Id16 &key) const;
    void forget(const std::set<Id16> &keys);
    /// The key in a row, or null when it does not open under this epoch's key.
    [[nodiscard]] std::shared_ptr<const StreamKey> opened(const KeyRow &row, const Secret &epochKey);

    std::unique_ptr<KeyStore> m_store;
    Random &m_random;
    Hkdf m_hkdf;
    Secret m_root; ///< wraps the next epoch's key
    std::uint32_t m_epoch = 0;
    Secret m_epochKey;
    Secret m_signer;
    std::vector<KeyRow> m_unstored;
    std::vector<PageRow> m_unstoredPages;
    std::map<std::string, std::shared_ptr<const StreamKey>, std::less<>> m_byStream;
    std::map<std::string, std::vector<PageId>, std::less<>> m_open; ///< pages with keys not given out, by stream
    std::vector<Hold> m_holds;
    bool m_hasIntents = false;
    mutable std::mutex m_mutex; ///< guards what follows
    mutable Hkdf m_pageHkdf;
    std::map<Id16, std::shared_ptr<const StreamKey>> m_byId;
    std::map<PageId, std::unique_ptr<Page>> m_pages;
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
