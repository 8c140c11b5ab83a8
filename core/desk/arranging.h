// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/desk/commandsreview.h"
#include "core/events/event.h"
#include "core/state/state.h"

#include <optional>
#include <string>

namespace qd::desk {

/// How a review is from now on, and the line of the record that says why it is another's ("" where its owner says so, or nothing of that changes).
struct ArrangedReview {
    events::ReviewArranged event;
    std::string line;
};
/// What the command says over what holds; of a new review over what is usual. Who was asked for a contribution is taken off by the review's owner alone, who says why.
/// Pure. Errors: Invalid, NotFound, Forbidden, TooLarge; each says what would do.
[[nodiscard]] Result<ArrangedReview> arrangedBy(const state::State &state, const state::Incident &incident, const OpenReview &command, const events::Actor &by, Instant now);

/// Of an incident that is more severe than it ever was while its review waits: its draft is due as that severity asks for, where nobody said the day and that is sooner. None: it stays. Pure.
[[nodiscard]] std::optional<events::ReviewArranged> dueSooner(const state::State &state, const state::Incident &incident, IncidentSeverity severity, const events::Actor &by, Instant now);

/// Errors: NotFound, where the workspace has nobody of this id.
[[nodiscard]] Result<> aPerson(const state::State &state, const std::string &id);

} // namespace qd::desk
