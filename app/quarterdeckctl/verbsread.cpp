// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"
#include "app/quarterdeckctl/verbs.h"

#include "core/base/ascii.h"
#include "core/control/get.h"
#include "core/search/indexer.h"

#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <set>
#include <sstream>

namespace qd::app {

namespace json = boost::json;

namespace {

struct ReadGiven {
    std::string about, at, incident, service, status, source, person, owner, kind, sought;
    bool json = false;
};

/// Whether each of the words stands in the title, letters big or small.
bool isInTitle(const std::string &title, const std::string &words)
{
    const std::string small = asciiLower(title);
    std::istringstream in(asciiLower(words));
    for (std::string word; in >> word;)
        if (small.find(word) == std::string::npos)
            return false;
    return true;
}

/// The incidents whose reviews hold the words, as `search` finds them, added to `into`. `within`: " incident:INC-7", or everywhere; all: there were no more hits than were shown.
Called foundIn(Verbs &verbs, const ReadGiven &g, const std::string &within, std::size_t limit, std::set<std::string> &into, bool &all)
{
    all = true;
    Called got = callCore(verbs, "search", json::serialize(json::object{{"text", g.sought + " kind:review" + within}, {"limit", limit}}));
    if (got.exit != kDone)
        return got;
    const json::value answer = json::parse(got.json);
    const auto &hits = answer.at("items").as_array();
    for (const auto &hit : hits)
        into.insert(textOf(hit.as_object(), "incident"));
    all = answer.at("total").to_number<std::uint64_t>() <= hits.size();
    if (const std::string notice = textOf(answer.as_object(), "notice"); !notice.empty() && within.empty())
        std::fprintf(stderr, "%s\n", notice.c_str());
    return got;
}

/// The library without what does not hold the words: in the review's text or factors, or in its title.
int librarySought(Verbs &verbs, const ReadGiven &g, std::string &library)
{
    std::set<std::string> found, asked;
    bool all = true;
    if (const Called got = foundIn(verbs, g, {}, search::Indexer::kHitLimit, found, all); got.exit != kDone)
        return got.exit;
    json::value answer = json::parse(library);
    auto &items = answer.as_object().at("items").as_array();
    json::array kept;
    for (auto &each : items) {
        const std::string incident = textOf(each.as_object(), "incident");
        if (!all && !found.contains(incident) && asked.insert(incident).second) { // more hits than one answer has: each is asked by itself
            bool whole = true;
            if (const Called got = foundIn(verbs, g, " incident:" + incident, 1, found, whole); got.exit != kDone)
                return got.exit;
        }
        if (found.contains(incident) || isInTitle(textOf(each.as_object(), "title"), g.sought))
            kept.push_back(std::move(each));
    }
    items = std::move(kept);
    library = json::serialize(answer);
    return kDone;
}

int get(Verbs &verbs, const ReadGiven &g)
{
    if (!g.sought.empty() && (g.about != "library" || !g.at.empty())) {
        std::fputs("--search is for the library, as it is now.\n", stderr);
        return kUsage;
    }
    json::object params{{"what", g.about}};
    for (const auto &[name, value] : {std::pair<const char *, const std::string &>{"at", g.at}, {"incident", g.incident}, {"service", g.service},
                                      {"status", g.status}, {"source", g.source}, {"owner", g.owner}, {"kind", g.kind}})
        if (!value.empty())
            params[name] = value;
    Called got = callCore(verbs, "get", json::serialize(params));
    if (got.exit != kDone)
        return got.exit;
    if (!g.sought.empty())
        if (const int exit = librarySought(verbs, g, got.json); exit != kDone)
            return exit;
    g.json ? printJson(got.json) : printItems(g.about, got.json);
    return kDone;
}

int why(Verbs &verbs, const ReadGiven &g)
{
    json::object params{{"key", g.about}};
    if (!g.at.empty())
        params["at"] = g.at;
    if (!g.person.empty())
        params["person"] = g.person;
    const Called got = callCore(verbs, "why", json::serialize(params));
    if (got.exit != kDone)
        return got.exit;
    g.json ? printJson(got.json) : printWhy(got.json);
    return kDone;
}

struct WhatIfGiven {
    std::string workspace, since;
    bool json = false;
};

int whatIf(Verbs &verbs, const WhatIfGiven &g)
{
    json::object params{{"since", g.since}};
    if (!g.workspace.empty()) {
        std::error_code wrong; // the core has another working folder
        params["workspace"] = std::filesystem::absolute(g.workspace, wrong).string();
    }
    const Called got = callCore(verbs, "whatif", json::serialize(params));
    if (got.exit != kDone)
        return got.exit;
    const auto answer = json::parse(got.json);
    // Under the recorded rules the same must come out: anything else is a fault of the rules or of the record.
    const int exit = g.workspace.empty() && answer.at("records").at("other").to_number<std::uint64_t>() > 0 ? kRefused : kDone;
    if (g.json) {
        printJson(got.json);
        return exit;
    }
    for (const auto &other : answer.at("others").as_array())
        std::printf("%s  %s\n", json::value_to<std::string>(other.at("at")).substr(0, 19).c_str(), json::value_to<std::string>(other.at("what")).c_str());
    if (answer.at("cut").as_bool())
        std::printf("… and more.\n");
    std::printf("%s\n", json::value_to<std::string>(answer.at("sentence")).c_str());
    return exit;
}

void printSpan(const char *name, const json::value &d)
{
    const auto text = [&](const char *field) {
        const json::value &v = d.at(field);
        return v.is_null() ? std::string("-") : toText(seconds(v.to_number<std::int64_t>()));
    };
    std::printf("  %-22s %4lld  median %-8s 90th percentile %-8s longest %s\n", name, static_cast<long long>(d.at("count").to_number<std::int64_t>()), text("medianSeconds").c_str(),
                text("p90Seconds").c_str(), text("longestSeconds").c_str());
}

void printCounts(const char *title, const json::value &counts)
{
    std::printf("%s\n", title);
    for (const auto &c : counts.as_array())
        std::printf("  %-30s %6lld  %3.0f %%\n", json::value_to<std::string>(c.at("name")).c_str(), static_cast<long long>(c.at("count").to_number<std::int64_t>()),
                    100 * c.at("share").to_number<double>());
}

int insights(Verbs &verbs, const WhatIfGiven &g)
{
    const Called got = callCore(verbs, "insights", json::serialize(json::object{{"since", g.since}}));
    if (got.exit != kDone)
        return got.exit;
    if (g.json) {
        printJson(got.json);
        return kDone;
    }
    const auto answer = json::parse(got.json);
    const auto &i = answer.at("incidents"), &a = answer.at("alerts"), &f = answer.at("floods"), &c = answer.at("calls");
    std::printf("%lld incident(s) (left out: %lld drills, planned, called off, merged, rebuilt or written down afterwards)\n", static_cast<long long>(i.at("count").to_number<std::int64_t>()),
                static_cast<long long>(i.at("leftOut").to_number<std::int64_t>()));
    printSpan("time to detect", i.at("timeToDetect"));
    printSpan("time to acknowledge", i.at("timeToAcknowledge"));
    printSpan("time to mitigate", i.at("timeToMitigate"));
    printSpan("time to resolve", i.at("timeToResolve"));
    const auto number = [](const json::value &v) { return static_cast<long long>(v.to_number<std::int64_t>()); };
    std::printf("%lld alerts, %lld people called (%lld of them only observed), %lld outside their working hours, %lld at night\n", number(a.at("count")), number(c.at("count")),
                number(c.at("observed")), number(c.at("offHours")), number(c.at("atNight")));
    if (const auto &p = c.at("perPerson"); !p.at("median").is_null())
        std::printf("calls of one person: median %lld, 90 %% at most %lld, most %lld (%lld people)\n", number(p.at("median")), number(p.at("p90")), number(p.at("most")), number(p.at("people")));
    printCounts("by severity", a.at("priorities"));
    if (const auto note = json::value_to<std::string>(a.at("note")); !note.empty())
        std::printf("  %s\n", note.c_str());
    printCounts("by service", a.at("services"));
    printCounts("most frequent", a.at("badActors"));
    std::printf("%zu floods, %s in all, %.1f %% of the time\n", f.at("items").as_array().size(), toText(seconds(f.at("seconds").to_number<std::int64_t>())).c_str(),
                100 * f.at("share").to_number<double>());
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
    whats.emplace_back(control::kPending);
    verbs.add<ReadGiven>(
         app, "get", "a list of what is true, now or at a point of the past",
         [whats](CLI::App &verb, ReadGiven &g) {
             verb.add_option("WHAT", g.about, "which list")->required()->check(CLI::IsMember(whats));
             verb.add_flag("--json", g.json, "{\"schema\":1,\"seq\":N,\"at\":\"…Z\",\"items\":[…]}");
             verb.add_option("--at", g.at, "as it was then: 2026-11-23T14:25:00Z or seq:1234")->type_name("INSTANT");
             verb.add_option("--incident", g.incident, "only of this incident (alerts, incidents, timeline, deliveries)")->type_name("INC-N");
             verb.add_option("--service", g.service, "only of this service (alerts, incidents, services)")->type_name("S");
             verb.add_option("--status", g.status, "only in this state: firing, active, failed … (alerts, groups, incidents, deliveries, silences, sources)")->type_name("WORD");
             verb.add_option("--source", g.source, "only from this source or connection (alerts, deliveries, heartbeats, silences, sources, quarantine, pending)")->type_name("N");
             verb.add_option("--kind", g.kind, "only lines of these kinds: decision,alert,… (timeline)")->type_name("WORDS");
            verb.add_option("--owner", g.owner, "only what this person has, themselves or by a team of theirs, or a team (alerts); me")->type_name("WHO");
             verb.add_option("--search", g.sought, "only reviews that hold these words, in title, text or factors, as `search` reads them (library; only now)")->type_name("WORDS");
         },
         get)
        ->footer("The same record gives the same bytes, live and with --at; no field depends on now, but \"holes\":\n"
                 "what was erased since, in an answer with --at.\n"
                 "The timeline is in the order of `at`, lines of the same instant in the order they were recorded; the other lists are in\n"
                 "the order of their keys or numbers.\n"
                 "oncall is of the record's time; with --at and a time (not seq:N) of that very instant, also one to come.\n"
                 "access is who took a right for a time, and who was shown what is restricted.\n"
                 "pending is what a Prometheus sees that waits for its `for`: no alerts, and not recorded, so only as of now; `pending` of sources\n"
                 "counts them, also only now, and is null while the source cannot be read.");
    verbs.add<ReadGiven>(
        app, "why", "why an alert, an incident or an escalation is as it is",
        [](CLI::App &verb, ReadGiven &g) {
            verb.add_option("KEY", g.about, "an alert's key, INC-7, or escalation/2")->required();
            verb.add_option("--person", g.person, "whether and why this person was called for it, or was not")->type_name("PERSON");
            verb.add_flag("--json", g.json, "as JSON");
            verb.add_option("--at", g.at, "as it was then: 2026-11-23T14:25:00Z or seq:1234")->type_name("INSTANT");
        },
        why);
    verbs.add<WhatIfGiven>(
             app, "whatif", "what would have happened under the rules of another workspace",
             [](CLI::App &verb, WhatIfGiven &g) {
                 verb.add_option("--workspace", g.workspace, "the edited workspace's folder (default: the recorded rules)")->type_name("DIR");
                 verb.add_option("--since", g.since, "since when: 2026-11-23T14:25:00Z, seq:1234, or 24h for a day ago")->required()->type_name("T");
                 verb.add_flag("--json", g.json, "as JSON");
             },
             whatIf)
        ->footer("The inputs of the journal are folded again through the same rules; the last line is the difference in one sentence.\n"
                 "Nothing is written but that the fold rules of that workspace were shown: only then are they in force. What people did\n"
                 "is taken as it was. Under the recorded rules every conclusion comes out again,\n"
                 "byte for byte. Heartbeats are not judged again: `heartbeat dryrun` is for them.");
    verbs.add<WhatIfGiven>(
             app, "insights", "how long incidents took, how many alerts came and from where",
             [](CLI::App &verb, WhatIfGiven &g) {
                 verb.add_option("--since", g.since, "since when: 30d for thirty days, 2026-11-23T14:25:00Z, or seq:1234")->required()->type_name("T");
                 verb.add_flag("--json", g.json, "as JSON");
             },
             insights)
        ->footer("Distributions, no means: fewer than five say nothing. No number is about a person. Incidents that are no real ones run here\n"
                 "(drills, planned, called off, merged, rebuilt, written down afterwards) are left out; services with fewer than five alerts are counted together.");
    verbs.add<CallGiven>(
        app, "call", "call a JSON-RPC method of the core; `call methods` lists them with their schemas",
        [](CLI::App &verb, CallGiven &g) {
            verb.add_option("METHOD", g.method, "such as incident.declare, alert.count, methods")->required();
            verb.add_option("JSON", g.params, "its arguments, an object");
        },
        call);
}

} // namespace qd::app
