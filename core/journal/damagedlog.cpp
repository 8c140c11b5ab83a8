// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/damagedlog.h"

#include "core/journal/headnote.h"
#include "core/journal/merkle.h"
#include "core/journal/note.h"
#include "core/journal/opener.h"

#include <map>

namespace qd::journal {

namespace {

/// Two troubles as one sentence.
std::string join(std::string first, const std::string &second)
{
    if (first.empty() || second.empty())
        return first + second;
    return first + "; " + static_cast<char>(second.front() | 0x20) + second.substr(1); // ours, in ASCII: "The …", "Record …"
}

/// The keys as they are, or what is left of them; `damage` says which.
Result<std::unique_ptr<KeyRing>> openKeys(const std::filesystem::path &home, const Ports &ports, const std::string &origin,
                                          const Unlock &unlock, Random &random, std::string &damage)
{
    auto store = ports.keys(home, Access::Read);
    auto keys = store ? KeyRing::open(std::move(*store), home, ports, origin, unlock, random)
                      : Result<std::unique_ptr<KeyRing>>(tl::unexpected(store.error()));
    if (keys || keys.error().code != Code::Corrupt)
        return keys;
    store = ports.keys(home, Access::Read);
    auto rows = store ? (*store)->load() : Result<KeyFileContents>(tl::unexpected(store.error()));
    if (!rows && ports.salvageKeys)
        rows = ports.salvageKeys(home);
    if (!rows)
        return keys;
    auto left = KeyRing::openWhatIsLeft(*rows, home, ports, origin, unlock, random);
    if (!left)
        return left.error().code == Code::Corrupt ? std::move(keys) : std::move(left);
    damage = "The key file keys.db is damaged, and what was sealed with keys that are gone is shown as erased";
    return left;
}

} // namespace

Result<std::unique_ptr<DamagedLog>> DamagedLog::open(const std::filesystem::path &home, const Ports &ports,
                                                     const Unlock &unlock)
{
    auto lock = HomeLock::take(home);
    if (!lock)
        return tl::unexpected(lock.error());
    std::unique_ptr<RecordReader> records, found;
    auto opened = ports.records(home, Access::Read);
    auto log = opened ? (*opened)->log() : Result<LogRow>(tl::unexpected(opened.error()));
    const bool isOpen = log.has_value();
    if (isOpen) {
        records = std::move(*opened);
    } else if (log.error().code == Code::Corrupt && ports.salvageRecords) {
        if (auto salvaged = ports.salvageRecords(home); salvaged) {
            found = std::move(*salvaged);
            if (auto row = found->log(); row)
                log = std::move(row);
        }
    }
    if (!log)
        return tl::unexpected(log.error());
    std::unique_ptr<DamagedLog> damaged(new DamagedLog(std::move(*lock), std::move(*log)));
    std::string ofKeys;
    auto keys = openKeys(home, ports, damaged->m_log.origin, unlock, damaged->m_random, ofKeys);
    if (!keys)
        return tl::unexpected(keys.error());
    damaged->m_keys = std::move(*keys);
    damaged->m_reopen = [home, open = ports.records] { return open(home, Access::Read); };
    const auto key = damaged->signersKey();
    const auto beside = key ? HeadNote::of(home, damaged->m_log.origin, *key) : std::nullopt;
    if (records)
        damaged->show(damaged->lookThrough(*records, beside));
    else
        damaged->m_damage = "The structure of journal.db is damaged, and its pages were read one by one";
    // Where the tree of the file no longer leads, its pages may still hold records.
    if (records && !damaged->m_damage.empty() && ports.salvageRecords)
        if (auto salvaged = ports.salvageRecords(home); salvaged)
            found = std::move(*salvaged);
    if (found) {
        auto shown = damaged->lookThrough(*found, beside);
        if (!isOpen || shown.head > damaged->m_head) {
            shown.damage = join(isOpen ? damaged->m_damage + ", and its pages, read one by one, hold more" : damaged->m_damage, shown.damage);
            damaged->show(std::move(shown));
            damaged->m_found = std::move(found);
        }
    }
    damaged->m_damage = join(std::move(ofKeys), damaged->m_damage);
    return damaged;
}

/// What the log's checkpoints are signed with: the keys know best; the log's own row says it too.
std::optional<PublicKey> DamagedLog::signersKey() const
{
    if (!m_keys->signer().isEmpty())
        return publicKeyOf(m_keys->signer());
    PublicKey key{};
    if (m_log.publicKey.size() != key.size())
        return std::nullopt;
    std::copy(m_log.publicKey.begin(), m_log.publicKey.end(), key.begin());
    return key;
}

void DamagedLog::show(Shown shown)
{
    m_head = shown.head;
    m_headTime = shown.time;
    m_damage = std::move(shown.damage);
}

DamagedLog::Shown DamagedLog::lookThrough(RecordReader &records, const std::optional<Note> &beside)
{
    Shown shown;
    const auto key = signersKey();
    std::map<std::uint64_t, Hash> signedRoots;
    const auto noted = records.checkpoints([&](const CheckpointRow &row) {
        const auto note = key ? openNote(row.note, *key) : Result<Note>(tl::unexpected(Error{}));
        if (note && note->origin == m_log.origin && note->size == row.size)
            signedRoots.emplace(note->size, note->root);
        else if (shown.damage.empty() && key)
            shown.damage = "The checkpoint at record " + std::to_string(row.size) + " is not signed by this log";
        return true;
    });
    if (!noted && shown.damage.empty())
        shown.damage = "The journal's checkpoints cannot be read";

    Opener opener(*m_keys, m_log.id);
    Sha256 sha;
    Frontier tree;
    std::string wrong;
    Shown proven;
    const auto read = records.read(1, UINT64_MAX >> 1, [&](const Row &row) {
        const std::uint64_t expected = shown.head + 1;
        const auto record = row.seq == expected ? opener.open(row) : Result<Committed>(tl::unexpected(Error{}));
        const auto parsed = parseHeader(row.blob);
        if (!record || !parsed || !digestsFit(sha, *parsed, row.blob)) {
            wrong = "Record " + std::to_string(expected) + " of the journal is " + (row.seq == expected ? "damaged" : "missing");
            return false;
        }
        tree.add(sha, record->hash);
        const auto root = signedRoots.find(row.seq);
        const bool isOther = root != signedRoots.end() && root->second != tree.root(sha);
        if (isOther || (beside && beside->size == row.seq && beside->root != tree.root(sha))) {
            // Somebody made the chain anew, somewhere after the last checkpoint that fits.
            wrong = isOther ? "The records from " + std::to_string(proven.head + 1) + " to " + std::to_string(row.seq) +
                                  " are not those that were signed"
                            : HeadNote::isAnother(*beside);
            shown.head = proven.head;
            shown.time = proven.time;
            return false;
        }
        shown.head = row.seq;
        shown.time = record->time;
        if (root != signedRoots.end())
            proven = shown;
        return true;
    });
    if (!read)
        wrong = "The journal cannot be read after record " + std::to_string(shown.head);
    else if (wrong.empty() && !signedRoots.empty() && signedRoots.rbegin()->first > shown.head)
        wrong = "The journal ends at record " + std::to_string(shown.head) + " but was signed up to record " +
                std::to_string(signedRoots.rbegin()->first);
    else if (wrong.empty() && beside && beside->size > shown.head)
        wrong = HeadNote::endsEarly(*beside, shown.head);
    if (!wrong.empty())
        shown.damage = wrong;
    return shown;
}

Result<> DamagedLog::replay(std::uint64_t from, std::uint64_t to, const std::function<bool(const Committed &)> &each) const
{
    from = std::max<std::uint64_t>(from, 1);
    to = std::min(to, m_head);
    if (from > to)
        return {};
    std::unique_ptr<RecordStore> own;
    if (!m_found) {
        auto opened = m_reopen();
        if (!opened)
            return tl::unexpected(opened.error());
        own = std::move(*opened);
    }
    RecordReader &records = m_found ? *m_found : *own;
    Opener opener(*m_keys, m_log.id);
    Result<> outcome;
    const auto read = records.read(from, to, [&](const Row &row) {
        const auto record = opener.open(row);
        if (!record)
            outcome = tl::unexpected(record.error());
        // Not a step further than asked: the row behind may be the damaged one.
        return record && each(*record) && row.seq < to;
    });
    return outcome ? read : outcome;
}

} // namespace qd::journal
