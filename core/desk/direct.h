// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <optional>
#include <string_view>

namespace qd::desk {

inline constexpr std::string_view kCallPrefix = "escalation/"; ///< of a call's name

/// Whether a message to the console alone answers calls: "" all that call who wrote it, "INC-7", "escalation/3", "test/2" the one named;
/// nothing when it is something else, which `obey` reads.
[[nodiscard]] std::optional<std::string> callAnswered(std::string_view text);

/// What follows from a message a person sent the console alone: who is called answers there too. Only a bound identity the platform
/// verified is heard, and only its commands. `!ack` answers every call that calls this person now, `!ack escalation/3` and `!ack INC-7`
/// the one named; the answer goes back the same way. Pure.
[[nodiscard]] events::Events obeyDirect(const state::State &state, const events::MessageSeen &message, Instant now);

} // namespace qd::desk
