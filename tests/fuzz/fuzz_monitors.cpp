// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/sources/pagerduty.h"
#include "core/sources/prometheus.h"

using namespace qd;
using namespace qd::sources;

/// PagerDuty events and change events, Prometheus' alerts and rules.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto body = fuzz::text(data, size);
    const Arrival arrival{"pd", fuzz::kNow};
    if (const auto event = parsePagerDutyEvent(body, arrival, "fresh"))
        require(event->reports.isSound());
    static_cast<void>(parseChangeEvent(body, arrival));
    if (const auto alerts = parsePrometheusAlerts(body, arrival)) {
        require(alerts->firing.isSound());
        require(alerts->pending.isSound());
    }
    static_cast<void>(parsePrometheusRules(body));
    static_cast<void>(parsePrometheusStart(body));
    return 0;
}
