// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/words.h"

#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

namespace qd::view {

/// What the window shows, as values: built by the view thread from its State, never changed afterwards, shared by
/// pointer. Times are instants; ages and countdowns are made by the widget from its own tick. Every text is already
/// plain, bounded SafeText. Lists are in display order.

/// The core as this seat sees it.
enum class CoreLink { Starting, Loading, Live, Lost };

/// One feed's age on the strip. `late` and `silent` come from the core's freshness rule, not from the widget's clock.
struct Feed {
    QString name, kind, state; ///< state: "awaiting", "fresh", "late", "silent", "failed"
    QString problem;           ///< one sentence when state is silent or failed
    Instant lastSeen;
    Span period;               ///< how often it is expected
    QString arming;            ///< "observe", or what is allowed: "silences, rooms"
    bool chat = false;
};

struct Promise {
    QString id, audience, text;
    Instant due;
    bool kept = false;
};

struct Strip {
    CoreLink link = CoreLink::Starting;
    QString linkProblem;      ///< why the core is lost, in one sentence
    bool practice = false;    ///< PRACTICE is shown everywhere
    bool recorded = true;     ///< false: the strip says UNRECORDED and why
    QString unrecordedReason;
    QString notice;           ///< what the core wants known, such as a workspace file it refused; one sentence
    QString runMode;          ///< "BESIDE", "DESK", "SOLO"
    bool armed = false;       ///< false: OBSERVE
    QString person;           ///< who sits here
    int last10 = 0;           ///< alerts opened in the last 10 minutes
    bool flood = false;
    int overrides = 0;        ///< active silences, shelves and other overrides
    int quarantined = 0;      ///< reports set aside because they were invalid
    int refused = 0;          ///< requests refused at the door since start
    std::vector<Feed> feeds;
};

struct AlertRow {
    QString key, title, service, owner, group, incident, source, suppressedBy;
    AlertSeverity severity = AlertSeverity::Unknown;
    AlertStatus status = AlertStatus::Firing;
    Workflow workflow = Workflow::New;
    Suppression suppression = Suppression::None;
    Instant startsAt, endsAt;
    std::uint32_t reports = 1;  ///< how often it was reported in this occurrence
    std::uint32_t occurrence = 1;
    bool firstOut = false;      ///< first of its group
    bool chattering = false;
    bool standing = false;      ///< active for more than a day
    bool ours = false;          ///< raised by the console itself (a silent source …)
};

struct Labelled {
    QString name, value;
};

/// The selected alert in full.
struct AlertDetail {
    QString key;
    std::vector<Labelled> labels, annotations, links;
    struct Because {
        Instant at;
        QString text;
    };
    std::vector<Because> because; ///< why it is here, oldest first
};

enum class Lane { Alerts, Changes, People, Decisions, Updates, Chat };

struct TimelineEntry {
    QString id, text, actor;
    Lane lane = Lane::People;
    QString kind;       ///< "declared", "change", "page", "ack", "log", "decision", "hypothesis", "task", "promise", "update", "message", "gap" …
    Instant at;
    bool edited = false, removed = false, pinned = false;
    QString delivery;   ///< "", "queued", "sent", "confirmed", "unknown", "failed"
    QStringList reactions;
    AlertSeverity severity = AlertSeverity::None;
};

struct AlertSpan {
    QString key, title;
    AlertSeverity severity = AlertSeverity::Unknown;
    Instant from, to; ///< to is none while it fires
};

struct MapNode {
    QString id, name, team, owner;
    AlertSeverity worst = AlertSeverity::None; ///< None: nothing fires here
    int alerts = 0;
    bool blast = false;    ///< depends, directly or not, on a service that fires
    bool suspect = false;  ///< the deepest unhealthy hard dependency
    bool changed = false;  ///< a change marker in the last 2 hours
    QString change;
};

struct MapEdge {
    QString from, to;      ///< `from` depends on `to`
    DependencyKind kind = DependencyKind::Hard;
    bool onPath = false;   ///< on the path from impact to suspect
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

struct TemplateField {
    QString name, hint;
    bool required = true;
};

struct TemplateRow {
    QString id, name, audience, body; ///< body with {{field}} places
    std::vector<TemplateField> fields;
};

struct IncidentRow {
    QString id, title, service, commander, room, roomState;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    IncidentStatus status = IncidentStatus::Triage;
    Instant declaredAt, impactSince, resolvedAt;
    bool commandedByYou = false, drill = false;
    int alerts = 0;
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

/// A silence a source keeps, as its list said last.
struct SilenceRow {
    QString source, id, matchers, comment, by;
    Instant from, until;
    bool active = true; ///< false: it begins later
};

struct ViewModel {
    std::uint64_t seq = 0;           ///< the last record in it
    Instant made;                    ///< when it was built
    Strip strip;
    std::vector<IncidentRow> incidents; ///< open first, most severe first
    QString focus;                   ///< id of the incident in focus, or empty
    std::vector<AlertRow> active, standing, suppressed; ///< most severe and newest first
    std::vector<AlertRow> resolved;  ///< the last 200 that ended
    AlertDetail detail;              ///< of the alert asked for with ViewSource::select
    std::vector<TimelineEntry> timeline; ///< oldest first, of the focus, or of everything when there is none
    std::vector<AlertSpan> spans;
    std::vector<MapNode> nodes;
    std::vector<MapEdge> edges;
    Stack stack;
    std::vector<TemplateRow> templates;
    std::vector<SilenceRow> silences; ///< active and pending, the one that ends first first
    std::vector<Labelled> names;     ///< person id and name to show
    QStringList people, services, teams, policies; ///< for completion
    std::vector<int> rate;           ///< alerts opened in each of the last 60 minutes, oldest first
};

using ViewModelPtr = std::shared_ptr<const ViewModel>;

} // namespace qd::view
