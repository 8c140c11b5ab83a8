// SPDX-License-Identifier: GPL-3.0-or-later
// How the map looks; what it shows is in mapcanvas.cpp.
#include "ui/map/mapcanvas.h"

#include "ui/widgets/paint.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace qd::map {

using style::Shape;
using style::Tone;
using style::Type;

void MapCanvas::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.color(Tone::Base));
    if (m_view == nullptr || m_layout.centres.isEmpty())
        return;
    painter.save();
    painter.setClipRect(QRectF(0, 0, width(), height() - legendHeight()));
    painter.translate(m_offset);
    painter.scale(m_zoom, m_zoom);
    for (const bool lit : {false, true}) { // the path lies over the rest
        for (const auto &e : m_view->edges) {
            if (isPathLit(e) == lit && m_layout.centres.contains(e.from) && m_layout.centres.contains(e.to))
                paintEdge(painter, e);
        }
    }
    for (const auto &n : m_view->nodes) {
        if (m_layout.centres.contains(n.id))
            paintNode(painter, n);
    }
    painter.restore();
    paintLegend(painter);
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.color(Tone::Focus), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void MapCanvas::paintEdge(QPainter &painter, const view::MapEdge &e) const
{
    const QPainterPath path = m_layout.curve(e.from, e.to);
    if (path.elementCount() < 2)
        return;
    const bool path2 = isPathLit(e);
    const bool closed = !m_closure.isEmpty();
    QPen pen(m_theme.color(path2 ? (closed ? Tone::Text : Tone::Critical) : Tone::Dim), path2 ? 2.2 : 1.2);
    if (e.kind == DependencyKind::Async)
        pen.setStyle(Qt::DashLine);
    else if (e.kind == DependencyKind::Soft)
        pen.setDashPattern({1, 3});
    pen.setCapStyle(Qt::RoundCap);
    if (path2 && !closed && m_theme.color(Tone::FillOutline).isValid()) { // on a light ground red alone is too faint
        QPen under(m_theme.color(Tone::FillOutline), 3.6);
        painter.setPen(under);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    // An open arrow at the dependency, along the last stretch of the curve.
    const QPointF tip = path.pointAtPercent(1);
    const double length = path.length();
    const QPointF back = path.pointAtPercent(std::max(0.0, length > 1 ? 1 - 9 / length : 0));
    const double angle = std::atan2(tip.y() - back.y(), tip.x() - back.x());
    const double size = path2 ? 8 : 6;
    pen.setStyle(Qt::SolidLine);
    painter.setPen(pen);
    for (const double turn : {2.6, -2.6})
        painter.drawLine(tip, tip + QPointF(std::cos(angle + turn) * size, std::sin(angle + turn) * size));
}

QFont MapCanvas::steadyFont(Type type) const
{
    QFont font = m_theme.font(type);
    font.setPointSizeF(font.pointSizeF() * std::clamp(1 / m_zoom, 1.0, 1.3));
    return font;
}

void MapCanvas::paintNode(QPainter &painter, const view::MapNode &n) const
{
    const QRectF box = m_layout.box(n.id);
    const double step = m_theme.step();
    const bool lit = isLit(n);
    const bool alerting = n.alerts > 0;
    painter.save();
    if (!lit && (alerting || !m_find.isEmpty() || !m_closure.isEmpty()))
        painter.setOpacity(0.4);
    const style::Mark mark = style::mark(n.worst);
    const QColor &outline = m_theme.color(Tone::FillOutline);
    const double thick = n.suspect ? 3.2 : 2.0;
    painter.setBrush(m_theme.color(Tone::Node));
    if (alerting && outline.isValid()) {
        painter.setPen(QPen(outline, thick + 1.6));
        painter.drawRoundedRect(box, 4, 4);
    }
    QPen border(m_theme.color(Tone::Dim), 1.2);
    if (alerting)
        border = QPen(m_theme.color(mark.fill), thick);
    else if (n.blast || n.suspect)
        border = QPen(m_theme.color(Tone::Outline), n.suspect ? thick : 1.4);
    painter.setPen(border);
    painter.drawRoundedRect(box, 4, 4);
    if (n.id == m_current || n.id == m_hovered) {
        painter.setPen(QPen(m_theme.color(Tone::Focus), n.id == m_current ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(-4.5, -4.5, 4.5, 4.5), 6, 6);
    }

    // The shape says the severity without its colour; the count says how many.
    QRectF text = box.adjusted(2 * step, 0, -2 * step, 0);
    if (alerting) {
        const double s = 4 * step;
        widgets::paintShape(painter, m_theme, QRectF(text.left(), box.center().y() - s / 2, s, s), mark.shape, mark.fill);
        text.setLeft(text.left() + s + 1.5 * step);
    }
    const QString count = (n.alerts > 1 ? QStringLiteral("×%1").arg(n.alerts) : QString()) + (n.dependents > 0 ? QStringLiteral(" ↑%1").arg(n.dependents) : QString());
    QFont nameFont = m_theme.font(Type::Body), countFont = m_theme.font(Type::Small);
    const double natural = QFontMetricsF(nameFont).horizontalAdvance(n.name)
        + (count.isEmpty() ? 0 : QFontMetricsF(countFont).horizontalAdvance(count) + step);
    // As near to its full size as the box allows: a name is worth more than a large one cut short.
    const double grown = std::clamp(text.width() / natural * 0.98, 1.0, std::clamp(1 / m_zoom, 1.0, 1.3));
    nameFont.setPointSizeF(nameFont.pointSizeF() * grown);
    countFont.setPointSizeF(countFont.pointSizeF() * grown);
    if (!count.isEmpty()) {
        painter.setFont(countFont);
        painter.setPen(m_theme.color(Tone::Secondary));
        painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, count);
        text.setRight(text.right() - QFontMetricsF(countFont).horizontalAdvance(count) - step);
    }
    painter.setFont(nameFont);
    painter.setPen(m_theme.color(lit ? Tone::Text : Tone::Faint));
    const QString name = QFontMetricsF(nameFont).elidedText(n.name, Qt::ElideMiddle, text.width());
    painter.drawText(text, (alerting ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter, name);

    painter.setFont(steadyFont(Type::Small));
    const QFontMetricsF small(painter.font());
    const auto over = [&](QRectF where, const QString &words, Qt::Alignment align) {
        // Words stand on the ground, not on the edges that pass behind them.
        painter.fillRect(QRectF(where.left() - 2, where.top(), small.horizontalAdvance(words) + 4, where.height()), m_theme.color(Tone::Base));
        painter.drawText(where, align | Qt::AlignVCenter, words);
    };
    // Below the box, where no arrow ends: what changed, then whose it is.
    double below = box.bottom() + step + 1;
    const double room = box.width() + kColumnGap;
    if (n.changed) {
        const double s = 2.8 * step;
        widgets::paintShape(painter, m_theme, QRectF(box.left() + 1, below + (small.height() - s) / 2, s, s), Shape::Square, Tone::Override);
        painter.setPen(m_theme.color(lit ? Tone::Text : Tone::Secondary));
        over(QRectF(box.left() + s + 1.5 * step, below, room - s - 2 * step, small.height()),
             small.elidedText(n.change, Qt::ElideRight, room - s - 2 * step), Qt::AlignLeft);
        below += small.height() + 2;
    }
    if (n.suspect || n.firstOut || n.folded > 0 || (n.id == m_current && !n.owner.isEmpty())) {
        QStringList words;
        if (n.suspect)
            words << tr("suspect");
        if (n.firstOut)
            words << tr("first-out");
        if (n.folded > 0)
            words << tr("folds %1").arg(n.folded);
        if (!n.owner.isEmpty())
            words << tr("owner %1").arg(n.owner);
        else if (!n.team.isEmpty())
            words << tr("team %1").arg(n.team);
        painter.setPen(m_theme.color(n.suspect || n.firstOut || n.folded > 0 ? Tone::Text : Tone::Secondary));
        over(QRectF(box.left(), below, room, small.height()), small.elidedText(words.join(QStringLiteral(" · ")), Qt::ElideRight, room), Qt::AlignLeft);
    }
    painter.restore();
}

QString MapCanvas::legendText() const
{
    if (m_view == nullptr)
        return {};
    const int blast = blastRadius(m_view->nodes);
    return blast > 0 ? tr("blast radius: %1 of %2 services").arg(blast).arg(m_view->nodes.size())
                     : m_anyAlert ? tr("nothing depends on what fires") : tr("nothing fires");
}

double MapCanvas::legendHeight() const
{
    return QFontMetricsF(m_theme.font(Type::Small)).height() + 3 * m_theme.step();
}

void MapCanvas::paintLegend(QPainter &painter) const
{
    const double step = m_theme.step();
    painter.setFont(m_theme.font(Type::Small));
    const QFontMetricsF metrics(painter.font());
    double x = 4 * step;
    const double y = height() - legendHeight() / 2;
    const auto words = [&](const QString &text) {
        const double w = metrics.horizontalAdvance(text);
        if (x + w > width())
            return false;
        painter.setPen(m_theme.color(Tone::Secondary));
        painter.drawText(QRectF(x, y - metrics.height() / 2, w + 2, metrics.height()), Qt::AlignVCenter, text);
        x += w + 4 * step;
        return true;
    };
    const auto line = [&](DependencyKind kind, Tone tone, double thick) {
        QPen pen(m_theme.color(tone), thick);
        pen.setCapStyle(Qt::RoundCap);
        if (kind == DependencyKind::Async)
            pen.setStyle(Qt::DashLine);
        else if (kind == DependencyKind::Soft)
            pen.setDashPattern({1, 3});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, y), QPointF(x + 7 * step, y));
        x += 8.5 * step;
    };
    QSet<int> kinds;
    bool path = false;
    for (const auto &e : m_view->edges) {
        kinds.insert(static_cast<int>(e.kind));
        path = path || e.onPath;
    }
    const std::pair<DependencyKind, QString> all[] = {{DependencyKind::Hard, tr("hard")}, {DependencyKind::Soft, tr("soft")},
                                                      {DependencyKind::Async, tr("async")}};
    // What matters most when room is short comes first.
    if (!words(legendText()))
        return;
    if (path) {
        if (x + metrics.horizontalAdvance(tr("impact → suspect")) + 9 * step > width())
            return;
        line(DependencyKind::Hard, Tone::Critical, 2.2);
        words(tr("impact → suspect"));
    }
    for (const auto &[kind, name] : all) {
        if (!kinds.contains(static_cast<int>(kind)) || x + metrics.horizontalAdvance(name) + 9 * step > width())
            continue;
        line(kind, Tone::Outline, 1.2);
        words(name);
    }
}

} // namespace qd::map
