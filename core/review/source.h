// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/ended.h"
#include "core/review/leaks.h"
#include "core/review/patterns.h"
#include "core/review/rendition.h"
#include "core/state/state.h"

/// What of the State renditions and trends are made from. Pure.
namespace qd::review {

/// The section for people outside alone: what only they are told.
inline constexpr std::string_view kExternalSection = "external";

/// The review of an incident as one source: its sections, the factors that were seen and what is done. Read outside are the summary, the impact, the
/// narrative, what went well, sections of the team's own (each as it counts: nobody's draft), and the actions without their owners; but a section nobody wrote or said to be done is as it was pre-filled, and read inside alone. kExternalSection is read outside alone. With every
/// mark: what is cut for whom says the audience of its renditions.
[[nodiscard]] Source sourceOf(const state::State &state, const state::Incident &incident);

/// Headings of the sections such readers have (`only`: of this one alone) somebody writes on and has not said to be done: what counts of them is an earlier text (state::Section::counted), or none.
[[nodiscard]] std::vector<std::string> draftsLeftOut(const state::Review &review, bool isOutside, std::string_view language, std::string_view only = {});

/// Whom a section of this name is for; of the team's own: everybody.
[[nodiscard]] Readers readersOf(std::string_view section);

/// People with their mail, ids and addresses, those too who have left the workspace or were called otherwise in an earlier one, and those alone its room or its imported lines name; the hosts the incident's alerts named, imported ones too; customers and words of [review], and what the review allows. Without secretsIn.
[[nodiscard]] Known knownOf(const state::State &state, const state::Incident &incident);

/// "the incident commander", "a responder", "Einsatzleitung": what an incident calls somebody outside, in the language its review is written in. Somebody a file names is who the workspace binds to that name (a person's
/// accounts, addresses or mail) and else nobody here: a name both have is given no role.
[[nodiscard]] std::string roleOf(const state::Incident &incident, std::string_view person, std::string_view language);

/// Whether an incident is one of those that are counted: not a drill, an example, practice or planned work, called off, part of another, or a rebuilt copy of one that was run here.
[[nodiscard]] bool isCounted(const state::State &state, const state::Incident &incident);

/// Every incident with the factors people see in it, and the family it belongs to: rebuilt ones that are of one history (sameHistories()) are of one. Drills, examples, incidents that became part of another, and a rebuilt copy
/// of one that was run here at the same time on the same service count nowhere.
[[nodiscard]] std::vector<Witness> witnessesOf(const state::State &state);

/// The patterns that were met and are seen again in this incident, which began after that (seenSince()), by number.
[[nodiscard]] std::vector<std::uint32_t> metAgainIn(const state::State &state, const state::Incident &incident);

/// The services of an incident: its own and those of its alerts, however long ago these ended; each once.
[[nodiscard]] std::vector<std::string> servicesOf(const state::State &state, const state::Incident &incident);

} // namespace qd::review
