// SPDX-License-Identifier: GPL-3.0-or-later
// What is painted across the lanes: the alarm rate under them, key moments, the stretch somebody chose.
#include "ui/timeline/rateband.h"
#include "ui/timeline/timelinecanvas.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/timetext.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace qd::timeline {

using style::Tone;
using style::Type;

QRectF TimelineCanvas::rateBox() const
{
    const QRectF last = laneBox(kLanes - 1);
    return {m_scale.left, last.bottom(), m_scale.width, last.height()};
}

QString TimelineCanvas::rateText() const
{
    if (!hasRate())
        return {};
    const RateBand band = layoutRate(m_view->alarmRate, m_scale, m_now);
    QStringList parts{tr("Alarms in ten minutes: %Ln now", nullptr, alarmsBefore(m_view->alarmRate, m_now))};
    if (band.peak > 0)
        parts << tr("at most %1 at %2").arg(QString::number(band.peak), widgets::shownStamp(band.peakAt));
    const auto &floods = m_view->alarmRate.floods;
    if (!floods.empty() && !floods.back().to)
        parts << tr("flood since %1").arg(widgets::shownStamp(floods.back().from));
    return parts.join(QStringLiteral(", "));
}

void TimelineCanvas::paintRate(QPainter &painter, const QRectF &box)
{
    const RateBand band = layoutRate(m_view->alarmRate, m_scale, m_now);
    if (band.steps.empty())
        return;
    const double pad = m_theme.step();
    const double base = box.bottom() - 1, unit = (box.height() - 2 * pad) / band.top;
    const auto y = [&](int count) { return base - count * unit; };
    const QFontMetricsF metrics(m_theme.font(Type::Small));
    // A flood is a hatched ground, a word and the line above its threshold: never a colour alone.
    for (const RateBand::Flood &f : band.floods) {
        const QRectF ground(f.left, box.top() + 1, f.right - f.left, box.height() - 2);
        painter.fillRect(ground, m_theme.color(Tone::Raised));
        painter.fillRect(ground, QBrush(m_theme.color(Tone::Faint), Qt::BDiagPattern));
    }
    painter.setPen(QPen(m_theme.color(Tone::Dim), 1, Qt::DashLine));
    painter.drawLine(QPointF(m_scale.left, y(kFloodAbove)), QPointF(band.steps.back().right, y(kFloodAbove)));
    QPainterPath line(QPointF(band.steps.front().left, y(band.steps.front().count)));
    for (const RateBand::Step &s : band.steps) {
        line.lineTo(s.left, y(s.count));
        line.lineTo(s.right, y(s.count));
    }
    painter.setPen(QPen(m_theme.color(Tone::Text), 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(line);
    painter.setFont(m_theme.font(Type::Small));
    const auto label = [&](double x, double middle, const QString &text, Tone tone) {
        const QRectF at(x, middle - metrics.height() / 2, metrics.horizontalAdvance(text) + 2, metrics.height());
        painter.fillRect(at.adjusted(-1, 1, 1, -1), m_theme.color(Tone::Base));
        painter.setPen(m_theme.color(tone));
        painter.drawText(at, Qt::AlignVCenter, text);
        return at.right();
    };
    // The scale: what the dashed line stands for, once, where nothing is drawn yet.
    if (box.height() >= metrics.height() + 2 * pad)
        label(m_scale.left + pad, std::max(y(kFloodAbove), box.top() + metrics.height() / 2 + 1), QString::number(kFloodAbove), Tone::Secondary);
    const int now = alarmsBefore(m_view->alarmRate, m_now);
    if (m_scale.contains(m_now)) {
        const bool flood = !m_view->alarmRate.floods.empty() && !m_view->alarmRate.floods.back().to;
        const QString text = flood ? tr("%1 in 10 min · FLOOD").arg(now) : tr("%1 in 10 min").arg(now);
        const double x = band.steps.back().right + 2 * pad;
        if (x + metrics.horizontalAdvance(text) < width())
            label(x, box.center().y(), text, flood ? Tone::Text : Tone::Secondary);
        else
            label(band.steps.back().right - 2 * pad - metrics.horizontalAdvance(text), box.center().y(), text, flood ? Tone::Text : Tone::Secondary);
    }
    m_hits.push_back({box, kRateHit, false, rateText()});
}

void TimelineCanvas::paintMoments(QPainter &painter)
{
    painter.setPen(QPen(m_theme.color(Tone::Secondary), 1, Qt::DotLine));
    for (const Item &item : m_items)
        if (item.isMoment && item.kind == QLatin1String("moment") && m_scale.contains(item.at))
            painter.drawLine(QPointF(m_scale.x(item.at), m_top), QPointF(m_scale.x(item.at), m_bottom));
}

void TimelineCanvas::paintArea(QPainter &painter)
{
    if (!m_area || m_area->to() < m_scale.from || m_area->from() > m_scale.to())
        return;
    const double left = std::max(m_scale.left, m_scale.x(m_area->from())), right = std::min(m_scale.left + m_scale.width, m_scale.x(m_area->to()));
    painter.fillRect(QRectF(left, m_top, std::max(1.0, right - left), m_bottom - m_top), m_theme.color(Tone::Selection));
    painter.setPen(QPen(m_theme.color(Tone::Focus), 1.4));
    for (const Instant edge : {m_area->from(), m_area->to()})
        if (m_scale.contains(edge))
            painter.drawLine(QPointF(m_scale.x(edge), m_top - m_theme.step()), QPointF(m_scale.x(edge), m_bottom));
}

} // namespace qd::timeline
