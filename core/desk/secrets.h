// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/state/state.h"

namespace qd::desk {

struct Decision;

/// A SecretSuspected when what was just folded holds what looks like a secret (comms::secretsIn): once for a record. Pure. What the console
/// wrote into the room itself is not looked at.
[[nodiscard]] events::Events suspected(const state::State &state, const events::MessageSeen &message);
[[nodiscard]] events::Events suspected(const state::State &state, const events::LogWritten &line);
[[nodiscard]] events::Events suspected(const state::State &state, const events::LogRevised &line);
/// Of what was imported, each line by itself. Of a review, what people wrote; of the drafts of a section the first, until something else is said of it.
[[nodiscard]] events::Events suspected(const state::State &state, const events::FactImported &fact);
[[nodiscard]] events::Events suspected(const state::State &state, const events::SectionWritten &section);
[[nodiscard]] events::Events suspected(const state::State &state, const events::ReviewCommented &comment);
[[nodiscard]] events::Events suspected(const state::State &state, const events::ContributionGiven &contribution);
[[nodiscard]] events::Events suspected(const state::State &state, const events::FactorRated &rating);
[[nodiscard]] events::Events suspected(const state::State &state, const events::ActionKept &action);
[[nodiscard]] events::Events suspected(const state::State &state, const events::ActionTurned &action);

/// The decision with a note for whoever wrote it on each of its texts of a review that seems to hold a secret, and one on how many imported facts do.
[[nodiscard]] Result<Decision> secretsSaid(Result<Decision> decision);

inline constexpr std::size_t kToldAtMost = 3; ///< times a room is told of one sender's
inline constexpr Span kToldWithin = minutes(10);

/// Tells the incident's rooms, with the command that strikes it; never a word of it. What was read back or imported is not told of, what stands in a review neither, nor more than kToldAtMost of
/// one sender's within kToldWithin: the timeline has a line of each.
[[nodiscard]] events::Events tellOfSecret(const state::State &state, const events::SecretSuspected &event);

} // namespace qd::desk
