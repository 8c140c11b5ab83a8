// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/model/words.h"

#include <string>

namespace qd {

/// An edge of the map of services: `from` depends on `to`.
struct MapEdge {
    std::string from, to;
    DependencyKind kind = DependencyKind::Hard;
    bool operator==(const MapEdge &) const = default;
    QD_FIELDS(f(1, "from", e.from); f(2, "to", e.to); f(3, "kind", e.kind);)
};

/// A path promoted from "annotate" to "fold": while `suspect` is the likely cause of trouble of `service` and its owner has answered,
/// further calls for `service` wait. What folding never hides and when it ends: core/desk/causes.h.
struct FoldRule {
    std::string id, service, suspect;
    QD_FIELDS(f(1, "id", e.id); f(2, "service", e.service); f(3, "suspect", e.suspect);)
};

} // namespace qd
