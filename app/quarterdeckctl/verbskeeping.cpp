// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"

#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace qd::app {

namespace {

struct EraseGiven {
    std::vector<std::string> streams, incidents, days;
    std::string reason, yes;
    bool expired = false;
};

struct RetentionGiven {
    bool due = false, json = false;
};

struct StrikeGiven {
    std::string incident, entry, reason, yes;
    bool expired = false;
};

struct ClassifyGiven {
    std::vector<std::string> line, readers;
    std::string level, reason;
};

struct HoldGiven {
    std::string scope, incident, matter, custodian, reason;
    unsigned number = 0;
    bool json = false;
};

constexpr std::size_t kExpiredAtOnce = 1000; ///< as many as one record takes; the rest with the next call

/// What cannot be undone is typed once more.
bool isConfirmed(const std::string &name, const std::string &yes)
{
    if (!yes.empty())
        return yes == name;
    if (isatty(STDIN_FILENO) == 0)
        return false;
    std::fprintf(stderr, "%s will be erased for ever. Type its name to go on: ", name.c_str());
    std::string typed;
    return std::getline(std::cin, typed) && typed == name;
}

std::string incidentStream(const std::string &id)
{
    return "incident/" + (id.find_first_not_of("0123456789") == std::string::npos ? "INC-" + id : id);
}

/// What goes when; the items of `keeping.retention`.
Called retentionOf(Verbs &verbs, json::array &items)
{
    Called got = callCore(verbs, "keeping.retention", "{}");
    if (got.exit == kDone)
        items = json::parse(got.json).at("items").as_array();
    return got;
}

int retention(Verbs &verbs, const RetentionGiven &given)
{
    json::array items;
    const Called got = retentionOf(verbs, items);
    if (got.exit != kDone)
        return got.exit;
    if (given.json) {
        std::printf("%s\n", got.json.c_str());
        return kDone;
    }
    for (const auto &item : items) {
        const auto text = [&](const char *name) { return item.at(name).is_string() ? std::string(item.at(name).as_string()) : std::string("-"); };
        if (given.due && !item.at("due").as_bool())
            continue;
        const std::string held = text("heldBy"), when = item.at("expires").is_null() ? (item.at("endedAt").is_null() ? "not over" : "for ever") : text("expires");
        std::printf("%-24s %-9s %-22s %s\n", text("stream").c_str(), text("class").c_str(), when.c_str(), held.empty() ? item.at("due").as_bool() ? "due" : "" : ("kept by " + held).c_str());
    }
    const json::value all = json::parse(got.json);
    for (const auto &m : all.at("messages").as_array()) {
        if (given.due && !m.at("due").as_bool())
            continue;
        const std::string held(m.at("heldBy").as_string()), when = m.at("expires").is_null() ? "not over" : std::string(m.at("expires").as_string());
        std::printf("%-24s %-9s %-22s %s\n", (std::string(m.at("incident").as_string()) + " record " + std::string(m.at("entry").as_string())).c_str(), std::string(m.at("class").as_string()).c_str(), when.c_str(),
                    held.empty() ? m.at("due").as_bool() ? "due" : "" : ("kept by " + held).c_str());
    }
    return kDone;
}

int erase(Verbs &verbs, const EraseGiven &given)
{
    std::vector<std::string> streams = given.streams;
    if (given.expired) {
        json::array items;
        const Called got = retentionOf(verbs, items);
        if (got.exit != kDone)
            return got.exit;
        for (const auto &item : items)
            if (item.at("due").as_bool() && streams.size() < kExpiredAtOnce)
                streams.emplace_back(item.at("stream").as_string());
        if (streams.empty()) {
            std::fprintf(stderr, "quarterdeckctl: nothing is kept beyond its time; `quarterdeckctl retention` shows what goes when.\n");
            return kDone;
        }
    }
    for (const auto &i : given.incidents)
        streams.push_back(incidentStream(i));
    for (const auto &d : given.days)
        streams.push_back("alerts/" + d);
    if (streams.empty()) {
        std::fprintf(stderr, "quarterdeckctl: say what is erased: --stream, --incident, --day or --expired\n");
        return kUsage;
    }
    std::string name;
    json::array list;
    for (const auto &s : streams) {
        name += (name.empty() ? "" : ",") + s;
        list.emplace_back(s);
    }
    if (!isConfirmed(name, given.yes)) {
        std::fprintf(stderr, "quarterdeckctl: erasing cannot be undone; confirm it with: --yes %s\n", name.c_str());
        return kUsage;
    }
    return send(verbs, "keeping.erase", {{"streams", std::move(list)}, {"reason", given.reason}}, "seq");
}

/// Messages whose time is over, record by record: each is a strike of its own.
int strikeExpired(Verbs &verbs, const StrikeGiven &given)
{
    const Called got = callCore(verbs, "keeping.retention", "{}");
    if (got.exit != kDone)
        return got.exit;
    const json::value all = json::parse(got.json);
    std::vector<std::pair<std::string, std::string>> due;
    std::size_t files = 0;
    for (const auto &m : all.at("messages").as_array())
        if (m.at("due").as_bool() && due.size() < kExpiredAtOnce) {
            due.emplace_back(m.at("incident").as_string(), m.at("entry").as_string());
            files += m.at("class").as_string() == "evidence" ? 1 : 0;
        }
    if (due.empty()) {
        std::fprintf(stderr, "quarterdeckctl: no message and no file is kept beyond its time; `quarterdeckctl retention` shows what goes when.\n");
        return kDone;
    }
    const std::size_t messages = due.size() - files;
    std::string name = messages > 0 ? "messages/" + std::to_string(messages) : std::string();
    if (files > 0)
        name += (name.empty() ? "" : ",") + ("evidence/" + std::to_string(files));
    if (!isConfirmed(name, given.yes)) {
        std::fprintf(stderr, "quarterdeckctl: striking cannot be undone; confirm %zu records with: --yes %s\n", due.size(), name.c_str());
        return kUsage;
    }
    int outcome = kDone;
    for (const auto &[incident, entry] : due) {
        const int struck = send(verbs, "keeping.strike", {{"incident", incident}, {"entry", entry}, {"reason", given.reason}}, "seq"); // says by itself why not
        if (struck != kDone && struck != kRefused)
            return struck;
        if (struck == kRefused) { // what cannot be struck keeps nothing else
            std::fprintf(stderr, "quarterdeckctl: record %s of %s is not struck.\n", entry.c_str(), incident.c_str());
            outcome = kRefused;
        }
    }
    return outcome;
}

int strike(Verbs &verbs, const StrikeGiven &given)
{
    if (given.expired)
        return strikeExpired(verbs, given);
    if (given.entry.empty()) {
        std::fprintf(stderr, "quarterdeckctl: say what is struck: --entry, or --expired\n");
        return kUsage;
    }
    return send(verbs, "keeping.strike", {{"incident", given.incident}, {"entry", given.entry}, {"reason", given.reason}}, "seq");
}

int classify(Verbs &verbs, const ClassifyGiven &given)
{
    if (given.level.empty() && given.readers.empty()) {
        std::fprintf(stderr, "quarterdeckctl: say the class: --class, or --for whom alone it is\n");
        return kUsage;
    }
    const bool isNamed = given.line.size() == 2;
    const std::string incident = isNamed ? incidentStream(given.line.front()).substr(std::string_view("incident/").size()) : std::string();
    return send(verbs, "incident.classify",
                {{"incident", incident}, {"entry", given.line.back()}, {"class", given.level}, {"people", list(given.readers)}, {"reason", given.reason}}, "seq");
}

int place(Verbs &verbs, const HoldGiven &given)
{
    const std::string scope = given.incident.empty() ? given.scope : incidentStream(given.incident);
    if (scope.empty()) {
        std::fprintf(stderr, "quarterdeckctl: say what is held: --scope or --incident\n");
        return kUsage;
    }
    return send(verbs, "hold.place", {{"scope", scope}, {"matter", given.matter}, {"custodian", given.custodian}, {"reason", given.reason}}, "id");
}

int release(Verbs &verbs, const HoldGiven &given)
{
    return send(verbs, "hold.release", {{"hold", given.number}, {"reason", given.reason}}, nullptr);
}

int listHolds(Verbs &verbs, const HoldGiven &given)
{
    const Called got = callCore(verbs, "get", json::serialize(json::object{{"what", "holds"}}));
    if (got.exit != kDone)
        return got.exit;
    if (given.json) {
        std::printf("%s\n", got.json.c_str());
        return kDone;
    }
    const auto answer = json::parse(got.json);
    for (const auto &item : answer.at("items").as_array()) {
        const auto text = [&](const char *name) { return std::string(item.at(name).as_string()); };
        std::printf("%lld  %s  %s  %s  %s\n", static_cast<long long>(item.at("hold").to_number<std::int64_t>()), text("scope").c_str(), text("matter").c_str(),
                    text("custodian").c_str(), text("reason").c_str());
    }
    return kDone;
}

} // namespace

