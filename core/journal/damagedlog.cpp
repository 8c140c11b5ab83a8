// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/damagedlog.h"

#include "core/journal/headnote.h"
#include "core/journal/merkle.h"
#include "core/journal/note.h"
#include "core/journal/opener.h"

#include <map>

namespace qd::journal {

Result<std::unique_ptr<DamagedLog>> DamagedLog::open(const std::filesystem::path &home, const Ports &ports,
                                                     const Unlock &unlock)
{
    auto lock = HomeLock::take(home);
    if (!lock)
        return tl::unexpected(lock.error());
    const auto records = ports.records(home, Access::Read);
    if (!records)
        return tl::unexpected(records.error());
    auto log = (*records)->log();
    if (!log)
        return tl::unexpected(log.error());
    auto keyStore = ports.keys(home, Access::Read);
    if (!keyStore)
        return tl::unexpected(keyStore.error());
    std::unique_ptr<DamagedLog> damaged(new DamagedLog(std::move(*lock), std::move(*log)));
    auto keys = KeyRing::open(std::move(*keyStore), home, ports, damaged->m_log.origin, unlock, damaged->m_random);
    if (!keys)
        return tl::unexpected(keys.error());
    damaged->m_keys = std::move(*keys);
    damaged->m_reopen = [home, open = ports.records] { return open(home, Access::Read); };
    damaged->findDamage(**records, HeadNote::of(home, damaged->m_log.origin, publicKeyOf(damaged->m_keys->signer())));
    return damaged;
}

void DamagedLog::findDamage(RecordReader &records, const std::optional<Note> &beside)
{
    const PublicKey key = publicKeyOf(m_keys->signer());
    std::map<std::uint64_t, Hash> signedRoots;
    const auto noted = records.checkpoints([&](const CheckpointRow &row) {
        const auto note = openNote(row.note, key);
        if (note && note->origin == m_log.origin && note->size == row.size)
            signedRoots.emplace(note->size, note->root);
        else if (m_damage.empty())
            m_damage = "The checkpoint at record " + std::to_string(row.size) + " is not signed by this log";
        return true;
    });
    if (!noted && m_damage.empty())
        m_damage = "The journal's checkpoints cannot be read";

    Opener opener(*m_keys, m_log.id);
    Sha256 sha;
    Frontier tree;
    std::string wrong;
    Instant provenTime;
    std::uint64_t proven = 0;
    const auto read = records.read(1, UINT64_MAX >> 1, [&](const Row &row) {
        const auto record = row.seq == m_head + 1 ? opener.open(row) : Result<Committed>(tl::unexpected(Error{}));
        const auto parsed = parseHeader(row.blob);
        if (!record || !parsed || !digestsFit(sha, *parsed, row.blob)) {
            wrong = row.seq == m_head + 1 ? "Record " + std::to_string(row.seq) + " of the journal is damaged"
                                          : "Record " + std::to_string(m_head + 1) + " of the journal is missing";
            return false;
        }
        tree.add(sha, record->hash);
        const auto root = signedRoots.find(row.seq);
        const bool isOther = root != signedRoots.end() && root->second != tree.root(sha);
        if (isOther || (beside && beside->size == row.seq && beside->root != tree.root(sha))) {
            // Somebody made the chain anew, somewhere after the last checkpoint that fits.
            wrong = isOther ? "The records from " + std::to_string(proven + 1) + " to " + std::to_string(row.seq) +
                                  " are not those that were signed"
                            : HeadNote::isAnother(*beside);
            m_head = proven;
            m_headTime = provenTime;
            return false;
        }
        m_head = row.seq;
        m_headTime = record->time;
        if (root != signedRoots.end()) {
            proven = row.seq;
            provenTime = record->time;
        }
        return true;
    });
    if (!read)
        wrong = "The journal cannot be read after record " + std::to_string(m_head);
    else if (wrong.empty() && !signedRoots.empty() && signedRoots.rbegin()->first > m_head)
        wrong = "The journal ends at record " + std::to_string(m_head) + " but was signed up to record " +
                std::to_string(signedRoots.rbegin()->first);
    else if (wrong.empty() && beside && beside->size > m_head)
        wrong = HeadNote::endsEarly(*beside, m_head);
    if (!wrong.empty())
        m_damage = wrong;
}

Result<> DamagedLog::replay(std::uint64_t from, std::uint64_t to, const std::function<bool(const Committed &)> &each) const
{
    from = std::max<std::uint64_t>(from, 1);
    to = std::min(to, m_head);
    if (from > to)
        return {};
    const auto records = m_reopen();
    if (!records)
        return tl::unexpected(records.error());
    Opener opener(*m_keys, m_log.id);
    Result<> outcome;
    const auto read = (*records)->read(from, to, [&](const Row &row) {
        const auto record = opener.open(row);
        if (!record)
            outcome = tl::unexpected(record.error());
        return record && each(*record);
    });
    return outcome ? read : outcome;
}

} // namespace qd::journal
