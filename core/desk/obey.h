// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

inline constexpr Span kConfirmFor = minutes(2);  ///< how long a word may be said that confirms a command
inline constexpr std::uint64_t kAnswered = 20;   ///< so many refused commands of one address in one incident are answered; the rest are counted only

/// What follows from a message that asks for something, in an incident's room or to the console alone. Only a bound identity the
/// platform verified commands, and only with a fresh message of its own: never one of ours, edited, delayed, or out of an archive.
/// What it may do, authorise() says, as for everybody else. What is done is answered in one line where it was asked for; what is refused
/// is recorded and answered with the reason. What makes an incident less, ends it, moves command, pages, or goes to people outside is
/// done once the same identity says the word it is answered with; a check of a text for outside, once it was read here (core/desk/chatmessages.h).
[[nodiscard]] events::Events obey(const state::State &state, const events::MessageSeen &message, Instant now);

} // namespace qd::desk
