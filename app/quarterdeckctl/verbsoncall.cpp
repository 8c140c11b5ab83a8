// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"
#include "app/quarterdeckctl/workspacefile.h"

#include "core/base/momenttext.h"
#include "core/base/ports.h"
#include "core/workspace/files.h"
#include "core/workspace/roster.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

namespace qd::app {

namespace {

constexpr std::size_t kFileLimit = 3u << 20; ///< bytes of a file to import; the core says what it takes of them

struct OncallGiven {
    std::string schedule, from, until, replace, reason, person, with, withFrom, withUntil, service, alert, team, policy, severity, at, file, name, out;
    std::vector<std::string> people;
    unsigned number = 0;
    bool temporary = false, json = false, apply = false;
};

int overrideSchedule(Verbs &v, const OncallGiven &g)
{
    auto params = object({{"schedule", g.schedule}, {"from", g.from}, {"until", g.until}, {"replace", g.replace}, {"reason", g.reason}});
    if (!g.people.empty())
        params["people"] = list(g.people);
    if (g.temporary)
        params["kind"] = "temporary";
    return send(v, "schedule.override", params, "id");
}

int swapShifts(Verbs &v, const OncallGiven &g)
{
    return send(v, "schedule.swap",
                object({{"schedule", g.schedule}, {"person", g.person}, {"from", g.from}, {"until", g.until}, {"with", g.with}, {"withFrom", g.withFrom},
                        {"withUntil", g.withUntil}, {"reason", g.reason}}),
                "id");
}

int withdraw(Verbs &v, const OncallGiven &g)
{
    auto params = object({{"reason", g.reason}});
    params["number"] = g.number;
    return send(v, "schedule.withdraw", params, "id");
}

void printLines(const json::value &answer, const char *name, const char *head)
{
    for (const auto &line : answer.at(name).get_array())
        std::printf("%s%s\n", head, line.get_string().c_str());
}

void printPeople(const json::value &step)
{
    for (const auto &p : step.at("people").get_array()) {
        const std::string why = textOf(p, "why"), local = textOf(p, "local");
        std::printf("      %s (%s), %s %s %s%s%s\n", textOf(p, "name").c_str(), textOf(p, "person").c_str(), local.substr(0, 10).c_str(),
                    local.size() > 11 ? local.substr(11).c_str() : "", textOf(p, "zone").c_str(), why.empty() ? "" : ": ", why.c_str());
    }
    for (const auto &c : step.at("channels").get_array())
        std::printf("      %s\n", c.get_string().c_str());
    for (const auto &r : step.at("ruledOut").get_array())
        std::printf("        passed over: %s\n", r.get_string().c_str());
}

void printPlan(const json::value &plan)
{
    std::printf("%s%s%spolicy %s, at %s%s\n", textOf(plan, "service").empty() ? "" : ("service " + textOf(plan, "service") + ", ").c_str(),
                textOf(plan, "team").empty() ? "" : ("team " + textOf(plan, "team") + ", ").c_str(), "", textOf(plan, "policy").c_str(), textOf(plan, "at").c_str(),
                plan.at("observed").get_bool() ? " (observed: nobody is really called)" : "");
    printLines(plan, "because", "  because ");
    printLines(plan, "ruledOut", "  ruled out: ");
    if (const auto answers = plan.at("answers").to_number<unsigned>(); answers > 1)
        std::printf("  %u people have to answer\n", answers);
    for (const auto &s : plan.at("steps").get_array()) {
        const auto round = s.at("round").to_number<unsigned>();
        std::printf("  %s  step %u%s%s\n", textOf(s, "at").c_str(), s.at("step").to_number<unsigned>(), round > 0 ? (" of round " + std::to_string(round + 1)).c_str() : "",
                    s.at("catchAll").get_bool() ? ", the catch-all" : "");
        printPeople(s);
    }
    printLines(plan, "passedOver", "        passed over: ");
    std::printf("  %s  %s\n", textOf(plan, "end").c_str(), plan.at("steps").get_array().empty() ? "nobody can be called at all" : "ends: nobody is left to call");
    printLines(plan, "gaps", "GAP: ");
}

int plan(Verbs &v, const OncallGiven &g, const char *method)
{
    const std::optional<Instant> at = readMoment(g.at, SystemClock().now()); // what cannot be read the core refuses in its words
    const Called got = callCore(v, method, json::serialize(object({{"service", g.service}, {"alert", g.alert}, {"team", g.team}, {"policy", g.policy}, {"severity", g.severity},
                                                                   {"at", g.at.empty() || !at || !*at ? g.at : toRfc3339(*at)}})));
    if (got.exit != kDone)
        return got.exit;
    g.json ? printJson(got.json) : printPlan(json::parse(got.json));
    return kDone;
}

int who(Verbs &v, const OncallGiven &g) { return plan(v, g, "who"); }
int simulate(Verbs &v, const OncallGiven &g) { return plan(v, g, "simulate"); }

int schedule(Verbs &v, const OncallGiven &g)
{
    const Called got = callCore(v, "schedule.layout", json::serialize(object({{"schedule", g.schedule}, {"from", g.from}, {"until", g.until}})));
    if (got.exit != kDone)
        return got.exit;
    if (g.json) {
        printJson(got.json);
        return kDone;
    }
    const auto layout = json::parse(got.json);
    std::printf("schedule %s, local times of %s\n", textOf(layout, "schedule").c_str(), textOf(layout, "zone").c_str());
    for (const auto &s : layout.at("segments").get_array()) {
        std::string people;
        for (const auto &p : s.at("people").get_array())
            people += (people.empty() ? "" : "; ") + textOf(p, "person") + " (" + textOf(p, "why") + ")";
        std::printf("  %s  %s  %s\n", textOf(s, "local").c_str(), textOf(s, "from").c_str(), people.empty() ? "GAP: nobody is on call" : people.c_str());
    }
    for (const auto &d : layout.at("disagreements").get_array())
        std::printf("DISAGREE %s to %s: %s\n", textOf(d, "from").c_str(), textOf(d, "until").c_str(), textOf(d, "text").c_str());
    printLines(layout, "problems", "PROBLEM: ");
    return kDone;
}

int exportIcal(Verbs &v, const OncallGiven &g)
{
    const Called got = callCore(v, "schedule.ical", json::serialize(object({{"schedule", g.schedule}, {"from", g.from}, {"until", g.until}})));
    if (got.exit != kDone)
        return got.exit;
    const std::string text = textOf(json::parse(got.json), "calendar");
    if (g.out.empty()) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return kDone;
    }
    std::ofstream file(g.out, std::ios::binary | std::ios::trunc);
    if (!(file << text).flush())
        return refuse({Code::Io, g.out + " cannot be written."});
    return kDone;
}

/// The file's bytes, or what to say instead.
Result<std::string> read(const std::string &path)
{
    std::ifstream in(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in && text.empty())
        return fail(Code::Io, path + " cannot be read.");
    if (text.size() > kFileLimit)
        return fail(Code::TooLarge, path + " is larger than 3 MiB.");
    return text;
}

int importIcal(Verbs &v, const OncallGiven &g)
{
    const auto text = read(g.file);
    if (!text)
        return refuse(text.error());
    const std::string name = g.name.empty() ? g.file.substr(g.file.rfind('/') + 1) : g.name;
    const Called got = callCore(v, "schedule.readical", json::serialize(json::object{{"schedule", g.schedule}, {"calendar", name}, {"text", *text}}));
    if (got.exit != kDone)
        return got.exit;
    const auto found = json::parse(got.json);
    if (g.json) {
        printJson(got.json);
    } else {
        printLines(found, "difference", "");
        printLines(found, "problems", "NOT TRANSLATED: ");
    }
    if (!g.apply) {
        std::fprintf(stderr, "quarterdeckctl: nothing was changed; --apply brings it in.\n");
        return kDone;
    }
    json::object params{{"schedule", g.schedule}, {"calendar", name}, {"shifts", found.at("shifts")}};
    params["reason"] = g.reason.empty() ? "calendar " + name : g.reason;
    return send(v, "schedule.import", params, "id");
}

/// Needs no core: the running one notices the changed file as any other, shows the difference and journals it as one change.
int importRoster(Verbs &v, const OncallGiven &g)
{
    const auto text = read(g.file);
    if (!text)
        return refuse(text.error());
    const auto roster = workspace::readRoster(*text);
    if (!roster)
        return refuse(roster.error());
    const auto folder = v.options.home / "workspace";
    const auto now = workspace::load(folder);
    if (!now)
        return refuse(now.error());
    std::ifstream own(folder / workspace::kRosterFile, std::ios::binary);
    const std::string before((std::istreambuf_iterator<char>(own)), std::istreambuf_iterator<char>());
    const auto change = workspace::compareRoster(*now, workspace::peopleIn(before), *roster, workspace::teamsIn(before));
    if (g.json) {
        printJson(json::serialize(json::object{{"difference", list(change.difference)}, {"problems", list(change.problems)}}));
    } else {
        for (const auto &line : change.difference)
            std::printf("%s\n", line.c_str());
        for (const auto &line : change.problems)
            std::printf("NOT TRANSLATED: %s\n", line.c_str());
    }
    if (!g.apply) {
        std::fprintf(stderr, "quarterdeckctl: nothing was changed; --apply writes %s.\n", (folder / workspace::kRosterFile).c_str());
        return kDone;
    }
    if (const auto sound = withFile(folder, workspace::kRosterFile, change.toml); !sound)
        return refuse({sound.error().code, "Nothing was changed, because the workspace would be broken: " + sound.error().message});
    if (const auto written = putFile(folder, workspace::kRosterFile, change.toml); !written)
        return refuse(written.error());
    return kDone;
}

void offerSpan(CLI::App &verb, OncallGiven &g, bool required)
{
    verb.add_option("--from", g.from, "2026-12-24T08:00 in the schedule's zone, or 2026-12-24T07:00:00Z")->required(required);
    verb.add_option("--until", g.until, "the same")->required(required);
}

void offerQuestion(CLI::App &verb, OncallGiven &g)
{
    verb.add_option("--service", g.service, "a service of the workspace");
    verb.add_option("--alert", g.alert, "an alert's key: its labels decide by the ownership rules");
    verb.add_option("--team", g.team, "a team of the workspace");
    verb.add_option("--policy", g.policy, "an escalation policy");
    verb.add_option("--severity", g.severity, "SEV1 to SEV5 (default SEV3; of an alert none); ownership rules may ask for it");
    verb.add_option("--at", g.at, "when it begins, RFC 3339 or in UTC \"Sunday 03:10\", \"2026-11-29 03:10\", 6h from now (default: now): by what is true now for a time to come, by what was true then for one past")->type_name("INSTANT");
    verb.add_flag("--json", g.json, "as JSON");
}

} // namespace

