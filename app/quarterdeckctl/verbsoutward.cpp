// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"
#include "core/comms/handcopy.h"
#include "core/comms/redline.h"

#include <algorithm>
#include <cstdio>

/// What is said to people outside: updates by template, messages with their approvals, links that are pinned.
namespace qd::app {

namespace {

struct OutwardGiven {
    std::string incident, updateTemplate, copy, byHand, posted;
    std::vector<std::string> set;
    std::string title, text, audience, embargo, expires, phase, stage, hash, reason, holding, url, file;
    std::vector<std::string> to, tell, titles, texts;
    std::uint32_t message = 0, update = 0;
    bool draft = false, carry = false, json = false, breakGlass = false, removeMarked = false;
};

bool valuesOf(const OutwardGiven &g, json::object &values)
{
    for (const auto &each : g.set) {
        const auto equals = each.find('=');
        if (equals == std::string::npos || equals == 0)
            return false;
        values[each.substr(0, equals)] = each.substr(equals + 1);
    }
    return true;
}

std::string joinedTexts(const json::value &list)
{
    std::string out;
    for (const json::value &v : list.as_array())
        out += (out.empty() ? "" : ", ") + std::string(v.as_string());
    return out;
}

/// What is missing, each with what it is asked for with.
std::string missingOf(const json::value &answer)
{
    std::string out;
    for (const json::value &v : answer.at("missing").as_array()) {
        out += (out.empty() ? "" : ", ") + std::string(v.as_string());
        for (const json::value &f : answer.at("fields").as_array())
            if (const std::string hint = textOf(f, "hint"); f.at("name") == v && !hint.empty())
                out += " (" + hint + ")";
    }
    return out;
}

/// How it reads now, then what is to be known of it, on stderr, so that the text alone can be piped on.
int showDraft(Verbs &v, const OutwardGiven &g, const json::object &values)
{
    json::object p = object({{"incident", g.incident}, {"template", g.updateTemplate}});
    p["set"] = values;
    p["carry"] = g.draft; // a copy of what is given stays what is given
    bool isPlace = true;
    (void)comms::handPlace(g.copy, isPlace);
    if (!g.copy.empty() && !isPlace)
        return usage("--copy takes slack, teams, mail or plain");
    if (g.removeMarked)
        p["removeMarked"] = true;
    const Called called = callCore(v, "update.draft", json::serialize(p));
    if (called.exit != kDone)
        return called.exit;
    if (g.json) {
        printJson(called.json);
        return kDone;
    }
    const json::value answer = json::parse(called.json);
    if (!g.copy.empty()) {
        const json::value *copy = answer.at("copies").as_object().if_contains(g.copy);
        if (!copy)
            return refuse({Code::Invalid, textOf(answer, "copyProblem"), {}});
        std::printf("%s\n", copy->as_string().c_str());
    } else {
        std::printf("%s\n", textOf(answer, "text").c_str());
    }
    for (const json::value &place : answer.at("goesTo").as_array())
        std::fprintf(stderr, "goes to: %s%s\n", textOf(place, "name").c_str(), textOf(place, "why").empty() ? "" : (", not now: " + textOf(place, "why")).c_str());
    if (const std::string missing = missingOf(answer); !missing.empty())
        std::fprintf(stderr, "missing: %s\n", missing.c_str());
    if (const std::string unknown = joinedTexts(answer.at("unknown")); !unknown.empty())
        std::fprintf(stderr, "not known yet: %s\n", unknown.c_str());
    for (const json::value &l : answer.at("lengths").as_array())
        std::fprintf(stderr, "length: %llu of %llu characters (%s)%s\n", static_cast<unsigned long long>(l.at("characters").to_number<std::uint64_t>()),
                     static_cast<unsigned long long>(l.at("most").to_number<std::uint64_t>()), textOf(l, "place").c_str(),
                     l.at("over").as_bool() ? (": " + textOf(l, "beyond")).c_str() : "");
    for (const json::value &a : answer.at("advice").as_array())
        std::fprintf(stderr, "advice: %s: \"%s\": %s\n", textOf(a, "kind").c_str(), textOf(a, "words").c_str(), textOf(a, "say").c_str());
    if (!answer.at("last").is_null()) {
        std::vector<comms::Piece> pieces;
        for (const json::value &d : answer.at("difference").as_array()) {
            const std::string change = textOf(d, "change");
            pieces.push_back({change == "added" ? comms::Change::Added : change == "removed" ? comms::Change::Removed : comms::Change::Same, textOf(d, "text")});
        }
        std::fprintf(stderr, "since update %llu, %.16s UTC:\n%s\n", static_cast<unsigned long long>(answer.at("last").at("update").to_number<std::uint64_t>()),
                     textOf(answer.at("last"), "at").c_str(), comms::differs(pieces) ? comms::toText(pieces).c_str() : "nothing is new");
    }
    if (const std::string problem = textOf(answer, "problem"); !problem.empty())
        std::fprintf(stderr, "not to be sent yet: %s\n", problem.c_str());
    return kDone;
}

/// What was sent or released, as it is put somewhere by hand.
int showCopy(Verbs &v, const OutwardGiven &g)
{
    json::object p = object({{"incident", g.incident}});
    if (g.update != 0)
        p["update"] = g.update;
    if (g.message != 0)
        p["message"] = g.message;
    const Called called = callCore(v, "text.copy", json::serialize(p));
    if (called.exit != kDone)
        return called.exit;
    const json::value answer = json::parse(called.json);
    const json::value *copy = answer.at("copies").as_object().if_contains(g.copy);
    if (!copy)
        return usage("--copy takes slack, teams, mail or plain");
    std::printf("%s\n", copy->as_string().c_str());
    return kDone;
}

int update(Verbs &v, const OutwardGiven &g)
{
    if (!g.copy.empty() && g.updateTemplate.empty())
        return showCopy(v, g);
    if (!g.posted.empty()) {
        json::object p = object({{"incident", g.incident}, {"where", g.posted}});
        if (g.update != 0)
            p["update"] = g.update;
        return send(v, "update.posted", p, "id");
    }
    if (g.updateTemplate.empty())
        return usage("update needs --template T, or for one that was sent --copy PLACE or --posted WHERE");
    json::object values;
    if (!valuesOf(g, values))
        return usage("--set is NAME=VALUE");
    if (g.draft || !g.copy.empty())
        return showDraft(v, g, values);
    json::object p = object({{"incident", g.incident}, {"template", g.updateTemplate}, {"byHand", g.byHand}});
    p["set"] = std::move(values);
    if (g.removeMarked)
        p["removeMarked"] = true;
    return send(v, "update.send", p, "id");
}

int draftMessage(Verbs &v, const OutwardGiven &g)
{
    json::object p = object({{"incident", g.incident}, {"audience", g.audience}, {"embargo", g.embargo}, {"expires", g.expires}, {"phase", g.phase}});
    for (const auto &[one, many, given] : {std::tuple<const char *, const char *, const std::vector<std::string> &>{"title", "titles", g.titles}, {"text", "texts", g.texts}}) {
        json::object others = textsByLanguage(given);
        if (const json::value *first = others.if_contains("")) {
            p[one] = *first;
            others.erase("");
        }
        if (!others.empty())
            p[many] = std::move(others);
    }
    if (g.message != 0)
        p["message"] = g.message;
    if (!g.hash.empty())
        p["hash"] = g.hash;
    if (!g.to.empty())
        p["to"] = list(g.to);
    if (g.removeMarked)
        p["removeMarked"] = true;
    return send(v, "message.draft", p, "id");
}

int judge(Verbs &v, const OutwardGiven &g, bool approved)
{
    json::object p = object({{"incident", g.incident}, {"stage", g.stage}, {"hash", g.hash}, {"reason", g.reason}});
    p["message"] = g.message;
    p["approved"] = approved;
    return send(v, "message.judge", p, "id");
}

int approve(Verbs &v, const OutwardGiven &g) { return judge(v, g, true); }
int reject(Verbs &v, const OutwardGiven &g) { return judge(v, g, false); }

int release(Verbs &v, const OutwardGiven &g)
{
    json::object p = object({{"incident", g.incident}, {"holding", g.holding}, {"hash", g.hash}, {"reason", g.reason}});
    if (g.message != 0)
        p["message"] = g.message;
    if (g.breakGlass)
        p["breakGlass"] = true;
    if (!g.tell.empty())
        p["tell"] = list(g.tell);
    return send(v, "message.release", p, "id");
}

int withdraw(Verbs &v, const OutwardGiven &g)
{
    json::object p = object({{"incident", g.incident}, {"reason", g.reason}});
    p["message"] = g.message;
    return send(v, "message.withdraw", p, "id");
}

/// All that is approved of a version: its text in every language.
std::string wholeText(const json::value &version)
{
    std::string out = textOf(version, "title") + "\n\n" + textOf(version, "text");
    const json::object &titles = version.at("titles").as_object();
    for (const auto &[language, text] : version.at("texts").as_object()) {
        const json::value *title = titles.if_contains(language);
        out += "\n\n[" + std::string(language) + "]" + (title ? " " + std::string(title->as_string()) : std::string()) + "\n\n" + std::string(text.as_string());
    }
    return out;
}

int showMessage(Verbs &v, const OutwardGiven &g)
{
    if (!g.copy.empty())
        return g.message != 0 ? showCopy(v, g) : usage("message show --copy needs the message's number");
    const Called called = callCore(v, "get", json::serialize(object({{"what", "messages"}, {"incident", g.incident}})));
    if (called.exit != kDone)
        return called.exit;
    const json::value answer = json::parse(called.json);
    bool found = false;
    for (const json::value &m : answer.at("items").as_array()) {
        if (g.message != 0 && m.at("message").to_number<std::uint32_t>() != g.message)
            continue;
        found = true;
        if (g.json) {
            printJson(json::serialize(m));
            continue;
        }
        std::printf("%s message/%u, version %u, for %s: %s\nto %s\nhash %s\n", textOf(m, "incident").c_str(), m.at("message").to_number<std::uint32_t>(),
                    m.at("version").to_number<std::uint32_t>(), textOf(m, "audience").c_str(), textOf(m, "state").c_str(), joinedTexts(m.at("to")).c_str(), textOf(m, "hash").c_str());
        if (const std::string phase = textOf(m, "phase"); !phase.empty())
            std::printf("says that it is %s\n", phase.c_str());
        for (const char *when : {"embargo", "expires", "releasedAt", "sentAt", "endedAt"})
            if (const std::string at = textOf(m, when); !at.empty())
                std::printf("%s %s\n", when, at.c_str());
        if (const std::string at = textOf(m, "heldAt"); !at.empty() && textOf(m, "releasedAt").empty())
            std::printf("held back %s: %s\n", at.c_str(), textOf(m, "held").c_str());
        const json::array &versions = m.at("versions").as_array();
        if (!versions.empty())
            std::printf("\n%s\n", wholeText(versions.back()).c_str());
        if (versions.size() > 1) {
            const json::value &before = versions[versions.size() - 2];
            std::printf("\nAgainst version %u:\n%s\n", before.at("version").to_number<std::uint32_t>(),
                        comms::toText(comms::redline(wholeText(before), wholeText(versions.back()))).c_str());
        }
        std::printf("\n");
        for (const json::value &s : m.at("stages").as_array())
            std::printf("%-20s  %-8s  %s%s\n", textOf(s, "name").c_str(), textOf(s, "state").c_str(),
                        textOf(s, "by").empty() ? ("asked of " + joinedTexts(s.at("approvers"))).c_str() : ("by " + textOf(s, "by")).c_str(), s.at("late").as_bool() ? ", late" : "");
        for (const json::value &b : m.at("blocks").as_array())
            if (textOf(m, "releasedAt").empty())
                std::printf("  %s\n", b.as_string().c_str());
    }
    if (found)
        return kDone;
    return refuse({Code::NotFound, "There is no such message; `get messages` lists them.", {}});
}

int pin(Verbs &v, const OutwardGiven &g)
{
    return send(v, "incident.pin", object({{"incident", g.incident}, {"title", g.title}, {"url", g.url}}));
}

} // namespace

void addOutwardVerbs(CLI::App &app, Verbs &verbs)
{
    verbs.add<OutwardGiven>(
        app, "update", "send a stakeholder update from a template, or see how it would read",
        [](CLI::App &verb, OutwardGiven &g) {
            verb.add_option("--template", g.updateTemplate, "which template")->type_name("T");
            verb.add_option("--set", g.set, "a field of the template; K=? says that it is not known yet; may be repeated")->type_name("K=V")->expected(1)->take_all();
            verb.add_flag("--draft", g.draft, "send nothing: how it would read, going on from the last one, with what is missing, what might be said better, and what is new");
            verb.add_option("--copy", g.copy, "send nothing: how it would read where it is put by hand: slack, teams, mail, plain; without --template one that was sent")->type_name("PLACE");
            verb.add_option("--by-hand", g.byHand, "record it as posted there by hand; it is written nowhere by us")->type_name("WHERE");
            verb.add_option("--posted", g.posted, "an update that was sent was also posted there by hand")->type_name("WHERE");
            verb.add_option("--update", g.update, "which one --posted or --copy is about (default: the newest)")->type_name("N");
            verb.add_flag("--json", g.json, "of --draft: everything, as JSON");
            verb.add_flag("--remove-marked", g.removeMarked, "send or copy it without what is marked above its readers' clearance");
            whichIncident(verb, g.incident);
        },
        update);
    verbs.add<OutwardGiven>(
        app, "pin", "pin an address everybody in the incident needs; without one it is taken back",
        [](CLI::App &verb, OutwardGiven &g) {
            verb.add_option("TITLE", g.title, "what it is: conference, dashboard")->required();
            verb.add_option("--url", g.url, "http or https")->type_name("U");
            whichIncident(verb, g.incident);
        },
        pin);
    CLI::App *message = app.add_subcommand("message", "texts for outside: drafted, approved, released");
    message->fallthrough();
    message->require_subcommand(1);
    const auto numbered = [](CLI::App &verb, OutwardGiven &g, bool isRequired) {
        CLI::Option *o = verb.add_option("N", g.message, "the message's number");
        if (isRequired)
            o->required();
        whichIncident(verb, g.incident);
    };
    verbs.add<OutwardGiven>(
        *message, "draft", "a text for outside, or a further version of one",
        [numbered](CLI::App &verb, OutwardGiven &g) {
            numbered(verb, g, false);
            verb.add_option("--title", g.titles, "what it is called; de=T in another language; may be repeated")->type_name("T")->expected(1)->take_all();
            verb.add_option("--text", g.texts, "what is said; de=TEXT in another language of the workspace's pages, de= takes it away; may be repeated")->type_name("TEXT")->expected(1)->take_all();
            verb.add_option("--audience", g.audience, "to whom (default: customers)")->type_name("A");
            verb.add_option("--to", g.to, "where it goes: rooms, room:CONNECTION/ROOM, page:ID, mail:ID, webhook:NAME; may be repeated")->type_name("PLACE")->expected(1)->take_all();
            verb.add_option("--embargo", g.embargo, "it goes out no sooner: a span or RFC 3339; none")->type_name("T");
            verb.add_option("--expires", g.expires, "it is not true any longer: a span or RFC 3339; none")->type_name("T");
            verb.add_option("--phase", g.phase, "how far it says that it is: investigating, identified, monitoring, resolved; none")->type_name("P");
            verb.add_option("--hash", g.hash, "of the version you go on from, or 12 and more digits of it; refused when another was written meanwhile")->type_name("H");
            verb.add_flag("--remove-marked", g.removeMarked, "take out what is marked above its readers' clearance");
        },
        draftMessage);
    const auto judging = [numbered](CLI::App &verb, OutwardGiven &g) {
        numbered(verb, g, true);
        verb.add_option("--stage", g.stage, "which check (default: the one that is yours)")->type_name("S");
        verb.add_option("--hash", g.hash, "of the text you read, or 12 and more digits of it; needed once it was changed")->type_name("H");
        verb.add_option("--reason", g.reason, "why; needed to reject")->type_name("R");
    };
    verbs.add<OutwardGiven>(*message, "approve", "give a check to the newest version", judging, approve);
    verbs.add<OutwardGiven>(*message, "reject", "refuse a check to the newest version, or take it back before it is sent", judging, reject);
    verbs.add<OutwardGiven>(
        *message, "release", "let it go out, or a holding statement of the workspace",
        [numbered](CLI::App &verb, OutwardGiven &g) {
            numbered(verb, g, false);
            verb.add_option("--holding", g.holding, "a statement of the workspace, word for word; whoever commands releases it alone")->type_name("ID");
            verb.add_option("--hash", g.hash, "of the text you read, or 12 and more digits of it; of a statement: holdingHashes of get incidents")->type_name("H");
            verb.add_flag("--break-glass", g.breakGlass, "without its approvals; an alarm says so until they are given");
            verb.add_option("--reason", g.reason, "why the glass is broken")->type_name("R");
            verb.add_option("--tell", g.tell, "who is told that it was; two at least")->type_name("PERSON")->expected(1)->take_all();
        },
        release);
    verbs.add<OutwardGiven>(
        *message, "withdraw", "it is not released, or is no longer true",
        [numbered](CLI::App &verb, OutwardGiven &g) {
            numbered(verb, g, true);
            verb.add_option("--reason", g.reason, "why")->required()->type_name("R");
        },
        withdraw);
    verbs.add<OutwardGiven>(
        *message, "show", "its text, what changed, who has approved what, and what blocks it",
        [numbered](CLI::App &verb, OutwardGiven &g) {
            numbered(verb, g, false);
            verb.add_flag("--json", g.json, "as get messages has it");
            verb.add_option("--copy", g.copy, "what was released, as it is put somewhere by hand: slack, teams, mail, plain")->type_name("PLACE");
        },
        showMessage);
}

} // namespace qd::app
