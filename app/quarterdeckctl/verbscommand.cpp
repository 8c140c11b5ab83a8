// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "core/base/numberbehind.h"
#include "core/model/marking.h"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace qd::app {

namespace {

/// Everything the commander's verbs can be given; each verb offers what it needs.
struct Given {
    std::string incident, title, severity, service, since, person, role, reason, text, due, link, at, policy, room, kind, ownRole, hurt, howMany, workaround, until, status, entry, leave, archive;
    std::vector<std::string> keys, set, rejected, options;
    std::string level; ///< of the whole text
    std::vector<std::string> readers;
    unsigned number = 0, accepted = 0, chosen = 0;
    bool noRoom = false, drill = false, triage = false, make = false;
};

/// "2", "escalation/2" → 2; 0 for anything else.
unsigned escalationOf(std::string_view key)
{
    constexpr std::string_view kCall = "escalation/";
    return numberBehind(key.starts_with(kCall) ? kCall : std::string_view(), key);
}

int declare(Verbs &v, const Given &g)
{
    if (!g.set.empty())
        return usage("declare takes what is wrong as --title: declare --title \"Shop is down\"");
    if (g.title.empty())
        return usage("declare needs --title: what is wrong, in one line");
    auto params = object({{"title", g.title}, {"severity", g.severity}, {"service", g.service}, {"since", g.since}, {"hurt", g.hurt}, {"howMany", g.howMany}, {"workaround", g.workaround}, {"kind", g.kind}, {"until", g.until}});
    if (!g.keys.empty())
        params["alerts"] = list(g.keys);
    if (g.noRoom)
        params["room"] = false;
    if (!g.room.empty())
        params["attach"] = g.room;
    if (g.drill)
        params["kind"] = "drill";
    if (g.triage)
        params["triage"] = true;
    return send(v, "incident.declare", params, "id");
}

int again(Verbs &v, const Given &g)
{
    auto params = object({{"incident", g.incident}, {"title", g.title}, {"severity", g.severity}, {"service", g.service}});
    if (!g.keys.empty())
        params["alerts"] = list(g.keys);
    if (g.noRoom)
        params["room"] = false;
    return send(v, "incident.again", params, "id");
}

int summon(Verbs &v, const Given &g)
{
    auto params = object({{"incident", g.incident}, {"reason", g.reason}});
    params["people"] = list(g.set);
    if (!g.keys.empty())
        params["alerts"] = list(g.keys);
    return send(v, "people.page", params, "id");
}

int impact(Verbs &v, const Given &g)
{
    return send(v, "incident.impact", object({{"incident", g.incident}, {"since", g.since}, {"reason", g.reason}}));
}

/// "title WORDS" of the only one that is open, "title INC-7 WORDS": what `status` reads.
int corrected(Verbs &v, const Given &g, const char *method, const char *field, const char *use)
{
    if (g.set.size() > 2 || (g.set.size() == 2 && !g.incident.empty()))
        return usage(use);
    auto params = object({{"incident", g.set.size() == 2 ? g.set.front() : g.incident}, {"reason", g.reason}});
    params[field] = g.set.back();
    return send(v, method, params);
}

int title(Verbs &v, const Given &g)
{
    return corrected(v, g, "incident.title", "title", "title takes one incident and what is wrong, in quotes: title INC-7 \"Checkout is slow\"");
}

int service(Verbs &v, const Given &g)
{
    return corrected(v, g, "incident.service", "service", "service takes one incident and the service that suffers: service INC-7 db");
}

int room(Verbs &v, const Given &g)
{
    if (!g.room.empty() + !g.leave.empty() + !g.archive.empty() + (g.make ? 1 : 0) != 1)
        return usage("room needs --attach ADDRESS, or --make, or --leave ADDRESS or --archive ADDRESS of an incident that is over");
    if (g.make)
        return send(v, "incident.makeroom", object({{"incident", g.incident}}));
    if (!g.leave.empty())
        return send(v, "incident.leaveroom", object({{"incident", g.incident}, {"room", g.leave}}));
    if (!g.archive.empty()) {
        auto params = object({{"incident", g.incident}, {"room", g.archive}});
        params["archive"] = true;
        return send(v, "incident.leaveroom", params);
    }
    return send(v, "incident.room", object({{"incident", g.incident}, {"room", g.room}}));
}

int ack(Verbs &v, const Given &g)
{
    std::vector<std::string> keys;
    for (const auto &key : g.keys) {
        if (key.find('/') != std::string::npos && !key.starts_with("escalation/")) {
            keys.push_back(key);
        } else if (const unsigned n = escalationOf(key); n != 0) {
            if (const int exit = send(v, "escalation.acknowledge", {{"escalation", n}}); exit != kDone)
                return exit;
        } else {
            keys.push_back(key);
        }
    }
    if (keys.empty())
        return kDone;
    auto params = object({{"reason", g.reason}});
    params["alerts"] = list(keys);
    return send(v, "alert.acknowledge", params);
}

int assign(Verbs &v, const Given &g)
{
    if (!g.ownRole.empty())
        return send(v, "incident.role", object({{"incident", g.incident}, {"role", g.role}, {"title", g.ownRole}, {"person", g.person}}));
    if (!g.role.empty())
        return send(v, "incident.role", object({{"incident", g.incident}, {"role", g.role}, {"person", g.person}}));
    if (g.keys.empty())
        return usage("assign needs alert keys, --role or --own-role");
    auto params = object({{"person", g.person}, {"reason", g.reason}});
    params["alerts"] = list(g.keys);
    return send(v, "alert.assign", params);
}

int escalate(Verbs &v, const Given &g)
{
    const auto isAlert = [](const std::string &key) { return key.find('/') != std::string::npos && !key.starts_with("escalation/"); };
    if (!g.keys.empty() && std::all_of(g.keys.begin(), g.keys.end(), isAlert)) { // in one record
        auto params = object({{"person", g.person}, {"reason", g.reason}});
        params["alerts"] = list(g.keys);
        if (g.number != 0)
            params["step"] = g.number;
        return send(v, "alert.escalate", params, "id");
    }
    if (!g.keys.empty()) {
        for (const auto &key : g.keys) {
            const unsigned n = escalationOf(key);
            if (n == 0)
                return usage("escalate takes numbers of escalations that run (escalation/2), alert keys, or --incident and --service to start one");
            auto params = object({{"person", g.person}, {"reason", g.reason}});
            params["escalation"] = n;
            if (g.number != 0)
                params["step"] = g.number;
            if (const int exit = send(v, "escalation.next", params); exit != kDone)
                return exit;
        }
        return kDone;
    }
    return send(v, "escalation.start", object({{"incident", g.incident}, {"service", g.service}, {"policy", g.policy}}), "id");
}

int resolve(Verbs &v, const Given &g)
{
    const bool alerts = std::any_of(g.keys.begin(), g.keys.end(), [](const std::string &key) { return key.find('/') != std::string::npos; });
    if (alerts) { // alerts that no connection reports any more
        if (!g.incident.empty())
            return usage("resolve takes one incident, or alert keys");
        auto params = object({{"reason", g.reason}});
        params["alerts"] = list(g.keys);
        return send(v, "alert.close", params);
    }
    if (g.keys.size() + (g.incident.empty() ? 0 : 1) > 1)
        return usage("resolve takes one incident, or alert keys");
    if (!g.keys.empty())
        return send(v, "incident.status", object({{"incident", g.keys.front()}, {"status", "resolved"}, {"reason", g.reason}}));
    return send(v, "incident.status", object({{"incident", g.incident}, {"status", "resolved"}, {"reason", g.reason}}));
}

int status(Verbs &v, const Given &g)
{
    // "status mitigated" of the only one that is open, "status INC-7 mitigated".
    if (g.set.size() > 2 || (g.set.size() == 2 && !g.incident.empty()))
        return usage("status takes one incident and what it is: status INC-7 mitigated");
    const std::string incident = g.set.size() == 2 ? g.set.front() : g.incident;
    return send(v, "incident.status", object({{"incident", incident}, {"status", g.set.back()}, {"reason", g.reason}}));
}

int reopen(Verbs &v, const Given &g)
{
    return send(v, "incident.status", object({{"incident", g.incident}, {"status", "active"}, {"reason", g.reason}}));
}

/// Words as one mark, where a class or readers are given for what is said.
std::string classed(const Given &g, const std::string &words)
{
    const auto level = fromWord<DataClass>(g.level.empty() ? "restricted" : g.level);
    return g.level.empty() && g.readers.empty() ? words : marked(words, level.value_or(DataClass::Restricted), g.readers);
}

std::string written(const Given &g)
{
    return classed(g, g.text);
}

void classOptions(CLI::App &verb, Given &g)
{
    verb.add_option("--class", g.level, "who may read it: public, internal, confidential, restricted or privileged (as restricted); part of a text: [[confidential: words]]")
        ->type_name("CLASS")
        ->check(CLI::IsMember({"public", "internal", "confidential", "restricted", "privileged"}));
    verb.add_option("--for", g.readers, "only these people and teams need to know it; without --class it is restricted")->type_name("WHO")->expected(1)->take_all();
}

int logLine(Verbs &v, const Given &g)
{
    if (!g.entry.empty() && !g.at.empty())
        return usage("log writes a line (--at), or puts one of yours otherwise (--revise), not both");
    if (!g.entry.empty())
        return send(v, "incident.revise", object({{"incident", g.incident}, {"entry", g.entry == "last" ? std::string() : g.entry}, {"text", written(g)}}), "id");
    return send(v, "incident.log", object({{"incident", g.incident}, {"text", written(g)}, {"at", g.at}}));
}

int line(Verbs &v, const Given &g)
{
    return send(v, "incident.line", object({{"incident", g.incident}, {"text", g.text}}));
}

int task(Verbs &v, const Given &g)
{
    auto params = object({{"incident", g.incident}});
    if (g.number != 0) {
        params["task"] = g.number;
        for (auto &[name, value] : object({{"note", written(g)}}))
            params[name] = value;
        return send(v, "task.done", params);
    }
    if (g.accepted != 0) {
        params["task"] = g.accepted;
        return send(v, "task.accept", params);
    }
    if (g.text.empty())
        return usage("task needs a text, --accept N or --done N");
    for (auto &[name, value] : object({{"person", g.person}, {"text", written(g)}, {"due", g.due}}))
        params[name] = value;
    return send(v, "task.assign", params, "id");
}

/// "fail over | effect=reads come back | risk=loses an hour | reversible=no | time=10m | owner=dba", in any order.
std::optional<json::object> cardOf(const std::string &text)
{
    constexpr std::string_view kBetween = " | ", kSaid[] = {"effect", "risk", "reversible", "time", "owner"};
    json::object out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(kBetween, at), text.size());
        const std::string part = text.substr(at, end - at);
        at = end + kBetween.size();
        if (out.empty()) {
            out["text"] = part;
            continue;
        }
        const std::string name = part.substr(0, part.find('='));
        if (name.size() == part.size() || std::find(std::begin(kSaid), std::end(kSaid), name) == std::end(kSaid) || out.contains(name))
            return std::nullopt;
        out[name] = part.substr(name.size() + 1);
    }
    return out;
}

