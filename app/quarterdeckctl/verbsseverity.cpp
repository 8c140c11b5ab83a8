// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"

#include <cstdio>

/// How severe an incident is, and why.
namespace qd::app {

namespace {

struct SeverityGiven {
    std::string incident, severity, reason, hurt, howMany, workaround;
    bool explain = false, json = false;
};

/// The suggestion for these answers among those of an item, or null.
const json::object *suggestionFor(const json::object &item, const SeverityGiven &g)
{
    for (const json::value &each : item.at("suggestions").get_array()) {
        const json::object &s = each.get_object();
        if (textOf(s, "hurt") == g.hurt && textOf(s, "howMany") == g.howMany && textOf(s, "workaround") == g.workaround)
            return &s;
    }
    return nullptr;
}

int explain(Verbs &v, const SeverityGiven &g)
{
    const Called got = callCore(v, "get", json::serialize(object({{"what", "severities"}, {"incident", g.incident}})));
    if (got.exit != kDone)
        return got.exit;
    if (g.json) {
        printJson(got.json);
        return kDone;
    }
    const auto answer = json::parse(got.json);
    const auto &items = answer.at("items").get_array();
    for (const json::value &item : items) {
        const json::object &o = item.get_object();
        std::printf("%s\n", textOf(o, "text").c_str());
        if (const json::object *s = suggestionFor(o, g))
            std::printf("suggested: %s\n", textOf(*s, "arithmetic").c_str());
        else
            for (const json::value &each : o.at("suggestions").get_array())
                std::printf("  hurt %-4s  how many %-4s  workaround %-3s  %s\n", textOf(each, "hurt").c_str(), textOf(each, "howMany").c_str(), textOf(each, "workaround").c_str(),
                            textOf(each, "arithmetic").c_str());
    }
    if (items.empty())
        std::fprintf(stderr, "quarterdeckctl: %s is not open; there is nothing to say.\n", g.incident.empty() ? "No incident" : g.incident.c_str());
    return items.empty() ? kRefused : kDone;
}

int severity(Verbs &v, const SeverityGiven &g)
{
    if (g.explain)
        return explain(v, g);
    if (g.severity.empty() && g.hurt.empty() && g.howMany.empty() && g.workaround.empty())
        return usage("severity needs SEV1 … SEV5, or the three answers: --hurt, --how-many, --workaround");
    return send(v, "incident.severity", object({{"incident", g.incident}, {"severity", g.severity}, {"reason", g.reason}, {"hurt", g.hurt}, {"howMany", g.howMany}, {"workaround", g.workaround}}));
}

struct ReasonGivenLater {
    std::string incident, reason;
    unsigned owed = 0;
};

int giveReason(Verbs &v, const ReasonGivenLater &g)
{
    auto params = object({{"incident", g.incident}, {"reason", g.reason}});
    params["owed"] = g.owed;
    return send(v, "incident.reason", params);
}

} // namespace

void addSeverityVerbs(CLI::App &app, Verbs &verbs)
{
    verbs.add<SeverityGiven>(
             app, "severity", "change an incident's severity: to the one named, or to the one that three answers suggest",
             [](CLI::App &verb, SeverityGiven &g) {
                 verb.add_option("SEVERITY", g.severity, "SEV1 … SEV5; left out: the one suggested");
                 verb.add_option("--reason", g.reason, "why")->type_name("R");
                 verb.add_option("--hurt", g.hurt, "are customers hurt?")->check(CLI::IsMember({"yes", "soon", "no"}));
                 verb.add_option("--how-many", g.howMany, "how many of them?")->check(CLI::IsMember({"most", "some", "few"}));
                 verb.add_option("--workaround", g.workaround, "is there a workaround?")->check(CLI::IsMember({"yes", "no"}));
                 verb.add_flag("--explain", g.explain, "change nothing: what is affected, and the arithmetic for these answers, or for all");
                 verb.add_flag("--json", g.json, "with --explain: as JSON");
                 whichIncident(verb, g.incident);
             },
             severity)
        ->footer("The arithmetic and the version of the matrix are recorded with the severity. Business services and the matrix are in\n"
                 "the workspace: [[business]], carries of a [[service]], [severity_matrix].");
    verbs.add<ReasonGivenLater>(
        app, "reason", "say why something was done in an incident that nobody gave a reason for then",
        [](CLI::App &verb, ReasonGivenLater &g) {
            verb.add_option("OWED", g.owed, "its number on the stand-down sheet; stands for all that person did of the kind")->required();
            verb.add_option("--reason", g.reason, "why")->required()->type_name("R");
            whichIncident(verb, g.incident);
        },
        giveReason);
}

} // namespace qd::app
