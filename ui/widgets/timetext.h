// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QString>

namespace qd::widgets {

/// How times read on the screen. Pure; UTC and local are always named by the caller.

/// An age in two steps at most: "12 s", "24 m", "1 h 12 m", "3 d". Negative ages read "0 s".
[[nodiscard]] QString ageText(Span age);
/// In one step, for narrow columns: "12 s", "72 m", "14 h", "3 d".
[[nodiscard]] QString shortAge(Span age);
/// As ageText, but to the second below one hour: "2 m 04 s". For waits that a person is watching.
[[nodiscard]] QString waitText(Span age);
/// Since the declaration: "00:23:41"; hours grow beyond two digits.
[[nodiscard]] QString elapsedText(Span elapsed);
/// Until something is due: "14:53", "1:02:10"; once past, "late 0:12".
[[nodiscard]] QString countdownText(Span left);

/// "14:25:07" and "14:25" in UTC.
[[nodiscard]] QString utcClock(Instant at);
[[nodiscard]] QString utcMinutes(Instant at);
/// "15:25" in the zone of this desktop, and that zone's city: "Berlin". The city is empty when the zone is UTC.
[[nodiscard]] QString localMinutes(Instant at);
[[nodiscard]] QString localPlace();

} // namespace qd::widgets
