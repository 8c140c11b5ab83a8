// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/workspace/mapread.h"

using namespace qd;

/// Where edges of the map are found: a Backstage catalog, a table, the answer of a Prometheus about service graphs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = fuzz::text(data, size);
    for (const auto &found : {workspace::readBackstage(std::string(bytes)), workspace::readMapCsv(bytes), workspace::readServiceGraph(bytes)})
        if (found)
            for (const MapEdge &edge : found->edges)
                require(!edge.from.empty() && !edge.to.empty());
    return 0;
}
