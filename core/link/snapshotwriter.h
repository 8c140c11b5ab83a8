// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/link/replica.h"

#include <functional>
#include <memory>

namespace qd::journal {
class Journal;
}

namespace qd::link {

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
