// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/impact.h"
#include "core/model/outward.h"
#include "core/model/words.h"

#include <QHash>
#include <QString>
#include <QStringList>
#include <vector>

namespace qd::view {

struct IncidentRow {
    QString id, title, service, commander, room, roomState;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    IncidentStatus status = IncidentStatus::Triage;
    Instant declaredAt, impactSince, resolvedAt;
    bool commandedByYou = false, drill = false;
    int alerts = 0;
    QString impact = {};           ///< who suffers, one sentence; empty: not known, or it is not open
    Instant commandedSince = {};
    QString parent = {};          ///< the incident it is part of the work on; empty: it is of none
    bool rebuilt = false;         ///< it was run elsewhere, and rebuilt from files
    std::uint32_t factsExpected = 0, factsArrived = 0; ///< of such a one: how many facts it is to have (0: nobody said), and how many came
    bool severityTold = true, statusTold = true, commanderTold = true; ///< false: of a past its files do not tell; what stands there is none
    [[nodiscard]] bool lacksFacts() const { return factsArrived < factsExpected; }
};

struct RoleRow {
    Role role = Role::Commander;
    QString person;        ///< empty: the role is open
    Instant since;
    bool you = false;
    QString own = {};      ///< the name of a role of the team's own making; empty: `role` says it
};

/// One call of one person by one way, and how far it got.
struct PageRow {
    QString person;        ///< a name, or "room:NAME", "webhook:NAME"
    QString channel;       ///< the connection it goes through; empty: none
    QString delivery;      ///< "queued", "sent", "confirmed", "unknown", "failed", "withheld", "bundled"
    QString reason;        ///< why it is not there yet, one sentence; may be empty
};

/// A call of the person at this seat that waits for an answer.
struct Call {
    QString key;           ///< the same as long as it is the same call
    QString incident, about; ///< incident: empty where alerts call by themselves
    IncidentSeverity severity = IncidentSeverity::Sev3; ///< of the incident
    Instant at;
    QString suspect = {};  ///< the service it is a likely consequence of; empty: none is known
    QString escalation = {}; ///< "escalation/4": how it is answered where there is no incident
    AlertSeverity alert = AlertSeverity::None; ///< of the alert that calls, where there is no incident
    bool drill = false;
};

/// Command of an incident that is offered to the person at this seat, or that somebody is taking from them.
struct CommandCall {
    QString incident, from, why; ///< from: who offers it, or takes it
    bool isClaim = false;
    bool drill = false;
    Instant at;
    Instant until = {};    ///< of a claim: an objection counts until then
};

struct EscalationStep {
    int number = 1;
    QString targets;       ///< names
    QString state;         ///< "waiting", "called", "observed" (would have been called), "acknowledged", "failed", "missed"
    Instant at;            ///< when it was called, or will be
    Instant until;         ///< when the next step follows, if nobody answers
    std::vector<PageRow> pages = {}; ///< what went out for it, or did not
    Instant answeredAt = {};         ///< when somebody answered it
};

struct EscalationCard {
    QString id, policy, about, state; ///< state: "running", "acknowledged", "exhausted", "ended"
    QString acknowledgedBy;
    Instant acknowledgedAt;
    bool observed = false;            ///< nobody is really called
    bool byAlerts = false;            ///< alerts call by themselves: it belongs to no incident
    QString suspect, path;            ///< of what it is a likely consequence, and how: "checkout → payments → db"
    bool folded = false;              ///< its next step waits for that, until `foldedUntil` at most
    Instant foldedUntil;
    QString heldBy;                   ///< why its next step waits: the incident that sees to those alerts, or "quiet"
    std::vector<EscalationStep> steps;
};

struct TaskRow {
    QString id, assignee, text;
    Instant due, doneAt;
    bool done = false;
    QString acceptedBy = {};   ///< who said that they are on it; empty: nobody did
    Instant acceptBy = {};     ///< until when somebody is to say so; none: it was said, or there is no such time
};

struct HypothesisRow {
    QString id, text, by;
    bool refuted = false, confirmed = false;
    Instant at;
};

/// One of the ways that were weighed at a decision; what nobody said is empty.
struct OptionCard {
    QString text, effect, risk;
    QString reversible;    ///< "yes", "partly", "no"
    QString time, owner;
    bool chosen = false;
};

struct DecisionRow {
    QString id, text, by;
    Instant at;
    QString poll = {};     ///< the result of the poll it was made on; empty: none
    QStringList rejected = {}; ///< what else was weighed, and why not; of `options` none
    QStringList answers = {}; ///< who said what to that poll: "Ana: go"
    std::vector<OptionCard> options = {}; ///< as they were written
};

/// What one person says to a poll.
struct PollSeat {
    QString person, role;  ///< role: as what they are asked; empty with `asked` false
    QString answer, text;  ///< answer: "go", "no-go", "" for none yet
    bool asked = true, you = false;
};

/// Go or no-go, asked around.
struct PollRow {
    std::uint32_t number = 0;
    QString question, by;
    Instant at, closedAt;
    bool open = true, withdrawn = false;
    bool decided = false;  ///< a decision was made on it
    bool asksYou = false;  ///< open, and you are asked
    bool yours = false;    ///< you may close it
    int go = 0, noGo = 0;
    QStringList silent;    ///< names of who was asked and said nothing
    std::vector<PollSeat> seats;
};

struct FieldValue {
    QString name, value;
};

struct UpdateRow {
    QString id, audience, text, by, delivery;
    Instant at;
    QString updateTemplate = {};
    std::vector<FieldValue> values = {}; ///< what its fields were given
    QStringList byHand = {};             ///< where somebody put it
    bool unheard = false;                ///< it reached nobody, and nobody has put it anywhere
    QString instead = {};                ///< where it was said while its own room does not take it
};

/// An update that is owed: promised, or asked for by the severity.
struct Promise {
    QString id, audience, text; ///< id: empty for one nobody promised
    Instant due;
    bool kept = false;
    Instant soonAt = {};        ///< from when on it is due soon
    bool chased = false;        ///< whoever sees to updates was told that it is late
    Instant made = {};          ///< when it was promised
};

/// An SLA clock that runs out, or has.
struct SlaClock {
    bool respond = true;        ///< until somebody answers; else until it is resolved
    bool breached = false;
    QString rule;
    Instant due;
};

/// What everybody in the incident needs: the conference, a dashboard.
struct PinnedLink {
    QString title, url;
};

/// How command of the incident moves and how it may end, as far as somebody is to do something about it.
struct Leading {
    QString offerFrom, offerTo, brief, summary, actions, watch; ///< an offer while offerTo is not empty; brief: several lines
    QString claimant, claimReason;                              ///< somebody is taking command while claimant is not empty
    Instant claimUntil;
    bool offerToYou = false, offerFromYou = false, claimIsYours = false;
    bool vacant = false;         ///< without a commander for so long that it is an alarm
    bool maybeOver = false;      ///< nothing of it fires any more
    Instant maybeOverSince;
    int refired = 0;             ///< alerts of it that fire again since it was resolved
    QString callOut;             ///< you are its deputy, and are asked to say where it stands; else empty
    Instant calledOutAt;
};

/// A shift offered to or by the person at this seat, and not answered yet.
struct ShiftOffer {
    std::uint32_t number = 0;
    QString from, to, brief, summary, watch; ///< brief: several lines
    Instant at;
    bool toYou = false;
};

/// A schedule that somebody changed for a span which is not over.
struct ScheduleChange {
    std::uint32_t number = 0;
    QString schedule, what, by, reason;      ///< schedule: its id; what: "Payments: Ana in place of Ben"
    Instant from, until;
};

/// A statement of the workspace that fits the incident in focus: whoever commands releases it word for word.
struct HoldingRow {
    QString id, title, text;     ///< the text in every language it goes out in
    QString to;                  ///< in words: where it goes, and what keeps it from getting there
    bool released = false;       ///< it went out, and still says what is so
    bool next = false;           ///< the clock for the first word waits for it
    QString hash = {};           ///< of what is shown: what is released must be that
};

/// What languages a text for outside may be in; none where no page of the workspace says any.
struct Spoken {
    QStringList languages;       ///< codes, the first of the first page first
    QHash<QString, QString> pages; ///< a page's id and its first language: that of a first text that goes there
    /// Of what goes to these places: "page:ID" and others.
    [[nodiscard]] QString first(const QStringList &to) const
    {
        for (const QString &each : to)
            if (const auto it = each.startsWith(QLatin1String("page:")) ? pages.find(each.mid(5)) : pages.end(); it != pages.end())
                return *it;
        return languages.value(0);
    }
};

/// What belongs to the incident in focus.
struct Stack {
    Leading leading;
    std::vector<RoleRow> roles;
    bool rolesTold = true;       ///< false: who else had a role in this past its files do not tell
    std::vector<EscalationCard> escalations;
    std::vector<TaskRow> tasks;
    std::vector<HypothesisRow> hypotheses;
    std::vector<DecisionRow> decisions;
    std::vector<PollRow> polls;  ///< oldest first
    std::vector<Promise> promises;
    std::vector<SlaClock> slas; ///< at risk or breached, and not done
    std::vector<UpdateRow> updates;
    std::vector<PinnedLink> links;
    QStringList places;          ///< platforms its rooms are on
    std::vector<HoldingRow> holding; ///< statements that fit it, in the workspace's order
    Spoken spoken;
    int messages = 0;            ///< texts for outside that are not released yet
};

struct TemplateField {
    QString name, hint;
    bool required = true;
};

struct TemplateRow {
    QString id, name, audience, body; ///< body with {{field}} places
    std::vector<TemplateField> fields;
    AudienceKind kind = AudienceKind::Customer;
    int limit = 0;                    ///< characters; 0: none
    QString notKnown = {};            ///< how "not known yet" reads
    QString language = {};            ///< what its audience reads it in
    DataClass clearance = DataClass::Public; ///< what its audience may be told of the incident in focus
    QString goesTo = {};              ///< where an update of it goes from the incident in focus, and what keeps it from a place
    bool reaches = true;              ///< whether anybody would be told
    QString refusal = {};             ///< why it may not go there at all; ""
    Span cadence = {};                ///< how often its audience hears of the incident in focus; 0: nothing says
    QString heading = {};             ///< what heads an update of it where it has no subject, of the incident in focus
    QString subject = {};             ///< what heads it else, with {{field}} places
};

} // namespace qd::view
