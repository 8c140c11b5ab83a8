// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/groupcalls.h"

#include "core/oncall/held.h"
#include "core/oncall/targets.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace qd::oncall {

using state::Alert;
using state::Escalation;
using state::State;

namespace {

/// A severity's weight for "worse than": what nobody mapped is worse than a warning and less than an error.
int weight(AlertSeverity s)
{
    switch (s) {
    case AlertSeverity::Critical: return 5;
    case AlertSeverity::Error: return 4;
    case AlertSeverity::Unknown: return 3;
    case AlertSeverity::Warning: return 2;
    case AlertSeverity::Info: return 1;
    case AlertSeverity::None: return 0;
    }
    return 3;
}

/// A call its group made by itself; one somebody asked for by name stands beside it, with its own answer.
bool runs(const Escalation &x)
{
    return x.isRunning() && !x.group.empty() && !x.isDirect();
}

/// The open incidents that see to their alerts: somebody commands them, or they really call people, or somebody
/// answered such a call.
std::unordered_set<std::string_view> caring(const State &state)
{
    std::unordered_set<std::string_view> out;
    for (const auto &[number, incident] : state.incidents)
        if (incident.isOpen() && !incident.holder(Role::Commander).empty())
            out.insert(incident.id);
    for (const Escalation &x : state.escalations)
        if (!x.incident.empty() && !x.observed && (x.isRunning() || x.outcome == "acknowledged"))
            if (const state::Incident *incident = state.incident(x.incident); incident && incident->isOpen())
                out.insert(x.incident);
    return out;
}

const state::Group *groupOf(const State &state, std::string_view name)
{
    const auto it = state.alerts.groups.find(state.symbols.find(name));
    return it == state.alerts.groups.end() ? nullptr : &it->second;
}

/// The newest call of this group, or null.
const Escalation *lastCall(const State &state, std::string_view group)
{
    const auto it = std::find_if(state.escalations.rbegin(), state.escalations.rend(), [&](const Escalation &x) { return x.group == group && !x.isDirect(); });
    return it == state.escalations.rend() ? nullptr : &*it;
}

} // namespace

bool callsByItself(const Workspace &workspace, const Service *service)
{
    return service ? service->paging == Paging::Own : workspace.mode != RunMode::Beside;
}

bool anyCalls(const Workspace &workspace)
{
    return callsByItself(workspace, nullptr)
        || std::any_of(workspace.services.begin(), workspace.services.end(), [](const Service &s) { return s.paging == Paging::Own; });
}

std::vector<Standing> standings(const State &state, const std::vector<std::string> &groups)
{
    std::vector<Standing> out(groups.size());
    std::unordered_map<Symbol, std::size_t> places;
    for (std::size_t n = 0; n < groups.size(); ++n)
        if (const Symbol s = state.symbols.find(groups[n]); s != 0)
            places.emplace(s, n);
    if (places.empty())
        return out;
    const auto cared = caring(state);
    const Held held(state);
    struct ByHold {
        bool any = false, calls = false;
    };
    std::vector<ByHold> byHold(groups.size());
    for (const Alert &a : state.alerts.all) {
        if (a.status != AlertStatus::Firing)
            continue;
        const auto place = places.find(a.group);
        if (place == places.end())
            continue;
        Standing &s = out[place->second];
        ++s.firing;
        const bool isHeld = held.of(state, a) != nullptr;
        byHold[place->second].any |= isHeld;
        if (a.suppression == Suppression::None && a.workflow != Workflow::Acknowledged && !isHeld) {
            ++s.loud;
            byHold[place->second].calls |= callsFor(a.severity);
            s.critical = s.critical || a.severity == AlertSeverity::Critical;
        }
        const std::string_view incident = a.incident == 0 ? std::string_view() : state.text(a.incident);
        if (!cared.contains(incident))
            s.taken = false;
        else if (s.incident.empty())
            s.incident = incident;
    }
    // Beside what a person holds, what would call nobody by itself is no reason to go on.
    for (std::size_t n = 0; n < groups.size(); ++n)
        if (byHold[n].any && !byHold[n].calls)
            out[n].loud = 0;
    // Groups named twice have one place.
    for (std::size_t n = 0; n < groups.size(); ++n)
        if (const auto place = places.find(state.symbols.find(groups[n])); place != places.end() && place->second != n)
            out[n] = out[place->second];
    return out;
}

std::vector<const Escalation *> callsOf(const State &state, const Alert &alert)
{
    const std::string_view name = state.text(alert.group);
    const state::Group *group = groupOf(state, name);
    std::vector<const Escalation *> out;
    for (const Escalation &x : state.escalations)
        if (!x.group.empty() && x.group == name && (!group || x.startedAt >= group->openedAt))
            out.push_back(&x);
    return out;
}

std::string whyNot(const State &state, const Alert &alert)
{
    return whyNot(state, alert, Held(state));
}

