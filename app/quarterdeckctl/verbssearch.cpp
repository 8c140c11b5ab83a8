// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"
#include "app/quarterdeckctl/verbs.h"

#include "core/search/indexer.h"

#include <boost/json.hpp>
#include <cstdio>
#include <unistd.h>

namespace qd::app {

namespace json = boost::json;

namespace {

struct SearchGiven {
    std::vector<std::string> text;
    std::uint32_t limit = 50;
    bool json = false;
};

/// The excerpt on one line; on a terminal what matched is bold.
std::string excerptOf(const json::object &item, bool isTerminal)
{
    std::string out;
    bool matched = false;
    if (const json::value *pieces = item.if_contains("pieces"); pieces && pieces->is_array())
        for (const auto &piece : pieces->get_array()) {
            const std::string text = piece.is_string() ? std::string(piece.get_string()) : std::string();
            out += matched && isTerminal ? "\033[1m" + text + "\033[0m" : text;
            matched = !matched;
        }
    return out;
}

/// One line a hit: when, kind, where it belongs, the text. What is said about the answer goes to stderr.
void printHits(const std::string &text)
{
    boost::system::error_code wrong;
    const json::value parsed = json::parse(text, wrong);
    const json::object *answer = wrong ? nullptr : parsed.if_object();
    const json::value *items = answer ? answer->if_contains("items") : nullptr;
    if (!items || !items->is_array())
        return printJson(text);
    const bool isTerminal = isatty(STDOUT_FILENO) == 1;
    for (const auto &each : items->get_array()) {
        const json::object &item = each.get_object();
        std::string where = textOf(item, "incident");
        if (const auto alert = textOf(item, "alert"); !alert.empty())
            where += (where.empty() ? "" : " ") + alert;
        std::printf("%s  %-10s  %s  %s\n", textOf(item, "at").c_str(), textOf(item, "kind").c_str(), where.empty() ? "-" : where.c_str(),
                    excerptOf(item, isTerminal).c_str());
    }
    std::fflush(stdout);
    const auto total = answer->at("total").to_number<std::uint64_t>(wrong);
    const std::string found = (answer->at("more").as_bool() ? "more than " : "") + std::to_string(total) + " found";
    const std::size_t shown = items->get_array().size();
    if (total == 0)
        std::fputs("Nothing was found.\n", stderr);
    else if (shown < total)
        std::fprintf(stderr, "%s, the newest %zu shown.\n", found.c_str(), shown);
    else
        std::fprintf(stderr, "%s.\n", found.c_str());
    if (const auto notice = textOf(*answer, "notice"); !notice.empty())
        std::fprintf(stderr, "%s\n", notice.c_str());
}

int search(Verbs &verbs, const SearchGiven &g)
{
    std::string text;
    for (const auto &word : g.text)
        text += (text.empty() ? "" : " ") + word;
    const Called got = callCore(verbs, "search", json::serialize(json::object{{"text", text}, {"limit", g.limit}}));
    if (got.exit != kDone)
        return got.exit;
    g.json ? printJson(got.json) : printHits(got.json);
    return kDone;
}

} // namespace

void addSearchVerb(CLI::App &app, Verbs &verbs)
{
    verbs.add<SearchGiven>(
             app, "search", "find what was said: alerts, log lines, messages, decisions, updates, changes; newest first",
             [](CLI::App &verb, SearchGiven &g) {
                 verb.add_option("TEXT", g.text, "the query, as one argument or several")->required();
                 verb.add_option("--limit", g.limit, "how many hits are shown (default: 50)")
                     ->type_name("N")
                     ->check(CLI::Range(1u, static_cast<unsigned>(search::Indexer::kHitLimit)));
                 verb.add_flag("--json", g.json, "{\"schema\":1,\"total\":n,\"complete\":true,\"items\":[…]}");
             },
             search)
        ->footer("All words must be there; case and accents do not matter. Quote the query for your shell:\n"
                 "  search 'disk \"is full\" check* -staging incident:INC-7 since:2h'\n"
                 "\"…\" is a phrase, * ends the beginning of a word, - excludes. Filters: incident:INC-7 service:S kind:K\n"
                 "by:PERSON since:T until:T, where T is 2h, 2026-11-23 or 2026-11-23T14:25:00Z. What was erased has no words any more and is\n"
                 "found by erased:any (or erased:LogWritten), role:commander, hash:3f78, with incident:, since: and until:.\n"
                 "Until all is indexed the answer says so on stderr: Indexing, 42 %.");
}

} // namespace qd::app
