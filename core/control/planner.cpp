// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/oncall.h"

#include "core/control/items.h"
#include "core/oncall/pagers.h"
#include "core/oncall/schedule.h"

#include <algorithm>
#include <map>
#include <set>

namespace qd::control {

using state::State;

namespace {

constexpr Span kAhead = hours(24);
constexpr std::size_t kPeopleShown = 60, kSchedulesShown = 60;
constexpr int kNightFrom = 22, kNightUntil = 7; ///< hours of a wall clock at which somebody called is woken

json::array nightsOf(const Zone &zone, Instant from, Instant until)
{
    json::array out;
    for (std::int64_t day = zone.local(from).day() - 1; day <= zone.local(until).day(); ++day) {
        const LocalTime midnight{day * 86'400};
        const Instant begins = std::max(from, zone.instant(midnight + hours(kNightFrom)));
        const Instant ends = std::min(until, zone.instant(midnight + hours(24 + kNightUntil)));
        if (begins < ends)
            out.push_back(json::object{{"from", timeJson(begins)}, {"until", timeJson(ends)}});
    }
    return out;
}

} // namespace

std::string plannerJson(const State &state, Instant now)
{
    const Workspace &w = *state.workspace;
    const Instant until = now + kAhead;
    json::array schedules;
    std::map<std::string, json::array> shifts; // by person
    std::set<std::string> named;               // who takes part in any schedule
    const auto outside = oncall::onCallDisagreements(state);
    for (const Schedule &s : w.schedules) {
        if (schedules.size() == kSchedulesShown)
            break;
        const oncall::Layout layout = oncall::layOut(s, state.rota.overridesOf(s.id), now, until);
        json::array segments;
        for (const oncall::Segment &segment : layout.segments) {
            json::array people, ids;
            bool isChanged = false;
            for (const oncall::OnCall &who : segment.people) {
                people.emplace_back(w.nameOf(who.person));
                ids.emplace_back(who.person);
                isChanged = isChanged || who.override != 0 || who.layer == "temporary";
                shifts[who.person].push_back(json::object{{"from", timeJson(segment.from)}, {"until", timeJson(segment.until)}, {"schedule", w.nameOf(s.id)}, {"id", s.id}});
            }
            segments.push_back(json::object{{"from", timeJson(segment.from)}, {"until", timeJson(segment.until)}, {"people", std::move(people)}, {"ids", std::move(ids)}, {"changed", isChanged}});
        }
        json::array problems = textsJson(layout.problems);
        for (const oncall::Disagreement &d : layout.disagreements)
            problems.emplace_back(d.text);
        for (const oncall::OnCallDisagreement &d : outside)
            if (d.schedule == s.id)
                problems.push_back(textJson(d.text));
        for (const Layer &l : s.layers)
            named.insert(l.people.begin(), l.people.end());
        schedules.push_back(json::object{{"id", s.id}, {"name", w.nameOf(s.id)}, {"zone", s.zone}, {"segments", std::move(segments)}, {"problems", std::move(problems)}});
    }
    for (const auto &[person, list] : shifts)
        named.insert(person);
    // Those who are on call first, then from the one whose day begins first, as the sun goes.
    std::vector<const Person *> order;
    for (const Person &p : w.people)
        if (named.contains(p.id))
            order.push_back(&p);
    const auto rank = [&](const Person *p) { return std::pair(!shifts.contains(p->id), -Zone::orUtc(p->zone).offset(now).ns); };
    std::stable_sort(order.begin(), order.end(), [&](const Person *a, const Person *b) { return rank(a) < rank(b); });
    json::array people;
    for (const Person *p : order) {
        if (people.size() == kPeopleShown)
            break;
        const Zone zone = Zone::orUtc(p->zone);
        people.push_back(json::object{{"id", p->id}, {"name", w.nameOf(p->id)}, {"zone", p->zone}, {"local", toText(zone.local(now))},
                                      {"nights", nightsOf(zone, now, until)}, {"shifts", shifts.contains(p->id) ? shifts[p->id] : json::array()}});
    }
    return json::serialize(json::object{{"from", timeJson(now)},
                                        {"until", timeJson(until)},
                                        {"schedules", std::move(schedules)},
                                        {"people", std::move(people)},
                                        {"schedulesInAll", w.schedules.size()},
                                        {"peopleInAll", order.size()}});
}

} // namespace qd::control
