// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::review {

/// When an incident was over, for whatever its review says of that: resolved (closed since, too), made part of another, as its files say, or called off. What is written of it
/// later moves nothing. None: it runs.
[[nodiscard]] Instant endedAt(const state::Incident &incident);

} // namespace qd::review
