// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/fields.h"

/// The table that says what must be heard again and again.
namespace qd::workspace {

inline constexpr std::size_t kHeartbeatsLimit = 1000; ///< each is looked at whenever the desk asks what is due next
inline constexpr Span kShortestInterval = seconds(1), kLongestInterval = hours(24 * 366);
inline constexpr Span kLongestGrace = hours(24 * 31), kLongestRun = hours(24 * 7);

void readHeartbeat(Fields in, Draft &draft);

} // namespace qd::workspace
