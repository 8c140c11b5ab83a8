// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

/// When the next update to each audience is due, and what follows when it does not come. Pure.
namespace qd::comms {

inline constexpr Span kSoonAtMost = minutes(5);  ///< an update due in less is due soon; of a short one the last third
inline constexpr Span kChaseAfter = minutes(5);  ///< so long after it was due whoever sees to updates is told

inline constexpr Span kFirstUpdate = minutes(5);
/// How often the first audience hears of an incident this severe where the workspace says nothing about it; zero: it need not.
[[nodiscard]] Span usualCadence(IncidentSeverity severity);

enum class ClockStage { Open, Soon, Due, Overdue };
[[nodiscard]] std::string_view word(ClockStage stage); ///< "open", "soon", "due", "overdue"

/// One update that is owed: by a promise, or (promise 0) by the severity's cadence where no promise to that audience stands for it (made since it is
/// this severe, or due no later: what was promised while it was milder hides nothing that is due before), or (`holding`) as the first word: a SEV1 or SEV2 that a holding statement fits is spoken of within kHoldingTarget of its declaration. That one is a clock to look at, until
/// its audience heard anything; nobody is chased for it. A `usual` one a SEV1 or SEV2 has where the workspace says nothing about its severity: to the first
/// audience within kFirstUpdate, then as usualCadence() says; it is missed and chased like any other.
struct UpdateClock {
    std::string audience, text;
    std::uint32_t promise = 0;
    Instant since, due, missedAt, chasedAt;
    std::string holding = {};            ///< the statement that is to be released
    bool isUsual = false;                ///< nobody asked for it by name; a cadence in the workspace ends it, also one of no time
    [[nodiscard]] Instant soonAt() const;
    [[nodiscard]] ClockStage stage(Instant now) const;
};

/// Of an incident that is open, the next one first.
[[nodiscard]] std::vector<UpdateClock> clocksOf(const state::State &state, const state::Incident &incident);

/// UpdateMissed when one was due and UpdateChased kChaseAfter later, each once; the Communications Lead is told, without one whoever
/// commands. Of an audience that is owed by a promise and by the severity and chased for both at one time, for the promise alone.
[[nodiscard]] events::Events updatesDue(const state::State &state, Instant now);
/// When updatesDue() next has something to say, if nothing else happens; none: not at all.
[[nodiscard]] Instant nextUpdateDue(const state::State &state);

} // namespace qd::comms
