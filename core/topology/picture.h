// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"
#include "core/state/state.h"

#include <cstdint>
#include <string>
#include <vector>

/// The services, what fires on them, who suffers and where it may come from. Pure; linear in services, edges and alerts.
namespace qd::topology {

inline constexpr Span kRecent = hours(2); ///< changes younger than this are marked
inline constexpr std::uint32_t kNone = 0xffffffff;

struct Node {
    std::string id, name, team;
    bool discovered = false;                   ///< seen in alerts or changes, not in the workspace
    AlertSeverity worst = AlertSeverity::None; ///< of what fires and is not suppressed; None: nothing does
    std::uint32_t alerts = 0;                  ///< firing, unsuppressed, severity other than none
    std::uint32_t suppressed = 0;              ///< firing but suppressed
    Instant firstAt;                           ///< when the oldest of `alerts` began
    bool unhealthy = false;                    ///< something of severity warning, error, critical or unknown fires on it
    bool blast = false;                        ///< depends, directly or not, over hard or soft edges on an unhealthy one
    std::uint32_t blastHops = 0;               ///< edges to the nearest unhealthy one it depends on; 0 = none
    std::uint32_t changes = 0;                 ///< change markers in the last kRecent
    Instant changedAt;
    std::string change;                        ///< title of the newest of them
};

struct Edge {
    std::uint32_t from = 0, to = 0;            ///< `from` depends on `to`: indexes into nodes
    DependencyKind kind = DependencyKind::Hard;
    bool accepted = false;                     ///< discovered and accepted, not in the workspace
    bool onPath = false;                       ///< on the path from the most affected service to the suspect
};

struct Picture {
    std::vector<Node> nodes;                   ///< the workspace's in its order, then discovered ones by name
    std::vector<Edge> edges;                   ///< in the workspace's order, each pair once
    std::uint32_t mostAffected = kNone;        ///< the unhealthy service with the worst trouble and the longest chain under it
    std::uint32_t suspect = kNone;             ///< the deepest unhealthy hard dependency of mostAffected; itself when it has none
    std::vector<std::uint32_t> suspectOf;      ///< of each node the deepest unhealthy service in or under it, or kNone
    std::vector<std::uint32_t> path;           ///< from mostAffected to suspect, both included

    /// Index of a service id, or kNone. Linear.
    [[nodiscard]] std::uint32_t find(std::string_view id) const;
};

/// The picture at `now`. Cycles are followed once; services without edges are nodes like all others.
[[nodiscard]] Picture picture(const state::State &state, Instant now);

/// Only what fires on the services and how they depend on each other: without changes, blast and suspect.
[[nodiscard]] Picture health(const state::State &state);

/// The nodes within `hops` edges (either direction) of `roots`, roots included, ascending: what a map starts from.
[[nodiscard]] std::vector<std::uint32_t> neighbourhood(const Picture &picture, const std::vector<std::uint32_t> &roots, std::uint32_t hops);

} // namespace qd::topology
