// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/recovery.h"

#include "core/base/ports.h"
#include "core/events/codec.h"
#include "core/workspace/files.h"

#include <cstdio>

namespace qd::app {

namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t kRecordItself = 6; ///< the family of what says nothing but that there was a record

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

} // namespace

Result<RecoveredHome> recoverHome(const HomeOptions &damaged, const journal::Unlock &unlock, const fs::path &into)
{
    HomeOptions fresh = damaged;
    fresh.home = fs::absolute(into);
    std::error_code unresolved;
    const fs::path inside = fs::weakly_canonical(fresh.home, unresolved).lexically_relative(fs::weakly_canonical(damaged.home, unresolved));
    if (!inside.empty() && *inside.begin() != "..")
        return fail(Code::Invalid, fresh.home.string() + " is inside the damaged home, which is not to be changed; name a folder elsewhere.");
    if (unlock.kind == journal::Unlock::Recovery)
        return fail(Code::Invalid, "Another home cannot be made with a recovery key: give the damaged one's passphrase, or --keychain, or neither for its key file.");
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
        Result<> done = fs::is_directory(damaged.workspace(), ignored) ? copyFolder(damaged.workspace(), fresh.workspace()) : workspace::writeExample(fresh.workspace());
        return done ? copyFolder(damaged.secrets(), fresh.secrets()) : done;
    };
    auto made = journal::recover(damaged.home, fresh.home, portsOf(damaged.keychain), unlock, clock, random, how);
    if (!made)
        return tl::unexpected(made.error());
    return RecoveredHome{std::move(fresh.home), std::move(*made)};
}

void print(const RecoveredHome &recovered)
{
    const journal::Recovered &made = recovered.what;
    const auto records = static_cast<unsigned long long>(made.records);
    std::printf("home              %s\nrecovered         %llu records up to %s of %s\nrecovery key      %s\norigin            %s\nverification key  %s\n\n", recovered.home.c_str(), records,
                made.until ? toRfc3339(made.until).c_str() : "none", made.origin.c_str(), made.created.recoveryKey.c_str(), made.created.origin.c_str(),
                made.created.verificationKey.c_str());
    if (made.unread > 0)
        std::printf("%llu parts of records were erased or their keys are gone: they are not in it.\n", static_cast<unsigned long long>(made.unread));
    std::printf("It holds what can be proved up to the first damage: what may be readable behind record %llu is not in it and stays in that home.\n"
                "%s.\nKeep that home as it is: it proves what it proved; the new one proves what is recorded from now on. Write the new recovery key down; it is shown once.\n"
                "What was to be sent when the damage happened may be sent once more.\n",
                records, made.damage.c_str());
}

} // namespace qd::app
