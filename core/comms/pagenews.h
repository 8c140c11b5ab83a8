// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <optional>
#include <string>

namespace qd::comms {

/// What those who follow a status page get to read of one event: made of what the public page itself says, and of nothing else we know.
struct PageNews {
    std::string page;                    ///< its id
    std::string reference;               ///< "notice/3/2", "maintenance/4/began": the same words are the same news
    std::string title, text;             ///< plain text
};

/// None when the event is not news: only posts, and maintenance that is planned, begins or ends. `event` was just folded. In `language` where the
/// page speaks it, else in the page's first. Pure.
[[nodiscard]] std::optional<PageNews> pageNews(const state::State &state, const events::Event &event, const std::string &language = {});

} // namespace qd::comms
