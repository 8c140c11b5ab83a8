// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/event.h"

#include "core/events/texts.h"

#include <algorithm>
#include <iterator>

namespace qd::events {

constinit const std::array<Handling, AnyEvent::kTypes> Event::kHandling = AnyEvent::handlings();

std::string_view word(Effect effect)
{
    switch (effect) {
    case Effect::CreateRoom: return "room";
    case Effect::Post: return "post";
    case Effect::Page: return "page";
    case Effect::Silence: return "silence";
    case Effect::ExpireSilence: return "expire-silence";
    case Effect::Topic: return "topic";
    case Effect::Reply: return "reply";
    case Effect::AttachRoom: return "attach-room";
    case Effect::LeaveRoom: return "leave-room";
    case Effect::ArchiveRoom: return "archive-room";
    case Effect::Invite: return "invite";
    case Effect::PageAnswered: return "page-answered";
    case Effect::PageOver: return "page-over";
    case Effect::Publish: return "publish";
    case Effect::PagerAck: return "pager-acknowledge";
    case Effect::PagerResolve: return "pager-resolve";
    case Effect::PagerNote: return "pager-note";
    case Effect::PagerAssign: return "pager-reassign";
    case Effect::PagerEscalate: return "pager-escalate";
    case Effect::TrackIssue: return "issue";
    case Effect::UpdateIssue: return "update-issue";
    case Effect::PublishReview: return "publish-review";
    }
    return "post";
}

std::string_view word(SuppressorKind kind)
{
    switch (kind) {
    case SuppressorKind::Silence: return "silence";
    case SuppressorKind::Shelf: return "shelf";
    case SuppressorKind::Snooze: return "snooze";
    case SuppressorKind::Window: return "window";
    case SuppressorKind::Held: return "held";
    }
    return "silence";
}

std::string_view word(PagerStatus status)
{
    switch (status) {
    case PagerStatus::Triggered: return "triggered";
    case PagerStatus::Acknowledged: return "acknowledged";
    case PagerStatus::Resolved: return "resolved";
    case PagerStatus::Gone: return "gone";
    }
    return "triggered";
}

std::string_view word(PingKind kind)
{
    switch (kind) {
    case PingKind::Beat: return "beat";
    case PingKind::Start: return "start";
    case PingKind::Fail: return "fail";
    case PingKind::Log: return "log";
    }
    return "beat";
}

std::string_view word(LeftOutTurn turn)
{
    switch (turn) {
    case LeftOutTurn::Counted: return "counted";
    case LeftOutTurn::Began: return "began";
    case LeftOutTurn::Over: return "over";
    }
    return "counted";
}

std::string_view word(HeartbeatPhase phase)
{
    switch (phase) {
    case HeartbeatPhase::Awaiting: return "awaiting";
    case HeartbeatPhase::Healthy: return "healthy";
    case HeartbeatPhase::Late: return "late";
    case HeartbeatPhase::Missed: return "missed";
    }
    return "awaiting";
}

std::uint16_t typeNumber(const Event &event)
{
    return visit([]<typename T>(const T &) { return kTypeNumber<T>; }, event);
}

std::string_view typeName(const Event &event)
{
    return visit(
        []<typename T>(const T &) {
            // "... [with T = qd::events::IncidentDeclared; ...]": the compiler knows the name.
            std::string_view f = __PRETTY_FUNCTION__;
            const auto at = f.find("T = qd::events::");
            f.remove_prefix(at + 16);
            return f.substr(0, f.find_first_of(";]"));
        },
        event);
}

bool isInput(const Event &event)
{
    return visit(
        []<typename T>(const T &e) {
            if constexpr (std::is_same_v<T, AlertsReported>)
                return e.batch.path != Path::Own;
            else if constexpr (std::is_same_v<T, EscalationStarted>)
                return e.group.empty() || !e.targets.empty();
            else if constexpr (std::is_same_v<T, ComponentOverridden> || std::is_same_v<T, PageMaintenanceEnded> || std::is_same_v<T, MessageEnded> || std::is_same_v<T, PollClosed>)
                return e.by.person != "core";
            else if constexpr (std::is_same_v<T, AlertsLeftOut>)
                return e.turn == LeftOutTurn::Counted;
            else
                return !(std::is_same_v<T, SourceWentSilent> || std::is_same_v<T, SourceRecovered> || std::is_same_v<T, RuleFailed>
                         || std::is_same_v<T, AlertsDecided> || std::is_same_v<T, AlertsEnded> || std::is_same_v<T, AlertsUnseen> || std::is_same_v<T, AlertsCarried> || std::is_same_v<T, StepReached>
                         || std::is_same_v<T, EscalationHeld> || std::is_same_v<T, EscalationResumed> || std::is_same_v<T, EscalationEnded> || std::is_same_v<T, OutboxQueued> || std::is_same_v<T, WriteWithheld> || std::is_same_v<T, ErasureRefused> || std::is_same_v<T, ErasureIndexed> || std::is_same_v<T, SecretSuspected>
                         || std::is_same_v<T, GapReviewed> || std::is_same_v<T, ClaimEnded> || std::is_same_v<T, CommandVacant> || std::is_same_v<T, SlaTurned> || std::is_same_v<T, ResolveProposed>
                         || std::is_same_v<T, RefireSeen> || std::is_same_v<T, OnCallChanged> || std::is_same_v<T, Nagged> || std::is_same_v<T, PracticeTurned> || std::is_same_v<T, DeputyCalledOut>
                         || std::is_same_v<T, AlertsSuppressed> || std::is_same_v<T, AlertsFlapped> || std::is_same_v<T, AlertsCorrelated>
                         || std::is_same_v<T, FloodBegan> || std::is_same_v<T, FloodEnded> || std::is_same_v<T, SuppressionBegan>
                         || std::is_same_v<T, SuppressionExpired> || std::is_same_v<T, PageBundled> || std::is_same_v<T, BundleSent> || std::is_same_v<T, HeartbeatTurned>
                         || std::is_same_v<T, SuspectNamed> || std::is_same_v<T, CallFolded> || std::is_same_v<T, CallUnfolded>
                         || std::is_same_v<T, ComponentTurned> || std::is_same_v<T, ComponentDrifted> || std::is_same_v<T, NoticeOverdue>
                         || std::is_same_v<T, PageMaintenanceBegan>
                         || std::is_same_v<T, UpdateMissed> || std::is_same_v<T, UpdateChased> || std::is_same_v<T, MessageSent> || std::is_same_v<T, MessageHeldBack> || std::is_same_v<T, ApprovalLate> || std::is_same_v<T, ReleaseForced>
                         || std::is_same_v<T, IdentityBound> || std::is_same_v<T, IdentityRefused>
                         || std::is_same_v<T, ConfirmationAsked> || std::is_same_v<T, ConfirmationGiven>);
        },
        event);
}

bool changesThePast(const Event &event)
{
    return holds<StreamsErased>(event) || holds<TextStruck>(event) || holds<LineClassed>(event);
}

void append(Events &to, Events more)
{
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

bool changesThePast(const Events &events)
{
    return std::any_of(events.begin(), events.end(), [](const Event &e) { return changesThePast(e); });
}

std::string streamOf(const Event &event, Instant at)
{
    const std::uint16_t type = typeNumber(event);
    const std::string alerts = "alerts/" + toRfc3339(at).substr(0, 10);
    // What a pager holds, and what is noted of alerts, goes with their day.
    if ((type >= 20 && type < 40) || holds<PagerIncidentsSeen>(event) || holds<AlertsNoted>(event) || holds<AlertsLeftOut>(event))
        return alerts;
    // Who took what right and who looked at what is kept by itself, by the month.
    if (holds<GlassBroken>(event) || holds<GlassEnded>(event) || holds<RestrictedRead>(event))
        return "access/" + toRfc3339(at).substr(0, 7);
    std::string stream = visit(
        []<typename T>(const T &e) -> std::string {
            if constexpr (requires { e.incident; }) {
                if (!e.incident.empty())
                    return "incident/" + e.incident;
            }
            // A call without an incident speaks of alerts: its words go when their day goes.
            if constexpr (std::is_same_v<T, EscalationStarted>)
                return {};
            // So does what somebody said to the console alone: it answers such calls.
            else if constexpr (std::is_same_v<T, MessageSeen> || std::is_same_v<T, ChatCommandRefused>)
                return {};
            // What who follows a status page is mailed holds their addresses; those go with their day as well.
            else if constexpr (std::is_same_v<T, OutboxQueued> || std::is_same_v<T, WriteWithheld>)
                return (std::is_same_v<T, OutboxQueued> && e.effect == Effect::Post) || e.effect == Effect::Page || e.effect == Effect::Reply || isForPager(e.effect) ? std::string() : "org";
            else
                return "org";
        },
        event);
    return stream.empty() ? alerts : stream;
}

} // namespace qd::events
