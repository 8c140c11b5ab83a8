// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"

#include <string>
#include <vector>

namespace qd::oncall {

/// Something of a workspace that is sound and still leaves nobody to be called.
struct Uncovered {
    bool isPolicy = false;               ///< else a schedule
    std::string id;
    std::string text;                    ///< one sentence without its place
};

/// Schedules with gaps in this span, and steps of policies nobody stands behind for some of it: all they name are schedules in a gap, or teams
/// without members. Overrides are the record's and not counted here; a step's own windows (`only`) are meant to call nobody. Pure.
[[nodiscard]] std::vector<Uncovered> uncovered(const Workspace &workspace, Instant from, Instant until);

} // namespace qd::oncall
