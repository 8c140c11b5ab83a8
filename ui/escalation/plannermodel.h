// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <vector>

/// The next 24 hours of on-call, as values: what the planner paints, and the geometry of it, without a window.
namespace qd::escalation {

struct PlannerBar {
    Instant from, until;
    QStringList who;       ///< names; for a person's row: the schedules. Empty: nobody, a gap
    bool changed = false;  ///< by an override or a temporary schedule
    QStringList ids = {};  ///< of `who`
    [[nodiscard]] bool isGap() const { return who.isEmpty(); }
    /// Two at once: several people have the schedule, or one person has several schedules.
    [[nodiscard]] bool isOverlap() const { return who.size() > 1; }
};

struct PlannerRow {
    QString name, zone, local; ///< local: "04:10", what a person's clock shows now
    std::vector<PlannerBar> bars;
    std::vector<std::pair<Instant, Instant>> nights; ///< of people
    QStringList problems;  ///< sources that disagree, zones that are not known
    bool person = false;
    QString id = {};
};

struct Planner {
    Instant from, until;
    std::vector<PlannerRow> rows; ///< schedules, then people
    int schedules = 0;            ///< how many of the rows are schedules
    int folded = 0;               ///< schedules and people without a row
    [[nodiscard]] bool isEmpty() const { return schedules == 0; }
    /// What is to be seen at a glance, counted over the schedules and, for overlaps, over the people as well.
    struct Counts {
        int gaps = 0, handoffs = 0, overlaps = 0;
    };
    [[nodiscard]] Counts counts() const;
};

/// From `schedule.planner`'s answer. What is not there reads as nothing.
[[nodiscard]] Planner plannerOf(const QJsonObject &answer);

/// Where an instant lies between `left` and `left + width`, clamped to it.
[[nodiscard]] double plannerX(const Planner &planner, Instant at, double left, double width);

/// Full hours (UTC) in the span, `every` hours apart; the first not before its beginning.
[[nodiscard]] std::vector<Instant> plannerHours(const Planner &planner, int every);

/// One row in words, for assistive technology and the tooltip: "Payments: Ana until 18:00 UTC, then nobody until 06:00 UTC".
[[nodiscard]] QString rowText(const PlannerRow &row);

} // namespace qd::escalation
