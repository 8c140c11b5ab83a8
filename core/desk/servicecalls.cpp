// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/servicecalls.h"

#include "core/desk/effects.h"
#include "core/oncall/escalation.h"
#include "core/triage/ownership.h"

#include <algorithm>

namespace qd::desk {

using state::State;

namespace {

/// The call of an incident that follows from its owner, or why a rule failed. `alerts`: by whose labels it may be somebody's.
events::Events ownersCalled(const State &state, oncall::Request r, const std::vector<std::string> &alerts, IncidentSeverity severity, Instant now)
{
    const Workspace &w = *state.workspace;
    events::Events out;
    triage::Owner owner;
    for (const std::string &key : alerts)
        if (const auto *alert = owner.rule ? nullptr : state.alert(key))
            owner = triage::ownerOf(w, [&](std::string_view name) { return state.label(*alert, name); }, severity);
    if (!owner.rule && alerts.empty())
        owner = triage::ownerOf(w, [&](std::string_view name) { return name == "service" ? std::string_view(r.service) : std::string_view(); }, severity);
    for (std::string &problem : owner.problems)
        out.push_back(events::RuleFailed{"ownership", std::move(problem)});
    if (owner.rule) {
        r.rule = owner.words;
        r.team = owner.rule->team;
        r.policy = owner.rule->policy;
        if (r.service.empty())
            r.service = owner.rule->service;
    }
    if (r.policy.empty() && r.team.empty() && (r.service.empty() || !oncall::policyFor(w, r.service)))
        return out;
    if (auto started = oncall::start(state, r, now))
        out.push_back(std::move(*started));
    return out;
}

} // namespace

events::Events callsOf(const State &state, const events::IncidentDeclared &e, Instant now)
{
    oncall::Request r;
    r.incident = e.incident;
    r.service = e.service;
    r.by = e.by;
    return ownersCalled(state, std::move(r), e.alerts, e.severity, now);
}

events::Events callsOf(const State &state, const events::ServiceCorrected &e, Instant now)
{
    const state::Incident *i = state.incident(e.incident);
    if (!i || i->status > IncidentStatus::Active)
        return {};
    oncall::Request r;
    r.incident = e.incident;
    r.service = e.service;
    r.by = e.by;
    // Its alerts say whose it was thought to be; a person has said otherwise.
    events::Events out = ownersCalled(state, std::move(r), {}, i->severity, now);
    const auto *instead = out.empty() ? nullptr : getIf<events::EscalationStarted>(&out.back());
    if (!instead || e.from.empty())
        return out;
    const bool isObserved = instead->observed;
    const std::string why = e.incident + " is of service " + e.service + ", not of " + e.from + ": escalation/" + std::to_string(instead->escalation) + " calls whose it is";
    for (const state::Escalation &x : state.escalations) {
        if (!x.isRunning() || x.incident != e.incident || x.service != e.from || x.isDirect() || !x.answeredBy.empty() || (isObserved && !x.observed))
            continue;
        out.emplace_back(events::EscalationEnded{x.number, x.incident, "ended", {"escalation.ended", {why}, {}}});
        if (!x.observed)
            for (const std::string &person : reachedBy(x))
                append(out, Gate(state).notTheirs(x, person, e.service));
    }
    return out;
}

} // namespace qd::desk
