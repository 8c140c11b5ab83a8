// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/targets.h"

#include "core/oncall/schedule.h"

#include <algorithm>

namespace qd::oncall {

using state::State;

namespace {

bool contains(const std::vector<std::string> &list, std::string_view one)
{
    return std::find(list.begin(), list.end(), one) != list.end();
}

Called calledAt(const Person &person, std::string why, Instant at)
{
    return {person.id, std::move(why), person.zone, Zone::orUtc(person.zone).local(at)};
}

/// Who of a schedule is on call; adds what speaks against it to `ruledOut`.
std::vector<Called> onCallBy(const State &state, const Schedule &schedule, Instant at, std::vector<std::string> &ruledOut)
{
    std::vector<Called> out;
    const Layout layout = layOut(schedule, state.rota.overridesOf(schedule.id), at, at + seconds(1));
    for (const std::string &p : layout.problems)
        ruledOut.push_back("schedule " + schedule.id + ": " + p);
    for (const Disagreement &d : layout.disagreements)
        ruledOut.push_back("schedule " + schedule.id + ": " + d.text);
    if (layout.segments.empty() || layout.segments.front().isGap())
        ruledOut.push_back("schedule " + schedule.id + ": nobody is on call at " + clockText(Zone::orUtc(schedule.zone).local(at)) + " "
                           + (schedule.zone.empty() ? "UTC" : schedule.zone) + ", a gap");
    else
        for (const OnCall &who : layout.segments.front().people)
            if (const Person *p = state.workspace->person(who.person))
                out.push_back(calledAt(*p, "schedule " + schedule.id + ", " + reasonOf(who), at));
            else
                ruledOut.push_back(who.person + " (schedule " + schedule.id + ", " + reasonOf(who) + "): is not in the workspace any more");
    return out;
}

void append(Behind &to, Behind more)
{
    for (Called &c : more.people)
        if (std::none_of(to.people.begin(), to.people.end(), [&](const Called &o) { return o.person == c.person; }))
            to.people.push_back(std::move(c));
    for (std::string &c : more.channels)
        if (!contains(to.channels, c))
            to.channels.push_back(std::move(c));
    std::move(more.ruledOut.begin(), more.ruledOut.end(), std::back_inserter(to.ruledOut));
}

std::string listed(const std::vector<DayWindow> &windows)
{
    std::string out;
    for (const DayWindow &w : windows)
        out += (out.empty() ? "" : ", ") + toText(w);
    return out;
}

/// Takes out whom the step does not call at this hour, and who has answered.
void sift(Behind &who, const PolicyStep &step, const std::vector<std::string> &answered)
{
    std::vector<Called> kept;
    for (Called &c : who.people) {
        const bool isOutside = !step.only.empty() && std::none_of(step.only.begin(), step.only.end(), [&](const DayWindow &w) { return w.holds(c.local); });
        if (contains(answered, c.person))
            who.ruledOut.push_back(c.person + ": has answered already");
        else if (isOutside)
            who.ruledOut.push_back(c.person + ": " + clockText(c.local) + " " + c.zone + " is outside " + listed(step.only));
        else
            kept.push_back(std::move(c));
    }
    who.people = std::move(kept);
}

bool takesPart(const State &state, const Schedule &schedule, std::string_view person)
{
    return std::any_of(schedule.layers.begin(), schedule.layers.end(), [&](const Layer &l) { return contains(l.people, person); })
        || std::any_of(schedule.temporaries.begin(), schedule.temporaries.end(), [&](const Temporary &t) { return contains(t.people, person); })
        || std::any_of(state.rota.overrides.begin(), state.rota.overrides.end(),
                       [&](const state::StandingOverride &o) { return o.schedule == schedule.id && contains(o.what.people, person); });
}

} // namespace

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

bool isChannel(std::string_view target)
{
    return target.starts_with("room:") || target.starts_with("webhook:");
}

Behind behind(const State &state, const std::string &target, Instant at)
{
    const Workspace &w = *state.workspace;
    Behind out;
    if (isChannel(target)) {
        out.channels.push_back(target);
    } else if (const Person *p = w.person(target)) {
        out.people.push_back(calledAt(*p, {}, at));
    } else if (const Team *team = w.team(target)) {
        if (const Schedule *schedule = team->schedule.empty() ? nullptr : w.schedule(team->schedule)) {
            out.people = onCallBy(state, *schedule, at, out.ruledOut);
            for (Called &c : out.people)
                c.why = "team " + team->id + ", " + c.why;
        }
        const Person *first = team->members.empty() ? nullptr : w.person(team->members.front());
        if (out.people.empty() && first)
            out.people.push_back(calledAt(*first, "team " + team->id + ", first member" + (team->schedule.empty() ? "" : ": schedule " + team->schedule + " has nobody"), at));
        else if (out.people.empty())
            out.ruledOut.push_back(target + ": nobody is behind that name");
    } else if (const Schedule *schedule = w.schedule(target)) {
        out.people = onCallBy(state, *schedule, at, out.ruledOut);
    } else {
        out.ruledOut.push_back(target + ": nobody is behind that name");
    }
    return out;
}

Behind behindStep(const State &state, const PolicyStep &step, Instant at, std::uint32_t turn, const std::vector<std::string> &answered)
{
    Behind out;
    const std::size_t n = step.targets.size();
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t which = step.roundRobin ? (turn + i) % n : i;
        Behind one = behind(state, step.targets[which], at);
        sift(one, step, answered);
        const bool found = !one.isNobody();
        if (step.roundRobin && found)
            for (Called &c : one.people)
                c.why += std::string(c.why.empty() ? "" : ", ") + "turn " + std::to_string(which + 1) + " of " + std::to_string(n);
        append(out, std::move(one));
        if (step.roundRobin && found)
            break;
    }
    return out;
}

Reached reach(const State &state, const Policy &policy, Place place, Instant at, const std::function<std::uint32_t(std::uint32_t)> &turn,
              const std::vector<std::string> &answered)
{
    Reached out;
    for (; place.step != 0 && place.step <= policy.steps.size(); place = following(policy, place)) {
        const PolicyStep &step = policy.steps[place.step - 1];
        Behind who = behindStep(state, step, at, step.roundRobin ? turn(place.step) : 0, answered);
        const bool found = !who.isNobody();
        for (std::string &r : who.ruledOut)
            out.who.ruledOut.push_back(inWords(place) + ": " + r);
        if (!found)
            continue;
        out.place = place;
        out.who.people = std::move(who.people);
        out.who.channels = std::move(who.channels);
        break;
    }
    return out;
}

Policy catchAll(const Workspace &w, std::string_view serviceId, std::string_view policy)
{
    PolicyStep step;
    step.wait = minutes(5);
    const Service *service = serviceId.empty() ? nullptr : w.service(serviceId);
    if (const Team *team = service ? w.team(service->team) : nullptr)
        step.targets = team->members;
    if (step.targets.empty())
        for (const Person &p : w.people)
            step.targets.push_back(p.id);
    return {std::string(policy), std::string(policy), {std::move(step)}, 0};
}

bool names(const State &state, const std::vector<std::string> &targets, std::string_view person)
{
    const Workspace &w = *state.workspace;
    return std::any_of(targets.begin(), targets.end(), [&](const std::string &target) {
        if (target == person)
            return true;
        const Team *team = w.team(target);
        if (team && contains(team->members, person))
            return true;
        const Schedule *schedule = w.schedule(team ? team->schedule : target);
        return schedule && takesPart(state, *schedule, person);
    });
}

} // namespace qd::oncall
