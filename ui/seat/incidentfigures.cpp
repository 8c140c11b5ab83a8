// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/incidentfigures.h"

#include "core/model/words.h"
#include "core/review/ended.h"

#include <algorithm>

namespace qd::seat {

namespace {

void earliest(Instant &of, Instant at)
{
    if (at && (!of || at < of))
        of = at;
}

/// Of a file there are words alone.
bool isCommanders(const state::Entry &line)
{
    return line.origin.empty() ? line.role == word(Role::Commander) : line.text.find(word(Role::Commander)) != std::string::npos;
}

} // namespace

view::Figures figuresOf(const state::State &state, const state::Incident &incident, Instant now)
{
    view::Figures out;
    out.began = incident.impactSince;
    out.declared = incident.declaredAt;
    Instant declaredThere; // of what was rebuilt: as its files say
    for (const state::Entry &e : incident.timeline) {
        if (e.removed)
            continue;
        if (e.kind == state::EntryKind::Alert)
            earliest(out.firstAlert, e.at);
        else if (e.kind == state::EntryKind::Acknowledged || (e.kind == state::EntryKind::Role && !e.reference.empty() && isCommanders(e)))
            earliest(out.firstAnswer, e.at);
        else if (e.kind == state::EntryKind::Declared && !e.origin.empty())
            earliest(declaredThere, e.at);
    }
    if (incident.kind == "rebuilt" || incident.kind == "backfilled") // when it was put into this record says nothing about it
        out.declared = declaredThere ? declaredThere : incident.impactSince;
    if (const auto first = state::firstOfAlerts(incident))
        earliest(out.firstAlert, first->startsAt);
    out.mitigated = incident.mitigatedAt;
    out.resolved = incident.resolvedAt;
    out.alerts = static_cast<int>(incident.alerts.size());
    const Instant from = out.began && out.began < out.declared ? out.began : out.declared, ended = review::endedAt(incident), to = ended ? ended : now;
    for (const state::FloodPast &f : state.flood.past)
        if (f.began <= to && f.ended >= from)
            out.floods.push_back({f.began, f.ended, static_cast<int>(f.alarms), static_cast<int>(f.peak)});
    if (state.flood.active && state.flood.since <= to)
        out.floods.push_back({state.flood.since, {}, static_cast<int>(state.flood.alarms), static_cast<int>(state.flood.peak)});
    for (const state::Escalation &call : state.escalations) {
        if (call.incident != incident.id)
            continue;
        if (call.acknowledgedAt)
            out.answers.push_back(call.acknowledgedAt - call.startedAt);
        else if (!call.isRunning())
            ++out.unanswered;
    }
    std::sort(out.answers.begin(), out.answers.end()); // the order they came in would say whose each is
    return out;
}

} // namespace qd::seat
