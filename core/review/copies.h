// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <utility>
#include <vector>

/// Incidents that were rebuilt from files: which of them are one, and how much of each is here. Pure.
namespace qd::review {

/// Two incidents of one history: a rebuilt one and another rebuilt one, or one that was run here, that has more than half of the facts of the smaller of them: the
/// same words at the same instant, or what goes by the same name then. Of one that was run here these are the messages of its rooms. Each two once; the first is who
/// was run here, or who was rebuilt before.
[[nodiscard]] std::vector<std::pair<const state::Incident *, const state::Incident *>> sameHistories(const state::State &state);

/// "1000 of 1500 facts are here; run the same rebuild again with --incident INC-7, which adds what is missing." "" where none is missing, or nobody said how many there are to be.
[[nodiscard]] std::string factsMissing(const state::Incident &incident);

} // namespace qd::review
