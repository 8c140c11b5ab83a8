// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include "core/oncall/schedule.h"
#include "core/oncall/targets.h"

#include <algorithm>
#include <map>

namespace qd::control {

namespace {

json::array calledJson(const state::State &s, const oncall::Behind &behind)
{
    json::array out;
    for (const oncall::Called &c : behind.people)
        out.push_back(json::object{{"person", c.person}, {"name", s.workspace->nameOf(c.person)}, {"zone", c.zone}, {"local", toText(c.local)}, {"why", c.why}});
    return out;
}

json::value untilJson(const state::State &s, const std::string &schedule, Instant at)
{
    const Schedule *known = s.workspace->schedule(schedule);
    return known ? timeJson(oncall::nextHandoff(*known, s.rota.overridesOf(schedule), at)) : json::value(nullptr);
}

} // namespace

json::array onCallItems(const state::State &s, Instant at)
{
    std::map<std::string_view, json::object> teams, schedules;
    for (const auto &t : s.workspace->teams) {
        const oncall::Behind now = oncall::behind(s, t.id, at);
        teams[t.id] = {{"team", t.id},
                       {"name", t.name},
                       {"policy", t.policy},
                       {"person", now.people.empty() ? std::string() : now.people.front().person},
                       {"members", textsJson(t.members)},
                       {"schedule", t.schedule},
                       {"people", calledJson(s, now)},
                       {"until", untilJson(s, t.schedule, at)},
                       {"problems", textsJson(now.ruledOut)},
                       {"at", timeJson(at)}};
    }
    for (const auto &x : s.workspace->schedules) {
        const oncall::Behind now = oncall::behind(s, x.id, at);
        schedules[x.id] = {{"team", ""},
                           {"name", x.name},
                           {"policy", ""},
                           {"person", now.people.empty() ? std::string() : now.people.front().person},
                           {"members", json::array()},
                           {"schedule", x.id},
                           {"people", calledJson(s, now)},
                           {"until", untilJson(s, x.id, at)},
                           {"problems", textsJson(now.ruledOut)},
                           {"at", timeJson(at)}};
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

json::array overrideItems(const state::State &s)
{
    json::array out;
    for (const state::StandingOverride &o : s.rota.overrides)
        out.push_back(json::object{{"number", o.what.number},
                                   {"schedule", o.schedule},
                                   {"kind", wordJson(o.what.kind)},
                                   {"people", textsJson(o.what.people)},
                                   {"replaces", o.what.replaces},
                                   {"from", timeJson(o.what.from)},
                                   {"until", timeJson(o.what.until)},
                                   {"state", o.what.until <= s.time ? "ended" : o.what.from <= s.time ? "active" : "pending"},
                                   {"source", o.source},
                                   {"reason", o.reason},
                                   {"by", o.by},
                                   {"madeAt", timeJson(o.at)}});
    std::stable_sort(out.begin(), out.end(), [](const json::value &a, const json::value &b) { return a.at("number").to_number<std::uint32_t>() < b.at("number").to_number<std::uint32_t>(); });
    return out;
}

} // namespace qd::control
