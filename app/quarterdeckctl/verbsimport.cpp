// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/workspacefile.h"

#include "core/base/ports.h"
#include "core/workspace/files.h"
#include "core/workspace/oncallimport.h"

namespace qd::app {

namespace fs = std::filesystem;

namespace {

struct OnCallGiven {
    std::string file;
    bool apply = false;
};

int importOnCall(Verbs &v, const OnCallGiven &g, workspace::OnCallTool tool, const char *name)
{
    const auto text = contentOf(g.file, workspace::kOnCallLimit);
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
    return offerFile(folder, *before, {name, workspace::toToml(*read, fs::path(g.file).filename().string()), read->known, read->untranslated}, g.apply);
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
    verbs.add<OnCallGiven>(*import, "goalert", "people, rotations, schedules and escalation policies of GoAlert; needs no running core", offer, importGoAlert);
}

} // namespace qd::app
