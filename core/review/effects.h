// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/effect.h"
#include "core/review/insights.h"
#include "core/state/state.h"

/// What the actions of the State did. Pure.
namespace qd::review {

/// How long incidents took, as distributions: nothing is said of fewer than kFewest.
struct Lengths {
    Distribution detected;                   ///< from the start of the impact to the declaration, where somebody said when it began
    Distribution resolved;                   ///< from the declaration
};
/// Of the real ones among these incidents: what was written down afterwards or rebuilt was not timed here.
[[nodiscard]] Lengths lengthsOf(const state::State &state, const std::vector<std::string> &incidents);
/// "to detect: median 4m of 7 before, too few after (2); to resolve: …". Whether the two differ by more than chance it does not say.
[[nodiscard]] std::string lengthsSentence(const Lengths &before, const Lengths &after);

/// Since when incidents would have been counted here. The State does not have the time of the first record, so it is the earliest that it knows of: a
/// connection, a line of the log, a change, a start of the core, or an incident, if only one that was written down afterwards or rebuilt. One that was run here and began before it was
/// declared says when it began, up to kMostLead before: what is said to have begun earlier tells of itself alone, and of nothing else that happened then.
inline constexpr Span kMostLead = hours(24);
struct Counting {
    Instant since;
    std::string by;                          ///< what says so: "the connection am was added"
    std::string kind, name;                  ///< the same: "connection" and its name; "log", "change", "start"; an incident and "declared", "written down", "rebuilt", "began"
};
[[nodiscard]] Counting countingOf(const state::State &state);

/// The effect of every action that is done or verified, or was and is open again, in the order of incidents.
struct ActionEffect {
    std::string incident;
    const state::Action *action = nullptr;   ///< into the State
    Recurrence recurrence;
    Lengths before, after;                   ///< of the incidents that recurrence names
    std::string lengths;                     ///< of both, in words; "" where no incident is before or after
};
[[nodiscard]] std::vector<ActionEffect> effectsOf(const state::State &state, Instant now);

} // namespace qd::review
