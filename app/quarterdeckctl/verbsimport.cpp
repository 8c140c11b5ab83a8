// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/pagerdutyfetch.h"
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/workspacefile.h"

#include "core/base/ports.h"
#include "core/workspace/files.h"
#include "core/workspace/oncallimport.h"

namespace qd::app {

namespace fs = std::filesystem;

namespace {

struct OnCallGiven {
    std::string file, connection;
    bool apply = false;
};

/// `text`: the tool's answers, which came from `from`.
int importText(Verbs &v, const OnCallGiven &g, workspace::OnCallTool tool, const char *name, const Result<std::string> &text, const std::string &from)
{
    if (!text)
        return refuse(text.error());
    const fs::path folder = v.options.workspace();
    const auto before = workspace::load(folder);
    if (!before)
        return refuse(before.error());
    const auto own = contentOf(folder / name, workspace::kOnCallLimit); // there is none the first time
    const auto read = workspace::readOnCall(tool, *text, workspace::without(*before, own ? *own : std::string()), SystemClock().now());
    if (!read)
        return refuse(read.error());
    return offerFile(folder, *before, {name, workspace::toToml(*read, from), read->known, read->untranslated}, g.apply);
}

int importOnCall(Verbs &v, const OnCallGiven &g, workspace::OnCallTool tool, const char *name)
{
    return importText(v, g, tool, name, contentOf(g.file, workspace::kOnCallLimit), fs::path(g.file).filename().string());
}

/// From a file as the others, or from the account of a connection there is.
int importPagerDuty(Verbs &v, const OnCallGiven &g)
{
    constexpr const char *kFile = "pagerduty.toml";
    if (g.file.empty() == g.connection.empty())
        return usage("import pagerduty takes a FILE, or --connection NAME");
    if (g.connection.empty())
        return importOnCall(v, g, workspace::OnCallTool::PagerDuty, kFile);
    const Called got = callCore(v, "get", json::serialize(json::object{{"what", "sources"}}));
    if (got.exit != kDone)
        return got.exit;
    PagerDutyAccount account;
    bool isThere = false;
    const json::value sources = json::parse(got.json);
    for (const json::value &source : sources.at("items").get_array())
        if (textOf(source, "name") == g.connection && textOf(source, "kind") == "pagerduty-rest") {
            isThere = true;
            account.url = textOf(source, "url");
            account.caFile = textOf(source, "caFile");
        }
    if (!isThere)
        return refuse({Code::NotFound, "There is no connection " + g.connection + " of kind pagerduty-rest; `get sources` lists them."});
    while (account.url.ends_with('/'))
        account.url.pop_back();
    auto token = readSecret(v.options.secrets() / (g.connection + ".token"));
    if (!token)
        return refuse(token.error());
    account.token = std::move(*token);
    return importText(v, g, workspace::OnCallTool::PagerDuty, kFile, fetchPagerDuty(account), g.connection);
}

int importGrafana(Verbs &v, const OnCallGiven &g) { return importOnCall(v, g, workspace::OnCallTool::GrafanaOnCall, "oncall.toml"); }
int importOpsgenie(Verbs &v, const OnCallGiven &g) { return importOnCall(v, g, workspace::OnCallTool::Opsgenie, "opsgenie.toml"); }
int importGoAlert(Verbs &v, const OnCallGiven &g) { return importOnCall(v, g, workspace::OnCallTool::GoAlert, "goalert.toml"); }

} // namespace

void addImportVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *import = app.get_subcommand("import");
    const auto offer = [](CLI::App &verb, OnCallGiven &g) {
        verb.add_option("FILE", g.file, "the answers of its API in one JSON object, a member each; the README of core/workspace says which")->required();
        verb.add_flag("--apply", g.apply, "write them into the workspace");
    };
    verbs.add<OnCallGiven>(*import, "oncall", "people, teams, schedules and escalation chains of Grafana OnCall; needs no running core", offer, importGrafana);
    verbs.add<OnCallGiven>(*import, "opsgenie", "people, teams, schedules and escalations of Opsgenie; needs no running core", offer, importOpsgenie);
    verbs.add<OnCallGiven>(
        *import, "pagerduty", "people, teams, schedules, escalation policies and services of PagerDuty, from its account or from a file",
        [](CLI::App &verb, OnCallGiven &g) {
            verb.add_option("FILE", g.file, "the answers of its API in one JSON object, a member each; the README of core/workspace says which");
            verb.add_option("--connection", g.connection, "ask the account of this connection (of kind pagerduty-rest) instead; needs the running core")->type_name("NAME");
            verb.add_flag("--apply", g.apply, "write them into the workspace");
        },
        importPagerDuty);
    verbs.add<OnCallGiven>(*import, "goalert", "people, rotations, schedules and escalation policies of GoAlert; needs no running core", offer, importGoAlert);
}

} // namespace qd::app
