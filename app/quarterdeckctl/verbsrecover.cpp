// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/verbs.h"
#include "core/base/ports.h"
#include "core/events/codec.h"
#include "core/journal/recover.h"
#include "core/workspace/files.h"

#include <cstdio>

namespace qd::app {

namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t kRecordItself = 6; ///< the family of what says nothing but that there was a record

struct RecoverGiven {
    std::string into;
};

std::vector<journal::Part> partsOf(const events::Events &events, Instant at)
{
    std::vector<journal::Part> parts;
    for (auto &part : events::encodeRecord(events, at))
        parts.push_back({std::move(part.stream), part.family, std::move(part.body), false, part.single});
    return parts;
}

/// Copies a folder of files, kept to ourselves; nothing where there is none.
Result<> copyFolder(const fs::path &from, const fs::path &to)
{
    std::error_code error;
    if (!fs::is_directory(from, error))
        return {};
    if (const auto made = makePrivate(to); !made)
        return made;
    fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::skip_symlinks | fs::copy_options::overwrite_existing, error);
    return error ? fail(Code::Io, from.string() + " cannot be copied: " + error.message() + ".") : Result<>();
}

int recoverHome(Verbs &verbs, const RecoverGiven &given)
{
    HomeOptions fresh = verbs.options;
    fresh.home = fs::absolute(given.into);
    std::error_code unresolved;
    const fs::path inside = fs::weakly_canonical(fresh.home, unresolved).lexically_relative(fs::weakly_canonical(verbs.options.home, unresolved));
    if (!inside.empty() && *inside.begin() != "..")
        return refuse({Code::Invalid, fresh.home.string() + " is inside the damaged home, which is not to be changed; name a folder elsewhere.", {}});
    const auto unlock = unlockOf(verbs.options);
    if (!unlock)
        return refuse(unlock.error());
    if (unlock->kind == journal::Unlock::Recovery)
        return refuse({Code::Invalid, "Another home cannot be made with a recovery key: give the damaged one's passphrase, or --keychain, or neither for its key file.", {}});
    SystemClock clock;
    SystemRandom random;
    journal::Recovering how;
    how.nothing = {"org", kRecordItself, {}};
    how.said = [&clock](const journal::Recovered &r) {
        // As after a disk that took nothing: from when to when nothing was recorded, and why.
        const Instant now = std::max(clock.now(), r.until);
        return std::vector{partsOf({events::RecordGap{r.until, "Recovered from another home (" + r.origin + ", records 1 to " + std::to_string(r.records) + "): " + r.damage + "."}}, now),
                           partsOf({events::RecordGapEnded{2, r.until, now}}, now)};
    };
    how.rest = [&] {
        std::error_code ignored;
        Result<> done = fs::is_directory(verbs.options.workspace(), ignored) ? copyFolder(verbs.options.workspace(), fresh.workspace())
                                                                              : workspace::writeExample(fresh.workspace());
        return done ? copyFolder(verbs.options.secrets(), fresh.secrets()) : done;
    };
    const auto made = journal::recover(verbs.options.home, fresh.home, portsOf(verbs.options.keychain), *unlock, clock, random, how);
    if (!made)
        return refuse(made.error());
    std::printf("home              %s\nrecovered         %llu records up to %s of %s\nrecovery key      %s\norigin            %s\nverification key  %s\n\n",
                fresh.home.c_str(), static_cast<unsigned long long>(made->records), made->until ? toRfc3339(made->until).c_str() : "none", made->origin.c_str(),
                made->created.recoveryKey.c_str(), made->created.origin.c_str(), made->created.verificationKey.c_str());
    if (made->unread > 0)
        std::printf("%llu parts of records were erased or their keys are gone: they are not in it.\n", static_cast<unsigned long long>(made->unread));
    std::printf("It holds what can be proved up to the first damage: what may be readable behind record %llu is not in it and stays in that home.\n",
                static_cast<unsigned long long>(made->records));
    std::printf("%s.\nKeep that home as it is: it proves what it proved; the new one proves what is recorded from now on. Write the new recovery key down; it is shown once.\n"
                "`quarterdeckctl --home %s serve` commands on. What was to be sent when the damage happened may be sent once more.\n",
                made->damage.c_str(), fresh.home.c_str());
    return kDone;
}

} // namespace

void addRecoverVerb(CLI::App &app, Verbs &verbs)
{
    verbs.add<RecoverGiven>(
        app, "recover", "make another home of what can be proved of a damaged one, up to the first damage, to command on; changes nothing in this one",
        [](CLI::App &verb, RecoverGiven &g) { verb.add_option("--into", g.into, "the new home's folder, not there yet")->type_name("DIR")->required(); }, recoverHome);
}

} // namespace qd::app
