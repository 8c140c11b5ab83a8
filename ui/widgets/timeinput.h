// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QString>
#include <optional>

namespace qd::widgets {

/// A moment still to come, or any named in full, as people type it, in UTC: "03:10" and "Sun 03:10" are the next ones, "2026-11-29 03:10"
/// that one, "6h" six hours from now, nothing at all is now. Days in English or in the language shown. None: it cannot be read.
[[nodiscard]] std::optional<Instant> readAhead(const QString &text, Instant now);

/// "2026-11-29 03:10", in UTC: as readAhead takes it.
[[nodiscard]] QString typedMoment(Instant at);
/// "Sun 29 Nov 03:10", in UTC, for plans.
[[nodiscard]] QString dayMoment(Instant at);

} // namespace qd::widgets
