// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

/// Who is called because alerts were raised, changed hands or are over, without anybody declaring an incident: one call a group of
/// alerts (core/oncall/groupcalls.h), held while somebody commands an incident that has them all. `before` is the event before it
/// in the same record. Pure.
[[nodiscard]] events::Events reactWithCalls(const state::State &state, const events::Event &event, const events::Event *before);

} // namespace qd::desk
