// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/inboundreply.h"

#include "core/sources/json.h"

namespace qd::sources {

std::string takenMembers(std::size_t accepted, const std::vector<QuarantinedReport> &quarantined)
{
    std::string out = "\"accepted\":" + std::to_string(accepted) + ",\"quarantined\":[";
    for (std::size_t i = 0; i < quarantined.size(); ++i)
        out += (i == 0 ? "{\"index\":" : ",{\"index\":") + std::to_string(quarantined[i].index) + ",\"reason\":" + jsonString(quarantined[i].reason) + "}";
    return out + "]";
}

net::Response refusalFor(const Error &error)
{
    const int status = error.code == Code::Invalid ? 400 : error.code == Code::TooLarge ? 413 : 503;
    net::Response response = net::refusal(status, error.message);
    if (status == 503)
        response.headers.emplace_back("Retry-After", "5");
    return response;
}

net::Response enqueued(std::string_view dedupKey, std::size_t accepted, const std::vector<QuarantinedReport> &quarantined)
{
    net::Response response;
    response.status = 202;
    const std::string message = quarantined.empty() ? "Event processed" : "Event quarantined: " + quarantined.front().reason;
    response.body = "{\"status\":\"success\",\"message\":" + jsonString(message);
    if (!dedupKey.empty())
        response.body += ",\"dedup_key\":" + jsonString(dedupKey);
    response.body += "," + takenMembers(accepted, quarantined) + "}\n";
    return response;
}

net::Response invalidEvent(const Error &error)
{
    net::Response response = refusalFor(error);
    if (response.status == 400)
        response.body = "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[" + jsonString(error.message)
            + "],\"error\":" + jsonString(error.message) + "}\n";
    return response;
}

} // namespace qd::sources
