// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace qd {

/// Day of the week by a name in another language: 0 Monday … 6 Sunday; none: no day is called that.
using WeekdayByName = std::function<std::optional<int>(const std::string &name)>;

/// A moment still to come, or any named in full, as people type it, in UTC: "03:10" and "Sunday 03:10 UTC" are the next ones,
/// "2026-11-29 03:10" that one, "6h" six hours from now, nothing at all is now. Days in English, short or long, and by `alsoDays`.
/// None: it cannot be read.
[[nodiscard]] std::optional<Instant> readMoment(std::string_view text, Instant now, const WeekdayByName &alsoDays = {});

} // namespace qd
