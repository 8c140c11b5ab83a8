// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/schedules.h"

#include <string>
#include <string_view>
#include <vector>

namespace qd::state {

/// An override that was made and not withdrawn.
struct StandingOverride {
    Override what;
    std::string schedule, source, reason, by;
    Instant at;                          ///< when it was made
    std::uint32_t first = 0;             ///< the number of the first one made with it: they are withdrawn together
    QD_FIELDS(f(1, "what", e.what); f(2, "schedule", e.schedule); f(3, "source", e.source); f(4, "reason", e.reason); f(5, "by", e.by);
              f(6, "at", e.at); f(7, "first", e.first);)
};

/// Who is on call by a schedule, as was last concluded.
struct OnDuty {
    std::string schedule;
    std::vector<std::string> people;
    Instant since, until;                ///< until: the next handoff, or when it is looked at again
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "people", e.people); f(3, "since", e.since); f(4, "until", e.until);)
};

/// How often a step whose targets take turns was reached.
struct Turn {
    std::string policy;
    std::uint32_t step = 0, taken = 0;
    QD_FIELDS(f(1, "policy", e.policy); f(2, "step", e.step); f(3, "taken", e.taken);)
};

/// What the journal adds to the schedules of the workspace.
struct Rota {
    static constexpr std::size_t kOverridesKept = 5000;
    static constexpr std::size_t kTurnsKept = 5000;
    static constexpr std::size_t kOnDutyKept = 10'000;

    std::vector<StandingOverride> overrides; ///< by number; those that ended stay for 60 days, so that the recent past can be laid out
    std::vector<OnDuty> onDuty;              ///< in the order the schedules were first concluded on
    std::vector<Turn> turns;
    std::uint32_t lastOverride = 0;
    QD_FIELDS(f(1, "overrides", e.overrides); f(2, "onDuty", e.onDuty); f(3, "turns", e.turns); f(4, "lastOverride", e.lastOverride);)

    [[nodiscard]] const StandingOverride *override(std::uint32_t number) const;
    [[nodiscard]] const OnDuty *of(std::string_view schedule) const;
    /// The overrides of one schedule, for oncall::layOut.
    [[nodiscard]] std::vector<Override> overridesOf(std::string_view schedule) const;
    [[nodiscard]] std::uint32_t turn(std::string_view policy, std::uint32_t step) const;
};

} // namespace qd::state
