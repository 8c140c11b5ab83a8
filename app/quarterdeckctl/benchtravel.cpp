// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchtravel.h"

#include "app/quarterdeckctl/benchjournal.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchpeers.h"
#include "app/quarterdeckctl/benchreport.h"
#include "core/desk/past.h"
#include "core/link/replica.h"
#include "core/link/seatclient.h"
#include "core/link/seatserver.h"
#include "core/net/iothread.h"

#include <boost/json.hpp>
#include <cstdio>
#include <future>
#include <numeric>
#include <sys/resource.h>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr std::size_t kStarts = 5, kInstants = 300, kScrubs = 8, kSteps = 100;

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

/// Wall time and this thread's own, which other work on the machine does not lengthen.
struct Both {
    std::vector<double> wall, cpu;

    template <typename Do>
    auto measure(Do what)
    {
        const Stopwatch watch;
        const double before = threadSeconds();
        auto outcome = what();
        cpu.push_back(threadSeconds() - before);
        wall.push_back(watch.seconds());
        return outcome;
    }
    [[nodiscard]] json::object figures() const { return {{"wallMs", spread(wall)}, {"cpuMs", spread(cpu)}}; }
};

template <typename Do>
auto timed(double &sum, Do what)
{
    const Stopwatch watch;
    auto outcome = what();
    sum += watch.seconds();
    return outcome;
}

/// Where the time of a traveller goes: seconds in each thing it asks the log for.
struct TravelLedger {
    double manifests = 0, parts = 0, read = 0, fold = 0;
    std::uint64_t records = 0, partsRead = 0, partBytes = 0;

    [[nodiscard]] state::Past around(const state::Past &past)
    {
        state::Past out = past;
        out.snapshots = [this, past] { return timed(manifests, [&] { return past.snapshots(); }); };
        out.manifest = [this, past](std::uint64_t seq) { return timed(manifests, [&] { return past.manifest(seq); }); };
        out.part = [this, past](const std::string &name) {
            auto part = timed(parts, [&] { return past.part(name); });
            ++partsRead;
            partBytes += part ? part->size() : 0;
            return part;
        };
        out.replay = [this, past](std::uint64_t from, std::uint64_t to, const std::string &leaf, const state::Past::Each &each) {
            double folded = 0;
            double whole = 0;
            auto done = timed(whole, [&] {
                return past.replay(from, to, leaf, [&](std::uint64_t seq, Instant time, const events::Events &events) {
                    ++records;
                    return timed(folded, [&] { return each(seq, time, events); });
                });
            });
            fold += folded;
            read += whole - folded;
            return done;
        };
        return out;
    }
    /// Of `count` instants that took `whole` seconds together.
    [[nodiscard]] json::object figures(double whole, std::size_t count) const
    {
        const double n = static_cast<double>(count);
        return {{"listAndManifestMs", manifests / n * 1e3},
                {"openPartsMs", parts / n * 1e3},
                {"readAndDecodeRecordsMs", read / n * 1e3},
                {"foldRecordsMs", fold / n * 1e3},
                {"restMs", (whole - manifests - parts - read - fold) / n * 1e3},
                {"records", static_cast<double>(records) / n},
                {"parts", static_cast<double>(partsRead) / n},
                {"partBytes", static_cast<double>(partBytes) / n}};
    }
};

double sumOf(const std::vector<double> &all)
{
    return std::accumulate(all.begin(), all.end(), 0.0);
}

Result<json::object> travelOn(const JournalSpec &spec, const BenchOptions &options)
{
    std::fprintf(stderr, "travel: %s, made first where it is not kept (--journals): about a minute for a million events\n", spec.name);
    const auto opened = ReferenceHome::open(spec, options);
    if (!opened)
        return tl::unexpected(opened.error());
    ReferenceHome &home = **opened;
    const state::Past past = desk::pastOf(*home.journal);
    const std::uint64_t head = home.journal->head();
    Dice dice;
    TravelLedger ledger;
    state::Travel travel(ledger.around(past));
    Both first, instants, forward, backward;
    Result<const state::State *> state = nullptr;
    for (std::size_t i = 0; i <= kInstants; ++i) {
        if (i == 1)
            ledger = {};
        // By time, as people ask: the record is found first.
        const Instant at = Instant{1'767'225'600'000'000'000} + nanos(static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(home.journal->headTime().ns - 1'767'225'600'000'000'000))));
        state = (i == 0 ? first : instants).measure([&] { return travel.at(at); });
        if (!state)
            return tl::unexpected(state.error());
    }
    const json::object where = ledger.figures(sumOf(instants.wall), kInstants);
    // From eight instants each way; the first step from each counts like the others.
    for (const bool back : {false, true})
        for (std::size_t n = 0; n < kScrubs; ++n) {
            std::uint64_t seq = kSteps + dice.below(head - 2 * kSteps);
            if (state = travel.at(seq); !state)
                return tl::unexpected(state.error());
            for (std::size_t i = 0; i < kSteps; ++i)
                if (state = (back ? backward : forward).measure([&] { return travel.at(back ? --seq : ++seq); }); !state)
                    return tl::unexpected(state.error());
        }
    // The same without snapshots: the middle of the log from its beginning.
    state::Past bare = past;
    bare.snapshots = {};
    state::Travel slow(bare);
    Both whole;
    if (state = whole.measure([&] { return slow.at(head / 2); }); !state)
        return tl::unexpected(state.error());
    const auto parts = home.journal->sections().bytes(desk::kSnapshotPartKind), manifests = home.journal->sections().bytes(desk::kSnapshotKind);
    if (!parts || !manifests)
        return tl::unexpected(parts ? manifests.error() : parts.error());
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return json::object{{"events", home.events},
                        {"activeAlerts", home.active},
                        {"madeSeconds", home.madeSeconds},
                        {"snapshots", past.snapshots().size()},
                        {"snapshotPartBytes", *parts},
                        {"snapshotManifestBytes", *manifests},
                        {"journalBytes", home.journalBytes()},
                        {"firstInstant", first.figures()},
                        {"randomInstant", instants.figures()},
                        {"ofARandomInstant", where},
                        {"stepForward", forward.figures()},
                        {"stepBack", backward.figures()},
                        {"mostMemoryBytes", static_cast<std::uint64_t>(used.ru_maxrss) * 1024},
                        {"reference", json::object{{"foldFromTheBeginningToTheMiddleMs", whole.wall[0] * 1e3}}},
                        {"ratio", json::object{{"randomInstantToFold", quantile(instants.wall, 0.5) / whole.wall[0]},
                                               {"snapshotsToJournal", static_cast<double>(*parts + *manifests) / static_cast<double>(home.journalBytes())}}}};
}

} // namespace

