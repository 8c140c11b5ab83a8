// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

/// Calls for people somebody asked for by name. Pure over a State.
namespace qd::oncall {

inline constexpr std::size_t kDirectTargets = 20; ///< people and teams of one
inline constexpr std::size_t kDirectGroups = 20;  ///< alert groups of one selection; for more an incident is declared
inline constexpr std::string_view kDirectPolicy = "direct";

/// What stands in for a policy: all of them at once, three times with 5 minutes between, until one answers.
[[nodiscard]] Policy directPolicy(const std::vector<std::string> &targets);

struct DirectRequest {
    std::string incident;                ///< or, without one, `groups`
    std::vector<std::string> groups;
    std::vector<std::string> targets;    ///< people and teams
    std::string reason;
    events::Actor by;
};

/// The calls it makes: one for the incident, or one for each group. Whatever else calls for the same, or was answered already, stays as it
/// is: each has its own answer. Somebody asked, so the services' paging does not matter; a connection armed for pages is still needed.
/// Errors: NotFound, Invalid, Conflict (each of them is being called for it by name already).
[[nodiscard]] Result<events::Events> page(const state::State &state, const DirectRequest &request);

} // namespace qd::oncall
