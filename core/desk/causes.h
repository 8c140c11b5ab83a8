// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "core/topology/causes.h"

#include <optional>

namespace qd::desk {

/// How long a fold lasts at most.
inline constexpr Span kFoldedAtMost = minutes(10);

/// Routing by dependency. Every running call says of what it is likely a consequence (SuspectNamed), and by a fold rule of the workspace its
/// further steps wait (CallFolded):
/// - not before who owns the suspect has answered: acknowledged an alert of it, or a call for it;
/// - never the service's first page in this trouble, nor anything of a SEV1;
/// - until kFoldedAtMost is over, the suspect recovered and the call did not, its cause is another, or the rule is gone (CallUnfolded). Then
///   the page that waited goes at once, and the call is not folded again.
/// `known`: the causes at this State, made when they are asked for; the caller lets go of them when the State's alerts or edges change. Pure.
[[nodiscard]] events::Events reactWithCauses(const state::State &state, const events::Event &event, std::optional<topology::Causes> &known);

/// True when folding this event leaves everything as it was that causes are made of.
[[nodiscard]] bool keepsCauses(const events::Event &event);

/// CallUnfolded for the folds whose time is over.
[[nodiscard]] events::Events foldsDue(const state::State &state, Instant now);
/// The earliest end of a fold; none when nothing is folded.
[[nodiscard]] Instant nextFold(const state::State &state);

} // namespace qd::desk
