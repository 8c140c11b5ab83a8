// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchingest.h"

#include "app/quarterdeckctl/benchledger.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchpeers.h"
#include "app/quarterdeckctl/benchreport.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <functional>
#include <iostream>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr std::size_t kIngestRounds = 3;
constexpr std::size_t kSmallBatch = 64;
constexpr std::size_t kSmallConnections = 8;
constexpr std::size_t kSingles = 2000; ///< alerts sent one by one

using Bodies = std::vector<std::string>;
using Start = Result<Peer> (*)();

/// One way to send the reference alerts, and how fast each program took them, a figure a round.
struct Way {
    std::size_t alerts, batch, connections;
    Bodies bodies;
    std::vector<double> ours, theirs; ///< alerts/s

    [[nodiscard]] double ratio() const { return theirs.empty() ? 0 : median(ours) / median(theirs); }
};

/// What holds besides speed, read off the last round's programs.
struct Held {
    std::size_t ours = 0, theirs = 0; ///< bytes resident with all alerts active
    double againPerSecond = 0;        ///< the same alerts sent once more
    std::uint64_t againRecords = 0;   ///< records that made
};

/// The programs start afresh for every figure: neither knows an alert of the round before.
Result<double> rate(Peer &peer, const Way &way)
{
    const auto loaded = load(peer.port(), peer.alertsPath(), way.bodies, way.connections);
    if (!loaded)
        return tl::unexpected(loaded.error());
    return static_cast<double>(way.alerts) / loaded->seconds;
}

Result<std::uint64_t> headOf(const Peer &core, std::size_t alerts)
{
    const auto count = core.call("alert.count");
    if (!count)
        return tl::unexpected(count.error());
    const json::value said = json::parse(*count);
    if (said.at("active").to_number<std::size_t>() != alerts)
        return fail(Code::Internal, "The core counts " + json::serialize(said.at("active")) + " active alerts.");
    return said.at("seq").to_number<std::uint64_t>();
}

Result<> sendAgain(Peer &core, const Way &way, Held &held)
{
    const auto before = headOf(core, way.alerts);
    if (!before)
        return tl::unexpected(before.error());
    held.ours = core.resident();
    const auto again = rate(core, way);
    if (!again)
        return tl::unexpected(again.error());
    const auto after = headOf(core, way.alerts);
    if (!after)
        return tl::unexpected(after.error());
    held.againPerSecond = *again;
    held.againRecords = *after - *before;
    return {};
}

/// One figure of one program. False where there is no such program here.
Result<bool> measure(Start start, const Way &way, std::vector<double> &figures, const std::function<Result<>(Peer &)> &then)
{
    auto peer = start();
    if (!peer && peer.error().code == Code::NotFound)
        return false;
    if (!peer)
        return tl::unexpected(peer.error());
    const auto taken = rate(*peer, way);
    if (!taken)
        return tl::unexpected(taken.error());
    figures.push_back(*taken);
    if (const auto done = then(*peer); !done)
        return tl::unexpected(done.error());
    return true;
}

/// Both programs, in turn, so that what else the machine does meets both.
Result<> measure(std::vector<Way> &ways, Held &held)
{
    for (std::size_t round = 0; round < kIngestRounds; ++round)
        for (Way &way : ways) {
            const bool last = round + 1 == kIngestRounds && &way == &ways.front();
            const auto ours = measure(Peer::ourCore, way, way.ours, [&](Peer &core) { return last ? sendAgain(core, way, held) : Result<>(); });
            if (!ours)
                return tl::unexpected(ours.error());
            const auto theirs = measure(Peer::alertmanager, way, way.theirs, [&](Peer &peer) {
                held.theirs = std::max(held.theirs, peer.resident());
                return Result<>();
            });
            if (!theirs)
                return tl::unexpected(theirs.error());
        }
    return {};
}

/// Seconds from an alert's first byte to its answer, each alone.
Result<std::vector<double>> alone(std::size_t singles)
{
    auto core = Peer::ourCore();
    if (!core)
        return tl::unexpected(core.error());
    auto loaded = load(core->port(), core->alertsPath(), alertBodies(singles, 1), 1);
    if (!loaded)
        return tl::unexpected(loaded.error());
    return std::move(loaded->answers);
}

struct IngestReport {
    std::vector<Way> ways;
    Held held;
    std::vector<double> alone, rawCommit; ///< seconds
    Ledger ledger;
    std::size_t bytesPerAlert = 0;

    [[nodiscard]] bool hasPeer() const { return !ways.front().theirs.empty(); }
};

json::value orNull(bool known, double value)
{
    return known ? json::value(value) : json::value();
}

