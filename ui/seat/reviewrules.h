// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
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

[[nodiscard]] std::vector<view::FactorRow> factorsOf(const state::State &state, const state::Incident &incident, const std::string &you);
[[nodiscard]] std::vector<view::GateRow> gatesOf(const state::State &state, const state::Incident &incident);
[[nodiscard]] std::vector<view::ReviewPerson> peopleOf(const state::State &state, const state::Incident &incident, const std::string &you);
[[nodiscard]] std::vector<view::PromptRow> promptRows();
[[nodiscard]] std::vector<view::Finding> findingsOf(const state::State &state, const state::Incident &incident, const std::string &section, const QString &text,
                                                    const review::Spelling *spelling);

} // namespace qd::seat
