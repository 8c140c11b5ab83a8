// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/intake.h"

#include <string_view>

namespace qd::sources {

// Prometheus' own lists. Its label sets lack the external labels Alertmanager sees, so the same alert has another
// fingerprint here: a Prometheus connection is a source of its own.

struct PrometheusAlerts {
    ReportBatch firing;  ///< a snapshot; link and endsAt are not known here
    ReportBatch pending; ///< waiting for their `for`: shown nowhere else. Not a snapshot, not to be opened as alerts
};

/// A rule that cannot be evaluated: whatever it watches is unwatched.
struct BrokenRule {
    std::string group, rule, health, error;
};
/// The rules of GET /api/v1/rules whose health is neither "ok" nor "unknown" (not evaluated yet).
[[nodiscard]] Result<std::vector<BrokenRule>> parseBrokenRules(std::string_view body);

/// Answer of GET /api/v1/alerts. Refused when it does not parse or its status is not "success". Each broken rule is one
/// firing report more (alertname "RuleBroken", severity warning), so that rule health opens and resolves like the others.
[[nodiscard]] Result<PrometheusAlerts> parsePrometheusAlerts(std::string_view body, const Arrival &arrival,
                                                             const std::vector<BrokenRule> &broken = {});

} // namespace qd::sources
