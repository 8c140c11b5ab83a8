// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/feed.h"

#include <algorithm>
#include <map>

namespace qd::oncall {

Result<Feed> readFeed(std::string_view bytes, const Workspace &workspace, const Schedule &schedule, const std::vector<Override> &standing, Instant now,
                      const std::vector<TakenByHand> &taken)
{
    constexpr std::int64_t kDay = hours(24).ns;
    Feed out;
    // Whole days, so that it is the same all day long and only what was edited is a change.
    out.since = Instant{now.ns / kDay * kDay} - kFeedBehind;
    auto calendar = readCalendar(bytes, workspace, schedule.zone, out.since, out.since + kFeedBehind + kFeedAhead);
    if (!calendar)
        return tl::unexpected(calendar.error());
    out.shifts = std::move(calendar->stretches);
    out.problems = std::move(calendar->problems);
    if (out.shifts.size() > kFeedShifts)
        out.shifts.resize(kFeedShifts);
    std::vector<CalendarStretch> before;
    for (const Override &o : standing)
        if (o.until > out.since)
            before.push_back({o.from, o.until, o.people});
    std::sort(before.begin(), before.end(), [](const auto &a, const auto &b) { return a.from < b.from; });
    if (out.shifts.empty() && !before.empty())
        return fail(Code::Invalid, "it says of nobody any more when they are on call" + (out.problems.empty() ? std::string() : " (" + out.problems.front() + ")")
                                       + "; what it said before stays");
    // A shift under way at that moment began earlier: it keeps its beginning.
    if (!out.shifts.empty() && !before.empty() && out.shifts.front().from == out.since && before.front().from < out.since && before.front().people == out.shifts.front().people)
        out.shifts.front().from = before.front().from;
    out.changed = besides(out.shifts, taken, out.problems) != before;
    return out;
}

std::vector<TakenByHand> takenByHand(const state::State &state, const Schedule &schedule, std::string_view source)
{
    std::vector<TakenByHand> out;
    const Zone zone = Zone::orUtc(schedule.zone);
    for (const Temporary &t : schedule.temporaries)
        out.push_back({zone.instant({t.from}), zone.instant({t.until}), "the temporary schedule from " + toText(LocalTime{t.from}) + " in the workspace"});
    for (const state::StandingOverride &o : state.rota.overrides)
        if (o.schedule == schedule.id && o.what.kind == OverrideKind::Temporary && o.source != source)
            out.push_back({o.what.from, o.what.until, "override " + std::to_string(o.what.number) + (o.source.empty() ? "" : " (" + o.source + ")")});
    return out;
}

std::vector<CalendarStretch> besides(const std::vector<CalendarStretch> &shifts, const std::vector<TakenByHand> &taken, std::vector<std::string> &left)
{
    std::vector<CalendarStretch> rest = shifts;
    for (const TakenByHand &hand : taken) {
        std::vector<CalendarStretch> next;
        Instant from, until;
        for (CalendarStretch &s : rest) {
            if (s.until <= hand.from || hand.until <= s.from) {
                next.push_back(std::move(s));
                continue;
            }
            from = from ? std::min(from, std::max(s.from, hand.from)) : std::max(s.from, hand.from);
            until = std::max(until, std::min(s.until, hand.until));
            if (s.from < hand.from)
                next.push_back({s.from, hand.from, s.people});
            if (hand.until < s.until)
                next.push_back({hand.until, s.until, s.people});
        }
        rest = std::move(next);
        if (from)
            left.push_back("from " + toRfc3339(from) + " until " + toRfc3339(until) + " " + hand.what + " says who is on call, not the calendar");
    }
    return rest;
}

events::Events withdrawUnnamed(const state::State &state)
{
    constexpr std::string_view kCalendar = "calendar/";
    std::map<std::pair<std::string, std::string>, std::vector<std::uint32_t>> gone; // schedule, calendar
    for (const state::StandingOverride &o : state.rota.overrides) {
        if (!o.source.starts_with(kCalendar) || o.by != kFeedActor || o.what.until <= state.time)
            continue;
        const std::string calendar = o.source.substr(kCalendar.size());
        const Schedule *schedule = state.workspace->schedule(o.schedule);
        if (!schedule || schedule->calendar != calendar)
            gone[{o.schedule, calendar}].push_back(o.what.number);
    }
    events::Events out;
    for (auto &[whose, numbers] : gone)
        out.push_back(events::OverridesWithdrawn{whose.first, std::move(numbers), "the workspace does not name calendar " + whose.second + " for this schedule any more", {std::string(kFeedActor), Path::Own}});
    return out;
}

std::vector<Override> overridesFromFeed(const state::State &state, const Schedule &schedule)
{
    std::vector<Override> out;
    for (const state::StandingOverride &o : state.rota.overrides)
        if (!schedule.calendar.empty() && o.schedule == schedule.id && o.source == "calendar/" + schedule.calendar)
            out.push_back(o.what);
    return out;
}

} // namespace qd::oncall
