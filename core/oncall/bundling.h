// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/state/state.h"

#include <string>

/// When pages to one person go out together instead of one by one. Pure over a State.
namespace qd::oncall {

inline constexpr Span kBundleWindow = minutes(10); ///< in which Workspace::bundleAfter pages go out one by one
inline constexpr Span kGather = minutes(1);        ///< how long the first page of a bundle waits for others at least

/// Whether this call of this person waits for the next bundle, and why or why not. Never one of a SEV1 incident, also where alerts of it
/// call by themselves, nor the first of its incident to anybody: what is new must be heard.
struct Bundling {
    bool waits = false;
    events::Because because;
};
[[nodiscard]] Bundling bundling(const state::State &state, const state::Escalation &escalation, const std::string &person, Instant now);

/// A BundleSent for every person whose bundle is due. Calls that are over by then are left out.
[[nodiscard]] events::Events bundlesDue(const state::State &state, Instant now);
/// When bundlesDue() next has something to say; zero = not at all.
[[nodiscard]] Instant nextBundle(const state::State &state);

/// Which pages count as one call: "page/3/1".
[[nodiscard]] std::string pageSubject(std::uint32_t escalation, std::uint32_t step);

} // namespace qd::oncall
