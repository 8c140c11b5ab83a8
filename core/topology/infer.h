// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/servicemap.h"
#include "core/state/state.h"

#include <vector>

namespace qd::topology {

/// Edges the labels of alerts suggest: an alert of one service that names another known one as what it calls ("upstream", "peer_service" …).
/// Each once, sorted; a guess, so only ever proposed. Pure, linear in alerts.
[[nodiscard]] std::vector<MapEdge> inferFromLabels(const state::State &state);

} // namespace qd::topology
