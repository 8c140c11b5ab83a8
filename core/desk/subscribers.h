// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

/// What goes to a status page's subscribers when something is news on it: a post, maintenance that is planned, begins, ends. Each address
/// and webhook once an event, and once a release that goes to several pages: by the first of them. Mail is in the language its recipients read, a webhook's in
/// that of its connection; where the page does not speak it, in the page's first. Pure.
[[nodiscard]] events::Events tellSubscribers(const state::State &state, const events::Event &event);

} // namespace qd::desk
