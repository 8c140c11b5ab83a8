// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <vector>

/// SLA clocks of incidents (on track, at risk, breached, met). Pure.
namespace qd::command {

/// From this part of the time on a clock is at risk: a quarter is left to do something about it.
inline constexpr std::int64_t kAtRiskOf = 3, kAtRiskIn = 4;

struct SlaClock {
    SlaPart part = SlaPart::Respond;
    const SlaRule *rule = nullptr;       ///< of the State's workspace
    Instant from, riskAt, due;           ///< from: when the incident was declared
    Instant doneAt;                      ///< none: not yet
    SlaState state = SlaState::OnTrack;  ///< what was done too late is breached
};

/// The rule for an incident: its service's own, else that of its severity alone; null: nothing is agreed.
[[nodiscard]] const SlaRule *slaRuleOf(const Workspace &workspace, const state::Incident &incident);
inline constexpr std::size_t kTurnsAtOnce = 200; ///< what one slaDue() concludes; the rest is due at once again
inline constexpr Span kSettles = minutes(10);    ///< after its end an incident's clocks are still looked at for so long

/// The clocks of an incident at `now`, by its present severity and service; none of drills, of planned work, of what was cancelled and of what became part of another.
[[nodiscard]] std::vector<SlaClock> slaClocks(const state::State &state, const state::Incident &incident, Instant now);

/// SlaTurned for every clock whose state is no longer what the record says. What was over long ago is left as it was told: a rule written
/// today says nothing of it.
[[nodiscard]] events::Events slaDue(const state::State &state, Instant now);
/// The earliest instant at which slaDue() would conclude something; none when nothing is waited for.
[[nodiscard]] Instant nextSla(const state::State &state, Instant now);

} // namespace qd::command
