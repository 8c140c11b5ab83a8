// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"

#include <functional>
#include <string_view>

namespace qd::triage {

/// The routes of the workspace's tree that take an alert with these labels, in order, as Alertmanager's dispatch finds them
/// (dispatch/route.go, Match): the deepest that match; of siblings the first, and those after one that continues. A label that
/// is not there has the value "". The same route may come once only; the same receiver more often. None without a tree.
[[nodiscard]] std::vector<const Route *> routesOf(const Workspace &workspace, const std::function<std::string_view(std::string_view)> &label);

/// The receiver of a route: its own, or the nearest ancestor's.
[[nodiscard]] const std::string &receiverOf(const Workspace &workspace, const Route &route);

} // namespace qd::triage
