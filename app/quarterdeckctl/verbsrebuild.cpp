// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/files.h"
#include "app/quarterdeckctl/params.h"

#include "core/base/clocktext.h"
#include "core/base/encoding.h"
#include "core/base/ports.h"
#include "core/base/safetext.h"
#include "core/rebuild/facts.h"
#include "core/rebuild/filenames.h"
#include "core/rebuild/look.h"
#include "core/state/review.h"

#include <algorithm>
#include <cstdio>

/// An incident that was run elsewhere, from its files.
namespace qd::app {

namespace {

struct RebuildGiven {
    std::vector<std::string> files, maps;
    std::string incident, title, service, severity, since, until, from, to, zone, channel, format, day;
    bool dryRun = false, narrative = false, look = false, anew = false;
};

Result<rebuild::Options> optionsOf(const RebuildGiven &g)
{
    rebuild::Options o;
    o.format = g.format;
    o.channel = g.channel;
    o.day = g.day;
    o.now = SystemClock().now();
    if (!g.zone.empty()) {
        const auto zone = Zone::find(g.zone);
        if (!zone)
            return fail(Code::NotFound, "There is no time zone " + g.zone + "; name one as Europe/Berlin.");
        o.zone = *zone;
    }
    if (const auto hours = rebuild::limitHours(o, g.from, g.to); !hours)
        return tl::unexpected(hours.error());
    for (const std::string &map : g.maps) {
        const std::size_t equals = map.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == map.size())
            return fail(Code::Invalid, "A column is mapped as at=COLUMN; \"" + map + "\" is not.");
        o.columns[map.substr(0, equals)] = map.substr(equals + 1);
    }
    return o;
}

/// A file of the incident. What is none is said with what to give instead.
Result<std::string> fileOf(const std::string &file)
{
    auto bytes = readFileAlone(file, rebuild::kFileBytes);
    if (!bytes && bytes.error().code == Code::Invalid)
        return fail(Code::Invalid, bytes.error().message + " Save what a pipe gives to a file first; a Slack export is given as the ZIP it came as.");
    return bytes;
}

/// All of them, or the first refusal with its file: nothing is sent before all are read.
Result<std::vector<rebuild::Facts>> readAll(const RebuildGiven &g)
{
    auto options = optionsOf(g);
    if (!options)
        return tl::unexpected(options.error());
    std::vector<rebuild::Facts> out;
    const auto names = rebuild::namesOf(g.files);
    for (std::size_t i = 0; i < g.files.size(); ++i) {
        const std::string &file = g.files[i];
        options->name = names[i];
        const auto bytes = fileOf(file);
        auto facts = bytes ? rebuild::read(*bytes, *options) : tl::unexpected(bytes.error());
        if (!facts)
            return fail(facts.error().code, bytes ? file + ": " + facts.error().message : facts.error().message, facts.error().detail);
        out.push_back(std::move(*facts));
    }
    return out;
}

json::array textsJson(const std::vector<std::string> &texts)
{
    json::array out;
    for (const std::string &text : texts)
        out.emplace_back(text);
    return out;
}

/// What each file is, a line of JSON each, whatever becomes of them.
void printLooks(const RebuildGiven &g)
{
    auto options = optionsOf(g);
    if (!options)
        return;
    const auto names = rebuild::namesOf(g.files);
    for (std::size_t i = 0; i < g.files.size(); ++i) {
        const std::string &file = g.files[i];
        options->name = names[i];
        const auto bytes = fileOf(file);
        const rebuild::Look look = bytes ? rebuild::lookAt(*bytes, *options) : rebuild::Look{{}, bytes.error().message};
        json::array rows;
        for (const auto &row : look.rows)
            rows.push_back(textsJson(row));
        json::object means;
        for (const auto &[what, column] : look.means)
            means[what] = column;
        std::printf("%s\n", json::serialize(json::object{{"look", file}, {"name", safeLine(names[i], 200)}, {"format", look.format}, {"problem", look.problem}, {"channels", textsJson(look.channels)}, {"columns", textsJson(look.columns)},
                                                          {"rows", std::move(rows)}, {"means", std::move(means)}, {"zoneless", look.zoneless},
                                                          {"channelsInAll", look.channelsInAll}, {"columnsInAll", look.columnsInAll}}).c_str());
    }
}

void printPreview(const std::vector<rebuild::Facts> &files, const rebuild::Together &all)
{
    for (const rebuild::Facts &f : files) {
        std::printf("%s (%s): %zu %s", f.origin.c_str(), std::string(rebuild::word(f.format)).c_str(), f.facts.size(), f.facts.size() == 1 ? "fact" : "facts");
        if (!f.facts.empty())
            std::printf(", %s to %s", dayClockText(f.facts.front().at).c_str(), dayClockText(f.facts.back().at).c_str());
        std::printf(", %zu %s%s\n", f.people.size(), f.people.size() == 1 ? "person" : "people", f.narrative.empty() ? "" : ", and a narrative");
        for (const std::string &note : f.notes)
            std::printf("  %s\n", note.c_str());
    }
    for (const std::string &note : all.notes)
        std::printf("%s\n", note.c_str());
}

json::object factJson(const rebuild::Fact &f)
{
    json::object out = object({{"at", toRfc3339(f.at)}, {"kind", f.kind}, {"actor", f.actor}, {"text", f.text}, {"reference", f.reference}});
    if (f.knownAt > f.at)
        out["knownAt"] = toRfc3339(f.knownAt);
    if (f.until)
        out["until"] = toRfc3339(f.until);
    return out;
}

/// By the first file that was given, whichever is sent first.
std::string rebuiltTitle(const std::vector<rebuild::Facts> &files)
{
    const auto first = std::find_if(files.begin(), files.end(), [](const rebuild::Facts &f) { return !f.facts.empty(); });
    return first == files.end() ? std::string() : "Rebuilt from " + first->origin;
}

/// Sends the parts one by one; `incident` becomes the one that is made. What is there already is left out by the core, so that the same can be sent again.
int sendParts(Verbs &v, const RebuildGiven &g, const std::vector<rebuild::Facts> &files, const rebuild::Together &all, std::string &incident)
{
    std::size_t sent = 0;
    for (const rebuild::Part &part : rebuild::partsOf(files)) {
        const rebuild::Facts &from = files[part.file];
        json::object params = incident.empty() ? object({{"title", g.title.empty() ? rebuiltTitle(files) : g.title}, {"service", g.service}, {"severity", g.severity}, {"since", g.since.empty() ? toRfc3339(all.since) : g.since},
                                                         {"until", g.until.empty() ? toRfc3339(std::min(all.until, SystemClock().now())) : g.until}})
                                               : object({{"incident", incident}});
        params["origin"] = from.origin;
        if (sent == 0)
            params["total"] = all.kept;
        if (incident.empty() && g.anew)
            params["anew"] = true;
        json::array facts;
        for (std::size_t i = 0; i < part.count; ++i)
            facts.push_back(factJson(from.facts[part.from + i]));
        params["facts"] = std::move(facts);
        const Called got = callCore(v, "incident.rebuild", json::serialize(params));
        if (got.exit != kDone) {
            if (!incident.empty() && sent > 0)
                std::fprintf(stderr, "quarterdeckctl: %zu of %zu facts are in %s; run the same with --incident %s, which adds what is missing.\n", sent, all.facts, incident.c_str(), incident.c_str());
            return got.exit;
        }
        printNotes(got.json);
        if (incident.empty())
            incident = textOf(json::parse(got.json), "id");
        sent += part.count;
    }
    return kDone;
}

/// The section of the review as the core lists it, or null: there is no review yet, or the section is not in it.
json::value narrativeListed(Verbs &v, const std::string &incident, bool &isOpen, int &exit)
{
    const Called got = callCore(v, "get", json::serialize(object({{"what", "reviews"}})));
    exit = got.exit;
    if (exit != kDone)
        return nullptr;
    const json::value reviews = json::parse(got.json);
    for (const json::value &review : reviews.at("items").get_array())
        if (textOf(review, "incident") == incident) {
            isOpen = true;
            for (const json::value &s : review.at("sections").get_array())
                if (textOf(s, "section") == "narrative")
                    return s;
        }
    return nullptr;
}

/// What was pre-filled is nobody's: nothing is lost where something else comes to stand there.
bool isRecordsOwn(const json::value &section)
{
    return !section.at("written").as_bool() && textOf(section, "by") == "core" && textOf(section, "heldBy").empty();
}

/// The same was written before: there is nothing to keep beside it.
bool saysAlready(Verbs &v, const std::string &incident, const std::string &text)
{
    const Called got = callCore(v, "review.read", json::serialize(object({{"incident", incident}})));
    if (got.exit != kDone)
        return false;
    const json::value review = json::parse(got.json);
    for (const json::value &s : review.at("texts").get_array())
        if (textOf(s, "section") == "narrative")
            return textOf(s, "text") == safeText(text, state::kSectionBytes);
    return false;
}

/// What a post-mortem says beside its times becomes the review's narrative. Where somebody wrote one already it is kept beside that, as a draft: theirs goes on counting.
int writeNarrative(Verbs &v, const std::vector<rebuild::Facts> &files, const std::string &incident)
{
    std::string text, from;
    for (const rebuild::Facts &f : files)
        if (!f.narrative.empty()) {
            text += (text.empty() ? "" : "\n\n") + f.narrative;
            from += (from.empty() ? "" : ", ") + f.origin;
        }
    if (text.empty())
        return kDone;
    json::value section;
    for (const bool opened : {false, true}) {
        bool isOpen = false;
        int exit = kDone;
        section = narrativeListed(v, incident, isOpen, exit);
        if (exit != kDone)
            return exit;
        if (isOpen || opened)
            break;
        if (exit = send(v, "review.open", object({{"incident", incident}})); exit != kDone)
            return exit;
    }
    auto params = object({{"incident", incident}, {"section", "narrative"}, {"text", text}});
    if (section.is_object() && !isRecordsOwn(section) && !saysAlready(v, incident, text)) {
        // Over none of its revisions, so that it stands beside them; the same files again take the place of what they said before.
        params["base"] = 0;
        params["draft"] = true;
        params["editor"] = "rebuild " + sha256Hex(from).substr(0, 16);
        std::fprintf(stderr, "quarterdeckctl: note: The narrative of %s is not as it was pre-filled any more, and stays as it is; what the files say (%s) is kept beside it as a draft.\n", incident.c_str(), from.c_str());
    } else if (section.is_object()) {
        params["base"] = section.at("revision");
    }
    return send(v, "review.write", params);
}

int rebuildIncident(Verbs &v, const RebuildGiven &g)
{
    if (!g.incident.empty() && (!g.title.empty() || !g.service.empty() || !g.severity.empty() || !g.since.empty() || !g.until.empty()))
        return usage("--incident adds to an incident there is: what it is called and how severe it was is changed there");
    if (!g.incident.empty() && g.anew)
        return usage("--anew makes another incident, and --incident adds to one there is: say one of them");
    if (g.files.size() > rebuild::kFilesLimit)
        return usage("an incident is rebuilt from at most 50 files");
    if (!g.dryRun)
        if (const Called there = callCore(v, "status", "{}"); there.exit != kDone)
            return there.exit;
    if (g.look)
        printLooks(g);
    const auto files = readAll(g);
    if (!files)
        return refuse(files.error());
    const auto all = rebuild::together(*files);
    if (!all)
        return refuse(all.error());
    printPreview(*files, *all);
    if (all->facts == 0)
        return refuse({Code::Invalid, g.from.empty() && g.to.empty() ? "There is no fact with a time in it: nothing to rebuild an incident from." : "There is no fact in those hours (--from, --to): nothing to rebuild an incident from."});
    if (g.dryRun) {
        std::fprintf(stderr, "quarterdeckctl: nothing was changed.\n");
        return kDone;
    }
    std::string incident = g.incident;
    if (const int exit = sendParts(v, g, *files, *all, incident); exit != kDone)
        return exit;
    if (g.narrative)
        if (const int exit = writeNarrative(v, *files, incident); exit != kDone)
            return exit;
    std::printf("%s\n", json::serialize(json::object{{"id", incident}}).c_str());
    return kDone;
}

} // namespace

