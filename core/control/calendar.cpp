// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/calendar.h"

#include "core/base/safetext.h"
#include "core/control/items.h"
#include "core/oncall/calendar.h"

#include <algorithm>

namespace qd::control {

using state::State;

namespace {

std::string listed(const std::vector<std::string> &people)
{
    std::string out;
    for (const auto &p : people)
        out += (out.empty() ? "" : ", ") + p;
    return out.empty() ? "nobody" : out;
}

std::string spanText(Instant from, Instant until) { return toRfc3339(from) + " to " + toRfc3339(until); }

/// Who the schedule has at the beginning of a stretch, without what the calendar said before.
std::string otherwise(const Schedule &schedule, const std::vector<Override> &others, Instant at)
{
    std::vector<std::string> people;
    for (const auto &who : oncall::segmentAt(schedule, others, at).people)
        people.push_back(who.person);
    return listed(people);
}

} // namespace

Result<std::string> calendarJson(const State &state, const LayoutParams &params, Instant now)
{
    const auto span = spanOf(state, params, now);
    if (!span)
        return tl::unexpected(span.error());
    const auto layout = oncall::layOut(*span->schedule, state.rota.overridesOf(span->schedule->id), span->from, span->until);
    return json::serialize(json::object{{"schedule", span->schedule->id}, {"calendar", oncall::toCalendar(*state.workspace, *span->schedule, layout, state.time)}});
}

Result<std::string> readCalendarJson(const State &state, const CalendarParams &params, Instant now)
{
    const Schedule *schedule = state.workspace->schedule(params.schedule);
    if (!schedule)
        return fail(Code::NotFound, "There is no schedule \"" + safeLine(params.schedule, 60) + "\" in the workspace; `get schedules` lists them.");
    const std::string name = safeLine(params.calendar, 100);
    const auto calendar = oncall::readCalendar(params.text, *state.workspace, schedule->zone, now, now + oncall::kLayoutLimit);
    if (!calendar)
        return tl::unexpected(calendar.error());
    std::vector<oncall::CalendarStretch> before;
    std::vector<Override> others;
    for (const state::StandingOverride &o : state.rota.overrides)
        if (o.schedule == schedule->id && o.source != "calendar/" + name)
            others.push_back(o.what);
        else if (o.schedule == schedule->id && o.what.until > now)
            before.push_back({std::max(o.what.from, now), o.what.until, o.what.people});
    json::array shifts, difference;
    std::size_t same = 0;
    const auto has = [](const std::vector<oncall::CalendarStretch> &list, const oncall::CalendarStretch &s) { return std::find(list.begin(), list.end(), s) != list.end(); };
    for (const auto &s : calendar->stretches) {
        shifts.push_back(json::object{{"from", timeJson(s.from)}, {"until", timeJson(s.until)}, {"people", textsJson(s.people)}});
        if (has(before, s)) {
            ++same;
            continue;
        }
        const std::string was = otherwise(*schedule, others, s.from);
        difference.emplace_back("+ " + spanText(s.from, s.until) + " " + listed(s.people) + (was == listed(s.people) ? ", as the schedule says" : ", where the schedule says " + was + ": the calendar counts"));
    }
    for (const auto &s : before)
        if (!has(calendar->stretches, s))
            difference.emplace_back("- " + spanText(s.from, s.until) + " " + listed(s.people) + ", now " + otherwise(*schedule, others, s.from));
    if (same > 0)
        difference.emplace_back("= " + std::to_string(same) + (same == 1 ? " shift" : " shifts") + " as brought in before");
    return json::serialize(json::object{{"schedule", schedule->id}, {"calendar", name}, {"shifts", std::move(shifts)}, {"difference", std::move(difference)},
                                        {"problems", textsJson(calendar->problems)}});
}

} // namespace qd::control
