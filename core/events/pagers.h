// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

/// What a pager of record says it holds, and what is said to it about that.
namespace qd::events {

/// How far an incident of theirs is. Numbers are written to the journal.
enum class PagerStatus : std::uint8_t { Triggered = 0, Acknowledged = 1, Resolved = 2, Gone = 3 }; ///< Gone: they have it no more, and say nothing of its end
[[nodiscard]] std::string_view word(PagerStatus status);

/// One line of an incident's own log there.
struct PagerEntry {
    std::string id, what, by, text; ///< what: "triggered", "acknowledged", "unacknowledged", "resolved", "noted", "escalated", "reassigned" …
    Instant at;
    bool operator==(const PagerEntry &) const = default;
    QD_FIELDS(f(1, "id", e.id); f(2, "what", e.what); f(3, "by", e.by); f(4, "text", e.text); f(5, "at", e.at);)
};

/// An incident as PagerDuty has it. All texts are SafeText.
struct PagerIncident {
    std::string id;                      ///< theirs: "PGR0VU2"
    std::uint32_t number = 0;
    std::vector<std::string> keys;       ///< its incident_key and the alert_keys of its alerts
    bool areKeysKnown = false;           ///< its alerts were asked for; a manual incident has none
    std::string title, url, urgency, priority, service, policy, policyId;
    std::vector<std::string> assigned;   ///< whom it is assigned to: our ids where they are known, else their names
    PagerStatus status = PagerStatus::Triggered;
    Instant createdAt, changedAt;
    std::string changedBy;               ///< who acknowledged or resolved it: our id, else their name; "" = a machine, or nobody says
    std::string alert;                   ///< the alert of ours that it is, by key; "" = none
    std::uint32_t escalation = 0;        ///< the call of ours that it came of; 0 = none
    std::vector<PagerEntry> entries;     ///< lines of its log that are new
    bool operator==(const PagerIncident &) const = default;
    QD_FIELDS(f(1, "id", e.id); f(2, "number", e.number); f(3, "keys", e.keys); f(4, "areKeysKnown", e.areKeysKnown); f(5, "title", e.title);
              f(6, "url", e.url); f(7, "urgency", e.urgency); f(8, "priority", e.priority); f(9, "service", e.service); f(10, "policy", e.policy);
              f(11, "policyId", e.policyId); f(12, "assigned", e.assigned); f(13, "status", e.status); f(14, "createdAt", e.createdAt);
              f(15, "changedAt", e.changedAt); f(16, "changedBy", e.changedBy); f(17, "alert", e.alert); f(18, "escalation", e.escalation);
              f(19, "entries", e.entries);)
};

/// Input: incidents of theirs that are new or other than they were. Its edge has found which alert or call of ours each is.
struct PagerIncidentsSeen {
    std::string connection;
    std::vector<PagerIncident> incidents;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "incidents", e.incidents);)
};

/// Who is on call there just now, by one level of a policy.
struct PagerDutyTurn {
    std::string person;                  ///< our id, else their name
    std::string schedule, policy;        ///< by name; schedule "": the policy names the person
    std::uint32_t level = 1;
    Instant from, until;                 ///< none: always
    bool operator==(const PagerDutyTurn &) const = default;
    QD_FIELDS(f(1, "person", e.person); f(2, "schedule", e.schedule); f(3, "policy", e.policy); f(4, "level", e.level); f(5, "from", e.from);
              f(6, "until", e.until);)
};

/// Input: everybody who is on call there, when it changed.
struct PagerOnCallsSeen {
    std::string connection;
    std::vector<PagerDutyTurn> turns;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "turns", e.turns);)
};

/// Input: somebody wrote something down about alerts.
struct AlertsNoted {
    std::vector<std::string> keys;
    std::string text;
    Actor by;
    QD_FIELDS(f(1, "keys", e.keys); f(2, "text", e.text); f(3, "by", e.by);)
};

} // namespace qd::events
