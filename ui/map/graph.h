// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QHash>
#include <QSet>

namespace qd::map {

inline constexpr std::size_t kNodeBudget = 500; ///< nodes drawn at most, whatever is asked for

/// Which way a dependency is followed: Needs goes to what a service depends on, NeededBy to what depends on it.
enum class Direction { Needs, NeededBy };

/// The nodes within `hops` edges of the seeds, either way, in the order of `nodes`, at most `budget`: nearest first,
/// alerting before healthy at the same distance. A negative `hops` means all. Without a seed that exists, nothing,
/// except when `hops` is negative.
[[nodiscard]] QSet<QString> neighbourhood(const std::vector<view::MapNode> &nodes, const std::vector<view::MapEdge> &edges,
                                          const QSet<QString> &seeds, int hops, std::size_t budget = kNodeBudget);

/// Everything reachable from `start` in one direction, with `start` itself. Ends on cycles.
[[nodiscard]] QSet<QString> closure(const std::vector<view::MapEdge> &edges, const QString &start, Direction direction);

/// Rank of every given node: 0 for what nothing needs, else one below the deepest that needs it. An edge that would
/// close a cycle is left out. Edges to nodes that are not given are ignored.
[[nodiscard]] QHash<QString, int> ranks(const QStringList &nodes, const std::vector<view::MapEdge> &edges);

/// How many services are in the blast radius: they depend on one that fires.
[[nodiscard]] int blastRadius(const std::vector<view::MapNode> &nodes);

} // namespace qd::map
