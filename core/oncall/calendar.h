// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/workspace.h"
#include "core/oncall/schedule.h"

#include <string>
#include <string_view>
#include <vector>

/// Schedules as iCalendar (RFC 5545), by libical. Bytes to values and back; nothing here reads a file or a clock.
namespace qd::oncall {

inline constexpr std::size_t kCalendarLimit = 2u << 20; ///< bytes of a calendar
inline constexpr std::size_t kEventsLimit = 5000;       ///< VEVENTs of a calendar
inline constexpr std::size_t kOccurrencesLimit = 5000;  ///< of a calendar in the span read
inline constexpr std::size_t kStepsLimit = 200'000;     ///< of recurrences, all rules of a calendar together

/// One VEVENT for each person and stretch, times in UTC, the same bytes for the same layout. `stamp` becomes DTSTAMP. Gaps are
/// events without an attendee, "Nobody on call".
[[nodiscard]] std::string toCalendar(const Workspace &workspace, const Schedule &schedule, const Layout &layout, Instant stamp);

/// Who a calendar says is on call, joined so that stretches are in order and do not overlap.
struct CalendarStretch {
    Instant from, until;
    std::vector<std::string> people;
    bool operator==(const CalendarStretch &) const = default;
};
struct Calendar {
    std::vector<CalendarStretch> stretches;
    std::vector<std::string> problems; ///< what did not translate: one sentence each, with the event's summary or UID
};

/// The calendar's events within [from, until), recurrences expanded. Times without a zone are of `zone`; a time that never is
/// or is twice follows RFC 5545 section 3.3.5. A person is found by an exact id, name or bound address in the attendee or the
/// summary. Errors: TooLarge, Invalid (no calendar in it).
[[nodiscard]] Result<Calendar> readCalendar(std::string_view bytes, const Workspace &workspace, std::string_view zone, Instant from, Instant until);

} // namespace qd::oncall
