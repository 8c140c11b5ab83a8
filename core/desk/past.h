// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/state/travel.h"

#include <atomic>
#include <mutex>

namespace qd::desk {

/// Snapshots are sections of these kinds (manifests and their parts), sealed under the keys of this stream. They hold what was
/// said in any stream: whoever destroys a stream's keys drops and destroys this one with it; they are made again from the log.
inline constexpr const char *kSnapshotKind = "snapshot";
inline constexpr const char *kSnapshotPartKind = "snapshot-part";
inline constexpr const char *kSnapshotStream = "derived/snapshots";

/// The journal as a traveller sees it, with its snapshots. `journal` must outlive it. Any thread.
[[nodiscard]] state::Past pastOf(const journal::Journal &journal);

/// The leaf hash of a record as hex, "" when there is none of that number: which log this is, up to there.
[[nodiscard]] Result<std::string> leafOf(const journal::Journal &journal, std::uint64_t seq);

/// Says when a snapshot is due, cuts it and stores it. A snapshot is due when kLeastWeight events and rows came since the last
/// one and there is room: all together stay below kShare of the journal (what is saved up for writing the alerts whole again
/// counts as taken), and where that was misjudged, every second of the older ones goes at kMost.
class SnapshotKeeper {
public:
    static constexpr std::uint64_t kLeastWeight = 2000;
    static constexpr double kShare = 0.6, kMost = 0.75; ///< of the journal's bytes

    /// Goes on from the newest snapshot there is. `journalBytes`: how large the journal's file is now. Both must outlive it.
    SnapshotKeeper(const journal::Journal &journal, std::function<std::uint64_t()> journalBytes);

    /// Counts a record that was folded; true when a snapshot of the State after it is due. Never while one is being stored.
    [[nodiscard]] bool isDueAfter(const Record &record);
    /// On the thread that owns `state`, which was folded in this era(): after the last record that destroyed keys, or from what
    /// was left by it.
    [[nodiscard]] state::SnapshotCutter::Cut cut(const state::State &state, std::uint64_t era);
    /// A record that destroys keys was folded, and the State with it made anew: what was cut before is never stored now.
    void erased();
    [[nodiscard]] std::uint64_t era() const { return m_era.load(); }
    /// Seals and stores what cut() gave, on any thread; exactly once for each cut. What cannot be stored is left out, the
    /// next is tried after as many records again.
    [[nodiscard]] Result<> store(state::SnapshotCutter::Cut cut);

    /// The record of the newest snapshot, 0 for none.
    [[nodiscard]] std::uint64_t last() const { return m_last.load(); }
    /// Snapshots and parts are gone (erasure, a file deleted): the next one begins anew.
    void forget();

private:
    [[nodiscard]] Result<> storeNow(state::SnapshotCutter::Cut &cut);
    [[nodiscard]] Result<> thin();
    void clear();

    const journal::Journal &m_journal;
    const std::function<std::uint64_t()> m_journalBytes;
    state::SnapshotCutter m_cutter; ///< used by one side at a time, see m_busy
    std::atomic<std::uint64_t> m_last{0};
    std::atomic<bool> m_busy{false};
    std::atomic<bool> m_forget{false};
    std::atomic<std::uint64_t> m_era{0}; ///< journal::Sections counts the same
    std::uint64_t m_cutEra = 0;
    std::uint64_t m_weight = 0;
    std::uint64_t m_total = 0;                  ///< stored, with what a row costs; used like m_cutter
    std::uint64_t m_wholeCost = 0;              ///< of the last snapshot with all alerts
    std::uint64_t m_patchCost = 0;              ///< of the last other one, as if kLeastWeight had come since the one before
    std::uint64_t m_cutWeight = 0;              ///< what came before the cut under way
};

/// Folds the log from its beginning and stores snapshots on the way, for a home that has none. `go` is asked now and then; false
/// ends it early. With its own State, for a thread that may wait. Returns the State it came to.
[[nodiscard]] Result<state::State> makeSnapshots(const journal::Journal &journal, SnapshotKeeper &keeper, const std::function<bool()> &go);

} // namespace qd::desk
