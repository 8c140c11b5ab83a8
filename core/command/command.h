// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/events/event.h"
#include "core/state/state.h"

/// How command of an incident moves: pure rules over a State. README.md has the reasons.
namespace qd::command {

inline constexpr Span kObjection = seconds(60); ///< how long anybody may object to a claim
inline constexpr Span kVacant = minutes(3);     ///< a SEV1 or SEV2 without a commander for longer is an alarm
inline constexpr Span kTakeBack = minutes(5);   ///< so long who lost command to a claim takes it back at once
inline constexpr Span kRefire = minutes(30);    ///< so long after it was resolved an incident's alerts are offered to it again

/// A RoleAssumed when nobody commands; else a CommandClaimed, with the RoleAssumed where it moves at once.
/// Errors: Conflict (you have it, or another claim runs), Forbidden (not the deputy and not permitted by the workspace),
/// Invalid (no reason while somebody else commands).
[[nodiscard]] Result<events::Events> take(const state::State &state, const state::Incident &incident, const std::string &reason,
                                          const events::Actor &by, Instant now);

/// Errors: NotFound (nobody is taking command), Forbidden (no role in the incident).
[[nodiscard]] Result<events::Events> object(const state::Incident &incident, const std::string &reason, const events::Actor &by);

/// What only the commander knows; what the console knows is added (brief.h).
struct Words {
    std::string summary, actions, watch;
};
/// Errors: Forbidden (you are not the commander), NotFound (no such person), Conflict (they have it already).
[[nodiscard]] Result<events::Events> offer(const state::State &state, const state::Incident &incident, const std::string &to, const Words &words,
                                           const events::Actor &by, Instant now);
/// CommandAccepted and RoleAssumed. Errors: NotFound (no offer), Forbidden (it is made to somebody else), Invalid (nothing read back).
[[nodiscard]] Result<events::Events> accept(const state::Incident &incident, const std::string &readBack, const events::Actor &by);
/// Declined by the receiver or withdrawn by who made it. Errors: NotFound, Forbidden.
[[nodiscard]] Result<events::Events> endOffer(const state::Incident &incident, const std::string &reason, const events::Actor &by);

/// When the person last did something that is recorded, in any incident; zero when not after `since`.
[[nodiscard]] Instant lastHeard(const state::State &state, const std::string &person, Instant since);

/// What is due: claims nobody objected to (ClaimEnded, RoleAssumed), command that is open for too long or no more (CommandVacant).
[[nodiscard]] events::Events advance(const state::State &state, Instant now);
/// When advance() next has something to say, if nothing else happens; zero = not at all.
[[nodiscard]] Instant nextDue(const state::State &state);

/// After alerts ended or fired again: ResolveProposed and RefireSeen, for the incidents that changes anything for.
[[nodiscard]] events::Events afterAlerts(const state::State &state, Instant now);

} // namespace qd::command