void addRebuildVerb(CLI::App &app, Verbs &verbs)
{
    verbs.add<RebuildGiven>(
        app, "rebuild", "an incident that was run elsewhere, from its files: shows what they tell and what did not translate, then makes it; prints its id last",
        [](CLI::App &verb, RebuildGiven &g) {
            verb.add_option("FILE", g.files, "a Slack export (ZIP) or history, PagerDuty log entries, Prometheus ALERTS, Alertmanager alerts, deploys or any table (CSV, JSON), a post-mortem (Markdown)")
                ->required();
            verb.add_option("--title", g.title, "what it was (default: where it comes from)")->type_name("T");
            verb.add_option("--service", g.service, "a service of the workspace")->type_name("ID");
            verb.add_option("--severity", g.severity, "SEV1 to SEV5 (default: SEV3)")->type_name("SEV");
            verb.add_option("--since", g.since, "since when it hurt, RFC 3339 (default: the first fact)")->type_name("T");
            verb.add_option("--until", g.until, "until when, RFC 3339 (default: the end of the last fact)")->type_name("T");
            verb.add_option("--from", g.from, "leave out what was over before: RFC 3339, or 2026-11-23 14:02 in the zone of the import")->type_name("T");
            verb.add_option("--to", g.to, "leave out what began after it")->type_name("T");
            verb.add_option("--incident", g.incident, "add to one that was rebuilt; what is there already is left out")->type_name("INC-N");
            verb.add_flag("--anew", g.anew, "another incident, though there is one that was rebuilt of the same facts");
            verb.add_option("--channel", g.channel, "the channel of a Slack export: its name or id")->type_name("C");
            verb.add_option("--zone", g.zone, "of times that name none (default: UTC)")->type_name("ZONE");
            verb.add_option("--day", g.day, "of a post-mortem that names none: 2026-11-23")->type_name("DAY");
            verb.add_option("--map", g.maps, "a column of a table by what it holds, at, until, known, text, actor, kind or reference: at=Uhrzeit")->type_name("WHAT=COLUMN")->allow_extra_args(false);
            verb.add_option("--format", g.format, "slack-export, slack-channel, pagerduty, prometheus, alertmanager, deploys, table or markdown (default: seen in the file)")->type_name("F");
            verb.add_flag("--narrative", g.narrative, "what a post-mortem says beside its times becomes the narrative of the review; one that is written already stays, and this stands beside it as a draft");
            verb.add_flag("--look", g.look, "first a line of JSON for each file: what it is, the channels of an export, the columns and first rows of a table");
            verb.add_flag("--dry-run", g.dryRun, "show what they tell, and change nothing; needs no running core");
        },
        rebuildIncident);
}

} // namespace qd::app
