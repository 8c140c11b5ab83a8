// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

/// What was changed shortly before trouble began, the nearest on the map first. A list to look through, no verdict. Pure, and bounded.
namespace qd::command {

inline constexpr Span kChangesBefore = hours(2);    ///< a change that is older is not offered
inline constexpr Span kChangesAfter = minutes(5);   ///< nor one that came so long after: clocks and labels are late, and a cause is before
inline constexpr std::size_t kChangesShown = 8;     ///< the nearest
inline constexpr std::size_t kChangesWalked = 2000; ///< services looked at on the way; what is beyond is elsewhere

/// How a change touches what is in trouble. Upstream is what that needs, directly or not.
enum class Nearness { Same, Hard, Soft, Elsewhere }; ///< Hard: over hard edges alone; Soft: over at least one soft one; asynchronous edges lead nowhere

struct NearChange {
    const state::Change *change = nullptr; ///< of the State
    Nearness near = Nearness::Elsewhere;
    std::vector<std::string> path = {};    ///< ids, from what is in trouble to what was changed; one: the same; none: elsewhere
    Span before = {};                      ///< so long before the trouble began; negative: after
    [[nodiscard]] std::size_t hops() const { return path.empty() ? 0 : path.size() - 1; }
};

/// The changes within kChangesBefore of `began`, of what `services` (ids or aliases) need. The same service first, then by hard hops, then by soft ones, then
/// all others; among equals the nearest in time, then the newest record.
[[nodiscard]] std::vector<NearChange> nearChanges(const state::State &state, const std::vector<std::string> &services, Instant began);
/// The same of an incident: of its service and those of its alerts, before its impact began; of what it is written down for afterwards as well.
[[nodiscard]] std::vector<NearChange> nearChanges(const state::State &state, const state::Incident &incident);
/// The same of an alert: of its service, before it began.
[[nodiscard]] std::vector<NearChange> nearChanges(const state::State &state, const state::Alert &alert);

/// "deploy 4.2 of Cart (2 hops upstream: web → cart → db, 14m before)".
[[nodiscard]] std::string inWords(const state::State &state, const NearChange &near);

} // namespace qd::command
