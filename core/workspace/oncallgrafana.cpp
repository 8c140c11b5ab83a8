// SPDX-License-Identifier: GPL-3.0-or-later
// Grafana OnCall, public API v1: users, teams, schedules, on_call_shifts, escalation_chains, escalation_policies
// (grafana.com/docs/oncall/latest/oncall-api-reference).
#include "core/base/safetext.h"
#include "core/workspace/fields.h"
#include "core/workspace/oncallgather.h"

#include <algorithm>
#include <array>

namespace qd::workspace {

namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::array<const char *, 7> kDays{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
constexpr std::uint32_t kWholeWeek = 0x7f;

std::vector<std::string> peopleOf(const OnCallGather &to, const std::vector<std::string> &keys)
{
    std::vector<std::string> out;
    for (const std::string &key : keys)
        if (std::string id = to.personOf(key); !id.empty())
            out.push_back(std::move(id));
    return out;
}

/// The groups of a rolling shift, each as one person: who is first in it.
std::vector<std::string> turnsOf(const json::object &shift, const std::string &what, OnCallGather &to)
{
    std::vector<std::string> out;
    const json::value *groups = shift.if_contains("rolling_users");
    if (!groups || !groups->is_array())
        return out;
    for (const json::value &group : groups->get_array()) {
        std::vector<std::string> keys;
        if (group.is_array())
            for (const json::value &each : group.get_array())
                if (each.is_string())
                    keys.emplace_back(each.get_string());
        const auto people = peopleOf(to, keys);
        if (people.empty()) {
            to.lost(what + ": a turn names nobody that is known; it is left out, and the turns after it come earlier");
            continue;
        }
        if (people.size() > 1)
            to.lost(what + ": " + std::to_string(people.size()) + " people share a turn; " + people.front() + " is taken");
        out.push_back(people.front());
    }
    if (!out.empty()) {
        const auto first = static_cast<std::size_t>(std::max<std::int64_t>(0, numberAt(shift, "start_rotation_from_user_index"))) % out.size();
        std::rotate(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
    }
    return out;
}

/// One shift into the schedule. Levels are kept by the order of layers: the last with somebody on counts.
void addShift(const json::object &shift, Schedule &schedule, OnCallGather &to, Instant now)
{
    const std::string type = textAt(shift, "type"), name = textAt(shift, "name"), frequency = textAt(shift, "frequency");
    const std::string what = "schedule " + schedule.name + ", shift " + name;
    const auto start = parseLocalTime(textAt(shift, "start").substr(0, 19));
    const std::int64_t duration = numberAt(shift, "duration");
    if (!start || duration <= 0)
        return to.lost(what + " has no start or duration; it is left out");
    const std::string zone = textAt(shift, "time_zone");
    if (type == "single_event" || type == "override") {
        // Times without an offset are of the shift's own zone; the schedule's where it has none.
        const Instant from = Zone::orUtc(zone.empty() ? schedule.zone : zone).instant(*start), until = from + seconds(duration);
        const auto people = peopleOf(to, textsAt(shift, "users").empty() ? textsAt(shift, "rolling_users") : textsAt(shift, "users"));
        if (until <= now)
            return; // it is over
        if (people.empty())
            return to.lost(what + " names nobody that is known; it is left out");
        const Zone own = Zone::orUtc(schedule.zone);
        schedule.temporaries.push_back({own.local(from).seconds, own.local(until).seconds, people, safeLine(name, 200)});
        return;
    }
    Layer layer;
    layer.id = name;
    layer.zone = isZone(zone) && zone != schedule.zone ? zone : std::string();
    layer.start = start->seconds;
    const std::int64_t interval = std::clamp<std::int64_t>(numberAt(shift, "interval", 1), 1, 52);
    const std::int64_t unit = frequency == "hourly" ? 3600 : frequency == "daily" ? kDay : frequency == "weekly" ? 7 * kDay : 0;
    if (unit == 0)
        return to.lost(what + " comes round " + (frequency.empty() ? "at no set time" : frequency) + "; only hourly, daily and weekly rotations exist here");
    if (const auto until = parseLocalTime(textAt(shift, "until").substr(0, 19)); until && Zone::orUtc(zone.empty() ? schedule.zone : zone).instant(*until) <= now)
        return; // it is over
    if (interval > 1 && duration < unit * interval)
        return to.lost(what + " is on in one of " + std::to_string(interval) + " and off in the others, which no layer here says; it is left out");
    if (!textAt(shift, "until").empty())
        to.lost(what + " ends at " + textAt(shift, "until") + "; take the layer out then");
    for (const char *field : {"by_month", "by_monthday"})
        if (const json::value *v = shift.if_contains(field); v && v->is_array() && !v->get_array().empty())
            to.lost(what + ": " + field + " is not taken over; the layer is on in every month");
    layer.length = seconds(unit * interval);
    std::uint32_t days = 0;
    for (const std::string &day : textsAt(shift, "by_day"))
        for (std::size_t i = 0; i < kDays.size(); ++i)
            if (day == kDays[i])
                days |= 1u << i;
    const std::int64_t minute = start->minuteOfDay();
    // The first turn is that of the first event at or after rotation_start; with days of the week turns change where the week begins.
    if (const auto first = parseLocalTime(textAt(shift, "rotation_start").substr(0, 19)); first && first->seconds > layer.start)
        layer.start += (first->seconds - layer.start + unit * interval - 1) / (unit * interval) * (unit * interval);
    if (frequency == "weekly" && days != 0) {
        const std::string week = textAt(shift, "week_start");
        for (std::size_t i = 0; i < kDays.size(); ++i)
            if (week == kDays[i] || (week.empty() && i == 0))
                layer.start -= (LocalTime{layer.start}.weekday() - static_cast<int>(i) + 7) % 7 * kDay;
    }
    if (frequency == "weekly" && days == 0 && duration > kDay) {
        // From its weekday on for so many days: whole days between the first and the last.
        if (duration < unit)
            for (std::int64_t from = minute, left = duration / 60, day = start->weekday(); left > 0; day = (day + 1) % 7, from = 0) {
                const std::int64_t until = std::min<std::int64_t>(1440, from + left);
                OnCallGather::addWindow(layer.only, 1u << day, from, until);
                left -= until - from;
            }
    } else if (frequency == "weekly" && days == 0 && duration < unit) {
        OnCallGather::addWindow(layer.only, 1u << start->weekday(), minute, (minute + duration / 60) % 1440);
    } else if (frequency != "hourly" && (days != 0 || duration < kDay)) {
        if (duration > kDay)
            to.lost(what + " lasts " + std::to_string(duration / 3600) + " hours on each of its days; one day is taken");
        OnCallGather::addWindow(layer.only, days == 0 ? kWholeWeek : days, minute, duration >= kDay ? minute : (minute + duration / 60) % 1440);
    } else if (frequency == "hourly" && duration < unit * interval) {
        to.lost(what + " leaves gaps within its hours; here it is on without them");
    }
    if (type == "rolling_users") {
        layer.people = turnsOf(shift, what, to);
        if (layer.people.empty())
            return to.lost(what + " names nobody that is known; it is left out");
        schedule.layers.push_back(std::move(layer));
        return;
    }
    const auto people = peopleOf(to, textsAt(shift, "users"));
    if (people.empty())
        return to.lost(what + " names nobody that is known; it is left out");
    if (people.size() > 1) {
        schedule.together = true;
        to.lost(what + ": " + std::to_string(people.size()) + " people are on at once, so all layers of the schedule count together");
    }
    for (const std::string &person : people) { // each a layer of one: they do not take turns
        Layer one = layer;
        one.people = {person};
        schedule.layers.push_back(std::move(one));
    }
}

void takeChain(const json::object &chain, const std::vector<const json::object *> &steps, OnCallGather &to)
{
    Policy policy;
    policy.name = textAt(chain, "name");
    const std::string what = "escalation chain " + policy.name;
    std::vector<const json::object *> own;
    for (const json::object *step : steps)
        if (textAt(*step, "escalation_chain_id") == textAt(chain, "id"))
            own.push_back(step);
    std::stable_sort(own.begin(), own.end(), [](const auto *a, const auto *b) { return numberAt(*a, "position") < numberAt(*b, "position"); });
    PolicyStep open;
    const auto close = [&](Span wait) {
        open.wait = wait;
        to.addStep(policy, std::exchange(open, {}));
    };
    constexpr Span kAtOnce = minutes(1), kLast = minutes(5);
    for (const json::object *step : own) {
        const std::string type = textAt(*step, "type");
        std::vector<std::string> targets;
        bool roundRobin = false;
        if (type == "wait") {
            const Span wait = seconds(std::clamp<std::int64_t>(numberAt(*step, "duration", 60), 60, kDay));
            if (!open.targets.empty())
                close(wait);
            else if (!policy.steps.empty()) // a second wait, or one after a step that has no meaning here
                policy.steps.back().wait = std::min(policy.steps.back().wait + wait, hours(24));
            else
                to.lost(what + " waits before it calls anybody; here the first call is made at once");
            continue;
        }
        if (type == "notify_persons" || type == "notify_person_next_each_time") {
            roundRobin = type == "notify_person_next_each_time";
            targets = peopleOf(to, textsAt(*step, roundRobin ? "persons_to_notify_next_each_time" : "persons_to_notify"));
        } else if (type == "notify_on_call_from_schedule") {
            targets = {to.scheduleOf(textAt(*step, "notify_on_call_from_schedule"))};
        } else if (type == "notify_team_members") {
            targets = {to.teamOf(textAt(*step, "notify_to_team_members"))};
        } else if (type == "repeat_escalation") {
            policy.repeat = 5; // as often as Grafana OnCall repeats
            continue;
        } else {
            to.lost(what + ": its step \"" + type + "\" has no meaning here; it is left out");
            continue;
        }
        std::erase(targets, std::string());
        if (targets.empty()) {
            to.lost(what + ": its step \"" + type + "\" calls nobody that is known; it is left out");
            continue;
        }
        if (!open.targets.empty() && (roundRobin || open.roundRobin))
            close(kAtOnce);
        open.roundRobin = roundRobin;
        open.targets.insert(open.targets.end(), targets.begin(), targets.end());
    }
    if (!open.targets.empty())
        close(kLast);
    to.policy(std::move(policy));
}

} // namespace

void readGrafanaOnCall(const json::object &from, OnCallGather &to, Instant at)
{
    for (const json::object *user : listAt(from, "users"))
        to.person({textAt(*user, "id")}, textAt(*user, "email").empty() ? textAt(*user, "username") : textAt(*user, "email"), textAt(*user, "username"), textAt(*user, "timezone"));
    for (const json::object *team : listAt(from, "teams"))
        to.team(textAt(*team, "id"), textAt(*team, "name"));
    for (const json::object *user : listAt(from, "users"))
        for (const std::string &team : textsAt(*user, "teams"))
            if (Team *t = to.teamNamed(to.teamOf(team)))
                if (const std::string person = to.personOf(textAt(*user, "id")); !person.empty())
                    t->members.push_back(person);
    const auto shifts = listAt(from, "on_call_shifts");
    for (const json::object *each : listAt(from, "schedules")) {
        Schedule schedule;
        schedule.name = textAt(*each, "name");
        schedule.zone = textAt(*each, "time_zone");
        if (!textAt(*each, "ical_url_primary").empty() || textAt(*each, "type") == "ical")
            to.lost("schedule " + schedule.name + " comes from a calendar elsewhere; bring that in by `import ical`");
        const auto own = textsAt(*each, "shifts");
        std::vector<const json::object *> of;
        for (const json::object *shift : shifts)
            if (textAt(*shift, "schedule") == textAt(*each, "id") || std::find(own.begin(), own.end(), textAt(*shift, "id")) != own.end())
                of.push_back(shift);
        std::stable_sort(of.begin(), of.end(), [](const auto *a, const auto *b) { return numberAt(*a, "level") < numberAt(*b, "level"); });
        std::vector<std::int64_t> levels; // of the layers
        for (const json::object *shift : of) {
            const std::size_t before = schedule.layers.size();
            addShift(*shift, schedule, to, at);
            if (schedule.layers.size() > before)
                levels.push_back(numberAt(*shift, "level"));
        }
        // Shifts of one level are on together there.
        if (levels.size() > 1 && levels.front() == levels.back())
            schedule.together = true;
        else if (std::adjacent_find(levels.begin(), levels.end()) != levels.end())
            to.lost("schedule " + schedule.name + ": some of its shifts share a level and are on together there; here the last of them counts");
        (void)to.schedule(textAt(*each, "id"), std::move(schedule));
    }
    const auto steps = listAt(from, "escalation_policies");
    for (const json::object *chain : listAt(from, "escalation_chains"))
        takeChain(*chain, steps, to);
}

} // namespace qd::workspace
