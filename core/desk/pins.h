// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

/// What follows from a reaction, just folded, with the emoji that pins (Workspace::pinnedBy): by a bound and verified person it makes the
/// message a key moment of its incident; when the last such reaction of theirs is gone, that is taken back. One that was set while nobody listened and is
/// read back later counts too where its platform vouches for whose it is, once, and is marked as that (MomentMarked::late): a pin is no command, it adds a line where it belongs. What
/// was a key moment by a pin before and is none any more, it does not bring back. Whatever the person may
/// not mark, a reaction of theirs does not mark either. Pure.
[[nodiscard]] events::Events pinned(const state::State &state, const events::MessageSeen &reaction, Instant now);

} // namespace qd::desk
