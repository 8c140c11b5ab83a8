// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"

namespace qd::events {

/// What a text reads as once it was struck.
inline constexpr std::string_view kStruckText = "[struck]";

/// Which fields of an event hold what people wrote, in the console or in chat, or a copy of it: bit n for field n. They are
/// sealed apart from the event, under a key of their own, so that one text can be struck and the event stays.
[[nodiscard]] constexpr std::uint64_t textBits(std::initializer_list<int> fields)
{
    std::uint64_t bits = 0;
    for (const int f : fields)
        bits |= std::uint64_t{1} << f;
    return bits;
}
template <typename T>
inline constexpr std::uint64_t kTextFields = 0;
template <> inline constexpr std::uint64_t kTextFields<ChangeSeen> = textBits({2, 3});
template <> inline constexpr std::uint64_t kTextFields<AlertsAcknowledged> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<AlertsClosed> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<AlertsRegrouped> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<AlertsUnacknowledged> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<SuppressionKept> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<IncidentMerged> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<IncidentPlaced> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<Nagged> = textBits({4}); // says the reason somebody gave
template <> inline constexpr std::uint64_t kTextFields<IncidentAbsorbed> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<AlertsDetached> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<ReasonGiven> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<AlertsAssigned> = textBits({4});
template <> inline constexpr std::uint64_t kTextFields<EscalatedByHand> = textBits({6});
template <> inline constexpr std::uint64_t kTextFields<SuppressionPlaced> = textBits({9});
template <> inline constexpr std::uint64_t kTextFields<SuppressionEnded> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<IncidentDeclared> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<SeverityChanged> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<StatusChanged> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<LogWritten> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<LogRevised> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<TaskAssigned> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<TaskDone> = textBits({4});
template <> inline constexpr std::uint64_t kTextFields<HypothesisRaised> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<HypothesisSettled> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<DecisionMade> = textBits({2, 6, 7});
template <> inline constexpr std::uint64_t kTextFields<PromiseMade> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<UpdateIssued> = textBits({4, 6, 12});
template <> inline constexpr std::uint64_t kTextFields<MessageSeen> = textBits({7, 9});
template <> inline constexpr std::uint64_t kTextFields<ChatCommandRefused> = textBits({3, 4});
template <> inline constexpr std::uint64_t kTextFields<CommandOffered> = textBits({3, 4, 5, 6});
template <> inline constexpr std::uint64_t kTextFields<CommandAccepted> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<OfferEnded> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<CommandClaimed> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<ClaimObjected> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<ShiftOffered> = textBits({3, 4, 5});
template <> inline constexpr std::uint64_t kTextFields<ShiftAnswered> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<StoodDown> = textBits({3, 4, 8, 11});
template <> inline constexpr std::uint64_t kTextFields<EscalationStarted> = textBits({5});
template <> inline constexpr std::uint64_t kTextFields<OutboxQueued> = textBits({7, 8, 40});
template <> inline constexpr std::uint64_t kTextFields<WriteWithheld> = textBits({5});
template <> inline constexpr std::uint64_t kTextFields<AlertsNoted> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<ImpactCorrected> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<TitleCorrected> = textBits({2, 3});
template <> inline constexpr std::uint64_t kTextFields<ServiceCorrected> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<PersonReached> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<ScheduleOverridden> = textBits({5});
template <> inline constexpr std::uint64_t kTextFields<PagePosted> = textBits({6, 7, 11});
template <> inline constexpr std::uint64_t kTextFields<ComponentOverridden> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<PageMaintenancePlanned> = textBits({3, 4, 10});
template <> inline constexpr std::uint64_t kTextFields<PageMaintenanceEnded> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<MessageDrafted> = textBits({2, 3, 13, 14});
template <> inline constexpr std::uint64_t kTextFields<MessageJudged> = textBits({4});
template <> inline constexpr std::uint64_t kTextFields<MessageReleased> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<MessageEnded> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<LinkPinned> = textBits({2, 3});
template <> inline constexpr std::uint64_t kTextFields<MomentMarked> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<PollAsked> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<PollAnswered> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<PollClosed> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<EvidenceKept> = textBits({2, 3, 4, 5});
template <> inline constexpr std::uint64_t kTextFields<ReviewArranged> = textBits({10});
template <> inline constexpr std::uint64_t kTextFields<ReviewTurned> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<SectionWritten> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<ReviewCommented> = textBits({3, 4});
template <> inline constexpr std::uint64_t kTextFields<ContributionGiven> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<FactorRated> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<ActionKept> = textBits({2, 4});
template <> inline constexpr std::uint64_t kTextFields<ActionTurned> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<ActionSeen> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<GateWaived> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<LeakAllowed> = textBits({2, 3});
template <> inline constexpr std::uint64_t kTextFields<FactImported> = textBits({5});
template <> inline constexpr std::uint64_t kTextFields<PatternKept> = textBits({2, 3});
template <> inline constexpr std::uint64_t kTextFields<PatternTurned> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<CostNoted> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<FeedbackGiven> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<OverridesWithdrawn> = textBits({3});
template <> inline constexpr std::uint64_t kTextFields<IdentityUnbound> = textBits({4});
template <> inline constexpr std::uint64_t kTextFields<GlassBroken> = textBits({7});
template <> inline constexpr std::uint64_t kTextFields<GlassEnded> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<ConfirmationAsked> = textBits({5, 6});
template <> inline constexpr std::uint64_t kTextFields<StreamsErased> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<TextStruck> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<LineClassed> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<HoldPlaced> = textBits({3, 4, 5});
template <> inline constexpr std::uint64_t kTextFields<HoldReleased> = textBits({2});
template <> inline constexpr std::uint64_t kTextFields<ErasureRefused> = textBits({2}); // says which hold, in its words

/// The same for one event: some fields hold a person's words only sometimes.
template <typename T>
[[nodiscard]] std::uint64_t textFields(const T &event)
{
    if constexpr (std::is_same_v<T, ChangeSeen>)
        return event.source == "person" ? kTextFields<T> : 0; // the others come from machines, by the thousand
    else if constexpr (std::is_same_v<T, OutboxQueued>)
        return event.effect == Effect::Silence ? kTextFields<T> : textBits({7, 40}); // a silence's subject carries its comment
    else if constexpr (std::is_same_v<T, MessageSeen>)
        return event.text.empty() ? 0 : kTextFields<T>; // a reaction says nothing of its own
    else
        return kTextFields<T>;
}

/// True for the events after which earlier records read otherwise, because keys are destroyed or a line was classed: who folds must fold anew, from
/// what is read now, and what was derived from them is not good any more.
[[nodiscard]] bool changesThePast(const Event &event);
[[nodiscard]] bool changesThePast(const Events &events);

} // namespace qd::events
