// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/sla.h"

#include <algorithm>

namespace qd::command {

using state::Incident;
using state::State;

namespace {

const state::SlaSeen *said(const Incident &i, SlaPart part)
{
    const auto it = std::find_if(i.sla.begin(), i.sla.end(), [&](const state::SlaSeen &s) { return s.part == part; });
    return it == i.sla.end() ? nullptr : &*it;
}

/// When somebody took it up: commanded it, or answered a call for it. What the core did by itself answers for nobody, and another role does not
/// either. Once recorded it stays, whoever commands later.
Instant respondedAt(const Incident &i)
{
    if (const state::SlaSeen *known = said(i, SlaPart::Respond); known && known->doneAt)
        return known->doneAt;
    Instant first;
    const auto earlier = [&](Instant at) { first = at && (!first || at < first) ? at : first; };
    if (const auto held = i.roles.find(Role::Commander); held != i.roles.end())
        earlier(held->second.since);
    for (const state::RoleHandedOver &h : i.handedOver)
        if (h.role == word(Role::Commander))
            earlier(h.since);
    const auto answer = std::find_if(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return e.actor != "core" && e.kind == state::EntryKind::Acknowledged; });
    if (answer != i.timeline.end())
        earlier(answer->at);
    return first;
}

SlaState stateAt(const SlaClock &clock, Instant now)
{
    if (clock.doneAt)
        return clock.doneAt <= clock.due ? SlaState::Met : SlaState::Breached;
    return now > clock.due ? SlaState::Breached : now >= clock.riskAt ? SlaState::AtRisk : SlaState::OnTrack;
}

/// Whether the record says of a clock what it shows. Of one it says nothing of: that it is on track.
bool isRecorded(const Incident &i, const SlaClock &c)
{
    const state::SlaSeen *known = said(i, c.part);
    return known ? known->state == c.state && static_cast<bool>(known->doneAt) == static_cast<bool>(c.doneAt) : c.state == SlaState::OnTrack && !c.doneAt;
}

/// An alarm stands for it.
bool isAlarm(const state::SlaSeen &s) { return !s.doneAt && (s.state == SlaState::AtRisk || s.state == SlaState::Breached); }

bool isWatched(const Incident &i, Instant now)
{
    return i.isOpen() || (i.resolvedAt && now - i.resolvedAt <= kSettles) || std::any_of(i.sla.begin(), i.sla.end(), isAlarm);
}

/// Alarms of clocks nobody agreed on any more: another severity, a rule that is gone, a merge, a cancelled incident.
std::vector<SlaPart> lapsed(const Incident &i, const std::vector<SlaClock> &clocks)
{
    std::vector<SlaPart> out;
    for (const state::SlaSeen &s : i.sla)
        if (isAlarm(s) && std::none_of(clocks.begin(), clocks.end(), [&](const SlaClock &c) { return c.part == s.part; }))
            out.push_back(s.part);
    return out;
}

events::Because reasonOf(const SlaClock &c)
{
    events::Because out{"sla/" + c.rule->id, {}, {}};
    const Span within = c.part == SlaPart::Respond ? c.rule->respond : c.rule->resolve;
    out.matched.push_back(std::string(word(c.part)) + " within " + toText(within) + " of " + toRfc3339(c.from) + ", so by " + toRfc3339(c.due));
    if (c.doneAt)
        out.matched.push_back("done at " + toRfc3339(c.doneAt));
    return out;
}

} // namespace

const SlaRule *slaRuleOf(const Workspace &workspace, const Incident &incident)
{
    const Service *service = incident.service.empty() ? nullptr : workspace.service(incident.service);
    const SlaRule *general = nullptr;
    for (const SlaRule &r : workspace.slas) {
        if (r.severity != incident.severity)
            continue;
        if (r.service.empty())
            general = general ? general : &r;
        else if (service && service->id == r.service)
            return &r;
    }
    return general;
}

std::vector<SlaClock> slaClocks(const State &state, const Incident &incident, Instant now)
{
    std::vector<SlaClock> out;
    const SlaRule *rule = incident.isDrill() || incident.kind == "maintenance" || incident.kind == "backfilled" || incident.kind == "rebuilt" || incident.status == IncidentStatus::Cancelled || !incident.merged.into.empty() ? nullptr : slaRuleOf(*state.workspace, incident);
    if (!rule)
        return out;
    for (const SlaPart part : {SlaPart::Respond, SlaPart::Resolve}) {
        const Span within = part == SlaPart::Respond ? rule->respond : rule->resolve;
        if (within.ns <= 0)
            continue;
        SlaClock c;
        c.part = part;
        c.rule = rule;
        c.from = incident.declaredAt;
        c.due = c.from + within;
        c.riskAt = c.from + Span{within.ns / kAtRiskIn * kAtRiskOf};
        c.doneAt = part == SlaPart::Resolve ? incident.resolvedAt : respondedAt(incident);
        if (!c.doneAt && !incident.isOpen())
            c.doneAt = incident.resolvedAt; // what is over needs no answer any more
        c.state = stateAt(c, now);
        out.push_back(c);
    }
    return out;
}

events::Events slaDue(const State &state, Instant now)
{
    events::Events out;
    for (const std::uint32_t number : state.incidents.unsettled()) {
        const Incident &i = state.incidents.at(number);
        if (out.size() >= kTurnsAtOnce)
            break;
        if (!isWatched(i, now))
            continue;
        const std::vector<SlaClock> clocks = slaClocks(state, i, now);
        for (const SlaClock &c : clocks)
            if (!isRecorded(i, c))
                out.emplace_back(events::SlaTurned{i.id, c.rule->id, c.part, c.state, c.due, c.doneAt, reasonOf(c)});
        for (const SlaPart part : lapsed(i, clocks))
            out.emplace_back(events::SlaTurned{i.id, {}, part, SlaState::OnTrack, {}, {}, {"sla", {"nothing is agreed for it any more"}, {}}});
    }
    return out;
}

Instant nextSla(const State &state, Instant now)
{
    Instant next;
    const auto sooner = [&](Instant at) {
        if (!next || at < next)
            next = at;
    };
    now = std::max({state.time, now, Instant{1}});
    for (const std::uint32_t number : state.incidents.unsettled()) {
        const Incident &i = state.incidents.at(number);
        if (!isWatched(i, now))
            continue;
        const std::vector<SlaClock> clocks = slaClocks(state, i, now);
        for (const SlaClock &c : clocks)
            if (!isRecorded(i, c))
                sooner(now);
            else if (!c.doneAt && c.state != SlaState::Breached)
                sooner(c.state == SlaState::OnTrack ? c.riskAt : c.due + Span{1}); // by the due time is in time
        if (!lapsed(i, clocks).empty())
            sooner(now);
    }
    return next;
}

} // namespace qd::command
