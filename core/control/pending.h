// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/report.h"
#include "core/state/state.h"

#include <map>
#include <optional>
#include <string>

namespace qd::control {

/// What sources say of conditions that are no alerts yet, by connection, as last read; nothing where the last reading failed. Readings of this
/// moment: never journaled, never an alert.
using PendingReadings = std::map<std::string, std::optional<ReportBatch>>;

/// The list `get pending`, by source and key: name, labels, since when, when it was read. `source`: only of this one, "" = of all.
[[nodiscard]] std::string pendingJson(const state::State &state, const PendingReadings &readings, const std::string &source, Instant now);

} // namespace qd::control
