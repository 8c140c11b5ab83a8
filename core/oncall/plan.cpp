// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/plan.h"

#include <algorithm>
#include <map>

namespace qd::oncall {

using state::State;

namespace {

/// What is left out between two places of the ladder, for the list of gaps.
void skipped(const Policy &policy, Place from, Place to, const std::string &instead, Plan &out)
{
    for (Place p = from; p.step != 0 && !(p.step == to.step && p.round == to.round); p = following(policy, p))
        out.gaps.push_back(inWords(p) + " of policy " + policy.id + ": nobody is behind it then; " + instead);
}

} // namespace

Result<Plan> plan(const State &state, const Question &question)
{
    const Workspace &w = *state.workspace;
    Plan out;
    out.because.rule = "escalation.plan";
    const auto chosen = choosePolicy(w, question.owner, out.because);
    if (!chosen)
        return tl::unexpected(chosen.error());
    const Policy *policy = *chosen;
    const Service *service = question.owner.service.empty() ? nullptr : w.service(question.owner.service);
    out.service = service ? service->id : question.owner.service;
    out.team = !question.owner.team.empty() ? question.owner.team : service ? service->team : std::string();
    out.policy = policy->id;
    out.answers = std::max<std::uint32_t>(1, policy->answers);
    out.observed = isObserved(state, service, question.owner.service, out.because);

    std::map<std::uint32_t, std::uint32_t> taken;
    const auto turn = [&](std::uint32_t step) { return state.rota.turn(policy->id, step) + taken[step]; };
    Instant at = question.at;
    for (Place place = following(*policy, {}); place.step != 0;) {
        Reached next = reach(state, *policy, place, at, turn);
        const bool isLast = next.place.step == 0;
        if (isLast && !out.steps.empty()) {
            skipped(*policy, place, {}, "the escalation ends", out);
            out.passedOver = std::move(next.who.ruledOut);
            break;
        }
        PlannedStep step{next.place, at, {}, std::move(next.who)};
        if (isLast) {
            skipped(*policy, place, {}, "the service's team, else everybody, is called, and an alarm is raised", out);
            Behind everybody = behindStep(state, catchAll(w, out.service, policy->id).steps.front(), at);
            step.who.people = std::move(everybody.people);
            step.place = place;
            step.isCatchAll = true;
            if (step.who.people.empty()) {
                out.passedOver = std::move(step.who.ruledOut);
                break;
            }
        } else {
            skipped(*policy, place, next.place, "the next step is taken at once", out);
        }
        const PolicyStep &rule = policy->steps[step.place.step - 1];
        if (rule.roundRobin && !isLast)
            ++taken[step.place.step];
        step.until = at + (isLast ? minutes(5) : rule.wait);
        at = step.until;
        place = following(*policy, step.place);
        out.steps.push_back(std::move(step));
    }
    for (const PlannedStep &s : out.steps)
        for (const std::string &r : s.who.ruledOut)
            if (r.ends_with("a gap"))
                out.gaps.push_back(r);
    out.end = at;
    return out;
}

} // namespace qd::oncall
