// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QString>
#include <vector>

namespace qd::escalation {

/// One thing that waits for the commander, and the key that does it.
struct NextUp {
    QString text;  ///< without the time, which `due` gives
    QString aside; ///< who or which, shown smaller
    QString key;   ///< the key that acts on it in the stack
    Instant due;   ///< when it is or was due; none: no clock
    bool overdue = false;
    QString id;    ///< what it is about
};

inline constexpr Span kSoon = minutes(10);  ///< a promise this near is listed
inline constexpr std::size_t kNextUpRows = 5;

/// What only the commander can move on, most urgent first, at most kNextUpRows: calls nobody answered, promises overdue
/// or due soon, tasks past their time, an incident without a commander, open roles. Pure; same input, same list.
[[nodiscard]] std::vector<NextUp> nextUp(const view::ViewModel &view, Instant now);

} // namespace qd::escalation
