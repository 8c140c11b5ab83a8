// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/files.h"
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"
#include "core/base/encoding.h"
#include "core/publish/process.h"
#include "core/review/pagemessage.h"
#include "core/review/patterns.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

/// What leaves a review: renditions in files, at Confluence, as a message for a status page; and what recurs across reviews.
namespace qd::app {

namespace {

/// "line 12, under Summary": where a finding stands in the text of the rendition.
std::string placeOf(const json::value &leak)
{
    const auto line = leak.at("line").to_number<std::uint64_t>();
    return line == 0 ? std::string("the title") : "line " + std::to_string(line) + (textOf(leak, "section").empty() ? "" : ", under " + textOf(leak, "section"));
}

constexpr Span kPaperPatience = seconds(60);
constexpr std::size_t kPaperBytes = 64u << 20;

struct PublishGiven {
    std::string incident, audience, format, out, connection, words, reason;
    std::string key;
    std::vector<std::string> pages;
    std::uint32_t action = 0;
    bool json = false, release = false;
};

/// The rendition, as the core gives it.
Called rendition(Verbs &v, const PublishGiven &g, const std::string &format)
{
    return callCore(v, "review.rendition", json::serialize(object({{"incident", g.incident}, {"audience", g.audience}, {"format", format}})));
}

int showLeaks(Verbs &v, const PublishGiven &g)
{
    const Called got = rendition(v, g, "txt");
    if (got.exit != kDone)
        return got.exit;
    const json::value answer = json::parse(got.json);
    const json::array &leaks = answer.at("leaks").as_array();
    if (g.json)
        printJson(json::serialize(leaks));
    else
        for (const json::value &l : leaks)
            std::printf("%s: %s%s%s\n", placeOf(l).c_str(), textOf(l, "say").c_str(), textOf(l, "around").empty() ? "" : "  … ",
                        (textOf(l, "around") + (textOf(l, "around").empty() ? "" : " …")).c_str());
    if (!g.json && leaks.empty())
        std::printf("nothing was found\n");
    return leaks.empty() ? kDone : kRefused;
}

/// By the window's program beside this one, without a display. What the review says, its title too, goes through the pipe: arguments are read by everybody on the machine.
Result<std::string> onPaper(const std::string &format, const std::string &html)
{
    std::error_code wrong;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", wrong);
    const auto program = self.parent_path() / "quarterdeck";
    if (wrong || !std::filesystem::exists(program, wrong))
        return fail(Code::NotFound, "PDF and ODT are written by the program quarterdeck, which is not beside this one; install it, or publish as html.");
    std::vector<std::string> environment{"QT_QPA_PLATFORM=offscreen", "LC_ALL=C.UTF-8", "QT_LOGGING_RULES=*.debug=false"};
    for (const char *name : {"HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LD_LIBRARY_PATH", "XDG_RUNTIME_DIR"})
        if (const char *value = std::getenv(name))
            environment.push_back(std::string(name) + "=" + value);
    auto ran = publish::runProgram({program.string(), "--render", format}, environment, html, kPaperPatience, kPaperBytes, kPaperBytes);
    if (!ran)
        return tl::unexpected(ran.error());
    if (ran->exit != 0 || ran->out.empty())
        return fail(Code::Io, "It could not be written as " + format + ": " + publish::complaintOf(*ran));
    return std::move(ran->out);
}

int refuseLeaks(const json::value &answer)
{
    const json::array &leaks = answer.at("leaks").as_array();
    for (const json::value &l : leaks)
        std::fprintf(stderr, "%s: %s\n", placeOf(l).c_str(), textOf(l, "say").c_str());
    const bool isAllowable = std::any_of(leaks.begin(), leaks.end(), [](const json::value &l) { return l.at("allowable").as_bool(); });
    return refuse({Code::Forbidden, "Nothing was published: the leak check found " + std::to_string(leaks.size()) + (leaks.size() == 1 ? " thing" : " things")
                                        + (isAllowable ? ". Write it otherwise, mark it, or allow the words with a reason (review allow)." : ". Write it otherwise; that is allowed by nobody."), {}});
}

/// What is written on is not in it: whoever looks for it there is told.
void sayDrafts(const json::value &answer)
{
    for (const json::value &heading : answer.at("drafts").as_array())
        std::fprintf(stderr, "note: somebody writes on \"%s\" and has not said that it is done; what is published is the last text that was.\n", json::value_to<std::string>(heading).c_str());
}

/// The rendition becomes a text for outside: its checks, its release and its page are those of every other. What is written for outside alone goes there where
/// there is such a section, else all of it.
int draftForPage(Verbs &v, const PublishGiven &g)
{
    json::value answer;
    bool isOneSection = false;
    for (const std::string &section : {std::string(review::kPageSection), std::string()}) {
        const Called got = callCore(v, "review.rendition", json::serialize(object({{"incident", g.incident}, {"audience", g.audience}, {"format", "txt"}, {"section", section}})));
        if (got.exit != kDone)
            return got.exit;
        answer = json::parse(got.json);
        isOneSection = !section.empty();
        if (!answer.at("empty").as_bool())
            break;
    }
    if (!answer.at("leaks").as_array().empty())
        return refuseLeaks(answer);
    sayDrafts(answer);
    auto message = review::pageMessageOf(textOf(answer, "title"), textOf(answer, "text"), isOneSection);
    if (!message)
        return refuse(message.error());
    json::object p = object({{"incident", g.incident}, {"title", message->title}, {"text", message->text}, {"audience", g.audience}});
    json::array to;
    for (const std::string &page : g.pages)
        to.emplace_back("page:" + page);
    p["to"] = std::move(to);
    return send(v, "message.draft", p, "id");
}

int publishReview(Verbs &v, const PublishGiven &g)
{
    if (!g.pages.empty())
        return draftForPage(v, g);
    if (!g.connection.empty())
        return send(v, "review.publish", object({{"incident", g.incident}, {"audience", g.audience}, {"connection", g.connection}}), "id");
    const bool isPaper = g.format == "pdf" || g.format == "odt";
    const Called got = rendition(v, g, isPaper ? "html" : g.format);
    if (got.exit != kDone)
        return got.exit;
    const json::value answer = json::parse(got.json);
    if (!answer.at("leaks").as_array().empty())
        return refuseLeaks(answer);
    sayDrafts(answer);
    std::string bytes = textOf(answer, "text");
    const std::string source = isPaper ? textOf(answer, "digest") : std::string();
    if (isPaper) {
        auto paper = onPaper(g.format, bytes);
        if (!paper)
            return refuse(paper.error());
        bytes = std::move(*paper);
    }
    // First the file: what stands in the record as published can be read somewhere.
    if (!g.out.empty())
        if (const auto written = writeNew(g.out, bytes); !written)
            return refuse(written.error());
    const std::string where = g.out.empty() ? "standard output" : std::filesystem::path(g.out).filename().string();
    const Called recorded = callCore(v, "review.published",
                                     json::serialize(object({{"incident", g.incident}, {"audience", g.audience}, {"format", isPaper ? g.format : textOf(answer, "format")}, {"where", where},
                                                             {"digest", sha256Hex(bytes)}, {"source", source}})));
    if (recorded.exit != kDone) {
        std::error_code ignored;
        if (!g.out.empty())
            std::filesystem::remove(g.out, ignored);
        return recorded.exit;
    }
    if (g.out.empty())
        std::fwrite(bytes.data(), 1, bytes.size(), stdout);
    else
        std::printf("%s\n", g.out.c_str());
    return kDone;
}

int allowWords(Verbs &v, const PublishGiven &g)
{
    return send(v, "review.allow", object({{"incident", g.incident}, {"words", g.words}, {"reason", g.reason}}));
}

int trackAction(Verbs &v, const PublishGiven &g)
{
    if (g.connection.empty() && !g.release)
        return usage("review track needs --at CONNECTION, or --release");
    json::object p = object({{"incident", g.incident}, {"connection", g.connection}, {"key", g.key}});
    p["action"] = g.action;
    return send(v, "action.track", p);
}

struct PatternGiven {
    std::uint32_t pattern = 0;
    std::string title, requirement, state, reason, service;
    std::vector<std::string> factors, services, incidents;
    bool json = false;
};

int keepPattern(Verbs &v, const PatternGiven &g)
{
    json::object p = object({{"title", g.title}, {"requirement", g.requirement}});
    if (g.pattern != 0)
        p["pattern"] = g.pattern;
    for (const auto &[name, given] : {std::pair{"factors", &g.factors}, {"services", &g.services}, {"incidents", &g.incidents}})
        if (!given->empty())
            p[name] = list(*given);
    return send(v, "pattern.keep", p, "id");
}

int turnPattern(Verbs &v, const PatternGiven &g)
{
    json::object p = object({{"state", g.state}, {"reason", g.reason}});
    p["pattern"] = g.pattern;
    return send(v, "pattern.turn", p);
}

std::vector<std::string> textsOf(const json::value &item, const char *name)
{
    std::vector<std::string> out;
    for (const json::value &text : item.at(name).as_array())
        out.emplace_back(text.as_string());
    return out;
}

int listPatterns(Verbs &v, const PatternGiven &g)
{
    const Called got = callCore(v, "get", R"({"what":"patterns"})");
    if (got.exit != kDone)
        return got.exit;
    const json::value answer = json::parse(got.json);
    if (g.json) {
        printJson(json::serialize(answer.at("items")));
        return kDone;
    }
    const auto joined = [](const std::vector<std::string> &all) {
        std::string out;
        for (const std::string &one : all)
            out += (out.empty() ? "" : ", ") + one;
        return out;
    };
    for (const json::value &p : answer.at("items").as_array()) {
        const std::string title = textOf(p, "title");
        std::printf("%s  %s  %s\n  factors %s; services %s; seen in %s\n", textOf(p, "id").c_str(), textOf(p, "state").c_str(), title.empty() ? joined(textsOf(p, "labels")).c_str() : title.c_str(),
                    joined(textsOf(p, "factors")).c_str(), joined(textsOf(p, "services")).c_str(), joined(textsOf(p, "incidents")).c_str());
        if (const std::string requirement = textOf(p, "requirement"); !requirement.empty())
            std::printf("  requires: %s\n", requirement.c_str());
        if (const std::string since = joined(textsOf(p, "seenSince")); !since.empty())
            textOf(p, "state") == word(PatternState::Met) ? std::printf("  met, and seen again since in %s: open it again? (pattern turn %u open)\n", since.c_str(), p.at("pattern").to_number<std::uint32_t>())
                                                          : std::printf("  seen since in %s\n", since.c_str());
        if (const std::string reviews = joined(textsOf(p, "openReviews")); !reviews.empty())
            std::printf("  open reviews that touch it: %s\n", reviews.c_str());
    }
    return kDone;
}

/// What to ask of the next design of a service, as Markdown.
int checklist(Verbs &v, const PatternGiven &g)
{
    const Called got = callCore(v, "get", R"({"what":"patterns"})");
    if (got.exit != kDone)
        return got.exit;
    const json::value answer = json::parse(got.json);
    std::vector<state::Pattern> patterns;
    for (const json::value &p : answer.at("items").as_array()) {
        const auto state = fromWord<PatternState>(textOf(p, "state"));
        if (!state) // a suggestion
            continue;
        state::Pattern known;
        known.number = p.at("pattern").to_number<std::uint32_t>();
        known.state = *state;
        known.title = textOf(p, "title");
        known.requirement = textOf(p, "requirement");
        known.factors = textsOf(p, "factors");
        known.services = textsOf(p, "services");
        known.incidents = textsOf(p, "incidents");
        for (std::string &since : textsOf(p, "seenSince"))
            known.incidents.push_back(std::move(since));
        patterns.push_back(std::move(known));
    }
    std::printf("%s", review::checklistMarkdown(g.service, review::checklistFor(g.service, patterns)).c_str());
    return kDone;
}

/// A command of words that may be there already.
CLI::App &wordOf(CLI::App &app, const char *name, const char *about)
{
    for (CLI::App *known : app.get_subcommands([&](const CLI::App *each) { return each->get_name() == name; }))
        return *known;
    CLI::App *made = app.add_subcommand(name, about);
    made->fallthrough();
    made->require_subcommand(1);
    return *made;
}

} // namespace

void addPublishVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App &review = wordOf(app, "review", "what is learnt after an incident");
    const auto whose = [](CLI::App &verb, PublishGiven &g) {
        verb.add_option("I,--incident", g.incident, "whose review: INC-7")->required()->type_name("I");
        verb.add_option("--audience", g.audience, "for whom: internal, public, or an audience of the workspace")->required()->type_name("A");
    };
    verbs.add<PublishGiven>(
        review, "publish", "a rendition of a review for an audience: as a file, at Confluence, or as a message for a status page",
        [whose](CLI::App &verb, PublishGiven &g) {
            whose(verb, g);
            verb.add_option("--format", g.format, "md, html, txt, pdf or odt (default: md)")->type_name("F")->check(CLI::IsMember({"md", "html", "txt", "pdf", "odt"}))->default_str("")->default_val("md");
            verb.add_option("--out", g.out, "into this file, which must not be there (default: standard output)")->type_name("FILE");
            CLI::Option *at = verb.add_option("--at", g.connection, "at Confluence, through this connection; the page of the same incident and audience is updated")->type_name("CONNECTION");
            verb.add_option("--to-page", g.pages, "as a message for this status page, which is approved and released as every other; may be repeated")->type_name("PAGE")->expected(1)->take_all()->excludes(at);
        },
        publishReview);
    verbs.add<PublishGiven>(
        review, "leaks", "what would keep a rendition from being published; exit 1 when something does",
        [whose](CLI::App &verb, PublishGiven &g) {
            whose(verb, g);
            verb.add_flag("--json", g.json, "as JSON");
        },
        showLeaks);
    verbs.add<PublishGiven>(
        review, "allow", "words the leak check stopped at may stand in what is published of this incident",
        [](CLI::App &verb, PublishGiven &g) {
            verb.add_option("I,--incident", g.incident, "whose review: INC-7")->required();
            verb.add_option("WORDS", g.words, "as the leak check names them; a secret is allowed by nobody")->required();
            verb.add_option("--reason", g.reason, "why")->required()->type_name("R");
        },
        allowWords);
    verbs.add<PublishGiven>(
        review, "track", "make an action an issue of a tracker, or let go of it",
        [](CLI::App &verb, PublishGiven &g) {
            verb.add_option("I,--incident", g.incident, "whose review: INC-7")->required();
            verb.add_option("ACTION", g.action, "the action's number")->required();
            CLI::Option *at = verb.add_option("--at", g.connection, "through this connection, armed for issues")->type_name("CONNECTION");
            verb.add_option("--key", g.key, "an issue that is there already: its number, or Jira's key")->type_name("K")->needs(at);
            verb.add_flag("--release", g.release, "it is in no tracker any more; the issue there stays as it is")->excludes(at);
        },
        trackAction);
    CLI::App &pattern = wordOf(app, "pattern", "what recurs across incidents");
    verbs.add<PatternGiven>(
        pattern, "list", "patterns, and sets of factors that met more than once at a service",
        [](CLI::App &verb, PatternGiven &g) { verb.add_flag("--json", g.json, "as get patterns has it"); }, listPatterns);
    verbs.add<PatternGiven>(
        pattern, "keep", "a new pattern, or one changed: what is left out stays",
        [](CLI::App &verb, PatternGiven &g) {
            verb.add_option("N", g.pattern, "which one is changed");
            verb.add_option("--title", g.title, "what it is called")->type_name("T");
            verb.add_option("--requirement", g.requirement, "what would have to be true for it not to recur, as a statement that can be tested")->type_name("TEXT");
            verb.add_option("--factor", g.factors, "a factor's id; may be repeated")->type_name("F")->expected(1)->take_all();
            verb.add_option("--service", g.services, "a service; may be repeated")->type_name("S")->expected(1)->take_all();
            verb.add_option("--incident", g.incidents, "an incident it was seen in; may be repeated")->type_name("I")->expected(1)->take_all();
        },
        keepPattern);
    verbs.add<PatternGiven>(
        pattern, "turn", "a pattern is open, in design, met or dropped",
        [](CLI::App &verb, PatternGiven &g) {
            verb.add_option("N", g.pattern, "which one")->required();
            verb.add_option("STATE", g.state, "open, in design, met, dropped")->required();
            verb.add_option("--reason", g.reason, "why; of one that is met: what shows it")->type_name("R");
        },
        turnPattern);
    verbs.add<PatternGiven>(
        pattern, "checklist", "what to ask of the next design of a service, from patterns that live, as Markdown",
        [](CLI::App &verb, PatternGiven &g) { verb.add_option("SERVICE", g.service, "which service")->required(); }, checklist);
}

} // namespace qd::app
