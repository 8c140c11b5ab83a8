// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <optional>

/// How alerts come and go: chattering, flapping, flood. Pure rules; the numbers are those of ISA-18.2 as it is quoted.
namespace qd::triage {

inline constexpr std::uint32_t kFloodBegins = 10, kFloodEnds = 5; ///< alarms in 10 minutes: begins above, ends below
inline constexpr std::uint32_t kChattering = 3;                   ///< transitions within kChatteringWithin
inline constexpr Span kChatteringWithin = minutes(1);

/// The workspace's rule, or the usual one.
[[nodiscard]] FlappingRule flappingRule(const Workspace &workspace);

/// Why the alert, whose last transition was just folded, flaps from now on; nothing when it does not, or did already.
[[nodiscard]] std::optional<events::Because> beginsToFlap(const state::State &state, std::uint32_t alert);
/// The alerts that do not flap any more.
[[nodiscard]] events::Events decideCalm(const state::State &state, Instant now);
/// A flood that begins or ends.
[[nodiscard]] events::Events decideFlood(const state::State &state, Instant now);
/// The earliest instant at which one of the two could conclude something; none when nothing is waited for.
[[nodiscard]] Instant nextAlarmReaction(const state::State &state);

} // namespace qd::triage
