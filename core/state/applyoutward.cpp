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

void updateReached(State &state, Incident &incident, Update &update)
{
    if (!update.unheard)
        return;
    update.unheard = false;
    heard(state, incident, update.audience, update.next);
}

void updateFailed(State &state, Incident &incident, std::uint32_t number)
{
    const std::string subject = "update/" + std::to_string(number);
    const auto it = std::find_if(incident.updates.begin(), incident.updates.end(), [&](const Update &u) { return u.number == number; });
    if (it == incident.updates.end() || it->to.empty() || it->unheard || !it->byHand.empty())
        return; // of before updates had destinations nothing was said of this
    const bool isAnyLeft = std::any_of(state.outbox.begin(), state.outbox.end(), [&](const auto &o) {
        if (o.second.what.incident != incident.id || o.second.what.subject != subject)
            return false;
        const bool isUntold = !o.second.recalled.empty() && !o.second.recalledAt && o.second.reason == o.second.recalled; // struck later on: until then it was under way
        return isUntold || o.second.delivery != Delivery::Failed;
    });
    if (isAnyLeft)
        return;
    it->unheard = true;
    const bool isHeardSince = std::any_of(it + 1, incident.updates.end(), [&](const Update &u) { return u.audience == it->audience && !u.unheard; });
    for (PromiseTo &p : incident.promises) // what it kept is owed again, unless another kept it since
        if (!isHeardSince && p.audience == it->audience && p.keptAt == it->at && p.number != it->next)
            p.keptAt = {};
    note(state, incident.id, EntryKind::Outward, "core", "update " + std::to_string(number) + " to " + it->audience + " reached nobody: every post of it failed");
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
            if (u.number == e.update) {
                if (u.byHand.size() < kHandsKept)
                    u.byHand.push_back(e.where);
                updateReached(state, *i, u);
            }
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
        m->versions.push_back({e.version, e.title, e.text, e.audience, e.hash, e.by.person, e.to, state.time, e.embargo, e.expires, e.titles, e.texts, e.phase});
        if (m->versions.size() > OutwardMessage::kVersionsKept)
            m->versions.erase(m->versions.begin() + 1);
    }
    note(state, e.incident, EntryKind::Outward, e.by.person, versionText(e.message, e.version) + " drafted for " + e.audience + (e.phase.empty() ? "" : " (" + e.phase + ")") + ": " + e.title, named(e.message)).via = e.by.via;
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
        if (m->mendedAt) // of a release before this one
            m->alarmedAt = m->mendedAt = {};
        m->releasedOver = !incidentOf(state, e.incident)->isOpen();
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

void apply(State &state, const events::MessageHeldBack &e)
{
    if (OutwardMessage *m = outwardOf(incidentOf(state, e.incident), e.message)) {
        if (e.mended) {
            m->heldDoneAt = state.time;
            return;
        }
        m->heldAt = state.time;
        m->heldDoneAt = {};
        m->held = e.why;
        m->released = 0; // who released it is remembered
        m->releasedAt = {};
        m->reason.clear();
        m->missing.clear();
        m->told.clear();
    }
    if (!e.mended)
        note(state, e.incident, EntryKind::Outward, "core", versionText(e.message, e.version) + " is held back, and has not gone out: " + e.why, named(e.message));
}

namespace {

/// Whether an outbox entry carries this message: itself, to who follows a page it was posted on, or in another room.
bool carries(const State &state, const OutboxEntry &o, const Incident &incident, const OutwardMessage &m)
{
    if (o.what.effect != events::Effect::Post || o.what.incident != incident.id)
        return false;
    if (o.what.instead != 0) {
        const auto waiting = state.outbox.find(o.what.instead);
        return waiting != state.outbox.end() && waiting->second.what.instead == 0 && carries(state, waiting->second, incident, m);
    }
    const bool isNews = m.sentAt && o.queuedAt == m.sentAt && std::any_of(m.newest().to.begin(), m.newest().to.end(), [&](const std::string &to) {
        return to.starts_with("page:") && o.what.subject.starts_with(to + "/notice/"); // core/desk/subscribers.cpp
    });
    return o.what.subject == named(m.number) || isNews;
}

/// Nothing of it is sent any more. Returns how many posts nobody had sent yet; of one that went nowhere its audience has not heard.
std::size_t takeBack(State &state, Incident &incident, OutwardMessage &m, const std::string &why)
{
    std::size_t taken = 0, out = 0;
    for (auto &[number, o] : state.outbox) {
        if (!carries(state, o, incident, m))
            continue;
        const Delivery before = o.delivery;
        recall(state, o, why);
        taken += before == Delivery::Queued ? 1 : 0;
        out += o.delivery != Delivery::Failed ? 1 : 0;
    }
    const bool isOnPage = std::any_of(m.newest().to.begin(), m.newest().to.end(), [](const std::string &to) { return to.starts_with("page:"); });
    if (taken == 0 || out > 0 || isOnPage)
        return taken;
    m.reachedNobody = true;
    for (PromiseTo &p : incident.promises) // what it kept is owed again
        if (p.audience == m.newest().audience && p.keptAt == m.sentAt)
            p.keptAt = {};
    return taken;
}

} // namespace

