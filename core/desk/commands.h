// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/commandsleading.h"
#include "core/events/event.h"

#include <map>
#include <variant>

namespace qd::desk {

/// What people ask for, as values: by the window, the command line, chat. Each has a method name (kMethod) and named
/// fields, so the command protocol, its schemas and its decoding are made from these structs alone.
/// Where `incident` is left empty and exactly one incident is open, that one is meant.

using Strings = std::vector<std::string>;

struct DeclareIncident {
    std::string title, severity, service, since, kind; ///< since: RFC 3339; severity: "SEV2" (default SEV3); kind: real, drill
    Strings alerts;
    bool room = true;
    std::string attach = {}; ///< the address of a room that is there already: it becomes the incident's, none is made
    QD_FIELDS(f(1, "title", e.title); f(2, "severity", e.severity); f(3, "service", e.service); f(4, "since", e.since);
              f(5, "kind", e.kind); f(6, "alerts", e.alerts); f(7, "room", e.room); f(8, "attach", e.attach);)
};
/// A room that is there already becomes one of the incident's; its history is read from the beginning of the impact.
struct AttachRoom {
    std::string incident, room;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "room", e.room);)
};
struct AssignRole {
    std::string incident, role, person;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "role", e.role); f(3, "person", e.person);)
};
struct ChangeSeverity {
    std::string incident, severity, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "severity", e.severity); f(3, "reason", e.reason);)
};
struct ChangeStatus {
    std::string incident, status, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "status", e.status); f(3, "reason", e.reason);)
};
struct AttachAlerts {
    std::string incident;
    Strings alerts;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "alerts", e.alerts);)
};
struct WriteLog {
    std::string incident, text;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text);)
};
struct WriteLine {
    std::string incident, text; ///< in the grammar of the one-line instrument (core/comms/line.h)
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text);)
};
struct AssignTask {
    std::string incident, person, text, due; ///< due: "10m"
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "text", e.text); f(4, "due", e.due);)
};
struct FinishTask {
    std::string incident;
    std::uint32_t task = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "task", e.task);)
};
struct RaiseHypothesis {
    std::string incident, text;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text);)
};
struct SettleHypothesis {
    std::string incident, reason;
    std::uint32_t hypothesis = 0;
    bool refuted = true;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "hypothesis", e.hypothesis); f(4, "refuted", e.refuted);)
};
struct RecordDecision {
    std::string incident, text;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text);)
};
struct MakePromise {
    std::string incident, audience, due, text;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "audience", e.audience); f(3, "due", e.due); f(4, "text", e.text);)
};
struct KeepPromise {
    std::string incident;
    std::uint32_t promise = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "promise", e.promise);)
};
struct SendUpdate {
    std::string incident, updateTemplate;
    std::map<std::string, std::string> set;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "template", e.updateTemplate); f(3, "set", e.set);)
};
struct Acknowledge {
    Strings alerts;
    std::string reason;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "reason", e.reason);)
};
struct CloseAlerts {
    Strings alerts; ///< that no connection reports any more
    std::string reason;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "reason", e.reason);)
};
struct AssignAlerts {
    Strings alerts;
    std::string person;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "person", e.person);)
};
struct StartEscalation {
    std::string incident, service, policy;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "service", e.service); f(3, "policy", e.policy);)
};
struct EscalateNow {
    std::uint32_t escalation = 0;
    std::uint32_t step = 0; ///< 0: the next
    std::string person;     ///< this person, whoever the policy names
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "step", e.step); f(3, "person", e.person);)
};
struct AcknowledgeEscalation {
    std::uint32_t escalation = 0;
    QD_FIELDS(f(1, "escalation", e.escalation);)
};
struct MarkChange {
    std::string service, title, link, at;
    QD_FIELDS(f(1, "service", e.service); f(2, "title", e.title); f(3, "link", e.link); f(4, "at", e.at);)
};
struct CreateSilence {
    std::string source, duration, reason; ///< source: the connection it is written to; none: a silence of our own, for every source
    std::vector<Matcher> matchers;
    QD_FIELDS(f(1, "source", e.source); f(2, "duration", e.duration); f(3, "reason", e.reason); f(4, "matchers", e.matchers);)
};
struct ExpireSilence {
    std::string source, silence;
    QD_FIELDS(f(1, "source", e.source); f(2, "silence", e.silence);)
};
struct ShelveAlerts {
    Strings alerts;
    std::string duration, reason; ///< no duration, with oneShot: as long as the severity allows
    bool oneShot = false;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "duration", e.duration); f(3, "reason", e.reason); f(4, "oneShot", e.oneShot);)
};
struct SnoozeAlerts {
    Strings alerts; ///< the person's own; what nobody owns becomes theirs
    std::string duration, reason;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "duration", e.duration); f(3, "reason", e.reason);)
};
struct PlanMaintenance {
    std::string service, from, until, duration, owner, reason; ///< from, until: RFC 3339; from: now when not given
    std::vector<Matcher> matchers;
    QD_FIELDS(f(1, "service", e.service); f(2, "from", e.from); f(3, "until", e.until); f(4, "duration", e.duration); f(5, "owner", e.owner);
              f(6, "reason", e.reason); f(7, "matchers", e.matchers);)
};
/// Ends what was placed: "silence/3", "shelf/4"; or takes an alert out of its shelf and snooze, by its key.
struct EndSuppression {
    Strings ids;
    std::string reason;
    QD_FIELDS(f(1, "ids", e.ids); f(2, "reason", e.reason);)
};
/// Alerts leave their groups for one of their own, named `group` or after the first of them.
struct SplitGroup {
    Strings alerts;
    std::string group, reason;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "group", e.group); f(3, "reason", e.reason);)
};
/// Groups become part of another, also with what would join them while that one fires.
struct MergeGroups {
    Strings groups;
    std::string into, reason;
    QD_FIELDS(f(1, "groups", e.groups); f(2, "into", e.into); f(3, "reason", e.reason);)
};
struct AddConnection {
    Connection connection; ///< secrets are already files in the home; keys already hashed
    QD_FIELDS(f(1, "connection", e.connection);)
};
struct RemoveConnection {
    std::string name;
    QD_FIELDS(f(1, "name", e.name);)
};
struct ReplaceKey {
    std::string name, keyHash; ///< of an inbound connection; the old key opens nothing from then on
    QD_FIELDS(f(1, "name", e.name); f(2, "keyHash", e.keyHash);)
};
struct Arm {
    std::string name;
    Strings allow; ///< silences, acks, rooms, posts, pages
    QD_FIELDS(f(1, "name", e.name); f(2, "allow", e.allow);)
};
struct Disarm {
    std::string name;
    QD_FIELDS(f(1, "name", e.name);)
};
/// Destroys the keys of whole streams: "incident/INC-7", "alerts/2026-11-23". For ever.
struct EraseStreams {
    Strings streams;
    std::string reason;
    QD_FIELDS(f(1, "streams", e.streams); f(2, "reason", e.reason);)
};
/// Destroys the key of one text and of its repetitions. entry: "SEQ" or "SEQ.N", the N-th text of that record. No incident:
/// a text of none, such as a change marker's or the reason of an acknowledgement.
struct StrikeText {
    std::string incident, entry, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "entry", e.entry); f(3, "reason", e.reason);)
};
struct PlaceHold {
    std::string scope, matter, custodian, reason; ///< scope: a stream and all below it ("alerts", "incident/INC-7"), or "*"
    QD_FIELDS(f(1, "scope", e.scope); f(2, "matter", e.matter); f(3, "custodian", e.custodian); f(4, "reason", e.reason);)
};
struct ReleaseHold {
    std::uint32_t hold = 0;
    std::string reason;
    QD_FIELDS(f(1, "hold", e.hold); f(2, "reason", e.reason);)
};

