// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"

#include <charconv>
#include <cstdio>

/// Overrides of alerts that are not about keeping them quiet, and their taking back.
namespace qd::app {

namespace {

struct OverrideGiven {
    std::vector<std::string> keys;
    std::string id, duration, until, owner, reason, text, under;
    bool none = false;
};

int unack(Verbs &v, const OverrideGiven &g)
{
    auto params = object({{"reason", g.reason}});
    params["alerts"] = list(g.keys);
    return send(v, "alert.unacknowledge", params);
}

int holdCalls(Verbs &v, const OverrideGiven &g)
{
    auto params = object({{"duration", g.duration}, {"reason", g.reason}});
    params["alerts"] = list(g.keys);
    return send(v, "alert.hold", params, "id");
}

int unhold(Verbs &v, const OverrideGiven &g)
{
    auto params = object({{"reason", g.reason}});
    params["ids"] = list(g.keys);
    return send(v, "suppression.end", params, "id");
}

int keep(Verbs &v, const OverrideGiven &g)
{
    if (g.until.empty() && g.owner.empty())
        return usage("keep needs --until, or --owner");
    return send(v, "suppression.keep", object({{"id", g.id}, {"until", g.until}, {"owner", g.owner}, {"reason", g.reason}}), "id");
}

int place(Verbs &v, const OverrideGiven &g)
{
    if (g.under.empty() == !g.none)
        return usage("place needs --under INC-N, or --none");
    return send(v, "incident.place", object({{"incident", g.id}, {"parent", g.under}, {"reason", g.reason}}));
}

int noteAlerts(Verbs &v, const OverrideGiven &g)
{
    auto params = object({{"text", g.text}});
    params["alerts"] = list(g.keys);
    return send(v, "alert.note", params);
}

int undo(Verbs &v, const OverrideGiven &g)
{
    std::vector<std::uint64_t> records;
    for (std::string_view record : g.keys) {
        if (record.starts_with("record/"))
            record.remove_prefix(7);
        std::uint64_t number = 0;
        const auto read = std::from_chars(record.data(), record.data() + record.size(), number);
        if (read.ec != std::errc() || read.ptr != record.data() + record.size() || number == 0)
            return usage("undo takes the numbers of records, as they are printed and as `get timeline` shows them");
        records.push_back(number);
    }
    if (records.empty())
        return send(v, "undo", {}, "id");
    std::size_t refused = 0;
    for (const std::uint64_t number : records) {
        const int exit = send(v, "undo", {{"record", number}}, "id"); // each says by itself why not
        if (exit != kDone && exit != kRefused)
            return exit;
        if (exit == kRefused && records.size() > 1)
            std::fprintf(stderr, "quarterdeckctl: record/%llu is not taken back.\n", static_cast<unsigned long long>(number));
        refused += exit == kRefused ? 1 : 0;
    }
    return refused > 0 ? kRefused : kDone;
}

} // namespace

void addOverrideVerbs(CLI::App &app, Verbs &verbs)
{
    const auto add = [&](const char *name, const char *about, const std::function<void(CLI::App &, OverrideGiven &)> &options, int (*act)(Verbs &, const OverrideGiven &)) {
        return verbs.add<OverrideGiven>(app, name, about, options, act);
    };
    add("unack", "nobody answers for alerts after all; where they call people, that begins anew",
        [](CLI::App &verb, OverrideGiven &g) {
            verb.add_option("KEY", g.keys, "alert keys")->required();
            verb.add_option("--reason", g.reason, "why")->type_name("R");
        },
        unack);
    add("note", "write something down about alerts: in their incident's timeline, and at the pager of record that holds them",
        [](CLI::App &verb, OverrideGiven &g) {
            verb.add_option("KEY", g.keys, "alert keys")->required();
            verb.add_option("--text", g.text, "the words")->required()->type_name("TEXT");
        },
        noteAlerts);
    add("hold-calls", "hold alerts: they call nobody until then, and stay in the queue",
        [](CLI::App &verb, OverrideGiven &g) {
            verb.add_option("KEY", g.keys, "alert keys")->required();
            verb.add_option("--duration", g.duration, "for how long: 30m, at most 24h")->required()->type_name("SPAN");
            verb.add_option("--reason", g.reason, "why; shown to everybody who wonders")->required()->type_name("R");
        },
        holdCalls);
    add("unhold", "held alerts may call people again",
        [](CLI::App &verb, OverrideGiven &g) {
            verb.add_option("ID", g.keys, "alert keys, held/6")->required();
            verb.add_option("--reason", g.reason, "why")->type_name("R");
        },
        unhold);
    add("keep", "a silence, shelf, snooze, hold or window lasts until another time, or somebody else answers for it",
        [](CLI::App &verb, OverrideGiven &g) {
            verb.add_option("ID", g.id, "silence/3, held/6, or a silence an Alertmanager keeps: CONNECTION/its id")->required();
            verb.add_option("--until", g.until, "until when: 2h from now, or RFC 3339")->type_name("T");
            verb.add_option("--owner", g.owner, "who answers for it from now on")->type_name("PERSON");
            verb.add_option("--reason", g.reason, "why")->type_name("R");
        },
        keep);
    add("place", "make an incident part of the work on another one; it stays an incident of its own",
        [](CLI::App &verb, OverrideGiven &g) {
            verb.add_option("INCIDENT", g.id, "which")->required();
            auto *under = verb.add_option("--under", g.under, "the incident it is part of the work on")->type_name("INC-N");
            verb.add_flag("--none", g.none, "it is part of no other any more")->excludes(under);
            verb.add_option("--reason", g.reason, "why")->type_name("R");
        },
        place)
        ->footer("One level: what has parts is not part of another. The parent's brief and stand-down sheet name its open parts. What is the same trouble is merged instead.");
    add("undo", "take back what you did last to alerts or incidents: acknowledge, assign, snooze, shelve, silence, hold, split, merge",
        [](CLI::App &verb, OverrideGiven &g) {
            verb.add_option("RECORD", g.keys, "what you did in these records instead of the last: record/1234; one that is refused does not keep the others");
        },
        undo)
        ->footer("Within an hour; a merge of incidents until somebody does something in the merged one. What others changed since stays as\n"
                 "it is. Calls that went out, closed alerts and silences kept by an Alertmanager are not taken back: the answer says why.");
}

} // namespace qd::app
