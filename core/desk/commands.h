// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/commandsaccess.h"
#include "core/desk/commandsconnection.h"
#include "core/desk/commandsdebrief.h"
#include "core/desk/commandsevidence.h"
#include "core/desk/commandskeeping.h"
#include "core/desk/commandsleading.h"
#include "core/desk/commandsmap.h"
#include "core/desk/commandsoutward.h"
#include "core/desk/commandspage.h"
#include "core/desk/commandspaging.h"
#include "core/desk/commandspoll.h"
#include "core/desk/commandsquiet.h"
#include "core/desk/commandsreview.h"
#include "core/desk/commandsschedule.h"
#include "core/base/oneof.h"
#include "core/events/event.h"

#include <map>

namespace qd::desk {

/// What people ask for, as values: by the window, the command line, chat. Each has a method name (kMethod) and named
/// fields, so the command protocol, its schemas and its decoding are made from these structs alone.
/// Where `incident` is left empty and exactly one incident is open, that one is meant.

using Strings = std::vector<std::string>;

struct DeclareIncident {
    std::string title, severity, service, since, kind; ///< since: RFC 3339; severity: "SEV2" (default SEV3); kind: real, drill, example, maintenance, backfilled
    Strings alerts;
    bool room = true;
    std::string attach = {}; ///< the address of a room that is there already: it becomes the incident's, none is made
    std::string hurt = {}, howMany = {}, workaround = {}; ///< as in ChangeSeverity; without a severity the one they suggest
    bool triage = false;     ///< whether it is an incident is still being found out
    std::string until = {};  ///< of kind backfilled: when it was over, RFC 3339
    QD_FIELDS(f(1, "title", e.title); f(2, "severity", e.severity); f(3, "service", e.service); f(4, "since", e.since);
              f(5, "kind", e.kind); f(6, "alerts", e.alerts); f(7, "room", e.room); f(8, "attach", e.attach);
              f(9, "hurt", e.hurt); f(10, "howMany", e.howMany); f(11, "workaround", e.workaround); f(12, "triage", e.triage); f(13, "until", e.until);)
};
/// An incident that is over is back: a new one that is linked to it, with its title, severity and service unless others are given, and (none named)
/// its alerts that fire again. The one before stays as it is; to go on with that one is ChangeStatus.
struct DeclareAgain {
    std::string incident, title, severity, service;
    Strings alerts;
    bool room = true;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "title", e.title); f(3, "severity", e.severity); f(4, "service", e.service); f(5, "alerts", e.alerts);
              f(6, "room", e.room);)
};
/// A room that is there already becomes one of the incident's; its history is read from the beginning of the impact.
struct AttachRoom {
    std::string incident, room;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "room", e.room);)
};
struct AssignRole {
    std::string incident, role, person;
    std::string title = {}; ///< instead of `role`: a role of the team's own, by its name
    QD_FIELDS(f(1, "incident", e.incident); f(2, "role", e.role); f(3, "person", e.person); f(4, "title", e.title);)
};
/// hurt: yes, soon or no; howMany: most, some or few; workaround: yes or no: all three or none. Without a severity: the one they suggest.
struct ChangeSeverity {
    std::string incident, severity, reason;
    std::string hurt = {}, howMany = {}, workaround = {};
    QD_FIELDS(f(1, "incident", e.incident); f(2, "severity", e.severity); f(3, "reason", e.reason); f(4, "hurt", e.hurt);
              f(5, "howMany", e.howMany); f(6, "workaround", e.workaround);)
};
struct ChangeStatus {
    std::string incident, status, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "status", e.status); f(3, "reason", e.reason);)
};
/// Since when it hurts, as is known now. since: RFC 3339.
struct CorrectImpact {
    std::string incident, since, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "since", e.since); f(3, "reason", e.reason);)
};
/// What it is called, as is known now.
struct CorrectTitle {
    std::string incident, title, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "title", e.title); f(3, "reason", e.reason);)
};
/// Which service suffers, as is known now: by its id or an alias, or one the workspace does not have. Who owns it is called, as they would
/// have been at the declaration, while the incident is active; unanswered calls for the service it was thought to be end then.
struct CorrectService {
    std::string incident, service, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "service", e.service); f(3, "reason", e.reason);)
};
struct AttachAlerts {
    std::string incident;
    Strings alerts;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "alerts", e.alerts);)
};
/// at: RFC 3339, what it is about was then, earlier.
struct WriteLog {
    std::string incident, text;
    std::string at = {};
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "at", e.at);)
};
/// Puts an own line of the log otherwise; what it said stays with it. entry: its reference, "entry/12"; "": one's newest.
struct ReviseLog {
    std::string incident, entry, text;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "entry", e.entry); f(3, "text", e.text);)
};
/// An open incident that has no room gets one of its own, as it would have when it was declared.
struct MakeRoom {
    std::string incident;
    QD_FIELDS(f(1, "incident", e.incident);)
};
/// A room of an incident that is over is left: nothing is read or written in it any more. `archive`: its platform archives it before that.
struct LeaveRoom {
    std::string incident, room;
    bool archive = false;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "room", e.room); f(3, "archive", e.archive);)
};
struct WriteLine {
    std::string incident, text; ///< in the grammar of the one-line instrument (core/comms/line.h)
    std::string about = {};     ///< of a task or a decision: the line it was made from, as state::momentReference names it
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "about", e.about);)
};
struct AssignTask {
    std::string incident, person, text, due; ///< due: "10m"
    std::string about = {};                  ///< the line it was made from, as state::momentReference names it
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "text", e.text); f(4, "due", e.due); f(5, "about", e.about);)
};
/// `note`: what came of it.
struct FinishTask {
    std::string incident;
    std::uint32_t task = 0;
    std::string note = {};
    QD_FIELDS(f(1, "incident", e.incident); f(2, "task", e.task); f(3, "note", e.note);)
};
/// "I am on it", by whom it was given to.
struct AcceptTask {
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
/// One of the ways weighed at a decision, as a card; all but the text may be left out.
struct OptionMeant {
    std::string text, effect, risk, reversible, time, owner; ///< reversible: "yes", "partly" or "no"
    QD_FIELDS(f(1, "text", e.text); f(2, "effect", e.effect); f(3, "risk", e.risk); f(4, "reversible", e.reversible); f(5, "time", e.time);
              f(6, "owner", e.owner);)
};
struct RecordDecision {
    std::string incident, text;
    std::uint32_t poll = 0; ///< the poll it is made on: closed by it, if it is open
    Strings rejected = {};  ///< what else was weighed, and why not: "failover: loses an hour"
    std::vector<OptionMeant> options = {};
    std::uint32_t chosen = 0; ///< which of the options, from 1; 0: none of them
    std::string about = {};   ///< the line it was made from, as state::momentReference names it
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "poll", e.poll); f(4, "rejected", e.rejected);
              f(5, "options", e.options); f(6, "chosen", e.chosen); f(7, "about", e.about);)
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
    std::map<std::string, std::string> set; ///< "?": not known yet
    std::string byHand = {};                ///< somebody put it there ("Slack", "mail"): it is recorded, and posted nowhere by us
    bool removeMarked = false;              ///< what is marked above its readers' clearance is taken out; else it is refused
    QD_FIELDS(f(1, "incident", e.incident); f(2, "template", e.updateTemplate); f(3, "set", e.set); f(4, "byHand", e.byHand);
              f(5, "removeMarked", e.removeMarked);)
};
struct Acknowledge {
    Strings alerts;
    std::string reason;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "reason", e.reason);)
};
/// Words about alerts; said to the pager of record that holds them, too.
struct NoteAlerts {
    Strings alerts;
    std::string text;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "text", e.text);)
};
struct CloseAlerts {
    Strings alerts; ///< that no connection reports any more, or that a pager of record holds: then it is resolved there
    std::string reason;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "reason", e.reason);)
};
struct AssignAlerts {
    Strings alerts;
    std::string person;
    std::string reason = {};
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "person", e.person); f(3, "reason", e.reason);)
};
struct StartEscalation {
    std::string incident, service, policy;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "service", e.service); f(3, "policy", e.policy);)
};
struct EscalateNow {
    std::uint32_t escalation = 0;
    std::uint32_t step = 0; ///< 0: the next
    std::string person;     ///< this person, whoever the policy names
    std::string reason = {};
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "step", e.step); f(3, "person", e.person); f(4, "reason", e.reason);)
};
struct AcknowledgeEscalation {
    std::uint32_t escalation = 0;
    QD_FIELDS(f(1, "escalation", e.escalation);)
};
struct MarkChange {
    std::string service, title, link, at;
    QD_FIELDS(f(1, "service", e.service); f(2, "title", e.title); f(3, "link", e.link); f(4, "at", e.at);)
};

