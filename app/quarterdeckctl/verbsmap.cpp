// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"
#include "app/quarterdeckctl/workspacefile.h"

#include "core/base/ports.h"
#include "core/base/safetext.h"
#include "core/net/httpclient.h"
#include "core/workspace/mapread.h"

#include <algorithm>
#include <cstdio>
#include <future>

namespace qd::app {

namespace {

constexpr std::size_t kEdgesAtOnce = 2000; ///< of one command

struct MapGiven {
    std::string backstage, csv, prometheus, caFile, origin, kind;
    std::vector<std::string> edges;
    bool labels = false, all = false, json = false, apply = false;
};

/// What the Prometheus behind a connection says of calls between services.
Result<std::string> serviceGraph(const std::string &url, const std::string &caFile)
{
    net::HttpRequest request;
    request.method = net::Method::Post;
    std::string base = url;
    while (base.ends_with('/'))
        base.pop_back();
    request.url = base + "/api/v1/query";
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    request.body = "query=";
    for (const char c : workspace::kServiceGraphQuery) {
        char escaped[4];
        std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
        request.body += escaped;
    }
    request.maxBytes = workspace::kMapBytes;
    request.caFile = caFile;
    std::promise<Result<net::HttpResponse>> answered;
    net::HttpClient http;
    http.send(std::move(request), [&answered](Result<net::HttpResponse> r) { answered.set_value(std::move(r)); });
    auto answer = answered.get_future().get();
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->status != 200 && answer->status != 400 && answer->status != 422) // those say in JSON what is wrong
        return fail(Code::Unavailable, "The Prometheus answered with status " + std::to_string(answer->status) + ".");
    return std::move(answer->body);
}

/// The edges of what was asked for, with their origin; an exit code instead when a core was needed and said no.
struct Found {
    Result<workspace::FoundMap> map = workspace::FoundMap{};
    std::string origin;
    int exit = kDone;
};

Found find(Verbs &v, const MapGiven &g)
{
    Found out;
    const auto fromFile = [&](const std::string &path, const char *origin, auto read) {
        out.origin = origin;
        const auto text = contentOf(path, workspace::kMapBytes);
        if (text)
            out.map = read(*text);
        else
            out.map = tl::unexpected(text.error());
    };
    if (!g.backstage.empty()) {
        fromFile(g.backstage, "backstage", [](const std::string &t) { return workspace::readBackstage(t); });
    } else if (!g.csv.empty()) {
        fromFile(g.csv, "csv", [](const std::string &t) { return workspace::readMapCsv(t); });
    } else if (g.labels) {
        out.origin = "labels"; // the core reads its alerts itself
    } else {
        out.origin = "prometheus/" + g.prometheus;
        const Called sources = callCore(v, "get", json::serialize(json::object{{"what", "sources"}}));
        out.exit = sources.exit;
        if (sources.exit != kDone)
            return out;
        std::string url;
        const json::value answer = json::parse(sources.json);
        for (const auto &s : answer.at("items").as_array())
            if (textOf(s, "name") == g.prometheus && textOf(s, "kind") == "prometheus")
                url = textOf(s, "url");
        if (url.empty()) {
            out.map = fail(Code::NotFound, "There is no connection of kind prometheus named " + safeLine(g.prometheus, 60) + "; `get sources` lists those there are.");
            return out;
        }
        const auto text = serviceGraph(url, g.caFile);
        if (text)
            out.map = workspace::readServiceGraph(*text);
        else
            out.map = tl::unexpected(text.error());
    }
    return out;
}

int propose(Verbs &v, const Found &found)
{
    const auto &edges = found.map->edges;
    std::size_t at = 0;
    do {
        json::array part;
        for (const std::size_t end = std::min(edges.size(), at + kEdgesAtOnce); at < end; ++at)
            part.push_back(json::object{{"from", edges[at].from}, {"to", edges[at].to}, {"kind", word(edges[at].kind)}});
        json::object params{{"origin", found.origin}};
        if (!part.empty())
            params["edges"] = std::move(part);
        if (const int exit = send(v, "map.propose", params); exit != kDone)
            return exit;
    } while (at < edges.size());
    return kDone;
}

int importMap(Verbs &v, const MapGiven &g)
{
    if ((g.backstage.empty() ? 0 : 1) + (g.csv.empty() ? 0 : 1) + (g.prometheus.empty() ? 0 : 1) + (g.labels ? 1 : 0) != 1)
        return usage("say where the edges are: one of --backstage FILE, --csv FILE, --prometheus CONNECTION, --labels");
    const Found found = find(v, g);
    if (found.exit != kDone)
        return found.exit;
    if (!found.map)
        return refuse(found.map.error());
    for (const auto &problem : found.map->problems)
        std::fprintf(stderr, "quarterdeckctl: NOT TRANSLATED: %s\n", problem.c_str());
    return propose(v, found);
}

/// The same by the contract's verb: what would be proposed is shown first.
int importBackstage(Verbs &v, const MapGiven &g)
{
    const Found found = find(v, g);
    if (!found.map)
        return refuse(found.map.error());
    for (const MapEdge &e : found.map->edges)
        std::printf("%s needs %s (%s)\n", e.from.c_str(), e.to.c_str(), std::string(word(e.kind)).c_str());
    for (const auto &problem : found.map->problems)
        std::printf("NOT TRANSLATED: %s\n", problem.c_str());
    if (!g.apply) {
        std::fprintf(stderr, "quarterdeckctl: nothing was changed; --apply proposes them, and `map accept` makes them count.\n");
        return kDone;
    }
    return propose(v, found);
}

std::string ageOf(const json::value &item, const char *name, Instant now)
{
    const auto at = parseInstant(textOf(item, name));
    return at && *at ? toText(Span{std::max(now - *at, Span{}).ns / minutes(1).ns * minutes(1).ns}) : std::string("-");
}

int listEdges(Verbs &v, const MapGiven &g, bool all)
{
    json::object params{{"what", "map"}};
    if (!all)
        params["status"] = "proposed";
    if (!g.origin.empty())
        params["source"] = g.origin;
    const Called got = callCore(v, "get", json::serialize(params));
    if (got.exit != kDone)
        return got.exit;
    if (g.json) {
        printJson(got.json);
        return kDone;
    }
    const json::value answer = json::parse(got.json);
    const Instant now = SystemClock().now();
    for (const auto &e : answer.at("items").as_array()) {
        const std::string state = textOf(e, "state");
        std::printf("%s > %s  %s  %s", textOf(e, "from").c_str(), textOf(e, "to").c_str(), textOf(e, "kind").c_str(), state.c_str());
        if (state != "workspace")
            std::printf(" from %s, found %s ago, last seen %s ago", textOf(e, "origin").c_str(), ageOf(e, "first", now).c_str(), ageOf(e, "last", now).c_str());
        std::printf("\n");
    }
    if (answer.at("items").as_array().empty())
        std::printf(all ? "no edges; `needs` of a service in the workspace makes one, `map import` proposes some\n" : "nothing is proposed; `map import` finds edges\n");
    return kDone;
}

int listProposals(Verbs &v, const MapGiven &g) { return listEdges(v, g, false); }
int listMap(Verbs &v, const MapGiven &g) { return listEdges(v, g, true); }

/// "checkout>payments" to the command's edges; false for what is none.
bool edgesOf(const MapGiven &g, json::object &params)
{
    json::array edges;
    for (const std::string &text : g.edges) {
        const auto at = text.find('>');
        if (at == std::string::npos || at == 0 || at + 1 == text.size())
            return false;
        edges.push_back(object({{"from", text.substr(0, at)}, {"to", text.substr(at + 1)}, {"kind", g.kind}}));
    }
    if (!edges.empty())
        params["edges"] = std::move(edges);
    if (g.all)
        params["all"] = true;
    if (!g.origin.empty())
        params["origin"] = g.origin;
    return true;
}

int changeEdges(Verbs &v, const MapGiven &g, const char *method, const char *printed)
{
    json::object params;
    if (!edgesOf(g, params))
        return usage("an edge is 'FROM>TO', the two services' ids (quoted, so that the shell leaves it alone)");
    if (g.all == !g.edges.empty())
        return usage("name edges 'FROM>TO', or --all for every proposal");
    return send(v, method, params, printed);
}

int acceptEdges(Verbs &v, const MapGiven &g) { return changeEdges(v, g, "map.accept", "accepted"); }
int dismissEdges(Verbs &v, const MapGiven &g) { return changeEdges(v, g, "map.dismiss", "dismissed"); }

void offerEdges(CLI::App &verb, MapGiven &g)
{
    verb.add_option("FROM>TO", g.edges, "edges by their ends, quoted: 'checkout>payments'");
    verb.add_flag("--all", g.all, "every proposal");
    verb.add_option("--origin", g.origin, "of those only the ones found there: backstage, csv, prometheus/NAME, labels");
}

} // namespace

void addMapVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *map = app.add_subcommand("map", "which service needs which, and edges that were discovered");
    map->fallthrough();
    map->require_subcommand(1);
    verbs.add<MapGiven>(
        *map, "list", "every edge, where it comes from and since when",
        [](CLI::App &verb, MapGiven &g) {
            verb.add_option("--origin", g.origin, "only those of this origin: workspace, backstage, csv, prometheus/NAME, labels");
            verb.add_flag("--json", g.json, "as JSON");
        },
        listMap);
    verbs.add<MapGiven>(
        *map, "proposals", "edges that were discovered and wait to be accepted, with origin and age",
        [](CLI::App &verb, MapGiven &g) {
            verb.add_option("--origin", g.origin, "only those found there");
            verb.add_flag("--json", g.json, "as JSON");
        },
        listProposals);
    verbs.add<MapGiven>(
        *map, "import", "discover edges and propose them; nothing counts before it is accepted",
        [](CLI::App &verb, MapGiven &g) {
            verb.add_option("--backstage", g.backstage, "a Backstage catalog (YAML): dependsOn, consumesApis")->type_name("FILE");
            verb.add_option("--csv", g.csv, "CSV with a heading: from,to,kind")->type_name("FILE");
            verb.add_option("--prometheus", g.prometheus, "service-graph metrics of this connection")->type_name("CONNECTION");
            verb.add_option("--ca-file", g.caFile, "PEM roots for it, in place of the system's")->type_name("FILE");
            verb.add_flag("--labels", g.labels, "what the labels of the alerts here suggest");
        },
        importMap);
    verbs.add<MapGiven>(
        *map, "accept", "make discovered edges count like the workspace's",
        [](CLI::App &verb, MapGiven &g) {
            offerEdges(verb, g);
            verb.add_option("--kind", g.kind, "hard, soft or async, when it is not as it was proposed");
        },
        acceptEdges);
    verbs.add<MapGiven>(
        *map, "dismiss", "discard proposals for good, or take back what was accepted", [](CLI::App &verb, MapGiven &g) { offerEdges(verb, g); }, dismissEdges);
    verbs.add<MapGiven>(
        *app.get_subcommand("import"), "backstage", "edges of a Backstage catalog, as proposals for the map",
        [](CLI::App &verb, MapGiven &g) {
            verb.add_option("FILE", g.backstage, "its YAML")->required();
            verb.add_flag("--apply", g.apply, "propose them; `map accept` makes them count");
        },
        importBackstage);
}

} // namespace qd::app
