// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/state/travel.h"

#include <functional>
#include <optional>
#include <string>

namespace qd::control {

/// `whatif`: what happened since `since` under the rules of another workspace. since: RFC 3339, seq:N, or how long ago ("24h").
/// workspace: a folder on the core's machine; empty: the recorded ones, which must give what was recorded.
struct WhatIfParams {
    static constexpr std::string_view kMethod = "whatif";
    std::string since, workspace;
    QD_FIELDS(f(1, "since", e.since); f(2, "workspace", e.workspace);)
};

/// Reads a workspace's folder; unset: there is none to be read.
using ReadWorkspace = std::function<Result<Workspace>(const std::string &folder)>;

/// What a run shows of fold rules, to be recorded: only then are they in force.
using FoldsShown = std::function<void(std::vector<FoldRule> folds, std::string sentence)>;

/// The answer as JSON. Folds records anew: never on a thread that must not wait. Errors: Invalid, NotFound, and what reading gives.
[[nodiscard]] Result<std::string> whatIfJson(const state::Past &past, const WhatIfParams &params, const ReadWorkspace &read, Instant now,
                                             const std::function<bool()> &go, const FoldsShown &shown = {});

} // namespace qd::control
