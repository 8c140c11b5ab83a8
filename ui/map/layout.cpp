// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/layout.h"

#include "ui/map/graph.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

namespace qd::map {

namespace {

QSet<QString> connected(const Topology &topology)
{
    QSet<QString> out;
    for (const auto &e : topology.edges) {
        out.insert(e.from);
        out.insert(e.to);
    }
    return out;
}

/// Nodes without an edge, in rows below the rest, about as wide as it.
void gridBelow(Layout &layout, const QStringList &nodes)
{
    if (nodes.isEmpty())
        return;
    const QRectF above = layout.bounds();
    const double pitchX = layout.node.width() + kColumnGap, pitchY = layout.node.height() + kRankGap * 0.6;
    const int fits = static_cast<int>((above.width() + kColumnGap) / pitchX);
    const int square = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(nodes.size()) * 1.6)));
    const int columns = std::clamp<int>(std::max(fits, square), 1, static_cast<int>(nodes.size()));
    const double width = columns * pitchX - kColumnGap;
    const double left = layout.centres.isEmpty() ? 0 : above.center().x() - width / 2;
    const double top = layout.centres.isEmpty() ? 0 : above.bottom() + kRankGap;
    for (int i = 0; i < nodes.size(); ++i) {
        layout.centres.insert(nodes[i], {left + layout.node.width() / 2 + (i % columns) * pitchX,
                                         top + layout.node.height() / 2 + (i / columns) * pitchY});
    }
}

/// dot's "e,x,y p0 p1 p2 p3 …": an end point for the arrow and cubic pieces.
QPainterPath spline(const QString &pos, double height)
{
    QPainterPath path;
    QPointF end;
    bool hasEnd = false;
    std::vector<QPointF> points;
    for (const QString &part : pos.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QStringList numbers = part.split(QLatin1Char(','));
        const bool tip = numbers.size() == 3 && numbers[0] == QLatin1String("e");
        if (numbers.size() != 2 && !tip)
            continue;
        const QPointF p(numbers[numbers.size() - 2].toDouble(), height - numbers.back().toDouble());
        if (tip) {
            end = p;
            hasEnd = true;
        } else {
            points.push_back(p);
        }
    }
    if (points.empty())
        return path;
    path.moveTo(points.front());
    for (std::size_t i = 1; i + 2 < points.size(); i += 3)
        path.cubicTo(points[i], points[i + 1], points[i + 2]);
    if (hasEnd)
        path.lineTo(end);
    return path;
}

} // namespace

Topology Topology::of(const view::ViewModel &view, const QSet<QString> &shown)
{
    Topology out;
    for (const auto &n : view.nodes) {
        if (shown.contains(n.id))
            out.nodes << n.id;
    }
    out.nodes.sort();
    out.nodes.removeDuplicates();
    for (const auto &e : view.edges) {
        if (shown.contains(e.from) && shown.contains(e.to) && e.from != e.to)
            out.edges.push_back({e.from, e.to, e.kind == DependencyKind::Async});
    }
    std::sort(out.edges.begin(), out.edges.end(), [](const Edge &a, const Edge &b) {
        return a.from != b.from ? a.from < b.from : a.to < b.to;
    });
    return out;
}

QByteArray Topology::hash(QSizeF node) const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QString &text) {
        const QByteArray bytes = text.toUtf8();
        hash.addData(QByteArray::number(bytes.size()) + ':' + bytes);
    };
    hash.addData(QByteArray::number(node.width()) + 'x' + QByteArray::number(node.height()));
    for (const QString &n : nodes)
        add(n);
    hash.addData(QByteArrayLiteral("|"));
    for (const Edge &e : edges) {
        add(e.from);
        add(e.to);
    }
    return hash.result();
}

std::vector<view::MapEdge> Topology::mapEdges() const
{
    std::vector<view::MapEdge> out;
    out.reserve(edges.size());
    for (const Edge &e : edges)
        out.push_back({e.from, e.to, e.async ? DependencyKind::Async : DependencyKind::Hard, false});
    return out;
}

