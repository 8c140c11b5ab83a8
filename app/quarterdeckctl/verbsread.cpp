// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/print.h"
#include "app/quarterdeckctl/verbs.h"

#include "core/control/get.h"

#include <boost/json.hpp>

namespace qd::app {

namespace json = boost::json;

namespace {

struct ReadGiven {
    std::string about, at, incident, service, status, source;
    bool json = false;
};

int get(Verbs &verbs, const ReadGiven &g)
{
    json::object params{{"what", g.about}};
    for (const auto &[name, value] : {std::pair<const char *, const std::string &>{"at", g.at}, {"incident", g.incident}, {"service", g.service},
                                      {"status", g.status}, {"source", g.source}})
        if (!value.empty())
            params[name] = value;
    const Called got = callCore(verbs, "get", json::serialize(params));
    if (got.exit != kDone)
        return got.exit;
    g.json ? printJson(got.json) : printItems(g.about, got.json);
    return kDone;
}

int why(Verbs &verbs, const ReadGiven &g)
{
    json::object params{{"key", g.about}};
    if (!g.at.empty())
        params["at"] = g.at;
    const Called got = callCore(verbs, "why", json::serialize(params));
    if (got.exit != kDone)
        return got.exit;
    g.json ? printJson(got.json) : printWhy(got.json);
    return kDone;
}

struct CallGiven {
    std::string method, params;
};

int call(Verbs &verbs, const CallGiven &g)
{
    const Called got = callCore(verbs, g.method, g.params);
    if (got.exit == kDone)
        printJson(got.json);
    return got.exit;
}

} // namespace

void addReadVerbs(CLI::App &app, Verbs &verbs)
{
    std::vector<std::string> whats;
    for (const auto what : control::getWhats())
        whats.emplace_back(what);
    verbs.add<ReadGiven>(
         app, "get", "a list of what is true, now or at a point of the past",
         [whats](CLI::App &verb, ReadGiven &g) {
             verb.add_option("WHAT", g.about, "which list")->required()->check(CLI::IsMember(whats));
             verb.add_flag("--json", g.json, "{\"schema\":1,\"seq\":N,\"at\":\"…Z\",\"items\":[…]}");
             verb.add_option("--at", g.at, "as it was then: 2026-11-23T14:25:00Z or seq:1234")->type_name("INSTANT");
             verb.add_option("--incident", g.incident, "only of this incident (alerts, incidents, timeline, deliveries)")->type_name("INC-N");
             verb.add_option("--service", g.service, "only of this service (alerts, incidents, services)")->type_name("S");
             verb.add_option("--status", g.status, "only in this state: firing, active, failed … (alerts, groups, incidents, deliveries, silences, sources)")->type_name("WORD");
             verb.add_option("--source", g.source, "only from this source or connection (alerts, deliveries, heartbeats, silences, sources, quarantine)")->type_name("N");
         },
         get)
        ->footer("The same record gives the same bytes, live and with --at; no field depends on now, but \"holes\":\n"
                 "what was erased since, in an answer with --at.\n"
                 "The timeline is in the order of `at`, lines of the same instant in the order they were recorded; the other lists are in\n"
                 "the order of their keys or numbers.\n"
                 "overrides and access are empty: nothing of either kind can exist yet.");
    verbs.add<ReadGiven>(
        app, "why", "why an alert, an incident or an escalation is as it is",
        [](CLI::App &verb, ReadGiven &g) {
            verb.add_option("KEY", g.about, "an alert's key, INC-7, or escalation/2")->required();
            verb.add_flag("--json", g.json, "as JSON");
            verb.add_option("--at", g.at, "as it was then: 2026-11-23T14:25:00Z or seq:1234")->type_name("INSTANT");
        },
        why);
    verbs.add<CallGiven>(
        app, "call", "call a JSON-RPC method of the core; `call methods` lists them with their schemas",
        [](CLI::App &verb, CallGiven &g) {
            verb.add_option("METHOD", g.method, "such as incident.declare, alert.count, methods")->required();
            verb.add_option("JSON", g.params, "its arguments, an object");
        },
        call);
}

} // namespace qd::app
