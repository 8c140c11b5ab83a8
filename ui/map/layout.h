// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/view/viewmodel.h"

#include <QHash>
#include <QPainterPath>
#include <QRectF>
#include <QSizeF>

namespace qd::map {

/// What is to be laid out: a sorted list of ids and the edges between them.
struct Topology {
    QStringList nodes;
    struct Edge {
        QString from, to;
        bool async = false;
        bool operator==(const Edge &) const = default;
    };
    std::vector<Edge> edges;

    /// The part of a view that is shown, sorted, so that equal sets give equal topologies.
    [[nodiscard]] static Topology of(const view::ViewModel &view, const QSet<QString> &shown);
    /// Equal for equal sets of nodes and edges and the same node size; nothing about alerts is in it.
    [[nodiscard]] QByteArray hash(QSizeF node) const;
    [[nodiscard]] std::vector<view::MapEdge> mapEdges() const;
};

/// Where everything is, in layout units (logical pixels at zoom 1), y downwards. A value.
struct Layout {
    QSizeF node;
    QHash<QString, QPointF> centres;
    QHash<QPair<QString, QString>, QPainterPath> curves; ///< from the dependent's border to the dependency's

    [[nodiscard]] QRectF box(const QString &id) const;
    [[nodiscard]] QRectF bounds() const;
    /// The curve of an edge: the one laid out, else a plain one between the two boxes.
    [[nodiscard]] QPainterPath curve(const QString &from, const QString &to) const;
    /// The node at a point, or empty.
    [[nodiscard]] QString at(const QPointF &point) const;
};

inline constexpr double kColumnGap = 22; ///< between boxes of one rank
inline constexpr double kRankGap = 56;   ///< between ranks; two lines of words fit in it

/// The input of `dot`. Ids never appear in it, only numbers, so no name can be read as its language. Nodes without an
/// edge are left to gridBelow.
[[nodiscard]] QByteArray dotSource(const Topology &topology, QSizeF node);
/// The output of `dot -Tjson0` for that input. Errors: not JSON, a node missing.
[[nodiscard]] Result<Layout> readDot(const QByteArray &json, const Topology &topology, QSizeF node);
/// A plain layered grid, when dot is absent or too slow. Never fails; no two boxes touch.
[[nodiscard]] Layout rankGrid(const Topology &topology, QSizeF node);

/// `old` with what `topology` has and it lacks placed beside its neighbours or below, and what is gone removed. Nothing
/// that stays moves.
[[nodiscard]] Layout grown(const Layout &old, const Topology &topology);

} // namespace qd::map
