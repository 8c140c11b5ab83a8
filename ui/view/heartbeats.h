// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/words.h"

#include <QString>

namespace qd::view {

/// A heartbeat of the workspace. Late within its grace is for the widget to see, from its own tick.
struct HeartbeatRow {
    enum class State { Awaiting, Healthy, Slow, Late, Missed };
    QString id, name, service;
    AlertSeverity severity = AlertSeverity::Error;
    State state = State::Awaiting;   ///< as the core concluded
    Instant last, expected, trips;   ///< trips: when the alarm comes if nothing is heard; none when it has come, or is not awaited
    Span interval, grace;
    int missed = 0, misses = 1, of = 1; ///< missed: of the last `of` windows; `misses` make the alarm
    Span latency;                    ///< of its last run; 0 = not known
    QString why;                     ///< what the core concluded, in its words
    Instant countsFrom;              ///< the core was not listening before
    Instant mutedUntil;              ///< none: it is not muted
    QString mutedBy, muteReason;
    bool operator==(const HeartbeatRow &) const = default;
};

} // namespace qd::view