void addKeepingVerbs(CLI::App &app, Verbs &verbs)
{
    verbs.add<EraseGiven>(
        app, "erase", "destroy the keys of whole streams, for ever; what is active of a day lives on",
        [](CLI::App &verb, EraseGiven &g) {
            verb.add_option("--stream", g.streams, "incident/INC-7, alerts/2026-11-23, person/ID")->type_name("NAME");
            verb.add_option("--incident", g.incidents, "an incident that is over")->type_name("INC");
            verb.add_option("--day", g.days, "a day's alerts, before today (UTC)")->type_name("YYYY-MM-DD");
            verb.add_flag("--expired", g.expired, "everything whose retention is over and no hold covers");
            verb.add_option("--reason", g.reason, "why; it stays in the record")->required();
            verb.add_option("--yes", g.yes, "the streams' names again, with commas: it cannot be undone")->type_name("NAME");
        },
        erase);
    verbs.add<RetentionGiven>(
        app, "retention", "what is kept until when, by the workspace's rules, and what a hold keeps",
        [](CLI::App &verb, RetentionGiven &g) {
            verb.add_flag("--due", g.due, "only what may go now");
            verb.add_flag("--json", g.json, "as JSON");
        },
        retention)
        ->footer("Nothing goes by itself: `erase --expired` lets go of what is due, and `strike --expired` of messages and of files kept as evidence. After that the record still says that there was something, when, and of\n"
                 "what kind (`get erasures`), and verify names the hole.");
    verbs.add<StrikeGiven>(
        app, "strike", "destroy one text with its edits and copies; the entry stays, as struck",
        [](CLI::App &verb, StrikeGiven &g) {
            verb.add_option("--incident", g.incident, "the incident (default: a text of none, such as a change marker or the reason of an ack)")->type_name("INC");
            verb.add_option("--entry", g.entry, "the record's number as `get timeline` shows it, or SEQ.N for its N-th text")->type_name("SEQ[.N]");
            verb.add_flag("--expired", g.expired, "the messages and files whose retention is over and no hold covers, record by record");
            verb.add_option("--yes", g.yes, "of --expired: messages/N,evidence/N as it is asked for, again: it cannot be undone")->type_name("NAME");
            verb.add_option("--reason", g.reason, "why; it stays in the record")->required();
        },
        strike)
        ->footer("A message or a line that seems to hold a password, a token or a key is followed by a line of kind \"secret\" (`get timeline`) with the command that\n"
                 "strikes it. What stands in the room itself is deleted there, and the secret is changed where it is used.");
    verbs.add<ClassifyGiven>(
        app, "classify", "class a line that was written before, or a message, with its edits and copies: it reads so from now on, also in the past",
        [](CLI::App &verb, ClassifyGiven &g) {
            verb.add_option("LINE", g.line, "[INC-N] and the line: its record's number as `get timeline` shows it, SEQ.N for its N-th text, or its reference (entry/12)")->required()->expected(1, 2);
            verb.add_option("--class", g.level, "who may read it: public, internal (no class any more), confidential, restricted or privileged (as restricted)")
                ->type_name("CLASS")
                ->check(CLI::IsMember({"public", "internal", "confidential", "restricted", "privileged"}));
            verb.add_option("--for", g.readers, "only these people and teams need to know it; without --class it is restricted")->type_name("WHO")->expected(1)->take_all();
            verb.add_option("--reason", g.reason, "why; it stays in the record");
        },
        classify)
        ->footer("Nobody who may not read the class finds it any more: not in the timeline, searches, drafts, exports, nor at any instant of the past. What had left before\n"
                 "cannot be called back; the answer names where it stands. Raising a class is for whoever responds, lowering it for who commands and may read the line.");
    CLI::App *hold = app.add_subcommand("hold", "what may not be erased or struck");
    hold->fallthrough();
    hold->require_subcommand(1);
    verbs.add<HoldGiven>(
        *hold, "add", "place a hold; prints its id",
        [](CLI::App &verb, HoldGiven &g) {
            verb.add_option("--scope", g.scope, "a stream and all below it: alerts, alerts/2026-11-23, incident/INC-7, or * for everything")->type_name("NAME");
            verb.add_option("--incident", g.incident, "short for --scope incident/INC")->type_name("INC");
            verb.add_option("--matter", g.matter, "the case or request it is for")->required();
            verb.add_option("--custodian", g.custodian, "who answers for it");
            verb.add_option("--reason", g.reason, "why")->required();
        },
        place);
    verbs.add<HoldGiven>(
        *hold, "remove", "release a hold",
        [](CLI::App &verb, HoldGiven &g) {
            verb.add_option("HOLD", g.number, "its number")->required();
            verb.add_option("--reason", g.reason, "why")->required();
        },
        release);
    verbs.add<HoldGiven>(*hold, "list", "the holds in force", [](CLI::App &verb, HoldGiven &g) { verb.add_flag("--json", g.json, "as JSON"); }, listHolds);
}

} // namespace qd::app
