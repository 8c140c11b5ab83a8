// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oncall/calendar.h"
#include "core/state/state.h"

namespace qd::oncall {

/// How far ahead a calendar that is asked again and again is read, and from how long ago on it still may say otherwise.
inline constexpr Span kFeedAhead = hours(24 * 60), kFeedBehind = hours(24);
inline constexpr std::size_t kFeedShifts = 1000; ///< of one schedule; what is later is read when it is nearer

/// What a calendar says of a schedule that names it, against what it said before.
struct Feed {
    Instant since;                       ///< what ended before stays as it was
    std::vector<CalendarStretch> shifts; ///< all it says from then on
    std::vector<std::string> problems;   ///< what did not translate
    bool changed = false;
};

/// Errors: those of readCalendar, and Invalid for one that says of nobody any more where it did: an empty answer is a broken one as far as
/// it can be told, and what was said before stays. `standing`: overrides of the schedule that came from this calendar. Pure.
[[nodiscard]] Result<Feed> readFeed(std::string_view bytes, const Workspace &workspace, const Schedule &schedule,
                                    const std::vector<Override> &standing, Instant now);

/// The overrides of a schedule that its calendar made.
[[nodiscard]] std::vector<Override> overridesFromFeed(const state::State &state, const Schedule &schedule);

} // namespace qd::oncall
