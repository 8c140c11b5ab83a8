// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/intake.h"

#include <string_view>

namespace qd::sources {

// Bytes to values for everything Alertmanager-shaped (api/v2/openapi.yaml and template/template.go of
// prometheus/alertmanager; behaviour checked on 0.25.0). All functions are pure, may be called from any thread, and either
// refuse the whole body (Code::Invalid: it does not parse, nothing may be stored) or give a sound batch in which every
// item that could not be taken is a QuarantinedReport.

/// Body of POST /api/v2/alerts, as Prometheus sends it. endsAt not after receivedAt = resolved; without endsAt it ends
/// resolveTimeout after receivedAt (or after a startsAt ahead of our clock); without startsAt it starts at receivedAt (at endsAt when that is past). Labels with
/// empty values do not count, as in Alertmanager, whose own sentences are the quarantine's reasons.
[[nodiscard]] Result<ReportBatch> parseAlertmanagerPush(std::string_view body, const Arrival &arrival);

/// Body of the webhook, version 4, and of Grafana's (known by orgId; its links and values become annotations). The status is
/// each alert's own, never the group's. The fingerprint is the one sent: Grafana computes it over labels it does not send.
/// Alerts left out by the sender (truncatedAlerts) are one quarantined report, so that the gap is seen.
[[nodiscard]] Result<ReportBatch> parseAlertmanagerWebhook(std::string_view body, const Arrival &arrival);

/// Answer of GET /api/v2/alerts: a snapshot (unless an item had to be quarantined: then the listing is not known to be
/// complete and must not resolve anything). Whatever is listed fires, by the source's own clock; an endsAt that is past for
/// our clock is therefore left out.
[[nodiscard]] Result<ReportBatch> parseAlertmanagerAlerts(std::string_view body, const Arrival &arrival);

/// Answer of GET /api/v2/silences. An item without id is left out.
[[nodiscard]] Result<std::vector<Silence>> parseSilences(std::string_view body);

struct AlertmanagerStatus {
    std::string version;
    std::string cluster;          ///< ready, settling or disabled
    Instant upSince;
    Span resolveTimeout = minutes(5);
    std::vector<std::string> peers;
};
/// Answer of GET /api/v2/status.
[[nodiscard]] Result<AlertmanagerStatus> parseStatus(std::string_view body);

/// One silence, as it is posted (without id).
[[nodiscard]] Result<Silence> parseSilence(std::string_view body);
/// Answer of POST /api/v2/silences: its silenceID.
[[nodiscard]] Result<std::string> parseSilenceId(std::string_view body);
/// The sentence inside an error body of Alertmanager, which comes as a JSON text or as {"code","message"}; a clipped
/// SafeText of the body when it is neither.
[[nodiscard]] std::string errorSentence(std::string_view body);

} // namespace qd::sources
