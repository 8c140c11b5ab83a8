// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchtravel.h"

#include "app/quarterdeckctl/benchjournal.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchreport.h"
#include "core/desk/past.h"
#include "core/link/replica.h"

#include <boost/json.hpp>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr std::size_t kStarts = 5, kInstants = 300, kSteps = 400;

json::object spread(const std::vector<double> &seconds)
{
    return {{"p50", quantile(seconds, 0.5) * 1e3}, {"p99", quantile(seconds, 0.99) * 1e3}, {"max", quantile(seconds, 1) * 1e3}};
}

/// SplitMix64, so that the instants are the same in every run.
struct Dice {
    std::uint64_t seed = 42;
    std::uint64_t below(std::uint64_t n)
    {
        std::uint64_t z = seed += 0x9e3779b97f4a7c15ULL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return (z ^ (z >> 31)) % n;
    }
};

Result<json::object> travelOn(const JournalSpec &spec, const BenchOptions &options)
{
    const auto opened = ReferenceHome::open(spec, options);
    if (!opened)
        return tl::unexpected(opened.error());
    ReferenceHome &home = **opened;
    const state::Past past = desk::pastOf(*home.journal);
    const std::uint64_t head = home.journal->head();
    Dice dice;
    Stopwatch watch;
    state::Travel travel(past);
    std::vector<double> instants, forward, backward;
    double cold = 0;
    const auto go = [&](std::uint64_t seq) -> Result<double> {
        watch.restart();
        const auto state = travel.at(seq);
        if (!state)
            return tl::unexpected(state.error());
        return watch.seconds();
    };
    for (std::size_t i = 0; i <= kInstants; ++i) {
        // By time, as people ask: the record is found first.
        const Instant at = Instant{1'767'225'600'000'000'000} + nanos(static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(home.journal->headTime().ns - 1'767'225'600'000'000'000))));
        watch.restart();
        const auto state = travel.at(at);
        if (!state)
            return tl::unexpected(state.error());
        if (i == 0)
            cold = watch.seconds();
        else
            instants.push_back(watch.seconds());
    }
    for (const bool back : {false, true})
        for (std::size_t n = 0; n < 4; ++n) {
            std::uint64_t seq = kSteps + dice.below(head - 2 * kSteps);
            if (const auto there = go(seq); !there)
                return tl::unexpected(there.error());
            for (std::size_t i = 0; i < kSteps / 4; ++i) {
                const auto took = go(back ? --seq : ++seq);
                if (!took)
                    return tl::unexpected(took.error());
                // The first step back leaves the marks for the others.
                (back ? backward : forward).push_back(*took);
            }
        }
    // The same without snapshots: the middle of the log from its beginning.
    state::Past bare = past;
    bare.snapshots = {};
    state::Travel slow(bare);
    watch.restart();
    if (const auto state = slow.at(head / 2); !state)
        return tl::unexpected(state.error());
    const double whole = watch.seconds();
    const auto parts = home.journal->sections().bytes(desk::kSnapshotPartKind), manifests = home.journal->sections().bytes(desk::kSnapshotKind);
    if (!parts || !manifests)
        return tl::unexpected(parts ? manifests.error() : parts.error());
    return json::object{{"events", home.events},
                        {"activeAlerts", home.active},
                        {"snapshots", past.snapshots().size()},
                        {"snapshotBytes", *parts + *manifests},
                        {"journalBytes", home.journalBytes()},
                        {"firstInstantMs", cold * 1e3},
                        {"randomInstantMs", spread(instants)},
                        {"stepForwardMs", spread(forward)},
                        {"stepBackMs", spread(backward)},
                        {"reference", json::object{{"foldFromTheBeginningToTheMiddleMs", whole * 1e3}}},
                        {"ratio", json::object{{"randomInstantToFold", quantile(instants, 0.5) / whole},
                                               {"snapshotsToJournal", static_cast<double>(*parts + *manifests) / static_cast<double>(home.journalBytes())}}}};
}

} // namespace

int benchTravel(const BenchOptions &options)
{
    json::object out{{"bench", "travel"}};
    for (const JournalSpec &spec : {kJ1, kJ2}) {
        auto figures = travelOn(spec, options);
        if (!figures)
            return benchFailed(figures.error());
        out[spec.name] = std::move(*figures);
    }
    return report(options, out);
}

int benchStart(const BenchOptions &options)
{
    const auto opened = ReferenceHome::open(kJ1, options);
    if (!opened)
        return benchFailed(opened.error());
    ReferenceHome &home = **opened;
    std::vector<double> journal, state, desk, show, all;
    for (std::size_t i = 0; i < kStarts; ++i) {
        home.journal.reset();
        const Stopwatch whole;
        Stopwatch watch;
        if (const auto again = home.reopen(); !again)
            return benchFailed(again.error());
        journal.push_back(watch.seconds());
        watch.restart();
        state::SnapshotLoader loader;
        auto ready = state::stateAt(desk::pastOf(*home.journal), home.journal->head(), loader);
        if (!ready)
            return benchFailed(ready.error());
        state::State second = ready->clone();
        state.push_back(watch.seconds());
        watch.restart();
        auto accepts = desk::Desk::open(*home.journal, home.clock, {"bench", false, std::make_shared<state::State>(std::move(*ready))});
        if (!accepts)
            return benchFailed(accepts.error());
        (*accepts)->inspect([](const state::State &) {});
        desk.push_back(watch.seconds());
        watch.restart();
        link::Replica replica(link::feedOf(**accepts, *home.journal), std::move(second));
        std::uint64_t firing = 0;
        replica.askAndWait([&](const state::State &s) { firing = s.alerts.firing; });
        show.push_back(watch.seconds());
        all.push_back(whole.seconds());
        if (firing != home.active)
            return benchFailed({Code::Internal, "The replica shows " + std::to_string(firing) + " alerts.", {}});
    }
    state::SnapshotLoader loader;
    state::Past bare = desk::pastOf(*home.journal);
    bare.snapshots = {};
    const Stopwatch watch;
    if (const auto folded = state::stateAt(bare, home.journal->head(), loader); !folded)
        return benchFailed(folded.error());
    const double fold = watch.seconds();
    const Bandwidth machine = bandwidth(256u << 20);
    return report(options, {{"bench", "start"},
                            {"journal", home.spec.name},
                            {"events", home.events},
                            {"totalMs", spread(all)},
                            {"medianMs", json::object{{"openJournal", median(journal) * 1e3}, {"loadAndFold", median(state) * 1e3}, {"desk", median(desk) * 1e3}, {"replica", median(show) * 1e3}}},
                            {"reference", json::object{{"foldOfTheWholeLogMs", fold * 1e3}, {"memcpyBytesPerSecond", machine.copy}, {"aesGcmBytesPerSecond", machine.aesGcm}}},
                            {"ratio", json::object{{"toFoldOfTheWholeLog", median(all) / fold}}}});
}

} // namespace qd::app
