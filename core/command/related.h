// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

/// Incidents that may be about the same, or tell what it was the last time. Offered with the reason, never acted on. Pure, and bounded.
namespace qd::command {

inline constexpr std::size_t kRelatedShown = 8;           ///< the best
inline constexpr std::size_t kRelatedLooked = 2000;       ///< of the newest incidents
inline constexpr std::size_t kRelatedKeys = 2000;         ///< alerts of each, the first that joined
inline constexpr Span kRelatedPast = hours(24 * 180);     ///< an incident that was over for longer is not offered

/// What related incidents are sought for.
struct Subject {
    std::string incident;                ///< that is not its own relative; "": none
    std::string service;
    std::vector<std::string> alerts;     ///< keys
    std::vector<std::string> names;      ///< alertnames
    bool isDrill = false;                ///< drills are related to drills only
};
[[nodiscard]] Subject subjectOf(const state::State &state, const state::Incident &incident);
/// What an incident made of these alerts would be about; the service that of the first unless said.
[[nodiscard]] Subject subjectOf(const state::State &state, const std::vector<std::string> &alerts, std::string service = {});

struct Related {
    std::string incident;
    bool isOpen = false;
    std::uint32_t weight = 0;
    std::vector<std::string> why;        ///< "the same service, payments", the strongest first
};
/// Open ones before those that are over, then by weight, then the newest. Cancelled and merged ones are none: what they became is.
[[nodiscard]] std::vector<Related> related(const state::State &state, const Subject &subject, Instant now);

/// "INC-3 (active, SEV2): the same service, payments; 2 of its alerts were of it".
[[nodiscard]] std::string inWords(const state::State &state, const Related &related);

} // namespace qd::command
