// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/words.h"

#include <QString>

namespace qd::view {

struct MapNode {
    QString id, name, team, owner;
    AlertSeverity worst = AlertSeverity::None; ///< None: nothing fires here
    int alerts = 0;
    bool blast = false;    ///< depends, directly or not, on a service that fires
    bool suspect = false;  ///< the deepest unhealthy hard dependency
    bool firstOut = false; ///< what fires in a group of several and began before all others is here
    int dependents = 0;    ///< of one that fires: how many depend on it, directly or not, over hard or soft edges
    int folded = 0;        ///< calls that wait folded under it
    bool changed = false;  ///< a change marker in the last 2 hours
    QString change;
};

struct MapEdge {
    QString from, to;      ///< `from` depends on `to`
    DependencyKind kind = DependencyKind::Hard;
    bool onPath = false;   ///< on the path from impact to suspect
    bool accepted = false; ///< discovered and accepted, not written in the workspace
};

} // namespace qd::view
