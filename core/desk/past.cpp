// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/past.h"

#include "core/base/log.h"
#include "core/desk/classes.h"
#include "core/events/weight.h"
#include "core/journal/journal.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

namespace qd::desk {

namespace {

constexpr std::size_t kRowBytes = 256; ///< what the file needs for a section beside its bytes, rather too much

std::string nameOf(std::uint64_t seq)
{
    return std::to_string(seq);
}

Result<state::Manifest> manifestOf(const journal::Journal &journal, const std::string &name)
{
    auto section = journal.sections().open(kSnapshotKind, name);
    if (!section)
        return tl::unexpected(section.error());
    return state::decodeManifest(section->body);
}

/// The snapshots there were at a count of Sections::changes().
struct Listed {
    std::mutex mutex;
    std::optional<std::uint64_t> changes;
    std::vector<std::uint64_t> seqs;
};

/// What the kinds of sections that are snapshots take.
Result<std::uint64_t> storedBytes(const journal::Journal &journal, std::unordered_set<std::string> *parts = nullptr, std::size_t *manifests = nullptr)
{
    std::uint64_t total = 0;
    for (const char *kind : {kSnapshotPartKind, kSnapshotKind}) {
        const auto heads = journal.sections().list(kind);
        if (!heads)
            return tl::unexpected(heads.error());
        for (const journal::SectionHead &head : *heads) {
            total += head.bytes + kRowBytes;
            if (kind == kSnapshotPartKind && parts)
                parts->insert(head.name);
        }
        if (manifests)
            *manifests = heads->size();
    }
    return total;
}

} // namespace

Result<std::string> leafOf(const journal::Journal &journal, std::uint64_t seq)
{
    std::string leaf;
    const auto read = journal.replay(seq, seq, [&](const journal::Committed &c) {
        leaf = toHex(c.hash);
        return false;
    });
    if (!read)
        return tl::unexpected(read.error());
    return leaf;
}

state::Past pastOf(const journal::Journal &journal)
{
    state::Past past;
    past.head = [&journal] { return journal.tail(); };
    past.seqAt = [&journal](Instant at) { return journal.seqAt(at); };
    past.snapshots = [&journal, listed = std::make_shared<Listed>()] {
        const std::lock_guard lock(listed->mutex);
        const std::uint64_t changes = journal.sections().changes();
        if (listed->changes != changes) {
            listed->seqs.clear();
            if (const auto heads = journal.sections().list(kSnapshotKind))
                for (const journal::SectionHead &head : *heads) // in order
                    if (head.name == nameOf(head.last))
                        listed->seqs.push_back(head.last);
            listed->changes = changes;
        }
        return listed->seqs;
    };
    past.manifest = [&journal](std::uint64_t seq) -> Result<state::Manifest> {
        auto manifest = manifestOf(journal, nameOf(seq));
        // Of one log they are the same as far as they go.
        if (manifest && manifest->classed.size() != classesOf(journal)->all().size())
            return fail(Code::NotFound, "Lines were classed since the snapshot; it will be made again.");
        return manifest;
    };
    past.part = [&journal](const std::string &name) {
        return journal.sections().open(kSnapshotPartKind, name).map([](journal::Section &&s) { return std::move(s.body); });
    };
    past.drop = [&journal](std::uint64_t seq) {
        log(LogLevel::Info, "snapshots", "a snapshot cannot be used and was removed; it will be made again");
        const std::string name = nameOf(seq);
        if (const auto removed = journal.sections().remove(kSnapshotKind, std::span(&name, 1)); !removed)
            log(LogLevel::Warning, "snapshots", removed.error());
    };
    past.replay = [&journal](std::uint64_t from, std::uint64_t to, const std::string &leaf, const state::Past::Each &each) -> Result<> {
        if (!leaf.empty()) {
            const auto there = from > 1 ? leafOf(journal, from - 1) : Result<std::string>(std::string());
            if (!there)
                return tl::unexpected(there.error());
            if (*there != leaf)
                return fail(Code::NotFound, "The snapshot is of another journal.");
        }
        return replay(journal, from, to, [&](const Record &r) { return each(r.seq, r.time, r.events); });
    };
    return past;
}

SnapshotKeeper::SnapshotKeeper(const journal::Journal &journal, std::function<std::uint64_t()> journalBytes)
    : m_journal(journal), m_journalBytes(std::move(journalBytes)), m_era(journal.sections().era())
{
    auto past = pastOf(journal);
    auto seqs = past.snapshots();
    for (; !seqs.empty() && m_last == 0; seqs.pop_back()) {
        auto manifest = past.manifest(seqs.back());
        const auto leaf = manifest ? leafOf(journal, seqs.back()) : Result<std::string>(std::string());
        if (!leaf)
            return; // a damaged journal: nothing is made from it, nothing is thrown away
        const auto all = manifest && manifest->leaf == *leaf ? state::allParts(*manifest, past.part) : Result<std::vector<state::PartRef>>(fail(Code::NotFound, ""));
        if (all) {
            m_last = manifest->seq;
            m_cutter.build(std::move(*manifest), *all);
        } else {
            past.drop(seqs.back());
        }
    }
    if (m_last == 0)
        clear();
    m_weight = 2 * (journal.head() - m_last);
    m_total = storedBytes(journal).value_or(0);
}

/// Parts no snapshot can use (of another version, of another journal) only take room.
void SnapshotKeeper::clear()
{
    const auto parts = m_journal.sections().list(kSnapshotPartKind);
    std::vector<std::string> names;
    for (std::size_t i = 0; parts && i < parts->size(); ++i)
        names.push_back((*parts)[i].name);
    if (names.empty())
        return;
    if (const auto removed = m_journal.sections().remove(kSnapshotPartKind, names); !removed)
        log(LogLevel::Warning, "snapshots", removed.error());
}

bool SnapshotKeeper::isDueAfter(const Record &record)
{
    m_weight += events::weightOf(record.events);
    // What is kept while the disk takes nothing may never get there.
    if (m_weight < kLeastWeight || record.seq <= (m_forget ? 0 : m_last.load()) || record.seq > m_journal.head() || m_busy.load(std::memory_order_acquire))
        return false;
    // How large it was at this record, when an old log is gone through.
    const std::uint64_t bytes = m_journalBytes() * record.seq / std::max(record.seq, m_journal.head());
    const std::uint64_t taken = m_forget ? 0 : m_total + (m_cutter.canPatch() ? m_cutter.savings() + m_patchCost : m_wholeCost);
    if (static_cast<double>(taken) > kShare * static_cast<double>(bytes))
        return false;
    m_cutWeight = std::exchange(m_weight, 0);
    return true;
}

state::SnapshotCutter::Cut SnapshotKeeper::cut(const state::State &state, std::uint64_t era)
{
    m_busy.store(true, std::memory_order_release);
    m_cutEra = era;
    if (m_forget.exchange(false)) {
        m_cutter.forget();
        m_last = 0;
        m_total = 0;
    }
    auto cut = m_cutter.cut(state, {});
    cut.manifest.classed = classesOf(m_journal)->all(); // of another reading than the State's: then the era is over, and it is not stored
    const std::uint64_t cost = cut.bytes + cut.fresh.size() * kRowBytes;
    if (cut.whole)
        m_wholeCost = cost;
    else
        m_patchCost = cost * kLeastWeight / std::max(kLeastWeight, m_cutWeight);
    return cut;
}

void SnapshotKeeper::erased()
{
    ++m_era;
    forget();
}

void SnapshotKeeper::forget()
{
    m_forget = true;
}

Result<> SnapshotKeeper::store(state::SnapshotCutter::Cut cut)
{
    auto stored = storeNow(cut);
    m_busy.store(false, std::memory_order_release);
    return stored;
}

Result<> SnapshotKeeper::storeNow(state::SnapshotCutter::Cut &cut)
{
    journal::Sections &sections = m_journal.sections();
    auto leaf = leafOf(m_journal, cut.manifest.seq);
    if (!leaf)
        return tl::unexpected(leaf.error());
    cut.manifest.leaf = std::move(*leaf);

    std::vector<journal::Section> out;
    out.reserve(cut.fresh.size() + 1);
    std::unordered_set<std::string> there;
    std::uint64_t size = 0;
    for (state::SnapshotPart &p : cut.fresh) {
        there.insert(p.name);
        size += p.body.size() + kRowBytes;
        out.push_back({kSnapshotPartKind, std::move(p.name), kSnapshotStream, cut.manifest.seq, cut.manifest.seq, std::move(p.body)});
    }
    out.push_back({kSnapshotKind, nameOf(cut.manifest.seq), kSnapshotStream, cut.manifest.seq, cut.manifest.seq, encodeManifest(cut.manifest)});
    size += out.back().body.size() + kRowBytes;

    for (int tried = 0;; ++tried) {
        std::size_t manifests = 0;
        std::unordered_set<std::string> stored;
        const auto total = storedBytes(m_journal, &stored, &manifests);
        if (!total)
            return tl::unexpected(total.error());
        m_total = *total;
        if (static_cast<double>(m_total + size) > kMost * static_cast<double>(m_journalBytes())) {
            if (tried > 0 || manifests < 4)
                return {}; // not worth its room yet
            if (const auto thinned = thin(); !thinned)
                return thinned;
            continue;
        }
        there.merge(stored);
        break;
    }
    // A part that was lost since must not be named again: the next snapshot then writes everything anew.
    for (const state::PartRef &ref : cut.all)
        if (!there.contains(ref.name)) {
            forget();
            return {};
        }
    if (const auto stored = sections.store(out, m_cutEra); !stored) {
        if (stored.error().code != Code::Conflict)
            return stored;
        forget(); // keys went meanwhile: cut anew, from what is left
        return {};
    }
    m_last = cut.manifest.seq;
    m_total += size;
    m_cutter.build(cut);
    return {};
}

/// Every second of the older snapshots goes, and the parts no other names.
Result<> SnapshotKeeper::thin()
{
    journal::Sections &sections = m_journal.sections();
    const auto manifests = sections.list(kSnapshotKind);
    if (!manifests)
        return tl::unexpected(manifests.error());
    const state::Past past = pastOf(m_journal);
    std::vector<std::string> gone;
    std::unordered_set<std::string> named;
    for (std::size_t i = 0; i < manifests->size(); ++i) {
        const std::string &name = (*manifests)[i].name;
        const bool goes = i % 2 == 0 && i + 2 < manifests->size();
        const auto manifest = goes ? Result<state::Manifest>(fail(Code::NotFound, "")) : manifestOf(m_journal, name);
        auto parts = manifest ? state::allParts(*manifest, past.part) : Result<std::vector<state::PartRef>>(fail(Code::NotFound, ""));
        if (!parts) {
            gone.push_back(name);
            continue;
        }
        for (state::PartRef &ref : *parts)
            named.insert(std::move(ref.name));
    }
    if (const auto removed = sections.remove(kSnapshotKind, gone); !removed)
        return removed;
    const auto parts = sections.list(kSnapshotPartKind);
    if (!parts)
        return tl::unexpected(parts.error());
    gone.clear();
    for (const journal::SectionHead &head : *parts)
        if (!named.contains(head.name))
            gone.push_back(head.name);
    return sections.remove(kSnapshotPartKind, gone);
}

Result<state::State> makeSnapshots(const journal::Journal &journal, SnapshotKeeper &keeper, const std::function<bool()> &go)
{
    state::State state;
    Result<> outcome;
    const std::uint64_t era = keeper.era();
    // The head moves on meanwhile; what came is folded as well, until little is left.
    for (std::uint64_t left = journal.head(); outcome && left > 0; left = journal.head() - state.seq) {
        const auto read = replay(journal, state.seq + 1, journal.head(), [&](const Record &r) {
            state::applyRecord(state, r.seq, r.time, r.events);
            if (keeper.isDueAfter(r))
                outcome = keeper.store(keeper.cut(state, era));
            return outcome && keeper.era() == era && (r.seq % 64 != 0 || go());
        });
        if (outcome && !read)
            outcome = read;
        if (left < SnapshotKeeper::kLeastWeight || keeper.era() != era || !go())
            break;
    }
    if (!outcome)
        return tl::unexpected(outcome.error());
    return state;
}

} // namespace qd::desk
