// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/finder.h"

#include "ui/timeline/timelinecanvas.h"

#include <algorithm>

namespace qd::timeline {

std::vector<Found> findIn(const view::ViewModel &view, const QString &text, const KindFilter &filter)
{
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<Found> out;
    if (words.isEmpty())
        return out;
    const auto holds = [&](const QString &where) { return std::all_of(words.begin(), words.end(), [&](const QString &word) { return where.contains(word, Qt::CaseInsensitive); }); };
    for (const view::TimelineEntry &e : view.timeline)
        if (filter.shows(e) && holds(e.actor + QLatin1Char(' ') + entryWords(e)))
            out.push_back({e.id, e.at, false});
    for (const view::AlertSpan &s : view.spans)
        if (filter.showsAlerts() && holds(s.title))
            out.push_back({s.key, s.from, true});
    std::stable_sort(out.begin(), out.end(), [](const Found &a, const Found &b) { return a.at < b.at; });
    return out;
}

int nextFound(const std::vector<Found> &found, const QString &id, Instant at, int direction)
{
    const auto count = static_cast<int>(found.size());
    if (count == 0)
        return -1;
    const auto known = std::find_if(found.begin(), found.end(), [&](const Found &f) { return f.id == id; });
    if (known != found.end())
        return (static_cast<int>(known - found.begin()) + direction + count) % count;
    const auto after = static_cast<int>(std::upper_bound(found.begin(), found.end(), at, [](Instant t, const Found &f) { return t < f.at; }) - found.begin());
    return ((direction > 0 ? after : after - 1) + count) % count;
}

} // namespace qd::timeline
