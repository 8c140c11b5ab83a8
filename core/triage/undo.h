// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/state/state.h"

namespace qd::triage {

inline constexpr Span kUndoWithin = hours(1); ///< after that the world has moved on

/// What takes an override back: OverrideUndone and what ends or places again what it placed or ended, with the incidents of a merge. Pure.
/// Errors: NotFound (nothing of this person is left to take back, or not in that record), Conflict (it cannot be taken back, and why).
/// `record`: which; 0: this person's last. `notes`: what stays as it is, for the person.
[[nodiscard]] Result<events::Events> undo(const state::State &state, std::uint64_t record, const events::Actor &by, Instant now, std::vector<std::string> &notes);

/// What nothing takes back, whoever asks and when: whyNotUndone() says why.
[[nodiscard]] constexpr bool isNeverUndone(state::InterventionKind kind)
{
    using Kind = state::InterventionKind;
    return kind == Kind::Attached || kind == Kind::Closed || kind == Kind::SilenceWritten || kind == Kind::Escalated;
}

/// Why it cannot be taken back; empty when it can.
[[nodiscard]] std::string whyNotUndone(const state::State &state, const state::Intervention &what, Instant now);

} // namespace qd::triage
