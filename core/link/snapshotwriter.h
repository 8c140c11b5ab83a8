// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/link/replica.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>

namespace qd::journal {
class Journal;
}

namespace qd::link {

/// A cut looks at every alert there is, so what it costs is spread over what came since the last one: of a State with many alerts
/// snapshots are cut more seldom. Of few alerts desk::SnapshotKeeper alone says when.
class CutPace final {
public:
    static constexpr std::uint64_t kAlertsForOne = 4; ///< alerts a cut may look at for each event or row that came
    static constexpr Span kApart = seconds(1);        ///< journal time: a flood is cut when it is over, or now and then
    /// What the keeper counts by itself (desk::SnapshotKeeper::kLeastWeight) comes on top: it is taken off here.
    explicit CutPace(std::uint64_t keeperCounts) : m_keeperCounts(keeperCounts) {}

    void cut(std::uint64_t alerts, Instant at)
    {
        m_left = alerts / kAlertsForOne - std::min(alerts / kAlertsForOne, m_keeperCounts);
        m_cutAt = at;
    }
    /// Counts a record of that time by its weight; true while the keeper is not to be asked.
    [[nodiscard]] bool waitsAfter(std::uint64_t weight, Instant at)
    {
        const bool waits = m_left > 0 || (m_cutAt && at < m_cutAt + kApart);
        m_left -= std::min(m_left, weight);
        return waits;
    }

private:
    std::uint64_t m_keeperCounts;
    std::uint64_t m_left = 0; ///< of what must come before the keeper counts again
    Instant m_cutAt;
};

/// Keeps a home's snapshots up to date. The replica's thread cuts a State when desk::SnapshotKeeper says so (what did not change
/// is not touched), a thread of its own, of low priority, seals and stores; desk and journal thread never wait for it. A home
/// that has a log but no snapshots (an old one, derived.db deleted, a stream erased) gets them by folding the log once, with a State of
/// its own.
class SnapshotWriter final {
public:
    /// `journalBytes`: how large the journal's file is. `replica` and `journal` must outlive it.
    SnapshotWriter(Replica &replica, const journal::Journal &journal, std::function<std::uint64_t()> journalBytes);
    ~SnapshotWriter(); ///< what is being stored is finished, a fold of the whole log is not
    SnapshotWriter(const SnapshotWriter &) = delete;
    SnapshotWriter &operator=(const SnapshotWriter &) = delete;

private:
    class Core;
    std::shared_ptr<Core> m_core;
};

} // namespace qd::link
