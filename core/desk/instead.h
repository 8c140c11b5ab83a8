// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/state/state.h"

namespace qd::desk {

/// A post that its chat connection does not take for longer than Connection::insteadAfter is said once in another room
/// (Connection::insteadRoom), while that one takes posts; where its readers may not be told, or nothing may be written there, it is
/// withheld and that is said. What waits stays where it is, in its order, and goes out when it can. How long it waits is counted from when it was queued,
/// or from when the core last started: before, nobody tried. Pure.
[[nodiscard]] events::Events insteadDue(const state::State &state, Instant now);
[[nodiscard]] Instant nextInstead(const state::State &state);

inline constexpr Span kInsteadLeast = seconds(1), kInsteadMost = hours(24); ///< of Connection::insteadAfter
inline constexpr std::size_t kInsteadAtOnce = 100; ///< what one insteadDue() says; the rest is due at once again

/// Whether something waits to be written: it was neither taken nor refused, and where it may have arrived, its chat connection does not stand.
[[nodiscard]] bool isWaiting(const state::State &state, const state::OutboxEntry &entry);

/// Another room as people name it, "CONNECTION/ROOM" (ROOM: its address, or what stands before the @), as it is kept: "CONNECTION/ADDRESS". `of`: the connection
/// whose posts it is for. Errors: NotFound, Invalid.
[[nodiscard]] Result<std::string> insteadRoomNamed(const state::State &state, const Connection &of, std::string_view text);

} // namespace qd::desk