namespace {

/// Seconds from a seat's first word to a running core until it holds the State of the log's head, over a socket.
Result<double> attach(net::IoThread &io, const ReferenceHome &home, desk::Desk &core)
{
    auto server = link::SeatServer::open(io, (home.path / "bench.socket").string(), link::feedOf(core, *home.journal),
                                         [](const std::string &, const link::SeatServer::Reply &reply) { reply({}); }, {"bench", "bench"});
    if (!server)
        return tl::unexpected(server.error());
    const std::uint64_t head = home.journal->head();
    std::promise<std::uint32_t> there;
    state::State state;
    bool told = false;
    const auto look = [&] {
        if (state.seq == head && !std::exchange(told, true))
            there.set_value(state.alerts.firing);
    };
    link::SeatHandlers handlers;
    handlers.onSnapshot = [&](state::State &&snapshot) {
        state = std::move(snapshot);
        look();
    };
    handlers.onRecord = [&](const desk::RecordPtr &r) {
        state::applyRecord(state, r->seq, r->time, r->events);
        look();
    };
    SystemRandom random;
    auto arrived = there.get_future();
    const Stopwatch watch;
    link::SeatClient seat((*server)->path(), std::move(handlers), random);
    seat.follow(1);
    if (arrived.wait_for(std::chrono::minutes(2)) != std::future_status::ready)
        return fail(Code::Unavailable, "The seat did not come to the head of the log.");
    const double took = watch.seconds();
    return arrived.get() == home.active ? Result<double>(took) : fail(Code::Internal, "The seat shows another number of alerts.");
}

/// The program itself on this home: from its start to `ready`, and to the first answer of what is shown; what it holds in memory.
struct Program {
    std::vector<double> ready, shown;
    std::size_t resident = 0, settled = 0;
};

Result<Program> programOn(const ReferenceHome &home)
{
    Program out;
    for (std::size_t i = 0; i < kStarts; ++i) {
        double ready = 0;
        const Stopwatch watch;
        const auto core = Peer::coreOf(home.path, ready);
        if (!core)
            return tl::unexpected(core.error());
        const auto count = core->call("alert.count");
        if (!count)
            return tl::unexpected(count.error());
        out.shown.push_back(watch.seconds());
        out.ready.push_back(ready);
        if (json::parse(*count).at("active").to_number<std::uint64_t>() < home.active) // more: what it alarms itself of, once it runs
            return fail(Code::Internal, "The program shows another number of alerts.");
        out.resident = core->resident();
        if (i + 1 < kStarts)
            continue;
        const auto settled = core->settled();
        if (!settled)
            return tl::unexpected(settled.error());
        out.settled = *settled;
    }
    return out;
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
    if (const auto copied = home.toCopy(); !copied) // each start adds a record
        return benchFailed(copied.error());
    std::vector<double> journal, state, desk, show, all, seats;
    net::IoThread io;
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
        const auto seat = attach(io, home, **accepts);
        if (!seat)
            return benchFailed(seat.error());
        seats.push_back(*seat);
    }
    state::SnapshotLoader loader;
    state::Past bare = desk::pastOf(*home.journal);
    bare.snapshots = {};
    const Stopwatch watch;
    if (const auto folded = state::stateAt(bare, home.journal->head(), loader); !folded)
        return benchFailed(folded.error());
    const double fold = watch.seconds();
    home.journal.reset();
    const auto program = programOn(home);
    if (!program)
        return benchFailed(program.error());
    const Bandwidth machine = bandwidth(256u << 20);
    return report(options, {{"bench", "start"},
                            {"journal", home.spec.name},
                            {"events", home.events},
                            {"totalMs", spread(all)},
                            {"seatAttachMs", spread(seats)},
                            {"program", json::object{{"readyMs", spread(program->ready)},
                                                     {"shownMs", spread(program->shown)},
                                                     {"readyResidentBytes", program->resident},
                                                     {"settledResidentBytes", program->settled}}},
                            {"medianMs", json::object{{"openJournal", median(journal) * 1e3}, {"loadAndFold", median(state) * 1e3}, {"desk", median(desk) * 1e3}, {"replica", median(show) * 1e3}}},
                            {"reference", json::object{{"foldOfTheWholeLogMs", fold * 1e3}, {"memcpyBytesPerSecond", machine.copy}, {"aesGcmBytesPerSecond", machine.aesGcm}}},
                            {"ratio", json::object{{"toFoldOfTheWholeLog", median(all) / fold}}}});
}

} // namespace qd::app
