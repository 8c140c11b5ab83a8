// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

namespace qd::command {

/// What whoever takes over an incident must know, in the order of I-PASS, written from what is recorded. One fact a line.
struct Brief {
    std::string severity;
    std::vector<std::string> situation; ///< what is wrong, since when, what fires
    std::vector<std::string> actions;   ///< who does what until when; who is being called
    std::vector<std::string> watch;     ///< what was promised, what is suspected, what expires
};
inline constexpr std::size_t kBriefLines = 12; ///< of each kind; what is beyond is counted

[[nodiscard]] Brief brief(const state::State &state, const state::Incident &incident, Instant now);

/// The same without an incident, for whoever takes over the shift: what stands, what expires, what changed, what was promised.
[[nodiscard]] Brief shiftBrief(const state::State &state, Instant now);

[[nodiscard]] std::string toText(const Brief &brief);

} // namespace qd::command
