// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/escalation.h"

#include <algorithm>

namespace qd::oncall {

using state::Alert;
using state::Escalation;
using state::Incident;
using state::State;

namespace {

/// A place on the ladder: step from 1, round from 0.
struct Place {
    std::uint32_t step = 0, round = 0;
};

/// The place after `p`, or one with step 0 when there is none.
Place following(const Policy &policy, Place p)
{
    if (p.step < policy.steps.size())
        return {p.step + 1, p.round};
    return p.round < policy.repeat ? Place{1, p.round + 1} : Place{};
}

std::string inWords(Place p)
{
    return "step " + std::to_string(p.step) + (p.round > 0 ? " of round " + std::to_string(p.round + 1) : "");
}

/// The policy, or what stands in for one that was taken out of the workspace: nobody may stay uncalled for that.
Policy policyOf(const State &state, const Escalation &x, bool &isCatchAll)
{
    const Workspace &w = *state.workspace;
    const Policy *policy = w.policy(x.policy);
    isCatchAll = !policy || policy->steps.empty();
    if (!isCatchAll)
        return *policy;
    PolicyStep step;
    step.wait = minutes(5);
    const Service *service = x.service.empty() ? nullptr : w.service(x.service);
    if (const Team *team = service ? w.team(service->team) : nullptr)
        step.targets = team->members;
    if (step.targets.empty())
        for (const Person &p : w.people)
            step.targets.push_back(p.id);
    return {x.policy, x.policy, {std::move(step)}, 0};
}

/// What the incident's alerts say about whether a call is still worth it.
struct Worth {
    bool hasAlerts = false;
    bool firing = false;   ///< one of them fires and nobody has acknowledged it
    bool critical = false; ///< … and is critical
};

Worth worthOf(const State &state, const Incident &incident)
{
    Worth worth;
    for (const std::string &key : incident.alerts) {
        const Alert *a = state.alert(key);
        if (!a)
            continue; // its stream was erased
        worth.hasAlerts = true;
        if (a->status == AlertStatus::Firing && a->workflow != Workflow::Acknowledged) {
            worth.firing = true;
            worth.critical = worth.critical || a->severity == AlertSeverity::Critical;
        }
    }
    return worth;
}

/// Without alerts of its own nothing says that an incident's problem is over but its status.
bool standsAfterGap(const Incident &incident, const Worth &worth)
{
    return worth.hasAlerts ? worth.critical : incident.severity <= IncidentSeverity::Sev2 && incident.status <= IncidentStatus::Active;
}

events::EscalationEnded ended(const Escalation &x, std::string outcome, events::Because because)
{
    because.rule = "escalation." + outcome;
    return {x.number, x.incident, std::move(outcome), std::move(because)};
}

/// Calls the people of `place`, or of the first place after it that has any.
events::Event call(const State &state, const Escalation &x, const Policy &policy, Place place, bool late, events::Because because, Instant now)
{
    for (; place.step != 0; place = following(policy, place)) {
        const PolicyStep &step = policy.steps[place.step - 1];
        std::vector<std::string> unresolved;
        std::vector<std::string> people = resolve(*state.workspace, step.targets, &unresolved);
        for (const std::string &target : unresolved)
            because.ruledOut.push_back(target + " in " + inWords(place) + ": nobody is behind that name");
        if (people.empty())
            continue;
        because.rule = "escalation.step";
        because.matched.push_back(inWords(place) + " of policy " + policy.id);
        std::vector<std::string> unreachable;
        for (const std::string &id : people)
            if (const Person *p = state.workspace->person(id); p && p->xmpp.empty()) {
                unreachable.push_back(id);
                because.ruledOut.push_back("calling " + id + ": no address is bound to them in people.toml");
            }
        return events::StepReached{x.number, place.step, place.round, x.incident, std::move(people), now + step.wait, late, std::move(because), std::move(unreachable)};
    }
    because.matched.push_back("no step with anybody to call is left in policy " + policy.id);
    return ended(x, "exhausted", std::move(because));
}

void advanceOne(const State &state, const Escalation &x, Instant now, events::Events &out)
{
    const Incident *incident = state.incident(x.incident);
    if (!incident || !incident->isOpen()) {
        out.push_back(ended(x, "ended", {{}, {incident ? incident->id + " is " + std::string(word(incident->status)) : x.incident + " is not known any more"}, {}}));
        return;
    }
    const bool isFirst = x.steps.empty();
    const Instant due = isFirst ? x.startedAt : x.steps.back().until;
    if (!x.hurried && due > now)
        return;

    bool isCatchAll = false;
    const Policy policy = policyOf(state, x, isCatchAll);
    Place last = isFirst ? Place{} : Place{x.steps.back().number, x.steps.back().round};
    last.step = std::min(last.step, static_cast<std::uint32_t>(policy.steps.size())); // the policy may have become shorter
    Place next = following(policy, last);
    events::Because because;
    if (isFirst)
        because.matched.push_back(incident->id + " is open");
    else if (x.hurried)
        because.matched.push_back("the next step was asked for by hand");
    else
        because.matched.push_back(incident->id + " is open and nobody answered " + inWords(last) + " until " + toRfc3339(due));

    const Span overdue = x.hurried ? Span{} : now - due;
    bool late = false;
    if (overdue > kPunctual && next.step != 0) {
        const Worth worth = worthOf(state, *incident);
        if (overdue <= kGap ? worth.hasAlerts && !worth.firing : !standsAfterGap(*incident, worth)) {
            because.matched.push_back("overdue by " + toText(overdue));
            because.ruledOut.push_back(worth.firing ? "a late call: no critical alert of it fires unacknowledged" : "a late call: none of its alerts fires unacknowledged");
            out.push_back(ended(x, "missed", std::move(because)));
            return;
        }
        late = true;
        because.matched.push_back("late by " + toText(overdue) + ": the console was not running, or asleep");
        // After a long gap the call goes where it should have been by now, never further than the last step.
        for (Instant reached = due; overdue > kGap;) {
            reached = reached + policy.steps[next.step - 1].wait;
            const Place after = following(policy, next);
            if (reached > now || after.step == 0)
                break;
            because.ruledOut.push_back(inWords(next) + ": its time passed in the gap");
            next = after;
        }
    }
    if (isCatchAll && next.step != 0)
        out.push_back(events::RuleFailed{"escalation.step", "Policy " + x.policy + " of escalation " + std::to_string(x.number)
                                                                + " is not in the workspace any more; the service's team, else everybody, is called."});
    if (next.step == 0) {
        because.matched.push_back("no step is left in policy " + policy.id);
        out.push_back(ended(x, "exhausted", std::move(because)));
        return;
    }
    out.push_back(call(state, x, policy, next, late, std::move(because), now));
}

} // namespace

events::Events advance(const State &state, Instant now)
{
    events::Events out;
    for (const Escalation &x : state.escalations)
        if (x.isRunning() && x.number != 0 && !x.policy.empty())
            advanceOne(state, x, now, out);
    return out;
}

events::Events reviewGap(const State &state, const events::Events &advanced, Instant since, Instant now)
{
    events::GapReviewed review;
    const auto fellIntoGap = [&](std::uint32_t number) {
        if (number == 0 || number > state.escalations.size())
            return false;
        const Escalation &x = state.escalations[number - 1];
        return now - (x.steps.empty() ? x.startedAt : x.steps.back().until) > kGap;
    };
    for (const events::Event &e : advanced) {
        if (const auto *step = std::get_if<events::StepReached>(&e); step && step->late && fellIntoGap(step->escalation))
            review.resumed.push_back(step->escalation);
        else if (const auto *end = std::get_if<events::EscalationEnded>(&e); end && end->outcome == "missed" && fellIntoGap(end->escalation))
            review.missed.push_back(end->escalation);
    }
    if (review.resumed.empty() && review.missed.empty())
        return {};
    review.since = since;
    review.until = now;
    review.because = {"gap", {"steps were overdue by more than " + toText(kGap)}, {}};
    return {std::move(review)};
}

Instant nextDue(const State &state)
{
    Instant next;
    for (const Escalation &x : state.escalations) {
        if (!x.isRunning() || x.policy.empty())
            continue;
        const Incident *incident = state.incident(x.incident);
        const bool atOnce = x.hurried || x.steps.empty() || !incident || !incident->isOpen();
        const Instant due = atOnce ? std::max(Instant{1}, state.time) : x.steps.back().until;
        if (!next || due < next)
            next = due;
    }
    return next;
}

} // namespace qd::oncall
