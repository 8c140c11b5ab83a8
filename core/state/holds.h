// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/keeping.h"

#include <algorithm>

namespace qd::state {

/// Where the hold of this number stands in `keeping.holds`; its end when there is none.
[[nodiscard]] inline std::vector<StandingHold>::const_iterator standing(const Keeping &keeping, std::uint32_t number)
{
    return std::find_if(keeping.holds.begin(), keeping.holds.end(), [&](const StandingHold &h) { return h.number == number; });
}

/// The hold of this number stands no more.
inline void release(Keeping &keeping, std::uint32_t number)
{
    if (const auto at = standing(keeping, number); at != keeping.holds.end())
        keeping.holds.erase(at);
}

} // namespace qd::state
