// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/state/state.h"

#include <map>

namespace qd::control {

/// Which receivers an alert with these labels would go to, by the workspace's routes.
struct RoutesTest {
    static constexpr const char *kMethod = "routes.test";
    std::map<std::string, std::string> labels;
    QD_FIELDS(f(1, "labels", e.labels);)
};

/// {"receivers":[…],"routes":[…]}: names, and the ids of the routes they stand on, aligned. NotFound where the workspace has no
/// routes.
[[nodiscard]] Result<std::string> routesJson(const state::State &state, const RoutesTest &test);

} // namespace qd::control
