// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

/// What nobody looks at any more is brought back to somebody's mind: incidents in which nobody does anything, silences that stand for weeks,
/// those that are about to end while what they keep quiet still fires, rooms of incidents that are long over, rooms that nothing reaches, reviews and
/// actions that are due. And what the first hours of a severe
/// incident forget: to say what is affected, to plan for a long one, to relieve who commands. Pure.
namespace qd::command {

inline constexpr Span kAgingSevere = hours(1);   ///< a SEV1 or SEV2 in which nobody did anything for so long; said again after as long
inline constexpr Span kAging = hours(24);        ///< any other
inline constexpr Span kForgotten = hours(24 * 7); ///< a silence that stands for so long; said again after as long
inline constexpr Span kEndsSoon = minutes(15);   ///< so long before a silence ends on what still fires
inline constexpr Span kEndsSoonOf = hours(1);    ///< … if it was to last so long at least: who placed a short one knows
inline constexpr Span kScopeAfter = minutes(5);  ///< so long after a SEV1 or SEV2 was declared somebody has said what is affected
inline constexpr Span kLongAfter = hours(1);     ///< from then on one that is not mitigated is led as a long one: who relieves whom, and when
inline constexpr Span kTiredAfter = hours(8);    ///< a shift; who commands a SEV1 or SEV2 for so long is asked who relieves them
inline constexpr Span kTiredAgain = hours(2);    ///< … and again, as long as it is the same person
inline constexpr Span kCutOff = minutes(10);     ///< a post that waits for so long because its room's connection is down: the room is cut off
inline constexpr Span kCutOffAgain = hours(1);   ///< … which is said again after as long
inline constexpr Span kDraftBefore = hours(24);  ///< so long before the draft of a review is due its owner hears of it: it is read before it is talked about
inline constexpr Span kDraftAgain = hours(24 * 3), kActionAgain = hours(24 * 7); ///< so often of one that is overdue, and of an action
inline constexpr std::size_t kNagsAtOnce = 200;  ///< what one nagsDue() says; the rest is due at once again

/// Nagged for each, with whom it is told: the silence's owner; the commander, else who declared it; the owner of the review, of the action.
[[nodiscard]] events::Events nagsDue(const state::State &state, Instant now);
/// When nagsDue() next has something to say, if nothing else happens; none: not at all.
[[nodiscard]] Instant nextNag(const state::State &state);

} // namespace qd::command
