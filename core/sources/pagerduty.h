// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/intake.h"

#include <optional>
#include <string_view>

namespace qd::sources {

enum class PagerDutyAction : std::uint8_t { Trigger = 0, Acknowledge = 1, Resolve = 2 };

/// One event of PagerDuty's Events API v2. The alert's identity is FNV-1a 64 of (routing_key, dedup_key).
struct PagerDutyEvent {
    PagerDutyAction action = PagerDutyAction::Trigger;
    std::string dedupKey;
    std::uint64_t fingerprint = 0;
    ReportBatch reports; ///< one report for trigger and resolve, none for acknowledge; or one quarantined report
};

/// Body of POST /v2/enqueue (PagerDuty/developer-docs docs/events-API-v2). A trigger without dedup_key gets `freshKey`,
/// so it is always a new alert. Refused when the body is not a JSON object; an event that lacks what PagerDuty requires
/// (a known event_action; summary, source, severity of a trigger; dedup_key of the others; at most 255 bytes of it) is
/// quarantined.
[[nodiscard]] Result<PagerDutyEvent> parsePagerDutyEvent(std::string_view body, const Arrival &arrival, std::string_view freshKey);

/// A change, or why it could not be taken as one (kept visible).
struct ChangeEvent {
    ChangeMarker marker;
    std::optional<QuarantinedReport> quarantined;
};
/// Body of POST /v2/change/enqueue: payload {summary*, source, timestamp, custom_details}, links.
[[nodiscard]] Result<ChangeEvent> parseChangeEvent(std::string_view body, const Arrival &arrival);

} // namespace qd::sources
