// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

namespace qd::triage {

/// What several alerts have in common, and which others have it too: what a silence of all of them would be made of.
struct Alike {
    static constexpr std::size_t kCommonMost = 30; ///< labels looked at; a bit each

    /// Others that fire and have the same of the common labels: bit i stands for common[i]. None has no bit at all.
    struct Others {
        std::uint32_t has = 0;
        std::vector<std::string> by; ///< the connections that report them, as far as they have a bit of their own
        std::size_t count = 0;
    };
    std::size_t known = 0;           ///< how many of the alerts the State holds
    std::vector<state::Pair> common; ///< labels that all of them have with the same value, in the order of the first
    std::vector<Others> others;
};

/// Of the alerts with these keys; one that the State does not hold, or that is named twice, changes nothing. A heartbeat's alert that fires is an
/// other as well: it would be silenced like any. Pure; looks once at every alert.
[[nodiscard]] Alike alike(const state::State &state, const std::vector<std::string> &keys);

} // namespace qd::triage
