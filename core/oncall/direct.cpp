// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/direct.h"

#include "core/base/safetext.h"
#include "core/model/marking.h"

#include <algorithm>

namespace qd::oncall {

using state::Escalation;
using state::State;

namespace {

/// Those of the targets nobody calls by name for this already.
std::vector<std::string> notYetCalled(const State &state, const std::vector<std::string> &targets, const std::string &incident, const std::string &group)
{
    std::vector<std::string> out;
    for (const std::string &target : targets) {
        const bool isCalled = std::any_of(state.escalations.begin(), state.escalations.end(), [&](const Escalation &x) {
            return x.isRunning() && x.isDirect() && !x.observed && x.incident == incident && x.group == group
                && std::find(x.targets.begin(), x.targets.end(), target) != x.targets.end();
        });
        if (!isCalled && std::find(out.begin(), out.end(), target) == out.end())
            out.push_back(target);
    }
    return out;
}

/// The worst alert that fires of a group: what the call is about.
const state::Alert *worstOf(const State &state, std::string_view group)
{
    const state::Alert *worst = nullptr;
    const Symbol name = state.symbols.find(group);
    for (const state::Alert &a : state.alerts.all)
        if (name != 0 && a.group == name && a.status == AlertStatus::Firing && (!worst || a.severity > worst->severity))
            worst = &a;
    return worst;
}

std::string inWordsOf(const std::vector<std::string> &names)
{
    std::string out;
    for (const std::string &n : names)
        out += (out.empty() ? "" : ", ") + n;
    return out;
}

} // namespace

Policy directPolicy(const std::vector<std::string> &targets)
{
    return {std::string(kDirectPolicy), std::string(kDirectPolicy), {{targets, minutes(5)}}, 2};
}

Result<events::Events> page(const State &state, const DirectRequest &r)
{
    if (r.targets.empty() || r.targets.size() > kDirectTargets)
        return fail(Code::Invalid, "Name between 1 and 20 people or teams to call.");
    for (const std::string &target : r.targets)
        if (!state.workspace->person(target) && !state.workspace->team(target))
            return fail(Code::NotFound, "There is no person or team \"" + safeLine(target, 60) + "\" in the workspace.");
    if (r.groups.size() > kDirectGroups)
        return fail(Code::TooLarge, "These alerts are of more than 20 groups; declare an incident for them and call people for that.");

    events::EscalationStarted e;
    e.policy = kDirectPolicy;
    e.by = r.by;
    e.answers = 1;
    e.because = {"escalation.direct", {r.by.person + " asked for them by name" + (r.reason.empty() ? "" : ": " + r.reason)}, {}};
    const auto armed = std::find_if(state.sources.begin(), state.sources.end(), [](const state::Source &s) { return allows(s.armed, Write::Pages) && allows(ableTo(s.connection.kind), Write::Pages); });
    e.observed = armed == state.sources.end();
    if (e.observed)
        e.because.ruledOut.emplace_back("calling anybody: no connection is armed for pages");
    const auto aboutOf = [&](const std::string &title) { return r.reason.empty() ? title : closed(title) + ": " + r.reason; };

    events::Events out;
    const auto add = [&](const std::string &incident, const std::string &group) {
        events::EscalationStarted one = e;
        one.targets = notYetCalled(state, r.targets, incident, group);
        if (one.targets.empty())
            return;
        one.escalation = static_cast<std::uint32_t>(state.escalations.size() + out.size()) + 1;
        one.incident = incident;
        one.group = group;
        if (const state::Incident *i = state.incident(incident)) {
            one.service = i->service;
            one.about = aboutOf(i->title);
        } else if (const state::Alert *a = worstOf(state, group)) {
            one.service = state.text(a->service);
            one.severity = a->severity;
            one.about = aboutOf(std::string(state.text(a->title)));
        } else {
            return;
        }
        out.emplace_back(std::move(one));
    };
    if (!r.incident.empty()) {
        const state::Incident *i = state.incident(r.incident);
        if (!i)
            return fail(Code::NotFound, "There is no incident " + safeLine(r.incident, 60) + ".");
        if (!i->isOpen())
            return fail(Code::Conflict, i->id + " is " + std::string(word(i->status)) + "; nobody is called for an incident that is over.");
        add(i->id, {});
    } else {
        for (const std::string &group : r.groups)
            add({}, group);
    }
    if (out.empty())
        return fail(Code::Conflict, inWordsOf(r.targets) + (r.targets.size() == 1 ? " is" : " are") + " being called for that by name already, or nothing of it fires any more.");
    return out;
}

} // namespace qd::oncall
