// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timescale.h"
#include "ui/view/timeline.h"

#include <vector>

namespace qd::timeline {

inline constexpr int kFloodAbove = 10;        ///< alarms in ten minutes: more begin a flood (ISA-18.2)
inline constexpr Span kRateKnown = hours(24); ///< the core keeps so much of it

/// Alarms that opened in the ten minutes that end with the minute of `at`.
[[nodiscard]] int alarmsBefore(const view::AlarmRate &rate, Instant at);

/// The alarm rate under the lanes, on their time axis. Geometry alone.
struct RateBand {
    struct Step {
        double left = 0, right = 0;
        int count = 0;               ///< in the ten minutes before
    };
    struct Flood {
        double left = 0, right = 0;
    };
    std::vector<Step> steps;         ///< left to right without a gap; equal neighbours are one
    std::vector<Flood> floods;       ///< clipped to the window
    int peak = 0;                    ///< the most in the window
    Instant peakAt;                  ///< the minute in which that was reached first
    int top = kFloodAbove + 2;       ///< what the band's height stands for: never less, so that little looks little
};
/// Nothing is drawn of what lies ahead, nor of what is not known any more.
[[nodiscard]] RateBand layoutRate(const view::AlarmRate &rate, const TimeScale &scale, Instant now);

} // namespace qd::timeline
