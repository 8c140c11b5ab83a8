// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/state/travel.h"

#include <functional>
#include <string>

namespace qd::control {

/// `insights`: how long incidents took, how many alerts came and from where, since `since` (RFC 3339, seq:N, or how long ago: "30d").
struct InsightsParams {
    static constexpr std::string_view kMethod = "insights";
    std::string since;
    QD_FIELDS(f(1, "since", e.since);)
};

/// The answer as JSON. Reads records: never on a thread that must not wait. `go` is asked now and then; false ends it (Unavailable).
[[nodiscard]] Result<std::string> insightsJson(const state::Past &past, const InsightsParams &params, Instant now, const std::function<bool()> &go);

} // namespace qd::control
