// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/base/numberbehind.h"
#include "core/events/texts.h"
#include "core/model/issuetext.h"
#include "core/state/intervening.h"
#include "core/state/timeline.h"

#include <algorithm>
#include <charconv>

namespace qd::state {

namespace {


Escalation *escalationOf(State &state, std::uint32_t number)
{
    return number >= 1 && number <= state.escalations.size() ? &state.escalations[number - 1] : nullptr;
}

std::string names(const std::vector<std::string> &people)
{
    std::string out;
    for (const auto &p : people)
        out += (out.empty() ? "" : ", ") + p;
    return out.empty() ? "nobody" : out;
}

/// Targets that take turns: the next call of this step is the next one's.
void takeTurn(State &state, const Escalation &x, std::uint32_t step)
{
    const Policy *policy = state.workspace->policy(x.policy);
    if (!policy || step == 0 || step > policy->steps.size() || !policy->steps[step - 1].roundRobin)
        return;
    auto &turns = state.rota.turns;
    for (Turn &t : turns)
        if (t.step == step && t.policy == x.policy) {
            ++t.taken;
            return;
        }
    if (turns.size() < Rota::kTurnsKept)
        turns.push_back({x.policy, step, 1});
}

} // namespace

std::string calling(const Step &step, std::string_view verb)
{
    // Who would be called is named with or without an address; who is called has one.
    const bool really = !verb.starts_with("would");
    std::vector<std::string> reached;
    for (const auto &p : step.people)
        if (!really || std::find(step.unreachable.begin(), step.unreachable.end(), p) == step.unreachable.end())
            reached.push_back(p);
    return "step " + std::to_string(step.number) + " " + std::string(verb) + " " + names(reached)
        + (step.unreachable.empty() ? "" : "; " + names(step.unreachable) + (step.unreachable.size() == 1 ? " has" : " have") + " no address to call")
        + (step.late ? " (late)" : "");
}

void apply(State &state, const events::EscalationStarted &e)
{
    if (e.escalation > state.escalations.size() + kEscalationsAhead)
        return;
    // Those between were in streams that are gone; they are not running.
    while (state.escalations.size() < e.escalation) {
        Escalation &gone = state.escalations.emplace_back();
        gone.number = static_cast<std::uint32_t>(state.escalations.size());
        gone.outcome = "erased";
    }
    Escalation *x = escalationOf(state, e.escalation);
    if (!x)
        return;
    x->number = e.escalation;
    x->policy = e.policy;
    x->incident = e.incident;
    x->service = e.service;
    x->about = e.about;
    x->observed = e.observed;
    x->answers = e.answers;
    x->group = e.group;
    x->severity = e.severity;
    x->targets = e.targets;
    x->outcome.clear();
    x->startedAt = state.time;
    x->because = {e.because};
    // That a declaration calls people is part of declaring.
    if (const Incident *i = e.group.empty() ? state.incident(e.incident) : nullptr; i && i->declaredAt != state.time)
        const Intervening override(state, e.by, InterventionKind::Escalated, 0, "escalation/" + std::to_string(e.escalation));
    note(state, e.incident, EntryKind::Escalation, e.by.person, (e.targets.empty() ? "escalation " + e.policy + " started for " : "calls " + names(e.targets) + " by name for ") + e.about,
         "escalation/" + std::to_string(e.escalation));
}

void apply(State &state, const events::StepReached &e)
{
    Escalation *x = escalationOf(state, e.escalation);
    if (!x)
        return;
    x->steps.push_back({e.step, e.round, e.people, state.time, e.until, e.late, e.unreachable, e.channels});
    x->because.push_back(e.because);
    x->hurried = false;
    x->hurriedStep = 0;
    x->hurriedPerson.clear();
    takeTurn(state, *x, e.step);
    const std::string likely = consequence(*x);
    note(state, e.incident, EntryKind::Page, "core", calling(x->steps.back(), x->observed ? "would call" : "calls") + (likely.empty() ? "" : "; " + likely),
         "escalation/" + std::to_string(e.escalation));
}

void apply(State &state, const events::EscalatedByHand &e)
{
    if (Escalation *x = escalationOf(state, e.escalation)) {
        x->hurried = true;
        x->hurriedStep = e.step;
        x->hurriedPerson = e.person;
        const Intervening override(state, e.by, InterventionKind::Escalated, 0, "escalation/" + std::to_string(e.escalation), e.reason);
        if (e.by.via == Path::Person && e.by.person != "core")
            oweOf(state, x->incident, e.by, "escalated", 0, e.reason);
        note(state, e.incident, EntryKind::Escalation, e.by.person,
             (!e.person.empty() ? "call " + e.person + " now" : e.step != 0 ? "escalate to step " + std::to_string(e.step) : "escalate now") + (e.reason.empty() ? "" : ": " + e.reason), "escalation/" + std::to_string(e.escalation)).via = e.by.via;
    }
}

void apply(State &state, const events::EscalationAcknowledged &e)
{
    Escalation *x = escalationOf(state, e.escalation);
    if (!x || !x->isRunning())
        return;
    if (std::find(x->answeredBy.begin(), x->answeredBy.end(), e.by.person) == x->answeredBy.end())
        x->answeredBy.push_back(e.by.person);
    const std::size_t wanted = std::max<std::size_t>(1, x->answers);
    if (x->answeredBy.size() >= wanted) {
        x->outcome = "acknowledged";
        x->acknowledgedBy = e.by.person;
        x->acknowledgedAt = x->endedAt = state.time;
    }
    note(state, e.incident, EntryKind::Acknowledged, e.by.person,
         "acknowledged the call for " + x->about
             + (wanted > 1 ? " (" + std::to_string(x->answeredBy.size()) + " of " + std::to_string(wanted) + " answers)" : "")
             + (e.by.via == Path::Link ? ", by the link in the page" : "") + (e.saidBy.empty() ? "" : ", as " + e.saidBy + " says"),
         "escalation/" + std::to_string(e.escalation))
        .via = e.by.via;
}

void apply(State &state, const events::EscalationHeld &e)
{
    Escalation *x = escalationOf(state, e.escalation);
    if (!x || !x->isRunning())
        return;
    x->heldBy = e.incident.empty() ? kQuiet : std::string_view(e.incident);
    note(state, e.incident, EntryKind::Escalation, "core", "the calls for " + x->about + " wait " + "while " + (e.incident.empty() ? "its alerts are quiet" : e.incident + " sees to it"),
         "escalation/" + std::to_string(e.escalation));
}

void apply(State &state, const events::EscalationResumed &e)
{
    Escalation *x = escalationOf(state, e.escalation);
    if (!x || !x->isRunning())
        return;
    x->heldBy.clear();
    if (!x->steps.empty())
        x->steps.back().until = e.until;
    note(state, e.incident, EntryKind::Escalation, "core", "the calls for " + x->about + " go on",
         "escalation/" + std::to_string(e.escalation));
}

void apply(State &state, const events::EscalationEnded &e)
{
    Escalation *x = escalationOf(state, e.escalation);
    if (!x || !x->isRunning())
        return;
    x->outcome = e.outcome;
    x->endedAt = state.time;
    x->because.push_back(e.because);
    note(state, e.incident, EntryKind::Escalation, "core", "escalation " + x->policy + " " + e.outcome,
         "escalation/" + std::to_string(e.escalation));
}

namespace {

/// What waits is remembered as said once in another room, or as withheld there.
void saidInstead(State &state, std::uint64_t waiting, const std::string &in, const std::string &why)
{
    const auto it = state.outbox.find(waiting);
    if (it == state.outbox.end())
        return;
    it->second.insteadAt = state.time;
    it->second.insteadIn = in;
    it->second.insteadWhy = why;
}

} // namespace

void recall(const State &state, OutboxEntry &entry, const std::string &why)
{
    const bool isSettled = entry.delivery == Delivery::Confirmed || (entry.delivery == Delivery::Failed && entry.recalled.empty());
    if (isSettled || entry.recalledAt)
        return;
    entry.recalled = why;
    entry.recalledAt = state.time;
    if (entry.delivery != Delivery::Queued)
        return;
    entry.delivery = Delivery::Failed;
    entry.reason = why;
    entry.movedAt = state.time;
}

std::string placeOf(const events::OutboxQueued &what)
{
    return what.connection + (what.room.empty() ? what.person.empty() ? std::string() : "/" + what.person : "/" + what.room);
}

namespace {

/// A page that had not arrived goes nowhere any more: the review reads otherwise than it does.
void overtaken(State &state, std::uint64_t number)
{
    if (const auto it = state.outbox.find(number); it != state.outbox.end())
        recall(state, it->second, std::string(kWrittenOtherwise));
}

/// … nor does another one of the same, which was made for the same words.
void overtaken(State &state, const events::OutboxQueued &by)
{
    for (auto &[number, o] : state.outbox)
        if (number < by.number && o.what.effect == by.effect && o.what.incident == by.incident && o.what.connection == by.connection && o.what.subject == by.subject)
            recall(state, o, std::string(kWrittenOtherwise));
}

} // namespace

void apply(State &state, const events::OutboxQueued &e)
{
    OutboxEntry &o = state.outbox[e.number];
    o.what = e;
    o.queuedAt = o.movedAt = state.time;
    if (e.text == events::kStruckText && e.effect != events::Effect::CreateRoom) { // nobody is sent a text that was struck; a room is made without it
        o.delivery = Delivery::Failed;
        o.recalled = o.reason = kItsTextWasStruck;
    }
    state.lastOutbox = std::max(state.lastOutbox, e.number);
    if (e.effect == events::Effect::Topic) // the newest is the one that is set
        for (auto &[number, other] : state.outbox)
            if (other.again && other.what.connection == e.connection && other.what.room == e.room) {
                other.again = {};
                other.reason += "; a newer one took its place";
            }
    if (e.instead != 0 && e.effect == events::Effect::PublishReview) {
        overtaken(state, e);
    } else if (e.instead != 0) {
        saidInstead(state, e.instead, e.connection + "/" + e.room, {});
        const auto waiting = state.outbox.find(e.instead);
        note(state, e.incident, EntryKind::Room, "core", "said in " + e.room + " instead" + (waiting == state.outbox.end() ? "" : ", because " + waiting->second.what.room + " does not take it"), e.subject);
    }
    if (e.because.rule == "asked" && !events::isForPager(e.effect)) // a silence at its source, or the end of one
        const Intervening override(state, {e.person, Path::Person}, InterventionKind::SilenceWritten, 0,
                                   e.connection + (e.effect == events::Effect::ExpireSilence ? "/" + e.text : std::string()));
    // The line of the timeline it carries outside shows how far it got.
    if (Incident *i = incidentOf(state, e.incident)) {
        if (e.effect == events::Effect::Invite)
            for (Room &room : i->rooms)
                if (room.connection == e.connection && room.address == e.room && std::find(room.invited.begin(), room.invited.end(), e.person) == room.invited.end())
                    room.invited.push_back(e.person);
        for (std::size_t n = i->timeline.size(); n-- > 0;)
            if (const Entry &line = i->timeline[n]; line.outbox == 0 && !line.reference.empty() && line.reference == e.subject) {
                i->timeline.edit(n).outbox = e.number;
                break;
            }
        for (const OutwardMessage &m : i->outward)
            if (m.reachedNobody && e.effect == events::Effect::Post && e.subject == "message/" + std::to_string(m.number)) {
                reached(state, *i, m.number);
                break;
            }
        if (e.subject.starts_with("update/"))
            for (Update &u : i->updates)
                if ("update/" + std::to_string(u.number) == e.subject) {
                    u.outbox = e.number;
                    if (e.effect == events::Effect::Post)
                        updateReached(state, *i, u);
                }
    }
    // Settled entries beyond the limit are forgotten, oldest first; what is under way never is.
    if (state.outbox.size() > State::kOutboxKept)
        for (auto it = state.outbox.begin(); it != state.outbox.end(); ++it)
            if (it->second.again <= state.time && (it->second.delivery == Delivery::Confirmed || it->second.delivery == Delivery::Failed)) {
                state.outbox.erase(it);
                break;
            }
}

namespace {

/// What was on its way when it was taken back: whether it went out, and where.
void tellOfRecalled(State &state, const OutboxEntry &o, Delivery now, const std::string &reason)
{
    const bool wasUnderWay = o.delivery == Delivery::Sent || o.delivery == Delivery::Unknown;
    std::string said;
    if (now == Delivery::Confirmed && o.delivery != now)
        said = "had gone out to " + placeOf(o.what) + " already when " + o.recalled;
    else if (now == Delivery::Unknown && o.delivery != now)
        said = "may have gone out to " + placeOf(o.what) + " before " + o.recalled + (reason.empty() ? "" : ": " + reason);
    else if (now == Delivery::Failed && wasUnderWay)
        said = "has not gone out to " + placeOf(o.what) + " as a whole: " + (reason.empty() ? o.recalled : reason);
    if (!said.empty())
        note(state, o.what.incident, EntryKind::Outward, "core", (o.what.subject.empty() ? "a post" : o.what.subject) + " " + said);
}

/// What an issue says of ours from now on.
void updateTold(State &state, const events::OutboxQueued &what)
{
    Incident *i = incidentOf(state, what.incident);
    if (!i)
        return;
    for (Action &a : i->review.actions)
        if (Tracked &t = a.tracked; a.number == what.action && t.connection == what.connection && t.key == what.room) {
            t.toldTitle = hashOfIssueText(what.title);
            t.toldText = hashOfIssueText(what.text);
            t.toldDue = what.due;
        }
}

} // namespace

void apply(State &state, const events::OutboxMoved &e)
{
    const auto it = state.outbox.find(e.number);
    if (it == state.outbox.end())
        return;
    OutboxEntry &o = it->second;
    const bool isEnded = o.recalledAt && e.delivery == Delivery::Queued; // it is not tried again; of before it was taken back stands what was so
    const Delivery delivery = isEnded ? Delivery::Failed : e.delivery;
    const std::string reason = isEnded ? o.recalled : e.reason;
    if (o.recalledAt)
        tellOfRecalled(state, o, delivery, reason);
    o.delivery = delivery;
    o.reason = reason;
    o.again = {};
    if (e.again && delivery == Delivery::Failed && o.recalled.empty() && o.what.effect == events::Effect::Topic)
        o.again = std::clamp(e.again, state.time + kAgainLeast, state.time + kAgainMost);
    if (e.looked != Looked::NotYet)
        o.looked = e.looked;
    if (delivery == Delivery::Sent) {
        o.resent = o.resent || (o.attempts > 0 && e.looked != Looked::NotYet);
        ++o.attempts;
    }
    o.movedAt = state.time;
    if (!e.messageId.empty())
        o.messageId = e.messageId;
    if (delivery == Delivery::Confirmed && o.what.effect == events::Effect::UpdateIssue)
        updateTold(state, o.what);
    if (delivery == Delivery::Failed && o.what.effect == events::Effect::Post)
        if (Incident *i = incidentOf(state, o.what.incident))
            if (const std::uint32_t update = numberBehind("update/", o.what.subject); update != 0)
                updateFailed(state, *i, update);
    const bool isRoom = o.what.effect == events::Effect::CreateRoom || o.what.effect == events::Effect::AttachRoom;
    if (isRoom && delivery == Delivery::Failed) // an incident that talks nowhere must not look as if it did
        note(state, o.what.incident, EntryKind::Room, "core",
             (o.what.effect == events::Effect::AttachRoom ? "room not attached: " : "room not created: ") + o.what.room + ": " + reason, o.what.room);
    const bool archives = o.what.effect == events::Effect::ArchiveRoom;
    if ((archives || o.what.effect == events::Effect::LeaveRoom) && (delivery == Delivery::Confirmed || delivery == Delivery::Failed)) {
        if (Incident *i = delivery == Delivery::Confirmed ? incidentOf(state, o.what.incident) : nullptr)
            for (Room &room : i->rooms)
                if (room.connection == o.what.connection && room.address == o.what.room) {
                    room.leftAt = state.time;
                    room.archivedAt = archives ? state.time : Instant{};
                }
        const std::string done = archives ? "archived and left" : "left";
        note(state, o.what.incident, EntryKind::Room, "core", (delivery == Delivery::Confirmed ? "room " + done + ": " + o.what.room : "room not " + done + ": " + o.what.room + ": " + reason), o.what.room);
    }
    if (delivery == Delivery::Confirmed && (o.what.effect == events::Effect::Post || o.what.effect == events::Effect::Reply) && !e.messageId.empty())
        if (Incident *i = incidentOf(state, o.what.incident))
            for (std::size_t n = i->timeline.size(); n-- > 0;)
                if (i->timeline[n].outbox == e.number) {
                    // Reactions to our own post find the line it carries.
                    Entry &line = i->timeline.edit(n);
                    line.messageId = e.messageId;
                    line.room = o.what.room;
                    i->messages.add(o.what.connection, o.what.room, e.messageId, n);
                    break;
                }
}

void apply(State &state, const events::WriteWithheld &e)
{
    if (e.instead != 0 && e.effect == events::Effect::PublishReview)
        overtaken(state, e.instead);
    else if (e.instead != 0)
        saidInstead(state, e.instead, {}, e.reason);
    note(state, e.incident, EntryKind::Withheld, "core",
         "not written (" + std::string(events::word(e.effect)) + (e.connection.empty() ? "" : " through " + e.connection) + "): " + e.reason,
         e.person);
    Incident *const incident = incidentOf(state, e.incident);
    if (!incident && !e.incident.empty())
        return; // its stream is gone, and with it what would have been written
    std::vector<Withheld> &kept = incident ? incident->withheld : state.withheld;
    kept.push_back({state.seq, state.time, e});
    if (kept.size() > kWithheldKept)
        kept.erase(kept.begin());
}

void apply(State &state, const events::HeadSigned &e)
{
    note(state, e.incident, EntryKind::Room, e.by.person, "head of the log, to be kept in the room: " + std::to_string(e.seq) + ":" + e.words,
         "head/" + std::to_string(e.seq));
}

} // namespace qd::state
