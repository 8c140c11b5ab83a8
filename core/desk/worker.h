// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/announcer.h"
#include "core/desk/cascade.h"
#include "core/desk/due.h"
#include "core/desk/runlengths.h"
#include "core/journal/erasure.h"
#include "core/triage/heartbeats.h"
#include "core/triage/reactions.h"
#include "core/triage/reports.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace qd::desk {

/// The desk thread: its queue and timer (worker.cpp), what it does with each command (handle.cpp), how the outcome is recorded,
/// or kept while storage fails (record.cpp).
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
    /// Somebody takes command: a record of its own says when commanders were last at a seat, where the record does not know.
    void recordPresence();
    // hear.cpp
    void hear(events::PingsSeen ping, Done done);
    void hear(events::PingSaid ping, Done done);
    /// The timer's work: run-lengths that are due, expiry, silence, escalation steps. `gather`: journal what was gathered now.
    void wake(bool gather, Done done) { wake(gather, std::move(done), Asker::Core); }

    [[nodiscard]] Announcer &announcer() { return m_announcer; }
    [[nodiscard]] const state::State &state() const { return m_state; }

private:
    /// Who is told the outcome: a sender is told "done" of what is on disk only, everybody else also of what is kept.
    enum class Asker : std::uint8_t { Sender, Person, Core };
    struct Waiting {
        Outcome outcome;
        Done done;
        Asker asker = Asker::Core;
    };
    /// A record the journal has not answered yet, and who waits for it.
    struct Flight {
        RecordPtr record;
        std::vector<Waiting> waiting;
    };

    void wake(bool gather, Done done, Asker asker);
    /// Hands what the cascade made to the journal; `done` and the followers hear of it after the commit. What led to no record
    /// is answered once everything before it is. `change`: what is done to keys with it.
    void commit(Cascade &c, Outcome outcome, Done done, Asker asker, journal::KeyChange *change = nullptr);
    void append(RecordPtr record, std::vector<Waiting> waiting, journal::KeyChange *change = nullptr);
    void landed(const std::shared_ptr<Flight> &flight, bool recorded, const Error *error); ///< on the journal's thread
    void answer(Waiting &waiting, bool recorded) const;
    void settle(Outcome outcome, Done done, Asker asker);
    // keeping.cpp: erasing, striking, holds
    [[nodiscard]] bool keep(const Command &command, const events::Actor &by, Done &done); ///< false: no such command
    void indexErased(events::Events &events);
    void destroy(events::Events events, journal::KeyChange change, std::string what, const events::Actor &by, Done done);
    void classLine(const ClassLine &command, const events::Actor &by, Done done); ///< classing.cpp
    void rebuild(Outcome outcome, Done done);
    void land(); ///< waits until the journal has answered for every record
    void reconcileHolds();
    void rulesForWorkspace();
    /// The heartbeat a ping is for; NotFound when the workspace has none that listens to it.
    [[nodiscard]] Result<const HeartbeatRule *> heartbeatFor(const std::string &connection, const std::string &name) const;
    /// How it stands with what is gathered and not journaled.
    [[nodiscard]] const state::Monitor &monitorOf(const std::string &heartbeat) const;
    /// When a heartbeat turns next, with what is gathered; none when none does.
    [[nodiscard]] Instant nextHeartbeat() const;
    [[nodiscard]] Instant nextHeartbeat(const HeartbeatRule &rule) const;
    /// Gathers a ping. True when it, or what was due before it, is to be concluded from at once.
    [[nodiscard]] bool gather(const events::PingsSeen &ping, const HeartbeatRule &rule);
    /// What alerts of a delivery say of heartbeats; true as above.
    [[nodiscard]] bool hearAlerts(const ReportBatch &batch, Cascade &c);
    /// State from the journal (and its newest snapshot) alone: at start, and when a commit failed.
    [[nodiscard]] Result<> refold();
    /// After a failed commit: back to the last committed record, and on from there in memory.
    void goOnUnrecorded();
    /// One try a second to store what is kept; when it worked, the end of the gap is recorded.
    void tryToRecord();
    [[nodiscard]] std::string whatIsKept() const; ///< a sentence
    /// Whether what is kept leaves no room for it (a share of the whole: half for senders); the sentence for them, or empty.
    [[nodiscard]] std::string whyNotKept(bool isSender) const;

    /// Journal time to be: the wall clock, or, when that was set back, on from the last one at nine tenths of its speed until
    /// the wall has caught up, so that no step waits for the clock.
    [[nodiscard]] Instant now();
    /// A sleep or a clock that was set is recorded; sources then speak before anything is concluded.
    void watchClock();
    /// A disk that neither takes what it was given nor refuses it is said, after kHangs.
    void watchDisk();
    [[nodiscard]] Instant nextDue(Instant now);
    void run();

    journal::Journal &m_journal;
    const Clock &m_clock;
    Options m_options;

    state::State m_state; ///< desk thread only, once started
    std::optional<triage::ReportRules> m_rules;
    std::shared_ptr<const Workspace> m_rulesOf;
    std::optional<triage::AlertBeats> m_alertBeats; ///< of the same workspace
    std::set<std::string> m_failedRules;
    triage::Reactions m_reactions;
    Outlooks m_outlooks;
    RunLengths m_runs;
    std::map<std::string, Instant> m_present; ///< who sits at a seat, and when they last used it
    std::map<std::string, std::size_t> m_lastListed; ///< how many alerts a connection's last listing held
    Span m_lastWake;
    Instant m_lastNow;                 ///< see now()
    Span m_lastBoot;
    Instant m_seenWall, m_awaySince;   ///< see watchClock(); when the last gap in time began
    Span m_seenBoot;
    bool m_longGap = false;            ///< it was longer than oncall::kGap

    bool m_unrecorded = false;         ///< desk thread: the journal keeps
    std::size_t m_keptRecords = 0, m_keptBytes = 0;
    std::chrono::steady_clock::time_point m_lastTry;
    std::atomic<bool> m_stored{false}; ///< the journal stored what it kept
    std::atomic<bool> m_trying{false};

    mutable std::mutex m_mutex;
    std::condition_variable m_woken;
    std::deque<std::pair<Work, Done>> m_queue;
    bool m_stopping = false;
    std::thread m_thread;
    std::atomic<bool> m_lost{false};

    std::mutex m_flightMutex;
    std::condition_variable m_landed;
    std::size_t m_inFlight = 0; ///< records the journal has and has not answered
    Span m_answeredAt;          ///< when it last answered, or was given the first of them (time since boot)
    std::shared_ptr<Flight> m_lastFlight;
    std::vector<RecordPtr> m_lostRecords; ///< those of the failure, in order
    std::string m_failure; ///< why nothing is recorded

    Announcer m_announcer;
};

} // namespace qd::desk