struct Command;

/// Everything that may be asked of the desk.
using AnyCommand = OneOf<
    Command,
    DeclareIncident, DeclareAgain, TakeCommand, AssignRole, ChangeSeverity, ChangeStatus, AttachAlerts, WriteLog, WriteLine, AssignTask,
    FinishTask, AcceptTask, RaiseHypothesis, SettleHypothesis, RecordDecision, MakePromise, KeepPromise, SendUpdate, Acknowledge,
    AssignAlerts, StartEscalation, EscalateNow, AcknowledgeEscalation, MarkChange, CreateSilence, ExpireSilence,
    AddConnection, Arm, Disarm, RemoveConnection, ReplaceKey, CloseAlerts,
    ObjectToTaking, OfferCommand, AcceptCommand, DeclineCommand, StandDown, OfferShift, AcceptShift, DeclineShift, SayPresent, ReviseLog, LeaveRoom, MakeRoom,
    EraseStreams, StrikeText, ClassLine, PlaceHold, ReleaseHold,
    OverrideSchedule, SwapShifts, WithdrawOverride, ImportShifts, AttachRoom,
    ShelveAlerts, SnoozeAlerts, PlanMaintenance, EndSuppression, SplitGroup, MergeGroups, MarkReached, TestPage, AnswerTestPage, PagePeople, CorrectImpact, CorrectTitle, CorrectService,
    MuteHeartbeat, UnmuteHeartbeat,
    HoldAlerts, KeepSuppression, UnacknowledgeAlerts, EscalateAlerts, Undo, MergeIncidents, PlaceIncident, SplitIncident, GiveReason, ProposeEdges, AcceptEdges, DismissEdges,
    PostOnPage, OverrideComponent, PlanPageMaintenance, EndPageMaintenance, NoteAlerts,
    DraftMessage, JudgeMessage, ReleaseMessage, WithdrawMessage, MarkPosted, PinLink,
    MarkMoment, AskPoll, AnswerPoll, ClosePoll, KeepEvidence,
    OpenReview, TurnReview, HoldSection, WriteSection, CommentReview, SettleComment, Contribute, RateFactor, WaiveGate, AllowLeak,
    RecordPublication, PublishReview, KeepAction, TurnAction, TrackAction, ImportActions, KeepPattern, TurnPattern, RebuildIncident, HoldMeeting, SignReview, NoteCost, GiveFeedback,
    BindIdentity, UnbindIdentity, BreakGlass, EndGlass, RecordRead>;

