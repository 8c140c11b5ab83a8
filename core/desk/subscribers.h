// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

/// What goes to a status page's subscribers when something is news on it: a post, maintenance that is planned, begins, ends. Each address
/// and webhook once an event; mail in the language its recipients read, a webhook in the page's first. Pure.
[[nodiscard]] events::Events tellSubscribers(const state::State &state, const events::Event &event);

} // namespace qd::desk
