// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

/// What follows from a reaction, just folded, with the emoji that pins (Workspace::pinnedBy): by a bound and verified person it makes the
/// message a key moment of its incident; when the last such reaction of theirs is gone, that is taken back. Whatever the person may
/// not mark, a reaction of theirs does not mark either. Pure.
[[nodiscard]] events::Events pinned(const state::State &state, const events::MessageSeen &reaction, Instant now);

} // namespace qd::desk
