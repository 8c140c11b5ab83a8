// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/desk/commands.h"
#include "core/events/event.h"

#include <functional>
#include <memory>
#include <string>

namespace qd::journal {
class Journal;
}
namespace qd::state {
class State;
}

namespace qd::desk {

/// A committed record as every reader gets it: immutable, shared between threads.
struct Record {
    std::uint64_t seq = 0;
    Instant time;
    events::Events events;
};
using RecordPtr = std::shared_ptr<const Record>;

/// What came of a command or report, after the commit.
struct Outcome {
    std::uint64_t seq = 0;     ///< the record that holds it; 0 when nothing was worth a record (pure repeats)
    std::string id;            ///< of what was made: "INC-7", "update/3" …; else empty
    std::uint32_t accepted = 0; ///< reports taken
    std::vector<QuarantinedReport> quarantined;
    std::vector<std::string> notes = {}; ///< done, but the person should know: whole sentences
    bool recorded = true;      ///< false: done, but in memory only until the disk takes it (UNRECORDED)
};
using Done = std::function<void(Result<Outcome>)>;

/// Whether what happens is being recorded.
struct Recording {
    bool recorded = true;
    std::string reason;        ///< one sentence when it is not
};

/// The one front door: the only one who decides and appends. Owns the desk thread, its State and the timer.
/// Every public function may be called from any thread and never blocks on disk or network.
/// `done` is called exactly once, after the commit or the refusal, on the journal's or the desk's thread: hand on, do not work there.
class Desk {
public:
    static constexpr std::size_t kQueueLimit = 4096; ///< commands waiting; beyond it senders get Unavailable
    /// What is kept in memory while the disk takes nothing. New reports are refused from half of it on, so that people's
    /// commands last longest; the timer's steps and the outbox's words are always taken.
    static constexpr std::size_t kKeptRecords = 20'000;
    static constexpr std::size_t kKeptBytes = 64u << 20;

    struct Options {
        std::string version;
        bool startClock = true; ///< tests drive wake() themselves
        /// A State of the journal's head, when somebody has made one already: then it is not made a second time.
        std::shared_ptr<state::State> ready = {};
        bool watchClock = false; ///< sleeps and clocks set are noticed also when startClock is false
        std::size_t keptRecords = kKeptRecords, keptBytes = kKeptBytes;
        std::string owner = {}; ///< the user it runs as, who administers (core/governance)
    };

    /// Folds the journal, from its newest snapshot where there is one, then records CoreStarted. `journal` must outlive the desk.
    [[nodiscard]] static Result<std::unique_ptr<Desk>> open(journal::Journal &journal, const Clock &clock, Options options);
    ~Desk(); ///< drains the queue, flushes run-lengths, joins

    /// While the disk takes nothing (recording().recorded is false) the desk goes on in memory: what is reported is taken into
    /// account but answered with Unavailable, because it may be lost with this process; commands are done and answered with
    /// Outcome::recorded false. All of it is recorded late, in order, when the disk takes it again, or at the next start from
    /// the emergency file.

    /// A delivery of alert reports. Accepted repeats are answered at once with seq 0 (they are journaled as run-lengths).
    void report(ReportBatch batch, Done done = {});

    /// Any other input of an edge: SourceSeen, SourceFailed, ConnectionReported, HeartbeatSeen, RequestsRefused, ChangeSeen, SilencesSeen,
    /// ReportsQuarantined, MessageSeen, RoomGapSeen, RoomLinked, OutboxMoved, HeadSigned, AnswerLinkMade, WorkspaceChanged, PingsSeen (one row), PingSaid,
    /// PagerIncidentsSeen, PagerOnCallsSeen, ActionSeen (of which what is known is left out).
    /// SourceSeen, HeartbeatSeen, PingsSeen and RequestsRefused are gathered into run-lengths; anything that is not an input is refused.
    void report(events::Event input, Done done = {});

    /// What a person asks for. `by.person` is a person id of the workspace (or the operating system's user name).
    void command(Command command, events::Actor by, Done done = {});

    /// The timer: expiry, freshness, escalation steps. Called by the desk's own clock unless Options say otherwise.
    void wake(Done done = {});

    /// Every record committed (or, while UNRECORDED, kept) from now on, in order, on the journal's thread. Returns a number for unfollow.
    /// `first` is told the head at the moment following began: records up to it are in the journal, later ones come here.
    using Follower = std::function<void(const RecordPtr &)>;
    [[nodiscard]] std::uint64_t follow(Follower follower, std::uint64_t &first);
    void unfollow(std::uint64_t number); ///< after it returned, the follower is not called any more

    /// When each connection was last heard, also what is not journaled yet (signs of life are gathered for up to 30 s).
    [[nodiscard]] std::vector<std::pair<std::string, Instant>> heard() const;

    /// Told on every change, on any thread.
    void onRecording(std::function<void(const Recording &)> told);
    [[nodiscard]] Recording recording() const;

    /// Runs `question` on the desk's thread against its State (speculative: may be ahead of what is committed); for tests and bench.
    void inspect(std::function<void(const state::State &)> question) const;

private:
    class Worker;
    explicit Desk(std::unique_ptr<Worker> worker);
    std::unique_ptr<Worker> m_worker;
};

/// Records of the journal as events, for a reader that starts: `each` returns false to stop.
[[nodiscard]] Result<> replay(const journal::Journal &journal, std::uint64_t from, std::uint64_t to, const std::function<bool(const Record &)> &each);

} // namespace qd::desk
