// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <algorithm>

namespace qd::desk {

/// What follows from an event just folded: calls, rooms, posts, answers to chat commands. Pure; the desk folds what comes
/// back and asks again until nothing follows. Fixed order: oncall, comms.
[[nodiscard]] events::Events react(const state::State &state, const events::Event &event, Instant now);

/// How old a chat command may be and still be done.
inline constexpr Span kCommandAge = minutes(5);

/// Whether what was said (MessageSeen, IdentitySaid) is older than that. Its platform tells the time by the wall, so its age is told by the wall as well
/// while the record's time, `now`, is ahead of it.
template <typename Said>
[[nodiscard]] bool isTooOld(const Said &said, Instant now)
{
    return said.serverTime && (said.wall ? std::min(said.wall, now) : now) - said.serverTime > kCommandAge;
}

} // namespace qd::desk
