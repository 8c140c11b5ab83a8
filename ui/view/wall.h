// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QString>
#include <vector>

namespace qd::view {

/// One thing that was decided or done in an incident that is open.
struct WallLine {
    Instant at;
    QString incident, text;
    bool drill = false;
};

/// An update that is owed in an incident that is open.
struct WallPromise {
    Instant due;
    QString incident, audience;
    bool drill = false;
};

/// What a wall says of all open incidents and the rest of the view does not have, as this seat may read it. ui/wall seals it once more:
/// whoever stands before a wall is nobody in particular.
struct Wall {
    std::vector<WallLine> lines;       ///< newest first, those of drills after all others
    std::vector<WallPromise> promises; ///< the next one first, those of drills after all others
};

} // namespace qd::view
