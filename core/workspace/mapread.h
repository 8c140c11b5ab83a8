// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/servicemap.h"

#include <string>
#include <string_view>
#include <vector>

namespace qd::workspace {

/// Edges found in a file or an answer, and what of it could not be used, one sentence each with its place.
struct FoundMap {
    std::vector<MapEdge> edges;          ///< as written, each pair once
    std::vector<std::string> problems;
};

inline constexpr std::size_t kMapBytes = 8u << 20; ///< of a file or an answer
inline constexpr std::size_t kMapEdges = 10'000;

/// A Backstage catalog: documents of kind Component, API or Resource. `spec.dependsOn` is a hard edge, `spec.consumesApis` one to whoever's
/// `providesApis` names that API. Names are the entities' own, without kind and namespace. Other documents are passed over.
[[nodiscard]] Result<FoundMap> readBackstage(const std::string &yaml);

/// CSV with a heading: from (or client, source, service), to (or server, target, needs), kind (hard, soft, async; hard where there is none).
[[nodiscard]] Result<FoundMap> readMapCsv(std::string_view bytes);

/// What asks a Prometheus for the calls of the last hour, as Tempo's and the OpenTelemetry collector's service graphs count them.
inline constexpr std::string_view kServiceGraphQuery = "sum by (client, server, connection_type) (increase(traces_service_graph_request_total[1h])) > 0";
/// The answer of /api/v1/query to it. Calls over a messaging system are asynchronous; "user" and "unknown" are no services.
[[nodiscard]] Result<FoundMap> readServiceGraph(std::string_view json);

} // namespace qd::workspace
