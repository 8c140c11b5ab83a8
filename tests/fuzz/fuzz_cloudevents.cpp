// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/sources/cloudevents.h"

using namespace qd;
using namespace qd::sources;

/// CloudEvents 1.0: structured, batched, and binary with "name:value" header lines before an empty line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto body = fuzz::text(data, size);
    const Arrival arrival{"feed", fuzz::kNow};
    for (const auto parse : {parseCloudEvent, parseCloudEventBatch}) {
        SeenIds seen;
        if (const auto events = parse(body, arrival, &seen)) {
            require(events->reports.isSound());
            require(events->alerts.size() == events->reports.size());
        }
    }
    Headers headers;
    std::string_view rest = body;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
        if (line.empty())
            break;
        const auto colon = line.find(':');
        headers.emplace_back(std::string(line.substr(0, colon)), std::string(colon == line.npos ? std::string_view() : line.substr(colon + 1)));
    }
    if (const auto events = parseCloudEventBinary(headers, rest, arrival))
        require(events->reports.isSound());
    return 0;
}
