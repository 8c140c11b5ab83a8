// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

/// What incidents that become one, or are two again, mean for the people who were called. Pure.
namespace qd::desk {

/// Who was really called for an incident that became part of another is told where it goes on, once.
[[nodiscard]] events::Events mergedAway(const state::State &state, const events::IncidentMerged &merged);
/// From which incident calls go on, and as whose.
struct GoingOn {
    std::string incident;
    bool sameWords = false;              ///< about what they were about; else about that incident
    events::Actor by;
    Instant now;
};
/// An EscalationStarted for each of these calls, of one service and policy once. Where its policy is not in the workspace any more, by the
/// service's own; where there is none either, `notes` says so.
[[nodiscard]] events::Events goOn(const state::State &state, const std::vector<const state::Escalation *> &calls, const GoingOn &how,
                                  std::vector<std::string> *notes = nullptr);

/// What a merge had ended and nobody had answered calls anew.
[[nodiscard]] events::Events callAgain(const state::State &state, const events::IncidentUnmerged &unmerged, Instant now);

} // namespace qd::desk
