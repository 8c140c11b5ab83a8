// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topology/infer.h"

#include <array>
#include <set>

namespace qd::topology {

namespace {

/// Labels that name what the alert's service calls, as exporters and meshes write them.
constexpr std::array<std::string_view, 9> kCalled = {"dependency",      "depends_on",          "upstream",             "upstream_service", "peer_service",
                                                     "target_service", "destination_service", "destination_workload", "server_service"};

} // namespace

std::vector<MapEdge> inferFromLabels(const state::State &state)
{
    std::set<std::pair<std::string, std::string>> found;
    for (const state::Alert &a : state.alerts.all) {
        const Service *from = a.service == 0 ? nullptr : state.workspace->service(state.text(a.service));
        if (!from)
            continue;
        for (const std::string_view label : kCalled) {
            const std::string_view value = state.label(a, label);
            const Service *to = value.empty() ? nullptr : state.workspace->service(value);
            if (to && to != from)
                found.emplace(from->id, to->id);
        }
    }
    std::vector<MapEdge> out;
    for (const auto &[from, to] : found)
        out.push_back({from, to, DependencyKind::Hard});
    return out;
}

} // namespace qd::topology
