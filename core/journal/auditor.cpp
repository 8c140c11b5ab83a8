// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/auditor.h"

#include "core/journal/words.h"

#include <algorithm>
#include <numeric>

namespace qd::journal {

namespace {
/// A log with half its records gone needs no list of each; rows can also carry any number somebody chose.
constexpr std::size_t kMostMissing = 100'000;
} // namespace

Auditor::Auditor(const LogRow &log, const PublicKey &key, std::optional<std::set<Id16>> keyIds, const KeyRing *ring)
    : m_log(log)
    , m_key(key)
    , m_keyIds(std::move(keyIds))
    , m_ring(ring)
{
}

void Auditor::record(const Row &row)
{
    Entry &entry = m_entries.emplace_back();
    entry.row = entry.seq = row.seq;
    const auto parsed = parseHeader(row.blob);
    if (!parsed && parsed.error().code == Code::Version) {
        // The header's length stands at the same place in every format, so its hash can be taken, and what follows says
        // whether it was so when it was written.
        const auto size = getNumber<std::uint32_t>(row.blob.data() + 8);
        entry.foreign = true;
        entry.leaf = leafHash(m_sha, row.blob.first(std::min<std::size_t>(size, row.blob.size())));
        return;
    }
    if (!parsed || parsed->header.log != m_log.id) {
        entry.broken = true;
        fault(row.seq, "bad-hash");
        return;
    }
    entry.seq = parsed->header.seq;
    entry.previous = parsed->header.previous;
    entry.leaf = leafHash(m_sha, row.blob.first(parsed->size));
    checkParts(row, *parsed);
}

void Auditor::checkParts(const Row &row, const ParsedHeader &parsed)
{
    std::size_t at = parsed.size;
    Bytes plain;
    for (std::size_t i = 0; i < parsed.header.parts.size(); ++i) {
        const PartEntry &part = parsed.header.parts[i];
        const BytesView sealed = row.blob.subspan(at, part.length);
        at += part.length;
        if (m_sha.of(sealed) != part.digest)
            fault(row.seq, "bad-hash");
        if (part.family == kErasureFamily && part.key == kPublicKeyId)
            noteErasure(row, parsed, i, sealed);
        else if (!m_keyIds || !m_keyIds->contains(part.key))
            m_missing.push_back({row.seq, part.stream, part.key, m_keyIds.has_value()});
        else if (m_ring) {
            const auto key = m_ring->byId(part.key);
            if (key && (key->pseudonym != part.stream || !m_sealer.open(parsed.header, i, *key, sealed, plain)))
                m_partFaults.push_back({row.seq, "bad-seal"});
        }
    }
}

void Auditor::unreadable()
{
    m_unreadable = true;
    fault(m_entries.empty() ? 1 : m_entries.back().row + 1, "bad-hash");
}

void Auditor::checkpoint(const CheckpointRow &row)
{
    const auto note = openNote(row.note, m_key);
    if (!note || note->origin != m_log.origin || note->size != row.size) {
        fault(row.size, "bad-signature");
        return;
    }
    const auto tree = Frontier::decode(row.frontier);
    if (!tree)
        fault(row.size, "bad-hash");
    m_claims.push_back({note->size, note->root, tree ? std::optional(*tree) : std::nullopt});
}

void Auditor::heldCheckpoint(const std::string &text)
{
    const auto note = openNote(text, m_key);
    if (!note || note->origin != m_log.origin) {
        const auto unsure = parseNote(text);
        fault(unsure ? unsure->size : 0, "bad-signature");
        return;
    }
    m_claims.push_back({note->size, note->root, std::nullopt});
}

void Auditor::breakEntry(Entry &entry)
{
    entry.broken = true;
    entry.seq = entry.row;
    fault(entry.row, "bad-hash");
}

const Auditor::Claim *Auditor::claimOf(std::uint64_t size) const
{
    const auto it = std::find_if(m_claims.begin(), m_claims.end(), [&](const Claim &c) { return c.size == size; });
    return it == m_claims.end() ? nullptr : &*it;
}

/// The tree of the records before `seq` as they are, when all are there.
std::optional<Frontier> Auditor::treeBefore(const BySeq &bySeq, std::uint64_t seq)
{
    Frontier tree;
    for (std::uint64_t s = 1; s < seq; ++s) {
        const auto it = bySeq.find(s);
        if (it == bySeq.end())
            return std::nullopt;
        tree.add(m_sha, it->second->leaf);
    }
    return tree;
}

/// The last record contradicts the one before it, and nothing follows to say which of them was changed. A checkpoint
/// can: either of the record before alone, or of both, when what the last one says of the other is put in its place.
bool Auditor::lastIsChanged(const BySeq &bySeq, const Entry &before, const Entry &last)
{
    const Claim *ofBoth = claimOf(last.seq);
    const Claim *ofOne = claimOf(before.seq);
    auto tree = ofBoth || ofOne ? treeBefore(bySeq, before.seq) : std::nullopt;
    if (!tree)
        return false;
    Frontier both = *tree;
    both.add(m_sha, last.previous);
    both.add(m_sha, last.leaf);
    tree->add(m_sha, before.leaf);
    return ofOne ? tree->root(m_sha) == ofOne->root : both.root(m_sha) != ofBoth->root;
}

/// A checkpoint vouches for a record that ends it although the one before is not there: what it says of that one is put
/// in its place.
bool Auditor::isSignedAsLast(const BySeq &bySeq, const Entry &entry)
{
    const Claim *claim = claimOf(entry.seq);
    auto tree = claim && entry.seq > 1 ? treeBefore(bySeq, entry.seq - 1) : std::nullopt;
    if (!tree)
        return false;
    tree->add(m_sha, entry.previous);
    tree->add(m_sha, entry.leaf);
    return tree->root(m_sha) == claim->root;
}

/// A record under another row number than its own, whose hash no other names, is not what it says it is, unless it goes
/// on from the last that is confirmed. Its number is then believed of nobody.
void Auditor::breakStrangers(const BySeq &bySeq, const std::set<Hash> &named)
{
    const Entry *highest = nullptr;
    for (const Entry &entry : m_entries)
        if (!entry.broken && named.contains(entry.leaf) && (!highest || entry.seq > highest->seq))
            highest = &entry;
    for (Entry &entry : m_entries) {
        if (entry.broken || entry.seq == entry.row || named.contains(entry.leaf))
            continue;
        const bool follows =
            highest ? entry.seq == highest->seq + 1 && entry.previous == highest->leaf : entry.seq == 1;
        if (!follows && !isSignedAsLast(bySeq, entry))
            breakEntry(entry);
    }
}

/// A header is confirmed when some other record names its hash as "previous". One that is not, although the record
/// after it is there, was changed; it then counts as the record its row number says.
void Auditor::checkHeaders()
{
    std::set<Hash> named;
    BySeq bySeq;
    for (Entry &entry : m_entries) {
        if (entry.broken)
            continue;
        if (!entry.foreign)
            named.insert(entry.previous);
        // The one in its own place speaks for the number, if two do.
        if (const auto [it, fresh] = bySeq.try_emplace(entry.seq, &entry); !fresh && entry.row == entry.seq)
            it->second = &entry;
    }
    breakStrangers(bySeq, named);
    // From the end, so that a record is not blamed for what a changed successor says of it.
    for (auto it = m_entries.rbegin(); it != m_entries.rend(); ++it) {
        Entry &entry = *it;
        if (entry.broken)
            continue;
        if (named.contains(entry.leaf)) {
            m_unknownVersion = m_unknownVersion || entry.foreign;
            continue;
        }
        const auto next = bySeq.find(entry.seq + 1);
        const bool contradicted = next != bySeq.end() && !next->second->foreign && !next->second->broken;
        if (contradicted && entry.seq == entry.row && !named.contains(next->second->leaf) &&
            lastIsChanged(bySeq, entry, *next->second))
            breakEntry(*next->second);
        else if (contradicted)
            breakEntry(entry);
        else
            m_unknownVersion = m_unknownVersion || entry.foreign;
    }
}

/// A record must name the one before it, where that one is sound: this finds a last record that was changed, too.
void Auditor::checkLinks()
{
    std::map<std::uint64_t, const Entry *> bySeq;
    for (const Entry &entry : m_entries)
        if (!entry.broken)
            bySeq.try_emplace(entry.seq, &entry);
    for (const Entry &entry : m_entries) {
        if (entry.broken || entry.foreign)
            continue;
        const auto before = bySeq.find(entry.seq - 1);
        if (entry.seq == 1 ? entry.previous != Hash{} : before != bySeq.end() && before->second->leaf != entry.previous)
            fault(entry.seq, "bad-hash");
    }
}

void Auditor::checkOrder()
{
    std::set<std::uint64_t> seen;
    std::vector<std::uint64_t> order;
    order.reserve(m_entries.size());
    for (const Entry &entry : m_entries) {
        if (seen.insert(entry.seq).second)
            order.push_back(entry.seq);
        else
            fault(entry.seq, "duplicate");
    }
    std::uint64_t next = 1;
    std::size_t i = 0;
    std::size_t missing = 0;
    for (const std::uint64_t seq : seen) {
        for (; next < seq && missing < kMostMissing; ++next, ++missing)
            fault(next, "missing");
        if (order[i++] != seq)
            fault(seq, "reordered");
        next = seq + 1;
    }
    m_last = seen.empty() ? 0 : *seen.rbegin();
    // A record under another row number than its own, though nothing else gives it away: a core would not open this log.
    const bool silent = m_faults.empty();
    for (const Entry &entry : m_entries)
        if (silent && entry.row != entry.seq)
            fault(entry.seq, "reordered");

    std::map<std::uint64_t, const Entry *> bySeq;
    for (const Entry &entry : m_entries)
        bySeq.try_emplace(entry.seq, &entry);
    for (const auto &[seq, entry] : bySeq) {
        if (seq == 0)
            continue; // a row somebody numbered so
        if (seq != m_leaves.size() + 1 || entry->broken)
            break;
        m_leaves.push_back(entry->leaf);
    }
    m_whole = m_leaves.size();
}

void Auditor::checkClaims(VerifyReport &report)
{
    std::sort(m_claims.begin(), m_claims.end(), [](const Claim &a, const Claim &b) { return a.size < b.size; });
    Frontier tree;
    std::uint64_t anchored = 0;
    bool told = false;
    for (const Claim &claim : m_claims) {
        if (claim.size > m_last) {
            if (!m_unreadable)
                fault(m_last + 1, "truncated");
            continue;
        }
        if (claim.size > m_whole)
            continue; // the fault before it is named already, and the tree cannot be built past it
        while (tree.size() < claim.size)
            tree.add(m_sha, m_leaves[tree.size()]);
        if (tree.root(m_sha) == claim.root) {
            anchored = claim.size;
            if (claim.tree && *claim.tree != tree)
                fault(claim.size, "bad-hash");
        } else if (!told) {
            // All that follow differ too. If the chain is whole up to here, the head itself or all of it was rewritten.
            fault(claim.size, "bad-hash");
            m_suspect = claim.size;
            told = true;
        }
    }
    report.unanchored = m_last - std::min(anchored, m_last);
}

void Auditor::checkCodes()
{
    for (const auto &[seq, words] : m_codes) {
        if (seq > m_last && !m_unreadable)
            fault(m_last + 1, "truncated");
        else if (seq <= m_whole && headWords(m_leaves[seq - 1]) != words)
            fault(seq, "bad-hash");
    }
}

void Auditor::checkPartFaults()
{
    const std::set<std::uint64_t> changed = changedRows();
    for (const PartFault &part : m_partFaults)
        if (!changed.contains(part.row))
            fault(part.row, part.kind);
    checkHoles(changed);
}

void Auditor::finish(VerifyReport &report)
{
    checkHeaders();
    checkLinks();
    checkOrder();
    checkClaims(report);
    checkPartFaults();
    checkCodes();
    report.records = m_entries.size();
    report.headSeq = m_last;
    for (const Entry &entry : m_entries)
        if (entry.seq == m_last)
            report.head = entry.leaf;
    report.holes = std::move(m_holes);
    report.errors.assign(m_faults.begin(), m_faults.end());
}

} // namespace qd::journal
