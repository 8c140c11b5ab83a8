// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topology/chain.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

namespace qd::topology {

namespace {

/// True when `a` is the likelier cause of two equally deep ones: it fired first, then is worse, then comes first by name.
bool isLikelier(const Picture &picture, std::uint32_t a, std::uint32_t b)
{
    if (b == kNone || a == kNone)
        return b == kNone && a != kNone;
    const Node &x = picture.nodes[a], &y = picture.nodes[b];
    return std::make_tuple(x.firstAt, -rank(x.worst), std::string_view(x.id)) < std::make_tuple(y.firstAt, -rank(y.worst), std::string_view(y.id));
}

/// The path with the fewest healthy services on it, then the fewest services (Dijkstra).
std::vector<std::uint32_t> pathBetween(const Picture &picture, const Adjacency &needs, std::uint32_t from, std::uint32_t to)
{
    constexpr std::uint64_t kHealthy = std::uint64_t{1} << 32; // outweighs any number of steps
    using Reached = std::pair<std::uint64_t, std::uint32_t>;   // cost, node
    std::vector<std::uint64_t> cost(picture.nodes.size(), ~std::uint64_t{0});
    std::vector<std::uint32_t> before(picture.nodes.size(), kNone);
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> queue;
    cost[from] = 0;
    queue.emplace(0, from);
    while (!queue.empty()) {
        const auto [reached, at] = queue.top();
        queue.pop();
        if (at == to)
            break;
        if (reached > cost[at])
            continue;
        for (const std::uint32_t n : needs.of(at)) {
            const std::uint64_t next = reached + (picture.nodes[n].unhealthy ? 1 : kHealthy);
            if (next < cost[n]) {
                cost[n] = next;
                before[n] = at;
                queue.emplace(next, n);
            }
        }
    }
    std::vector<std::uint32_t> path;
    for (std::uint32_t at = to; at != kNone; at = before[at])
        path.push_back(at);
    std::reverse(path.begin(), path.end());
    return path;
}

} // namespace

int rank(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::None: return 0;
    case AlertSeverity::Info: return 1;
    case AlertSeverity::Unknown: return 2;
    case AlertSeverity::Warning: return 3;
    case AlertSeverity::Error: return 4;
    case AlertSeverity::Critical: return 5;
    }
    return 2;
}

std::vector<std::uint32_t> parts(const Adjacency &needs, std::uint32_t nodes, std::uint32_t &count)
{
    constexpr std::uint32_t kUnseen = kNone;
    std::vector<std::uint32_t> order(nodes, kUnseen), low(nodes, 0), part(nodes, kNone), stack;
    struct Visit {
        std::uint32_t node;
        std::size_t next;
    };
    std::vector<Visit> visits;
    std::uint32_t seen = 0;
    count = 0;
    for (std::uint32_t root = 0; root < nodes; ++root) {
        if (order[root] != kUnseen)
            continue;
        visits.push_back({root, 0});
        while (!visits.empty()) {
            const std::uint32_t n = visits.back().node;
            if (visits.back().next == 0) {
                order[n] = low[n] = seen++;
                stack.push_back(n);
            }
            const auto others = needs.of(n);
            bool wentDown = false;
            while (visits.back().next < others.size()) {
                const std::uint32_t m = others[visits.back().next++];
                if (order[m] == kUnseen) {
                    visits.push_back({m, 0});
                    wentDown = true;
                    break;
                }
                if (part[m] == kNone)
                    low[n] = std::min(low[n], order[m]);
            }
            if (wentDown)
                continue;
            visits.pop_back();
            if (!visits.empty())
                low[visits.back().node] = std::min(low[visits.back().node], low[n]);
            if (low[n] != order[n])
                continue;
            for (std::uint32_t m = kNone; m != n;) {
                m = stack.back();
                stack.pop_back();
                part[m] = count;
            }
            ++count;
        }
    }
    return part;
}

Chains::Chains(const Picture &picture) : m_picture(picture), m_needs(picture, Direction::Along, [](const Edge &e) { return e.kind == DependencyKind::Hard; })
{
    std::uint32_t count = 0;
    m_partOf = parts(m_needs, static_cast<std::uint32_t>(picture.nodes.size()), count);
    std::vector<std::vector<std::uint32_t>> members(count);
    for (std::uint32_t i = 0; i < m_partOf.size(); ++i)
        members[m_partOf[i]].push_back(i);
    m_below.resize(count);
    for (std::uint32_t p = 0; p < count; ++p) { // dependencies first
        Below &b = m_below[p];
        for (const std::uint32_t n : members[p])
            for (const std::uint32_t m : m_needs.of(n)) {
                if (m_partOf[m] == p)
                    continue;
                const Below &under = m_below[m_partOf[m]];
                b.worst = std::max(b.worst, under.worst);
                if (under.depth > b.depth || (under.depth == b.depth && isLikelier(picture, under.end, b.end))) {
                    b.depth = under.depth;
                    b.end = under.end;
                }
            }
        std::uint32_t own = kNone;
        for (const std::uint32_t n : members[p])
            if (picture.nodes[n].unhealthy) {
                b.worst = std::max(b.worst, rank(picture.nodes[n].worst));
                if (isLikelier(picture, n, own))
                    own = n;
            }
        if (own != kNone) {
            if (b.depth == 0)
                b.end = own;
            ++b.depth;
        }
    }
}

std::vector<std::uint32_t> Chains::pathOf(std::uint32_t node) const
{
    return suspectOf(node) == kNone ? std::vector<std::uint32_t>() : pathBetween(m_picture, m_needs, node, suspectOf(node));
}

void findSuspect(Picture &picture)
{
    const Chains chains(picture);
    picture.suspectOf.resize(picture.nodes.size());
    for (std::uint32_t n = 0; n < picture.nodes.size(); ++n)
        picture.suspectOf[n] = chains.suspectOf(n);
    const auto weight = [&](std::uint32_t n) {
        const Node &node = picture.nodes[n];
        return std::make_tuple(chains.worstUnder(n), chains.depthOf(n), rank(node.worst), node.alerts);
    };
    for (std::uint32_t n = 0; n < picture.nodes.size(); ++n)
        if (picture.nodes[n].unhealthy && (picture.mostAffected == kNone || weight(n) > weight(picture.mostAffected)))
            picture.mostAffected = n;
    if (picture.mostAffected == kNone)
        return;
    picture.suspect = chains.suspectOf(picture.mostAffected);
    picture.path = chains.pathOf(picture.mostAffected);

    std::vector<std::uint32_t> after(picture.nodes.size(), kNone);
    for (std::size_t i = 1; i < picture.path.size(); ++i)
        after[picture.path[i - 1]] = picture.path[i];
    for (Edge &e : picture.edges)
        e.onPath = e.kind == DependencyKind::Hard && after[e.from] == e.to;
}

} // namespace qd::topology
