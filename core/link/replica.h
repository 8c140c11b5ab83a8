// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/link/feed.h"
#include "core/state/state.h"

#include <functional>
#include <memory>

namespace qd::link {

/// The core's own reader: a State that is the fold of committed records only, on a thread of its own. Everything in the core
/// that needs to know what is true (queries, the outbox, the edges' bookkeeping) asks here, never the desk, so that an
/// uncommitted decision is never seen. Any thread may call its functions.
class Replica final {
public:
    /// Called on the replica's thread after each record: the State with the record folded. Must not block.
    using Watcher = std::function<void(const state::State &, const desk::Record &)>;
    using Question = std::function<void(const state::State &)>;

    /// Starts folding at once, from the record after `ready`: a State of this log at some earlier record, by default at none.
    /// `feed` must outlive it.
    explicit Replica(Feed feed, state::State ready = {});
    ~Replica(); ///< questions not yet asked are dropped
    Replica(const Replica &) = delete;
    Replica &operator=(const Replica &) = delete;

    /// Runs `question` on the replica's thread, once everything committed when this was called has been folded.
    void ask(Question question);
    /// The same, and waits for it. Never from the replica's own thread.
    void askAndWait(const Question &question);

    /// `begin` is run first, with the State as it is then; the watcher sees every record after that one: no gap, no repeat.
    void watch(Question begin, Watcher watcher);

    /// Empty while all is well; else why it stopped folding (a damaged journal).
    [[nodiscard]] std::string problem() const;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

/// A State at a point of the past: folds the feed's records up to `to`, or while their time is not after `until` where that is
/// given. Slow (it reads the whole journal); state::Travel is the quick way.
[[nodiscard]] Result<state::State> fold(const Feed &feed, std::uint64_t to, Instant until = {});

} // namespace qd::link
