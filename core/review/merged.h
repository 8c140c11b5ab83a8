// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <vector>

/// An incident that became part of another has no review of its own: what is learnt of it belongs to the review there (core/desk/decidereview.cpp).
namespace qd::review {

/// The incident first, then those that are part of it, and part of those, each once, as its record tells of them. Left out is what is restricted (core/governance: it is on a service
/// that carries restricted data) where the incident is not, and what is a drill where it is none: whose names and lines those are, this review does not tell. One whose
/// merge was taken back is none. Pure; the incidents are the State's own.
[[nodiscard]] std::vector<const state::Incident *> withMerged(const state::State &state, const state::Incident &incident);
/// The incident that became part of this one by this line of its timeline, and is part of it still; nullptr: the line says something else.
[[nodiscard]] const state::Incident *mergedBy(const state::State &state, const state::Incident &incident, const state::Entry &line);
/// Whether the review of `incident` may tell the words and names of one that is part of it.
[[nodiscard]] bool mayTellOf(const state::State &state, const state::Incident &incident, const state::Incident &merged);

} // namespace qd::review
