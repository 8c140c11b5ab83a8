// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <string>
#include <vector>

/// Commands about who is on call. Part of core/desk/commands.h.
namespace qd::desk {

/// A schedule is another for a span: `people` come, `replace` goes. kind: "add" (people, nobody goes), "remove" (nobody comes),
/// "replace", "temporary" (people and nobody else); "" = as the fields say. Times: RFC 3339, or local to the schedule's zone.
struct OverrideSchedule {
    std::string schedule, kind, replace, from, until, reason;
    std::vector<std::string> people;
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "kind", e.kind); f(3, "people", e.people); f(4, "replace", e.replace); f(5, "from", e.from);
              f(6, "until", e.until); f(7, "reason", e.reason);)
};
/// `person` and `with` stand in for each other: `with` from `from` until `until`, `person` from `withFrom` until `withUntil`.
struct SwapShifts {
    std::string schedule, person, from, until, with, withFrom, withUntil, reason;
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "person", e.person); f(3, "from", e.from); f(4, "until", e.until); f(5, "with", e.with);
              f(6, "withFrom", e.withFrom); f(7, "withUntil", e.withUntil); f(8, "reason", e.reason);)
};
struct WithdrawOverride {
    std::uint32_t number = 0; ///< what was made together goes together
    std::string reason;
    QD_FIELDS(f(1, "number", e.number); f(2, "reason", e.reason);)
};
/// One stretch of a calendar brought in.
struct CalendarShift {
    std::string from, until;
    std::vector<std::string> people;
    QD_FIELDS(f(1, "from", e.from); f(2, "until", e.until); f(3, "people", e.people);)
};
/// What a calendar says counts where it says something; what it said when it was brought in before is superseded.
struct ImportShifts {
    std::string schedule, calendar, reason;
    std::vector<CalendarShift> shifts;
    std::string since = {}; ///< RFC 3339: what ended before that stays as it was said then
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "calendar", e.calendar); f(3, "shifts", e.shifts); f(4, "reason", e.reason);
              f(5, "since", e.since);)
};

} // namespace qd::desk
