// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QString>
#include <vector>

namespace qd::shell {

/// Something the person at this seat is to notice though they look elsewhere.
struct Notice {
    QString key;            ///< the same as long as it is the same thing
    QString summary, body;  ///< plain text
    QString incident;       ///< to be shown when they come; may be empty
    bool grave = false;     ///< it stays until it was seen, and sounds like it
    Span again;             ///< while it holds it is said again this long after; none: once
    Instant at;
};

/// Nobody may miss a SEV1 because they looked away once: a call for one, and one nobody commands, is said again until somebody answers
/// (OPC UA Part 9, ReAlarmTime).
inline constexpr Span kSaidAgain = minutes(3);

/// What holds now: calls of this person, also those that alerts make by themselves and, marked as such and without alarm, those of a drill; SEV1 incidents that are not over, command or a shift offered to them, command
/// that somebody takes from them, a call-out of who is deputy, a flood. Pure.
[[nodiscard]] std::vector<Notice> noticesOf(const view::ViewModel &view);

} // namespace qd::shell
