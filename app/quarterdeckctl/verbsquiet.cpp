// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"

#include <algorithm>
#include <cstdio>

namespace qd::app {

namespace {

struct QuietGiven {
    std::vector<std::string> keys;
    std::string source, duration, reason, expire, service, from, until, owner, end, into, title, severity;
    bool oneShot = false, none = false;
};

/// name=value, name!=value, name=~pattern, name!~pattern.
bool addMatcher(const std::string &text, json::array &to)
{
    const auto at = text.find_first_of("=!");
    if (at == std::string::npos || at == 0)
        return false;
    const bool isEqual = text[at] == '=';
    const std::string two = text.substr(at, 2);
    if (!isEqual && two != "!=" && two != "!~")
        return false;
    const bool isRegex = two.size() == 2 && two[1] == '~';
    const std::size_t size = isEqual && !isRegex ? 1 : 2;
    to.push_back(json::object{{"name", text.substr(0, at)}, {"value", text.substr(at + size)}, {"isRegex", isRegex}, {"isEqual", isEqual}});
    return true;
}

bool addMatchers(const QuietGiven &g, json::object &to)
{
    json::array matchers;
    for (const auto &key : g.keys)
        if (!addMatcher(key, matchers))
            return false;
    if (!matchers.empty())
        to["matchers"] = std::move(matchers);
    return true;
}

constexpr const char *kMatcherForms = "a matcher is name=value, name!=value, name=~pattern or name!~pattern";

int silence(Verbs &v, const QuietGiven &g)
{
    if (!g.expire.empty())
        return send(v, "silence.expire", object({{"source", g.source}, {"silence", g.expire}}), "id");
    if (g.keys.empty() || g.duration.empty() || g.reason.empty())
        return usage("silence needs matchers (severity=critical, job=~\"pay.*\"), --duration and --reason, or --expire ID");
    auto params = object({{"source", g.source}, {"duration", g.duration}, {"reason", g.reason}});
    if (!addMatchers(g, params))
        return usage(kMatcherForms);
    return send(v, "silence.create", params, "id");
}

int shelve(Verbs &v, const QuietGiven &g)
{
    if (g.duration.empty() && !g.oneShot)
        return usage("shelve needs --duration, or --one-shot: until the alert clears");
    auto params = object({{"duration", g.duration}, {"reason", g.reason}});
    params["alerts"] = list(g.keys);
    if (g.oneShot)
        params["oneShot"] = true;
    return send(v, "alert.shelve", params, "id");
}

int snooze(Verbs &v, const QuietGiven &g)
{
    auto params = object({{"duration", g.duration}, {"reason", g.reason}});
    params["alerts"] = list(g.keys);
    return send(v, "alert.snooze", params, "id");
}

int endOf(Verbs &v, const QuietGiven &g)
{
    auto params = object({{"reason", g.reason}});
    params["ids"] = list(g.keys);
    return send(v, "suppression.end", params, "id");
}

int maintenance(Verbs &v, const QuietGiven &g)
{
    if (!g.end.empty())
        return send(v, "suppression.end", json::object{{"ids", json::array{json::value(g.end)}}, {"reason", g.reason}}, "id");
    if (g.reason.empty())
        return usage("maintenance needs --reason, or --end ID");
    if (g.service.empty() && g.keys.empty())
        return usage("maintenance needs --service or matchers");
    auto params = object({{"service", g.service}, {"from", g.from}, {"until", g.until}, {"duration", g.duration}, {"owner", g.owner}, {"reason", g.reason}});
    if (!addMatchers(g, params))
        return usage(kMatcherForms);
    return send(v, "maintenance.plan", params, "id");
}

int split(Verbs &v, const QuietGiven &g)
{
    const bool isIncident = g.none || !g.title.empty();
    if (isIncident && !g.into.empty())
        return usage("split puts alerts into a group (--into), into a new incident (--title) or out of their incident (--none); one of them");
    if (!isIncident && !g.severity.empty())
        return usage("split takes --severity with --title: of the new incident");
    auto params = isIncident ? object({{"title", g.title}, {"severity", g.severity}, {"reason", g.reason}}) : object({{"group", g.into}, {"reason", g.reason}});
    params["alerts"] = list(g.keys);
    if (g.none)
        params["none"] = true;
    return send(v, isIncident ? "incident.split" : "group.split", params, "id");
}

int merge(Verbs &v, const QuietGiven &g)
{
    const auto isIncident = [](const std::string &key) { return key.starts_with("INC-"); };
    if (std::any_of(g.keys.begin(), g.keys.end(), isIncident)) {
        if (g.keys.size() != 1 || !isIncident(g.into))
            return usage("merge takes one incident into another one (merge INC-2 --into INC-1), or groups of alerts");
        return send(v, "incident.merge", object({{"incident", g.keys.front()}, {"into", g.into}, {"reason", g.reason}}), "id");
    }
    auto params = object({{"into", g.into}, {"reason", g.reason}});
    params["groups"] = list(g.keys);
    return send(v, "group.merge", params, "id");
}

} // namespace

void addQuietVerbs(CLI::App &app, Verbs &verbs)
{
    const auto add = [&](const char *name, const char *about, const std::function<void(CLI::App &, QuietGiven &)> &options, int (*act)(Verbs &, const QuietGiven &)) {
        return verbs.add<QuietGiven>(app, name, about, options, act);
    };
    add("silence", "silence alerts by their labels, also those to come: here, or at their Alertmanager",
        [](CLI::App &verb, QuietGiven &g) {
            verb.add_option("MATCHER", g.keys, "name=value, name!=value, name=~pattern, name!~pattern");
            verb.add_option("--source", g.source, "the connection to the Alertmanager it is written to")->type_name("N");
            verb.add_option("--duration", g.duration, "for how long: 2h, at most 30d")->type_name("SPAN");
            verb.add_option("--reason", g.reason, "why; shown to everybody who wonders")->type_name("R");
            verb.add_option("--expire", g.expire, "end this silence instead")->type_name("ID");
        },
        silence);
    add("shelve", "put alerts aside for a time, at most as long as their severity allows: critical 15m, error 1h, warning 8h, others 24h",
        [](CLI::App &verb, QuietGiven &g) {
            verb.add_option("KEY", g.keys, "alert keys")->required();
            verb.add_option("--duration", g.duration, "for how long: 10m")->type_name("SPAN");
            verb.add_flag("--one-shot", g.oneShot, "until the alert clears, at most as long as its severity allows");
            verb.add_option("--reason", g.reason, "why")->required()->type_name("R");
        },
        shelve);
    add("snooze", "postpone alerts of your own until later; what nobody owns becomes yours",
        [](CLI::App &verb, QuietGiven &g) {
            verb.add_option("KEY", g.keys, "alert keys")->required();
            verb.add_option("--duration", g.duration, "for how long: 30m, at most 24h")->required()->type_name("SPAN");
            verb.add_option("--reason", g.reason, "why")->type_name("R");
        },
        snooze);
    for (const auto &[name, about, what] : {std::tuple{"unsilence", "end silences of ours", "silence/3"}, {"unshelve", "take alerts off their shelves, or end a shelf", "alert keys, shelf/4"},
                                            {"unsnooze", "wake snoozed alerts", "alert keys, snooze/5"}})
        add(name, about,
            [what = what](CLI::App &verb, QuietGiven &g) {
                verb.add_option("ID", g.keys, what)->required();
                verb.add_option("--reason", g.reason, "why")->type_name("R");
            },
            endOf);
    add("maintenance", "plan a maintenance window: alerts of a service, or that match, are quiet; what resolves is resolved",
        [](CLI::App &verb, QuietGiven &g) {
            verb.add_option("MATCHER", g.keys, "name=value, name!=value, name=~pattern, name!~pattern");
            verb.add_option("--service", g.service, "of this service")->type_name("S");
            verb.add_option("--from", g.from, "from when, RFC 3339 (default: now)")->type_name("T");
            verb.add_option("--until", g.until, "until when, RFC 3339")->type_name("T");
            verb.add_option("--duration", g.duration, "for how long instead: 2h, at most 30d")->type_name("SPAN");
            verb.add_option("--owner", g.owner, "who answers for it (default: you)")->type_name("PERSON");
            verb.add_option("--reason", g.reason, "why")->type_name("R");
            verb.add_option("--end", g.end, "end this window instead")->type_name("ID");
        },
        maintenance);
    add("split", "put alerts into a group of their own, or take them out of their incident: into a new one or into none",
        [](CLI::App &verb, QuietGiven &g) {
            verb.add_option("KEY", g.keys, "alert keys")->required();
            verb.add_option("--into", g.into, "the new group's name")->type_name("NAME");
            verb.add_option("--title", g.title, "out of their incident into a new one, called this")->type_name("T");
            verb.add_option("--severity", g.severity, "of the new incident (default: that of the old one)")->type_name("SEV");
            verb.add_flag("--none", g.none, "out of their incident into none");
            verb.add_option("--reason", g.reason, "why; else the incident owes it")->type_name("R");
        },
        split);
    add("merge", "make an incident part of another one, with its alerts; or groups of alerts, also with what would join them while that one fires",
        [](CLI::App &verb, QuietGiven &g) {
            verb.add_option("KEY", g.keys, "the incident, or groups by their keys in `get groups`")->required();
            verb.add_option("--into", g.into, "the incident or group they become part of")->required()->type_name("KEY");
            verb.add_option("--reason", g.reason, "why")->required()->type_name("R");
        },
        merge);
}

} // namespace qd::app
