// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

/// What follows from an event just folded: calls, rooms, posts, answers to chat commands. Pure; the desk folds what comes
/// back and asks again until nothing follows. Fixed order: oncall, comms.
[[nodiscard]] events::Events react(const state::State &state, const events::Event &event, Instant now);

/// How old a chat command may be and still be done.
inline constexpr Span kCommandAge = minutes(5);

} // namespace qd::desk
