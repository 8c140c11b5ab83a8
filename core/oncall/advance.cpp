// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/escalation.h"

#include "core/oncall/channels.h"
#include "core/oncall/direct.h"
#include "core/oncall/groupcalls.h"
#include "core/oncall/targets.h"

#include <algorithm>

namespace qd::oncall {

using state::Alert;
using state::Escalation;
using state::Incident;
using state::State;

namespace {

/// The policy, or what stands in for one that was taken out of the workspace: nobody may stay uncalled for that.
Policy policyOf(const State &state, const Escalation &x, bool &isCatchAll)
{
    isCatchAll = false;
    if (x.isDirect())
        return directPolicy(x.targets);
    const Policy *policy = state.workspace->policy(x.policy);
    isCatchAll = !policy || policy->steps.empty();
    return isCatchAll ? catchAll(*state.workspace, x.service, x.policy) : *policy;
}

/// What the incident's alerts say about whether a call is still worth it.
struct Worth {
    bool hasAlerts = false;
    bool firing = false;   ///< one of them fires and nobody has acknowledged it
    bool critical = false; ///< … and is critical
};

Worth worthOf(const State &state, const Escalation &x, const Incident *incident)
{
    Worth worth;
    if (!incident) {
        const Standing now = standings(state, {x.group}).front();
        return {true, now.loud > 0, now.critical};
    }
    for (const std::string &key : incident->alerts) {
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
bool standsAfterGap(const Incident *incident, const Worth &worth)
{
    return worth.hasAlerts ? worth.critical : incident->severity <= IncidentSeverity::Sev2 && incident->status <= IncidentStatus::Active;
}

/// What it calls about is over; in words, or empty.
std::string overInWords(const State &state, const Escalation &x, const Incident *incident)
{
    if (!x.group.empty()) {
        const auto group = state.alerts.groups.find(state.symbols.find(x.group));
        return group == state.alerts.groups.end() || group->second.firing == 0 ? "every alert of group " + x.group + " is over" : std::string();
    }
    if (!incident)
        return x.incident + " is not known any more";
    return incident->isOpen() ? std::string() : incident->id + " is " + std::string(word(incident->status));
}

events::EscalationEnded ended(const Escalation &x, std::string outcome, events::Because because)
{
    because.rule = "escalation." + outcome;
    return {x.number, x.incident, std::move(outcome), std::move(because)};
}

/// A step with its people. Those without an address are named, and marked.
events::StepReached reached(const State &state, const Escalation &x, Place place, Behind who, Instant until, bool late, events::Because because)
{
    because.rule = "escalation.step";
    events::StepReached e;
    e.escalation = x.number;
    e.step = place.step;
    e.round = place.round;
    e.incident = x.incident;
    e.until = until;
    e.late = late;
    for (Called &c : who.people) {
        if (!c.why.empty())
            because.matched.push_back(c.person + ": " + c.why + "; " + clockText(c.local) + " " + c.zone);
        if (const Person *p = state.workspace->person(c.person); p && !hasAddress(*p)) {
            e.unreachable.push_back(c.person);
            because.ruledOut.push_back("calling " + c.person + ": no address is bound to them in people.toml");
        }
        e.people.push_back(std::move(c.person));
    }
    e.channels = std::move(who.channels);
    e.because = std::move(because);
    return e;
}

/// Calls the people of `place`, or of the first place after it that has any.
void call(const State &state, const Escalation &x, const Policy &policy, Place place, bool late, events::Because because, Instant now, events::Events &out)
{
    Reached next = reach(state, policy, place, now, [&](std::uint32_t step) { return state.rota.turn(x.policy, step); }, x.answeredBy);
    std::move(next.who.ruledOut.begin(), next.who.ruledOut.end(), std::back_inserter(because.ruledOut));
    if (next.place.step != 0) {
        because.matched.push_back(inWords(next.place) + " of policy " + policy.id);
        const Instant until = now + policy.steps[next.place.step - 1].wait;
        out.push_back(reached(state, x, next.place, std::move(next.who), until, late, std::move(because)));
        return;
    }
    because.matched.push_back("no step with anybody to call is left in policy " + policy.id);
    Behind everybody;
    if (x.steps.empty() && !x.isDirect()) // nobody at all would be called: a gap in a schedule or in the windows must not be the reason
        everybody = behindStep(state, catchAll(*state.workspace, x.service, x.policy).steps.front(), now);
    if (everybody.isNobody()) {
        out.push_back(ended(x, "exhausted", std::move(because)));
        return;
    }
    out.push_back(events::RuleFailed{"escalation.step", "Policy " + x.policy + " of escalation " + std::to_string(x.number)
                                                            + " has nobody to call now; the service's team, else everybody, is called."});
    out.push_back(reached(state, x, place, std::move(everybody), now + minutes(5), late, std::move(because)));
}

/// When the next step of a call that does not wait is due.
Instant stepDue(const Escalation &x)
{
    return x.steps.empty() ? std::max(x.startedAt, x.fold.endedAt) : x.steps.back().until;
}

void advanceOne(const State &state, const Escalation &x, Instant now, events::Events &out)
{
    const Incident *incident = x.group.empty() ? state.incident(x.incident) : nullptr;
    if (const std::string over = overInWords(state, x, incident); !over.empty()) {
        out.push_back(ended(x, "ended", {{}, {over}, {}}));
        return;
    }
    const bool isFirst = x.steps.empty();
    const Instant due = stepDue(x);
    if (!x.hurried && (due > now || !x.heldBy.empty() || x.isFolded()))
        return;
    if (!x.group.empty() && !x.isDirect() && !isFirst && !x.hurried && standings(state, {x.group}).front().loud == 0) {
        out.push_back(events::EscalationHeld{x.number, {}, {"escalation.held", {"what still fires in group " + x.group + " is quiet, held or acknowledged"}, {}}});
        return;
    }
    const std::string stands = incident ? incident->id + " is open" : "group " + x.group + " fires";

    bool isCatchAll = false;
    const Policy policy = policyOf(state, x, isCatchAll);
    const std::string whose = x.isDirect() ? "of those asked for by name" : "of policy " + policy.id;
    Place last = isFirst ? Place{} : Place{x.steps.back().number, x.steps.back().round};
    last.step = std::min(last.step, static_cast<std::uint32_t>(policy.steps.size())); // the policy may have become shorter
    Place next = following(policy, last);
    if (x.hurried && x.hurriedStep != 0 && x.hurriedStep <= policy.steps.size())
        next = {x.hurriedStep, last.round};
    events::Because because;
    if (isFirst)
        because.matched.push_back(stands);
    else if (x.hurried)
        because.matched.push_back("the next step was asked for by hand");
    else
        because.matched.push_back(stands + " and nobody answered " + inWords(last) + " until " + toRfc3339(due));

    if (x.hurried && !x.hurriedPerson.empty()) {
        const Place here{std::max<std::uint32_t>(1, last.step), last.round};
        because.matched.push_back(x.hurriedPerson + " was asked for by name");
        const std::size_t step = std::min<std::size_t>(here.step, policy.steps.size()) - 1;
        if (Behind one = behind(state, x.hurriedPerson, now); !one.isNobody()) {
            out.push_back(reached(state, x, here, std::move(one), now + policy.steps[step].wait, false, std::move(because)));
            return;
        }
        because.ruledOut.push_back(x.hurriedPerson + ": is not in the workspace any more");
    }
    const Span overdue = x.hurried ? Span{} : now - due;
    bool late = false;
    if (overdue > kPunctual && next.step != 0) {
        const Worth worth = worthOf(state, x, incident);
        if (overdue <= kGap ? worth.hasAlerts && !worth.firing : !standsAfterGap(incident, worth)) {
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
        because.matched.push_back("no step is left " + whose);
        out.push_back(ended(x, "exhausted", std::move(because)));
        return;
    }
    call(state, x, policy, next, late, std::move(because), now, out);
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
        return now - stepDue(x) > kGap;
    };
    for (const events::Event &e : advanced) {
        if (const auto *step = getIf<events::StepReached>(&e); step && step->late && fellIntoGap(step->escalation))
            review.resumed.push_back(step->escalation);
        else if (const auto *end = getIf<events::EscalationEnded>(&e); end && end->outcome == "missed" && fellIntoGap(end->escalation))
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
        const Incident *incident = x.group.empty() ? state.incident(x.incident) : nullptr;
        const bool isOver = !overInWords(state, x, incident).empty();
        const bool atOnce = x.hurried || x.steps.empty() || isOver;
        if ((!atOnce && !x.heldBy.empty()) || (!x.hurried && !isOver && x.isFolded()))
            continue;
        const Instant due = atOnce ? std::max(Instant{1}, state.time) : x.steps.back().until;
        if (!next || due < next)
            next = due;
    }
    for (const state::OnDuty &d : state.rota.onDuty)
        if (d.until && (!next || d.until < next))
            next = d.until;
    return next;
}

} // namespace qd::oncall
