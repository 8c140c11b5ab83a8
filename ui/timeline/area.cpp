// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/area.h"

#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timescale.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::timeline {

namespace {

QString sayOf(const char *text, int n = -1)
{
    return QCoreApplication::translate("qd::timeline::Area", text, nullptr, n);
}

} // namespace

AreaContent contentOf(const view::ViewModel &view, const Area &area, const KindFilter &filter)
{
    AreaContent out;
    const auto isIn = [&](Instant at) { return at && at >= area.from() && at <= area.to(); };
    std::vector<std::pair<Instant, QString>> lines;
    for (const view::TimelineEntry &e : view.timeline)
        if (isIn(e.at) && filter.shows(e)) {
            ++out.events;
            lines.emplace_back(e.at, entryText(e));
        }
    for (const view::AlertSpan &s : view.spans) {
        if (!filter.showsAlerts())
            break;
        if (isIn(s.from)) {
            ++out.began;
            lines.emplace_back(s.from, sayOf(QT_TRANSLATE_NOOP("qd::timeline::Area", "%1 · fires: %2")).arg(widgets::shownClock(s.from), s.title));
        }
        if (isIn(s.to)) {
            ++out.ended;
            lines.emplace_back(s.to, sayOf(QT_TRANSLATE_NOOP("qd::timeline::Area", "%1 · is over: %2")).arg(widgets::shownClock(s.to), s.title));
        }
    }
    std::stable_sort(lines.begin(), lines.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (auto &[at, line] : lines)
        out.lines << std::move(line);
    return out;
}

QString headOf(const Area &area, const AreaContent &content)
{
    QStringList what{sayOf(QT_TRANSLATE_N_NOOP("qd::timeline::Area", "%Ln event(s)"), content.events)};
    if (content.began > 0)
        what << sayOf(QT_TRANSLATE_N_NOOP("qd::timeline::Area", "%Ln alert(s) began"), content.began);
    if (content.ended > 0)
        what << sayOf(QT_TRANSLATE_N_NOOP("qd::timeline::Area", "%Ln alert(s) ended"), content.ended);
    const bool sameDay = dayOf(area.from()) == dayOf(area.to());
    const auto clock = [&](Instant at) { return sameDay ? widgets::shownClock(at) : dayText(at) + QLatin1Char(' ') + widgets::shownClock(at); };
    return sayOf(QT_TRANSLATE_NOOP("qd::timeline::Area", "%1 – %2, %3: %4"))
        .arg(clock(area.from()), clock(area.to()) + QLatin1Char(' ') + widgets::zoneName(), widgets::elapsedText(area.to() - area.from()), what.join(QStringLiteral(", ")));
}

QString asText(const Area &area, const AreaContent &content)
{
    return headOf(area, content) + QLatin1Char('\n') + content.lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace qd::timeline
