// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <vector>

/// What `insights` answers, as values to show.
namespace qd::review {

struct Bar {
    QString name;
    qint64 count = 0;
    QString note = {};                   ///< said beside the count: "cum. 78 %"
};

/// One of the four times of an incident. Seconds; none (-1) where fewer than five incidents say nothing.
struct Times {
    qint64 count = 0, median = -1, p90 = -1, longest = -1;
    bool operator==(const Times &) const = default;
};

struct InsightsView {
    qint64 incidents = 0, leftOut = 0, alerts = 0, calls = 0, observed = 0, offHours = 0, atNight = 0, floods = 0, floodSeconds = 0;
    qint64 callsMedian = -1, callsP90 = -1, callsMost = -1; ///< of one person, without a name; -1: too few people to say
    double floodShare = 0;
    qint64 floodPeak = 0;                ///< the most alarms of a flood in ten minutes
    double badActorsShare = 0;           ///< of all alerts
    Times detect, acknowledge, mitigate, resolve;
    std::vector<Bar> services, priorities, badActors; ///< most first (priorities: worst first), at most kBars
    QString note;
    static constexpr std::size_t kBars = 8;

    [[nodiscard]] bool isEmpty() const { return incidents == 0 && alerts == 0 && calls == 0; }
};

[[nodiscard]] InsightsView insightsOf(const QJsonObject &answer);

} // namespace qd::review
