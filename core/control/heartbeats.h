// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/state/travel.h"

#include <functional>
#include <map>
#include <string>

namespace qd::control {

/// `heartbeat.list`: the list of `get heartbeats` as it is at this moment: with what was heard and is not journaled yet, and how
/// long each has until it trips. `heard`: when connections ("am") and heartbeats ("heartbeat/backup") were heard last.
[[nodiscard]] std::string heartbeatListJson(const state::State &state, const std::map<std::string, Instant> &heard, Instant now);

/// `heartbeat.dryrun`: which alarms of one heartbeat would have vanished or appeared with other numbers. What is left empty or 0 is as
/// in the workspace; misses without `of` are misses in a row.
struct HeartbeatDryRunParams {
    static constexpr std::string_view kMethod = "heartbeat.dryrun";
    std::string heartbeat, since, interval, grace;
    std::uint32_t misses = 0, of = 0;
    QD_FIELDS(f(1, "heartbeat", e.heartbeat); f(2, "since", e.since); f(3, "interval", e.interval); f(4, "grace", e.grace); f(5, "misses", e.misses);
              f(6, "of", e.of);)
};

/// The answer as JSON. Reads records: never on a thread that must not wait. `go` is asked now and then; false ends it (Unavailable).
[[nodiscard]] Result<std::string> heartbeatDryRunJson(const state::Past &past, const HeartbeatDryRunParams &params, Instant now, const std::function<bool()> &go);

} // namespace qd::control
