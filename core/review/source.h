// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/leaks.h"
#include "core/review/patterns.h"
#include "core/review/rendition.h"
#include "core/state/state.h"

/// What of the State renditions, trends and effects are made from. Pure.
namespace qd::review {

/// The section for people outside alone: what only they are told.
inline constexpr std::string_view kExternalSection = "external";

/// The review of an incident as one source: its sections, the factors that were seen and what is done. Read outside are the summary, the impact, the
/// narrative, what went well, sections of the team's own, and the actions without their owners; kExternalSection is read outside alone. `reader`: who asks;
/// what they may not read is a hole in every rendition they make, whoever it is for.
[[nodiscard]] Source sourceOf(const state::State &state, const state::Incident &incident, const Reader &reader);

/// People with their mail, ids and addresses, and those alone its room or its imported lines name; the hosts the incident's alerts named, imported ones too; customers and words of [review], and what the review allows. Without secretsIn.
[[nodiscard]] Known knownOf(const state::State &state, const state::Incident &incident);

/// "the incident commander", "a responder": what an incident calls somebody outside.
[[nodiscard]] std::string roleOf(const state::Incident &incident, std::string_view person);

/// Every incident with the factors people see in it, and the family it belongs to. Drills, examples, incidents that became part of another, and a rebuilt copy
/// of one that was run here at the same time on the same service count nowhere.
[[nodiscard]] std::vector<Witness> witnessesOf(const state::State &state);

/// The effect of every action that is done or verified, in the order of incidents.
struct ActionEffect {
    std::string incident;
    const state::Action *action = nullptr; ///< into the State
    Recurrence recurrence;
};
[[nodiscard]] std::vector<ActionEffect> effectsOf(const state::State &state, Instant now);

/// The services of an incident: its own and those of the alerts that are known still; each once.
[[nodiscard]] std::vector<std::string> servicesOf(const state::State &state, const state::Incident &incident);

} // namespace qd::review
