// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include "core/oncall/pagers.h"
#include "core/oncall/schedule.h"
#include "core/oncall/targets.h"

#include <algorithm>
#include <map>

namespace qd::control {

namespace {

/// Who is on call at an instant. Of a record's own time the wall clocks are left out: they would be others at the next record
/// though nothing happened to who is on call.
class Asked {
public:
    Asked(const state::State &state, Instant at) : m_state(state), m_at(at ? at : state.time), m_named(at), m_disagreements(oncall::onCallDisagreements(state)) {}

    [[nodiscard]] json::object item(const std::string &target, const std::string &schedule) const
    {
        const oncall::Behind now = oncall::behind(m_state, target, m_at);
        json::array people, problems;
        for (const oncall::Called &c : now.people) {
            json::object person{{"person", c.person}, {"name", m_state.workspace->nameOf(c.person)}, {"zone", c.zone}, {"why", c.why}};
            if (m_named)
                person["local"] = toText(c.local);
            people.push_back(std::move(person));
        }
        for (const std::string &r : now.ruledOut) {
            const auto clock = r.ends_with(", a gap") && !m_named ? r.find(" at ") : std::string::npos;
            problems.emplace_back(clock == std::string::npos ? r : r.substr(0, clock) + ", a gap");
        }
        for (const oncall::OnCallDisagreement &d : m_disagreements)
            if (d.schedule == schedule && !m_named) // they speak of the record's time
                problems.push_back(textJson(d.text));
        const Schedule *known = m_state.workspace->schedule(schedule);
        const Instant until = known ? oncall::nextHandoff(*known, m_state.rota.overridesOf(schedule), m_at) : Instant{};
        json::object out{{"person", now.people.empty() ? std::string() : now.people.front().person},
                         {"people", std::move(people)},
                         {"until", until < m_at + oncall::kLookAhead ? timeJson(until) : json::value(nullptr)},
                         {"problems", std::move(problems)}};
        if (m_named)
            out["at"] = timeJson(m_at);
        return out;
    }

private:
    const state::State &m_state;
    const Instant m_at;
    const bool m_named;
    const std::vector<oncall::OnCallDisagreement> m_disagreements;
};

} // namespace

json::array onCallItems(const state::State &s, Instant at)
{
    const Asked asked(s, at);
    std::map<std::string_view, json::object> teams, schedules;
    for (const auto &t : s.workspace->teams) {
        json::object &item = teams[t.id] = asked.item(t.id, t.schedule);
        item["team"] = t.id, item["name"] = t.name, item["policy"] = t.policy, item["schedule"] = t.schedule, item["members"] = textsJson(t.members);
    }
    for (const auto &x : s.workspace->schedules) {
        json::object &item = schedules[x.id] = asked.item(x.id, x.id);
        item["team"] = "", item["name"] = x.name, item["policy"] = "", item["schedule"] = x.id, item["members"] = json::array();
    }
    json::array out;
    for (auto *all : {&schedules, &teams}) // by team, then by schedule
        for (auto &[id, item] : *all)
            out.push_back(std::move(item));
    return out;
}

json::array scheduleItems(const state::State &s)
{
    std::map<std::string_view, json::object> sorted;
    for (const auto &x : s.workspace->schedules) {
        json::array layers, temporaries;
        for (const Layer &l : x.layers) {
            json::array only;
            for (const DayWindow &w : l.only)
                only.emplace_back(toText(w));
            layers.push_back(json::object{{"id", l.id}, {"zone", l.zone}, {"people", textsJson(l.people)}, {"start", toText(LocalTime{l.start})},
                                          {"length", toText(l.length)}, {"only", std::move(only)}});
        }
        for (const Temporary &t : x.temporaries)
            temporaries.push_back(json::object{{"from", toText(LocalTime{t.from})}, {"until", toText(LocalTime{t.until})}, {"people", textsJson(t.people)}, {"reason", t.reason}});
        const state::OnDuty *duty = s.rota.of(x.id);
        sorted[x.id] = {{"id", x.id},
                        {"name", x.name},
                        {"zone", x.zone},
                        {"together", x.together},
                        {"locked", x.locked},
                        {"calendar", x.calendar},
                        {"editors", textsJson(x.editors)},
                        {"layers", std::move(layers)},
                        {"temporaries", std::move(temporaries)},
                        {"onCall", duty ? textsJson(duty->people) : json::array()},
                        {"since", duty ? timeJson(duty->since) : json::value(nullptr)},
                        {"until", duty ? timeJson(duty->until) : json::value(nullptr)}};
    }
    json::array out;
    for (auto &[id, item] : sorted)
        out.push_back(std::move(item));
    return out;
}

} // namespace qd::control
