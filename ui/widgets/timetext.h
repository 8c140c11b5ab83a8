// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QString>

namespace qd::widgets {

/// How times read on the screen. UTC and local are always named, here or by the caller.

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
/// Which clocks the window shows: UTC, until somebody asks for the zone of this desktop. GUI thread.
enum class Clocks { Utc, Local };
void showClocks(Clocks clocks);
[[nodiscard]] Clocks shownClocks();
/// What stands behind them: "UTC", the zone's city, or "UTC+02:00" where it has none.
[[nodiscard]] QString zoneName();
/// How far they are ahead of UTC at that moment.
[[nodiscard]] Span zoneOffset(Instant at);
/// "14:25:07", "14:25" and "14:25 UTC" by those clocks.
[[nodiscard]] QString shownClock(Instant at);
[[nodiscard]] QString shownMinutes(Instant at);
[[nodiscard]] QString shownStamp(Instant at);
/// "15:25" in the zone of this desktop, and that zone's city: "Berlin". The city is empty when the zone is UTC.
[[nodiscard]] QString localMinutes(Instant at);
[[nodiscard]] QString localPlace();

} // namespace qd::widgets
