// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/incidents.h"
#include "ui/view/timeline.h"

namespace qd::seat {

/// The lane in which a line of this kind stands.
[[nodiscard]] view::Lane laneOf(state::EntryKind kind);

} // namespace qd::seat
