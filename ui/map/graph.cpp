// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/graph.h"

#include <algorithm>

namespace qd::map {

QSet<QString> neighbourhood(const std::vector<view::MapNode> &nodes, const std::vector<view::MapEdge> &edges,
                            const QSet<QString> &seeds, int hops, std::size_t budget)
{
    QHash<QString, QStringList> near;
    for (const auto &e : edges) {
        near[e.from] << e.to;
        near[e.to] << e.from;
    }
    QHash<QString, int> distance;
    QStringList frontier;
    for (const auto &n : nodes) {
        if (seeds.contains(n.id)) {
            distance.insert(n.id, 0);
            frontier << n.id;
        }
    }
    for (int hop = 1; !frontier.isEmpty() && (hops < 0 || hop <= hops); ++hop) {
        QStringList next;
        for (const QString &id : std::as_const(frontier)) {
            for (const QString &other : near.value(id)) {
                if (!distance.contains(other)) {
                    distance.insert(other, hop);
                    next << other;
                }
            }
        }
        frontier = next;
    }
    std::vector<const view::MapNode *> order;
    for (const auto &n : nodes) {
        if (hops < 0 || distance.contains(n.id))
            order.push_back(&n);
    }
    constexpr int kFar = 1 << 20;
    std::stable_sort(order.begin(), order.end(), [&](const view::MapNode *a, const view::MapNode *b) {
        const int da = distance.value(a->id, kFar), db = distance.value(b->id, kFar);
        return da != db ? da < db : (a->alerts > 0) > (b->alerts > 0);
    });
    QSet<QString> out;
    for (std::size_t i = 0; i < std::min(budget, order.size()); ++i)
        out.insert(order[i]->id);
    return out;
}

QSet<QString> closure(const std::vector<view::MapEdge> &edges, const QString &start, Direction direction)
{
    QHash<QString, QStringList> next;
    for (const auto &e : edges) {
        if (direction == Direction::Needs)
            next[e.from] << e.to;
        else
            next[e.to] << e.from;
    }
    QSet<QString> seen{start};
    QStringList open{start};
    while (!open.isEmpty()) {
        for (const QString &id : next.value(open.takeLast())) {
            if (!seen.contains(id)) {
                seen.insert(id);
                open << id;
            }
        }
    }
    return seen;
}

QHash<QString, int> ranks(const QStringList &nodes, const std::vector<view::MapEdge> &edges)
{
    QHash<QString, int> rank, waiting;
    QHash<QString, QStringList> needs;
    for (const QString &id : nodes)
        waiting.insert(id, 0);
    for (const auto &e : edges) {
        if (e.from != e.to && waiting.contains(e.from) && waiting.contains(e.to)) {
            needs[e.from] << e.to;
            ++waiting[e.to];
        }
    }
    QStringList left = nodes;
    while (!left.isEmpty()) {
        QStringList free;
        for (const QString &id : std::as_const(left)) {
            if (waiting.value(id) == 0)
                free << id;
        }
        if (free.isEmpty()) // only cycles are left: break one at its first node
            free << left.front();
        for (const QString &id : std::as_const(free)) {
            left.removeOne(id);
            const int below = rank.value(id, 0) + 1;
            rank.insert(id, below - 1);
            waiting[id] = -1;
            for (const QString &to : needs.value(id)) {
                if (waiting.value(to) < 0)
                    continue;
                waiting[to] = std::max(0, waiting.value(to) - 1);
                rank[to] = std::max(rank.value(to, 0), below);
            }
        }
    }
    return rank;
}

int blastRadius(const std::vector<view::MapNode> &nodes)
{
    return static_cast<int>(std::count_if(nodes.begin(), nodes.end(), [](const view::MapNode &n) { return n.blast; }));
}

} // namespace qd::map
