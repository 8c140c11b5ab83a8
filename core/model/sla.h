// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/model/words.h"

#include <string>
#include <string_view>

namespace qd {

/// Within what time an incident is answered and resolved, as agreed with whoever relies on the service. Nothing is agreed unless it is written.
struct SlaRule {
    std::string id;
    IncidentSeverity severity = IncidentSeverity::Sev1;
    std::string service;                 ///< service id; empty: of every service that has no rule of its own
    Span respond, resolve;               ///< none: not agreed
    QD_FIELDS(f(1, "id", e.id); f(2, "severity", e.severity); f(3, "service", e.service); f(4, "respond", e.respond); f(5, "resolve", e.resolve);)
};
inline constexpr Span kSlaAtLeast = minutes(1), kSlaAtMost = hours(24 * 90);

/// What is measured. Respond: until somebody commands the incident or answers a call for it. Resolve: until it is resolved.
enum class SlaPart : std::uint8_t { Respond = 0, Resolve = 1 };
enum class SlaState : std::uint8_t { OnTrack = 0, AtRisk = 1, Breached = 2, Met = 3 };
[[nodiscard]] std::string_view word(SlaPart v);  ///< "respond", "resolve"
[[nodiscard]] std::string_view word(SlaState v); ///< "on track", "at risk", "breached", "met"

} // namespace qd
