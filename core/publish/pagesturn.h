// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/events/texts.h"

#include <algorithm>

namespace qd::publish {

/// What a record makes of status pages.
enum class PagesTurn {
    None,  ///< they read as before
    Some,  ///< those whose StatusPageState::changed says so read otherwise
    Every, ///< any of them may, though nothing was said on it: its own words are others, or keys were destroyed of what it said
};

[[nodiscard]] inline PagesTurn pagesTurn(const events::Events &record)
{
    const auto isAnew = [](const events::Event &e) { return holds<events::WorkspaceChanged>(e) || events::changesThePast(e); };
    const auto isSaid = [](const events::Event &event) {
        return visit(
            []<typename T>(const T &) {
                return std::is_same_v<T, events::PagePosted> || std::is_same_v<T, events::ComponentTurned> || std::is_same_v<T, events::PageMaintenancePlanned>
                    || std::is_same_v<T, events::PageMaintenanceBegan> || std::is_same_v<T, events::PageMaintenanceEnded> || std::is_same_v<T, events::NoticeOverdue>;
            },
            event);
    };
    if (std::any_of(record.begin(), record.end(), isAnew))
        return PagesTurn::Every;
    return std::any_of(record.begin(), record.end(), isSaid) ? PagesTurn::Some : PagesTurn::None;
}

} // namespace qd::publish
