// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/publish/target.h"

using namespace qd;
using namespace qd::publish;

namespace {

constexpr std::string_view kPage = "https://status.example/v1/pages/page1/";

/// What our page says, in its own JSON.
const std::vector<comms::PageFile> &pushed()
{
    static const std::vector<comms::PageFile> files{
        {"api/v2/components.json", "application/json",
         R"({"components":[{"name":"Checkout","status":"partial_outage","description":"Paying"},{"name":"Stock","status":"operational"},{"name":"All","status":"operational","group":true}]})"},
        {"api/v2/incidents.json", "application/json",
         R"({"last_incident":2,"incidents":[{"id":"n1","name":"Payments fail","status":"identified","components":[{"name":"Checkout","status":"partial_outage"}],)"
         R"~("incident_updates":[{"id":"n1-2","status":"identified","body":"It is the database","created_at":"2026-11-23T14:01:00Z"},{"id":"n1-1","status":"investigating","body":"(taken back)","created_at":"2026-11-23T14:00:00Z"}]}]})~"},
        {"api/v2/scheduled-maintenances.json", "application/json",
         R"({"scheduled_maintenances":[{"id":"m1","name":"New disks","status":"in_progress","scheduled_for":"2026-11-23T14:00:00Z","scheduled_until":"2026-11-23T16:00:00Z","incident_updates":[]}]})"}};
    return files;
}

/// "/ID", and nothing that leads anywhere else.
bool isPlain(const std::string &id)
{
    return id.size() > 1 && id.size() <= 65 && id.front() == '/' && id.find_first_of("/?#%. \\\r\n", 1) == std::string::npos;
}

/// Only the page itself is asked and told, whatever its answers call things: an id from there never leads anywhere else.
void judge(const net::HttpRequest &request)
{
    require(request.url.starts_with(kPage));
    const std::string path = request.url.substr(kPage.size());
    const std::string kind = path.substr(0, path.find_first_of("/?"));
    require(kind == "components" || kind == "incidents");
    if (request.method == net::Method::Get)
        return;
    const std::string id = path.substr(kind.size());
    require((request.method == net::Method::Patch) == !id.empty());
    const std::string update = "/incident_updates/"; // one word of an incident
    const std::size_t at = kind == "incidents" ? id.find(update) : std::string::npos;
    require(id.empty() || isPlain(id.substr(0, at)));
    require(at == std::string::npos || (request.method == net::Method::Patch && isPlain(id.substr(at + update.size() - 1))));
    // Nobody is told that words were taken back.
    require(at == std::string::npos || (request.body.find("\"deliver_notifications\":false") != std::string::npos && request.body.find("\"wants_twitter_update\":false") != std::string::npos));
    require(request.body.size() <= 4096);
}

} // namespace

/// What Statuspage answers while a page is pushed and read back: an answer a line, its status in three digits first; after the last one nobody answers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view left = fuzz::text(data, size);
    Connection c;
    c.kind = "atlassian";
    c.url = "https://status.example/v1/";
    c.path = "page1";
    int asked = 0;
    const auto target = atlassianTarget(c, std::make_shared<const Secret>(Secret(std::string_view("key"))), [&](const net::HttpRequest &request, const net::HttpClient::Callback &done) {
        judge(request);
        require(++asked <= 400); // each word once, and nothing in a circle
        if (left.size() < 3)
            return done(fail(Code::Unavailable, "nobody answers"));
        net::HttpResponse answer;
        for (const char digit : left.substr(0, 3))
            answer.status = answer.status * 10 + (digit >= '0' && digit <= '9' ? digit - '0' : 0);
        const std::size_t end = std::min(left.find('\n'), left.size());
        answer.body = left.substr(3, std::max<std::size_t>(end, 3) - 3);
        left.remove_prefix(std::min(end + 1, left.size()));
        done(std::move(answer));
    }, "quarterdeck.example/fuzz");
    for (const auto &done : {target->put("shop", pushed()), target->holds("shop", {})})
        require(done || (!done.error().message.empty() && done.error().message.size() < 1000));
    return 0;
}
