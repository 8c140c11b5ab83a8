// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/intake.h"

#include <string_view>
#include <utility>
#include <vector>

namespace qd::sources {

// CloudEvents 1.0 (cloudevents/spec). What the types of our profile mean is written in README.md of this folder.

inline constexpr std::string_view kSubprotocol = "cloudevents.json";

/// What one delivery of CloudEvents held. Whatever is not of our profile is a quarantined report of `reports`.
struct CloudEvents {
    ReportBatch reports;
    std::vector<ChangeMarker> changes;
    std::vector<Heartbeat> heartbeats;
    std::vector<std::string> ids; ///< source + '\n' + id of every event: the key by which a repeat is known

    [[nodiscard]] std::size_t accepted() const { return reports.size() + changes.size() + heartbeats.size(); }
};

/// `,"source":"…","id":"…"` of a structured event, to name it in an answer; "" when it has neither or does not parse.
[[nodiscard]] std::string identityMembers(std::string_view body);

/// One event in structured JSON (application/cloudevents+json, and every WebSocket message).
[[nodiscard]] Result<CloudEvents> parseCloudEvent(std::string_view body, const Arrival &arrival);
/// application/cloudevents-batch+json.
[[nodiscard]] Result<CloudEvents> parseCloudEventBatch(std::string_view body, const Arrival &arrival);
/// Binary mode over HTTP: attributes in ce-* headers (names in any case, values percent-decoded), the body is the data.
/// Refused when a required attribute is missing or a JSON body does not parse.
using Headers = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Result<CloudEvents> parseCloudEventBinary(const Headers &headers, std::string_view body, const Arrival &arrival);

} // namespace qd::sources
