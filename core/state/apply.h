// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"

/// The fold, one overload an event type, by family in apply*.cpp. Only core/state/state.cpp calls these.
namespace qd::state {

class State;

/// Escalations that erased streams may have held; a number further ahead is damage.
inline constexpr std::uint32_t kEscalationsAhead = 10'000;

void apply(State &, const events::CoreStarted &);
void apply(State &, const events::WorkspaceChanged &);
void apply(State &, const events::ConnectionAdded &);
void apply(State &, const events::ConnectionArmed &);
void apply(State &, const events::SourceSeen &);
void apply(State &, const events::SourceFailed &);
void apply(State &, const events::ConnectionReported &);
void apply(State &, const events::HeartbeatSeen &);
void apply(State &, const events::RequestsRefused &);
void apply(State &, const events::ClockWoke &);
void apply(State &, const events::ChangeSeen &);
void apply(State &, const events::SourceWentSilent &);
void apply(State &, const events::SourceRecovered &);
void apply(State &, const events::RuleFailed &);
void apply(State &, const events::ConnectionRemoved &);
void apply(State &, const events::FloodBegan &);
void apply(State &, const events::FloodEnded &);
void apply(State &, const events::SuppressionPlaced &);
void apply(State &, const events::SuppressionEnded &);
void apply(State &, const events::SuppressionBegan &);
void apply(State &, const events::SuppressionExpired &);
void apply(State &, const events::PingsSeen &);
void apply(State &, const events::PingSaid &);
void apply(State &, const events::HeartbeatTurned &);
void apply(State &, const events::RecordGap &);
void apply(State &, const events::RecordGapEnded &);
void apply(State &, const events::ClockJumped &);
void apply(State &, const events::GapReviewed &);

/// What the rules made of the batch, row by row.
void applyVerdicts(State &, const ReportBatch &, const events::AlertsDecided &);
void apply(State &, const events::AlertsEnded &);
void apply(State &, const events::AlertsRepeated &);
void apply(State &, const events::ReportsQuarantined &);
void apply(State &, const events::AlertsAcknowledged &);
void apply(State &, const events::AlertsAssigned &);
void apply(State &, const events::SilencesSeen &);
void apply(State &, const events::AlertsUnseen &);
void apply(State &, const events::AlertsClosed &);
void apply(State &, const events::AlertsSuppressed &);
void apply(State &, const events::AlertsFlapped &);
void apply(State &, const events::AlertsCorrelated &);
void apply(State &, const events::AlertsRegrouped &);
void apply(State &, const events::AlertsUnacknowledged &);
void apply(State &, const events::OverrideUndone &);
void apply(State &, const events::SuppressionKept &);
void apply(State &, const events::IncidentMerged &);
void apply(State &, const events::IncidentAbsorbed &);
void apply(State &, const events::IncidentUnmerged &);
void apply(State &, const events::IncidentReleased &);
void apply(State &, const events::AlertsDetached &);
void apply(State &, const events::ReasonGiven &);

void apply(State &, const events::IncidentDeclared &);
void apply(State &, const events::RoleAssumed &);
void apply(State &, const events::SeverityChanged &);
void apply(State &, const events::StatusChanged &);
void apply(State &, const events::AlertsAttached &);
void apply(State &, const events::LogWritten &);
void apply(State &, const events::TaskAssigned &);
void apply(State &, const events::TaskDone &);
void apply(State &, const events::TaskAccepted &);
void apply(State &, const events::HypothesisRaised &);
void apply(State &, const events::HypothesisSettled &);
void apply(State &, const events::DecisionMade &);
void apply(State &, const events::PromiseMade &);
void apply(State &, const events::PromiseKept &);
void apply(State &, const events::UpdateIssued &);
void apply(State &, const events::MessageSeen &);
void apply(State &, const events::SecretSuspected &);
void apply(State &, const events::RoomGapSeen &);
void apply(State &, const events::RoomLinked &);
void apply(State &, const events::RoomAsked &);
void apply(State &, const events::ChatCommandRefused &);

void apply(State &, const events::CommandOffered &);
void apply(State &, const events::CommandAccepted &);
void apply(State &, const events::OfferEnded &);
void apply(State &, const events::CommandClaimed &);
void apply(State &, const events::ClaimObjected &);
void apply(State &, const events::ClaimEnded &);
void apply(State &, const events::CommandVacant &);
void apply(State &, const events::SlaTurned &);
void apply(State &, const events::ShiftOffered &);
void apply(State &, const events::ShiftAnswered &);
void apply(State &, const events::ResolveProposed &);
void apply(State &, const events::RefireSeen &);
void apply(State &, const events::StoodDown &);

void apply(State &, const events::AnswerLinkMade &);
void apply(State &, const events::PageBundled &);
void apply(State &, const events::BundleSent &);
void apply(State &, const events::PersonReached &);
void apply(State &, const events::PageTested &);
void apply(State &, const events::PageTestAnswered &);
void apply(State &, const events::ImpactCorrected &);
void apply(State &, const events::TitleCorrected &);
void apply(State &, const events::ServiceCorrected &);

void apply(State &, const events::EscalationStarted &);
void apply(State &, const events::StepReached &);
void apply(State &, const events::EscalationHeld &);
void apply(State &, const events::EscalationResumed &);
void apply(State &, const events::EscalatedByHand &);
void apply(State &, const events::EscalationAcknowledged &);
void apply(State &, const events::EscalationEnded &);
void apply(State &, const events::OutboxQueued &);
void apply(State &, const events::OutboxMoved &);
void apply(State &, const events::WriteWithheld &);

void apply(State &, const events::SuspectNamed &);
void apply(State &, const events::CallFolded &);
void apply(State &, const events::CallUnfolded &);
void apply(State &, const events::EdgesProposed &);
void apply(State &, const events::EdgesAccepted &);
void apply(State &, const events::EdgesDismissed &);
void apply(State &, const events::PagerIncidentsSeen &);
void apply(State &, const events::PagerOnCallsSeen &);
void apply(State &, const events::AlertsNoted &);
void apply(State &, const events::FoldsShown &);

void apply(State &, const events::PostedByHand &);
void apply(State &, const events::UpdateMissed &);
void apply(State &, const events::UpdateChased &);
void apply(State &, const events::MessageDrafted &);
void apply(State &, const events::MessageJudged &);
void apply(State &, const events::MessageReleased &);
void apply(State &, const events::MessageSent &);
void apply(State &, const events::MessageHeldBack &);
void apply(State &, const events::MessageEnded &);
void apply(State &, const events::ApprovalLate &);
void apply(State &, const events::LinkPinned &);
void apply(State &, const events::MarksRemoved &);
void apply(State &, const events::MomentMarked &);
void apply(State &, const events::PollAsked &);
void apply(State &, const events::PollAnswered &);
void apply(State &, const events::PollClosed &);
void apply(State &, const events::EvidenceKept &);
void apply(State &, const events::ReviewArranged &);
void apply(State &, const events::ReviewTurned &);
void apply(State &, const events::SectionHeld &);
void apply(State &, const events::SectionWritten &);
void apply(State &, const events::ReviewCommented &);
void apply(State &, const events::CommentSettled &);
void apply(State &, const events::ContributionGiven &);
void apply(State &, const events::FactorRated &);
void apply(State &, const events::ActionKept &);
void apply(State &, const events::ActionTurned &);
void apply(State &, const events::ActionTracked &);
void apply(State &, const events::ActionSeen &);
void apply(State &, const events::GateWaived &);
void apply(State &, const events::LeakAllowed &);
void apply(State &, const events::ReviewPublished &);
void apply(State &, const events::FactImported &);
void apply(State &, const events::PatternKept &);
void apply(State &, const events::PatternTurned &);
void apply(State &, const events::MeetingHeld &);
void apply(State &, const events::ReviewSigned &);
void apply(State &, const events::CostNoted &);
void apply(State &, const events::FeedbackGiven &);
void apply(State &, const events::AlertsLeftOut &);
void apply(State &, const events::IncidentPlaced &);
void apply(State &, const events::Nagged &);
void apply(State &, const events::PersonSeen &);
void apply(State &, const events::PracticeTurned &);
void apply(State &, const events::DeputyCalledOut &);
void apply(State &, const events::LogRevised &);
void apply(State &, const events::RoomLeaveAsked &);
void apply(State &, const events::ReleaseForced &);
void apply(State &, const events::PagePosted &);
void apply(State &, const events::ComponentOverridden &);
void apply(State &, const events::PageMaintenancePlanned &);
void apply(State &, const events::PageMaintenanceBegan &);
void apply(State &, const events::PageMaintenanceEnded &);
void apply(State &, const events::ComponentTurned &);
void apply(State &, const events::ComponentDrifted &);
void apply(State &, const events::NoticeOverdue &);

void apply(State &, const events::IdentityAsked &);
void apply(State &, const events::IdentitySaid &);
void apply(State &, const events::IdentityBound &);
void apply(State &, const events::IdentityRefused &);
void apply(State &, const events::IdentityUnbound &);
void apply(State &, const events::GlassBroken &);
void apply(State &, const events::GlassEnded &);
void apply(State &, const events::RestrictedRead &);
void apply(State &, const events::ConfirmationAsked &);
void apply(State &, const events::ConfirmationGiven &);

void apply(State &, const events::OnCallChanged &);
void apply(State &, const events::ScheduleOverridden &);
void apply(State &, const events::OverridesWithdrawn &);

void apply(State &, const events::AlertsCarried &);
void apply(State &, const events::StreamsErased &);
void apply(State &, const events::TextStruck &);
void apply(State &, const events::LineClassed &);
void apply(State &, const events::HoldPlaced &);
void apply(State &, const events::HoldReleased &);
void apply(State &, const events::ErasureIndexed &);
void apply(State &, const events::ErasureRefused &);
void apply(State &, const events::HeadSigned &);

} // namespace qd::state
