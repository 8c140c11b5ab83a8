// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oncall/escalation.h"
#include "core/oncall/targets.h"

namespace qd::oncall {

/// What is asked: whose, and when. A simulation starts nothing and changes nothing.
struct Question {
    Ownership owner;
    Instant at;
};

struct PlannedStep {
    Place place;
    Instant at, until;
    Behind who;               ///< with everything that was passed over on the way here
    bool isCatchAll = false;  ///< nobody would be called by the policy: its service's team, else everybody
};

/// The calls an escalation started at `at` would make if nobody answered: by the rules that make them.
struct Plan {
    std::string service, team, policy;
    events::Because because;  ///< why this policy, and whether anybody would really be called
    bool observed = true;
    std::uint32_t answers = 1;
    std::vector<PlannedStep> steps;
    std::vector<std::string> gaps; ///< steps nobody is behind, schedules with nobody: where, and what happens instead
    std::vector<std::string> passedOver; ///< after the last call: what was still tried
    Instant end;              ///< when it would be exhausted
};

/// Errors: NotFound, as for start(): no policy can be chosen. At most 120 steps (20 steps, 6 rounds).
[[nodiscard]] Result<Plan> plan(const state::State &state, const Question &question);

} // namespace qd::oncall
