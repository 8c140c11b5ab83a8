// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

/// What incidents that become one, or are two again, mean for the people who were called. Pure.
namespace qd::desk {

/// Who was really called for an incident that became part of another is told where it goes on, once.
[[nodiscard]] events::Events mergedAway(const state::State &state, const events::IncidentMerged &merged);
/// What a merge had ended and nobody had answered calls anew.
[[nodiscard]] events::Events callAgain(const state::State &state, const events::IncidentUnmerged &unmerged, Instant now);

} // namespace qd::desk