/// One of them.
struct Command final : AnyCommand {
    static const std::array<Handling, AnyCommand::kTypes> kHandling;

    using AnyCommand::AnyCommand;
};

/// The name a command has in the command protocol.
template <typename T>
inline constexpr const char *kMethod = nullptr;
template <> inline constexpr const char *kMethod<DeclareIncident> = "incident.declare";
template <> inline constexpr const char *kMethod<DeclareAgain> = "incident.again";
template <> inline constexpr const char *kMethod<TakeCommand> = "incident.take";
template <> inline constexpr const char *kMethod<ObjectToTaking> = "incident.object";
template <> inline constexpr const char *kMethod<OfferCommand> = "incident.handover";
template <> inline constexpr const char *kMethod<AcceptCommand> = "incident.accept";
template <> inline constexpr const char *kMethod<DeclineCommand> = "incident.decline";
template <> inline constexpr const char *kMethod<OfferShift> = "shift.offer";
template <> inline constexpr const char *kMethod<AcceptShift> = "shift.accept";
template <> inline constexpr const char *kMethod<DeclineShift> = "shift.decline";
template <> inline constexpr const char *kMethod<SayPresent> = "person.present";
template <> inline constexpr const char *kMethod<ReviseLog> = "incident.revise";
template <> inline constexpr const char *kMethod<LeaveRoom> = "incident.leaveroom";
template <> inline constexpr const char *kMethod<MakeRoom> = "incident.makeroom";
template <> inline constexpr const char *kMethod<StandDown> = "incident.standdown";
template <> inline constexpr const char *kMethod<AssignRole> = "incident.role";
template <> inline constexpr const char *kMethod<ChangeSeverity> = "incident.severity";
template <> inline constexpr const char *kMethod<ChangeStatus> = "incident.status";
template <> inline constexpr const char *kMethod<AttachAlerts> = "incident.attach";
template <> inline constexpr const char *kMethod<WriteLog> = "incident.log";
template <> inline constexpr const char *kMethod<WriteLine> = "incident.line";
template <> inline constexpr const char *kMethod<AssignTask> = "task.assign";
template <> inline constexpr const char *kMethod<FinishTask> = "task.done";
template <> inline constexpr const char *kMethod<AcceptTask> = "task.accept";
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
template <> inline constexpr const char *kMethod<NoteAlerts> = "alert.note";
template <> inline constexpr const char *kMethod<ShelveAlerts> = "alert.shelve";
template <> inline constexpr const char *kMethod<SnoozeAlerts> = "alert.snooze";
template <> inline constexpr const char *kMethod<PlanMaintenance> = "maintenance.plan";
template <> inline constexpr const char *kMethod<EndSuppression> = "suppression.end";
template <> inline constexpr const char *kMethod<MuteHeartbeat> = "heartbeat.mute";
template <> inline constexpr const char *kMethod<UnmuteHeartbeat> = "heartbeat.unmute";
template <> inline constexpr const char *kMethod<HoldAlerts> = "alert.hold";
template <> inline constexpr const char *kMethod<KeepSuppression> = "suppression.keep";
template <> inline constexpr const char *kMethod<UnacknowledgeAlerts> = "alert.unacknowledge";
template <> inline constexpr const char *kMethod<EscalateAlerts> = "alert.escalate";
template <> inline constexpr const char *kMethod<Undo> = "undo";
template <> inline constexpr const char *kMethod<MergeIncidents> = "incident.merge";
template <> inline constexpr const char *kMethod<PlaceIncident> = "incident.place";
template <> inline constexpr const char *kMethod<SplitIncident> = "incident.split";
template <> inline constexpr const char *kMethod<GiveReason> = "incident.reason";
template <> inline constexpr const char *kMethod<SplitGroup> = "group.split";
template <> inline constexpr const char *kMethod<MergeGroups> = "group.merge";
template <> inline constexpr const char *kMethod<EraseStreams> = "keeping.erase";
template <> inline constexpr const char *kMethod<StrikeText> = "keeping.strike";
template <> inline constexpr const char *kMethod<ClassLine> = "incident.classify";
template <> inline constexpr const char *kMethod<PlaceHold> = "hold.place";
template <> inline constexpr const char *kMethod<ReleaseHold> = "hold.release";
template <> inline constexpr const char *kMethod<OverrideSchedule> = "schedule.override";
template <> inline constexpr const char *kMethod<SwapShifts> = "schedule.swap";
template <> inline constexpr const char *kMethod<WithdrawOverride> = "schedule.withdraw";
template <> inline constexpr const char *kMethod<ImportShifts> = "schedule.import";
template <> inline constexpr const char *kMethod<AttachRoom> = "incident.room";
template <> inline constexpr const char *kMethod<MarkReached> = "person.reached";
template <> inline constexpr const char *kMethod<TestPage> = "page.test";
template <> inline constexpr const char *kMethod<AnswerTestPage> = "page.answertest";
template <> inline constexpr const char *kMethod<PagePeople> = "people.page";
template <> inline constexpr const char *kMethod<CorrectImpact> = "incident.impact";
template <> inline constexpr const char *kMethod<CorrectTitle> = "incident.title";
template <> inline constexpr const char *kMethod<CorrectService> = "incident.service";
template <> inline constexpr const char *kMethod<ProposeEdges> = "map.propose";
template <> inline constexpr const char *kMethod<AcceptEdges> = "map.accept";
template <> inline constexpr const char *kMethod<DismissEdges> = "map.dismiss";
template <> inline constexpr const char *kMethod<PostOnPage> = "page.post";
template <> inline constexpr const char *kMethod<OverrideComponent> = "page.set";
template <> inline constexpr const char *kMethod<PlanPageMaintenance> = "page.maintenance";
template <> inline constexpr const char *kMethod<EndPageMaintenance> = "page.endmaintenance";
template <> inline constexpr const char *kMethod<DraftMessage> = "message.draft";
template <> inline constexpr const char *kMethod<JudgeMessage> = "message.judge";
template <> inline constexpr const char *kMethod<ReleaseMessage> = "message.release";
template <> inline constexpr const char *kMethod<WithdrawMessage> = "message.withdraw";
template <> inline constexpr const char *kMethod<MarkPosted> = "update.posted";
template <> inline constexpr const char *kMethod<PinLink> = "incident.pin";
template <> inline constexpr const char *kMethod<MarkMoment> = "incident.moment";
template <> inline constexpr const char *kMethod<AskPoll> = "poll.ask";
template <> inline constexpr const char *kMethod<AnswerPoll> = "poll.answer";
template <> inline constexpr const char *kMethod<ClosePoll> = "poll.close";
template <> inline constexpr const char *kMethod<KeepEvidence> = "incident.evidence";
template <> inline constexpr const char *kMethod<OpenReview> = "review.open";
template <> inline constexpr const char *kMethod<TurnReview> = "review.turn";
template <> inline constexpr const char *kMethod<HoldSection> = "review.hold";
template <> inline constexpr const char *kMethod<WriteSection> = "review.write";
template <> inline constexpr const char *kMethod<CommentReview> = "review.comment";
template <> inline constexpr const char *kMethod<SettleComment> = "review.settle";
template <> inline constexpr const char *kMethod<Contribute> = "review.contribute";
template <> inline constexpr const char *kMethod<RateFactor> = "review.factor";
template <> inline constexpr const char *kMethod<WaiveGate> = "review.waive";
template <> inline constexpr const char *kMethod<AllowLeak> = "review.allow";
template <> inline constexpr const char *kMethod<RecordPublication> = "review.published";
template <> inline constexpr const char *kMethod<PublishReview> = "review.publish";
template <> inline constexpr const char *kMethod<KeepAction> = "action.keep";
template <> inline constexpr const char *kMethod<TurnAction> = "action.turn";
template <> inline constexpr const char *kMethod<TrackAction> = "action.track";
template <> inline constexpr const char *kMethod<ImportActions> = "action.import";
template <> inline constexpr const char *kMethod<KeepPattern> = "pattern.keep";
template <> inline constexpr const char *kMethod<TurnPattern> = "pattern.turn";
template <> inline constexpr const char *kMethod<RebuildIncident> = "incident.rebuild";
template <> inline constexpr const char *kMethod<HoldMeeting> = "review.meeting";
template <> inline constexpr const char *kMethod<SignReview> = "review.sign";
template <> inline constexpr const char *kMethod<NoteCost> = "review.cost";
template <> inline constexpr const char *kMethod<GiveFeedback> = "review.feedback";
template <> inline constexpr const char *kMethod<BindIdentity> = "identity.bind";
template <> inline constexpr const char *kMethod<UnbindIdentity> = "identity.unbind";
template <> inline constexpr const char *kMethod<BreakGlass> = "access.break";
template <> inline constexpr const char *kMethod<EndGlass> = "access.end";
template <> inline constexpr const char *kMethod<RecordRead> = "access.read";

} // namespace qd::desk
