// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/bench.h"
#include "app/quarterdeckctl/coverage.h"
#include "app/quarterdeckctl/descriptors.h"
#include "app/quarterdeckctl/serve.h"
#include "app/quarterdeckctl/verbs.h"

#include "core/base/ports.h"
#include "core/journal/unlock.h"
#include "core/workspace/files.h"

#include <charconv>
#include <cstdio>
#include <unistd.h>

namespace qd::app {

namespace {

int init(Verbs &verbs, const None &)
{
    const HomeOptions &options = verbs.options;
    auto unlock = unlockOf(options);
    if (!unlock)
        return refuse(unlock.error());
    SystemClock clock;
    SystemRandom random;
    const auto made = journal::create(options.home, portsOf(options.keychain), *unlock, clock, random, [&] { return workspace::writeExample(options.workspace()); });
    if (!made)
        return refuse(made.error());
    const char *key = unlock->kind == journal::Unlock::Passphrase ? "a passphrase"
        : unlock->kind == journal::Unlock::Keychain              ? "the desktop's keychain"
                                                                 : "the key file in the home (whoever can read the home can read the log)";
    std::printf("home              %s\nopened by         %s\nrecovery key      %s\norigin            %s\nverification key  %s\n\n"
                "Write the recovery key down and keep it elsewhere: it is shown once and opens the home when all else is lost.\n"
                "Keep origin and verification key with it: `verify --origin-key` proves the log with them.\n"
                "Your team's settings are in %s; edit them, they are read while the core runs.\n",
                options.home.c_str(), key, made->recoveryKey.c_str(), made->origin.c_str(), made->verificationKey.c_str(),
                options.workspace().c_str());
    return kDone;
}

struct ServeGiven {
    std::string listen = "127.0.0.1:0", emergency, recoverInto;
    std::size_t batchMebi = net::kBatchBodyLimit / net::kMebi;
    sources::InboundOptions inbound = {};
};

int runServe(Verbs &verbs, const ServeGiven &given)
{
    ServeOptions options;
    options.home = verbs.options;
    const auto colon = given.listen.rfind(':');
    unsigned port = 65536;
    if (colon != std::string::npos) {
        const char *end = given.listen.data() + given.listen.size();
        const auto r = std::from_chars(given.listen.data() + colon + 1, end, port);
        if (r.ec != std::errc() || r.ptr != end)
            port = 65536;
    }
    if (port > 65535 || colon == 0) {
        std::fprintf(stderr, "quarterdeckctl: --listen is ADDRESS:PORT, such as 127.0.0.1:9080 or [::1]:0\n");
        return kUsage;
    }
    options.address = given.listen.substr(0, colon);
    if (options.address.size() > 2 && options.address.front() == '[' && options.address.back() == ']')
        options.address = options.address.substr(1, options.address.size() - 2);
    options.port = static_cast<std::uint16_t>(port);
    if (!given.emergency.empty())
        options.emergency = std::filesystem::absolute(given.emergency);
    options.inbound = given.inbound;
    options.inbound.batchBodyLimit = given.batchMebi * net::kMebi;
    options.limits.connections = roomForConnections(net::kConnections);
    if (!given.recoverInto.empty())
        options.recoverInto = std::filesystem::absolute(given.recoverInto);
    auto unlock = unlockOf(options.home);
    if (!unlock)
        return refuse(unlock.error());
    options.unlock = std::make_shared<const journal::Unlock>(std::move(*unlock));
    const auto served = serve(options);
    return served ? kDone : refuse(served.error());
}

struct WorkspaceGiven {
    std::string folder;
};

int checkWorkspace(Verbs &verbs, const WorkspaceGiven &given)
{
    const std::filesystem::path folder = given.folder.empty() ? verbs.options.workspace() : std::filesystem::path(given.folder);
    const auto loaded = workspace::load(folder);
    if (!loaded) {
        refuse(loaded.error());
        if (!loaded.error().detail.empty())
            std::fprintf(stderr, "%s\n", loaded.error().detail.c_str());
        return kRefused;
    }
    std::printf("sound: %zu services, %zu teams, %zu people, %zu policies, %zu templates\n", loaded->services.size(), loaded->teams.size(),
                loaded->people.size(), loaded->policies.size(), loaded->templates.size());
    for (const std::string &warning : coverageWarnings(*loaded, folder, SystemClock().now()))
        std::fprintf(stderr, "warning: %s\n", warning.c_str());
    return kDone;
}

struct BenchGiven {
    std::string name;
    bool list = false, json = false;
    std::string journals;
    std::uint64_t events = 0;
};

int runBench(Verbs &, const BenchGiven &given)
{
    if (given.list) {
        for (const Bench &b : benches())
            std::printf("%.*s\n", static_cast<int>(b.name.size()), b.name.data());
        return kDone;
    }
    for (const Bench &b : benches())
        if (b.name == given.name)
            return b.run({given.json, given.journals, given.events});
    std::fprintf(stderr, "quarterdeckctl: there is no benchmark \"%s\"; `bench --list` names them\n", given.name.c_str());
    return kUsage;
}

} // namespace

void addHomeVerbs(CLI::App &app, Verbs &verbs)
{
    verbs.add<None>(app, "init", "make a home: keys, log, a workspace with commented examples",
                    [](CLI::App &, None &) {}, init);
    verbs.add<ServeGiven>(
        app, "serve", "be the core of this home until SIGTERM or SIGINT",
        [](CLI::App &verb, ServeGiven &g) {
            verb.add_option("--listen", g.listen, "where senders reach it; port 0: any free one")->type_name("ADDR:PORT")->capture_default_str();
            verb.add_option("--emergency", g.emergency, "where what the home's disk does not take is kept, sealed; best on another disk (default: $XDG_STATE_HOME/quarterdeck, or $XDG_RUNTIME_DIR/quarterdeck where that is another disk)")->type_name("DIR");
            verb.add_option("--recover-into", g.recoverInto, "when the home is damaged: make another of what can be read, as `recover` does, in this folder, not there yet, and be its core")->type_name("DIR");
            verb.add_option("--batch-limit", g.batchMebi, "how large a delivery of alerts may be, in MiB; above it 413")->type_name("MIB")->check(CLI::Range(1, 256))->capture_default_str();
            verb.add_option("--rate", g.inbound.requestsPerSecond, "requests a second one key may send from other machines, twice that in a burst; above it 429; 0: no limit")->type_name("N")->check(CLI::Range(0, 1'000'000))->capture_default_str();
            verb.add_option("--loopback-rate", g.inbound.loopbackRequestsPerSecond, "the same from this machine")->type_name("N")->check(CLI::Range(0, 1'000'000))->capture_default_str();
        },
        runServe);
    CLI::App *workspace = app.add_subcommand("workspace", "the team's settings");
    workspace->fallthrough();
    workspace->require_subcommand(1);
    verbs.add<WorkspaceGiven>(
        *workspace, "check", "read and check the files of a workspace; says the first mistake with file and line",
        [](CLI::App &verb, WorkspaceGiven &g) { verb.add_option("DIR", g.folder, "the folder (default: the home's workspace)"); }, checkWorkspace);
    verbs.add<BenchGiven>(
        app, "bench", "measure, beside references from the same run",
        [](CLI::App &verb, BenchGiven &g) {
            verb.add_option("NAME", g.name, "which benchmark");
            verb.add_flag("--list", g.list, "the names of all");
            verb.add_flag("--json", g.json, "figures as JSON");
            verb.add_option("--journals", g.journals, "keep the reference journals in this folder for the next bench")->type_name("DIR");
            verb.add_option("--events", g.events, "events in a reference journal (default: a million), alerts of ingest (100,000), messages of chat (10,000) or lines of an incident (50,000), for a quick run")->type_name("N");
        },
        runBench);
}

} // namespace qd::app
