// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>

/// The fold of what is promised and said to people outside.
namespace qd::state {

namespace {

constexpr std::size_t kJudgementsKept = 1000, kLinksKept = 100, kHandsKept = 50;

OutwardMessage *outwardOf(Incident *incident, std::uint32_t number)
{
    if (!incident)
        return nullptr;
    const auto it = std::find_if(incident->outward.begin(), incident->outward.end(), [&](const OutwardMessage &m) { return m.number == number; });
    return it == incident->outward.end() ? nullptr : &*it;
}

std::string named(std::uint32_t message)
{
    return "message/" + std::to_string(message);
}

std::string versionText(std::uint32_t message, std::uint32_t version)
{
    return "message " + std::to_string(message) + ", version " + std::to_string(version);
}

PromiseTo *promiseOf(Incident *incident, std::uint32_t number)
{
    if (!incident)
        return nullptr;
    const auto it = std::find_if(incident->promises.begin(), incident->promises.end(), [&](const PromiseTo &p) { return p.number == number; });
    return it == incident->promises.end() ? nullptr : &*it;
}

CadenceMissed &cadenceOf(Incident &incident, const std::string &audience)
{
    const auto it = std::find_if(incident.cadences.begin(), incident.cadences.end(), [&](const CadenceMissed &c) { return c.audience == audience; });
    return it == incident.cadences.end() ? incident.cadences.emplace_back() : *it;
}

} // namespace

void heard(State &state, Incident &incident, const std::string &audience, std::uint32_t next)
{
    for (PromiseTo &p : incident.promises) // an update to an audience keeps what was promised to it
        if (!p.keptAt && p.audience == audience && p.number != next)
            p.keptAt = state.time;
    std::erase_if(incident.cadences, [&](const CadenceMissed &c) { return c.audience == audience; });
}

const OutwardMessage *goingOut(const State &state, const Incident &incident)
{
    for (auto line = incident.timeline.rbegin(); line != incident.timeline.rend() && line->seq == state.seq; ++line)
        for (const OutwardMessage &m : incident.outward)
            if (line->kind == EntryKind::Outward && m.sentAt == state.time && !m.versions.empty() && line->reference == named(m.number))
                return &m;
    return nullptr;
}

void reached(State &state, Incident &incident, std::uint32_t message)
{
    OutwardMessage *m = outwardOf(&incident, message);
    if (!m || !m->reachedNobody)
        return;
    m->reachedNobody = false;
    if (!m->versions.empty())
        heard(state, incident, m->newest().audience);
}

void noteByHand(State &state, const std::string &incident, std::uint32_t update, const std::string &where, const events::Actor &by)
{
    note(state, incident, EntryKind::Outward, by.person, "update " + std::to_string(update) + " posted by hand at " + clockText(state.time) + ": " + where,
         "update/" + std::to_string(update))
        .via = by.via;
}

void apply(State &state, const events::PostedByHand &e)
{
    if (Incident *i = incidentOf(state, e.incident))
        for (Update &u : i->updates)
            if (u.number == e.update && u.byHand.size() < kHandsKept)
                u.byHand.push_back(e.where);
    noteByHand(state, e.incident, e.update, e.where, e.by);
}

void apply(State &state, const events::UpdateMissed &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (PromiseTo *p = promiseOf(i, e.promise)) {
        p->missedAt = state.time;
    } else if (i && e.promise == 0) {
        CadenceMissed &c = cadenceOf(*i, e.audience);
        c.audience = e.audience;
        c.due = e.due;
        c.missedAt = state.time;
        c.chasedAt = {};
    }
    note(state, e.incident, EntryKind::Missed, "core", "the update to " + e.audience + " that was due at " + clockText(e.due) + " has not gone out",
         e.promise != 0 ? "promise/" + std::to_string(e.promise) : std::string());
}

void apply(State &state, const events::UpdateChased &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (PromiseTo *p = promiseOf(i, e.promise))
        p->chasedAt = state.time;
    else if (i && e.promise == 0)
        for (CadenceMissed &c : i->cadences)
            if (c.audience == e.audience)
                c.chasedAt = state.time;
    note(state, e.incident, EntryKind::Outward, "core",
         e.person.empty() ? "nobody has a role to be told that the update to " + e.audience + " is late" : e.person + " is told that the update to " + e.audience + " is late",
         e.person);
}

void apply(State &state, const events::MessageDrafted &e)
{
    if (Incident *i = incidentOf(state, e.incident)) {
        OutwardMessage *m = outwardOf(i, e.message);
        if (!m) {
            m = &i->outward.emplace_back();
            m->number = e.message;
            m->holding = e.holding;
        }
        m->versions.push_back({e.version, e.title, e.text, e.audience, e.hash, e.by.person, e.to, state.time, e.embargo, e.expires, e.titles, e.texts});
        if (m->versions.size() > OutwardMessage::kVersionsKept)
            m->versions.erase(m->versions.begin() + 1);
    }
    note(state, e.incident, EntryKind::Outward, e.by.person, versionText(e.message, e.version) + " drafted for " + e.audience + ": " + e.title, named(e.message)).via = e.by.via;
}

void apply(State &state, const events::MessageJudged &e)
{
    if (OutwardMessage *m = outwardOf(incidentOf(state, e.incident), e.message); m && m->judgements.size() < kJudgementsKept)
        m->judgements.push_back({e.stage, e.hash, e.reason, e.by.person, e.version, e.approved, e.isDeputy, state.time});
    note(state, e.incident, EntryKind::Outward, e.by.person,
         versionText(e.message, e.version) + (e.approved ? " passed " : " did not pass ") + e.stage + (e.isDeputy ? " (by a deputy)" : "") + (e.reason.empty() ? "" : ": " + e.reason),
         named(e.message))
        .via = e.by.via;
}

void apply(State &state, const events::MessageReleased &e)
{
    if (OutwardMessage *m = outwardOf(incidentOf(state, e.incident), e.message)) {
        m->released = e.version;
        m->releasedAt = state.time;
        m->releasedBy = e.by.person;
        m->reason = e.reason;
        m->missing = e.missing;
        m->told = e.told;
    }
    std::string missing;
    for (const std::string &stage : e.missing)
        missing += (missing.empty() ? "" : ", ") + stage;
    note(state, e.incident, EntryKind::Outward, e.by.person,
         versionText(e.message, e.version) + (e.missing.empty() ? std::string(" released") : " released without " + missing + ", the glass broken: " + e.reason), named(e.message))
        .via = e.by.via;
}

void apply(State &state, const events::MessageSent &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (OutwardMessage *m = outwardOf(i, e.message)) {
        m->sentAt = state.time;
        m->reachedNobody = true;
        if (i->isDrill() || state.workspace->practice) // nothing of it leaves: that it is released is all there is to practise
            reached(state, *i, e.message);
    }
    note(state, e.incident, EntryKind::Outward, "core", versionText(e.message, e.version) + " goes out", named(e.message));
}

void apply(State &state, const events::MessageEnded &e)
{
    const bool isByCore = e.by.person == "core";
    if (OutwardMessage *m = outwardOf(incidentOf(state, e.incident), e.message)) {
        m->endedAt = state.time;
        m->ended = isByCore ? "expired" : "withdrawn";
    }
    note(state, e.incident, EntryKind::Outward, e.by.person, "message " + std::to_string(e.message) + (isByCore ? " has expired" : " is withdrawn") + (e.reason.empty() ? "" : ": " + e.reason),
         named(e.message))
        .via = e.by.via;
}

void apply(State &state, const events::ApprovalLate &e)
{
    if (OutwardMessage *m = outwardOf(incidentOf(state, e.incident), e.message); m && m->late.size() < kJudgementsKept)
        m->late.push_back({e.stage, e.version, state.time});
    note(state, e.incident, EntryKind::Outward, "core", versionText(e.message, e.version) + " waits for " + e.stage + " beyond its time; its deputies may answer now", named(e.message));
}

void apply(State &state, const events::ReleaseForced &e)
{
    if (OutwardMessage *m = outwardOf(incidentOf(state, e.incident), e.message))
        (e.mended ? m->mendedAt : m->alarmedAt) = state.time;
    note(state, e.incident, EntryKind::Outward, "core",
         "message " + std::to_string(e.message) + (e.mended ? " has its approvals now" : " went out without its approvals; that is an alarm"), named(e.message));
}

void apply(State &state, const events::LinkPinned &e)
{
    if (Incident *i = incidentOf(state, e.incident)) {
        std::erase_if(i->links, [&](const PinnedLink &l) { return l.title == e.title; });
        if (!e.url.empty() && i->links.size() < kLinksKept)
            i->links.push_back({e.title, e.url, e.by.person, state.time});
    }
    note(state, e.incident, EntryKind::Link, e.by.person, e.title + (e.url.empty() ? " is no longer pinned" : ": " + e.url), e.url).via = e.by.via;
}

void apply(State &state, const events::MarksRemoved &e)
{
    std::string classes;
    for (const std::string &each : e.classes)
        classes += (classes.empty() ? "" : ", ") + each;
    note(state, e.incident, EntryKind::Outward, e.by.person, "took what was marked " + classes + " out of " + e.what + ", which goes to " + e.readers).via = e.by.via;
}

} // namespace qd::state
