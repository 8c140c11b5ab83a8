// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <string_view>

namespace qd::review {

/// How `person` came to own an open review before `at`, where its owner did not give it to them: "Ben took the review over from Ana, 2026-11-29 03:10 UTC." "" where
/// it was theirs from the beginning, nobody's before, or given to them. It is read from the timeline, which nobody writes such a line into by hand.
[[nodiscard]] std::string takenOver(const state::State &state, const state::Incident &incident, const std::string &person, Instant at);

/// Whether somebody is no person of the workspace (any more), and so can be asked for nothing. Whose home it is needs to be none.
[[nodiscard]] bool hasLeft(const state::State &state, std::string_view person);

} // namespace qd::review