int decide(Verbs &v, const Given &g)
{
    auto params = object({{"incident", g.incident}, {"text", written(g)}});
    json::array cards;
    for (const std::string &option : g.options) {
        auto card = cardOf(option);
        if (!card)
            return usage("--option is \"TEXT | effect=E | risk=R | reversible=yes, partly or no | time=T | owner=O\", each at most once");
        for (const char *said : {"text", "effect", "risk", "time"})
            if (auto *words = card->if_contains(said); words && words->is_string())
                *words = classed(g, std::string(words->as_string()));
        cards.push_back(std::move(*card));
    }
    if (!cards.empty())
        params["options"] = std::move(cards);
    if (g.chosen != 0)
        params["chosen"] = g.chosen;
    if (g.number != 0)
        params["poll"] = g.number;
    std::vector<std::string> rejected;
    for (const std::string &words : g.rejected)
        rejected.push_back(classed(g, words));
    if (!rejected.empty())
        params["rejected"] = list(rejected);
    return send(v, "decision.record", params, "id");
}

int change(Verbs &v, const Given &g)
{
    return send(v, "change.mark", object({{"service", g.service}, {"title", g.title}, {"link", g.link}, {"at", g.at}}));
}

} // namespace

void addCommandVerbs(CLI::App &app, Verbs &verbs)
{
    const auto add = [&](const char *name, const char *about, const std::function<void(CLI::App &, Given &)> &options, int (*act)(Verbs &, const Given &)) {
        return verbs.add<Given>(app, name, about, options, act);
    };
    add("declare", "declare an incident; prints {\"id\":\"INC-…\"}",
        [](CLI::App &verb, Given &g) {
            verb.add_option("--title", g.title, "what is wrong, in one line (required)")->type_name("T");
            verb.add_option("WORDS", g.set)->group(""); // to be told apart, not taken
            verb.add_option("--severity", g.severity, "SEV1 … SEV5 (default SEV3)")->type_name("SEV");
            verb.add_option("--service", g.service, "the service that suffers")->type_name("S");
            verb.add_option("--since", g.since, "since when, RFC 3339")->type_name("T");
            verb.add_option("--alert", g.keys, "alerts that belong to it")->type_name("KEY");
            auto *none = verb.add_flag("--no-room", g.noRoom, "make no chat room");
            verb.add_option("--room", g.room, "a chat room that is there already; none is made")->type_name("ADDRESS")->excludes(none);
            auto *drill = verb.add_flag("--drill", g.drill, "an exercise: marked as such, reaches no pager");
            verb.add_option("--kind", g.kind, "real, drill, example (as a drill, to show how it is done), maintenance (planned) or backfilled (written down afterwards); figures count real ones alone")->type_name("KIND")->excludes(drill);
            verb.add_option("--until", g.until, "of kind backfilled: when it was over, RFC 3339")->type_name("T");
            verb.add_flag("--triage", g.triage, "whether it is an incident is still being found out");
            verb.add_option("--hurt", g.hurt, "are customers hurt? yes, soon or no")->type_name("ANSWER");
            verb.add_option("--how-many", g.howMany, "how many of them? most, some or few")->type_name("ANSWER");
            verb.add_option("--workaround", g.workaround, "is there a workaround? yes or no; without --severity the three answers suggest one")->type_name("ANSWER");
        },
        declare);
    add("room", "make a chat room that is there already a room of an incident; what was said there since the impact began is read; or make one, leave one, or archive it where it is",
        [](CLI::App &verb, Given &g) {
            verb.add_option("--attach", g.room, "its address: name@conference.example.org")->type_name("ADDRESS");
            verb.add_flag("--make", g.make, "make one, as when it was declared, for an incident that has none: no chat was connected or armed then");
            verb.add_option("--leave", g.leave, "leave a room of an incident that is over: nothing is read or written in it any more")->type_name("ADDRESS");
            verb.add_option("--archive", g.archive, "archive it at its platform (Slack, Mattermost) after the last words, then leave it")->type_name("ADDRESS");
            whichIncident(verb, g.incident);
        },
        room);
    add("ack", "acknowledge alerts, the calls of an incident, or escalations",
        [](CLI::App &verb, Given &g) {
            verb.add_option("KEY", g.keys, "alert keys, INC-7, escalation/2")->required();
            verb.add_option("--reason", g.reason, "why")->type_name("R");
        },
        ack);
    add("assign", "give alerts to a person or team, or a role of an incident to a person",
        [](CLI::App &verb, Given &g) {
            verb.add_option("KEY", g.keys, "alert keys");
            verb.add_option("--to", g.person, "person or team")->required()->type_name("PERSON");
            verb.add_option("--role", g.role, "a role of the incident instead: scribe, deputy, communications …")->type_name("ROLE");
            verb.add_option("--own-role", g.ownRole, "… or a role of your own, by any name")->type_name("NAME");
            verb.add_option("--reason", g.reason, "why alerts are given to somebody else")->type_name("R");
            whichIncident(verb, g.incident);
        },
        assign);
    add("escalate", "call people by a policy, or the next step of a running escalation now",
        [](CLI::App &verb, Given &g) {
            verb.add_option("KEY", g.keys, "escalations that run, or alerts that are called for: the next step is wanted now");
            verb.add_option("--step", g.number, "this step of their policy instead of the next")->type_name("N");
            verb.add_option("--to", g.person, "this person instead, whoever the policy names")->type_name("PERSON");
            verb.add_option("--reason", g.reason, "why it does not wait")->type_name("R");
            verb.add_option("--service", g.service, "whose policy")->type_name("S");
            verb.add_option("--policy", g.policy, "this policy")->type_name("P");
            whichIncident(verb, g.incident);
        },
        escalate)
        ->footer("A step their policy does not have is refused, and so are --step and --to together, a call that is over, and alerts that nobody\n"
                 "is called for. Of several alerts' calls those that can go on do, and the others are named.");
    add("summon", "call people or teams by name, for an incident or for alerts, whoever else is called or has answered; each call has its own answer",
        [](CLI::App &verb, Given &g) {
            verb.add_option("PERSON", g.set, "people and teams, by their ids")->required();
            whichIncident(verb, g.incident);
            verb.add_option("--alert", g.keys, "for these alerts instead: one call for each of their groups")->type_name("KEY");
            verb.add_option("--reason", g.reason, "what they are needed for; the page says it")->type_name("R");
        },
        summon)
        ->footer("Somebody asked, so paging = \"observe\" does not keep it back; a connection armed for pages is needed. Prints the id of the first call.");
    add("impact", "correct since when it hurts",
        [](CLI::App &verb, Given &g) {
            verb.add_option("SINCE", g.since, "RFC 3339")->required();
            whichIncident(verb, g.incident);
            verb.add_option("--reason", g.reason, "how that is known")->type_name("R");
        },
        impact);
    // What is corrected is said in words, behind the incident where that is not plain.
    const auto corrected = [](const char *words, const char *shape, const char *why) {
        return [words = std::string("the incident (may be left out while exactly one is open), then ") + words, shape, why](CLI::App &verb, Given &g) {
            verb.add_option("WORDS", g.set, words)->required()->option_text(shape);
            whichIncident(verb, g.incident);
            verb.add_option("--reason", g.reason, why)->type_name("R");
        };
    };
    add("title", "correct what an incident is called", corrected("what is wrong, in quotes", "[INC-N] TITLE", "why"),
        title)
        ->footer("Rooms, lists, the brief and what is written from now on have the new title; what was sent stays as it was. Closed and merged incidents stay as they are.");
    add("service", "correct which service suffers; who owns it is called", corrected("the service: its id or an alias", "[INC-N] SERVICE", "how that is known"),
        service)
        ->footer("Status pages, the map, rights, clearance and clocks follow. While the incident is active whose it is now is called, unless their policy runs for it already;\n"
                 "calls for the service it was thought to be that nobody answered end then, and whom they reached is told. Once it is mitigated nobody is called.");
    add("resolve", "an incident is over; or alerts that no connection reports any more are",
        [](CLI::App &verb, Given &g) {
            verb.add_option("KEY", g.keys, "the incident (may be left out while exactly one is open), or alert keys");
            whichIncident(verb, g.incident);
            verb.add_option("--reason", g.reason, "what ended it")->type_name("R");
        },
        resolve)
        ->footer("An alert that a connection still reports is refused with that connection's name, for only its source can say that it is over:\n"
                 "acknowledge it, or silence it there. One that a pager of record holds is resolved there where a connection is armed for it. One\n"
                 "that is resolved already is refused. Of several alerts those that can be are resolved, and the others are named.");
    add("status", "what an incident is: active, mitigated, resolved, closed, or cancelled (it was none); undo takes it back",
        [](CLI::App &verb, Given &g) {
            verb.add_option("WORDS", g.set, "the incident (may be left out while exactly one is open), then what it is")->required()->option_text("[INC-N] STATUS");
            whichIncident(verb, g.incident);
            verb.add_option("--reason", g.reason, "why; needed for cancelled")->type_name("R");
        },
        status);
    add("reopen", "a resolved incident is active again",
        [](CLI::App &verb, Given &g) {
            verb.add_option("INCIDENT,--incident", g.incident, "which (may be left out while exactly one is open)");
            verb.add_option("--reason", g.reason, "why")->type_name("R");
        },
        reopen);
    add("again", "an incident that is over is back: declare a new one that is linked to it; prints {\"id\":\"INC-…\"}",
        [](CLI::App &verb, Given &g) {
            verb.add_option("INCIDENT,--incident", g.incident, "the one that is over, and stays so")->required();
            verb.add_option("--title", g.title, "what is wrong; as before unless given")->type_name("T");
            verb.add_option("--severity", g.severity, "SEV1 … SEV5; as before unless given")->type_name("SEV");
            verb.add_option("--service", g.service, "the service that suffers; as before unless given")->type_name("S");
            verb.add_option("--alert", g.keys, "alerts that belong to it; those of the one before that fire again unless given")->type_name("KEY");
            verb.add_flag("--no-room", g.noRoom, "make no chat room");
        },
        again)
        ->footer("`reopen` goes on with the incident itself instead. Both are offered when its alerts fire again within 30 minutes.");
    add("log", "write a line into an incident's log",
        [](CLI::App &verb, Given &g) {
            verb.add_option("TEXT", g.text, "the line, verbatim")->required();
            verb.add_option("--at", g.at, "what it is about was then, earlier: RFC 3339; both times are shown")->type_name("INSTANT");
            verb.add_option("--revise", g.entry, "instead of a new line: put this line of yours otherwise (entry/12, last); what it said stays with it")->type_name("ENTRY");
            classOptions(verb, g);
            whichIncident(verb, g.incident);
        },
        logLine);
    add("line", "the one-line instrument: a log line, @who task 10m, ? hypothesis, ! decision, > audience 20m",
        [](CLI::App &verb, Given &g) {
            verb.add_option("TEXT", g.text, "the line")->required();
            whichIncident(verb, g.incident);
        },
        line);
    add("task", "give somebody a task, say that you are on yours, or that one is done",
        [](CLI::App &verb, Given &g) {
            verb.add_option("TEXT", g.text, "what is to be done; with --done: what came of it");
            verb.add_option("--to", g.person, "person or team")->type_name("PERSON");
            verb.add_option("--due", g.due, "back in so long: 10m")->type_name("SPAN");
            auto *done = verb.add_option("--done", g.number, "task N is done")->type_name("N");
            verb.add_option("--accept", g.accepted, "you are on task N, which was given to you or to a team of yours")->type_name("N")->excludes(done);
            classOptions(verb, g);
            whichIncident(verb, g.incident);
        },
        task);
    add("decide", "record a decision",
        [](CLI::App &verb, Given &g) {
            verb.add_option("TEXT", g.text, "what was decided")->required();
            classOptions(verb, g);
            verb.add_option("--poll", g.number, "the poll it is made on; closes it")->type_name("N");
            verb.add_option("--not", g.rejected, "what else was weighed, and why not; may be repeated")->type_name("OPTION: WHY");
            verb.add_option("--option", g.options, "a way that was weighed, as a card: TEXT | effect=E | risk=R | reversible=yes | time=10m | owner=O; may be repeated")->type_name("CARD")->expected(1)->take_all();
            verb.add_option("--chosen", g.chosen, "which of the options it is, from 1; the others are kept as what was not chosen")->type_name("N");
            whichIncident(verb, g.incident);
        },
        decide);
    add("change", "mark a change: a deploy, a switch, a migration",
        [](CLI::App &verb, Given &g) {
            verb.add_option("--service", g.service, "what was changed")->required()->type_name("S");
            verb.add_option("--title", g.title, "in one line")->required()->type_name("T");
            verb.add_option("--link", g.link, "more about it")->type_name("U");
            verb.add_option("--at", g.at, "when, RFC 3339 (default: now)")->type_name("INSTANT");
        },
        change);
}

} // namespace qd::app
