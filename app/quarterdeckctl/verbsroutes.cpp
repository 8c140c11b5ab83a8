// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/workspacefile.h"

#include "core/base/safetext.h"
#include "core/workspace/alertmanagerconfig.h"
#include "core/workspace/files.h"

#include <cstdio>

namespace qd::app {

namespace fs = std::filesystem;

namespace {

constexpr const char *kImported = "alertmanager.toml";

struct RoutesGiven {
    std::vector<std::string> labels;
};

int routesTest(Verbs &v, const RoutesGiven &g)
{
    json::object labels;
    for (const auto &label : g.labels) {
        const auto equals = label.find('=');
        if (equals == std::string::npos || equals == 0)
            return usage("a label is NAME=VALUE");
        labels[label.substr(0, equals)] = label.substr(equals + 1);
    }
    const Called got = callCore(v, "routes.test", json::serialize(json::object{{"labels", std::move(labels)}}));
    if (got.exit == kDone)
        std::printf("%s\n", json::serialize(json::object{{"receivers", json::parse(got.json).at("receivers")}}).c_str());
    return got.exit;
}

struct ImportGiven {
    std::string file;
    bool apply = false;
};

int importAlertmanager(Verbs &v, const ImportGiven &g)
{
    const auto text = contentOf(g.file, workspace::kYamlLimit);
    if (!text)
        return refuse(text.error());
    const auto config = workspace::parseAlertmanagerConfig(*text);
    if (!config)
        return refuse(config.error());
    const fs::path folder = v.options.workspace();
    const auto before = workspace::load(folder);
    if (!before)
        return refuse(before.error());
    return offerFile(folder, *before, {kImported, workspace::toToml(*config, fs::path(g.file).filename().string()), {}, config->untranslated}, g.apply);
}

} // namespace

void addRoutesVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *routes = app.add_subcommand("routes", "the workspace's routes");
    routes->fallthrough();
    routes->require_subcommand(1);
    verbs.add<RoutesGiven>(
        *routes, "test", "which receivers an alert with these labels goes to; prints {\"receivers\":[…]}",
        [](CLI::App &verb, RoutesGiven &g) { verb.add_option("LABEL=VALUE", g.labels, "its labels; one that is not given has the value \"\""); }, routesTest);
    CLI::App *import = app.get_subcommand("import");
    verbs.add<ImportGiven>(
        *import, "alertmanager", "routes, inhibitions and time intervals of an alertmanager.yml, into the workspace; needs no running core",
        [](CLI::App &verb, ImportGiven &g) {
            verb.add_option("FILE", g.file, "alertmanager.yml")->required();
            verb.add_flag("--apply", g.apply, "write them into the workspace");
        },
        importAlertmanager);
}

} // namespace qd::app
