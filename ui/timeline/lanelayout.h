// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/words.h"
#include "ui/timeline/timescale.h"

#include <vector>

namespace qd::timeline {

/// Geometry of the lanes, without a window: what is drawn where, and what stands for what. Nothing is ever dropped: an
/// event is a mark, or inside a mark that shows how many it stands for, or counted at the edge it lies beyond.

/// One or more events of a lane drawn as one mark. `events` are indices into what was given, in time order.
struct Cluster {
    double x = 0;
    std::vector<std::size_t> events;
    double room = 0; ///< pixels free for a label, from x to the next mark or the right edge
};

struct LaneMarks {
    std::vector<Cluster> clusters;
    std::size_t before = 0; ///< events left of the window
    std::size_t after = 0;  ///< events right of it
};

/// Lays out events given by their times, oldest first. Events closer than `gap` pixels to the first of a mark join it.
[[nodiscard]] LaneMarks layoutLane(const std::vector<Instant> &times, const TimeScale &scale, double gap);

/// A stretch of an alert to be drawn.
struct SpanInput {
    Instant from;
    Instant to; ///< none: still fires
    AlertSeverity severity = AlertSeverity::Unknown;
};

struct Bar {
    std::size_t span = 0; ///< index into what was given
    int row = 0;
    double left = 0, right = 0; ///< clipped to the window
};

struct SpanRows {
    std::vector<Bar> bars;
    std::vector<std::size_t> barless; ///< in the window but without a row; shown as a count
    std::size_t open = 0;            ///< still firing, in or out of the window
};

/// The most severe and oldest spans get rows, at most `rows`; spans that do not overlap share one. A bar is at least
/// `least` pixels long.
[[nodiscard]] SpanRows layoutSpans(const std::vector<SpanInput> &spans, const TimeScale &scale, Instant now, int rows, double least);

} // namespace qd::timeline
