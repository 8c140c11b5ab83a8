// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/base/clocktext.h"
#include "core/state/timeline.h"

#include <algorithm>

/// The fold of who commands and of how an incident is stood down. What RoleAssumed and StatusChanged do to it is with those.
namespace qd::state {

namespace {

constexpr std::string_view kTakenBack = "command.back";

/// Who lost command to a claim may take it back; what was taken back may not be taken back again.
void taken(const State &state, Incident &i, std::string from, const std::string &by)
{
    i.leading.takenBy = from.empty() ? std::string() : by;
    i.leading.takenAt = from.empty() ? Instant{} : state.time;
    i.leading.takenFrom = std::move(from);
}

std::string withReason(std::string text, const std::string &reason)
{
    return reason.empty() ? text : text + ": " + reason;
}

/// A line that says which way command goes, and why where somebody said so.
void noteTurn(State &state, const std::string &incident, const events::Actor &by, CommandTurn turn, const std::string &text, const std::string &reason)
{
    Entry &line = note(state, incident, EntryKind::Command, by.person, withReason(text, reason));
    line.via = by.via;
    line.turn = turn;
    line.reasonAt = reason.empty() ? 0 : static_cast<std::uint32_t>(text.size());
}

} // namespace

void apply(State &state, const events::CommandOffered &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    i->leading.offer = {e.by.person, e.to, e.brief, e.summary, e.actions, e.watch, state.time};
    note(state, e.incident, EntryKind::Command, e.by.person, withReason("offers command to " + state.workspace->nameOf(e.to), e.summary), e.to).via = e.by.via;
}

void apply(State &state, const events::CommandAccepted &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    i->leading.offer = {};
    noteTurn(state, e.incident, e.by, CommandTurn::HandedOver, "accepts command", e.readBack);
}

void apply(State &state, const events::OfferEnded &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const bool declined = i->leading.offer.to == e.by.person;
    i->leading.offer = {};
    note(state, e.incident, EntryKind::Command, e.by.person, withReason(declined ? "declines command" : "withdraws the offer of command", e.reason)).via = e.by.via;
}

void apply(State &state, const events::CommandClaimed &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const bool atOnce = e.until <= state.time;
    if (atOnce) {
        taken(state, *i, e.because.rule == kTakenBack ? std::string() : e.from, e.by.person);
    } else {
        i->leading.claim = {e.by.person, e.from, e.reason, state.time, e.until};
    }
    std::string text = "takes command from " + state.workspace->nameOf(e.from) + (atOnce ? "" : ", unless somebody objects until " + toRfc3339(e.until).substr(11, 8) + " UTC");
    if (atOnce && !e.because.matched.empty())
        text += " (" + e.because.matched.front() + ")";
    noteTurn(state, e.incident, e.by, atOnce ? CommandTurn::Taken : CommandTurn::Asked, text, e.reason);
}

void apply(State &state, const events::ClaimObjected &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const Claim claim = std::exchange(i->leading.claim, {});
    const bool isOwn = claim.person == e.by.person;
    noteTurn(state, e.incident, e.by, isOwn ? CommandTurn::NotTaken : CommandTurn::Objected,
             isOwn ? "does not take command after all" : "objects to " + state.workspace->nameOf(claim.person) + " taking command", e.reason);
}

void apply(State &state, const events::ClaimEnded &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const Claim claim = std::exchange(i->leading.claim, {});
    taken(state, *i, claim.from, claim.person);
    note(state, e.incident, EntryKind::Command, "core", "nobody objected: " + state.workspace->nameOf(claim.person) + " has command", claim.person).turn = CommandTurn::Unobjected;
}

void apply(State &state, const events::CommandVacant &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    i->leading.vacant = e.vacant;
    if (e.vacant)
        note(state, e.incident, EntryKind::Command, "core", "nobody is Incident Commander").turn = CommandTurn::Vacant;
}

void apply(State &state, const events::PersonSeen &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (i && i->holder(Role::Commander) == e.person)
        i->leading.seenAt = std::max(i->leading.seenAt, e.at);
}

void apply(State &state, const events::PracticeTurned &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    std::vector<std::string> &all = i->leading.practice;
    std::erase(all, e.kind);
    if (!e.stands)
        return;
    all.push_back(e.kind);
    note(state, e.incident, EntryKind::Command, "core", e.because.matched.empty() ? e.kind : e.because.matched.front());
}

void apply(State &state, const events::DeputyCalledOut &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    i->leading.calledOutAt = state.time;
    note(state, e.incident, EntryKind::Command, "core", e.text, e.person);
}

void apply(State &state, const events::RoomLeaveAsked &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    if (std::find(i->closing.roomsLeft.begin(), i->closing.roomsLeft.end(), e.room) == i->closing.roomsLeft.end())
        i->closing.roomsLeft.push_back(e.room);
    std::erase(i->closing.roomsArchived, e.room);
    if (e.archive)
        i->closing.roomsArchived.push_back(e.room);
    note(state, e.incident, EntryKind::Command, e.by.person, (e.archive ? "archives and leaves the room " : "leaves the room ") + e.room, e.room).via = e.by.via;
}

void apply(State &state, const events::SlaTurned &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const auto it = std::find_if(i->sla.begin(), i->sla.end(), [&](const SlaSeen &s) { return s.part == e.part; });
    (it == i->sla.end() ? i->sla.emplace_back() : *it) = {e.part, e.state, e.doneAt};
    if (e.state != SlaState::OnTrack)
        note(state, e.incident, EntryKind::Command, "core", "SLA " + e.rule + ", " + std::string(word(e.part)) + ": " + std::string(word(e.state)) + (e.doneAt && e.state == SlaState::Breached ? " and done" : "") + ", due " + dayClockText(e.due));
}

void apply(State &state, const events::ShiftOffered &e)
{
    auto &all = state.shifts.all;
    state.shifts.last = std::max(state.shifts.last, e.shift);
    all.push_back({e.shift, e.by.person, e.to, e.brief, e.summary, e.watch, state.time, {}, false, {}, {}});
    if (all.size() > Shifts::kKept) { // what is still offered stays longest
        const auto answered = std::find_if(all.begin(), all.end(), [](const ShiftHandover &h) { return !h.isOpen(); });
        all.erase(answered == all.end() ? all.begin() : answered);
    }
    note(state, {}, EntryKind::Command, e.by.person, "offers the shift to " + e.to, "shift/" + std::to_string(e.shift)).via = e.by.via;
}

void apply(State &state, const events::ShiftAnswered &e)
{
    for (ShiftHandover &h : state.shifts.all)
        if (h.number == e.shift) {
            h.answeredAt = state.time;
            h.accepted = e.accepted;
            h.words = e.words;
            h.answeredBy = e.by.person;
        }
    note(state, {}, EntryKind::Command, e.by.person, e.accepted ? "takes over the shift" : "leaves the shift where it was", "shift/" + std::to_string(e.shift)).via = e.by.via;
}

void apply(State &state, const events::ResolveProposed &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    i->closing.proposedAt = e.stands ? state.time : Instant{};
    note(state, e.incident, EntryKind::Command, "core",
         e.stands ? "nothing of it fires any more: resolve it?" : "it fires again: not over");
}

void apply(State &state, const events::RefireSeen &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    for (const std::string &key : e.keys)
        if (i->closing.refired.size() < kRefiredKept && std::find(i->closing.refired.begin(), i->closing.refired.end(), key) == i->closing.refired.end())
            i->closing.refired.push_back(key);
    note(state, e.incident, EntryKind::Command, "core",
         std::to_string(e.keys.size()) + (e.keys.size() == 1 ? " alert of it fires" : " alerts of it fire") + " again: reopen it (!reopen, quarterdeckctl reopen " + e.incident + "), or declare a new incident that is linked to it (!again, quarterdeckctl again " + e.incident + ")",
         e.keys.empty() ? "" : e.keys.front());
}

void apply(State &state, const events::StoodDown &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    Closing &c = i->closing;
    c.stoodDownAt = state.time;
    c.verifiedBy = e.verifiedBy;
    c.summary = e.summary;
    c.firingReason = e.firingReason;
    c.reviewOwner = e.reviewOwner;
    c.reviewDue = e.reviewDue;
    c.stillFiring = e.stillFiring;
    c.followUps = e.followUps;
    c.noUpdate = e.noUpdate;
    c.roomsLeft.clear();
    c.roomsArchived.clear();
    for (const events::RoomKept &room : e.rooms) {
        if (room.what != "keep")
            c.roomsLeft.push_back(room.room);
        if (room.what == "archive")
            c.roomsArchived.push_back(room.room);
    }
    std::string text = "stands down, verified by " + state.workspace->nameOf(e.verifiedBy);
    if (!e.stillFiring.empty())
        text += ", " + std::to_string(e.stillFiring.size()) + " still firing (" + e.firingReason + ")";
    if (!e.noUpdate.empty())
        text += ", without a final update (" + e.noUpdate + ")";
    if (!e.reviewOwner.empty())
        text += ", review by " + state.workspace->nameOf(e.reviewOwner) + (e.reviewDue ? " until " + toRfc3339(e.reviewDue).substr(0, 10) : "");
    note(state, e.incident, EntryKind::Command, e.by.person, withReason(std::move(text), e.summary)).via = e.by.via;
}

} // namespace qd::state
