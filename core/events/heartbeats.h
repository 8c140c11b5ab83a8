// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- what must be heard again and again ---

/// What a ping says. Numbers are written to the journal.
enum class PingKind : std::uint8_t {
    Beat = 0,  ///< it is there, or what it ran is done
    Start = 1, ///< it begins to run; the beat after it says how long that took
    Fail = 2,  ///< it ran and failed
    Log = 3,   ///< a text, and nothing about how it is
};
[[nodiscard]] std::string_view word(PingKind kind);

/// Input, a run-length: when a heartbeat of the workspace was heard, column by column, oldest first. What says nothing more than
/// its neighbours (README.md, "Run-lengths") is only counted.
struct PingsSeen {
    std::string heartbeat, connection;
    std::vector<std::int64_t> at;        ///< ns
    std::vector<std::uint8_t> kind;      ///< PingKind: Beat, Start, or Fail when it says what it said before
    std::vector<std::uint32_t> run;      ///< which run it is about, when its sender names runs; else 0
    std::uint32_t count = 0;             ///< also those that are only counted
    bool isAlert = false;                ///< an alert that matches was reported firing; its delivery is journaled as such
    QD_FIELDS(f(1, "heartbeat", e.heartbeat); f(2, "connection", e.connection); f(3, "at", e.at); f(4, "kind", e.kind); f(5, "run", e.run);
              f(6, "count", e.count); f(7, "isAlert", e.isAlert);)
};

/// Input: a ping with something to say: that it failed, and what its sender wrote.
struct PingSaid {
    std::string heartbeat, connection;
    PingKind kind = PingKind::Fail;      ///< Fail or Log
    Instant at;
    std::uint32_t run = 0;
    std::uint32_t exitStatus = 0;        ///< 1 … 255 when it was named
    std::string text;                    ///< SafeText, the first bytes of what was sent
    QD_FIELDS(f(1, "heartbeat", e.heartbeat); f(2, "connection", e.connection); f(3, "kind", e.kind); f(4, "at", e.at); f(5, "run", e.run);
              f(6, "exitStatus", e.exitStatus); f(7, "text", e.text);)
};

/// How a heartbeat is. Numbers are written to the journal.
enum class HeartbeatPhase : std::uint8_t {
    Awaiting = 0, ///< never heard; nothing is concluded before it was
    Healthy = 1,
    Late = 2,     ///< its last window was missed, fewer than it may miss
    Missed = 3,   ///< it missed as many as make an alarm
};
[[nodiscard]] std::string_view word(HeartbeatPhase phase);

/// Conclusion: a heartbeat is otherwise now. Whose alarm it is and how severe goes with it: what was opened under one name must be
/// ended under it.
struct HeartbeatTurned {
    std::string heartbeat;
    HeartbeatPhase phase = HeartbeatPhase::Awaiting;
    bool slow = false;
    Instant at;                          ///< when by its rule: of the window that passed, of the beat
    std::string service;
    AlertSeverity severity = AlertSeverity::Unknown;
    Because because;
    QD_FIELDS(f(1, "heartbeat", e.heartbeat); f(2, "phase", e.phase); f(3, "slow", e.slow); f(4, "at", e.at); f(5, "service", e.service);
              f(6, "severity", e.severity); f(7, "because", e.because);)
};

} // namespace qd::events
