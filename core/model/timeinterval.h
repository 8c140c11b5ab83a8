// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/zone.h"
#include "core/model/rules.h"

namespace qd {

/// A TimeInterval made ready: Alertmanager's time intervals (timeinterval.go), with its meaning. Within a line all that is given must
/// hold; of several lines one. Immutable.
class IntervalTimes {
public:
    static constexpr std::size_t kLinesLimit = 100, kRangesLimit = 100; ///< lines of an interval, ranges of a field

    /// Reads lines of NAME=RANGE[,RANGE…], separated by blanks: times=09:00-17:00 (until 24:00, the end not included),
    /// weekdays=monday:friday, days_of_month=1:5,-3:-1 (from the month's end), months=1:3,december, years=2026:2028,
    /// location=Europe/Berlin (else UTC); "always". Invalid names what is wrong.
    [[nodiscard]] static Result<IntervalTimes> make(const std::vector<std::string> &when);

    [[nodiscard]] bool holds(Instant t) const;
    /// The earliest instant after `t` at which holds() may change: a midnight or a bound of `times` in a line's own zone.
    [[nodiscard]] Instant nextBound(Instant t) const;

private:
    struct Range {
        int from = 0, until = 0; ///< inclusive, but for times
    };
    using Ranges = std::vector<Range>;
    struct Line {
        Ranges times, weekdays, days, months, years; ///< minutes of the day; 0 Sunday … 6; 1 … 31 or -31 … -1; 1 … 12; years
        Zone zone;
    };
    [[nodiscard]] static Result<Line> read(const std::string &line);
    [[nodiscard]] static Result<Ranges> ranges(const std::string &field, const std::string &text);
    [[nodiscard]] static bool holds(const Line &line, Instant t);

    std::vector<Line> m_lines;
};

} // namespace qd
