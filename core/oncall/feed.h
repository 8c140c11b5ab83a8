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

/// A span of a schedule in which something made by hand says alone who is on call: there it counts, whatever a calendar elsewhere says.
struct TakenByHand {
    Instant from, until;
    std::string what; ///< "override 3", "the temporary schedule from … in the workspace"
};
/// `source`: the calendar's own overrides, "calendar/NAME", are none.
[[nodiscard]] std::vector<TakenByHand> takenByHand(const state::State &state, const Schedule &schedule, std::string_view source);
/// The shifts without those spans; what was left out of them is named in `left`, one sentence a span. Pure.
[[nodiscard]] std::vector<CalendarStretch> besides(const std::vector<CalendarStretch> &shifts, const std::vector<TakenByHand> &taken, std::vector<std::string> &left);

/// Errors: those of readCalendar, and Invalid for one that says of nobody any more where it did: an empty answer is a broken one as far as
/// it can be told, and what was said before stays. `standing`: overrides of the schedule that came from this calendar; `taken`: what was made
/// by hand besides, which is named as a problem where the calendar says otherwise. Pure.
[[nodiscard]] Result<Feed> readFeed(std::string_view bytes, const Workspace &workspace, const Schedule &schedule,
                                    const std::vector<Override> &standing, Instant now, const std::vector<TakenByHand> &taken = {});

/// The overrides of a schedule that its calendar made.
[[nodiscard]] std::vector<Override> overridesFromFeed(const state::State &state, const Schedule &schedule);

/// Who brings in what calendars elsewhere say, as against a person who imports a file.
inline constexpr std::string_view kFeedActor = "core";
/// The shifts of calendars their schedules do not name any more go with them: withdrawn, as far as they are not over.
[[nodiscard]] events::Events withdrawUnnamed(const state::State &state);

} // namespace qd::oncall
