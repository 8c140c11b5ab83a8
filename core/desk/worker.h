// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/announcer.h"
#include "core/desk/cascade.h"
#include "core/desk/runlengths.h"
#include "core/journal/erasure.h"
#include "core/triage/reports.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace qd::desk {

/// The desk thread: its queue, its State, what it does with each command (handle.cpp) and how the outcome is recorded (worker.cpp).
class Desk::Worker {
public:
    using Work = std::function<void(Done)>;

    Worker(journal::Journal &journal, const Clock &clock, Options options);
    ~Worker();

    [[nodiscard]] Result<> start();
    /// Queues work for the desk thread, or answers Unavailable. Any thread.
    void post(Work work, Done done);

    // On the desk thread only.
    void handle(ReportBatch batch, Done done);
    void handle(events::Event input, Done done);
    void handle(const Command &command, const events::Actor &by, Done done);
    /// The timer's work: run-lengths that are due, expiry, silence, escalation steps. `gather`: journal what was gathered now.
    void wake(bool gather, Done done);

    [[nodiscard]] Announcer &announcer() { return m_announcer; }
    [[nodiscard]] const state::State &state() const { return m_state; }

private:
    /// Hands what the cascade made to the journal; `done` and the followers hear of it after the commit.
    /// `change`: what is done to keys with it.
    void commit(Cascade &c, Outcome outcome, Done done, journal::KeyChange *change = nullptr);
    // keeping.cpp: erasing, striking, holds
    [[nodiscard]] bool keep(const Command &command, const events::Actor &by, Done &done); ///< false: no such command
    void destroy(events::Events events, journal::KeyChange change, std::string what, const events::Actor &by, Done done);
    void rebuild(Outcome outcome, Done done);
    void land(); ///< waits until the journal has answered for every record
    void reconcileHolds();
    /// After a start the sources speak first: a step that fell due meanwhile may be for something that is over.
    [[nodiscard]] bool isCatchingUp(Instant now) const;
    void settle(Done done);
    void rulesForWorkspace();
    /// State from the journal (and its newest snapshot) alone: at start, and when a commit failed.
    [[nodiscard]] Result<> refold();
    /// After a failed commit: back to the last committed record, then one try a second until one succeeds.
    void recover();
    [[nodiscard]] Instant nextDue() const;
    void run();
    void refuseQueued(std::unique_lock<std::mutex> &lock);

    journal::Journal &m_journal;
    const Clock &m_clock;
    Options m_options;

    state::State m_state; ///< desk thread only, once started
    std::optional<triage::ReportRules> m_rules;
    std::shared_ptr<const Workspace> m_rulesOf;
    std::set<std::string> m_failedRules;
    RunLengths m_runs;
    std::map<std::string, std::size_t> m_lastListed; ///< how many alerts a connection's last listing held
    Span m_lastWake;

    mutable std::mutex m_mutex;
    std::condition_variable m_woken;
    std::deque<std::pair<Work, Done>> m_queue;
    bool m_stopping = false;
    std::thread m_thread;
    std::atomic<bool> m_lost{false};

    std::mutex m_flightMutex;
    std::condition_variable m_landed;
    std::size_t m_inFlight = 0; ///< records the journal has and has not answered

    Announcer m_announcer;
};

} // namespace qd::desk
