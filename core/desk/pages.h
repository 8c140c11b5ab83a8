// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/pagestate.h"
#include "core/triage/reports.h"

namespace qd::desk {

/// What the open incidents touch: what they hit, and what depends on that by the map. Pure.
[[nodiscard]] std::vector<comms::Blast> blastsOf(const state::State &state);

/// What follows for status pages from an event just folded: components turn, and what a page says anew is to be pushed. Pure; nothing
/// where the workspace has no page.
[[nodiscard]] events::Events reactWithPages(const state::State &state, const events::Event &event);

/// What time alone makes of pages, with our own alarm when one says that something works which does not.
[[nodiscard]] events::Events pagesDue(const state::State &state, const triage::ReportRules &rules, Instant now);

} // namespace qd::desk
