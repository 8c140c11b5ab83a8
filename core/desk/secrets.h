// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

/// A SecretSuspected when what was just folded holds what looks like a secret (comms::secretsIn): once for a record. Pure. What the console
/// wrote into the room itself is not looked at.
[[nodiscard]] events::Events suspected(const state::State &state, const events::MessageSeen &message);
[[nodiscard]] events::Events suspected(const state::State &state, const events::LogWritten &line);
[[nodiscard]] events::Events suspected(const state::State &state, const events::LogRevised &line);

inline constexpr std::size_t kToldAtMost = 3; ///< times a room is told of one sender's
inline constexpr Span kToldWithin = minutes(10);

/// Tells the incident's rooms, with the command that strikes it; never a word of it. What was read back is not told of, nor more than kToldAtMost of
/// one sender's within kToldWithin: the timeline has a line of each.
[[nodiscard]] events::Events tellOfSecret(const state::State &state, const events::SecretSuspected &event);

} // namespace qd::desk
