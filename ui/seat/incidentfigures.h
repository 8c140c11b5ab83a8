// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "ui/view/review.h"

namespace qd::seat {

/// When what came of one incident, its calls, its alerts and the floods of its time, as the record says. Pure; view thread.
[[nodiscard]] view::Figures figuresOf(const state::State &state, const state::Incident &incident, Instant now);

} // namespace qd::seat
