// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

namespace qd::command {

inline constexpr std::size_t kActivities = 2000; ///< the newest that are listed; what is beyond is counted

/// The activity log of an incident (ICS-214): who had which role from when until when, and what was done, in the form's order of blocks. Of one
/// person: their roles and what they did. Written from the record; conversation is on the timeline and not in it. Pure.
struct UnitLog {
    std::string incident, person;        ///< person: an id; "": everybody
    struct Block {
        std::string title;
        std::vector<std::string> lines;
    };
    std::vector<Block> blocks;
};
/// Whoever had a role or did something in it, by id.
[[nodiscard]] std::vector<std::string> peopleOf(const state::Incident &incident);
/// As of `now`: an incident that goes on has a period that is open.
[[nodiscard]] UnitLog unitLog(const state::State &state, const state::Incident &incident, const std::string &person, Instant now);
[[nodiscard]] std::string toText(const UnitLog &log);

} // namespace qd::command