/// A schedule is another for a span: `people` come, `replace` goes. kind: "add" (people, nobody goes), "remove" (nobody comes),
/// "replace", "temporary" (people and nobody else); "" = as the fields say. Times: RFC 3339, or local to the schedule's zone.
struct OverrideSchedule {
    std::string schedule, kind, replace, from, until, reason;
    Strings people;
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "kind", e.kind); f(3, "people", e.people); f(4, "replace", e.replace); f(5, "from", e.from);
              f(6, "until", e.until); f(7, "reason", e.reason);)
};
/// `person` and `with` stand in for each other: `with` from `from` until `until`, `person` from `withFrom` until `withUntil`.
struct SwapShifts {
    std::string schedule, person, from, until, with, withFrom, withUntil, reason;
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "person", e.person); f(3, "from", e.from); f(4, "until", e.until); f(5, "with", e.with);
              f(6, "withFrom", e.withFrom); f(7, "withUntil", e.withUntil); f(8, "reason", e.reason);)
};
struct WithdrawOverride {
    std::uint32_t number = 0; ///< what was made together goes together
    std::string reason;
    QD_FIELDS(f(1, "number", e.number); f(2, "reason", e.reason);)
};
/// One stretch of a calendar brought in.
struct CalendarShift {
    std::string from, until;
    Strings people;
    QD_FIELDS(f(1, "from", e.from); f(2, "until", e.until); f(3, "people", e.people);)
};
/// What a calendar says counts where it says something; what it said when it was brought in before is superseded.
struct ImportShifts {
    std::string schedule, calendar, reason;
    std::vector<CalendarShift> shifts;
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "calendar", e.calendar); f(3, "shifts", e.shifts); f(4, "reason", e.reason);)
};

