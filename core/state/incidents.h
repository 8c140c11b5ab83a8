// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/calls.h"
#include "core/events/incident.h"

#include <map>
#include <string>
#include <vector>

namespace qd::state {

/// What a timeline entry is. The word is its `kind` in `get timeline`.
enum class EntryKind : std::uint8_t {
    Declared, Role, Severity, Status, Attached, Log, Task, TaskDone, Hypothesis, HypothesisSettled, Decision, Promise, PromiseKept, Update,
    Message, Gap, Room, Page, Acknowledged, Escalation, Change, Withheld, Refused, Alert, Source, Topic
};
[[nodiscard]] std::string_view word(EntryKind kind);

struct Reaction {
    std::string emoji, sender;
    bool operator==(const Reaction &) const = default;
};

/// One line of the record as people read it. What it says is text; what it is about is a reference.
struct Entry {
    std::uint64_t seq = 0;
    Instant at;                          ///< journal time, or the asserted time of a message or change
    EntryKind kind = EntryKind::Log;
    std::string actor, text, reference;  ///< actor: person id, or the sender's address in chat
    Path via = Path::Person;
    std::string messageId, room;
    std::vector<std::string> revisions;  ///< earlier texts of an edited message, oldest first
    std::vector<Reaction> reactions;
    bool removed = false, verified = true, replayed = false;
    std::uint64_t outbox = 0;            ///< the outbox entry that carries it outside
};

struct Task {
    std::uint32_t number = 0;
    std::string person, text;
    Instant at, due, doneAt;
};

struct Hypothesis {
    std::uint32_t number = 0;
    std::string text, by, reason;
    Instant at, settledAt;
    bool refuted = false, confirmed = false;
};

struct Decision {
    std::uint32_t number = 0;
    std::string text, by;
    Instant at;
};

struct PromiseTo {
    std::uint32_t number = 0;
    std::string audience, text;
    Instant at, due, keptAt;
};

struct Update {
    std::uint32_t number = 0;
    std::string updateTemplate, audience, text, by;
    Instant at;
    std::uint64_t outbox = 0;
};

struct Room {
    std::string connection, address;
    bool created = true;
    std::string lastMessageId;           ///< where catch-up continues
    Instant lastServerTime;
};

struct RoleHeld {
    std::string person;
    Instant since;
};

struct Incident {
    std::string id, title, service, kind, declaredBy;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    IncidentStatus status = IncidentStatus::Active;
    Instant declaredAt, impactSince, mitigatedAt, resolvedAt;
    std::vector<std::string> alerts;     ///< keys, in order of joining
    std::map<Role, RoleHeld> roles;
    std::vector<Task> tasks;
    std::vector<Hypothesis> hypotheses;
    std::vector<Decision> decisions;
    std::vector<PromiseTo> promises;
    std::vector<Update> updates;
    std::vector<Room> rooms;
    std::vector<Entry> timeline;         ///< in journal order
    std::map<std::string, std::size_t, std::less<>> messages; ///< "connection room messageId" → index into timeline

    [[nodiscard]] bool isOpen() const { return status <= IncidentStatus::Mitigated; }
    [[nodiscard]] std::string holder(Role role) const
    {
        const auto it = roles.find(role);
        return it == roles.end() ? std::string() : it->second.person;
    }
};

struct Step {
    std::uint32_t number = 1, round = 0;
    std::vector<std::string> people;
    Instant at, until;
    bool late = false;
};

struct Escalation {
    std::uint32_t number = 0;
    std::string policy, incident, service, about, outcome; ///< outcome: "" while it runs, else acknowledged, exhausted, ended, missed
    bool observed = true;
    Instant startedAt, acknowledgedAt, endedAt;
    std::string acknowledgedBy;
    std::vector<Step> steps;             ///< reached so far
    std::vector<events::Because> because;
    bool hurried = false;                ///< the next step was asked for by hand
    [[nodiscard]] bool isRunning() const { return outcome.empty(); }
};

struct OutboxEntry {
    events::OutboxQueued what;
    Delivery delivery = Delivery::Queued;
    std::string messageId, reason;
    Instant queuedAt, movedAt;
};

} // namespace qd::state
