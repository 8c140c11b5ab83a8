// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/erasure.h"
#include "core/journal/merkle.h"
#include "core/journal/note.h"
#include "core/journal/opener.h"
#include "core/journal/verify.h"

#include <map>
#include <optional>
#include <set>

namespace qd::journal {

/// Judges a log that may have been changed by anybody: fed every row and checkpoint, it names what is wrong and where.
/// Keeps some 150 bytes a record. Trusts nothing but `key`; README.md, "Verify", says how a fault is told from another.
class Auditor final
{
public:
    /// keyIds: the keys still there, when known. ring: opens every seal, may be null.
    Auditor(const LogRow &log, const PublicKey &key, std::optional<std::set<Id16>> keyIds, const KeyRing *ring);

    void record(const Row &row);
    void unreadable(); ///< the rows after the last one could not be read
    void checkpoint(const CheckpointRow &row);
    void heldCheckpoint(const std::string &text);
    /// A record's head code somebody kept: words.h.
    void heldCode(std::uint64_t seq, const std::string &words) { m_codes.emplace_back(seq, words); }
    void finish(VerifyReport &report);
    /// After finish(): some record is of a newer format or suite, and the chain vouches for it.
    [[nodiscard]] bool sawUnknownVersion() const { return m_unknownVersion; }

private:
    struct Entry
    {
        std::uint64_t row = 0;
        std::uint64_t seq = 0;
        Hash leaf{};
        Hash previous{};
        bool broken = false;  ///< the header cannot be read or is not what its successor says
        bool foreign = false; ///< of a format or suite we do not know: only its hash is
    };
    struct Claim
    {
        std::uint64_t size = 0;
        Hash root{};
        std::optional<Frontier> tree;
    };
    /// What a header says of its parts and is not so. It counts once the header itself is known to be sound.
    struct PartFault
    {
        std::uint64_t row = 0;
        const char *kind = nullptr;
    };
    using BySeq = std::map<std::uint64_t, Entry *>;
    void fault(std::uint64_t seq, const char *kind) { m_faults.insert({seq, kind}); }
    void checkParts(const Row &row, const ParsedHeader &parsed);
    void checkHeaders();
    void breakStrangers(const BySeq &bySeq, const std::set<Hash> &named);
    void breakEntry(Entry &entry);
    [[nodiscard]] const Claim *claimOf(std::uint64_t size) const;
    [[nodiscard]] std::optional<Frontier> treeBefore(const BySeq &bySeq, std::uint64_t seq);
    [[nodiscard]] bool isSignedAsLast(const BySeq &bySeq, const Entry &entry);
    [[nodiscard]] bool lastIsChanged(const BySeq &bySeq, const Entry &before, const Entry &last);
    void checkLinks();
    void checkOrder();
    void checkPartFaults();
    void checkClaims(VerifyReport &report);
    void checkCodes();
    void noteErasure(const Row &row, const ParsedHeader &parsed, std::size_t part, BytesView sealed);
    /// Rows whose header is not what was written: what their parts say is nobody's word.
    [[nodiscard]] std::set<std::uint64_t> changedRows() const;
    void checkHoles(const std::set<std::uint64_t> &changed);

    const LogRow &m_log;
    const PublicKey m_key;
    std::optional<std::set<Id16>> m_keyIds;
    const KeyRing *m_ring;
    Sha256 m_sha;
    Sealer m_sealer;
    bool m_unknownVersion = false;
    bool m_unreadable = false;
    std::vector<Entry> m_entries; ///< in the order of rows
    std::vector<Hash> m_leaves;   ///< of records 1..n as far as they are whole
    std::uint64_t m_whole = 0;    ///< headers 1..m_whole are without fault
    std::uint64_t m_last = 0;     ///< the highest seq there is
    std::uint64_t m_suspect = 0;  ///< the chain up to this record is whole, and not the one that was signed
    std::vector<Claim> m_claims;
    std::vector<std::pair<std::uint64_t, std::string>> m_codes;
    std::set<VerifyReport::Fault> m_faults;
    std::vector<PartFault> m_partFaults;
    struct Missing
    {
        std::uint64_t seq = 0;
        Id16 stream{};
        Id16 key{};
        bool known = false; ///< keys.db is there and lacks it; else only a record may say that it is gone
    };
    std::vector<Missing> m_missing;
    ErasedKeys m_erased;
    std::vector<VerifyReport::Hole> m_holes;
};

} // namespace qd::journal
