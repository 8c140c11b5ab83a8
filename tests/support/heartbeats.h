// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"

namespace qd::tests {

/// A critical heartbeat "job" of service db.
inline HeartbeatRule aRule(Span interval = minutes(1), Span grace = seconds(10), std::uint32_t misses = 1, std::uint32_t of = 1)
{
    HeartbeatRule r;
    r.id = "job";
    r.service = "db";
    r.severity = AlertSeverity::Critical;
    r.interval = interval;
    r.grace = grace;
    r.misses = misses;
    r.of = of;
    return r;
}

} // namespace qd::tests
