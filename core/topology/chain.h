// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/topology/picture.h"

#include <span>

namespace qd::topology {

enum class Direction { Along, Against };

/// For each node the nodes its edges lead to (or come from), packed: two arrays instead of a vector a node.
class Adjacency {
public:
    template <typename Wanted>
    Adjacency(const Picture &picture, Direction direction, Wanted wanted) : m_first(picture.nodes.size() + 1, 0)
    {
        const auto ends = [&](const Edge &e) { return direction == Direction::Along ? std::pair(e.from, e.to) : std::pair(e.to, e.from); };
        for (const Edge &e : picture.edges)
            if (wanted(e))
                ++m_first[ends(e).first + 1];
        for (std::size_t i = 1; i < m_first.size(); ++i)
            m_first[i] += m_first[i - 1];
        m_others.resize(m_first.back());
        std::vector<std::uint32_t> next(m_first.begin(), m_first.end() - 1);
        for (const Edge &e : picture.edges)
            if (wanted(e))
                m_others[next[ends(e).first]++] = ends(e).second;
    }
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t node) const
    {
        return {m_others.data() + m_first[node], m_others.data() + m_first[node + 1]};
    }

private:
    std::vector<std::uint32_t> m_first, m_others;
};

/// How bad a severity is for comparing: unknown counts as a warning, so that nothing unmapped is overlooked.
[[nodiscard]] int rank(AlertSeverity severity);

/// Strongly connected parts of the hard-dependency graph, numbered so that a part's dependencies have lower numbers
/// (Tarjan 1972, without recursion).
[[nodiscard]] std::vector<std::uint32_t> parts(const Adjacency &needs, std::uint32_t nodes, std::uint32_t &count);

/// Where every service's trouble likely comes from. A cycle counts as one link of a chain; within the last link the service that
/// fired first is the suspect.
class Chains {
public:
    explicit Chains(const Picture &picture); ///< the picture must outlive it
    /// The deepest unhealthy service among `node` and what it depends on over hard edges; kNone: none is unhealthy.
    [[nodiscard]] std::uint32_t suspectOf(std::uint32_t node) const { return below(node).end; }
    /// From `node` to its suspect over hard edges, both included: the fewest healthy services, then the fewest services.
    [[nodiscard]] std::vector<std::uint32_t> pathOf(std::uint32_t node) const;
    /// Rank of the worst trouble in it or under it, and how many unhealthy links the longest chain down has.
    [[nodiscard]] int worstUnder(std::uint32_t node) const { return below(node).worst; }
    [[nodiscard]] std::uint32_t depthOf(std::uint32_t node) const { return below(node).depth; }

private:
    /// What hangs under a part of the graph.
    struct Below {
        int worst = -1;
        std::uint32_t depth = 0;
        std::uint32_t end = kNone;
    };
    [[nodiscard]] const Below &below(std::uint32_t node) const { return m_below[m_partOf[node]]; }

    const Picture &m_picture;
    Adjacency m_needs;
    std::vector<std::uint32_t> m_partOf;
    std::vector<Below> m_below;
};

/// Sets suspectOf, mostAffected, suspect, path and the edges' onPath.
void findSuspect(Picture &picture);

} // namespace qd::topology
