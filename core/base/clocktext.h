// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <string>

namespace qd {

/// For sentences people read: the day and the time of day in UTC, to the minute, "2026-11-29 03:10 UTC". "" for none.
[[nodiscard]] inline std::string dayClockText(Instant at)
{
    if (!at)
        return {};
    const std::string text = toRfc3339(at);
    return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

} // namespace qd
