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
struct PrometheusRules {
    std::vector<BrokenRule> broken; ///< health neither "ok" nor "unknown"
    bool allEvaluated = true;       ///< false: after a start, some were not yet, and what they watch is not in the list of alerts
};
/// Answer of GET /api/v1/rules.
[[nodiscard]] Result<PrometheusRules> parsePrometheusRules(std::string_view body);

/// When the process began: `startTime` of GET /api/v1/status/runtimeinfo. None when it does not say.
[[nodiscard]] Instant parsePrometheusStart(std::string_view body);

/// Whether alerts that fired before a restart may be among those that wait for their `for` now: they became active as the rules
/// were first evaluated again. Prometheus lets them wait 10 minutes then (`--rules.alert.for-grace-period`), or the whole of a
/// shorter `for`; after 15 it is over.
[[nodiscard]] bool waitsAnew(const ReportBatch &pending, Instant start, Instant now);

/// Answer of GET /api/v1/alerts. Refused when it does not parse or its status is not "success". Each broken rule is one
/// firing report more (alertname "RuleBroken", severity warning), so that rule health opens and resolves like the others.
[[nodiscard]] Result<PrometheusAlerts> parsePrometheusAlerts(std::string_view body, const Arrival &arrival,
                                                             const std::vector<BrokenRule> &broken = {});

} // namespace qd::sources
