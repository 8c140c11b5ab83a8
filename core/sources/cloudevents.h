// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/seenids.h"

#include <string_view>
#include <utility>
#include <vector>

namespace qd::sources {

// CloudEvents 1.0 (cloudevents/spec). What the types of our profile mean is written in README.md of this folder.

inline constexpr std::string_view kSubprotocol = "cloudevents.json";

/// What one delivery of CloudEvents held. Whatever is not of our profile is a quarantined report of `reports`.
struct CloudEvents {
    ReportBatch reports;
    std::vector<std::uint64_t> alerts; ///< SeenIds::identity of each report, in their order
    std::vector<std::pair<std::uint64_t, ChangeMarker>> changes;
    std::vector<std::pair<std::uint64_t, Heartbeat>> heartbeats;
    std::vector<std::uint64_t> repeated; ///< events that could not be claimed: left out above

    [[nodiscard]] std::size_t accepted() const { return reports.size() + changes.size() + heartbeats.size() + repeated.size(); }
};

/// `,"source":"…","id":"…"` of a structured event, to name it in an answer; "" when it has neither or does not parse.
[[nodiscard]] std::string identityMembers(std::string_view body);

// With `seen`, every valid event is claimed there and must be settled, as deliver() does; a repeat is left out.

/// One event in structured JSON (application/cloudevents+json, and every WebSocket message).
[[nodiscard]] Result<CloudEvents> parseCloudEvent(std::string_view body, const Arrival &arrival, SeenIds *seen = nullptr);
/// application/cloudevents-batch+json.
[[nodiscard]] Result<CloudEvents> parseCloudEventBatch(std::string_view body, const Arrival &arrival, SeenIds *seen = nullptr);
/// Binary mode over HTTP: attributes in ce-* headers (names in any case, values percent-decoded), the body is the data.
/// Refused when a required attribute is missing or a JSON body does not parse.
using Headers = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Result<CloudEvents> parseCloudEventBinary(const Headers &headers, std::string_view body, const Arrival &arrival, SeenIds *seen = nullptr);

} // namespace qd::sources
