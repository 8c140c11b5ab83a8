// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <string_view>
#include <vector>

namespace qd::oncall {

/// One sentence of the answer, and when it was so; zero: it holds now.
struct CallReason {
    Instant at;
    std::string text;
};

/// Whether a person was called for something, and every reason why or why not.
struct WhyCalled {
    bool called = false;    ///< really, not only observed
    std::string sentence;   ///< the answer in one line
    std::vector<CallReason> reasons; ///< in the order things happened
};

/// Why a call's next step waits; it is held.
[[nodiscard]] std::string waiting(const state::Escalation &escalation);

/// Reads what is recorded, guesses nothing: steps reached and passed, who answered, what was withheld, whether anybody was really
/// called at all. `alert` may be null: then it is about the incident alone; `incident` may be null: then about an alert of none. Pure.
[[nodiscard]] WhyCalled whyCalled(const state::State &state, const state::Alert *alert, const state::Incident *incident, const std::string &person);

} // namespace qd::oncall
