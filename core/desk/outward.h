// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "core/triage/reports.h"

namespace qd::desk {

/// What follows from what is promised and said to people outside: who is told, what goes out by which way. A way that is closed is said,
/// and keeps nothing from happening. Pure.
[[nodiscard]] events::Events reactOutward(const state::State &state, const events::Event &event, Instant now);

/// What time alone makes of promises and messages, with our own alarm for a text that went out without its approvals. `wall`: as of comms::messagesDue.
[[nodiscard]] events::Events outwardDue(const state::State &state, const triage::ReportRules &rules, Instant now, Instant wall);
[[nodiscard]] Instant nextOutwardDue(const state::State &state);

} // namespace qd::desk
