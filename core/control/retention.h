// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <map>
#include <string>

namespace qd::control {

/// `keeping.retention`: what goes when, by the workspace's rules: the stream, when it was over, when its time is, what holds it, whether it is
/// due at `now`, and of an incident how many lines, messages and files with how many bytes go with it. `streams`: what has a key, and the hold that covers it.
[[nodiscard]] std::string retentionJson(const state::State &state, const std::map<std::string, std::uint32_t> &streams, Instant now);

} // namespace qd::control