QRectF Layout::box(const QString &id) const
{
    const QPointF c = centres.value(id);
    return {c.x() - node.width() / 2, c.y() - node.height() / 2, node.width(), node.height()};
}

QRectF Layout::bounds() const
{
    QRectF out;
    for (auto it = centres.begin(); it != centres.end(); ++it)
        out = out.united(box(it.key()));
    return out;
}

QPainterPath Layout::curve(const QString &from, const QString &to) const
{
    const auto known = curves.constFind({from, to});
    if (known != curves.constEnd())
        return *known;
    const QRectF a = box(from), b = box(to);
    QPainterPath path;
    if (std::abs(a.center().y() - b.center().y()) < node.height()) { // side by side
        const bool right = b.center().x() > a.center().x();
        path.moveTo(right ? a.right() : a.left(), a.center().y());
        path.lineTo(right ? b.left() : b.right(), b.center().y());
        return path;
    }
    const bool down = b.center().y() > a.center().y();
    const QPointF start(a.center().x(), down ? a.bottom() : a.top());
    const QPointF end(b.center().x(), down ? b.top() : b.bottom());
    const double bend = (end.y() - start.y()) / 2;
    path.moveTo(start);
    path.cubicTo({start.x(), start.y() + bend}, {end.x(), end.y() - bend}, end);
    return path;
}

QString Layout::at(const QPointF &point) const
{
    for (auto it = centres.begin(); it != centres.end(); ++it) {
        if (box(it.key()).contains(point))
            return it.key();
    }
    return {};
}

QByteArray dotSource(const Topology &topology, QSizeF node)
{
    QByteArray out = "digraph g {\ngraph [rankdir=TB, splines=true, nodesep=" + QByteArray::number(kColumnGap / 72, 'f', 3)
        + ", ranksep=" + QByteArray::number(kRankGap / 72, 'f', 3) + "];\nnode [shape=box, fixedsize=true, label=\"\", width="
        + QByteArray::number(node.width() / 72, 'f', 3) + ", height=" + QByteArray::number(node.height() / 72, 'f', 3) + "];\n";
    const QSet<QString> placed = connected(topology);
    QHash<QString, int> number;
    for (int i = 0; i < topology.nodes.size(); ++i) {
        number.insert(topology.nodes[i], i);
        if (placed.contains(topology.nodes[i]))
            out += 'n' + QByteArray::number(i) + ";\n";
    }
    for (const auto &e : topology.edges)
        out += 'n' + QByteArray::number(number.value(e.from)) + "->n" + QByteArray::number(number.value(e.to)) + ";\n";
    return out + "}\n";
}

Result<Layout> readDot(const QByteArray &json, const Topology &topology, QSizeF node)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return fail(Code::Invalid, "The layout program answered with something else than JSON.");
    const QJsonObject root = document.object();
    const double height = root[QLatin1String("bb")].toString().section(QLatin1Char(','), 3, 3).toDouble();
    Layout out;
    out.node = node;
    QHash<int, QString> byNumber;
    for (const QJsonValue &value : root[QLatin1String("objects")].toArray()) {
        const QJsonObject object = value.toObject();
        const QString name = object[QLatin1String("name")].toString();
        bool isNumber = false;
        const int index = name.mid(1).toInt(&isNumber);
        const QStringList pos = object[QLatin1String("pos")].toString().split(QLatin1Char(','));
        if (!isNumber || !name.startsWith(QLatin1Char('n')) || index < 0 || index >= topology.nodes.size() || pos.size() != 2)
            continue;
        byNumber.insert(object[QLatin1String("_gvid")].toInt(), topology.nodes[index]);
        out.centres.insert(topology.nodes[index], {pos[0].toDouble(), height - pos[1].toDouble()});
    }
    for (const QJsonValue &value : root[QLatin1String("edges")].toArray()) {
        const QJsonObject object = value.toObject();
        const QString from = byNumber.value(object[QLatin1String("tail")].toInt(-1));
        const QString to = byNumber.value(object[QLatin1String("head")].toInt(-1));
        const QPainterPath path = spline(object[QLatin1String("pos")].toString(), height);
        if (!from.isEmpty() && !to.isEmpty() && !path.isEmpty())
            out.curves.insert({from, to}, path);
    }
    QStringList alone;
    const QSet<QString> placed = connected(topology);
    for (const QString &id : topology.nodes) {
        if (!placed.contains(id))
            alone << id;
        else if (!out.centres.contains(id))
            return fail(Code::Invalid, "The layout program left a service out.");
    }
    gridBelow(out, alone);
    return out;
}

