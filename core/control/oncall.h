// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/state/state.h"

#include <string>

namespace qd::control {

/// `who` and `simulate`: who would be called for a service, a team, a policy or an alert, at an instant. Everything but one of
/// the first four may be left out; `at` then is now.
struct PlanParams {
    std::string service, alert, team, policy, severity, at;
    QD_FIELDS(f(1, "service", e.service); f(2, "alert", e.alert); f(3, "team", e.team); f(4, "policy", e.policy);
              f(5, "severity", e.severity); f(6, "at", e.at);)
};

/// `schedule.layout`: who is on call by a schedule over a span; a week from now unless said. Times as `schedule.override` takes them.
struct LayoutParams {
    std::string schedule, from, until;
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "from", e.from); f(3, "until", e.until);)
};

/// `{"service","team","policy","at","observed","answers","because":[…],"ruledOut":[…],"steps":[{"step","round","at","until","catchAll",
/// "people":[{"person","name","zone","local","why"}],"channels":[…],"ruledOut":[…]}],"gaps":[…],"passedOver":[…],"end"}`.
/// Pure over the state; `at` decides who is on call, not what the workspace is. Errors: Invalid, NotFound.
[[nodiscard]] Result<std::string> planJson(const state::State &state, const PlanParams &params, Instant at);

/// `{"schedule","zone","from","until","segments":[{"from","until","local","people":[{"person","why","override"}]}],"gaps":n,
/// "disagreements":[{"from","until","text"}],"problems":[…]}`. Segments without people are gaps. At most 366 days.
[[nodiscard]] Result<std::string> layoutJson(const state::State &state, const LayoutParams &params, Instant now);

/// `schedule.planner`: the 24 hours from `now`, for the window's planner: each schedule's segments, each person's nights (22:00 to
/// 07:00 on their own clock) and shifts, people and schedules by name and by id. At most 60 of each; how many there are in all is said.
[[nodiscard]] std::string plannerJson(const state::State &state, Instant now);

/// The span a LayoutParams means. Errors: Invalid, NotFound (no such schedule).
struct LayoutSpan {
    const Schedule *schedule = nullptr;
    Instant from, until;
};
[[nodiscard]] Result<LayoutSpan> spanOf(const state::State &state, const LayoutParams &params, Instant now);

} // namespace qd::control
