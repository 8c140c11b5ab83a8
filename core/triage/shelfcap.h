// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/words.h"

namespace qd::triage {

/// How long an alert of this severity may be shelved (OPC UA's MaxTimeShelved; the caps are ours): critical 15 min, error 1 h,
/// warning 8 h, info 24 h; one whose severity is unknown counts as an error.
[[nodiscard]] constexpr Span shelfCap(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::Critical: return minutes(15);
    case AlertSeverity::Unknown:
    case AlertSeverity::Error: return hours(1);
    case AlertSeverity::Warning: return hours(8);
    case AlertSeverity::Info:
    case AlertSeverity::None: break;
    }
    return hours(24);
}

} // namespace qd::triage
