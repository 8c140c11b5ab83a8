// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

/// The alertname of our alarm about a rule that could not decide; its label `rule` says which.
inline constexpr const char *kRuleFailedAlarm = "RuleFailed";

/// A rule that fails is an alarm of ours, one a rule, until another workspace is in force. While it fires, further failures of the same rule are
/// lines in the log. What came of a cascade that did not come to rest is cut off, and this with it. Pure.
[[nodiscard]] events::Events reactWithFailures(const state::State &state, const events::Event &event, Instant now);

/// True for the alarm itself or its end: it follows from RuleFailed and WorkspaceChanged, and from nothing that was reported.
[[nodiscard]] bool isFailureAlarm(const events::AlertsReported &reported);

} // namespace qd::desk
