// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"

#include <filesystem>
#include <string>
#include <vector>

namespace qd::app {

inline constexpr Span kCoverageAhead = hours(24 * 7);

/// What of a sound workspace leaves nobody to be called within kCoverageAhead of `now`, each with its place: "people.toml:12: schedule …".
[[nodiscard]] std::vector<std::string> coverageWarnings(const Workspace &workspace, const std::filesystem::path &folder, Instant now);

} // namespace qd::app
