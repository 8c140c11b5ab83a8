// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/lanelayout.h"

#include <algorithm>
#include <numeric>

namespace qd::timeline {

LaneMarks layoutLane(const std::vector<Instant> &times, const TimeScale &scale, double gap)
{
    LaneMarks out;
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (times[i] < scale.from) {
            ++out.before;
            continue;
        }
        if (times[i] > scale.to()) {
            ++out.after;
            continue;
        }
        const double x = scale.x(times[i]);
        if (!out.clusters.empty() && x - out.clusters.back().x < gap)
            out.clusters.back().events.push_back(i);
        else
            out.clusters.push_back({x, {i}, 0});
    }
    for (std::size_t i = 0; i < out.clusters.size(); ++i) {
        const double next = i + 1 < out.clusters.size() ? out.clusters[i + 1].x : scale.left + scale.width;
        out.clusters[i].room = next - out.clusters[i].x;
    }
    return out;
}

SpanRows layoutSpans(const std::vector<SpanInput> &spans, const TimeScale &scale, Instant now, int rows, double least)
{
    SpanRows out;
    std::vector<std::size_t> order(spans.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (spans[a].severity != spans[b].severity)
            return spans[a].severity > spans[b].severity;
        return spans[a].from < spans[b].from;
    });
    std::vector<std::vector<std::pair<double, double>>> taken(static_cast<std::size_t>(std::max(0, rows)));
    for (const std::size_t i : order) {
        const SpanInput &s = spans[i];
        if (!s.to)
            ++out.open;
        const Instant end = s.to ? s.to : std::max(now, s.from);
        if (end < scale.from || s.from > scale.to())
            continue;
        Bar bar{i, -1, std::max(scale.left, scale.x(s.from)), std::min(scale.left + scale.width, scale.x(end))};
        bar.right = std::max(bar.right, bar.left + least);
        for (std::size_t row = 0; row < taken.size() && bar.row < 0; ++row) {
            const bool free = std::none_of(taken[row].begin(), taken[row].end(),
                                           [&](const auto &t) { return bar.left < t.second + 1 && t.first < bar.right + 1; });
            if (free) {
                bar.row = static_cast<int>(row);
                taken[row].emplace_back(bar.left, bar.right);
            }
        }
        if (bar.row < 0)
            out.barless.push_back(i);
        else
            out.bars.push_back(bar);
    }
    return out;
}

} // namespace qd::timeline
