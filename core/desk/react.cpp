// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/react.h"

#include "core/base/numberbehind.h"
#include "core/command/command.h"
#include "core/command/poll.h"
#include "core/comms/template.h"
#include "core/desk/addressed.h"
#include "core/desk/decide.h"
#include "core/desk/direct.h"
#include "core/desk/effects.h"
#include "core/desk/identities.h"
#include "core/desk/invites.h"
#include "core/desk/mergecalls.h"
#include "core/desk/obey.h"
#include "core/desk/pins.h"
#include "core/desk/secrets.h"
#include "core/desk/servicecalls.h"
#include "core/desk/tracking.h"
#include "core/oncall/bundling.h"
#include "core/oncall/escalation.h"
#include "core/oncall/feed.h"
#include "core/oncall/groupcalls.h"
#include "core/oncall/handoffs.h"
#include "core/oncall/pagers.h"

#include <algorithm>

namespace qd::desk {

using state::Entry;
using state::EntryKind;
using state::Incident;
using state::State;

namespace {

/// A poll, with how it is answered here; an answer; its end.
std::string pollAsPost(const Workspace &w, const Incident &incident, const Entry &e, const std::string &who)
{
    const auto poll = std::find_if(incident.polls.begin(), incident.polls.end(), [&](const state::Poll &p) { return "poll/" + std::to_string(p.number) == e.reference; });
    const auto first = std::find_if(incident.timeline.begin(), incident.timeline.end(), [&](const Entry &each) { return each.kind == EntryKind::Poll && each.reference == e.reference; });
    if (poll == incident.polls.end() || first == incident.timeline.end() || first->seq != e.seq)
        return who + ": " + e.text;
    std::string asked;
    for (const std::string &person : poll->people)
        asked += (asked.empty() ? "" : ", ") + w.nameOf(person);
    const std::string n = std::to_string(poll->number);
    return "Poll " + n + " (" + who + "): " + poll->question + "\nAsked: " + asked + ". Answer with !go " + n + " or !nogo " + n + " why" + (poll->due ? ", until " + clockText(poll->due) : std::string());
}

/// How a line of the timeline reads in the incident's room; empty for what is not posted.
std::string asPost(const State &state, const Incident &incident, const Entry &e)
{
    const Workspace &w = *state.workspace;
    const std::string who = w.nameOf(e.actor);
    switch (e.kind) {
    case EntryKind::Log: return who + (e.recordedAt ? " (of " + clockText(e.at) + "): " : ": ") + e.text;
    case EntryKind::Role: {
        for (const auto &[role, held] : incident.roles)
            if (held.person == e.reference && held.since == e.at)
                return w.nameOf(held.person) + " is " + std::string(word(role));
        for (const state::OwnRole &own : incident.ownRoles)
            if (own.held.person == e.reference && own.held.since == e.at)
                return w.nameOf(own.held.person) + " is " + own.title;
        return e.text;
    }
    case EntryKind::Severity: return "Severity " + e.text + " (" + who + ")";
    case EntryKind::Status: return incident.id + " is " + e.text + " (" + who + ")";
    case EntryKind::Task:
        for (const auto &t : incident.tasks)
            if ("task/" + std::to_string(t.number) == e.reference && !e.text.starts_with('@')) // it was taken on
                return "Task " + e.text + " (" + who + ")";
            else if ("task/" + std::to_string(t.number) == e.reference)
                return "Task " + std::to_string(t.number) + " for " + w.nameOf(t.person) + ": " + t.text
                    + (t.due ? ", back by " + clockText(t.due) : "") + " (" + who + ")";
        return {};
    case EntryKind::TaskDone: return "Task " + e.text + " (" + who + ")";
    case EntryKind::Hypothesis: return "Hypothesis: " + e.text + " (" + who + ")";
    case EntryKind::HypothesisSettled: return "Hypothesis " + e.text + " (" + who + ")";
    case EntryKind::Decision: return "Decision: " + e.text + " (" + who + ")";
    case EntryKind::Poll: return pollAsPost(w, incident, e, who);
    case EntryKind::Promise:
        for (const auto &p : incident.promises)
            if ("promise/" + std::to_string(p.number) == e.reference)
                return "Next word to " + p.audience + " by " + clockText(p.due) + (p.text.empty() ? "" : ": " + p.text) + " (" + who + ")";
        return {};
    case EntryKind::Update: return "Update:\n" + e.text;
    case EntryKind::Page: return e.actor == "core" ? "Calling: " + e.text : who + " " + e.text;
    case EntryKind::Acknowledged: return who + " " + e.text;
    case EntryKind::Command: return e.actor == "core" ? incident.id + ": " + e.text : who + " " + e.text;
    default: return {};
    }
}

/// A line, to the incident's rooms. What was said in the room is not said again, but who commands is said everywhere.
events::Events post(const State &state, const Incident &i, const Entry &e)
{
    if (e.via == Path::Chat && e.kind != EntryKind::Command)
        return {};
    const std::string text = asPost(state, i, e);
    if (text.empty())
        return {};
    events::Because because{"post/timeline", {std::string(state::word(e.kind))}, {}};
    // A step that was just reached also says how it is answered.
    const std::uint32_t call = e.kind == EntryKind::Page && e.actor == "core" && e.text.starts_with("step ") ? numberBehind("escalation/", e.reference) : 0;
    if (call >= 1 && call <= state.escalations.size())
        return Gate(state).step(i, state.escalations[call - 1], text, e.reference, std::move(because));
    return Gate(state).post(i, text, e.reference, std::move(because));
}

/// The line just written.
events::Events postNewest(const State &state, const std::string &incidentId)
{
    const Incident *i = state.incident(incidentId);
    return !i || i->timeline.empty() || i->rooms.empty() ? events::Events{} : post(state, *i, i->timeline.back());
}

/// The line of this kind that was just written, though others followed from it already.
events::Events postOf(const State &state, const std::string &incidentId, EntryKind kind)
{
    const Incident *i = state.incident(incidentId);
    if (!i || i->rooms.empty())
        return {};
    const auto e = std::find_if(i->timeline.rbegin(), i->timeline.rend(), [&](const Entry &each) { return each.kind == kind && each.actor != "core"; });
    return e == i->timeline.rend() || e->seq != state.seq ? events::Events{} : post(state, *i, *e);
}

/// A page in trouble goes on by the person's next channel; the one in trouble may still get through.
events::Events moved(const State &state, const events::OutboxMoved &e)
{
    const auto it = state.outbox.find(e.number);
    if (it == state.outbox.end() || it->second.what.effect != events::Effect::Page || !it->second.recalled.empty())
        return {};
    const bool isInTrouble = e.delivery == Delivery::Failed || (e.delivery == Delivery::Queued && !e.reason.empty());
    return isInTrouble ? Gate(state).nextChannel(it->second) : events::Events{};
}

/// The pagers that were told of an incident's calls hear that it is over.
events::Events overWith(const State &state, const std::string &incident)
{
    events::Events out;
    for (const state::Escalation &x : state.escalations)
        if (x.incident == incident)
            append(out, Gate(state).tellPagers(x, events::Effect::PageOver));
    return out;
}

/// A line put otherwise, as it reads now.
events::Events revised(const State &state, const events::LogRevised &e)
{
    const Incident *i = state.incident(e.incident);
    if (!i || i->rooms.empty())
        return {};
    const auto line = std::find_if(i->timeline.begin(), i->timeline.end(), [&](const Entry &each) { return each.reference == e.reference && each.kind == EntryKind::Log; });
    if (line == i->timeline.end() || line->revisedAt != state.time)
        return {};
    return Gate(state).post(*i, state.workspace->nameOf(line->actor) + " (corrected): " + line->text, line->reference, {"post/timeline", {"revised"}, {}});
}

/// What its rooms are headed with, when that is not so any more.
events::Events headedAnew(const State &state, const std::string &incident, Instant now)
{
    const Incident *i = state.incident(incident);
    return i ? Gate(state).topic(*i, now) : events::Events{};
}

/// A topic that is settled one way or the other: what has changed while it was under way goes out now.
events::Events topicSettled(const State &state, const events::OutboxMoved &e, Instant now)
{
    const auto it = state.outbox.find(e.number);
    if (it == state.outbox.end() || it->second.what.effect != events::Effect::Topic || e.delivery == Delivery::Queued || e.delivery == Delivery::Sent)
        return {};
    return headedAnew(state, it->second.what.incident, now);
}

/// Somebody's own room is the incident's, and what was said in it before was heard: who is called since before that was so hears of it there.
events::Events attached(const State &state, const events::OutboxMoved &e)
{
    const auto it = state.outbox.find(e.number);
    const Incident *i = it != state.outbox.end() && it->second.what.effect == events::Effect::AttachRoom && e.delivery == Delivery::Confirmed ? state.incident(it->second.what.incident) : nullptr;
    if (!i)
        return {};
    const auto room = std::find_if(i->rooms.begin(), i->rooms.end(), [&](const state::Room &r) { return r.connection == it->second.what.connection && r.address == it->second.what.room; });
    return room == i->rooms.end() ? events::Events{} : unheard(state, *i, *room);
}

/// What stands open or is to be left once an incident is over; rooms that were left are entered again when it is not.
events::Events afterStatus(const State &state, const events::StatusChanged &e)
{
    const Incident *i = state.incident(e.incident);
    if (!i)
        return {};
    events::Events out;
    if (!i->isOpen()) {
        out = command::pollsOver(*i);
        append(out, Gate(state).leaveRooms(*i, {"room/stood-down", {"the stand-down sheet says so"}, {}}));
    } else {
        for (const state::Room &room : i->rooms)
            if (room.leftAt)
                append(out, Gate(state).enterAgain(*i, room));
    }
    return out;
}

/// The same for calls that alerts made by themselves and somebody answered: they are over with the last of the group's alerts.
events::Events overWithAlerts(const State &state)
{
    const bool hasPager = std::any_of(state.sources.begin(), state.sources.end(), [](const state::Source &s) { return triggersIncidents(s.connection.kind); });
    std::vector<std::uint32_t> told;
    std::vector<std::string> groups;
    for (const auto &[n, o] : state.outbox) {
        const std::uint32_t number = o.what.effect == events::Effect::Page && hasPager ? o.what.escalation : 0;
        if (number == 0 || number > state.escalations.size() || std::find(told.begin(), told.end(), number) != told.end())
            continue;
        const state::Escalation &x = state.escalations[number - 1];
        if (x.group.empty() || x.isRunning())
            continue;
        told.push_back(number);
        groups.push_back(x.group);
    }
    if (told.empty())
        return {};
    events::Events out;
    const auto standing = oncall::standings(state, groups);
    for (std::size_t n = 0; n < told.size(); ++n)
        if (standing[n].firing == 0)
            append(out, Gate(state).tellPagers(state.escalations[told[n] - 1], events::Effect::PageOver));
    return out;
}

events::Events answered(const State &state, const events::EscalationAcknowledged &e)
{
    events::Events out = postNewest(state, e.incident);
    if (e.escalation >= 1 && e.escalation <= state.escalations.size())
        if (const state::Escalation &x = state.escalations[e.escalation - 1]; x.outcome == "acknowledged")
            append(out, Gate(state).tellPagers(x, events::Effect::PageAnswered));
    return out;
}

events::Events pages(const State &state, const events::StepReached &e, Instant now)
{
    events::Events out = postNewest(state, e.incident);
    if (e.escalation == 0 || e.escalation > state.escalations.size())
        return out;
    const state::Escalation &x = state.escalations[e.escalation - 1];
    if (x.observed || x.steps.empty())
        return out;
    for (const auto &person : e.people) {
        auto bundling = oncall::bundling(state, x, person, now);
        if (bundling.waits)
            out.emplace_back(events::PageBundled{x.number, e.step, e.incident, person, std::move(bundling.because)});
        else
            append(out, Gate(state).page(x, x.steps.back(), person));
    }
    append(out, unheard(state, e));
    for (const auto &channel : e.channels)
        append(out, Gate(state).pageChannel(x, x.steps.back(), channel));
    return out;
}

/// Who is to take over a shift hears of it, wherever they are.
events::Events shiftOffered(const State &state, const events::ShiftOffered &e)
{
    const std::string from = state.workspace->nameOf(e.by.person), id = "shift/" + std::to_string(e.shift);
    std::string text = from + " offers you the shift: " + e.brief + ".";
    for (const auto &[title, words] : {std::pair<const char *, const std::string &>{"In their words: ", e.summary}, {"Watch: ", e.watch}})
        if (!words.empty())
            text += std::string("\n") + title + words;
    return Gate(state).notice(e.to, from + " offers you the shift", text + "\nWhat stands: quarterdeckctl brief. Take it over by saying it back: quarterdeckctl accept --shift --read-back \"…\"", "told/" + id, {"shift/offered", {id}, {}});
}

/// An update that goes elsewhere is not said in a room because one is there.
bool isForRooms(const Incident &incident, const Entry &line)
{
    const auto u = std::find_if(incident.updates.begin(), incident.updates.end(), [&](const state::Update &each) { return line.reference == "update/" + std::to_string(each.number); });
    return line.kind != EntryKind::Update || u == incident.updates.end() || u->to.empty() || std::find(u->to.begin(), u->to.end(), "rooms") != u->to.end();
}

/// Whether a line written before a room was there is said in it. What was commanded in chat the room where that was done heard: of that a room that is the incident's for the first time (`isNew`,
/// so it was not that room) is told what people go by.
bool isCaughtUp(const Incident &incident, const Entry &line, bool isNew)
{
    const bool isGoneBy = line.kind == EntryKind::Decision || line.kind == EntryKind::Hypothesis;
    if (line.outbox != 0 || !isForRooms(incident, line))
        return false;
    return line.via == Path::Chat ? isNew && isGoneBy : isGoneBy || line.kind == EntryKind::Log || line.kind == EntryKind::Update;
}

/// What is said in a fresh room: where things stand, then what was written before the room was there.
events::Events greet(const State &state, const events::RoomLinked &e, Instant now)
{
    const Incident *i = state.incident(e.incident);
    if (!i)
        return {};
    Gate gate(state);
    events::Events out = gate.topic(*i, now);
    append(out, gate.post(*i, situation(state, *i), i->timeline.empty() ? "" : i->timeline.front().reference, {"post/greeting", {"the room is there"}, {}}));
    const bool isNew = std::count_if(i->timeline.begin(), i->timeline.end(), [&](const Entry &each) { return each.kind == EntryKind::Room && each.room == e.room; }) == 1; // it says so itself
    for (const Entry &entry : i->timeline) {
        if (!isCaughtUp(*i, entry, isNew))
            continue;
        const bool isFromChat = entry.via == Path::Chat; // every other room heard it, where it was said or when
        events::Events said = gate.post(*i, asPost(state, *i, entry), isFromChat ? std::string() : entry.reference, {"post/catch-up", {"written before the room was there"}, {}});
        append(out, isFromChat ? onlyThere(std::move(said), {e.connection, e.room}) : std::move(said));
    }
    return out;
}

/// True when something ended or fires again, which may end an incident or bring it back.
bool turns(const events::AlertsDecided &e)
{
    return std::any_of(e.verdict.begin(), e.verdict.end(), [](std::uint8_t v) {
        return v == static_cast<std::uint8_t>(events::Verdict::Resolved) || v == static_cast<std::uint8_t>(events::Verdict::Refired)
            || v == static_cast<std::uint8_t>(events::Verdict::Reopened);
    });
}

} // namespace

namespace {

/// Whether somebody works on its incident since, or it has a room since.
template <typename T>
constexpr bool kBringsSomebody = std::is_same_v<T, events::RoomLinked> || std::is_same_v<T, events::RoleAssumed> || std::is_same_v<T, events::TaskAssigned>
    || std::is_same_v<T, events::StepReached> || std::is_same_v<T, events::CommandAccepted> || std::is_same_v<T, events::ClaimEnded>;

/// Whether a rendition of its incident's review may read otherwise since.
template <typename T>
constexpr bool kIsReadInAReview = std::is_same_v<T, events::ActionKept> || std::is_same_v<T, events::ActionTurned> || std::is_same_v<T, events::ActionTracked>
    || std::is_same_v<T, events::FactorRated> || std::is_same_v<T, events::ReviewTurned> || std::is_same_v<T, events::TitleCorrected> || std::is_same_v<T, events::RoleAssumed>;

events::Events follows(const State &state, const events::Event &event, Instant now)
{
    return visit(
        [&]<typename T>(const T &e) -> events::Events {
            if constexpr (std::is_same_v<T, events::IncidentDeclared>) {
                if (e.until) // nobody is called for what is over
                    return {};
                events::Events out = callsOf(state, e, now);
                const Incident *i = state.incident(e.incident);
                if (std::string url = i ? conferenceOf(*state.workspace, *i) : std::string(); !url.empty())
                    out.emplace_back(events::LinkPinned{i->id, std::string(comms::kConferenceLink), std::move(url), {"core", Path::Own}});
                if (i && !e.attach.empty())
                    append(out, Gate(state).attachRoom(*i, e.attach, {"room/attach", {e.by.person + " named it in the declaration"}, {}}));
                else if (i && e.room)
                    append(out, Gate(state).createRoom(*i, {"room/on-declare", {"an incident gets a room of its own"}, {}}));
                return out;
            } else if constexpr (std::is_same_v<T, events::EscalationStarted> || std::is_same_v<T, events::EscalatedByHand> || std::is_same_v<T, events::CallUnfolded>) {
                return oncall::advance(state, now);
            } else if constexpr (std::is_same_v<T, events::WorkspaceChanged>) {
                events::Events out = leftBehind(state, now);
                append(out, oncall::withdrawUnnamed(state));
                append(out, oncall::lookAgain(state, {}, now));
                return out;
            } else if constexpr (std::is_same_v<T, events::CoreStarted>) {
                return leftBehind(state, now); // of before this was done when they left
            } else if constexpr (std::is_same_v<T, events::ScheduleOverridden> || std::is_same_v<T, events::OverridesWithdrawn>) {
                return oncall::lookAgain(state, e.schedule, now);
            } else if constexpr (std::is_same_v<T, events::StepReached>) {
                return pages(state, e, now);
            } else if constexpr (std::is_same_v<T, events::RoomAsked>) {
                const Incident *i = state.incident(e.incident);
                return i ? Gate(state).attachRoom(*i, e.room, {"room/attach", {e.by.person + " asked for it"}, {}}) : events::Events{};
            } else if constexpr (std::is_same_v<T, events::RoomLinked>) {
                return greet(state, e, now);
            } else if constexpr (std::is_same_v<T, events::HeadSigned>) {
                const Incident *i = state.incident(e.incident);
                return i ? Gate(state).head(*i, e) : events::Events{};
            } else if constexpr (std::is_same_v<T, events::IdentitySaid>) {
                return bound(state, e, now);
            } else if constexpr (std::is_same_v<T, events::GlassBroken>) {
                events::Events out = toldOf(state, e);
                for (const std::string &incident : e.incidents)
                    append(out, postNewest(state, incident));
                return out;
            } else if constexpr (std::is_same_v<T, events::ShiftOffered>) {
                return shiftOffered(state, e);
            } else if constexpr (std::is_same_v<T, events::MessageSeen>) {
                if (e.kind == events::MessageKind::Reaction || e.kind == events::MessageKind::Unreaction)
                    return pinned(state, e, now);
                events::Events out = suspected(state, e);
                append(out, e.incident.empty() && !e.person.empty() && callAnswered(e.text) ? obeyDirect(state, e, now) : obey(state, e, now));
                return out;
            } else if constexpr (std::is_same_v<T, events::SecretSuspected>) {
                return tellOfSecret(state, e);
            } else if constexpr (std::is_same_v<T, events::LogWritten>) {
                events::Events out = postNewest(state, e.incident);
                append(out, suspected(state, e));
                return out;
            } else if constexpr (std::is_same_v<T, events::StatusChanged>) {
                events::Events out = postNewest(state, e.incident);
                append(out, headedAnew(state, e.incident, now));
                append(out, oncall::advance(state, now));
                if (e.status >= IncidentStatus::Resolved)
                    append(out, overWith(state, e.incident));
                append(out, afterStatus(state, e));
                if (e.status <= IncidentStatus::Active) // all of it may be over already
                    append(out, command::afterAlerts(state, now));
                return out;
            } else if constexpr (std::is_same_v<T, events::IncidentMerged>) {
                events::Events out = postOf(state, e.incident, EntryKind::Status);
                append(out, headedAnew(state, e.incident, now));
                append(out, oncall::advance(state, now)); // its calls end
                append(out, mergedAway(state, e));
                append(out, overWith(state, e.incident));
                return out;
            } else if constexpr (std::is_same_v<T, events::IncidentUnmerged>) {
                events::Events out = postOf(state, e.incident, EntryKind::Status);
                append(out, headedAnew(state, e.incident, now));
                append(out, callAgain(state, e, now));
                append(out, command::afterAlerts(state, now));
                return out;
            } else if constexpr (std::is_same_v<T, events::DeputyCalledOut>) { // a prompt is not worth a line of its own about a post that was withheld
                const Incident *i = state.incident(e.incident);
                return i && canPost(state, *i) ? postNewest(state, e.incident) : events::Events{};
            } else if constexpr (std::is_same_v<T, events::RoomLeaveAsked>) {
                const Incident *i = state.incident(e.incident);
                return i ? Gate(state).leaveRooms(*i, {"room/left", {e.by.person + " asked for it"}, {}}) : events::Events{};
            } else if constexpr (std::is_same_v<T, events::LogRevised>) {
                events::Events out = revised(state, e);
                append(out, suspected(state, e));
                return out;
            } else if constexpr (std::is_same_v<T, events::IncidentPlaced>) {
                return postNewest(state, e.incident);
            } else if constexpr (std::is_same_v<T, events::Nagged>) {
                const Incident *i = state.incident(e.incident);
                const bool isPrompt = e.subject.ends_with(events::kScopeOf) || e.subject.ends_with(events::kLongOf) || e.subject.ends_with(events::kTiredOf);
                const bool isSaid = i && !e.person.empty() && (!isPrompt || canPost(state, *i)); // a prompt is not worth a line about a post that was withheld
                events::Events out = isSaid ? postNewest(state, e.incident) : events::Events{};
                if (state.workspace->person(e.person))
                    append(out, Gate(state).notice(e.person, e.subject + " wants looking at", e.incident.empty() ? e.text : e.incident + ": " + e.text, "told/nag/" + e.subject, e.because));
                return out;
            } else if constexpr (std::is_same_v<T, events::IncidentAbsorbed> || std::is_same_v<T, events::IncidentReleased>) {
                events::Events out = postOf(state, e.incident, EntryKind::Command);
                append(out, command::afterAlerts(state, now));
                return out;
            } else if constexpr (std::is_same_v<T, events::AlertsDecided>) {
                if (!turns(e))
                    return {};
                events::Events out = command::afterAlerts(state, now);
                append(out, overWithAlerts(state));
                return out;
            } else if constexpr (std::is_same_v<T, events::AlertsEnded> || std::is_same_v<T, events::AlertsClosed> || std::is_same_v<T, events::AlertsAttached>
                                 || std::is_same_v<T, events::AlertsDetached>) {
                events::Events out = command::afterAlerts(state, now);
                append(out, overWithAlerts(state));
                return out;
            } else if constexpr (std::is_same_v<T, events::CommandOffered> || std::is_same_v<T, events::CommandAccepted> || std::is_same_v<T, events::OfferEnded>
                                 || std::is_same_v<T, events::CommandClaimed> || std::is_same_v<T, events::ClaimObjected> || std::is_same_v<T, events::ClaimEnded>
                                 || std::is_same_v<T, events::ResolveProposed> || std::is_same_v<T, events::RefireSeen> || std::is_same_v<T, events::StoodDown>) {
                return postNewest(state, e.incident);
            } else if constexpr (std::is_same_v<T, events::UpdateIssued>) {
                const Incident *i = state.incident(e.incident);
                if (!i || !e.byHand.empty()) // it was posted, elsewhere
                    return {};
                return e.to.empty() ? postNewest(state, e.incident) : Gate(state).update(*i, e); // of before updates had destinations
            } else if constexpr (std::is_same_v<T, events::CommandVacant>) {
                return e.vacant ? postNewest(state, e.incident) : events::Events{};
            } else if constexpr (std::is_same_v<T, events::TitleCorrected>) {
                events::Events out = postNewest(state, e.incident);
                append(out, headedAnew(state, e.incident, now));
                return out;
            } else if constexpr (std::is_same_v<T, events::ServiceCorrected>) {
                events::Events out = postNewest(state, e.incident);
                append(out, callsOf(state, e, now));
                return out;
            } else if constexpr (std::is_same_v<T, events::SeverityChanged>) {
                events::Events out = postNewest(state, e.incident);
                append(out, headedAnew(state, e.incident, now));
                return out;
            } else if constexpr (std::is_same_v<T, events::RoleAssumed>
                                 || std::is_same_v<T, events::TaskAssigned> || std::is_same_v<T, events::TaskDone> || std::is_same_v<T, events::TaskAccepted> || std::is_same_v<T, events::HypothesisRaised>
                                 || std::is_same_v<T, events::HypothesisSettled> || std::is_same_v<T, events::DecisionMade>
                                 || std::is_same_v<T, events::PollAsked> || std::is_same_v<T, events::PollAnswered> || std::is_same_v<T, events::PollClosed>
                                 || std::is_same_v<T, events::PromiseMade> || std::is_same_v<T, events::PagePosted>
                                 || std::is_same_v<T, events::PersonReached>) {
                return postNewest(state, e.incident);
            } else if constexpr (std::is_same_v<T, events::EscalationAcknowledged>) {
                return answered(state, e);
            } else if constexpr (std::is_same_v<T, events::EscalationEnded>) {
                // Of one that was missed or ended the problem is over; of one nobody answered it is not.
                return (e.outcome == "missed" || e.outcome == "ended") && e.escalation >= 1 && e.escalation <= state.escalations.size()
                    ? Gate(state).tellPagers(state.escalations[e.escalation - 1], events::Effect::PageOver)
                    : events::Events{};
            } else if constexpr (std::is_same_v<T, events::OutboxMoved>) {
                events::Events out = moved(state, e);
                append(out, arrivedThere(state, e));
                append(out, topicSettled(state, e, now));
                append(out, attached(state, e));
                return out;
            } else if constexpr (std::is_same_v<T, events::ActionKept> || std::is_same_v<T, events::ActionTurned>) {
                events::Events out = suspected(state, e);
                append(out, tellTracker(state, e));
                return out;
            } else if constexpr (std::is_same_v<T, events::FactImported> || std::is_same_v<T, events::SectionWritten> || std::is_same_v<T, events::ReviewCommented>
                                 || std::is_same_v<T, events::ContributionGiven> || std::is_same_v<T, events::FactorRated>) {
                return suspected(state, e);
            } else if constexpr (std::is_same_v<T, events::BundleSent>) {
                return Gate(state).bundle(e);
            } else if constexpr (std::is_same_v<T, events::PageTested>) {
                return Gate(state).testPage(e);
            } else if constexpr (std::is_same_v<T, events::PagerIncidentsSeen>) {
                return oncall::heardFromPager(state, e);
            } else if constexpr (std::is_same_v<T, events::AlertsAcknowledged> || std::is_same_v<T, events::AlertsAssigned> || std::is_same_v<T, events::AlertsNoted>) {
                return Gate(state).tellHolders(e);
            } else {
                return {};
            }
        },
        event);
}

} // namespace

events::Events react(const State &state, const events::Event &event, Instant now)
{
    events::Events out = follows(state, event, now);
    append(out, visit([&]<typename T>(const T &e) -> events::Events {
        if constexpr (kBringsSomebody<T>)
            return invited(state, e.incident);
        else
            return {};
    }, event));
    append(out, visit([&]<typename T>(const T &e) -> events::Events {
        if constexpr (std::is_same_v<T, events::SectionWritten>)
            return e.draft ? events::Events{} : writePagesAnew(state, e.incident); // nobody's draft is published
        else if constexpr (kIsReadInAReview<T>)
            return writePagesAnew(state, e.incident);
        else
            return {};
    }, event));
    return out;
}

} // namespace qd::desk
