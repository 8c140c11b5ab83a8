// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topology/causes.h"

#include <algorithm>
#include <unordered_map>

namespace qd::topology {

namespace {

constexpr std::size_t kPassedOver = 5; ///< edges named that did not count

/// The node a name means, by id or alias.
std::string_view idOf(const Workspace &workspace, std::string_view name)
{
    const Service *known = workspace.service(name);
    return known ? std::string_view(known->id) : name;
}

} // namespace

struct Causes::Impl {
    explicit Impl(const state::State &state) : workspace(state.workspace), picture(health(state)), chains(picture)
    {
        for (std::uint32_t n = 0; n < picture.nodes.size(); ++n)
            index.emplace(picture.nodes[n].id, n);
        for (const Service &s : workspace->services)
            for (const std::string &alias : s.aliases)
                if (const auto at = index.find(s.id); at != index.end())
                    index.emplace(alias, at->second);
    }
    [[nodiscard]] std::uint32_t find(std::string_view name) const
    {
        const auto it = index.find(name);
        return it == index.end() ? kNone : it->second;
    }

    std::shared_ptr<const Workspace> workspace;
    const Picture picture;
    const Chains chains;
    std::unordered_map<std::string_view, std::uint32_t> index; ///< by id and by alias
    std::unordered_map<std::uint32_t, Cause> known; ///< by node: in a storm many calls are of one service
};

Causes::Causes(const state::State &state) : m(std::make_unique<Impl>(state)) {}
Causes::Causes(Causes &&) noexcept = default;
Causes &Causes::operator=(Causes &&) noexcept = default;
Causes::~Causes() = default;

std::optional<Cause> Causes::of(std::string_view service) const
{
    const std::uint32_t node = m->find(service);
    const std::uint32_t suspect = node == kNone ? kNone : m->chains.suspectOf(node);
    if (suspect == kNone || suspect == node)
        return std::nullopt;
    if (const auto known = m->known.find(node); known != m->known.end())
        return known->second;
    Cause out;
    out.suspect = m->picture.nodes[suspect].id;
    out.since = m->picture.nodes[suspect].firstAt;
    for (const std::uint32_t n : m->chains.pathOf(node))
        out.path.push_back(m->picture.nodes[n].id);
    m->known.emplace(node, out);
    return out;
}

bool Causes::isUnhealthy(std::string_view service) const
{
    const std::uint32_t node = m->find(service);
    return node != kNone && m->picture.nodes[node].unhealthy;
}

events::Because Causes::because(const Cause &cause) const
{
    events::Because out{"topology.suspect", {}, {}};
    for (std::size_t n = 1; n < cause.path.size(); ++n)
        out.matched.push_back(cause.path[n - 1] + " needs " + cause.path[n]);
    const std::uint32_t suspect = m->find(cause.suspect);
    if (suspect != kNone) {
        const Node &node = m->picture.nodes[suspect];
        out.matched.push_back(std::to_string(node.alerts) + (node.alerts == 1 ? " alert fires" : " alerts fire") + " on " + node.id + ", the worst " + std::string(word(node.worst)) + ", the first since "
                              + toRfc3339(node.firstAt));
    }
    const std::uint32_t from = cause.path.empty() ? kNone : m->find(cause.path.front());
    for (const Edge &e : m->picture.edges)
        if (e.from == from && e.kind != DependencyKind::Hard && m->picture.nodes[e.to].unhealthy && out.ruledOut.size() < kPassedOver)
            out.ruledOut.push_back(m->picture.nodes[e.to].id + ": it is in trouble too, but the dependency is " + std::string(word(e.kind)));
    return out;
}

bool hasNeeds(const state::State &state, std::string_view service)
{
    const Service *known = state.workspace->service(service);
    if (known && std::any_of(known->needs.begin(), known->needs.end(), [](const Dependency &d) { return d.kind == DependencyKind::Hard; }))
        return true;
    const std::string_view id = known ? std::string_view(known->id) : service;
    return std::any_of(state.map.accepted.begin(), state.map.accepted.end(),
                       [&](const state::FoundEdge &e) { return e.edge.kind == DependencyKind::Hard && (e.edge.from == id || idOf(*state.workspace, e.edge.from) == id); });
}

} // namespace qd::topology
