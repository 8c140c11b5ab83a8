// SPDX-License-Identifier: GPL-3.0-or-later
// The third band: what is affected, as boxes that depend on each other.
#include "ui/wall/bands.h"

#include <QCoreApplication>
#include <QPainterPath>
#include <algorithm>

namespace qd::wall {

using style::Tone;

namespace {

struct ServiceWords {
    Q_DECLARE_TR_FUNCTIONS(qd::wall)
};

constexpr qsizetype kNameCharacters = 16; ///< a longer one is shortened

void paintEdge(Brush &brush, const view::MapEdge &edge, const QRectF &from, const QRectF &to)
{
    QPointF start(from.center().x(), from.bottom()), end(to.center().x(), to.top());
    if (to.top() <= from.top()) { // in one rank, or against it
        start = {from.center().x(), from.top()};
        end = {to.center().x(), to.bottom()};
    }
    const double bend = (end.y() - start.y()) / 2;
    QPainterPath path(start);
    path.cubicTo(start + QPointF(0, bend), end - QPointF(0, bend), end);
    QPen pen(brush.theme().color(edge.onPath ? Tone::Critical : Tone::Dim), edge.onPath ? 4 : 2);
    if (edge.kind == DependencyKind::Async)
        pen.setStyle(Qt::DashLine);
    else if (edge.kind == DependencyKind::Soft)
        pen.setStyle(Qt::DotLine);
    brush.painter().setPen(pen);
    brush.painter().setBrush(Qt::NoBrush);
    brush.painter().drawPath(path);
}

void paintNode(Brush &brush, const Fonts &f, const view::MapNode &node, const QRectF &box)
{
    const bool fires = node.alerts > 0;
    const style::Mark mark = style::mark(node.worst);
    QPainter &p = brush.painter();
    p.setBrush(brush.theme().color(Tone::Node));
    p.setPen(fires ? QPen(brush.theme().color(mark.fill), node.suspect ? 5 : 3) : QPen(brush.theme().color(node.blast || node.suspect ? Tone::Outline : Tone::Dim), 2));
    p.drawRoundedRect(box, 6, 6);
    const double inset = f.line.text * 0.3, size = f.line.text * 0.6;
    QRectF words = box.adjusted(inset, 0, -inset, 0);
    if (fires) {
        brush.shape(QRectF(words.left(), box.center().y() - size / 2, size, size), mark);
        words.setLeft(words.left() + size + inset);
    }
    brush.write(words, node.name, f.text, fires || node.suspect ? Tone::Text : Tone::Secondary, (fires ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter);
}

QString restText(int rest)
{
    return ServiceWords::tr("+%Ln more affected", nullptr, rest);
}

} // namespace

void paintServices(Brush &brush, const Fonts &f, const Content &c, const QRectF &room)
{
    const QString heading = c.services == 0 ? ServiceWords::tr("NO SERVICE IS AFFECTED") : ServiceWords::tr("AFFECTED SERVICES %L1").arg(c.services);
    const double head = brush.write(QRectF(room.left(), room.top(), room.width(), f.line.label), heading, f.label, Tone::Secondary);
    brush.write(QRectF(room.left() + head + f.line.text * 0.5, room.top(), room.width() - head - f.line.text * 0.5, f.line.label), c.asOf, f.label, c.isOld ? Tone::Text : Tone::Faint);
    if (c.nodes.empty())
        return;
    double widest = 0;
    for (const view::MapNode &n : c.nodes)
        widest = std::max(widest, Brush::widthOf(n.name.left(kNameCharacters), f.text));
    const QSizeF box(std::min(room.width(), widest + f.line.text * 1.6), f.line.text * 1.2), gap(f.line.text * 0.45, f.line.text * 0.7);
    const auto isAffected = [](const view::MapNode &n) { return n.alerts > 0 || n.suspect || n.blast; };
    QRectF area(room.left(), room.top() + f.line.label + gap.height() / 2, room.width(), room.height() - f.line.label - gap.height() / 2);
    Placed placed = wall::placed(c.nodes, c.edges, area.size(), box, gap);
    const auto left = [&] {
        int shown = 0;
        for (const view::MapNode &n : c.nodes)
            shown += isAffected(n) && placed.boxes.contains(n.id) ? 1 : 0;
        return c.services - shown;
    };
    if (left() > 0) { // their number needs a line
        area.setHeight(area.height() - f.line.text);
        placed = wall::placed(c.nodes, c.edges, area.size(), box, gap);
    }
    for (const bool lit : {false, true}) // the path lies over the rest
        for (const view::MapEdge &e : c.edges)
            if (e.onPath == lit && placed.boxes.contains(e.from) && placed.boxes.contains(e.to))
                paintEdge(brush, e, placed.boxes[e.from].translated(area.topLeft()), placed.boxes[e.to].translated(area.topLeft()));
    for (const view::MapNode &n : c.nodes)
        if (placed.boxes.contains(n.id))
            paintNode(brush, f, n, placed.boxes[n.id].translated(area.topLeft()));
    if (const int rest = left(); rest > 0)
        brush.write(QRectF(room.left(), room.bottom() - f.line.text, room.width(), f.line.text), restText(rest), f.text, Tone::Secondary);
}

} // namespace qd::wall