using Command = std::variant<DeclareIncident, TakeCommand, AssignRole, ChangeSeverity, ChangeStatus, AttachAlerts, WriteLog, WriteLine, AssignTask,
                             FinishTask, RaiseHypothesis, SettleHypothesis, RecordDecision, MakePromise, KeepPromise, SendUpdate, Acknowledge,
                             AssignAlerts, StartEscalation, EscalateNow, AcknowledgeEscalation, MarkChange, CreateSilence, ExpireSilence,
                             AddConnection, Arm, Disarm, RemoveConnection, ReplaceKey, CloseAlerts,
                             ObjectToTaking, OfferCommand, AcceptCommand, DeclineCommand, StandDown,
                             EraseStreams, StrikeText, PlaceHold, ReleaseHold,
                             OverrideSchedule, SwapShifts, WithdrawOverride, ImportShifts, AttachRoom,
                             ShelveAlerts, SnoozeAlerts, PlanMaintenance, EndSuppression, SplitGroup, MergeGroups>;

/// The name a command has in the command protocol.
template <typename T>
inline constexpr const char *kMethod = nullptr;
template <> inline constexpr const char *kMethod<DeclareIncident> = "incident.declare";
template <> inline constexpr const char *kMethod<TakeCommand> = "incident.take";
template <> inline constexpr const char *kMethod<ObjectToTaking> = "incident.object";
template <> inline constexpr const char *kMethod<OfferCommand> = "incident.handover";
template <> inline constexpr const char *kMethod<AcceptCommand> = "incident.accept";
template <> inline constexpr const char *kMethod<DeclineCommand> = "incident.decline";
template <> inline constexpr const char *kMethod<StandDown> = "incident.standdown";
template <> inline constexpr const char *kMethod<AssignRole> = "incident.role";
template <> inline constexpr const char *kMethod<ChangeSeverity> = "incident.severity";
template <> inline constexpr const char *kMethod<ChangeStatus> = "incident.status";
template <> inline constexpr const char *kMethod<AttachAlerts> = "incident.attach";
template <> inline constexpr const char *kMethod<WriteLog> = "incident.log";
template <> inline constexpr const char *kMethod<WriteLine> = "incident.line";
template <> inline constexpr const char *kMethod<AssignTask> = "task.assign";
template <> inline constexpr const char *kMethod<FinishTask> = "task.done";
template <> inline constexpr const char *kMethod<RaiseHypothesis> = "hypothesis.raise";
template <> inline constexpr const char *kMethod<SettleHypothesis> = "hypothesis.settle";
template <> inline constexpr const char *kMethod<RecordDecision> = "decision.record";
template <> inline constexpr const char *kMethod<MakePromise> = "promise.make";
template <> inline constexpr const char *kMethod<KeepPromise> = "promise.keep";
template <> inline constexpr const char *kMethod<SendUpdate> = "update.send";
template <> inline constexpr const char *kMethod<Acknowledge> = "alert.acknowledge";
template <> inline constexpr const char *kMethod<AssignAlerts> = "alert.assign";
template <> inline constexpr const char *kMethod<StartEscalation> = "escalation.start";
template <> inline constexpr const char *kMethod<EscalateNow> = "escalation.next";
template <> inline constexpr const char *kMethod<AcknowledgeEscalation> = "escalation.acknowledge";
template <> inline constexpr const char *kMethod<MarkChange> = "change.mark";
template <> inline constexpr const char *kMethod<CreateSilence> = "silence.create";
template <> inline constexpr const char *kMethod<ExpireSilence> = "silence.expire";
template <> inline constexpr const char *kMethod<AddConnection> = "connection.add";
template <> inline constexpr const char *kMethod<Arm> = "connection.arm";
template <> inline constexpr const char *kMethod<Disarm> = "connection.disarm";
template <> inline constexpr const char *kMethod<RemoveConnection> = "connection.remove";
template <> inline constexpr const char *kMethod<ReplaceKey> = "connection.rekey";
template <> inline constexpr const char *kMethod<CloseAlerts> = "alert.close";
template <> inline constexpr const char *kMethod<ShelveAlerts> = "alert.shelve";
template <> inline constexpr const char *kMethod<SnoozeAlerts> = "alert.snooze";
template <> inline constexpr const char *kMethod<PlanMaintenance> = "maintenance.plan";
template <> inline constexpr const char *kMethod<EndSuppression> = "suppression.end";
template <> inline constexpr const char *kMethod<SplitGroup> = "group.split";
template <> inline constexpr const char *kMethod<MergeGroups> = "group.merge";
template <> inline constexpr const char *kMethod<EraseStreams> = "keeping.erase";
template <> inline constexpr const char *kMethod<StrikeText> = "keeping.strike";
template <> inline constexpr const char *kMethod<PlaceHold> = "hold.place";
template <> inline constexpr const char *kMethod<ReleaseHold> = "hold.release";
template <> inline constexpr const char *kMethod<OverrideSchedule> = "schedule.override";
template <> inline constexpr const char *kMethod<SwapShifts> = "schedule.swap";
template <> inline constexpr const char *kMethod<WithdrawOverride> = "schedule.withdraw";
template <> inline constexpr const char *kMethod<ImportShifts> = "schedule.import";
template <> inline constexpr const char *kMethod<AttachRoom> = "incident.room";

} // namespace qd::desk
