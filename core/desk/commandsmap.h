// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/model/servicemap.h"

#include <string>
#include <vector>

/// Commands about the map of services. Part of core/desk/commands.h.
namespace qd::desk {

/// Edges somebody or something found. Those that are known already are passed over. Origin "labels" without edges: those that the labels of
/// the alerts here suggest.
struct ProposeEdges {
    std::string origin;
    std::vector<MapEdge> edges;
    QD_FIELDS(f(1, "origin", e.origin); f(2, "edges", e.edges);)
};
/// An edge meant by its ends; kind: hard, soft or async, empty: as it was proposed.
struct EdgeMeant {
    std::string from, to, kind;
    QD_FIELDS(f(1, "from", e.from); f(2, "to", e.to); f(3, "kind", e.kind);)
};
struct AcceptEdges {
    std::vector<EdgeMeant> edges;
    bool all = false;       ///< every proposal, of one origin where that is given
    std::string origin;
    QD_FIELDS(f(1, "edges", e.edges); f(2, "all", e.all); f(3, "origin", e.origin);)
};
/// Proposals, or edges that were accepted and are not so after all.
struct DismissEdges {
    std::vector<EdgeMeant> edges;
    bool all = false;
    std::string origin;
    QD_FIELDS(f(1, "edges", e.edges); f(2, "all", e.all); f(3, "origin", e.origin);)
};

} // namespace qd::desk
