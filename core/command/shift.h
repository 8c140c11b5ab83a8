// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/state/state.h"

#include <string>

/// A shift handed over without an incident: what stands, expires and was promised goes with it, and the receiver reads it back. It moves no
/// schedule: who is on call is the schedule's. Pure.
namespace qd::command {

[[nodiscard]] Result<events::Events> offerShift(const state::State &state, const std::string &to, const std::string &summary, const std::string &watch, const events::Actor &by,
                                                Instant now);
/// `number` 0: the newest that is open and concerns `by`. Accepting needs a read-back and is the receiver's; declining is the receiver's too,
/// and taking back the giver's.
[[nodiscard]] Result<events::Events> answerShift(const state::State &state, std::uint32_t number, bool accept, const std::string &words, const events::Actor &by);

} // namespace qd::command