void printIngestJson(const IngestReport &r)
{
    json::array ways;
    for (const Way &w : r.ways)
        ways.push_back(json::object{{"batch", w.batch},
                                    {"connections", w.connections},
                                    {"alertsPerSecond", median(w.ours)},
                                    {"rounds", json::value_from(w.ours)},
                                    {"alertmanagerAlertsPerSecond", orNull(r.hasPeer(), median(w.theirs))},
                                    {"alertmanagerRounds", json::value_from(w.theirs)},
                                    {"ratioToAlertmanager", orNull(r.hasPeer(), w.ratio())}});
    json::object stages;
    for (const Stage &s : r.ledger.stages)
        stages[s.name] = s.nsPerAlert;
    const Ledger &l = r.ledger;
    const double fastest = median(r.ways.front().ours);
    std::cout << json::serialize(json::object{
                     {"bench", "ingest"},
                     {"alerts", r.ways.front().alerts},
                     {"bytesPerAlert", r.bytesPerAlert},
                     {"alertsPerSecond", fastest},
                     {"ways", std::move(ways)},
                     {"residentBytes", r.held.ours},
                     {"again", json::object{{"alertsPerSecond", r.held.againPerSecond}, {"records", r.held.againRecords}}},
                     {"alone", json::object{{"p50Ms", millisAt(r.alone, 0.5)}, {"p99Ms", millisAt(r.alone, 0.99)}}},
                     {"inOneProcess", json::object{{"alertsPerSecond", l.alertsPerSecond},
                                                   {"commits", l.commits},
                                                   {"journalBytes", l.journalBytes},
                                                   {"residentGrowthBytes", l.residentGrowth}}},
                     {"nsPerAlert", std::move(stages)},
                     {"reference", json::object{{"rawSqliteAlertsPerSecond", l.rawSqlitePerSecond},
                                                {"bareParseAlertsPerSecond", l.bareParsePerSecond},
                                                {"rawCommitP50Ms", millisAt(r.rawCommit, 0.5)},
                                                {"rawCommitP99Ms", millisAt(r.rawCommit, 0.99)},
                                                {"alertmanagerResidentBytes", orNull(r.hasPeer(), static_cast<double>(r.held.theirs))}}},
                     {"ratio", json::object{{"toAlertmanager", orNull(r.hasPeer(), r.ways.front().ratio())},
                                            {"toRawSqlite", l.alertsPerSecond / l.rawSqlitePerSecond},
                                            {"toBareParse", l.alertsPerSecond / l.bareParsePerSecond}}}})
              << '\n';
}

void printIngestTable(const IngestReport &r)
{
    std::printf("ingest: %zu distinct alerts of %zu bytes, from HTTP bytes to committed record; the loader shares the machine; medians of %zu rounds\n\n",
                r.ways.front().alerts, r.bytesPerAlert, kIngestRounds);
    if (!r.hasPeer())
        std::printf("  (no Alertmanager here: install prometheus-alertmanager to see it beside)\n\n");
    for (const Way &w : r.ways) {
        std::printf("  %9.0f alerts/s   %zu a request, %zu connections", median(w.ours), w.batch, w.connections);
        if (r.hasPeer())
            std::printf(": %.1f times Alertmanager's %.0f", w.ratio(), median(w.theirs));
        std::printf("\n");
    }
    std::printf("  %9.0f alerts/s   the same sent again: %llu records\n", r.held.againPerSecond, static_cast<unsigned long long>(r.held.againRecords));
    std::printf("  %9.1f MB         resident with all of them active", static_cast<double>(r.held.ours) / 1e6);
    if (r.hasPeer())
        std::printf("; Alertmanager %.1f MB", static_cast<double>(r.held.theirs) / 1e6);
    std::printf("\n  %9.2f ms         p99 of one alert alone (p50 %.2f); a raw FULL commit: p99 %.2f ms (p50 %.2f)\n\n", millisAt(r.alone, 0.99),
                millisAt(r.alone, 0.5), millisAt(r.rawCommit, 0.99), millisAt(r.rawCommit, 0.5));
    const Ledger &l = r.ledger;
    std::printf("  what an alert costs, all parts and the loader in one process: %.0f alerts/s, %.1f MB journal, %llu commits, +%.0f MB resident\n\n",
                l.alertsPerSecond, static_cast<double>(l.journalBytes) / 1e6, static_cast<unsigned long long>(l.commits),
                static_cast<double>(l.residentGrowth) / 1e6);
    for (const Stage &s : l.stages)
        std::printf("  %9.0f ns  %s\n", s.nsPerAlert, s.name);
    std::printf("\n  %9.0f alerts/s   raw SQLite, the same bytes, a FULL commit a batch: ingest in one process reaches %.2f of it\n",
                l.rawSqlitePerSecond, l.alertsPerSecond / l.rawSqlitePerSecond);
    std::printf("  %9.0f alerts/s   bare simdjson parse on one thread: %.2f of it\n", l.bareParsePerSecond, l.alertsPerSecond / l.bareParsePerSecond);
}

} // namespace

int benchIngest(const BenchOptions &options)
{
    const std::size_t alerts = options.events > 0 ? std::min<std::size_t>(options.events, kReferenceAlerts) : kReferenceAlerts;
    const std::size_t singles = std::min(alerts, kSingles);
    IngestReport r;
    r.ways = {{alerts, kReferenceBatch, kReferenceConnections, alertBodies(alerts, kReferenceBatch), {}, {}},
              {alerts, kSmallBatch, kSmallConnections, alertBodies(alerts, kSmallBatch), {}, {}}};
    for (const auto &body : r.ways.front().bodies)
        r.bytesPerAlert += body.size();
    r.bytesPerAlert /= alerts;
    if (const auto done = measure(r.ways, r.held); !done)
        return benchFailed(done.error());
    auto answers = alone(singles);
    if (!answers)
        return benchFailed(answers.error());
    r.alone = std::move(*answers);
    // A lone alert's record holds some 700 bytes.
    auto commits = rawCommits(singles, 700);
    if (!commits)
        return benchFailed(commits.error());
    r.rawCommit = std::move(*commits);
    auto ledger = ledgerOf(r.ways.front().bodies, alerts);
    if (!ledger)
        return benchFailed(ledger.error());
    r.ledger = std::move(*ledger);
    if (options.json)
        printIngestJson(r);
    else
        printIngestTable(r);
    return 0;
}

} // namespace qd::app