std::string whyNot(const State &state, const Alert &alert, const Held &held, bool again)
{
    if (alert.status != AlertStatus::Firing)
        return "it does not fire";
    if (alert.suppression != Suppression::None)
        return "it is " + std::string(word(alert.suppression)) + (alert.suppressedBy ? " by " + std::string(state.text(alert.suppressedBy)) : "");
    if (alert.workflow == Workflow::Acknowledged)
        return "it is acknowledged";
    if (const auto *by = held.of(state, alert))
        return "it is held by " + by->id + (by->until ? " until " + toRfc3339(by->until) : std::string()) + ": " + by->reason;
    if (!callsFor(alert.severity))
        return "its severity is " + std::string(word(alert.severity)) + ", and only critical, error and unknown call people";
    const std::string group(state.text(alert.group));
    const Escalation *last = lastCall(state, group);
    const state::Group *now = groupOf(state, group);
    if (!last)
        return {};
    const bool sameEpisode = now && last->startedAt >= now->openedAt;
    if (sameEpisode && last->outcome != "ended" && !(again && last->outcome == "acknowledged") && weight(last->severity) >= weight(alert.severity))
        return "escalation/" + std::to_string(last->number) + " calls, or called, for its group already";
    const Span within = state.workspace->flapping.within;
    if (alert.flapping && state.time - last->startedAt < within)
        return "it comes and goes, and escalation/" + std::to_string(last->number) + " called for its group less than " + toText(within) + " ago";
    return {};
}

events::Event startForGroup(const State &state, const Alert &alert, const Ownership &owner)
{
    const Workspace &w = *state.workspace;
    events::EscalationStarted e;
    e.escalation = static_cast<std::uint32_t>(state.escalations.size()) + 1;
    e.group = state.text(alert.group);
    e.severity = alert.severity;
    e.service = owner.service;
    e.about = state.text(alert.title);
    e.because = {"escalation.alert", {std::string(word(alert.severity)) + " alert " + state.key(alert) + " of group " + e.group + " fires"}, {}};
    if (const auto policy = choosePolicy(w, owner, e.because)) {
        e.policy = (*policy)->id;
        e.answers = (*policy)->answers;
    } else {
        e.policy = "none";
        e.because.ruledOut.push_back("a policy: " + policy.error().message);
    }
    const Service *service = owner.service.empty() ? nullptr : w.service(owner.service);
    if (service)
        e.service = service->id;
    e.observed = isObserved(state, service, owner.service, e.because);
    e.by = {"core", Path::Own};
    return e;
}

events::Events groupsOver(const State &state)
{
    events::Events out;
    for (const Escalation &x : state.escalations) {
        if (!x.isRunning() || x.group.empty())
            continue;
        const state::Group *group = groupOf(state, x.group);
        if (!group || group->firing == 0)
            out.push_back(events::EscalationEnded{x.number, {}, "ended", {"escalation.ended", {"every alert of group " + x.group + " is over"}, {}}});
    }
    return out;
}

bool anyHeld(const State &state)
{
    return std::any_of(state.escalations.begin(), state.escalations.end(), [](const Escalation &x) { return runs(x) && !x.heldBy.empty(); });
}

events::Events holdGroups(const State &state)
{
    std::vector<const Escalation *> running;
    std::vector<std::string> groups;
    for (const Escalation &x : state.escalations)
        if (runs(x) && !x.steps.empty()) {
            running.push_back(&x);
            groups.push_back(x.group);
        }
    const auto cared = caring(state);
    if (running.empty() || (!anyHeld(state) && cared.empty()))
        return {};
    events::Events out;
    const std::vector<Standing> now = standings(state, groups);
    for (std::size_t n = 0; n < running.size(); ++n) {
        const Escalation &x = *running[n];
        const bool taken = now[n].firing > 0 && now[n].taken;
        if (x.heldBy.empty() && taken) {
            out.push_back(events::EscalationHeld{x.number, now[n].incident,
                                                 {"escalation.held", {"every alert of group " + x.group + " that fires belongs to an incident that sees to it"}, {}}});
            continue;
        }
        if (x.heldBy.empty() || taken || now[n].loud == 0)
            continue;
        const bool wasQuiet = x.heldBy == state::kQuiet;
        const std::string why = wasQuiet                       ? "an alert of group " + x.group + " is not quiet any more"
            : cared.contains(std::string_view(x.heldBy)) ? "an alert of group " + x.group + " fires outside " + x.heldBy
                                                                 : x.heldBy + " sees to it no more";
        out.push_back(events::EscalationResumed{x.number, wasQuiet ? std::string() : x.heldBy, std::max(x.steps.back().until, state.time), {"escalation.resumed", {why}, {}}});
    }
    return out;
}

events::Events answeredByAlerts(const State &state, const std::vector<std::string> &keys, const events::Actor &by)
{
    if (std::none_of(state.escalations.begin(), state.escalations.end(), runs))
        return {};
    std::unordered_set<std::string_view> groups;
    for (const std::string &key : keys)
        if (const Alert *a = state.alert(key))
            groups.insert(state.text(a->group));
    events::Events out;
    for (const Escalation &x : state.escalations)
        if (runs(x) && groups.contains(x.group) && std::find(x.answeredBy.begin(), x.answeredBy.end(), by.person) == x.answeredBy.end())
            out.push_back(events::EscalationAcknowledged{x.number, {}, by});
    return out;
}

std::vector<std::string> unanswered(const State &state, std::string_view group)
{
    std::vector<std::string> out;
    const Symbol s = state.symbols.find(group);
    for (const Alert &a : state.alerts.all)
        if (s != 0 && a.group == s && a.status == AlertStatus::Firing && a.workflow != Workflow::Acknowledged && out.size() < kAnsweredAtMost)
            out.push_back(state.key(a));
    return out;
}

} // namespace qd::oncall
