// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/keyring.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace qd::journal {

/// Something derived from the log, in plaintext, in memory: a snapshot's part, a search segment. Opaque here.
struct Section
{
    std::string kind;   ///< stands in clear: "snapshot", "search"
    std::string name;   ///< stands in clear: must tell nothing, not the name of a stream either; unique within its kind
    std::string stream; ///< under whose key it is sealed; the key's end is the section's end
    std::uint64_t first = 0, last = 0; ///< the records it was made from
    Bytes body = {};
};

struct SectionHead
{
    std::string kind, name, stream;
    std::uint64_t first = 0, last = 0;
    std::uint64_t bytes = 0; ///< as stored
};

/// The sections of a home: sealed, disposable, never trusted. Everything in here can be made again from the log; the
/// file may be deleted at any time. Bound to the log, the kind, the name and the range of records: one put in the place
/// of another does not open. What does not open is removed and reported as NotFound, as if it had never been.
/// Sections are sealed with keys of the log's own KeyRing by convention under streams of their own:
/// `derived/snapshots`, `derived/search/<stream>`; whoever destroys a stream destroys those keys with it and calls
/// dropStream() for them first. Any thread may call; sealing and opening happen on the caller's. Never call store()
/// from a Done or the journal thread: it waits for the latter to make the key.
class Sections final
{
public:
    using KeyFor = std::function<Result<std::shared_ptr<const StreamKey>>(const std::string &stream)>;

    Sections(Result<std::unique_ptr<SectionStore>> store, const KeyRing &keys, Uuid log, Random &random, KeyFor keyFor);

    /// Counts up whenever keys of the log were destroyed, or it is read otherwise. Whoever derives something reads it before the first record, and
    /// gives it to store(): what was derived from what is gone since is never sealed under a key that lives.
    [[nodiscard]] std::uint64_t era() const { return m_era; }
    /// Counts up whenever sections may have come or gone: a list taken at the same count is still true.
    [[nodiscard]] std::uint64_t changes() const { return m_changes; }
    /// Seals and stores all of them or none, replacing those of the same kind and name.
    /// Errors: Unavailable (closed, disk full), Io, Invalid (a name or kind over 255 bytes or empty), Conflict (`era` is
    /// over: derive it again).
    [[nodiscard]] Result<> store(std::span<const Section> sections, std::optional<std::uint64_t> era = {});
    /// NotFound when there is none, or none that is what was stored.
    [[nodiscard]] Result<Section> open(const std::string &kind, const std::string &name);
    /// By kind, first, name; all kinds for "". Those whose key is gone are removed and not listed.
    [[nodiscard]] Result<std::vector<SectionHead>> list(const std::string &kind);
    [[nodiscard]] Result<> remove(const std::string &kind, std::span<const std::string> names);
    /// Removes every section sealed under this stream's keys, or under those of any stream below it (`stream`/…).
    [[nodiscard]] Result<> dropStream(const std::string &stream);
    /// Sealed bytes of all sections of a kind.
    [[nodiscard]] Result<std::uint64_t> bytes(const std::string &kind);

    void endEra(); ///< the journal's: keys were destroyed or the log reads otherwise; sections whose key is gone are removed
    void close(); ///< the journal's; later calls answer Unavailable

    static constexpr std::size_t kNameLimit = 255;

private:
    [[nodiscard]] Bytes seal(const Section &section, const StreamKey &key);
    [[nodiscard]] bool unseal(const SectionHeadRow &head, BytesView sealed, const StreamKey &key, Bytes &body) const;
    [[nodiscard]] Bytes associated(const SectionHeadRow &head, BytesView id) const;
    /// The heads of a kind with their streams' names. With the mutex held.
    [[nodiscard]] Result<std::vector<SectionHead>> heads(const std::string &kind);

    const KeyRing &m_keys;
    const Uuid m_log;
    Random &m_random;
    const KeyFor m_keyFor;
    std::atomic<std::uint64_t> m_era = 0;
    std::atomic<std::uint64_t> m_changes = 0;
    std::mutex m_mutex; ///< guards the store
    Result<std::unique_ptr<SectionStore>> m_store;
};

} // namespace qd::journal
