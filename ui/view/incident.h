// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/words.h"

#include <QString>
#include <vector>

namespace qd::view {

struct IncidentRow {
    QString id, title, service, commander, room, roomState;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    IncidentStatus status = IncidentStatus::Triage;
    Instant declaredAt, impactSince, resolvedAt;
    bool commandedByYou = false, drill = false;
    int alerts = 0;
};

struct RoleRow {
    Role role = Role::Commander;
    QString person;        ///< empty: the role is open
    Instant since;
    bool you = false;
};

struct EscalationStep {
    int number = 1;
    QString targets;       ///< names
    QString state;         ///< "waiting", "called", "observed" (would have been called), "acknowledged", "failed", "missed"
    Instant at;            ///< when it was called, or will be
    Instant until;         ///< when the next step follows, if nobody answers
};

struct EscalationCard {
    QString id, policy, about, state; ///< state: "running", "acknowledged", "exhausted", "ended"
    QString acknowledgedBy;
    Instant acknowledgedAt;
    bool observed = false;            ///< nobody is really called
    std::vector<EscalationStep> steps;
};

struct TaskRow {
    QString id, assignee, text;
    Instant due, doneAt;
    bool done = false;
};

struct HypothesisRow {
    QString id, text, by;
    bool refuted = false, confirmed = false;
    Instant at;
};

struct DecisionRow {
    QString id, text, by;
    Instant at;
};

struct UpdateRow {
    QString id, audience, text, by, delivery;
    Instant at;
};

struct Promise {
    QString id, audience, text;
    Instant due;
    bool kept = false;
};

/// What belongs to the incident in focus.
struct Stack {
    std::vector<RoleRow> roles;
    std::vector<EscalationCard> escalations;
    std::vector<TaskRow> tasks;
    std::vector<HypothesisRow> hypotheses;
    std::vector<DecisionRow> decisions;
    std::vector<Promise> promises;
    std::vector<UpdateRow> updates;
};

struct TemplateField {
    QString name, hint;
    bool required = true;
};

struct TemplateRow {
    QString id, name, audience, body; ///< body with {{field}} places
    std::vector<TemplateField> fields;
};

} // namespace qd::view