Layout rankGrid(const Topology &topology, QSizeF node)
{
    Layout out;
    out.node = node;
    const QSet<QString> placed = connected(topology);
    QStringList inGraph, alone;
    for (const QString &id : topology.nodes)
        (placed.contains(id) ? inGraph : alone) << id;
    const auto rank = ranks(inGraph, topology.mapEdges());
    QMap<int, QStringList> rows;
    for (const QString &id : std::as_const(inGraph))
        rows[rank.value(id)] << id;
    constexpr int kWidest = 12; // a wider rank is broken into rows
    double y = 0;
    for (const QStringList &row : std::as_const(rows)) {
        for (qsizetype first = 0; first < row.size(); first += kWidest) {
            const qsizetype n = std::min<qsizetype>(kWidest, row.size() - first);
            const double pitch = node.width() + kColumnGap;
            for (qsizetype i = 0; i < n; ++i)
                out.centres.insert(row[first + i], {(static_cast<double>(i) - static_cast<double>(n - 1) / 2) * pitch, y});
            y += node.height() + kRankGap;
        }
    }
    gridBelow(out, alone);
    return out;
}

Layout grown(const Layout &old, const Topology &topology)
{
    Layout out;
    out.node = old.node;
    const QSet<QString> wanted(topology.nodes.begin(), topology.nodes.end());
    for (auto it = old.centres.begin(); it != old.centres.end(); ++it) {
        if (wanted.contains(it.key()))
            out.centres.insert(it.key(), it.value());
    }
    for (const auto &e : topology.edges) {
        const auto curve = old.curves.constFind({e.from, e.to});
        if (curve != old.curves.constEnd())
            out.curves.insert({e.from, e.to}, *curve);
    }
    const auto free = [&out](const QPointF &c) {
        for (const QPointF &other : std::as_const(out.centres)) {
            if (std::abs(other.x() - c.x()) < out.node.width() + kColumnGap / 2
                && std::abs(other.y() - c.y()) < out.node.height() + kRankGap / 3)
                return false;
        }
        return true;
    };
    QStringList left;
    for (const QString &id : topology.nodes) {
        if (!out.centres.contains(id))
            left << id;
    }
    bool progress = true;
    while (!left.isEmpty() && progress) {
        progress = false;
        for (const QString &id : QStringList(left)) {
            QPointF wish;
            bool has = false;
            for (const auto &e : topology.edges) {
                if (e.from == id && out.centres.contains(e.to)) {
                    wish = out.centres.value(e.to) - QPointF(0, out.node.height() + kRankGap);
                    has = true;
                } else if (e.to == id && out.centres.contains(e.from)) {
                    wish = out.centres.value(e.from) + QPointF(0, out.node.height() + kRankGap);
                    has = true;
                }
                if (has)
                    break;
            }
            if (!has)
                continue;
            const double pitch = out.node.width() + kColumnGap;
            for (int k = 0; k < 2000; ++k) { // beside the wish, alternately right and left
                const QPointF at = wish + QPointF((k % 2 == 1 ? 1 : -1) * ((k + 1) / 2) * pitch, 0);
                if (free(at)) {
                    out.centres.insert(id, at);
                    break;
                }
            }
            left.removeOne(id);
            progress = true;
        }
    }
    gridBelow(out, left);
    return out;
}

} // namespace qd::map
