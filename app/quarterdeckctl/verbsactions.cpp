// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/files.h"
#include "app/quarterdeckctl/params.h"
#include "core/review/actionsfile.h"

#include <cstdio>

/// What is to be done after all reviews, as a table for a backlog and back.
namespace qd::app {

namespace {

constexpr std::size_t kActionsFileBytes = 4u << 20;

struct ActionsGiven {
    std::string file, incident, out;
    bool open = false;
};

review::ActionLine lineOf(const json::value &item)
{
    review::ActionLine r{textOf(item, "incident"), std::to_string(item.at("action").to_number<std::uint64_t>()), textOf(item, "text"), textOf(item, "owner"), textOf(item, "due").substr(0, 10), textOf(item, "strength"),
                         textOf(item, "verification"), textOf(item, "factor"), {}, {}};
    if (r.strength == "unsaid")
        r.strength.clear();
    if (const json::value &there = item.at("tracked"); there.is_object()) {
        r.tracker = textOf(there, "connection");
        r.key = textOf(there, "key");
    }
    return r;
}

int exportActions(Verbs &v, const ActionsGiven &g)
{
    const Called got = callCore(v, "get", R"({"what":"actions"})");
    if (got.exit != kDone)
        return got.exit;
    const json::value answer = json::parse(got.json);
    std::vector<review::ActionLine> rows;
    for (const json::value &item : answer.at("items").as_array()) {
        const std::string state = textOf(item, "state");
        const bool isMeant = g.incident.empty() || textOf(item, "incident") == g.incident;
        if (isMeant && (g.open ? state == "open" : state != "dropped"))
            rows.push_back(lineOf(item));
    }
    const std::string csv = review::actionsAsCsv(rows);
    if (g.out.empty()) {
        std::fwrite(csv.data(), 1, csv.size(), stdout);
        return kDone;
    }
    if (const auto written = writeNew(g.out, csv); !written)
        return refuse(written.error());
    std::printf("%s\n", g.out.c_str());
    return kDone;
}

int importActions(Verbs &v, const ActionsGiven &g)
{
    const auto text = readFile(g.file, kActionsFileBytes);
    if (!text)
        return refuse(text.error());
    const auto rows = review::actionsInCsv(*text);
    if (!rows)
        return refuse(rows.error());
    json::array all;
    for (const review::ActionLine &r : *rows) {
        json::object row = object({{"incident", r.incident}, {"text", r.text}, {"owner", r.owner}, {"due", r.due}, {"strength", r.strength}, {"verification", r.verification}, {"factor", r.factor}, {"tracker", r.tracker}, {"key", r.key}});
        row["line"] = r.line;
        if (!r.action.empty())
            row["action"] = std::stoul(r.action); // digits, and few
        all.emplace_back(std::move(row));
    }
    return send(v, "action.import", json::object{{"rows", std::move(all)}});
}

} // namespace

void addActionVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *action = app.add_subcommand("action", "what is to be done after all reviews, as a table for a backlog and back");
    action->fallthrough();
    action->require_subcommand(1);
    verbs.add<ActionsGiven>(
        *action, "export", "actions as CSV: incident, action, text, owner, due, strength, verification, factor, tracker, key",
        [](CLI::App &verb, ActionsGiven &g) {
            verb.add_option("--incident", g.incident, "of one review (default: of all)")->type_name("INC-N");
            verb.add_flag("--open", g.open, "those that are open (default: all that were not dropped)");
            verb.add_option("--out", g.out, "into this file, which must not be there (default: standard output)")->type_name("FILE");
        },
        exportActions);
    verbs.add<ActionsGiven>(
        *action, "import", "actions from CSV with these columns: new ones, changes of those there are, and the issues they are; all of it or nothing",
        [](CLI::App &verb, ActionsGiven &g) { verb.add_option("FILE", g.file, "the file, in UTF-8; its first line names the columns")->required(); }, importActions);
}

} // namespace qd::app
