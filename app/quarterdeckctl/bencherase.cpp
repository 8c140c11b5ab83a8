// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/bencherase.h"

#include "app/quarterdeckctl/benchledger.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchpeers.h"
#include "app/quarterdeckctl/benchreport.h"
#include "core/desk/strike.h"
#include "core/events/codec.h"
#include "core/journal/journal.h"
#include "core/store/sqliteports.h"

#include <boost/json.hpp>
#include <condition_variable>
#include <future>
#include <mutex>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr std::uint64_t kDays = 400, kTexts = 100'000, kIncidents = 200, kRounds = 5;
constexpr std::size_t kInFlight = 256;

/// A home with a record a day of alerts, then a record a line, incident by incident.
struct Home {
    std::unique_ptr<Scratch> folder;
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<journal::Journal> journal;
    std::uint64_t perIncident = 0;

    [[nodiscard]] std::filesystem::path path() const { return folder->path() / "home"; }
    [[nodiscard]] Result<> open()
    {
        journal.reset();
        auto opened = journal::Journal::open(path(), store::sqlitePorts(), {journal::Unlock::KeyFile, {}}, clock, random);
        if (!opened)
            return tl::unexpected(opened.error());
        journal = std::move(*opened);
        return {};
    }
    [[nodiscard]] Result<> make(std::uint64_t texts)
    {
        auto scratch = Scratch::make();
        if (!scratch)
            return tl::unexpected(scratch.error());
        folder = std::move(*scratch);
        perIncident = std::max<std::uint64_t>(1, texts / kIncidents);
        if (const auto made = journal::create(path(), store::sqlitePorts(), {journal::Unlock::KeyFile, {}}, clock, random); !made)
            return tl::unexpected(made.error());
        if (const auto opened = open(); !opened)
            return opened;
        std::mutex mutex;
        std::condition_variable landed;
        std::size_t flying = 0;
        Error problem;
        std::uint64_t seq = 0;
        const auto put = [&](std::vector<journal::Part> parts) {
            std::unique_lock lock(mutex);
            landed.wait(lock, [&] { return flying < kInFlight; });
            ++flying;
            lock.unlock();
            ++seq;
            journal->append({seq, Instant{static_cast<std::int64_t>(seq)}, std::move(parts)}, [&](auto r) {
                const std::lock_guard held(mutex);
                if (!r)
                    problem = r.error();
                --flying;
                landed.notify_one();
            });
        };
        for (std::uint64_t day = 0; day < kDays; ++day)
            put({{"alerts/day-" + std::to_string(day), 2, Bytes(300, 'a')}});
        for (std::uint64_t n = 0; n < perIncident * kIncidents; ++n) {
            const events::LogWritten line{"INC-" + std::to_string(1 + n / perIncident), "line " + std::to_string(n) + " as people write them in the middle of it", {"ana", Path::Person}};
            std::vector<journal::Part> parts;
            for (auto &body : events::encodeRecord(events::Events{line}, Instant{1})) {
                journal::Part &part = parts.emplace_back();
                part.stream = std::move(body.stream);
                part.family = body.family;
                part.body = std::move(body.body);
                part.single = body.single;
            }
            put(std::move(parts));
        }
        std::unique_lock lock(mutex);
        landed.wait(lock, [&] { return flying == 0; });
        return problem.message.empty() ? Result<>() : tl::unexpected(problem);
    }
    /// Seconds from the draft to the keys gone.
    [[nodiscard]] Result<double> change(journal::KeyChange what)
    {
        std::promise<Result<>> done;
        const std::uint64_t seq = journal->head() + 1;
        const Stopwatch watch;
        journal->append({seq, Instant{static_cast<std::int64_t>(seq)}, {{"org", 1, Bytes(100, 'o')}}}, std::move(what),
                        [&](auto r) { done.set_value(r ? Result<>() : tl::unexpected(r.error())); });
        const auto made = done.get_future().get();
        if (!made)
            return tl::unexpected(made.error());
        return watch.seconds();
    }
};

} // namespace

int benchErase(const BenchOptions &options)
{
    Home home;
    const std::uint64_t texts = options.events == 0 ? kTexts : options.events;
    Stopwatch watch;
    if (const auto made = home.make(texts); !made)
        return benchFailed(made.error());
    const double making = watch.seconds();
    watch.restart();
    if (const auto opened = home.open(); !opened)
        return benchFailed(opened.error());
    const double opening = watch.seconds();
    std::error_code ignored;
    const auto keyBytes = std::filesystem::file_size(home.path() / "keys.db", ignored);
    std::vector<double> erases, searches, strikes;
    for (std::uint64_t round = 0; round < kRounds; ++round) {
        const auto erased = home.change({.erase = {"alerts/day-" + std::to_string(round)}});
        if (!erased)
            return benchFailed(erased.error());
        erases.push_back(*erased);
        // An incident in the middle; its State says where it begins.
        const std::uint64_t number = kIncidents / 2 + round;
        state::Incident incident;
        incident.id = "INC-" + std::to_string(number);
        const std::uint64_t first = kDays + 1 + (number - 1) * home.perIncident;
        state::Entry declared;
        declared.seq = first;
        incident.timeline.push_back(std::move(declared));
        watch.restart();
        const auto plan = desk::planStrike(*home.journal, &incident, std::to_string(first + home.perIncident / 2));
        if (!plan)
            return benchFailed(plan.error());
        searches.push_back(watch.seconds());
        const auto struck = home.change({.strike = plan->keys});
        if (!struck)
            return benchFailed(struck.error());
        strikes.push_back(*struck);
    }
    const auto raw = rawCommits(kRounds, static_cast<std::size_t>(keyBytes));
    if (!raw)
        return benchFailed(raw.error());
    return report(options, {{"bench", "erase"},
                            {"streams", kDays + kIncidents},
                            {"textKeys", home.perIncident * kIncidents},
                            {"records", home.journal->head()},
                            {"keyFileBytes", static_cast<std::uint64_t>(keyBytes)},
                            {"openMs", opening * 1e3},
                            {"eraseMs", json::object{{"median", median(erases) * 1e3}, {"max", quantile(erases, 1) * 1e3}}},
                            {"strikeSearchMs", json::object{{"median", median(searches) * 1e3}, {"max", quantile(searches, 1) * 1e3}}},
                            {"strikeMs", json::object{{"median", median(strikes) * 1e3}, {"max", quantile(strikes, 1) * 1e3}}},
                            {"madeRecordsPerSecond", static_cast<double>(home.journal->head()) / making},
                            {"reference", json::object{{"rawCommitOfTheKeyFilesBytesMs", median(*raw) * 1e3}, {"eraseToRaw", median(erases) / median(*raw)}}}});
}

} // namespace qd::app
