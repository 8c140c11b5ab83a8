// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Who is behind the names in a policy at an instant. Pure over a State; the same functions decide calls and simulate them.
namespace qd::oncall {

/// A place on a policy's ladder: step from 1, round from 0; step 0: none.
struct Place {
    std::uint32_t step = 0, round = 0;
};
/// The place after `p`, or one with step 0 when there is none.
[[nodiscard]] Place following(const Policy &policy, Place p);
[[nodiscard]] std::string inWords(Place p); ///< "step 2 of round 2"

/// A person to call, and why.
struct Called {
    std::string person, why;  ///< why: "schedule payments, layer weekdays"; "" when the policy names them
    std::string zone;         ///< theirs
    LocalTime local;          ///< what their clock shows at the instant asked for
};

/// What is behind targets at an instant.
struct Behind {
    std::vector<Called> people;        ///< each once, in order
    std::vector<std::string> channels; ///< "room:NAME", "webhook:NAME"
    std::vector<std::string> ruledOut; ///< who and what was passed over, and why, one sentence each
    [[nodiscard]] bool isNobody() const { return people.empty() && channels.empty(); }
};

/// A person, a team (who of it is on call by its schedule; in a gap, or without one, its first member), a schedule (nobody in
/// a gap), or a channel.
[[nodiscard]] Behind behind(const state::State &state, const std::string &target, Instant at);

/// The people and channels of one step: of targets that take turns the one at `turn`, or the first after it that has anybody;
/// without those outside the step's windows on their own clocks, and without those in `answered`.
[[nodiscard]] Behind behindStep(const state::State &state, const PolicyStep &step, Instant at, std::uint32_t turn = 0,
                                const std::vector<std::string> &answered = {});

/// The first place from `place` on that has anybody at `at`; the place is step 0 when none has. `turn` is asked for steps
/// whose targets take turns.
struct Reached {
    Place place;
    Behind who;
};
[[nodiscard]] Reached reach(const state::State &state, const Policy &policy, Place place, Instant at,
                            const std::function<std::uint32_t(std::uint32_t step)> &turn, const std::vector<std::string> &answered = {});

/// The policy for what has none, or one with nobody in it: the service's team, else everybody, waiting 5 minutes.
[[nodiscard]] Policy catchAll(const Workspace &workspace, std::string_view service, std::string_view policy);

/// Whether a step's targets name this person: by id, as member of a team, or as one who takes part in a schedule.
[[nodiscard]] bool names(const state::State &state, const std::vector<std::string> &targets, std::string_view person);

/// "room:NAME" and "webhook:NAME".
[[nodiscard]] bool isChannel(std::string_view target);

} // namespace qd::oncall
