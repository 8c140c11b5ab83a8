// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <utility>

namespace qd::comms {

/// What the outbound gate says it refused, without the way out a command line has; none: it is another refusal. The window offers to take the part out.
[[nodiscard]] std::optional<QString> gateRefusal(const QString &sentence);

/// Where the first marked part of a text stands, in QString's units: {-1, 0} without one.
[[nodiscard]] std::pair<int, int> firstMark(const QString &text);

} // namespace qd::comms
