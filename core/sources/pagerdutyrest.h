// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/intake.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// PagerDuty's REST API v2 and V3 webhooks: bytes to values (PagerDuty/developer-docs, PagerDuty/api-schema). Pure.
namespace qd::sources {

/// A page of a list by classic pagination. `size` counts what was listed, readable or not: the next page begins after it.
template <typename T>
struct PagerDutyPage {
    std::vector<T> items;
    std::size_t size = 0;
    bool more = false;
    std::size_t unreadable = 0; ///< items without an id
};

struct PagerDutyLogEntry {
    std::string incident; ///< its id
    events::PagerEntry what;
    PagerPerson by;       ///< empty when a machine did
};

[[nodiscard]] Result<PagerDutyPage<PagerReport>> parsePagerDutyIncidents(std::string_view body);
/// GET /incidents/{id}, and the answer to a PUT of it.
[[nodiscard]] Result<PagerReport> parsePagerDutyIncident(std::string_view body);
/// The alert_keys of GET /incidents/{id}/alerts.
[[nodiscard]] Result<PagerDutyPage<std::string>> parsePagerDutyAlertKeys(std::string_view body);
[[nodiscard]] Result<PagerDutyPage<PagerDutyLogEntry>> parsePagerDutyLogEntries(std::string_view body);
[[nodiscard]] Result<PagerDutyPage<PagerPerson>> parsePagerDutyUsers(std::string_view body);
[[nodiscard]] Result<PagerDutyPage<PagerTurn>> parsePagerDutyOnCalls(std::string_view body);
/// The contents of GET /incidents/{id}/notes.
[[nodiscard]] Result<PagerDutyPage<std::string>> parsePagerDutyNotes(std::string_view body);

/// One event of a V3 webhook. No incident: it speaks of something else (services, a ping) and changes nothing.
struct PagerDutyDelivery {
    std::string type;     ///< "incident.acknowledged"
    Instant at;
    std::optional<PagerReport> incident;
};
/// Invalid when the body is no event, or an event of an incident without an id and status.
[[nodiscard]] Result<PagerDutyDelivery> parsePagerDutyWebhook(std::string_view body);

/// The incidents as reports of alerts, row by row: firing while they are open. The fingerprint is that of oncall::pagerFingerprint.
[[nodiscard]] ReportBatch reportsOf(const std::vector<PagerReport> &incidents, const Arrival &arrival);

/// What an error answer says: "Not Found", "Invalid Input Provided: Requester User Not Found"; "" when it says nothing.
struct PagerDutyError {
    std::string message;
    int code = 0;         ///< PagerDuty's own: 1001 already resolved, 1002 already acknowledged, 2100 not found …
};
[[nodiscard]] PagerDutyError parsePagerDutyError(std::string_view body);

} // namespace qd::sources
