// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/files.h"
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"

#include <algorithm>
#include <cstdio>

namespace qd::app {

namespace {

struct PageGiven {
    std::string page, component, state, phase, next, incident, reason, from, until, duration, language, preview;
    std::vector<std::string> texts, titles, components, tell;
    std::uint32_t notice = 0, end = 0, change = 0;
    bool fresh = false, json = false, removeMarked = false;
};

/// A text in the language asked for, else the first there is.
std::string inLanguage(const json::value &texts, const std::string &language)
{
    const json::object &all = texts.as_object();
    if (const json::value *t = all.if_contains(language); t && t->is_string())
        return std::string(t->get_string());
    return all.empty() ? std::string() : std::string(all.begin()->value().as_string());
}

/// The page as it would be served, in a file; how it would read in words on stdout. Nothing is sent.
int preview(Verbs &v, const PageGiven &g, const char *method, const json::object &p)
{
    const Called called = callCore(v, method, json::serialize(p));
    if (called.exit != kDone)
        return called.exit;
    const json::value answer = json::parse(called.json);
    const json::array &files = answer.at("files").as_array();
    const auto file = std::find_if(files.begin(), files.end(), [&](const json::value &f) { return g.language.empty() ? textOf(f, "path") == "index.html" : textOf(f, "language") == g.language; });
    if (file == files.end())
        return refuse({Code::NotFound, "Page " + g.page + " does not speak \"" + g.language + "\".", {}});
    if (const auto written = writeNew(g.preview, textOf(*file, "html")); !written)
        return refuse(written.error());
    const std::string language = textOf(*file, "language");
    std::printf("%s\n", inLanguage(answer.at("overall"), language).c_str());
    for (const json::value &c : answer.at("components").as_array())
        std::printf("  %-24s  %s\n", inLanguage(c.at("name"), language).c_str(), textOf(c, "state").c_str());
    for (const json::value &a : answer.at("advice").as_array())
        std::fprintf(stderr, "advice: %s: \"%s\": %s\n", textOf(a, "kind").c_str(), textOf(a, "words").c_str(), textOf(a, "say").c_str());
    return kDone;
}

int post(Verbs &v, const PageGiven &g)
{
    json::object p = object({{"page", g.page}, {"phase", g.phase}, {"next", g.next}, {"incident", g.incident}, {"reason", g.reason}});
    if (!g.texts.empty())
        p["text"] = textsByLanguage(g.texts);
    if (!g.tell.empty())
        p["tell"] = list(g.tell);
    if (!g.titles.empty())
        p["title"] = textsByLanguage(g.titles);
    if (g.notice != 0)
        p["notice"] = g.notice;
    if (g.fresh)
        p["fresh"] = true;
    json::array components;
    for (const std::string &c : g.components) {
        const auto at = c.find('=');
        if (at == std::string::npos)
            return usage("write --component ID=STATE, such as checkout=partial-outage");
        components.push_back(json::object{{"component", c.substr(0, at)}, {"state", c.substr(at + 1)}});
    }
    if (!components.empty())
        p["components"] = std::move(components);
    if (g.removeMarked)
        p["removeMarked"] = true;
    if (!g.preview.empty())
        return preview(v, g, "page.preview", p);
    return send(v, "page.post", p, "id");
}

int set(Verbs &v, const PageGiven &g)
{
    return send(v, "page.set", object({{"page", g.page}, {"component", g.component}, {"state", g.state}, {"reason", g.reason}, {"until", g.until}}));
}

int maintain(Verbs &v, const PageGiven &g)
{
    if (g.end != 0) {
        json::object p = object({{"page", g.page}, {"reason", g.reason}});
        p["number"] = g.end;
        return send(v, "page.endmaintenance", p);
    }
    if (g.change == 0 && (g.titles.empty() || g.components.empty()))
        return usage("page maintenance needs --title and --component, or --change NUMBER, or --end NUMBER");
    json::object p = object({{"page", g.page}, {"from", g.from}, {"until", g.until}, {"duration", g.duration}, {"reason", g.reason}});
    if (!g.tell.empty())
        p["tell"] = list(g.tell);
    if (g.change != 0)
        p["number"] = g.change;
    if (!g.titles.empty())
        p["title"] = textsByLanguage(g.titles);
    if (!g.texts.empty())
        p["text"] = textsByLanguage(g.texts);
    if (!g.components.empty())
        p["components"] = list(g.components);
    if (g.removeMarked)
        p["removeMarked"] = true;
    if (!g.preview.empty())
        return preview(v, g, "page.maintenance.preview", p);
    return send(v, "page.maintenance", p, "id");
}

/// " (without technical, legal: the reason)"
std::string withoutChecks(const json::value &said)
{
    if (said.at("forced").is_null())
        return {};
    std::string stages;
    for (const json::value &stage : said.at("forced").at("missing").as_array())
        stages += (stages.empty() ? "" : ", ") + std::string(stage.as_string());
    return "  (without " + stages + ": " + textOf(said.at("forced"), "reason") + ")";
}

int show(Verbs &v, const PageGiven &g)
{
    const Called called = callCore(v, "get", json::serialize(json::object{{"what", "pages"}}));
    if (called.exit != kDone)
        return called.exit;
    const json::value answer = json::parse(called.json);
    for (const json::value &page : answer.at("items").as_array()) {
        if (textOf(page, "id") != g.page)
            continue;
        if (g.json) {
            printJson(json::serialize(page));
            return kDone;
        }
        std::printf("%s: %s\n", inLanguage(page.at("title"), g.language).c_str(), textOf(page, "state").c_str());
        for (const json::value &c : page.at("components").as_array())
            std::printf("  %-24s  %s%s\n", inLanguage(c.at("name"), g.language).c_str(), textOf(c, "state").c_str(),
                        c.at("driftsSince").is_null() ? "" : "  (the page is green, what it stands for is not)");
        for (const json::value &n : page.at("notices").as_array()) {
            std::printf("\n%s (notice/%llu, %s)\n", inLanguage(n.at("title"), g.language).c_str(), static_cast<unsigned long long>(n.at("notice").to_number<std::uint64_t>()),
                        textOf(n, "phase").c_str());
            for (const json::value &u : n.at("updates").as_array())
                std::printf("  %.16s UTC  %s: %s%s\n", textOf(u, "at").c_str(), textOf(u, "phase").c_str(), inLanguage(u.at("text"), g.language).c_str(), withoutChecks(u).c_str());
        }
        for (const json::value &m : page.at("maintenances").as_array())
            std::printf("\n%s (maintenance/%llu, %s)%s\n  %.16s to %.16s UTC\n", inLanguage(m.at("title"), g.language).c_str(),
                        static_cast<unsigned long long>(m.at("maintenance").to_number<std::uint64_t>()), textOf(m, "state").c_str(), withoutChecks(m).c_str(), textOf(m, "from").c_str(), textOf(m, "until").c_str());
        return kDone;
    }
    return refuse({Code::NotFound, "There is no status page \"" + g.page + "\" in the workspace; `get pages` lists those there are.", {}});
}

} // namespace

void addPageVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *page = app.add_subcommand("page", "status pages: what the public is told");
    page->fallthrough();
    page->require_subcommand(1);
    verbs.add<PageGiven>(
        *page, "post", "say something to the public: a new notice, or a further word on one that is open",
        [](CLI::App &verb, PageGiven &g) {
            verb.add_option("PAGE", g.page, "the page, by its id in the workspace")->required();
            verb.add_option("--phase", g.phase, "investigating, identified, monitoring, resolved")->required()->type_name("PHASE");
            verb.add_option("--text", g.texts, "what is said; de=TEXT in another of the page's languages; may be repeated")->type_name("TEXT")->expected(1)->take_all();
            verb.add_option("--title", g.titles, "what the trouble is called; needed for a new notice")->type_name("TITLE")->expected(1)->take_all();
            verb.add_option("--component", g.components, "what a component is: ID=STATE; may be repeated")->type_name("ID=STATE")->expected(1)->take_all();
            verb.add_option("--next", g.next, "when the next word follows")->type_name("SPAN");
            verb.add_option("--incident", g.incident, "the incident it is of")->type_name("I");
            verb.add_option("--notice", g.notice, "the notice, when more than one is open")->type_name("N");
            verb.add_flag("--new", g.fresh, "a notice of its own, though one is open");
            verb.add_option("--reason", g.reason, "why words that passed no checks cannot wait for them; two others are told, and an alarm says so")->type_name("R");
            verb.add_option("--tell", g.tell, "who is told of that (default: who checks); may be repeated")->type_name("PERSON")->expected(1)->take_all();
            verb.add_flag("--remove-marked", g.removeMarked, "say it without what is marked above the page's clearance");
            verb.add_option("--preview", g.preview, "send nothing: the page as it would be served, in a new file; how it would read, on stdout")->type_name("FILE");
            verb.add_option("--language", g.language, "of --preview: one of the page's languages")->type_name("L");
        },
        post);
    verbs.add<PageGiven>(
        *page, "set", "a component is what you say, whatever follows from incidents; auto: what follows from them again",
        [](CLI::App &verb, PageGiven &g) {
            verb.add_option("PAGE", g.page, "the page")->required();
            verb.add_option("COMPONENT", g.component, "the component")->required();
            verb.add_option("STATE", g.state, "operational, degraded, partial-outage, major-outage, maintenance, auto")->required();
            verb.add_option("--reason", g.reason, "why; for us, never shown on the page")->type_name("R");
            verb.add_option("--until", g.until, "a span from now, or an instant")->type_name("T");
        },
        set);
    verbs.add<PageGiven>(
        *page, "maintenance", "announce planned work, change it, or end it",
        [](CLI::App &verb, PageGiven &g) {
            verb.add_option("PAGE", g.page, "the page")->required();
            verb.add_option("--title", g.titles, "what is done, for the public")->type_name("TITLE")->expected(1)->take_all();
            verb.add_option("--text", g.texts, "more about it")->type_name("TEXT")->expected(1)->take_all();
            verb.add_option("--component", g.components, "what is worked on; may be repeated")->type_name("ID")->expected(1)->take_all();
            verb.add_option("--from", g.from, "RFC 3339; now when not given")->type_name("T");
            verb.add_option("--until", g.until, "RFC 3339")->type_name("T");
            verb.add_option("--for", g.duration, "how long")->type_name("SPAN");
            verb.add_option("--change", g.change, "the number of a maintenance that is another; what is not given stays")->type_name("N");
            verb.add_option("--end", g.end, "the number of a maintenance that ends now, or does not take place")->type_name("N");
            verb.add_option("--reason", g.reason, "why it ends, or why words that passed no checks cannot wait for them; for us")->type_name("R");
            verb.add_option("--tell", g.tell, "who is told of the latter (default: who checks); may be repeated")->type_name("PERSON")->expected(1)->take_all();
            verb.add_option("--preview", g.preview, "announce nothing: the page as it would be served, in a new file; how it would read, on stdout")->type_name("FILE");
            verb.add_option("--language", g.language, "of --preview: one of the page's languages")->type_name("L");
            verb.add_flag("--remove-marked", g.removeMarked, "announce it without what is marked above the page's clearance");
        },
        maintain);
    verbs.add<PageGiven>(
        *page, "show", "what a page says now",
        [](CLI::App &verb, PageGiven &g) {
            verb.add_option("PAGE", g.page, "the page")->required();
            verb.add_option("--language", g.language, "one of the page's languages")->type_name("L");
            verb.add_flag("--json", g.json, "as get pages has it");
        },
        show);
}

} // namespace qd::app
