// SPDX-License-Identifier: GPL-3.0-or-later
// How the lanes look; what they show is in timelinecanvas.cpp.
#include "ui/timeline/timelinecanvas.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/timetext.h"

#include <QPainter>
#include <algorithm>

namespace qd::timeline {

using style::Shape;
using style::Tone;
using style::Type;
using view::Lane;

QRectF TimelineCanvas::laneBox(std::size_t lane) const
{
    // The alerts stack, so their lane is half as high again.
    const double unit = std::max(1.0, (m_bottom - m_top) / (kLanes + 0.5 + (hasRate() ? 1 : 0)));
    const double top = lane == 0 ? m_top : m_top + unit * (static_cast<double>(lane) + 0.5);
    return {m_scale.left, top, m_scale.width, lane == 0 ? unit * 1.5 : unit};
}

void TimelineCanvas::paintEvent(QPaintEvent *)
{
    relayout();
    m_hits.clear();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.color(Tone::Base));
    if (m_view == nullptr)
        return;
    paintArea(painter);
    paintFrame(painter);
    paintMoments(painter);
    paintNow(painter);
    painter.save();
    painter.setClipRect(QRectF(m_scale.left, 0, m_scale.width, height()));
    if (hasRate())
        paintRate(painter, rateBox());
    paintSpans(painter, laneBox(0));
    for (std::size_t lane = 0; lane < kLanes; ++lane)
        paintLane(painter, lane, laneBox(lane));
    painter.restore();
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.color(Tone::Focus), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void TimelineCanvas::paintFrame(QPainter &painter)
{
    const QFontMetricsF metrics(m_theme.font(Type::Small));
    painter.setFont(m_theme.font(Type::Small));
    for (std::size_t i = 0; i < kLanes; ++i) {
        const QRectF box = laneBox(i);
        painter.setPen(m_theme.color(Tone::Secondary));
        painter.drawText(QRectF(3 * m_theme.step(), box.top(), m_scale.left, box.height()), Qt::AlignVCenter,
                         laneName(static_cast<Lane>(i)));
        painter.setPen(QPen(m_theme.color(Tone::Line), 1));
        painter.drawLine(QPointF(m_scale.left, box.bottom()), QPointF(width(), box.bottom()));
    }
    if (hasRate()) {
        const QRectF box = rateBox();
        painter.setPen(m_theme.color(Tone::Secondary));
        painter.drawText(QRectF(3 * m_theme.step(), box.top(), m_scale.left, box.height()), Qt::AlignVCenter, tr("Alarm rate"));
        painter.setPen(QPen(m_theme.color(Tone::Line), 1));
        painter.drawLine(QPointF(m_scale.left, box.bottom()), QPointF(width(), box.bottom()));
    }
    const double wide = metrics.horizontalAdvance(spansDays(m_scale) ? QStringLiteral("30 Wed 00:00") : QStringLiteral("00:00:00"));
    double free = m_scale.left;
    for (const Tick &tick : ticks(m_scale, wide + 6 * m_theme.step())) {
        painter.setPen(QPen(m_theme.color(Tone::Line), tick.day ? 2 : 1));
        painter.drawLine(QPointF(tick.x, m_top), QPointF(tick.x, m_bottom));
        const double w = metrics.horizontalAdvance(tick.label);
        const double at = std::clamp(tick.x - w / 2, m_scale.left, std::max(m_scale.left, width() - w - 2));
        if (at < free)
            continue; // a date label is wider than its neighbour leaves room for
        free = at + w + m_theme.step();
        painter.setPen(m_theme.color(Tone::Secondary));
        painter.drawText(QRectF(at, m_bottom, w + 2, height() - m_bottom), Qt::AlignVCenter, tick.label);
    }
}

void TimelineCanvas::paintNow(QPainter &painter)
{
    if (!m_scale.contains(m_now))
        return;
    const double x = m_scale.x(m_now);
    painter.setPen(QPen(m_theme.color(Tone::Text), 1.6));
    painter.drawLine(QPointF(x, m_theme.step()), QPointF(x, m_bottom));
    painter.setFont(m_theme.font(Type::Small));
    const QString label = tr("now %1").arg(widgets::shownMinutes(m_now));
    const double w = QFontMetricsF(painter.font()).horizontalAdvance(label);
    const double gap = 1.5 * m_theme.step();
    const double at = x + gap + w < width() ? x + gap : x - gap - w;
    painter.drawText(QRectF(at, 0, w + 2, m_top), Qt::AlignVCenter, label);
}

void TimelineCanvas::paintSpans(QPainter &painter, const QRectF &box)
{
    if (!m_filter.showsAlerts())
        return;
    std::vector<SpanInput> inputs;
    inputs.reserve(m_view->spans.size());
    for (const auto &s : m_view->spans)
        inputs.push_back({s.from, s.to, s.severity});
    const double thick = std::max(4.0, m_theme.step() * 1.3);
    const double pitch = thick + 2;
    const int rows = std::clamp(static_cast<int>((box.height() - 2 * m_theme.step()) / pitch), 1, 8);
    const SpanRows laid = layoutSpans(inputs, m_scale, m_now, rows, 3);
    int used = 0;
    for (const Bar &bar : laid.bars)
        used = std::max(used, bar.row + 1);
    const double first = box.center().y() - used * pitch / 2 + 1;
    double right = m_scale.left;
    const QColor &outline = m_theme.color(Tone::FillOutline);
    for (const Bar &bar : laid.bars) {
        const auto &span = m_view->spans[bar.span];
        const QRectF r(bar.left, first + bar.row * pitch, bar.right - bar.left, thick);
        painter.setPen(outline.isValid() ? QPen(outline, 0.8) : QPen(Qt::NoPen));
        painter.setBrush(m_theme.fill(span.severity));
        if (span.quiet) { // it fires, and calls nobody: a frame without a filling
            painter.setPen(QPen(m_theme.color(Tone::Secondary), 1));
            painter.setBrush(Qt::NoBrush);
        }
        painter.drawRect(span.quiet ? r.adjusted(0.5, 0.5, -0.5, -0.5) : r);
        const bool isFound = m_found.contains(span.key), isAt = isFound && span.key == m_foundAt;
        if (span.key == m_hovered || isFound) {
            painter.setPen(QPen(m_theme.color(isFound ? Tone::Focus : Tone::Text), isAt ? 2 : 1.4));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(r.adjusted(-1, -1, 1, 1));
        }
        right = std::max(right, bar.right);
        const QString until = span.to ? widgets::shownMinutes(span.to) : span.quiet ? tr("still firing, quiet") : tr("still firing");
        m_hits.push_back({r.adjusted(0, -1, 0, 1), span.key, true,
                          tr("%1 · %2 – %3").arg(span.title, widgets::shownMinutes(span.from), until)});
    }
    // Words where the bars end: what is open, and what has no bar of its own.
    QStringList words;
    if (laid.open > 0)
        words << tr("%1 open").arg(laid.open);
    if (!laid.barless.empty())
        words << tr("%1 more without a bar").arg(laid.barless.size());
    if (words.isEmpty())
        return;
    painter.setFont(m_theme.font(Type::Small));
    painter.setPen(m_theme.color(Tone::Secondary));
    const QString text = words.join(QStringLiteral(" · "));
    const QFontMetricsF metrics(painter.font());
    const double at = right + 2 * m_theme.step();
    double widest = 0; // the word that cannot be broken
    for (const QString &word : text.split(QLatin1Char(' ')))
        widest = std::max(widest, metrics.horizontalAdvance(word));
    if (at + std::max(widest, metrics.horizontalAdvance(words.front())) < width()) {
        // In two lines it would reach the marks below.
        const bool wraps = at + metrics.horizontalAdvance(text) > width() && !m_lanes[0].empty();
        painter.drawText(QRectF(at, box.top() + 1, width() - at, box.height()), (wraps ? Qt::AlignTop : Qt::AlignVCenter) | Qt::TextWordWrap, text);
        return;
    }
    // No room at the right: on a ground of its own, over the bars' end.
    const double w = metrics.horizontalAdvance(text) + 2 * m_theme.step();
    const QRectF over(width() - w, box.bottom() - metrics.height() - 1, w, metrics.height());
    painter.fillRect(over, m_theme.color(Tone::Base));
    painter.drawText(over, Qt::AlignCenter, text);
}

void TimelineCanvas::paintMark(QPainter &painter, const Item &item, const QPointF &centre) const
{
    const double s = std::max(9.0, m_theme.step() * 2.8); // the side of a mark
    const QRectF box(centre.x() - s / 2, centre.y() - s / 2, s, s);
    const QColor ink = m_theme.color(item.faint ? Tone::Secondary : Tone::Text);
    const auto shape = [&](Shape which, bool filled, const QRectF &where) {
        painter.setPen(QPen(ink, 1.3));
        painter.setBrush(filled ? QBrush(ink) : QBrush(m_theme.color(Tone::Base)));
        painter.drawPath(style::shapePath(which, where));
    };
    const auto sign = [&](const QString &letter) {
        shape(Shape::Circle, false, box.adjusted(-1.5, -1.5, 1.5, 1.5));
        painter.setFont(m_theme.font(Type::Badge));
        painter.setPen(ink);
        painter.drawText(box.adjusted(-2, -2, 2, 2), Qt::AlignCenter, letter);
    };
    const double inset = s * 0.12;
    if (item.lane == Lane::Changes)
        widgets::paintShape(painter, m_theme, box, Shape::Square, Tone::Override);
    else if (item.kind == QLatin1String("moment"))
        sign(QStringLiteral("★"));
    else if (item.kind == QLatin1String("poll"))
        sign(QStringLiteral("P"));
    else if (item.kind == QLatin1String("evidence"))
        sign(QStringLiteral("E"));
    else if (item.lane == Lane::Decisions)
        shape(Shape::Square, item.kind != QLatin1String("declared"), box.adjusted(inset, inset, -inset, -inset));
    else if (item.lane == Lane::Updates)
        shape(Shape::Triangle, item.kind != QLatin1String("promise"), box);
    else if (item.lane == Lane::Chat)
        shape(Shape::Pill, !item.faint, box.adjusted(0, s * 0.2, 0, -s * 0.2));
    else if (item.kind == QLatin1String("hypothesis"))
        sign(QStringLiteral("?"));
    else if (item.kind == QLatin1String("task"))
        sign(QStringLiteral("@"));
    else // called: hollow; answered: filled; a log line: a small dot
        shape(Shape::Circle, item.kind != QLatin1String("page"),
              item.kind == QLatin1String("log") ? box.adjusted(s * 0.25, s * 0.25, -s * 0.25, -s * 0.25)
                                                : box.adjusted(inset, inset, -inset, -inset));
}

void TimelineCanvas::paintLane(QPainter &painter, std::size_t lane, const QRectF &box)
{
    const auto &indices = m_lanes[lane];
    if (indices.empty())
        return;
    std::vector<Instant> times;
    times.reserve(indices.size());
    for (const std::size_t i : indices)
        times.push_back(m_items[i].at);
    const double mark = std::max(9.0, m_theme.step() * 2.8);
    const LaneMarks marks = layoutLane(times, m_scale, mark + 6);
    const QFontMetricsF metrics(m_theme.font(Type::Small));
    const double y = lane == 0 ? box.bottom() - mark : box.center().y();
    double leftFree = m_scale.left; // where the last mark and its label end
    for (const Cluster &cluster : marks.clusters) {
        const auto item = [&](std::size_t k) -> const Item & { return m_items[indices[cluster.events[k]]]; };
        std::size_t shown = cluster.events.size() - 1; // the newest speaks for the rest, unless one is selected
        bool isSelected = false;
        for (std::size_t k = 0; k < cluster.events.size(); ++k) {
            if (item(k).id == m_selected) {
                shown = k;
                isSelected = true;
            }
        }
        bool isFound = false;
        for (std::size_t k = cluster.events.size(); k-- > 0 && !isFound && !m_found.isEmpty();) // … or one was found
            if (m_found.contains(item(k).id)) {
                isFound = true;
                shown = isSelected ? shown : k;
            }
        const Item &front = item(shown);
        const QPointF centre(cluster.x, y);
        paintMark(painter, front, centre);
        double labelAt = cluster.x + mark / 2 + 1.5 * m_theme.step();
        if (cluster.events.size() > 1) {
            const QString count = QString::number(cluster.events.size());
            const QSize size = widgets::tagSize(m_theme, count);
            const QRectF tag(labelAt - m_theme.step(), y - size.height() / 2.0, std::max(size.width(), size.height()), size.height());
            painter.fillRect(tag, m_theme.color(Tone::Base));
            widgets::paintTag(painter, m_theme, tag, count);
            labelAt = tag.right() + m_theme.step();
        }
        if (isSelected || front.id == m_hovered) {
            painter.setPen(QPen(m_theme.color(Tone::Focus), isSelected ? 2 : 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(QRectF(centre.x() - mark / 2 - 3.5, y - mark / 2 - 3.5, mark + 7, mark + 7));
        } else if (isFound) {
            painter.setPen(QPen(m_theme.color(Tone::Focus), 1.2, Qt::DotLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(QRectF(centre.x() - mark / 2 - 3.5, y - mark / 2 - 3.5, mark + 7, mark + 7));
        }
        double room = cluster.x + cluster.room - labelAt - mark / 2 - m_theme.step();
        painter.setFont(m_theme.font(isSelected ? Type::SmallStrong : Type::Small));
        const QFontMetricsF labelMetrics(painter.font());
        const QString words = (front.isMoment && front.kind != QLatin1String("moment") ? QStringLiteral("★ ") : QString()) + front.text.simplified();
        const double natural = labelMetrics.horizontalAdvance(words);
        double taken = labelAt;
        // Cut at the right, but whole at the left of its mark: what is due soon stands near the edge.
        const double leftRoom = cluster.x - mark / 2 - 3 * m_theme.step() - leftFree;
        const bool left = natural > room && (natural <= leftRoom || (front.at > m_now && leftRoom > std::max(room, 10.0 * m_theme.step())));
        if (left) {
            room = std::min(leftRoom, natural + 1);
            labelAt = cluster.x - mark / 2 - 1.5 * m_theme.step() - room;
        }
        if (left || room > 8 * m_theme.step()) {
            const bool loud = isSelected || lane == static_cast<std::size_t>(Lane::Decisions);
            painter.setPen(m_theme.color(loud ? Tone::Text : Tone::Secondary));
            const QString text = labelMetrics.elidedText(words, Qt::ElideRight, room);
            const double w = labelMetrics.horizontalAdvance(text);
            const QRectF label(labelAt, y - metrics.height() / 2, room, metrics.height());
            // The now-line and the grid give way to words.
            painter.fillRect(QRectF(label.left() - 1, label.top(), w + 2, label.height()), m_theme.color(Tone::Base));
            painter.drawText(label, Qt::AlignVCenter | Qt::TextSingleLine, text);
            if (!left)
                taken = labelAt + w;
        }
        leftFree = std::max(taken, cluster.x + mark / 2);
        QStringList says;
        for (std::size_t k = 0; k < cluster.events.size() && k < 12; ++k)
            says << widgets::shownClock(item(k).at) + QLatin1Char(' ') + item(k).text;
        if (cluster.events.size() > 12)
            says << tr("and %1 more; T shows the table").arg(cluster.events.size() - 12);
        m_hits.push_back({QRectF(cluster.x - mark / 2 - 5, y - 12, std::max(24.0, mark + 10), 24), front.id, false,
                          says.join(QLatin1Char('\n'))});
    }
    painter.setFont(m_theme.font(Type::Small));
    painter.setPen(m_theme.color(Tone::Faint));
    const QRectF edge(m_scale.left + 2, box.bottom() - metrics.height(), m_scale.width - 4, metrics.height());
    if (marks.before > 0)
        painter.drawText(edge, Qt::AlignLeft, QStringLiteral("‹ %1").arg(marks.before));
    if (marks.after > 0)
        painter.drawText(edge, Qt::AlignRight, QStringLiteral("%1 ›").arg(marks.after));
}

} // namespace qd::timeline
