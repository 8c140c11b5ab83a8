// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/rows.h"
#include "ui/review/trendsview.h"

/// What the tables of what reviews say together have in their rows, and what a row says in words. Pure: same input, same rows.
namespace qd::review {

/// Factor, incidents, cumulative, here, elsewhere, by whom that is, how sure raters are, kappa. The first row ("all") is of all incidents together; below the causes, under a heading, what went well (kWellRow and its id).
inline constexpr QLatin1String kWellRow("well/");
[[nodiscard]] std::vector<TableRow> trendRows(const TrendsView &view);
[[nodiscard]] QString trendSays(const TrendsView &view, const QString &id);

/// Action, verdict, ratio, interval, before, after.
[[nodiscard]] std::vector<TableRow> effectRows(const TrendsView &view);
[[nodiscard]] QString effectSays(const TrendsView &view, const QString &id);

/// What recurs, state, services, in how many incidents, open reviews. Patterns first, then what is only suggested.
[[nodiscard]] std::vector<TableRow> patternRows(const TrendsView &view);
[[nodiscard]] QString patternSays(const TrendsView &view, const QString &id);

} // namespace qd::review
