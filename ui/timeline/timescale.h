// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QString>
#include <vector>

namespace qd::timeline {

inline constexpr Span kShortest = seconds(10);        ///< the shortest window that can be zoomed to
inline constexpr Span kLongest = hours(24 * 400);     ///< the longest

/// Which stretch of time lies on which pixels. A value; every change gives a new one. Pixels are logical and relative
/// to the canvas; `width` is at least 1.
struct TimeScale {
    Instant from;
    Span length = minutes(45);
    double left = 0;
    double width = 1;

    [[nodiscard]] Instant to() const { return from + length; }
    [[nodiscard]] double x(Instant at) const;
    [[nodiscard]] Instant at(double x) const;
    [[nodiscard]] bool contains(Instant at) const { return at >= from && at <= to(); }

    /// factor < 1 shows less time; the moment under `aroundX` stays under it. Clamped to kShortest … kLongest.
    [[nodiscard]] TimeScale zoomed(double factor, double aroundX) const;
    /// By a part of the window; positive looks later.
    [[nodiscard]] TimeScale panned(double part) const;
    /// The same length with `moment` at `part` (0 left edge … 1 right edge) of the window.
    [[nodiscard]] TimeScale with(Instant moment, double part) const;
};

struct Tick {
    Instant at;
    double x = 0;
    QString label;
    bool day = false; ///< a midnight: the label carries the date
};

/// Ticks at round times of the clocks that are shown, at least `spacing` pixels apart. In a window over more than one of their days the first tick and
/// every midnight carry the date.
[[nodiscard]] std::vector<Tick> ticks(const TimeScale &scale, double spacing);

/// The day of a moment by the clocks that are shown, counted from 1970.
[[nodiscard]] std::int64_t dayOf(Instant at);
/// True when the window touches more than one of them.
[[nodiscard]] bool spansDays(const TimeScale &scale);
/// "13:45 – 14:30", or "22 Nov 23:40 – 23 Nov 00:25".
[[nodiscard]] QString rangeText(const TimeScale &scale);
/// "23 Nov" by those clocks, in the words of the person's language.
[[nodiscard]] QString dayText(Instant at);

} // namespace qd::timeline
