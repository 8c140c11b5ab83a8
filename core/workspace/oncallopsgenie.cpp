// SPDX-License-Identifier: GPL-3.0-or-later
// Opsgenie, REST API v2: users, teams, schedules (?expand=rotation), escalations (docs.opsgenie.com/docs/api-overview).
#include "core/workspace/oncallgather.h"

#include <algorithm>
#include <array>

namespace qd::workspace {

namespace {

constexpr std::array<const char *, 7> kDayNames{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

int dayOf(const std::string &name)
{
    for (std::size_t i = 0; i < kDayNames.size(); ++i)
        if (name == kDayNames[i])
            return static_cast<int>(i);
    return -1;
}

/// A user or team as Opsgenie names them: by id, or by user name.
std::string nameOf(const json::object &recipient)
{
    const std::string id = textAt(recipient, "id");
    return !id.empty() ? id : !textAt(recipient, "username").empty() ? textAt(recipient, "username") : textAt(recipient, "name");
}

void restrict(const json::object &rotation, Layer &layer)
{
    const json::object *restriction = objectAt(rotation, "timeRestriction");
    if (!restriction)
        return;
    const auto minuteAt = [](const json::object &o, const char *hour, const char *minute) { return numberAt(o, hour) * 60 + numberAt(o, minute); };
    if (const json::object *day = objectAt(*restriction, "restriction"))
        OnCallGather::addWindow(layer.only, 0x7f, minuteAt(*day, "startHour", "startMin"), minuteAt(*day, "endHour", "endMin"));
    for (const json::object *r : listAt(*restriction, "restrictions")) {
        const int first = dayOf(textAt(*r, "startDay")), last = dayOf(textAt(*r, "endDay"));
        const std::int64_t from = minuteAt(*r, "startHour", "startMin"), until = minuteAt(*r, "endHour", "endMin");
        if (first < 0 || last < 0)
            continue;
        if (first == last && from < until) {
            OnCallGather::addWindow(layer.only, 1u << first, from, until);
            continue;
        }
        // From a time on one day to a time on another, the days between whole.
        OnCallGather::addWindow(layer.only, 1u << first, from, 1440);
        for (int day = (first + 1) % 7; day != last; day = (day + 1) % 7)
            OnCallGather::addWindow(layer.only, 1u << day, 0, 1440);
        if (until > 0)
            OnCallGather::addWindow(layer.only, 1u << last, 0, until);
    }
}

void takeSchedule(const json::object &each, OnCallGather &to, Instant now)
{
    Schedule schedule;
    schedule.name = textAt(each, "name");
    schedule.zone = textAt(each, "timezone");
    const std::string what = "schedule " + schedule.name;
    if (!truthAt(each, "enabled", true))
        to.lost(what + " is switched off there; here it is on");
    const Zone zone = Zone::orUtc(schedule.zone);
    const auto rotations = listAt(each, "rotations");
    if (rotations.size() > 1)
        schedule.together = true; // Opsgenie calls who is on in any of them
    for (const json::object *rotation : rotations) {
        Layer layer;
        layer.id = textAt(*rotation, "name");
        const std::string part = what + ", rotation " + layer.id;
        const auto start = parseInstant(textAt(*rotation, "startDate")), end = parseInstant(textAt(*rotation, "endDate"));
        if (end && *end && *end <= now)
            continue; // it is over
        if (!start || !*start) {
            to.lost(part + " has no start; it is left out");
            continue;
        }
        if (end && *end)
            to.lost(part + " ends at " + toRfc3339(*end) + "; take the layer out then");
        layer.start = zone.local(*start).seconds;
        const std::string type = textAt(*rotation, "type");
        const std::int64_t length = std::clamp<std::int64_t>(numberAt(*rotation, "length", 1), 1, 52);
        layer.length = type == "hourly" ? hours(length) : type == "weekly" ? hours(24 * 7 * length) : hours(24 * length);
        if (type != "hourly" && type != "daily" && type != "weekly")
            to.lost(part + " comes round \"" + type + "\"; daily is taken");
        for (const json::object *who : listAt(*rotation, "participants")) {
            const std::string person = textAt(*who, "type") == "user" ? to.personOf(nameOf(*who)) : std::string();
            if (person.empty())
                to.lost(part + ": a turn of type " + textAt(*who, "type") + " is nobody that is known; it is left out, and the turns after it come earlier");
            else
                layer.people.push_back(person);
        }
        restrict(*rotation, layer);
        if (layer.people.empty())
            to.lost(part + " has nobody in it; it is left out");
        else
            schedule.layers.push_back(std::move(layer));
    }
    const std::string id = to.schedule(textAt(each, "id"), std::move(schedule));
    if (const json::object *owner = objectAt(each, "ownerTeam"))
        if (Team *t = to.teamNamed(to.teamOf(nameOf(*owner))); t && t->schedule.empty())
            t->schedule = id;
}

Span delayOf(const json::object &rule)
{
    const json::object *delay = objectAt(rule, "delay");
    const std::int64_t amount = delay ? std::max<std::int64_t>(0, numberAt(*delay, "timeAmount")) : 0;
    const std::string unit = delay ? textAt(*delay, "timeUnit") : std::string();
    return unit == "hours" ? hours(std::min<std::int64_t>(amount, 24)) : unit == "days" ? hours(24) : minutes(std::min<std::int64_t>(amount, 1440));
}

void takeEscalation(const json::object &each, OnCallGather &to)
{
    Policy policy;
    policy.name = textAt(each, "name");
    const std::string what = "escalation " + policy.name;
    auto rules = listAt(each, "rules");
    std::stable_sort(rules.begin(), rules.end(), [](const auto *a, const auto *b) { return delayOf(*a) < delayOf(*b); });
    PolicyStep open;
    Span opened;
    const auto close = [&](Span wait) {
        open.wait = wait;
        to.addStep(policy, std::exchange(open, {}));
    };
    if (!rules.empty() && delayOf(*rules.front()).ns > 0)
        to.lost(what + " waits " + toText(delayOf(*rules.front())) + " before it calls anybody; here the first call is made at once");
    for (const json::object *rule : rules) {
        const json::object *recipient = objectAt(*rule, "recipient");
        const std::string type = recipient ? textAt(*recipient, "type") : std::string(), key = recipient ? nameOf(*recipient) : std::string();
        const std::string target = type == "user" ? to.personOf(key) : type == "team" ? to.teamOf(key) : type == "schedule" ? to.scheduleOf(key) : std::string();
        if (target.empty()) {
            to.lost(what + ": a rule calls a " + (type.empty() ? "nobody" : type) + " that is not known; it is left out");
            continue;
        }
        if (const std::string how = textAt(*rule, "notifyType"); !how.empty() && how != "default")
            to.lost(what + ": \"" + how + "\" of " + target + " is called as whoever is on");
        if (textAt(*rule, "condition") == "if-not-closed")
            to.lost(what + ": " + target + " is called until the alert is closed there; here an acknowledgement ends the calls");
        const Span at = delayOf(*rule);
        if (open.targets.empty())
            opened = at;
        else if (at > opened) {
            close(at - opened);
            opened = at;
        }
        open.targets.push_back(target);
    }
    if (!open.targets.empty())
        close(minutes(5));
    if (const json::object *repeat = objectAt(each, "repeat")) {
        policy.repeat = static_cast<std::uint32_t>(std::clamp<std::int64_t>(numberAt(*repeat, "count"), 0, 1000));
        if (const std::int64_t wait = numberAt(*repeat, "waitInterval"); policy.repeat > 0 && wait > 0 && !policy.steps.empty())
            policy.steps.back().wait = minutes(std::min<std::int64_t>(wait, 1440)); // before it starts over
    }
    to.policy(std::move(policy));
}

} // namespace

void readOpsgenie(const json::object &from, OnCallGather &to, Instant at)
{
    for (const json::object *user : listAt(from, "users"))
        if (!truthAt(*user, "blocked"))
            to.person({textAt(*user, "id"), textAt(*user, "username")}, textAt(*user, "username"), textAt(*user, "fullName"), textAt(*user, "timeZone"));
    for (const json::object *team : listAt(from, "teams")) {
        const std::string id = to.team(textAt(*team, "id"), textAt(*team, "name"));
        if (Team *t = to.teamNamed(id))
            for (const json::object *member : listAt(*team, "members"))
                if (const json::object *user = objectAt(*member, "user"))
                    if (const std::string person = to.personOf(nameOf(*user)); !person.empty())
                        t->members.push_back(person);
    }
    for (const json::object *schedule : listAt(from, "schedules"))
        takeSchedule(*schedule, to, at);
    for (const json::object *escalation : listAt(from, "escalations"))
        takeEscalation(*escalation, to);
}

} // namespace qd::workspace
