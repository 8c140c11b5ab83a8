// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/oneof.h"
#include "core/events/access.h"
#include "core/events/alerts.h"
#include "core/events/calls.h"
#include "core/events/command.h"
#include "core/events/debrief.h"
#include "core/events/evidence.h"
#include "core/events/heartbeats.h"
#include "core/events/incident.h"
#include "core/events/keeping.h"
#include "core/events/org.h"
#include "core/events/outward.h"
#include "core/events/overrides.h"
#include "core/events/pagers.h"
#include "core/events/paging.h"
#include "core/events/polls.h"
#include "core/events/record.h"
#include "core/events/review.h"
#include "core/events/schedules.h"
#include "core/events/statuspage.h"
#include "core/events/suppression.h"
#include "core/events/topology.h"

#include <type_traits>
#include <utility>
#include <vector>

namespace qd::events {

struct Event;

/// Everything that can happen. The order here is not written anywhere; the numbers in typeNumber() are.
using AnyEvent = OneOf<
    Event,
    CoreStarted, WorkspaceChanged, ConnectionAdded, ConnectionArmed, SourceSeen, SourceFailed, ConnectionReported, HeartbeatSeen,
    RequestsRefused, ClockWoke, ChangeSeen, SourceWentSilent, SourceRecovered, RuleFailed, ConnectionRemoved,
    FloodBegan, FloodEnded, SuppressionPlaced, SuppressionEnded, SuppressionBegan, SuppressionExpired,
    AlertsReported, AlertsDecided, AlertsEnded, AlertsRepeated, ReportsQuarantined, AlertsAcknowledged, AlertsAssigned, SilencesSeen, AlertsUnseen, AlertsClosed, AlertsCarried,
    AlertsSuppressed, AlertsFlapped, AlertsCorrelated, AlertsRegrouped,
    AlertsUnacknowledged, OverrideUndone, SuppressionKept, IncidentMerged, IncidentAbsorbed, IncidentUnmerged, IncidentReleased, AlertsDetached, ReasonGiven,
    IncidentDeclared, RoleAssumed, SeverityChanged, StatusChanged, AlertsAttached, LogWritten, TaskAssigned, TaskDone, TaskAccepted, HypothesisRaised,
    HypothesisSettled, DecisionMade, PromiseMade, PromiseKept, UpdateIssued, MessageSeen, SecretSuspected, RoomGapSeen, RoomLinked, ChatCommandRefused, RoomAsked,
    CommandOffered, CommandAccepted, OfferEnded, CommandClaimed, ClaimObjected, ClaimEnded, CommandVacant, SlaTurned, ShiftOffered, ShiftAnswered, ResolveProposed, RefireSeen, StoodDown,
    EscalationStarted, StepReached, EscalatedByHand, EscalationAcknowledged, EscalationHeld, EscalationResumed, EscalationEnded, OutboxQueued, OutboxMoved, WriteWithheld, HeadSigned,
    OnCallChanged, ScheduleOverridden, OverridesWithdrawn,
    AnswerLinkMade, PageBundled, BundleSent, PersonReached, PageTested, PageTestAnswered, ImpactCorrected, TitleCorrected, ServiceCorrected,
    PingsSeen, PingSaid, HeartbeatTurned,
    SuspectNamed, CallFolded, CallUnfolded, EdgesProposed, EdgesAccepted, EdgesDismissed, FoldsShown,
    PagePosted, ComponentOverridden, PageMaintenancePlanned, PageMaintenanceEnded, ComponentTurned, ComponentDrifted, NoticeOverdue, PageMaintenanceBegan,
    PostedByHand, UpdateMissed, UpdateChased, MessageDrafted, MessageJudged, MessageReleased, MessageSent, MessageHeldBack, MessageEnded, ApprovalLate, LinkPinned, ReleaseForced, MarksRemoved,
    PagerIncidentsSeen, PagerOnCallsSeen, AlertsNoted,
    StreamsErased, ErasureIndexed, TextStruck, LineClassed, HoldPlaced, HoldReleased, ErasureRefused,
    MomentMarked, PollAsked, PollAnswered, PollClosed, EvidenceKept, AlertsLeftOut, IncidentPlaced, Nagged, PersonSeen, PracticeTurned, DeputyCalledOut, LogRevised, RoomLeaveAsked,
    ReviewArranged, ReviewTurned, SectionHeld, SectionWritten, ReviewCommented, CommentSettled, ContributionGiven, FactorRated, ActionKept, ActionTurned,
    ActionTracked, ActionSeen, GateWaived, LeakAllowed, ReviewPublished, FactImported, PatternKept, PatternTurned, MeetingHeld, ReviewSigned, CostNoted, FeedbackGiven,
    RecordGap, RecordGapEnded, ClockJumped, GapReviewed,
    IdentityAsked, IdentitySaid, IdentityBound, IdentityRefused, IdentityUnbound, GlassBroken, GlassEnded, RestrictedRead, ConfirmationAsked, ConfirmationGiven>;

/// One of them.
struct Event final : AnyEvent {
    static const std::array<Handling, AnyEvent::kTypes> kHandling;