void addOnCallVerbs(CLI::App &app, Verbs &verbs)
{
    verbs.add<OncallGiven>(
        app, "who", "who would be called, in what order, at what time of theirs, and why", [](CLI::App &verb, OncallGiven &g) { offerQuestion(verb, g); }, who);
    verbs.add<OncallGiven>(
        app, "simulate", "the calls an escalation would make if nobody answered; starts nothing", [](CLI::App &verb, OncallGiven &g) { offerQuestion(verb, g); }, simulate);
    verbs.add<OncallGiven>(
        app, "schedule", "who is on call by a schedule over a span (default: the next 7 days), with gaps",
        [](CLI::App &verb, OncallGiven &g) {
            verb.add_option("SCHEDULE", g.schedule, "its id; `get schedules` lists them")->required();
            offerSpan(verb, g, false);
            verb.add_flag("--json", g.json, "as JSON");
        },
        schedule);
    verbs.add<OncallGiven>(
        app, "override", "change who is on call by a schedule for a span",
        [](CLI::App &verb, OncallGiven &g) {
            verb.add_option("--schedule", g.schedule, "its id")->required();
            verb.add_option("--person", g.people, "who comes; with --temporary several");
            verb.add_option("--replace", g.replace, "who goes; without --person nobody comes in their place");
            offerSpan(verb, g, true);
            verb.add_flag("--temporary", g.temporary, "only these people, whatever the layers say");
            verb.add_option("--reason", g.reason, "why; shown to everybody who wonders")->required();
        },
        overrideSchedule)
        ->footer("Prints {\"id\":\"override/N\"}. `withdraw N` takes it back; `get overrides` lists those that stand.");
    verbs.add<OncallGiven>(
        app, "swap", "let two people stand in for each other",
        [](CLI::App &verb, OncallGiven &g) {
            verb.add_option("--schedule", g.schedule, "its id")->required();
            verb.add_option("--person", g.person, "whose shift is given away")->required();
            offerSpan(verb, g, true);
            verb.add_option("--with", g.with, "who takes it")->required();
            verb.add_option("--with-from", g.withFrom, "the shift given in return")->required();
            verb.add_option("--with-until", g.withUntil, "its end")->required();
            verb.add_option("--reason", g.reason, "why")->required();
        },
        swapShifts);
    verbs.add<OncallGiven>(
        app, "withdraw", "take an override back; both halves of a swap go together",
        [](CLI::App &verb, OncallGiven &g) {
            verb.add_option("NUMBER", g.number, "of the override")->required();
            verb.add_option("--reason", g.reason, "why")->required();
        },
        withdraw);
    verbs.add<OncallGiven>(
        app, "export-ical", "a schedule as iCalendar (RFC 5545)",
        [](CLI::App &verb, OncallGiven &g) {
            verb.add_option("--schedule", g.schedule, "its id")->required();
            offerSpan(verb, g, false);
            verb.add_option("--out", g.out, "the file to write (default: standard output)")->type_name("FILE");
        },
        exportIcal);
    CLI::App *import = app.add_subcommand("import", "bring something in: the difference is shown before anything is changed");
    import->require_subcommand(1);
    import->fallthrough();
    verbs.add<OncallGiven>(
        *import, "ical", "a calendar that says who is on call by a schedule; it counts where it says something",
        [](CLI::App &verb, OncallGiven &g) {
            verb.add_option("FILE", g.file, "an .ics file; its events name people of the workspace")->required();
            verb.add_option("--schedule", g.schedule, "the schedule it is for")->required();
            verb.add_option("--name", g.name, "the calendar's name (default: the file's); bringing the same in again supersedes what it said");
            verb.add_option("--reason", g.reason, "why");
            verb.add_flag("--apply", g.apply, "make it so");
            verb.add_flag("--json", g.json, "as JSON");
        },
        importIcal);
    verbs.add<OncallGiven>(
        *import, "roster", "the people there are, from CSV or SCIM 2.0 JSON: who joins, moves and leaves, and what would be orphaned; needs no running core",
        [](CLI::App &verb, OncallGiven &g) {
            verb.add_option("FILE", g.file, "CSV with a header (id,name,zone,team,xmpp,active), or a SCIM ListResponse")->required();
            verb.add_flag("--apply", g.apply, "write them to roster.toml in the workspace, and the members of the teams that file has; other files are never touched");
            verb.add_flag("--json", g.json, "as JSON");
        },
        importRoster);
}

} // namespace qd::app
