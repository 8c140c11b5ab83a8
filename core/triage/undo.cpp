// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/undo.h"

#include "core/base/numberbehind.h"

#include <algorithm>

namespace qd::triage {

using state::Intervention;
using state::InterventionKind;
using state::State;
using state::TouchedAlert;

namespace {

/// The first thing a person did in the incident after a record, or null.
const state::Entry *newWord(const State &state, const state::Incident &incident, std::uint64_t since)
{
    for (auto it = incident.timeline.rbegin(); it != incident.timeline.rend() && it->seq > since; ++it) {
        const bool isEcho = it->kind == state::EntryKind::Message // what our own account wrote into the room comes back as a message
            && std::any_of(state.sources.begin(), state.sources.end(), [&](const state::Source &s) { return !s.connection.address.empty() && s.connection.address == it->reference; });
        if (it->actor != "core" && !isEcho)
            return &*it;
    }
    return nullptr;
}

std::string whyNotUnmerged(const State &state, const Intervention &o)
{
    const state::Incident *from = state.incident(o.subject);
    if (!from || from->status != IncidentStatus::Merged || from->merged.seq != o.seq)
        return o.subject + " is not merged any more";
    const state::Incident *into = state.incident(from->merged.into);
    if (!into || !into->isOpen())
        return from->merged.into + " is over; reopen it first";
    if (const auto *entry = newWord(state, *from, o.seq))
        return entry->actor + " wrote in " + from->id + " at " + clockText(entry->at) + ", after it was merged";
    return {};
}

std::string whyNotUnsplit(const State &state, const Intervention &o)
{
    const state::Incident *from = state.incident(o.from), *into = state.incident(o.subject);
    if (!from || !from->isOpen())
        return o.from + " is over; reopen it first";
    if (o.subject.empty())
        return {};
    if (!into || !into->isOpen())
        return o.subject + " is over already";
    if (const auto *entry = newWord(state, *into, o.seq))
        return entry->actor + " did something in " + into->id + " at " + clockText(entry->at) + "; merge it into " + from->id + " instead";
    return {};
}

/// The moment that was marked, as long as it counts; the poll that was asked.
const state::KeyMoment *momentOf(const State &state, const Intervention &o)
{
    const state::Incident *i = state.incident(o.from);
    if (!i)
        return nullptr;
    const auto it = std::find_if(i->moments.begin(), i->moments.end(), [&](const state::KeyMoment &m) { return m.number == numberBehindSlash(o.subject) && !m.withdrawnAt; });
    return it == i->moments.end() ? nullptr : &*it;
}

const state::Poll *pollOf(const State &state, const Intervention &o)
{
    const state::Incident *i = state.incident(o.from);
    if (!i)
        return nullptr;
    const auto it = std::find_if(i->polls.begin(), i->polls.end(), [&](const state::Poll &p) { return p.number == numberBehindSlash(o.subject); });
    return it == i->polls.end() ? nullptr : &*it;
}

/// The alerts that are not any more as the override left them.
std::size_t changedSince(const State &state, const Intervention &o)
{
    std::size_t changed = 0;
    if (o.touched)
        for (const TouchedAlert &was : *o.touched) {
            const std::uint32_t index = state.alerts.find(was.set, was.fingerprint);
            if (index == state::AlertTable::npos || was.changed == 0)
                continue;
            const state::Alert &a = state.alerts.all[index];
            const bool isOver = a.openedSeq > o.seq || a.status != AlertStatus::Firing;
            const bool answeredAnew = (was.changed & TouchedAlert::kAnswer) != 0 && was.workflow != Workflow::Acknowledged
                && (a.workflow != Workflow::Acknowledged || a.acknowledgedAt != o.at || state.text(a.acknowledgedBy) != o.person);
            const bool moved = ((was.changed & TouchedAlert::kOwner) != 0 && a.owner != o.owner) || ((was.changed & TouchedAlert::kGroup) != 0 && a.group != o.group);
            changed += isOver || answeredAnew || moved ? 1 : 0;
        }
    return changed;
}

/// What was ended is placed again, as far as its time is not over: as a new one, with what it had.
void placeAgain(const State &state, const Intervention &o, const events::Actor &by, Instant now, events::Events &out, std::vector<std::string> &notes)
{
    std::uint32_t number = state.suppressors.last;
    for (std::size_t n = 0; n < o.ended.size(); ++n) {
        const state::Suppressor *s = state.suppressors.find(o.ended[n]);
        if (!s || (s->until && s->until <= now)) {
            notes.push_back(o.ended[n] + " would be over by now and is not placed again.");
            continue;
        }
        events::SuppressionPlaced e;
        e.kind = s->kind;
        e.number = ++number;
        e.matchers = s->matchers;
        e.service = s->service;
        e.from = std::max(s->from, s->begun ? now : s->from);
        e.until = s->until;
        e.oneShot = s->oneShot;
        e.reason = s->reason;
        e.owner = s->owner;
        e.by = by;
        bool some = false; // only some alerts were taken out of it
        if (o.touched)
            for (const TouchedAlert &a : *o.touched)
                if (a.placed == n + 1) {
                    some = true;
                    if (const std::uint32_t index = state.alerts.find(a.set, a.fingerprint); index != state::AlertTable::npos)
                        e.keys.push_back(state.key(state.alerts.all[index]));
                }
        if (!some)
            e.keys = s->keys;
        out.emplace_back(std::move(e));
    }
}

} // namespace

std::string whyNotUndone(const State &state, const Intervention &o, Instant now)
{
    if (o.undoneAt)
        return "it was taken back at " + clockText(o.undoneAt) + " already";
    switch (o.kind) {
    case InterventionKind::Attached: return "what belongs to an incident is part of its record; merge or split incidents instead";
    case InterventionKind::Closed: return "an alert that was closed comes back when its source reports it again";
    case InterventionKind::SilenceWritten:
        return o.subject.find('/') == std::string::npos ? "the silence is kept by " + o.subject + "; end it there: Ctrl+Shift+X, or silence --expire"
                                                        : "a silence that ended at " + o.subject.substr(0, o.subject.find('/')) + " does not begin again; make a new one";
    case InterventionKind::Escalated: return "a call that went out cannot be taken back; answer it to end it";
    case InterventionKind::IncidentMerged: return whyNotUnmerged(state, o);
    case InterventionKind::IncidentSplit: return whyNotUnsplit(state, o);
    case InterventionKind::Marked: return momentOf(state, o) ? std::string() : o.subject + " is taken back already";
    case InterventionKind::Polled: {
        const state::Poll *poll = pollOf(state, o);
        return !poll ? o.subject + " is gone" : poll->isOpen() ? std::string() : o.subject + " is closed already; what was said stands";
    }
    case InterventionKind::StatusSet: {
        const state::Incident *i = state.incident(o.subject);
        if (!i || o.keys.empty() || word(i->status) != o.keys.front())
            return o.subject + " is " + (i ? std::string(word(i->status)) : "gone") + " by now";
        break;
    }
    default: break;
    }
    if (now - o.at > kUndoWithin)
        return "it is more than " + toText(kUndoWithin) + " ago";
    if (o.forgotten)
        return "too much was done since: how those alerts were before is not kept any more";
    if (!o.placed.empty() && std::none_of(o.placed.begin(), o.placed.end(), [&](const std::string &id) {
            const state::Suppressor *s = state.suppressors.find(id);
            return s && s->stands();
        }))
        return o.placed.front() + " is over already";
    return {};
}

Result<events::Events> undo(const State &state, std::uint64_t record, const events::Actor &by, Instant now, std::vector<std::string> &notes)
{
    const Intervention *o = record == 0 ? state.interventions.lastOf(by.person) : state.interventions.find(record, by.person);
    if (!o)
        return fail(Code::NotFound, record == 0 ? "There is nothing of yours to take back." : "In record " + std::to_string(record) + " there is nothing of yours to take back.");
    if (const std::string why = whyNotUndone(state, *o, now); !why.empty())
        return fail(Code::Conflict, "Not taken back (" + state::inWords(*o) + "): " + why + ".");
    events::Events out{events::OverrideUndone{o->seq, by}};
    for (const std::string &id : o->placed)
        if (const state::Suppressor *s = state.suppressors.find(id); s && s->stands())
            out.emplace_back(events::SuppressionEnded{id, {}, "taken back", by});
    placeAgain(state, *o, by, now, out, notes);
    if (o->kind == InterventionKind::IncidentMerged) {
        const state::Incident &from = *state.incident(o->subject);
        out.emplace_back(events::IncidentUnmerged{from.id, from.merged.into, by});
        out.emplace_back(events::IncidentReleased{from.merged.into, from.id, from.merged.keys, by});
    }
    if (o->kind == InterventionKind::IncidentSplit) {
        std::vector<std::string> back; // what is of another incident by now stays there
        for (const std::string &key : o->keys)
            if (const state::Alert *a = state.alert(key); a && state.text(a->incident) == o->subject)
                back.push_back(key);
        if (!back.empty()) // first: between an end and a beginning somebody else would be called
            out.emplace_back(events::AlertsAttached{o->from, back, by});
        if (!o->subject.empty()) {
            out.emplace_back(events::AlertsDetached{o->subject, o->from, "taken back", o->keys, by});
            out.emplace_back(events::StatusChanged{o->subject, "split off " + o->from + " and taken back", IncidentStatus::Cancelled, by});
        }
    }
    if (o->kind == InterventionKind::Marked) {
        const state::KeyMoment &m = *momentOf(state, *o);
        out.emplace_back(events::MomentMarked{o->from, {}, m.kind, {}, m.number, m.at, true, by});
    }
    if (o->kind == InterventionKind::StatusSet)
        out.emplace_back(events::StatusChanged{o->subject, "taken back", fromWord<IncidentStatus>(o->from).value_or(IncidentStatus::Active), by});
    if (o->kind == InterventionKind::Polled)
        out.emplace_back(events::PollClosed{o->from, {}, pollOf(state, *o)->number, true, by});
    notes.insert(notes.begin(), "Taken back: " + state::inWords(*o) + ".");
    if (const std::size_t changed = changedSince(state, *o); changed > 0)
        notes.push_back(std::to_string(changed) + (changed == 1 ? " alert has changed since and stays as it is." : " alerts have changed since and stay as they are."));
    return out;
}

} // namespace qd::triage
