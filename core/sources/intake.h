// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/events/alerts.h"
#include "core/events/heartbeats.h"
#include "core/events/pagers.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace qd::sources {

/// What every parser is told about a delivery besides its bytes.
struct Arrival {
    std::string connection;
    Instant receivedAt;
    Span resolveTimeout = minutes(5); ///< when a push gives no endsAt: Alertmanager's resolve_timeout
};

/// Something was changed: a deployment, a flag, a migration. All texts are SafeText.
struct ChangeMarker {
    std::string connection;
    std::string id;      ///< the sender's own identity of it ("" = none): the same id twice is one change
    std::string service; ///< "" when the sender does not say
    std::string title;
    std::string detail;
    std::string link;
    Instant at;
    std::vector<std::pair<std::string, std::string>> facts; ///< what else was sent, name and value, sorted by name
};

struct Heartbeat {
    std::string connection;
    std::string name;
    Instant at;
};

/// A ping of a heartbeat by its ping URL.
struct Ping {
    std::string connection, name;
    events::PingKind kind = events::PingKind::Beat;
    Instant at;
    std::uint32_t run = 0;        ///< stands for the run's id; 0 = none
    std::uint32_t exitStatus = 0;
    std::string text;             ///< SafeText, of a failure or log
};

/// Somebody as PagerDuty names them; `email` where it is known.
struct PagerPerson {
    std::string id, name, email;
};
/// An incident as it was read, and the people it names: changedBy, assigned and the entries' `by` are filled in from these.
struct PagerReport {
    events::PagerIncident what;
    PagerPerson changedBy;
    std::vector<PagerPerson> assigned, entryBy; ///< entryBy: one an entry
    std::uint32_t alerts = 0;                   ///< how many it is made of, as far as is said
    Instant updatedAt;
};
/// Who is on call there; `what.person` is filled in from `person`.
struct PagerTurn {
    events::PagerDutyTurn what;
    PagerPerson person;
};

using events::Silence;

/// Called once, from any thread: nothing when what was handed in is committed, the Error when it is not and never will be
/// (Unavailable: the queue is full or storage failed; the sender should try again).
using Done = std::function<void(Result<>)>;

inline constexpr const char *kInPart = "in part"; ///< detail of an Error: some of it counts all the same

/// Where the edges put what they took in; app/ wires it to the desk. Every function is set, returns at once, and may be
/// called from any thread. An edge never learns more about the desk than this.
struct Intake {
    std::function<void(ReportBatch, Done)> reports;
    std::function<void(ChangeMarker, Done)> change;
    std::function<void(Heartbeat, Done)> heartbeat;
    /// NotFound when the workspace has no heartbeat of that name; then nothing is kept of it.
    std::function<void(Ping, Done)> ping;
    /// What a calendar says, whole. An Error when it could not be used: nothing was changed by it; or, with the detail kInPart, when the
    /// rest of it was.
    std::function<void(std::string connection, std::string bytes, Done)> calendar;
    /// A sender outside says that somebody has the alert (PagerDuty's acknowledge).
    std::function<void(std::string connection, std::uint64_t fingerprint, Instant at, Done)> acknowledge;
    /// The complete list of silences of a source.
    std::function<void(std::string connection, std::vector<Silence>)> silences;
    /// Incidents a pager of record holds, and each as a report of an alert, row by row. Which of ours it is, is found by who takes it.
    std::function<void(ReportBatch, std::vector<PagerReport>, Done)> pagerIncidents;
    /// The incidents that are known as open at this pager, and the newest change of any: asked before each reading.
    std::function<void(std::string connection, std::function<void(std::vector<events::PagerIncident>, Instant newest)>)> pagerKnown;
    /// Everybody who is on call by the pager's word.
    std::function<void(std::string connection, std::vector<PagerTurn>)> pagerOnCalls;
    /// The source answered and had nothing new: its word is still fresh.
    std::function<void(std::string connection, Path path, Instant at)> sourceSeen;
    /// The source could not be read. Resolves nothing. The reason is one sentence.
    std::function<void(std::string connection, std::string reason, Instant at)> sourceFailed;
    /// Requests turned away since the last call for the same status: a run-length, at most every 30 s for a status.
    std::function<void(int status, std::string reason, std::uint64_t count, Instant first, Instant last, Done)> refused;
    /// A feed's own word on how it is: connecting, live, offline. The problem is one sentence, "" when live.
    std::function<void(std::string connection, std::string state, std::string problem)> connectionState;
    /// How far a write of the outbox got.
    std::function<void(std::uint64_t number, Delivery delivery, std::string messageId, std::string reason)> moved;
};

} // namespace qd::sources
