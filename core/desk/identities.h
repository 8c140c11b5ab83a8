// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "core/triage/reports.h"

#include <string>

namespace qd::desk {

inline constexpr Span kBindFor = minutes(10);          ///< how long a word may be said
inline constexpr std::uint32_t kUntriedAnswered = 3;   ///< so often it is answered that a word could not be looked at; of the others there is the record
inline constexpr std::uint32_t kWrongWords = 20;       ///< so many wrong ones on its connection, and it opens nothing any more
inline constexpr Span kGlassFor = minutes(30), kGlassLimit = hours(4); ///< a right taken lasts so long; at most
inline constexpr Span kLookFor = minutes(15);          ///< looking again within it is the same look

/// The person who speaks from a chat address: by the workspace, else by a word they said; "" when nobody is bound to it.
[[nodiscard]] std::string personSpeaking(const state::State &state, const std::string &connection, const std::string &sender);

/// A command for somebody who was picked from the platform's list is theirs by their address, whatever name was shown: its text then says their id. Whose address is nobody's is
/// left as it is, and refused. Where a mention is no more than a name that was typed (Mattermost), what the workspace knows as the same person's, or
/// as somebody's while the address is nobody's, stays as it is.
void nameMentioned(const state::State &state, events::MessageSeen &message);

/// Whether a word on this connection is waited for, or was just now: else it is nobody's business, and no record is made of it.
[[nodiscard]] bool isWordAwaited(const state::State &state, const std::string &connection, Instant now);

/// What follows from a word: it binds the address, or it does not, and why; and an answer where it was said.
[[nodiscard]] events::Events bound(const state::State &state, const events::IdentitySaid &said, Instant now);

/// What whoever left the workspace leaves behind: addresses and words of theirs are nobody's any more, rights they took are over. Another person who is given
/// their id later gets none of it.
[[nodiscard]] events::Events leftBehind(const state::State &state, Instant now);

/// What follows from a right that was taken: two others are told.
[[nodiscard]] events::Events toldOf(const state::State &state, const events::GlassBroken &glass);
inline constexpr std::size_t kGlassHeardLeast = 2; ///< so many others are sent word of it, or it is an alarm

/// Our own alarm for a right that was taken while fewer could be told, raised and ended with what is in the record that is being made. Pure, as are the others.
[[nodiscard]] events::Events glassAlarms(const state::State &state, const triage::ReportRules &rules, const events::Events &made, Instant now);
/// … and ended with its time (GlassEnded).
[[nodiscard]] events::Events glassDue(const state::State &state, const triage::ReportRules &rules, Instant now);
[[nodiscard]] Instant nextGlass(const state::State &state);

} // namespace qd::desk
