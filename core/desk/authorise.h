// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/commands.h"
#include "core/governance/policy.h"

#include <string_view>

namespace qd::desk {

/// What a command needs, read from the state: one row for each command there is; one without a row does not compile.
[[nodiscard]] governance::Need needOf(const state::State &state, const Command &command, const events::Actor &by);

/// The method of a command: "incident.take".
[[nodiscard]] std::string_view methodOf(const Command &command);

/// What a command needs as it usually is, by its method ("incident.take") or, where only one has it, the method's last word
/// ("take"); about nothing yet. NotFound otherwise.
[[nodiscard]] Result<std::pair<std::string_view, governance::Need>> usualNeed(const state::State &state, std::string_view method);

/// The authorise step: every command, whichever edge it came from, passes here once, before it is decided. Forbidden, with the
/// policy's sentence.
[[nodiscard]] Result<> authorise(const state::State &state, const Command &command, const events::Actor &by, Instant now);

} // namespace qd::desk
