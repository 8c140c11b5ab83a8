// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/comms/pagerender.h"
#include "core/desk/commands.h"
#include "core/state/state.h"

namespace qd::desk {

/// A status page as it would read with a post that nobody has made yet, or with work that nobody has announced.
struct PagePreview {
    ComponentState worst = ComponentState::Operational;
    std::vector<ComponentSaid> components; ///< as they would be derived, in the page's order
    std::vector<comms::PageFile> files;    ///< its HTML, byte for byte, in each of its languages
};

/// The post (PostOnPage) or the work (PlanPageMaintenance, a new one or a change) decided as ever, but for the checks its words may have to pass; then that
/// page with it, folded and rendered by what publishes it. Pure: nothing is recorded. Errors: as of the command; Invalid for any other.
[[nodiscard]] Result<PagePreview> pagePreview(const state::State &state, const Command &command, const events::Actor &by, Instant now);

} // namespace qd::desk
