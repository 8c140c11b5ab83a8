// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/escalation.h"

#include "core/base/safetext.h"
#include "core/oncall/targets.h"

#include <algorithm>

namespace qd::oncall {

using state::Escalation;
using state::Incident;
using state::State;

namespace {

std::string name(std::string_view incident, std::string_view fallback)
{
    return std::string(incident.empty() ? fallback : incident);
}

const Escalation *escalationOf(const State &state, std::uint32_t number)
{
    return number >= 1 && number <= state.escalations.size() ? &state.escalations[number - 1] : nullptr;
}

/// The connection that may really call someone, or null.
const state::Source *armedForPages(const State &state)
{
    const auto it = std::find_if(state.sources.begin(), state.sources.end(), [](const state::Source &s) { return allows(s.armed, Write::Pages) && allows(ableTo(s.connection.kind), Write::Pages); });
    return it == state.sources.end() ? nullptr : &*it;
}

tl::unexpected<Error> notRunning(const Escalation &x)
{
    return fail(Code::Conflict, "Escalation " + std::to_string(x.number) + " does not run any more (" + x.outcome + "); start a new one if someone is still needed.");
}

} // namespace

bool isObserved(const State &state, const Service *service, const std::string &named, events::Because &because)
{
    const Workspace &w = *state.workspace;
    const Paging paging = service ? service->paging : w.mode == RunMode::Beside ? Paging::Observe : Paging::Own;
    const std::string whose = service ? "service " + service->id + " has paging " + std::string(word(paging))
                                      : (named.empty() ? std::string("no service is named") : "service " + named + " is not in the workspace")
                                          + " and the run mode is " + std::string(word(w.mode));
    if (paging == Paging::Observe) {
        because.ruledOut.push_back("calling anybody: " + whose);
        return true;
    }
    const state::Source *armed = armedForPages(state);
    if (!armed) {
        because.ruledOut.push_back("calling anybody: no connection is armed for pages");
        return true;
    }
    because.matched.push_back(whose + ", and " + armed->connection.name + " is armed for pages");
    return false;
}

const Policy *policyFor(const Workspace &workspace, std::string_view service)
{
    if (const Service *s = service.empty() ? nullptr : workspace.service(service))
        if (const Team *t = workspace.team(s->team))
            if (const Policy *p = workspace.policy(t->policy))
                return p;
    return workspace.policies.size() == 1 ? &workspace.policies.front() : nullptr;
}

Result<const Policy *> choosePolicy(const Workspace &w, const Ownership &owner, events::Because &because)
{
    if (!owner.rule.empty())
        because.matched.push_back(owner.rule);
    if (!owner.policy.empty()) {
        const Policy *policy = w.policy(owner.policy);
        if (!policy)
            return fail(Code::NotFound, "There is no escalation policy \"" + owner.policy + "\"; see policies.toml for those there are.");
        because.matched.push_back("policy " + policy->id + " was asked for" + (owner.rule.empty() ? "" : " by that rule"));
        return policy;
    }
    if (const Team *team = owner.team.empty() ? nullptr : w.team(owner.team))
        if (const Policy *policy = w.policy(team->policy)) {
            because.matched.push_back("team " + team->id + " has policy " + policy->id);
            return policy;
        }
    const Service *service = owner.service.empty() ? nullptr : w.service(owner.service);
    const Policy *policy = policyFor(w, owner.service);
    if (!policy)
        return fail(Code::NotFound, service ? "Service " + service->id + " has no escalation policy; name one, or give its team a policy in teams.toml."
                            : owner.service.empty() ? "No escalation policy can be chosen without a service; name a policy."
                                                    : "Service " + owner.service + " is not in the workspace, so no escalation policy can be chosen by it; name a policy.");
    const Team *team = service ? w.team(service->team) : nullptr;
    if (team && team->policy == policy->id) {
        because.matched.push_back("service " + service->id + " belongs to team " + team->id + ", whose policy is " + policy->id);
    } else {
        because.ruledOut.push_back(service                 ? "a policy of service " + service->id + "'s team: it has none"
                                       : owner.service.empty() ? std::string("a policy by service: none is named")
                                                               : "a policy by service: " + owner.service + " is not in the workspace");
        because.matched.push_back("policy " + policy->id + " is the only one");
    }
    return policy;
}

Result<events::Event> start(const State &state, const Request &request, Instant)
{
    const Incident *incident = state.incident(request.incident);
    if (!incident)
        return fail(Code::NotFound, "There is no incident " + name(request.incident, "(none given)") + "; declare one first.");
    if (!incident->isOpen())
        return fail(Code::Conflict, incident->id + " is " + std::string(word(incident->status)) + "; nobody is called for an incident that is over.");

    const Workspace &w = *state.workspace;
    events::Because because{"escalation.start", {}, {}};
    const std::string serviceId = request.service.empty() ? incident->service : request.service;
    const Service *service = serviceId.empty() ? nullptr : w.service(serviceId);
    const auto chosen = choosePolicy(w, {serviceId, request.team, request.policy, request.rule}, because);
    if (!chosen)
        return tl::unexpected(chosen.error());
    const Policy *policy = *chosen;
    const bool observed = isObserved(state, service, serviceId, because);
    for (const Escalation &x : state.escalations) // one that calls nobody is no reason not to call
        if (x.isRunning() && x.incident == incident->id && x.policy == policy->id && (!x.observed || observed))
            return fail(Code::Conflict, "Policy " + policy->id + " already runs for " + incident->id + " (escalation " + std::to_string(x.number)
                                            + "); escalate that one to call the next step now.");

    events::EscalationStarted e;
    e.escalation = static_cast<std::uint32_t>(state.escalations.size()) + 1;
    e.policy = policy->id;
    e.incident = incident->id;
    e.service = service ? service->id : serviceId;
    e.about = request.about.empty() ? incident->title : request.about;
    e.observed = observed;
    e.because = std::move(because);
    e.by = request.by;
    e.answers = policy->answers;
    return e;
}

Result<events::Event> acknowledge(const State &state, std::uint32_t number, const events::Actor &by)
{
    const Escalation *x = escalationOf(state, number);
    if (!x)
        return fail(Code::NotFound, "There is no escalation " + std::to_string(number) + ".");
    if (!x->isRunning())
        return notRunning(*x);

    const Workspace &w = *state.workspace;
    const auto isNamed = [&](const std::vector<std::string> &targets) { return names(state, targets, by.person); };
    const Incident *incident = state.incident(x->incident);
    const Policy *policy = w.policy(x->policy);
    const bool may = std::any_of(x->steps.begin(), x->steps.end(), [&](const state::Step &s) { return isNamed(s.people); })
        || (policy && std::any_of(policy->steps.begin(), policy->steps.end(), [&](const PolicyStep &s) { return isNamed(s.targets); }))
        || (incident && (incident->holder(Role::Commander) == by.person || incident->holder(Role::Deputy) == by.person));
    if (by.person.empty() || !may)
        return fail(Code::Forbidden, name(by.person, "This person") + " was not called by escalation " + std::to_string(number)
                                         + "; someone of policy " + x->policy + " or the incident's commander has to answer.");
    if (std::find(x->answeredBy.begin(), x->answeredBy.end(), by.person) != x->answeredBy.end())
        return fail(Code::Conflict, by.person + " has answered escalation " + std::to_string(number) + " already; policy " + x->policy + " asks for "
                                        + std::to_string(x->answers) + " people.");
    return events::EscalationAcknowledged{number, x->incident, by};
}

Result<events::Event> hurry(const State &state, std::uint32_t number, const events::Actor &by, std::uint32_t step, const std::string &person, const std::string &reason)
{
    const Escalation *x = escalationOf(state, number);
    if (!x)
        return fail(Code::NotFound, "There is no escalation " + std::to_string(number) + ".");
    if (!x->isRunning())
        return notRunning(*x);
    if (step != 0 && !person.empty())
        return fail(Code::Invalid, "Name a step or a person, not both.");
    const Policy *policy = state.workspace->policy(x->policy);
    const std::size_t steps = policy ? policy->steps.size() : 1;
    if (step > steps)
        return fail(Code::NotFound, "Policy " + x->policy + " has " + std::to_string(steps) + (steps == 1 ? " step" : " steps") + "; there is no step " + std::to_string(step) + ".");
    if (!person.empty() && !state.workspace->person(person))
        return fail(Code::NotFound, "There is no person \"" + safeLine(person, 60) + "\" in the workspace.");
    return events::EscalatedByHand{number, x->incident, by, step, person, reason};
}

} // namespace qd::oncall
