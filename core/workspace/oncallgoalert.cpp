// SPDX-License-Identifier: GPL-3.0-or-later
// GoAlert, GraphQL (graphql2/schema.graphql): users, rotations, schedules with targets and rules, escalationPolicies with steps.
#include "core/workspace/oncallgather.h"

#include <algorithm>

namespace qd::workspace {

namespace {

std::int64_t minuteOf(const std::string &clock)
{
    const auto t = parseLocalTime("2000-01-03T" + clock.substr(0, 5));
    return t ? t->minuteOfDay() : 0;
}

struct Rotation {
    std::string name, zone;
    Layer layer;
};

std::optional<Rotation> rotationOf(const json::object &each, OnCallGather &to, Instant at)
{
    Rotation out;
    out.name = textAt(each, "name");
    out.zone = textAt(each, "timeZone");
    const std::string what = "rotation " + out.name, type = textAt(each, "type");
    const auto start = parseInstant(textAt(each, "start"));
    const std::int64_t length = std::clamp<std::int64_t>(numberAt(each, "shiftLength", 1), 1, 52);
    if (!start || !*start || (type != "hourly" && type != "daily" && type != "weekly")) {
        to.lost(what + " comes round " + (type.empty() ? "at no set time" : type) + "; only hourly, daily and weekly rotations exist here, and it is left out");
        return std::nullopt;
    }
    out.layer.id = out.name;
    out.layer.start = Zone::orUtc(out.zone).local(*start).seconds;
    out.layer.length = type == "hourly" ? hours(length) : type == "daily" ? hours(24 * length) : hours(24 * 7 * length);
    std::vector<std::string> keys = textsAt(each, "userIDs");
    for (const json::object *user : listAt(each, "users"))
        keys.push_back(textAt(*user, "id"));
    for (const std::string &key : keys)
        if (std::string person = to.personOf(key); !person.empty())
            out.layer.people.push_back(std::move(person));
    if (out.layer.people.empty()) {
        to.lost(what + " has nobody in it; it is left out");
        return std::nullopt;
    }
    // Whose turn it is is kept by GoAlert, beside the start: the turns are moved so that it is theirs now.
    const json::value *active = each.if_contains("activeUserIndex");
    const auto people = static_cast<std::int64_t>(out.layer.people.size());
    if (active && active->is_int64() && active->get_int64() >= 0 && active->get_int64() < people && static_cast<std::size_t>(people) == keys.size()) {
        const std::int64_t past = Zone::orUtc(out.zone).local(at).seconds - out.layer.start, length = out.layer.length.ns / 1'000'000'000;
        const std::int64_t turn = past < 0 ? 0 : past / length % people;
        std::rotate(out.layer.people.begin(), out.layer.people.begin() + (active->get_int64() - turn + people) % people, out.layer.people.end());
    }
    return out;
}

/// Windows of a target's rules, none of them when it is on at all times; nothing when it never is.
std::optional<std::vector<DayWindow>> windowsOf(const json::object &target)
{
    std::vector<DayWindow> out;
    for (const json::object *rule : listAt(target, "rules")) {
        std::uint32_t days = 0;
        if (const json::value *filter = rule->if_contains("weekdayFilter"); filter && filter->is_array())
            for (std::size_t i = 0; i < filter->get_array().size() && i < 7; ++i) // from Sunday on
                if (const json::value &on = filter->get_array()[i]; on.is_bool() && on.get_bool())
                    days |= 1u << (i + 6) % 7;
        const std::int64_t from = minuteOf(textAt(*rule, "start")), until = minuteOf(textAt(*rule, "end"));
        if (days == 0x7f && from == until)
            return std::vector<DayWindow>();
        if (days != 0)
            OnCallGather::addWindow(out, days, from, from == 0 && until == 0 ? 1440 : until);
    }
    return out.empty() ? std::nullopt : std::optional(std::move(out));
}

} // namespace

void readGoAlert(const json::object &from, OnCallGather &to, Instant at)
{
    for (const json::object *user : listAt(from, "users"))
        to.person({textAt(*user, "id")}, textAt(*user, "email"), textAt(*user, "name"), {});
    std::map<std::string, Rotation> rotations;
    for (const json::object *each : listAt(from, "rotations"))
        if (auto rotation = rotationOf(*each, to, at))
            rotations.emplace(textAt(*each, "id"), std::move(*rotation));
    for (const json::object *each : listAt(from, "schedules")) {
        Schedule schedule;
        schedule.name = textAt(*each, "name");
        schedule.zone = textAt(*each, "timeZone");
        for (const json::object *part : listAt(*each, "targets")) {
            const json::object *target = objectAt(*part, "target");
            const std::string type = target ? textAt(*target, "type") : std::string(), key = target ? textAt(*target, "id") : std::string();
            Layer layer;
            if (const auto rotation = rotations.find(key); type == "rotation" && rotation != rotations.end()) {
                layer = rotation->second.layer;
                layer.zone = rotation->second.zone == schedule.zone ? std::string() : rotation->second.zone;
            } else if (const std::string person = to.personOf(key); type == "user" && !person.empty()) {
                layer.id = person;
                layer.people = {person};
                layer.start = parseLocalTime("2020-01-06")->seconds;
                layer.length = hours(24 * 7);
            } else {
                to.lost("schedule " + schedule.name + ": its " + (type.empty() ? "target" : type) + " is not known; it is left out");
                continue;
            }
            auto windows = windowsOf(*part);
            if (!windows) {
                to.lost("schedule " + schedule.name + ": no rule says when " + layer.id + " is on; it is left out");
                continue;
            }
            layer.only = std::move(*windows);
            schedule.layers.push_back(std::move(layer));
        }
        schedule.together = schedule.layers.size() > 1; // GoAlert calls everybody who is on
        (void)to.schedule(textAt(*each, "id"), std::move(schedule));
    }
    std::map<std::string, std::string> alone; // rotations called by themselves
    for (const json::object *each : listAt(from, "escalationPolicies")) {
        Policy policy;
        policy.name = textAt(*each, "name");
        policy.repeat = static_cast<std::uint32_t>(std::clamp<std::int64_t>(numberAt(*each, "repeat"), 0, 1000));
        for (const json::object *step : listAt(*each, "steps")) {
            PolicyStep out;
            out.wait = minutes(std::clamp<std::int64_t>(numberAt(*step, "delayMinutes", 5), 1, 1440));
            for (const json::object *target : listAt(*step, "targets")) {
                const std::string type = textAt(*target, "type"), key = textAt(*target, "id");
                std::string id = type == "user" ? to.personOf(key) : type == "schedule" ? to.scheduleOf(key) : std::string();
                if (const auto rotation = rotations.find(key); type == "rotation" && rotation != rotations.end()) {
                    std::string &made = alone[key];
                    if (made.empty())
                        made = to.schedule("rotation/" + key, {{}, rotation->second.name, rotation->second.zone, {rotation->second.layer}});
                    id = made;
                }
                if (id.empty())
                    to.lost("policy " + policy.name + ": its step calls a " + type + ", which is not known here; it is left out");
                else
                    out.targets.push_back(std::move(id));
            }
            to.addStep(policy, std::move(out));
        }
        to.policy(std::move(policy));
    }
}

} // namespace qd::workspace
