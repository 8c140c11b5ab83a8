// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/rateband.h"

#include <algorithm>

namespace qd::timeline {

namespace {

constexpr std::int64_t kMinute = minutes(1).ns;
constexpr std::int64_t kWindow = 10; ///< minutes

} // namespace

int alarmsBefore(const view::AlarmRate &rate, Instant at)
{
    const std::int64_t last = at.ns / kMinute;
    int sum = 0;
    for (auto m = rate.minutes.rbegin(); m != rate.minutes.rend() && m->minute > last - kWindow; ++m)
        sum += m->minute <= last ? m->opened : 0;
    return sum;
}

RateBand layoutRate(const view::AlarmRate &rate, const TimeScale &scale, Instant now)
{
    RateBand out;
    const Instant from = std::max(scale.from, now - kRateKnown), to = std::min(scale.to(), now);
    if (from >= to)
        return out;
    // Minute by minute, with a sum that is carried along.
    const auto &all = rate.minutes;
    std::int64_t minute = from.ns / kMinute;
    auto enters = std::lower_bound(all.begin(), all.end(), minute - kWindow + 1, [](const auto &m, std::int64_t v) { return m.minute < v; });
    auto leaves = enters;
    int sum = 0;
    for (; minute * kMinute < to.ns; ++minute) {
        for (; enters != all.end() && enters->minute <= minute; ++enters)
            sum += enters->opened;
        for (; leaves != enters && leaves->minute <= minute - kWindow; ++leaves)
            sum -= leaves->opened;
        if (sum > out.peak) {
            out.peak = sum;
            out.peakAt = Instant{minute * kMinute};
        }
        const double left = scale.x(std::max(from, Instant{minute * kMinute})), right = scale.x(std::min(to, Instant{(minute + 1) * kMinute}));
        if (!out.steps.empty() && out.steps.back().count == sum)
            out.steps.back().right = right;
        else
            out.steps.push_back({left, right, sum});
    }
    out.top = std::max(out.top, out.peak);
    for (const view::AlarmRate::Flood &f : rate.floods) {
        const Instant end = f.to ? f.to : now;
        if (end > from && f.from < to)
            out.floods.push_back({scale.x(std::max(from, f.from)), scale.x(std::min(to, end))});
    }
    return out;
}

} // namespace qd::timeline
