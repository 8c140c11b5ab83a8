// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

/// Topics a platform did not take when they were set and takes by now (OutboxEntry::again): the newest of each room, once, where its room does not say it already.
/// What waits is known from the record alone. Pure.
[[nodiscard]] events::Events topicsDue(const state::State &state, Instant now);
[[nodiscard]] Instant nextTopic(const state::State &state); ///< zero: none waits that would be set

/// When a topic that waits is set, as it is by then; zero: none waits there, or it would not be set, because its room says it, was left, or may not be written in.
[[nodiscard]] Instant topicAgain(const state::State &state, const state::OutboxEntry &entry);
[[nodiscard]] Instant topicAgain(const state::State &state, const state::Incident &incident, const state::Room &room);

} // namespace qd::desk
