// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/travel.h"

#include <string>

namespace qd::control {

/// The last record before a stretch that begins at `since`: RFC 3339, seq:N, or how long ago ("24h", "30d").
[[nodiscard]] Result<std::uint64_t> recordBefore(const state::Past &past, const std::string &since, Instant now);

} // namespace qd::control
