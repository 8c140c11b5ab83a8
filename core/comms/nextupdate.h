// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// When the next update is due if one goes out now: one rule for what is sent, for a draft of it and for the window. Pure.
namespace qd::comms {

/// How long writing an update takes at most: what was promised to its audience meanwhile is about the one after it, older promises are kept by it.
inline constexpr Span kComposing = minutes(5);

/// A promise of an update, by what the rule goes by.
struct Promised {
    std::uint32_t number = 0;
    std::string audience;
    Instant made, due;
    bool isKept = false;
};

struct NextUpdate {
    Instant due;               ///< none: nobody promised one, and nothing asks for one
    std::uint32_t promise = 0; ///< which says so; 0: the cadence does
};

/// How often the audience of this template hears: what the severity asks for comes before what the template is used to. Zero: nothing says.
[[nodiscard]] Span cadenceFor(const Workspace &workspace, IncidentSeverity severity, const UpdateTemplate &update);

/// The newest promise to this audience that is open, due later than now and made within kComposing; else now and the cadence.
[[nodiscard]] NextUpdate nextAfter(const std::vector<Promised> &promises, std::string_view audience, Span cadence, Instant now);
[[nodiscard]] NextUpdate nextAfter(const state::State &state, const state::Incident &incident, const UpdateTemplate &update, Instant now);

} // namespace qd::comms
