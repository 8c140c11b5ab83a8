// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/feed.h"

#include <algorithm>

namespace qd::oncall {

Result<Feed> readFeed(std::string_view bytes, const Workspace &workspace, const Schedule &schedule, const std::vector<Override> &standing, Instant now)
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
    out.changed = out.shifts != before;
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
