// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/heartbeats.h"

#include <string>
#include <vector>

namespace qd::state {

/// A run that began and has not been said to be over.
struct OpenRun {
    std::uint32_t run = 0;
    Instant at;
    QD_FIELDS(f(1, "run", e.run); f(2, "at", e.at);)
};

/// What is known of one heartbeat of the workspace: its beats as windows kept and missed. A window begins with a beat and is kept by
/// the next; one that passes is missed and the next begins an interval later. What comes sooner than half an interval after a
/// window was closed the same way belongs to it. `resumed`: since when the core listens (State::resumedAt); a window in which a
/// beat could be expected while it did not is neither kept nor missed, it begins anew.
struct Monitor {
    static constexpr std::size_t kRunsKept = 8;
    static constexpr std::size_t kSaidKept = 500; ///< bytes of what a sender said; the journal has all that was taken

    std::string id;
    Instant first, last;              ///< beats
    Instant from;                     ///< where the present window begins; none before anything was heard
    Instant closedAt;                 ///< when the last window was closed by a ping
    std::uint32_t windows = 0;        ///< bit n: the window n before the last one was missed
    std::uint64_t count = 0;          ///< pings of every kind
    std::string connection;           ///< that it was last heard by
    std::vector<OpenRun> open;        ///< oldest first
    Span latency;                     ///< of the last run that ended; 0 = none did
    events::PingKind said = events::PingKind::Beat; ///< Fail, Log: what was said last with words, and when
    Instant saidAt;
    std::uint32_t exitStatus = 0;
    std::string saidText;
    // as last concluded
    events::HeartbeatPhase phase = events::HeartbeatPhase::Awaiting;
    bool slow = false;
    Instant since;                    ///< of the phase
    std::string service;              ///< whose alarm was or would be opened
    AlertSeverity severity = AlertSeverity::Unknown;
    events::Because because;
    QD_FIELDS(f(1, "id", e.id); f(2, "first", e.first); f(3, "last", e.last); f(4, "from", e.from); f(5, "closedAt", e.closedAt);
              f(6, "windows", e.windows); f(7, "count", e.count); f(8, "connection", e.connection); f(9, "open", e.open); f(10, "latency", e.latency);
              f(11, "said", e.said); f(12, "saidAt", e.saidAt); f(13, "exitStatus", e.exitStatus); f(14, "saidText", e.saidText);
              f(15, "phase", e.phase); f(16, "slow", e.slow); f(17, "since", e.since); f(18, "service", e.service); f(19, "severity", e.severity);
              f(20, "because", e.because);)

    /// Where the present window begins: `from`, or `resumed` when the core was not listening at a time a beat could be expected.
    [[nodiscard]] Instant begins(const HeartbeatRule &rule, Instant resumed) const;
    /// True when that is not where it was last heard: the core was away.
    [[nodiscard]] bool isAnew(const HeartbeatRule &rule, Instant resumed) const { return from && begins(rule, resumed) != from; }
    /// The end of the present window, grace included; none before anything was heard.
    [[nodiscard]] Instant deadline(const HeartbeatRule &rule, Instant resumed) const;
    /// How many windows passed before `now` since the last one that is in `windows`.
    [[nodiscard]] std::uint32_t passed(const HeartbeatRule &rule, Instant resumed, Instant now) const;
    /// How many of the last `of` are missed then, those that passed included.
    [[nodiscard]] std::uint32_t missed(const HeartbeatRule &rule, Instant resumed, Instant now) const;
    /// When the next window passes that makes it an alarm, if nothing is heard: after this instant. None when it is one already.
    [[nodiscard]] Instant tripsAt(const HeartbeatRule &rule, Instant resumed) const;
    /// How it is at `now`.
    [[nodiscard]] events::HeartbeatPhase phaseAt(const HeartbeatRule &rule, Instant resumed, Instant now) const;
    [[nodiscard]] bool isSlowAt(const HeartbeatRule &rule, Instant resumed, Instant now) const;
    /// After which instant a run that goes on will be slow; none when none will.
    [[nodiscard]] Instant slowAt(const HeartbeatRule &rule, Instant resumed) const;

    // The fold. True when the ping closed a window (what did not may be left out of a run-length).
    bool hear(const HeartbeatRule &rule, Instant resumed, events::PingKind kind, std::uint32_t run, Instant at);
    /// The windows that passed are counted.
    void settle(const HeartbeatRule &rule, Instant resumed, Instant at);
    /// The clock was set back to `wall`: nothing was heard later than that.
    void setBack(Instant wall);

private:
    bool close(const HeartbeatRule &rule, Instant resumed, bool isMiss, Instant at);
    void end(std::uint32_t run, Instant at);
};

/// Folds the pings of a run-length into a monitor.
void hear(Monitor &monitor, const HeartbeatRule &rule, Instant resumed, const events::PingsSeen &pings);

} // namespace qd::state
