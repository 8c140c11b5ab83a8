// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QString>
#include <optional>

namespace qd::widgets {

/// As readMoment (core/base), with the days in the language shown too.
[[nodiscard]] std::optional<Instant> readAhead(const QString &text, Instant now);

/// "2026-11-29 03:10", in UTC: as readAhead takes it.
[[nodiscard]] QString typedMoment(Instant at);
/// "Sun 29 Nov 03:10", in UTC, for plans.
[[nodiscard]] QString dayMoment(Instant at);

} // namespace qd::widgets
