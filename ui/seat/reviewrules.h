// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "ui/seat/castshelf.h"
#include "ui/view/review.h"

#include <string>
#include <vector>

namespace qd::review {
class Spelling;
}

/// What the core's rules say of a review, as views. Pure; view thread.
namespace qd::seat {

/// The sections of a review in reading order: those of the template, then others that were written.
[[nodiscard]] std::vector<std::string> sectionIds(const state::Review &review);
[[nodiscard]] QString sectionTitle(const std::string &id);
/// Whom a review may be published for: those inside, then the workspace's audiences, those of its templates and those its clearances name. Each once; "public" is always one.
[[nodiscard]] QStringList audiencesOf(const state::State &state);

/// The taxonomy in its order; of an incident of security what is offered for it comes first.
[[nodiscard]] std::vector<view::FactorRow> factorsOf(const state::State &state, const state::Incident &incident, const std::string &you);
[[nodiscard]] std::vector<view::GateRow> gatesOf(const state::State &state, const state::Incident &incident);
/// Who is of the workspace no more stands by what the cast calls them, never by an id.
[[nodiscard]] std::vector<view::ReviewPerson> peopleOf(const state::State &state, const state::Incident &incident, const std::string &you, const CastShelf &cast);
/// What of the record of an incident, or of the alerts of its days, was erased by somebody's word: a sentence each.
[[nodiscard]] QStringList holesOf(const state::State &state, const state::Incident &incident, Instant from, Instant to);
/// A sentence: what a record holds beyond what is shown of it.
[[nodiscard]] QString leftOutWords(std::size_t leftOut);
[[nodiscard]] view::Debrief debriefOf(const state::State &state, const state::Incident &incident, const std::string &you, const CastShelf &cast);
[[nodiscard]] std::vector<view::PromptRow> promptRows();
/// Live ones at the services of an incident whose review is open.
[[nodiscard]] std::vector<view::LivePattern> patternsAt(const state::State &state, const state::Incident &incident);
/// What to ask of a moment that is marked as this kind; none for another.
[[nodiscard]] QStringList momentQuestions(const std::string &kind);
/// section empty: words of a factor or an action, in which people are not named.
[[nodiscard]] std::vector<view::Finding> findingsOf(const state::State &state, const state::Incident &incident, const std::string &section, const QString &text,
                                                    const review::Spelling *spelling);

} // namespace qd::seat
