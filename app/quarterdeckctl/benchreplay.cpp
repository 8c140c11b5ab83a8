// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchreplay.h"

#include "app/quarterdeckctl/benchjournal.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchreport.h"
#include "core/desk/desk.h"

#include <boost/json.hpp>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr std::size_t kChunk = 10'000; ///< records decoded at a time, so that a million events need not be in memory

json::object journalFigures(const ReferenceHome &home)
{
    return {{"name", home.spec.name},
            {"events", home.events},
            {"records", home.journal->head()},
            {"meanEventBytes", static_cast<double>(home.bodyBytes) / static_cast<double>(home.events)},
            {"distinctTextBytes", home.textBytes},
            {"activeAlerts", home.active},
            {"fileBytes", home.journalBytes()}};
}

} // namespace

int benchFold(const BenchOptions &options)
{
    const auto home = ReferenceHome::open(kJ1, options);
    if (!home)
        return benchFailed(home.error());
    state::State state;
    std::vector<desk::Record> chunk;
    double seconds = 0, processor = 0;
    const auto fold = [&] {
        const Stopwatch watch;
        const double before = threadSeconds();
        for (const desk::Record &r : chunk)
            state::applyRecord(state, r.seq, r.time, r.events);
        processor += threadSeconds() - before;
        seconds += watch.seconds();
        chunk.clear();
    };
    const auto read = desk::replay(*(*home)->journal, 1, UINT64_MAX, [&](const desk::Record &r) {
        chunk.push_back(r);
        if (chunk.size() == kChunk)
            fold();
        return true;
    });
    if (!read)
        return benchFailed(read.error());
    fold();
    if (state.alerts.firing != (*home)->active)
        return benchFailed({Code::Internal, "The fold came to " + std::to_string(state.alerts.firing) + " alerts.", {}});
    const Bandwidth machine = bandwidth(256u << 20);
    const double bytesPerSecond = static_cast<double>((*home)->bodyBytes) / seconds;
    const double events = static_cast<double>((*home)->events);
    return report(options, {{"bench", "fold"},
                            {"journal", journalFigures(**home)},
                            {"eventsPerSecond", events / seconds},
                            {"eventsPerProcessorSecond", events / processor},
                            {"seconds", seconds},
                            {"processorSeconds", processor},
                            {"reference", json::object{{"memcpyBytesPerSecond", machine.copy}}},
                            {"ratio", json::object{{"toMemcpyOfTheEncodedBytes", bytesPerSecond / machine.copy}}}});
}

int benchReplay(const BenchOptions &options)
{
    const auto opened = ReferenceHome::open(kJ1, options);
    if (!opened)
        return benchFailed(opened.error());
    ReferenceHome &home = **opened;
    // Each stage with those before it; the whole is the last.
    std::uint64_t bytes = 0, events = 0;
    Stopwatch watch;
    auto read = home.journal->replay(1, UINT64_MAX, [&](const journal::Committed &c) {
        for (const auto &p : c.parts)
            bytes += p.body.size();
        return true;
    });
    const double open = watch.seconds();
    watch.restart();
    if (read)
        read = desk::replay(*home.journal, 1, UINT64_MAX, [&](const desk::Record &r) {
            events += r.events.size();
            return true;
        });
    const double decode = watch.seconds();
    state::State state;
    watch.restart();
    if (read)
        read = desk::replay(*home.journal, 1, UINT64_MAX, [&](const desk::Record &r) {
            state::applyRecord(state, r.seq, r.time, r.events);
            return true;
        });
    const double all = watch.seconds();
    if (!read)
        return benchFailed(read.error());
    if (state.alerts.firing != home.active || events != home.events)
        return benchFailed({Code::Internal, "The replay came to " + std::to_string(events) + " events.", {}});
    json::object figures = journalFigures(home);
    home.journal.reset();
    const auto raw = rawRead(home.path);
    if (!raw)
        return benchFailed(raw.error());
    const Bandwidth machine = bandwidth(256u << 20);
    const double n = static_cast<double>(events);
    return report(options, {{"bench", "replay"},
                            {"journal", figures},
                            {"eventsPerSecond", n / all},
                            {"seconds", all},
                            {"nsPerEvent", json::object{{"readHashOpen", open * 1e9 / n}, {"decode", (decode - open) * 1e9 / n}, {"fold", (all - decode) * 1e9 / n}}},
                            {"reference", json::object{{"rawSqliteReadEventsPerSecond", n / raw->seconds},
                                                       {"sha256BytesPerSecond", machine.sha256},
                                                       {"aesGcmBytesPerSecond", machine.aesGcm},
                                                       {"memcpyBytesPerSecond", machine.copy}}},
                            {"ratio", json::object{{"toRawSqliteRead", raw->seconds / all},
                                                   {"toSha256OfTheSameBytes", static_cast<double>(raw->bytes) / machine.sha256 / all},
                                                   {"toAesGcmOfTheSameBytes", static_cast<double>(bytes) / machine.aesGcm / all}}}});
}

} // namespace qd::app
