// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/words.h"

#include <QString>
#include <vector>

namespace qd::view {

/// A service and whom its alerts call.
struct ServiceEntry {
    QString id, name, team, policy; ///< team and policy: names; empty: none
    QString onCall;                 ///< names of who is on call for it now; empty: nobody
    bool own = false;               ///< its alerts call people by themselves; else it is only observed
    int firing = 0;
};

struct ScheduleEntry {
    QString id, name, zone, onCall, layers; ///< layers: their names
    Instant until;                  ///< when somebody else takes over; none: not within what is looked ahead
    QString problem;                ///< why nobody is on, where nobody is
};

struct PolicyEntry {
    QString id, name, steps;        ///< steps: "1 Payments, 5 m · 2 Mara Lindt, 10 m"
    QString now;                    ///< whom its first step calls now
    int repeats = 0, answers = 1;
    QString teams;                  ///< whose it is
};

/// Who is responsible for what, and who would be called now.
struct Directory {
    Instant made;                   ///< of when "now" is
    std::vector<ServiceEntry> services;
    std::vector<ScheduleEntry> schedules;
    std::vector<PolicyEntry> policies;
};

} // namespace qd::view
