// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <cstdint>
#include <vector>

namespace qd::triage {

/// The alerts an event, which was just folded, may have made something to call people for: those that opened, fired again or became
/// worse, were announced anew, or went into another group. `before` is the event before it in the same record. Indexes into the
/// State's alerts; whether one is quiet, or of what severity, is for the caller to look at.
[[nodiscard]] std::vector<std::uint32_t> raisedBy(const state::State &state, const events::Event &event, const events::Event *before);

} // namespace qd::triage
