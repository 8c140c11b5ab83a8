// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/state/state.h"

#include <string>
#include <string_view>
#include <vector>

namespace qd::desk {

/// A line of a stand-down's follow-ups: what is to be done, and by whom where it says so.
struct FollowUp {
    std::string text, owner;             ///< owner: a person's id; "" for nobody yet
};

/// One a line, without the marks of a list. A line is a person's that it names with an @ ("@ben raise the limit", "raise the limit, @ben"), or that it begins with as
/// the sheet proposes it ("Ben Birke: raise the limit"). Names of nobody, and of more than one person, say nothing.
[[nodiscard]] std::vector<FollowUp> followUpsIn(const Workspace &workspace, std::string_view lines);

/// Actions of an incident's review for what its stand-down left to be done, by the console itself: those the review does not have, as many as it keeps. None once
/// it is reviewed.
[[nodiscard]] events::Events actionsOf(const state::State &state, const state::Incident &incident, std::string_view followUps);

} // namespace qd::desk