void apply(State &state, const events::MessageEnded &e)
{
    const bool isByCore = e.by.person == "core";
    std::size_t taken = 0;
    Incident *i = incidentOf(state, e.incident);
    if (OutwardMessage *m = outwardOf(i, e.message)) {
        m->endedAt = state.time;
        m->ended = isByCore ? "expired" : "withdrawn";
        if (!m->versions.empty())
            taken = takeBack(state, *i, *m, "message " + std::to_string(e.message) + (isByCore ? " had expired" : " was withdrawn"));
    }
    note(state, e.incident, EntryKind::Outward, e.by.person,
         "message " + std::to_string(e.message) + (isByCore ? " has expired" : " is withdrawn") + (e.reason.empty() ? "" : ": " + e.reason)
             + (taken == 0 ? std::string() : taken == 1 ? "; one post of it had not gone out, and will not" : "; " + std::to_string(taken) + " posts of it had not gone out, and will not"),
         named(e.message))
        .via = e.by.via;
}

void apply(State &state, const events::ApprovalLate &e)
{
    if (OutwardMessage *m = outwardOf(incidentOf(state, e.incident), e.message); m && m->late.size() < kJudgementsKept)
        m->late.push_back({e.stage, e.version, state.time});
    note(state, e.incident, EntryKind::Outward, "core", versionText(e.message, e.version) + " waits for " + e.stage + " beyond its time; its deputies may answer now", named(e.message));
}

namespace {

Forced *forcedOn(State &state, const events::ReleaseForced &e)
{
    for (StatusPageState &page : state.pages) {
        if (page.id != e.page)
            continue;
        page.changed = state.seq;
        for (PageNotice &n : page.notices)
            for (NoticeUpdate &u : n.updates)
                if (e.notice != 0 && n.number == e.notice && u.number == e.update)
                    return &u.forced;
        for (PageMaintenance &m : page.maintenances)
            if (e.maintenance != 0 && m.number == e.maintenance)
                return &m.forced;
    }
    return nullptr;
}

} // namespace

void apply(State &state, const events::ReleaseForced &e)
{
    if (!e.page.empty()) {
        if (Forced *forced = forcedOn(state, e))
            (e.mended ? forced->mendedAt : forced->alarmedAt) = state.time;
        const std::string what = e.maintenance != 0 ? "maintenance " + std::to_string(e.maintenance) : "notice " + std::to_string(e.notice);
        note(state, e.incident, EntryKind::Outward, "core",
             "status page " + e.page + ", " + what + (e.mended ? ": its words without checks are no alarm any more" : ": its words went out without their checks; that is an alarm"),
             (e.maintenance != 0 ? "pagemaintenance/" + e.page + "/" + std::to_string(e.maintenance) : "notice/" + e.page + "/" + std::to_string(e.notice)));
        return;
    }
    if (OutwardMessage *m = outwardOf(incidentOf(state, e.incident), e.message))
        (e.mended ? m->mendedAt : m->alarmedAt) = state.time;
    note(state, e.incident, EntryKind::Outward, "core",
         "message " + std::to_string(e.message)
             + (e.mended ? ": that it was released without its approvals is no alarm any more" + (e.because.matched.empty() ? std::string() : ", because " + e.because.matched.front())
                         : std::string(" was released without its approvals; that is an alarm")),
         named(e.message));
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
