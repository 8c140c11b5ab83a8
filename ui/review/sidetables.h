// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/rows.h"
#include "ui/view/review.h"

/// What the tables beside the narrative say of a review. Pure: same input, same rows.
namespace qd::review {

/// The taxonomy with who sees what; `all` false: only what somebody sees, with the headings above it.
[[nodiscard]] std::vector<TableRow> factorRows(const view::Review &review, bool all);
[[nodiscard]] std::vector<TableRow> actionRows(const view::Review &review, Instant now);
[[nodiscard]] std::vector<TableRow> peopleRows(const view::Review &review);
[[nodiscard]] std::vector<TableRow> promptRows(const view::Review &review);
[[nodiscard]] std::vector<TableRow> commentRows(const view::Review &review);
[[nodiscard]] std::vector<TableRow> reviewRows(const std::vector<view::ReviewRow> &reviews, Instant now);

[[nodiscard]] QString strengthWords(Strength strength);
[[nodiscard]] QString stateWords(ActionState state);
[[nodiscard]] QString phaseWords(ReviewPhase phase);
/// "in 1 d 4 h", "late 2 h".
[[nodiscard]] QString dueWords(Instant due, Instant now);
/// "12 Dec", with the year where it is another than now's.
[[nodiscard]] QString dayWords(Instant at, Instant now);

} // namespace qd::review
