// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::topology {

/// What an incident affects: the business services carried by its own services (the one it was declared for, and those of its alerts that
/// fire, or of all where none does), and by what depends on these over hard or soft edges, as the map's blast radius has it. A business
/// service that several carry is there once, by the nearest. Linear in services, edges and the incident's alerts. Pure.
[[nodiscard]] Impact impactOf(const state::State &state, const state::Incident &incident);

} // namespace qd::topology
