// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/home.h"

#include <string>
#include <vector>

namespace qd::app {

/// One thing looked at, and what of it.
struct Finding {
    enum State { Well, Look, Wrong }; ///< Look: nothing is broken, somebody should know
    std::string what; ///< one word or two: "folder", "free room"
    State state = Well;
    std::string text; ///< one sentence
};

inline constexpr std::uint64_t kLittleRoom = 1u << 30; ///< bytes free on the home's disk below which somebody should look
inline constexpr std::uint64_t kNoRoom = 64u << 20;    ///< … and below which it is wrong: the write-ahead log alone may take as much
inline constexpr Span kClockAhead = seconds(2);        ///< the newest record may lie so far after the clock

/// Looks at a home and its core, if one runs, without changing either. Without a core the log is verified as a whole, which takes
/// about a second for 200,000 records; with one, which checked it when it opened, the core is asked.
[[nodiscard]] std::vector<Finding> examine(const HomeOptions &options);

} // namespace qd::app
