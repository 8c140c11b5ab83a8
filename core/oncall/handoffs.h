// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/state/state.h"

#include <string_view>

namespace qd::oncall {

/// OnCallChanged for every schedule of the workspace that is due: nothing was concluded about it yet, or its handoff is reached.
[[nodiscard]] events::Events handoffs(const state::State &state, Instant now);

/// The same for one schedule (or, when empty, all) whatever was concluded: after it or the workspace was changed. Nothing
/// where nothing is different.
[[nodiscard]] events::Events lookAgain(const state::State &state, std::string_view schedule, Instant now);

} // namespace qd::oncall
