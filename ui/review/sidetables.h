// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/rows.h"
#include "ui/view/review.h"

#include <functional>

/// What the tables beside the narrative say of a review. Pure: same input, same rows.
namespace qd::review {

/// How a line of the record reads that is pointed at; empty: it is not in the record.
using CitedWords = std::function<QString(const QString &reference)>;
/// The taxonomy with who sees what, and below each what was cited for it and said of it; `all` false: only what somebody sees, with the headings above it.
[[nodiscard]] std::vector<TableRow> factorRows(const view::Review &review, bool all, const CitedWords &cited = {});
/// Of a row of them: the factor it is of, and the line it cites, if it does.
[[nodiscard]] QString factorOf(const QString &row);
[[nodiscard]] QString citedBy(const QString &row);
[[nodiscard]] std::vector<TableRow> actionRows(const view::Review &review, Instant now);
[[nodiscard]] std::vector<TableRow> peopleRows(const view::Review &review);
/// What who leads the conversation has before them: a line of the record, or a sentence of the narrative.
struct AskedOf {
    QString text;
    QString reference = {}, called = {}; ///< of the line, which may be marked
    bool operator==(const AskedOf &) const = default;
};
/// First what to ask of the marks of what is before them, then of what it says, then of everything else that can be said.
[[nodiscard]] std::vector<TableRow> promptRows(const view::Review &review, const AskedOf &of = {});
[[nodiscard]] std::vector<TableRow> commentRows(const view::Review &review);
/// Those that say all of these words; none: all of them.
[[nodiscard]] std::vector<TableRow> reviewRows(const std::vector<view::ReviewRow> &reviews, Instant now, const QString &words = {});

/// What is asked for before the review is complete and is not there, each with what to do; what is done without stands below, faint.
[[nodiscard]] std::vector<TableRow> gateRows(const view::Review &review);

[[nodiscard]] QString strengthWords(Strength strength);
[[nodiscard]] QString stateWords(ActionState state);
[[nodiscard]] QString proposedWords(ActionState state); ///< what a tracker has a person asked, and the key that says yes
[[nodiscard]] QString phaseWords(ReviewPhase phase);
/// Of an incident that is not simply over: "STILL RUNNING", "CANCELLED"; else empty.
[[nodiscard]] QString standingWords(IncidentStatus status);
/// Why nothing is written of it yet, and how that begins.
[[nodiscard]] QString notBegunWords(IncidentStatus status);
/// "in 1 d 4 h", "late 2 h".
[[nodiscard]] QString dueWords(Instant due, Instant now);
/// What a tracker has of it: "SHOP-12 · In Progress · with Eve Abara there"; empty: it is in none.
[[nodiscard]] QString trackedWords(const view::ReviewAction &action);
/// The day it is due; "late, 12 Dec".
[[nodiscard]] QString actionDueWords(const view::ReviewAction &action, Instant now);
/// "12 Dec", with the year where it is another than now's.
[[nodiscard]] QString dayWords(Instant at, Instant now);

} // namespace qd::review
