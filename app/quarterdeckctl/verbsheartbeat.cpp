// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"

#include "core/base/time.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace qd::app {

namespace {

struct HeartbeatGiven {
    std::string name, duration, reason, since = "30d", interval, grace;
    std::uint32_t misses = 0, of = 0;
    bool json = false;
};

Instant instantOf(const json::object &o, const char *name)
{
    const auto at = parseInstant(textOf(o, name));
    return at ? *at : Instant{};
}

/// An age or a wait in whole seconds: "1m20s".
std::string spanText(Span span)
{
    return toText(Span{span.ns / seconds(1).ns * seconds(1).ns});
}

std::string waitText(const json::object &o, Instant now)
{
    const Instant trips = instantOf(o, "tripsAt");
    if (!trips)
        return textOf(o, "phase") == "missed" ? "tripped" : "-";
    return trips > now ? "in " + spanText(trips - now) : "now";
}

std::string noteText(const json::object &o)
{
    if (textOf(o, "state") == "muted")
        return "muted until " + textOf(o, "mutedUntil").substr(0, 19) + "Z by " + textOf(o, "mutedBy") + ": " + textOf(o, "muteReason") + " (it is " + textOf(o, "phase") + ")";
    std::string out;
    if (const Instant from = instantOf(o, "countsFrom"))
        out = "counts anew from " + textOf(o, "countsFrom").substr(0, 19) + "Z: the core was not listening before";
    if (const std::string state = textOf(o, "state"); state == "missed" || state == "late" || state == "slow")
        if (const json::value *because = o.if_contains("because"); because && because->is_object())
            for (const auto &reason : because->at("matched").as_array())
                out += (out.empty() ? "" : "; ") + std::string(reason.as_string());
    return out.empty() ? "-" : out;
}

int listAll(Verbs &v, const HeartbeatGiven &g)
{
    const Called got = callCore(v, "heartbeat.list", "{}");
    if (got.exit != kDone)
        return got.exit;
    if (g.json) {
        printJson(got.json);
        return kDone;
    }
    const auto answer = json::parse(got.json);
    const Instant now = instantOf(answer.as_object(), "at");
    constexpr std::size_t kColumns = 7;
    std::vector<std::array<std::string, kColumns>> rows{{"name", "state", "last beat", "every", "missed", "trips", "why"}};
    for (const auto &each : answer.at("items").as_array()) {
        const json::object &o = each.as_object();
        const Instant last = instantOf(o, "last");
        const std::string age = last ? spanText(std::max(now - last, Span{})) + " ago" : "never";
        if (textOf(o, "state") == "unwatched")
            rows.push_back({textOf(o, "key"), "unwatched", age, "-", "-", "-", "the workspace has no heartbeat of this name"});
        else
            rows.push_back({textOf(o, "key"), textOf(o, "state"), age, textOf(o, "interval") + " + " + textOf(o, "grace"),
                            json::serialize(o.at("missed")) + " of " + json::serialize(o.at("of")) + ", trips at " + json::serialize(o.at("misses")), waitText(o, now), noteText(o)});
    }
    if (rows.size() == 1) {
        std::printf("no heartbeats; [[heartbeat]] in a file of the workspace makes one\n");
        return kDone;
    }
    std::array<std::size_t, kColumns> widths{};
    for (const auto &row : rows)
        for (std::size_t i = 0; i < kColumns; ++i)
            widths[i] = std::max(widths[i], row[i].size());
    for (const auto &row : rows) {
        std::string line;
        for (std::size_t i = 0; i + 1 < kColumns; ++i)
            line += row[i] + std::string(widths[i] - row[i].size() + 2, ' ');
        std::printf("%s%s\n", line.c_str(), row[kColumns - 1].c_str());
    }
    return kDone;
}

int mute(Verbs &v, const HeartbeatGiven &g)
{
    return send(v, "heartbeat.mute", object({{"heartbeat", g.name}, {"duration", g.duration}, {"reason", g.reason}}), "id");
}

int unmute(Verbs &v, const HeartbeatGiven &g)
{
    return send(v, "heartbeat.unmute", object({{"heartbeat", g.name}, {"reason", g.reason}}), "id");
}

int dryRun(Verbs &v, const HeartbeatGiven &g)
{
    auto params = object({{"heartbeat", g.name}, {"since", g.since}, {"interval", g.interval}, {"grace", g.grace}});
    if (g.misses > 0)
        params["misses"] = g.misses;
    if (g.of > 0)
        params["of"] = g.of;
    const Called got = callCore(v, "heartbeat.dryrun", json::serialize(params));
    if (got.exit != kDone)
        return got.exit;
    if (g.json) {
        printJson(got.json);
        return kDone;
    }
    const auto answer = json::parse(got.json);
    for (const auto &[what, words] : {std::pair{"vanished", "would not have been raised"}, {"appeared", "would have been raised"}})
        for (const auto &alarm : answer.at(what).as_array()) {
            const std::string until = textOf(alarm.as_object(), "until");
            std::printf("%sZ to %s  %s\n", textOf(alarm.as_object(), "from").substr(0, 19).c_str(), until.empty() ? "now" : (until.substr(0, 19) + "Z").c_str(), words);
        }
    std::printf("%s\n", json::value_to<std::string>(answer.at("sentence")).c_str());
    return kDone;
}

} // namespace

void addHeartbeatVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *heartbeat = app.add_subcommand("heartbeat", "what must be heard again and again: jobs that ping, alerts that always fire");
    heartbeat->fallthrough();
    heartbeat->require_subcommand(1);
    verbs.add<HeartbeatGiven>(
        *heartbeat, "list", "each with its last beat and how long until it trips",
        [](CLI::App &verb, HeartbeatGiven &g) { verb.add_flag("--json", g.json, "as JSON"); }, listAll);
    verbs.add<HeartbeatGiven>(
        *heartbeat, "mute", "keep the alarms of a heartbeat quiet for a time; it is watched on",
        [](CLI::App &verb, HeartbeatGiven &g) {
            verb.add_option("NAME", g.name, "the heartbeat's id")->required();
            verb.add_option("--duration", g.duration, "for how long: 2h, at most 30d")->required()->type_name("SPAN");
            verb.add_option("--reason", g.reason, "why; shown to everybody who wonders")->required()->type_name("R");
        },
        mute);
    verbs.add<HeartbeatGiven>(
        *heartbeat, "unmute", "let its alarms be heard again",
        [](CLI::App &verb, HeartbeatGiven &g) {
            verb.add_option("NAME", g.name, "the heartbeat's id")->required();
            verb.add_option("--reason", g.reason, "why")->type_name("R");
        },
        unmute);
    verbs.add<HeartbeatGiven>(
        *heartbeat, "dryrun", "which of its alarms would have vanished or appeared with other numbers, from what was recorded",
        [](CLI::App &verb, HeartbeatGiven &g) {
            verb.add_option("NAME", g.name, "the heartbeat's id")->required();
            verb.add_option("--misses", g.misses, "so many windows missed make an alarm: in a row, or of the last as many as are said")->type_name("K");
            verb.add_option("--of", g.of, "of so many last windows, at most 20")->type_name("N");
            verb.add_option("--grace", g.grace, "how late a beat may be: 2m")->type_name("SPAN");
            verb.add_option("--interval", g.interval, "how often it is expected: 5m")->type_name("SPAN");
            verb.add_option("--since", g.since, "since when: 30d for thirty days, 2026-11-23T14:25:00Z, or seq:1234")->capture_default_str()->type_name("T");
            verb.add_flag("--json", g.json, "as JSON");
        },
        dryRun);
}

} // namespace qd::app
