// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/link/seatclient.h"
#include "tests/core/link/memoryfeed.h"
#include "tests/support/builders.h"
#include "tests/support/dump.h"

#include <map>
#include <mutex>

namespace qd::link {

using namespace qd::tests;

/// A log in memory with snapshots.
struct SnapshotFeed {
    MemoryFeed log;
    state::State state;
    state::SnapshotCutter cutter;
    std::mutex mutex;
    std::map<std::string, Bytes> parts;
    std::map<std::uint64_t, state::Manifest> manifests;
    std::size_t loads = 0;
    std::function<void(std::size_t)> onLoad; ///< how many before it; with the mutex held

    void append(events::Events events)
    {
        log.append(events);
        state::applyRecord(state, state.seq + 1, Instant{1'700'000'000'000'000'000} + seconds(static_cast<std::int64_t>(state.seq + 1)), events);
    }
    void alerts(std::size_t records, std::size_t rows = 20)
    {
        for (std::size_t n = 0; n < records; ++n) {
            ABatch b("am", kMorning);
            for (std::size_t i = 0; i < rows; ++i)
                b.alert({{"alertname", "A" + std::to_string(state.seq * rows + i)}, {"service", "s" + std::to_string(i % 7)}}).annotation("summary", "what it says " + std::to_string(state.seq));
            append(decided(b.build()));
        }
    }
    void begin()
    {
        append(withWorkspace());
        append(withConnection("am"));
        append({anIncident("INC-1").event()});
    }
    void snapshot()
    {
        auto cut = cutter.cut(state, "leaf " + std::to_string(state.seq));
        const std::lock_guard lock(mutex);
        for (auto &p : cut.fresh)
            parts.emplace(p.name, p.body);
        manifests.insert_or_assign(state.seq, cut.manifest);
        cutter.build(cut);
    }
    Feed feed()
    {
        Feed f = log.feed();
        f.past.head = f.head;
        f.past.replay = [replay = f.replay](std::uint64_t from, std::uint64_t to, const std::string &leaf, const state::Past::Each &each) -> Result<> {
            if (!leaf.empty() && leaf != "leaf " + std::to_string(from - 1))
                return fail(Code::NotFound, "of another journal");
            return from > to ? Result<>() : replay(from, to, [&](const desk::Record &r) { return each(r.seq, r.time, r.events); });
        };
        f.past.snapshots = [this] {
            const std::lock_guard lock(mutex);
            std::vector<std::uint64_t> seqs;
            for (const auto &[seq, manifest] : manifests)
                seqs.push_back(seq);
            return seqs;
        };
        f.past.manifest = [this](std::uint64_t seq) -> Result<state::Manifest> {
            const std::lock_guard lock(mutex);
            const auto it = manifests.find(seq);
            return it == manifests.end() ? Result<state::Manifest>(fail(Code::NotFound, "gone")) : it->second;
        };
        f.past.part = [this](const std::string &name) -> Result<Bytes> {
            const std::lock_guard lock(mutex);
            if (onLoad)
                onLoad(loads);
            ++loads;
            const auto it = parts.find(name);
            return it == parts.end() ? Result<Bytes>(fail(Code::NotFound, "gone")) : it->second;
        };
        return f;
    }
};

/// What a seat was told, readable from the test's thread.
struct SeatWindow {
    mutable std::mutex mutex;
    state::State state;
    std::uint64_t snapshot = 0, records = 0;
    int resets = 0, snapshots = 0;
    bool whole = true;
    std::vector<std::string> files; ///< name and bytes of those it was told of

    [[nodiscard]] SeatHandlers handlers()
    {
        SeatHandlers h;
        h.onSnapshot = [this](state::State &&s) {
            const std::lock_guard l(mutex);
            state = std::move(s);
            snapshot = state.seq;
            ++snapshots;
        };
        h.onReset = [this] {
            const std::lock_guard l(mutex);
            ++resets;
            state = {};
            records = 0;
        };
        h.onRecord = [this](const desk::RecordPtr &r) {
            const std::lock_guard l(mutex);
            whole = whole && r->seq == state.seq + 1;
            ++records;
            for (const events::Event &e : r->events)
                if (const auto *file = getIf<events::EvidenceKept>(&e))
                    files.push_back(file->name + ":" + file->content);
            state::applyRecord(state, r->seq, r->time, r->events);
        };
        return h;
    }
    [[nodiscard]] std::uint64_t seq() const { const std::lock_guard l(mutex); return state.seq; }
    [[nodiscard]] int resetCount() const { const std::lock_guard l(mutex); return resets; }
    [[nodiscard]] std::string dumped() const { const std::lock_guard l(mutex); return dump(state); }
};

} // namespace qd::link
