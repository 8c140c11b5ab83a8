// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/practice.h"
#include "app/quarterdeckctl/verbs.h"

#include "core/journal/journal.h"
#include "core/link/jsonrpc.h"
#include "core/link/protocol.h"
#include "core/store/sqliteports.h"

#include <boost/json.hpp>
#include <fstream>
#include <pwd.h>
#include <signal.h>
#include <thread>
#include <unistd.h>

namespace qd::app {

namespace {

constexpr const char *kMark = "PRACTICE"; ///< the file that marks a home as one that may be thrown away

struct NewGiven {
    bool replace = false, join = false;
};
struct PlayGiven {
    double speed = 1;
};

/// The core of the practice home, if one runs, is asked to end; waits for it.
void stopCore(const HomeOptions &home)
{
    for (int tries = 0; tries < 100; ++tries) {
        auto core = link::Caller::connect(link::controlSocket(home.home));
        if (!core)
            return;
        if (tries == 0) {
            const auto status = (*core)->call("status", {}, {}, seconds(5));
            if (!status)
                return;
            const auto known = boost::json::parse(*status);
            if (const auto *pid = known.as_object().if_contains("pid"); pid && pid->is_int64())
                ::kill(static_cast<pid_t>(pid->as_int64()), SIGTERM);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

bool isRunning(const HomeOptions &home)
{
    return link::Caller::connect(link::controlSocket(home.home)).has_value();
}

int makeNew(Verbs &verbs, const NewGiven &given)
{
    namespace fs = std::filesystem;
    const fs::path &home = verbs.options.home;
    std::error_code wrong;
    if (fs::exists(home, wrong)) {
        if (!fs::exists(home / kMark, wrong) && !fs::is_empty(home, wrong))
            return refuse({Code::Conflict, home.string() + " is not a practice home and stays as it is; name another with --home.", {}});
        if (isRunning(verbs.options)) {
            if (given.join) {
                std::printf("joined\n");
                return kDone;
            }
            if (!given.replace)
                return refuse({Code::Conflict, "A practice incident is running in " + home.string() + "; end it with: practice stop, or replace it with: practice new --replace", {}});
        }
        stopCore(verbs.options);
        fs::remove_all(home, wrong);
    }
    SystemClock clock;
    SystemRandom random;
    const journal::Unlock key{journal::Unlock::KeyFile, {}};
    const auto made = journal::create(home, store::sqlitePorts(), key, clock, random);
    if (!made)
        return refuse(made.error());
    std::ofstream(home / kMark) << "This home holds invented events and is made anew each time the practice incident starts.\n";
    const passwd *user = getpwuid(geteuid());
    const std::string id = user ? user->pw_name : "you";
    std::string name = user && user->pw_gecos ? std::string(user->pw_gecos).substr(0, std::string(user->pw_gecos).find(',')) : std::string();
    if (name.empty() || name.find('"') != std::string::npos)
        name = id;
    if (const auto written = writePracticeWorkspace(verbs.options.workspace(), id, name); !written)
        return refuse(written.error());
    return kDone;
}

int play(Verbs &verbs, const PlayGiven &given)
{
    const auto played = playPractice(verbs.options, given.speed);
    return played ? kDone : refuse(played.error());
}

int stop(Verbs &verbs, const None &)
{
    std::error_code wrong;
    if (!std::filesystem::exists(verbs.options.home / kMark, wrong))
        return refuse({Code::Conflict, verbs.options.home.string() + " is not a practice home.", {}});
    stopCore(verbs.options);
    return kDone;
}

} // namespace

void addPracticeVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *practice = app.add_subcommand("practice", "the practice incident: an invented shop's outage in a home of its own");
    practice->fallthrough();
    practice->require_subcommand(1);
    verbs.add<NewGiven>(
        *practice, "new", "make the practice home anew; one that is running is left alone",
        [](CLI::App &verb, NewGiven &g) {
            CLI::Option *replace = verb.add_flag("--replace", g.replace, "end the one that is running, and lose what was done in it");
            verb.add_flag("--join", g.join, "one that is running is fine: leaves it, prints \"joined\"")->excludes(replace);
        },
        makeNew);
    verbs.add<PlayGiven>(
        *practice, "play", "play the outage against the running core of the practice home",
        [](CLI::App &verb, PlayGiven &g) { verb.add_option("--speed", g.speed, "1 is real time")->check(CLI::Range(0.1, 60.0))->capture_default_str(); }, play);
    verbs.add<None>(*practice, "stop", "end the practice home's core", [](CLI::App &, None &) {}, stop);
}

} // namespace qd::app
