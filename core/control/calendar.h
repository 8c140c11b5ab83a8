// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/oncall.h"

namespace qd::control {

/// `schedule.ical`: `{"schedule","calendar":"BEGIN:VCALENDAR…"}`, the layout of a span as RFC 5545.
[[nodiscard]] Result<std::string> calendarJson(const state::State &state, const LayoutParams &params, Instant now);

/// `schedule.readical`: what bringing a calendar in would change, without changing anything.
struct CalendarParams {
    std::string schedule, calendar, text; ///< calendar: its name; text: RFC 5545
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "calendar", e.calendar); f(3, "text", e.text);)
};
/// `{"schedule","calendar","shifts":[{"from","until","people"}],"difference":["…"],"problems":["…"]}`: the shifts are what
/// `schedule.import` takes. Reads from now on, for a year.
[[nodiscard]] Result<std::string> readCalendarJson(const state::State &state, const CalendarParams &params, Instant now);

} // namespace qd::control
