// SPDX-License-Identifier: GPL-3.0-or-later
// PagerDuty, REST API v2: users, teams (with members), schedules (each as GET /schedules/{id} has it, with its overrides), escalation_policies,
// services (PagerDuty/api-schema reference/REST/openapiv3.json).
#include "core/workspace/oncallgather.h"

#include <algorithm>

namespace qd::workspace {

namespace {

constexpr std::int64_t kDayMinutes = 1440, kWeekMinutes = 7 * kDayMinutes;

std::string idIn(const json::object &from, const char *member)
{
    const json::object *reference = objectAt(from, member);
    return reference ? textAt(*reference, "id") : std::string();
}

/// "08:30:00" as minutes.
std::int64_t minutesOf(const std::string &time)
{
    if (time.size() < 5 || time[2] != ':')
        return 0;
    const auto digit = [&](std::size_t at) { return static_cast<std::int64_t>(time[at] - '0'); };
    return std::clamp<std::int64_t>((digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4), 0, kDayMinutes - 1);
}

void restrictLayer(const json::object &layer, Layer &out, OnCallGather &to, const std::string &part)
{
    for (const json::object *each : listAt(layer, "restrictions")) {
        const std::string type = textAt(*each, "type");
        const std::int64_t from = minutesOf(textAt(*each, "start_time_of_day"));
        std::int64_t left = std::clamp<std::int64_t>(numberAt(*each, "duration_seconds") / 60, 0, kWeekMinutes);
        if (left == 0)
            continue;
        if (type == "daily_restriction") {
            OnCallGather::addWindow(out.only, 0x7f, from, left >= kDayMinutes ? from : (from + left) % kDayMinutes == 0 ? kDayMinutes : (from + left) % kDayMinutes);
            continue;
        }
        if (type != "weekly_restriction") {
            to.lost(part + ": a restriction of type " + type + " has no meaning here; it is left out");
            continue;
        }
        // From a time on one day on, over midnights.
        std::int64_t day = std::clamp<std::int64_t>(numberAt(*each, "start_day_of_week", 1), 1, 7) - 1, at = from;
        while (left > 0) {
            const std::int64_t piece = std::min(left, kDayMinutes - at);
            OnCallGather::addWindow(out.only, 1u << day, at, at + piece);
            left -= piece;
            at = 0;
            day = (day + 1) % 7;
        }
    }
}

void takeOverrides(const json::object &from, const json::object &each, Schedule &schedule, const Zone &zone, OnCallGather &to, Instant now)
{
    std::vector<const json::object *> all = listAt(each, "overrides");
    if (const json::object *lists = objectAt(from, "overrides"))
        for (const json::object *o : listAt(*lists, textAt(each, "id").c_str()))
            all.push_back(o);
    for (const json::object *o : all) {
        const auto begin = parseInstant(textAt(*o, "start")), end = parseInstant(textAt(*o, "end"));
        const std::string person = to.personOf(idIn(*o, "user"));
        if (!begin || !end || !*begin || *end <= *begin || *end <= now)
            continue;
        if (person.empty()) {
            to.lost("schedule " + schedule.name + ": an override from " + toRfc3339(*begin) + " names nobody that is known; it is left out");
            continue;
        }
        schedule.temporaries.push_back({zone.local(*begin).seconds, zone.local(*end).seconds, {person}, "override in PagerDuty"});
    }
}

void takeDutySchedule(const json::object &from, const json::object &each, OnCallGather &to, Instant now)
{
    Schedule schedule;
    schedule.name = textAt(each, "name");
    schedule.zone = textAt(each, "time_zone");
    const std::string what = "schedule " + schedule.name;
    const Zone zone = Zone::orUtc(schedule.zone);
    auto layers = listAt(each, "schedule_layers");
    std::reverse(layers.begin(), layers.end()); // the first they name is above all others; here the last is
    for (const json::object *given : layers) {
        Layer layer;
        layer.id = textAt(*given, "name");
        const std::string part = what + ", layer " + layer.id;
        const auto end = parseInstant(textAt(*given, "end")), began = parseInstant(textAt(*given, "start"));
        auto start = parseInstant(textAt(*given, "rotation_virtual_start"));
        if (end && *end && *end <= now)
            continue; // it is over
        if (!start || !*start)
            start = began;
        if (!start || !*start) {
            to.lost(part + " has no start; it is left out");
            continue;
        }
        if (end && *end)
            to.lost(part + " ends at " + toRfc3339(*end) + "; take the layer out then");
        if (began && *began > now)
            to.lost(part + " begins only at " + toRfc3339(*began) + "; here its turns count from now on");
        layer.start = zone.local(*start).seconds;
        constexpr std::int64_t kHour = 3600, kYear = 365 * 24 * kHour;
        const std::int64_t length = numberAt(*given, "rotation_turn_length_seconds", 7 * 24 * kHour);
        layer.length = seconds(std::clamp(length / 60 * 60, kHour, kYear));
        if (layer.length != seconds(length))
            to.lost(part + " comes round every " + std::to_string(length) + " s; " + toText(layer.length) + " is taken");
        for (const json::object *turn : listAt(*given, "users")) {
            const std::string person = to.personOf(idIn(*turn, "user"));
            if (person.empty())
                to.lost(part + ": a turn is nobody that is known; it is left out, and the turns after it come earlier");
            else
                layer.people.push_back(person);
        }
        restrictLayer(*given, layer, to, part);
        if (layer.people.empty())
            to.lost(part + " has nobody in it; it is left out");
        else
            schedule.layers.push_back(std::move(layer));
    }
    takeOverrides(from, each, schedule, zone, to, now);
    (void)to.schedule(textAt(each, "id"), std::move(schedule));
}

void takeDutyPolicy(const json::object &each, OnCallGather &to)
{
    Policy policy;
    policy.name = textAt(each, "name");
    policy.repeat = static_cast<std::uint32_t>(std::clamp<std::int64_t>(numberAt(each, "num_loops"), 0, 1000));
    for (const json::object *rule : listAt(each, "escalation_rules")) {
        PolicyStep step;
        step.wait = minutes(std::clamp<std::int64_t>(numberAt(*rule, "escalation_delay_in_minutes", 30), 1, kDayMinutes));
        const json::object *strategy = objectAt(*rule, "escalation_rule_assignment_strategy");
        step.roundRobin = strategy && textAt(*strategy, "type") == "round_robin";
        for (const json::object *target : listAt(*rule, "targets")) {
            const std::string type = textAt(*target, "type"), key = textAt(*target, "id");
            const std::string id = type.starts_with("user") ? to.personOf(key) : type.starts_with("schedule") ? to.scheduleOf(key) : std::string();
            if (id.empty())
                to.lost("policy " + policy.name + ": a rule calls a " + type + " that is not known here; it is left out");
            else
                step.targets.push_back(id);
        }
        to.addStep(policy, std::move(step));
    }
    (void)to.policy(std::move(policy), textAt(each, "id"));
}

/// A service's own policy is its team's; where the team has another already, an ownership rule says it.
void takeDutyService(const json::object &each, OnCallGather &to)
{
    const std::string name = textAt(each, "name");
    if (name.empty())
        return to.lost("a service without a name is left out");
    const std::string what = "service " + name, policy = to.policyOf(idIn(each, "escalation_policy"));
    if (textAt(each, "status") == "disabled")
        to.lost(what + " is switched off there; here it is a service as any other");
    if (objectAt(each, "support_hours"))
        to.lost(what + ": its support hours have no meaning here; silences, windows and policies do");
    for (const char *timeout : {"acknowledgement_timeout", "auto_resolve_timeout"})
        if (numberAt(each, timeout) > 0)
            to.lost(what + ": its " + timeout + " of " + std::to_string(numberAt(each, timeout)) + " s has no meaning here");
    std::string team;
    for (const json::object *t : listAt(each, "teams"))
        team = team.empty() ? to.teamOf(textAt(*t, "id")) : team;
    const std::string id = to.service(name, team);
    if (id.empty())
        return;
    if (policy.empty())
        return to.lost(what + " is escalated by a policy that is not known here");
    if (Team *own = to.teamNamed(team); own && own->policy.empty())
        own->policy = policy;
    if (to.policyOfTeam(team) == policy)
        return;
    Matcher match;
    match.name = "service";
    match.value = name;
    to.owner({"pagerduty-" + id, {match}, {}, {}, policy, {}});
}

} // namespace

void readPagerDuty(const json::object &from, OnCallGather &to, Instant at)
{
    for (const json::object *user : listAt(from, "users"))
        to.person({textAt(*user, "id")}, textAt(*user, "email"), textAt(*user, "name"), textAt(*user, "time_zone"));
    for (const json::object *team : listAt(from, "teams")) {
        const std::string key = textAt(*team, "id"), id = to.team(key, textAt(*team, "name"));
        Team *made = to.teamNamed(id);
        if (!made)
            continue;
        for (const json::object *member : listAt(*team, "members"))
            if (const std::string person = to.personOf(idIn(*member, "user")); !person.empty())
                made->members.push_back(person);
        for (const json::object *user : listAt(from, "users")) // without the list of members a user names their teams
            for (const json::object *of : listAt(*user, "teams"))
                if (const std::string person = to.personOf(textAt(*user, "id")); textAt(*of, "id") == key && !person.empty())
                    made->members.push_back(person);
    }
    for (const json::object *schedule : listAt(from, "schedules"))
        takeDutySchedule(from, *schedule, to, at);
    for (const json::object *policy : listAt(from, "escalation_policies"))
        takeDutyPolicy(*policy, to);
    for (const json::object *service : listAt(from, "services"))
        takeDutyService(*service, to);
}

} // namespace qd::workspace