    using AnyEvent::AnyEvent;
};

using Events = std::vector<Event>;

/// Moves `more` to the end of `to`.
void append(Events &to, Events more);

/// The number of an event type in the journal: never reused, never reordered. Families: 1.. organisation, 20.. alerts,
/// 40.. and 140.. incident, 70.. calls and outbox, 90.. the record itself, 100.. what is kept and destroyed. 110 is the codec's own: a text
/// held apart. 120.. the organisation again: what keeps alerts quiet. 150.. heartbeats. 153.. and 165.. the map
/// of services. 160.. how pages reach people. 168.. what pagers of record hold. 180.. and 181 incidents again, 182 the map. 183.. who may do
/// what. 195.. what is promised and said to people outside. 210.. status pages. 218.. moments and polls of incidents. 230.. how an incident
/// is commanded, lines put otherwise, rooms left. 235 alerts that
/// were not taken. 236.. incidents that belong together, what nobody looks at any more. 239 a task that is taken on. 260.. clearance. 264 what looks like a secret. 265 what is left of what was erased. 280.. evidence. 300.. what is learnt afterwards.
template <typename T>
inline constexpr std::uint16_t kTypeNumber = 0;

template <> inline constexpr std::uint16_t kTypeNumber<CoreStarted> = 1;
template <> inline constexpr std::uint16_t kTypeNumber<WorkspaceChanged> = 2;
template <> inline constexpr std::uint16_t kTypeNumber<ConnectionAdded> = 3;
template <> inline constexpr std::uint16_t kTypeNumber<ConnectionArmed> = 4;
template <> inline constexpr std::uint16_t kTypeNumber<SourceSeen> = 5;
template <> inline constexpr std::uint16_t kTypeNumber<SourceFailed> = 6;
template <> inline constexpr std::uint16_t kTypeNumber<ConnectionReported> = 7;
template <> inline constexpr std::uint16_t kTypeNumber<HeartbeatSeen> = 8;
template <> inline constexpr std::uint16_t kTypeNumber<RequestsRefused> = 9;
template <> inline constexpr std::uint16_t kTypeNumber<ClockWoke> = 10;
template <> inline constexpr std::uint16_t kTypeNumber<ChangeSeen> = 11;
template <> inline constexpr std::uint16_t kTypeNumber<SourceWentSilent> = 12;
template <> inline constexpr std::uint16_t kTypeNumber<SourceRecovered> = 13;
template <> inline constexpr std::uint16_t kTypeNumber<RuleFailed> = 14;
template <> inline constexpr std::uint16_t kTypeNumber<ConnectionRemoved> = 19;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsReported> = 20;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsDecided> = 21;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsEnded> = 22;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsRepeated> = 23;
template <> inline constexpr std::uint16_t kTypeNumber<ReportsQuarantined> = 24;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsAcknowledged> = 25;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsAssigned> = 26;
template <> inline constexpr std::uint16_t kTypeNumber<SilencesSeen> = 27;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsUnseen> = 28;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsCarried> = 29;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsSuppressed> = 30;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsFlapped> = 31;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsCorrelated> = 32;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsRegrouped> = 33;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsUnacknowledged> = 34;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsClosed> = 39;
template <> inline constexpr std::uint16_t kTypeNumber<IncidentDeclared> = 40;
template <> inline constexpr std::uint16_t kTypeNumber<RoleAssumed> = 41;
template <> inline constexpr std::uint16_t kTypeNumber<SeverityChanged> = 42;
template <> inline constexpr std::uint16_t kTypeNumber<StatusChanged> = 43;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsAttached> = 44;
template <> inline constexpr std::uint16_t kTypeNumber<LogWritten> = 45;
template <> inline constexpr std::uint16_t kTypeNumber<TaskAssigned> = 46;
template <> inline constexpr std::uint16_t kTypeNumber<TaskDone> = 47;
template <> inline constexpr std::uint16_t kTypeNumber<HypothesisRaised> = 48;
template <> inline constexpr std::uint16_t kTypeNumber<HypothesisSettled> = 49;
template <> inline constexpr std::uint16_t kTypeNumber<DecisionMade> = 50;
template <> inline constexpr std::uint16_t kTypeNumber<PromiseMade> = 51;
template <> inline constexpr std::uint16_t kTypeNumber<PromiseKept> = 52;
template <> inline constexpr std::uint16_t kTypeNumber<UpdateIssued> = 53;
template <> inline constexpr std::uint16_t kTypeNumber<MessageSeen> = 54;
template <> inline constexpr std::uint16_t kTypeNumber<RoomGapSeen> = 55;
template <> inline constexpr std::uint16_t kTypeNumber<RoomLinked> = 56;
template <> inline constexpr std::uint16_t kTypeNumber<ChatCommandRefused> = 57;
template <> inline constexpr std::uint16_t kTypeNumber<CommandOffered> = 58;
template <> inline constexpr std::uint16_t kTypeNumber<CommandAccepted> = 59;
template <> inline constexpr std::uint16_t kTypeNumber<OfferEnded> = 60;
template <> inline constexpr std::uint16_t kTypeNumber<CommandClaimed> = 61;
template <> inline constexpr std::uint16_t kTypeNumber<ClaimObjected> = 62;
template <> inline constexpr std::uint16_t kTypeNumber<ClaimEnded> = 63;
template <> inline constexpr std::uint16_t kTypeNumber<CommandVacant> = 64;
template <> inline constexpr std::uint16_t kTypeNumber<ResolveProposed> = 65;
template <> inline constexpr std::uint16_t kTypeNumber<RefireSeen> = 66;
template <> inline constexpr std::uint16_t kTypeNumber<StoodDown> = 67;
template <> inline constexpr std::uint16_t kTypeNumber<EscalationStarted> = 70;
template <> inline constexpr std::uint16_t kTypeNumber<StepReached> = 71;
template <> inline constexpr std::uint16_t kTypeNumber<EscalatedByHand> = 72;
template <> inline constexpr std::uint16_t kTypeNumber<EscalationAcknowledged> = 73;
template <> inline constexpr std::uint16_t kTypeNumber<EscalationEnded> = 74;
template <> inline constexpr std::uint16_t kTypeNumber<OutboxQueued> = 75;
template <> inline constexpr std::uint16_t kTypeNumber<OutboxMoved> = 76;
template <> inline constexpr std::uint16_t kTypeNumber<WriteWithheld> = 77;
template <> inline constexpr std::uint16_t kTypeNumber<HeadSigned> = 78;
template <> inline constexpr std::uint16_t kTypeNumber<OnCallChanged> = 79;
template <> inline constexpr std::uint16_t kTypeNumber<ScheduleOverridden> = 80;
template <> inline constexpr std::uint16_t kTypeNumber<OverridesWithdrawn> = 81;
template <> inline constexpr std::uint16_t kTypeNumber<EscalationHeld> = 82;
template <> inline constexpr std::uint16_t kTypeNumber<EscalationResumed> = 83;
template <> inline constexpr std::uint16_t kTypeNumber<RecordGap> = 90;
template <> inline constexpr std::uint16_t kTypeNumber<RecordGapEnded> = 91;
template <> inline constexpr std::uint16_t kTypeNumber<ClockJumped> = 92;
template <> inline constexpr std::uint16_t kTypeNumber<GapReviewed> = 93;
template <> inline constexpr std::uint16_t kTypeNumber<StreamsErased> = 100;
template <> inline constexpr std::uint16_t kTypeNumber<TextStruck> = 101;
template <> inline constexpr std::uint16_t kTypeNumber<HoldPlaced> = 102;
template <> inline constexpr std::uint16_t kTypeNumber<HoldReleased> = 103;
template <> inline constexpr std::uint16_t kTypeNumber<ErasureRefused> = 104;
template <> inline constexpr std::uint16_t kTypeNumber<RoomAsked> = 140;
template <> inline constexpr std::uint16_t kTypeNumber<IncidentMerged> = 141;
template <> inline constexpr std::uint16_t kTypeNumber<IncidentAbsorbed> = 142;
template <> inline constexpr std::uint16_t kTypeNumber<IncidentUnmerged> = 143;
template <> inline constexpr std::uint16_t kTypeNumber<IncidentReleased> = 144;
template <> inline constexpr std::uint16_t kTypeNumber<PingsSeen> = 150;
template <> inline constexpr std::uint16_t kTypeNumber<PingSaid> = 151;
template <> inline constexpr std::uint16_t kTypeNumber<HeartbeatTurned> = 152;
template <> inline constexpr std::uint16_t kTypeNumber<FloodBegan> = 120;
template <> inline constexpr std::uint16_t kTypeNumber<FloodEnded> = 121;
template <> inline constexpr std::uint16_t kTypeNumber<SuppressionPlaced> = 122;
template <> inline constexpr std::uint16_t kTypeNumber<SuppressionEnded> = 123;
template <> inline constexpr std::uint16_t kTypeNumber<SuppressionBegan> = 124;
template <> inline constexpr std::uint16_t kTypeNumber<SuppressionExpired> = 125;
template <> inline constexpr std::uint16_t kTypeNumber<OverrideUndone> = 126;
template <> inline constexpr std::uint16_t kTypeNumber<SuppressionKept> = 127;
template <> inline constexpr std::uint16_t kTypeNumber<AnswerLinkMade> = 160;
template <> inline constexpr std::uint16_t kTypeNumber<PageBundled> = 161;
template <> inline constexpr std::uint16_t kTypeNumber<BundleSent> = 162;
template <> inline constexpr std::uint16_t kTypeNumber<PersonReached> = 163;
template <> inline constexpr std::uint16_t kTypeNumber<PageTested> = 164;
template <> inline constexpr std::uint16_t kTypeNumber<PageTestAnswered> = 171;
template <> inline constexpr std::uint16_t kTypeNumber<ImpactCorrected> = 172;
template <> inline constexpr std::uint16_t kTypeNumber<SuspectNamed> = 153;
template <> inline constexpr std::uint16_t kTypeNumber<CallFolded> = 154;
template <> inline constexpr std::uint16_t kTypeNumber<CallUnfolded> = 155;
template <> inline constexpr std::uint16_t kTypeNumber<EdgesProposed> = 165;
template <> inline constexpr std::uint16_t kTypeNumber<EdgesAccepted> = 166;
template <> inline constexpr std::uint16_t kTypeNumber<EdgesDismissed> = 167;
template <> inline constexpr std::uint16_t kTypeNumber<PagerIncidentsSeen> = 168;
template <> inline constexpr std::uint16_t kTypeNumber<PagerOnCallsSeen> = 169;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsNoted> = 170;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsDetached> = 180;
template <> inline constexpr std::uint16_t kTypeNumber<ReasonGiven> = 181;
template <> inline constexpr std::uint16_t kTypeNumber<FoldsShown> = 182;
template <> inline constexpr std::uint16_t kTypeNumber<IdentityAsked> = 183;
template <> inline constexpr std::uint16_t kTypeNumber<IdentitySaid> = 184;
template <> inline constexpr std::uint16_t kTypeNumber<IdentityBound> = 185;
template <> inline constexpr std::uint16_t kTypeNumber<IdentityRefused> = 186;
template <> inline constexpr std::uint16_t kTypeNumber<IdentityUnbound> = 187;
template <> inline constexpr std::uint16_t kTypeNumber<GlassBroken> = 188;
template <> inline constexpr std::uint16_t kTypeNumber<GlassEnded> = 189;
template <> inline constexpr std::uint16_t kTypeNumber<RestrictedRead> = 190;
template <> inline constexpr std::uint16_t kTypeNumber<ConfirmationAsked> = 191;
template <> inline constexpr std::uint16_t kTypeNumber<ConfirmationGiven> = 192;
template <> inline constexpr std::uint16_t kTypeNumber<PostedByHand> = 195;
template <> inline constexpr std::uint16_t kTypeNumber<UpdateMissed> = 196;
template <> inline constexpr std::uint16_t kTypeNumber<UpdateChased> = 197;
template <> inline constexpr std::uint16_t kTypeNumber<MessageDrafted> = 198;
template <> inline constexpr std::uint16_t kTypeNumber<MessageJudged> = 199;
template <> inline constexpr std::uint16_t kTypeNumber<MessageReleased> = 200;
template <> inline constexpr std::uint16_t kTypeNumber<MessageSent> = 201;
template <> inline constexpr std::uint16_t kTypeNumber<MessageEnded> = 202;
template <> inline constexpr std::uint16_t kTypeNumber<ApprovalLate> = 203;
template <> inline constexpr std::uint16_t kTypeNumber<LinkPinned> = 204;
template <> inline constexpr std::uint16_t kTypeNumber<ReleaseForced> = 205;
template <> inline constexpr std::uint16_t kTypeNumber<MessageHeldBack> = 208;
template <> inline constexpr std::uint16_t kTypeNumber<PagePosted> = 210;
template <> inline constexpr std::uint16_t kTypeNumber<ComponentOverridden> = 211;
template <> inline constexpr std::uint16_t kTypeNumber<PageMaintenancePlanned> = 212;
template <> inline constexpr std::uint16_t kTypeNumber<PageMaintenanceEnded> = 213;
template <> inline constexpr std::uint16_t kTypeNumber<ComponentTurned> = 214;
template <> inline constexpr std::uint16_t kTypeNumber<ComponentDrifted> = 215;
template <> inline constexpr std::uint16_t kTypeNumber<NoticeOverdue> = 216;
template <> inline constexpr std::uint16_t kTypeNumber<PageMaintenanceBegan> = 217;
template <> inline constexpr std::uint16_t kTypeNumber<MomentMarked> = 218;
template <> inline constexpr std::uint16_t kTypeNumber<PollAsked> = 219;
template <> inline constexpr std::uint16_t kTypeNumber<PollAnswered> = 220;
template <> inline constexpr std::uint16_t kTypeNumber<PollClosed> = 221;
template <> inline constexpr std::uint16_t kTypeNumber<SlaTurned> = 222;
template <> inline constexpr std::uint16_t kTypeNumber<ShiftOffered> = 223;
template <> inline constexpr std::uint16_t kTypeNumber<ShiftAnswered> = 224;
template <> inline constexpr std::uint16_t kTypeNumber<LineClassed> = 225;
template <> inline constexpr std::uint16_t kTypeNumber<TitleCorrected> = 227;
template <> inline constexpr std::uint16_t kTypeNumber<ServiceCorrected> = 228;
template <> inline constexpr std::uint16_t kTypeNumber<PersonSeen> = 230;
template <> inline constexpr std::uint16_t kTypeNumber<PracticeTurned> = 231;
template <> inline constexpr std::uint16_t kTypeNumber<DeputyCalledOut> = 232;
template <> inline constexpr std::uint16_t kTypeNumber<LogRevised> = 233;
template <> inline constexpr std::uint16_t kTypeNumber<RoomLeaveAsked> = 234;
template <> inline constexpr std::uint16_t kTypeNumber<AlertsLeftOut> = 235;
template <> inline constexpr std::uint16_t kTypeNumber<IncidentPlaced> = 236;
template <> inline constexpr std::uint16_t kTypeNumber<Nagged> = 237;
template <> inline constexpr std::uint16_t kTypeNumber<TaskAccepted> = 239;
template <> inline constexpr std::uint16_t kTypeNumber<MarksRemoved> = 260;
template <> inline constexpr std::uint16_t kTypeNumber<SecretSuspected> = 264;
template <> inline constexpr std::uint16_t kTypeNumber<ErasureIndexed> = 265;
template <> inline constexpr std::uint16_t kTypeNumber<EvidenceKept> = 280;
template <> inline constexpr std::uint16_t kTypeNumber<ReviewArranged> = 300;
template <> inline constexpr std::uint16_t kTypeNumber<ReviewTurned> = 301;
template <> inline constexpr std::uint16_t kTypeNumber<SectionHeld> = 302;
template <> inline constexpr std::uint16_t kTypeNumber<SectionWritten> = 303;
template <> inline constexpr std::uint16_t kTypeNumber<ReviewCommented> = 304;
template <> inline constexpr std::uint16_t kTypeNumber<CommentSettled> = 305;
template <> inline constexpr std::uint16_t kTypeNumber<ContributionGiven> = 306;
template <> inline constexpr std::uint16_t kTypeNumber<FactorRated> = 307;
template <> inline constexpr std::uint16_t kTypeNumber<ActionKept> = 308;
template <> inline constexpr std::uint16_t kTypeNumber<ActionTurned> = 309;
template <> inline constexpr std::uint16_t kTypeNumber<ActionTracked> = 310;
template <> inline constexpr std::uint16_t kTypeNumber<ActionSeen> = 311;
template <> inline constexpr std::uint16_t kTypeNumber<GateWaived> = 312;
template <> inline constexpr std::uint16_t kTypeNumber<LeakAllowed> = 313;
template <> inline constexpr std::uint16_t kTypeNumber<ReviewPublished> = 314;
template <> inline constexpr std::uint16_t kTypeNumber<FactImported> = 315;
template <> inline constexpr std::uint16_t kTypeNumber<PatternKept> = 316;
template <> inline constexpr std::uint16_t kTypeNumber<PatternTurned> = 317;
template <> inline constexpr std::uint16_t kTypeNumber<MeetingHeld> = 318;
template <> inline constexpr std::uint16_t kTypeNumber<ReviewSigned> = 319;
template <> inline constexpr std::uint16_t kTypeNumber<CostNoted> = 320;
template <> inline constexpr std::uint16_t kTypeNumber<FeedbackGiven> = 321;

[[nodiscard]] std::uint16_t typeNumber(const Event &event);

/// The type's name, as in the code: "IncidentDeclared".
[[nodiscard]] std::string_view typeName(const Event &event);

/// True for what came from outside (people, sources, chat, the clock), false for what rules made of it.
[[nodiscard]] bool isInput(const Event &event);

/// The stream it is sealed in: "org", "alerts/2026-11-23", "incident/INC-7". `at` is the record's journal time.
[[nodiscard]] std::string streamOf(const Event &event, Instant at);

} // namespace qd::events
