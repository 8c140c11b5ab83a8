// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timescale.h"

#include "ui/widgets/timetext.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace qd::timeline {

namespace {

constexpr Span kDay = hours(24);
constexpr Span kSteps[] = {seconds(1),  seconds(2),  seconds(5), seconds(10), seconds(15), seconds(30), minutes(1), minutes(2),
                           minutes(5),  minutes(10), minutes(15), minutes(30), hours(1),    hours(2),    hours(3),   hours(6),
                           hours(12),   kDay,        kDay * 2,   kDay * 7,    kDay * 14,   kDay * 28,   kDay * 91};

} // namespace

double TimeScale::x(Instant at) const
{
    return left + static_cast<double>((at - from).ns) / static_cast<double>(length.ns) * width;
}

Instant TimeScale::at(double x) const
{
    return from + Span{static_cast<std::int64_t>((x - left) / width * static_cast<double>(length.ns))};
}

TimeScale TimeScale::zoomed(double factor, double aroundX) const
{
    TimeScale out = *this;
    const Instant fixed = at(aroundX);
    const double wanted = static_cast<double>(length.ns) * factor;
    out.length.ns = static_cast<std::int64_t>(
        std::clamp(wanted, static_cast<double>(kShortest.ns), static_cast<double>(kLongest.ns)));
    const double part = (aroundX - left) / width;
    out.from = fixed - Span{static_cast<std::int64_t>(part * static_cast<double>(out.length.ns))};
    return out;
}

TimeScale TimeScale::panned(double part) const
{
    TimeScale out = *this;
    out.from = from + Span{static_cast<std::int64_t>(part * static_cast<double>(length.ns))};
    return out;
}

TimeScale TimeScale::with(Instant moment, double part) const
{
    TimeScale out = *this;
    out.from = moment - Span{static_cast<std::int64_t>(part * static_cast<double>(length.ns))};
    return out;
}

std::int64_t dayOf(Instant at)
{
    return (at + widgets::zoneOffset(at)).ns / kDay.ns;
}

bool spansDays(const TimeScale &scale)
{
    return dayOf(scale.from) != dayOf(scale.to());
}

QString dayText(Instant at)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch((at + widgets::zoneOffset(at)).ns / 1'000'000, Qt::UTC);
    return QLocale().toString(utc.date(), QStringLiteral("d MMM"));
}

QString rangeText(const TimeScale &scale)
{
    const bool days = spansDays(scale);
    const auto one = [&](Instant at) {
        const QString time = widgets::shownMinutes(at);
        return days ? dayText(at) + QLatin1Char(' ') + time : time;
    };
    return one(scale.from) + QStringLiteral(" – ") + one(scale.to());
}

std::vector<Tick> ticks(const TimeScale &scale, double spacing)
{
    std::vector<Tick> out;
    if (scale.width <= 0 || scale.length.ns <= 0 || spacing <= 0)
        return out;
    const double perPixel = static_cast<double>(scale.length.ns) / scale.width;
    Span step = kSteps[std::size(kSteps) - 1];
    for (const Span s : kSteps) {
        if (static_cast<double>(s.ns) / perPixel >= spacing) {
            step = s;
            break;
        }
    }
    const bool days = spansDays(scale);
    // Round by the clocks at the left edge; where they are set within the window the labels say so.
    const Span ahead = widgets::zoneOffset(scale.from);
    std::int64_t at = (scale.from + ahead).ns / step.ns * step.ns - ahead.ns;
    for (; at <= scale.to().ns && out.size() < 400; at += step.ns) {
        if (at < scale.from.ns)
            continue;
        Tick tick{Instant{at}, scale.x(Instant{at}), {}, (at + ahead.ns) % kDay.ns == 0};
        const QString time = step < minutes(1) ? widgets::shownClock(tick.at) : widgets::shownMinutes(tick.at);
        if (step >= kDay)
            tick.label = dayText(tick.at);
        else if (days && (tick.day || out.empty()))
            tick.label = dayText(tick.at) + QLatin1Char(' ') + time;
        else
            tick.label = time;
        out.push_back(tick);
    }
    return out;
}

} // namespace qd::timeline
