// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchingest.h"

#include "app/quarterdeckctl/benchload.h"
#include "core/desk/desk.h"
#include "core/events/codec.h"
#include "core/journal/journal.h"
#include "core/net/iothread.h"
#include "core/net/listener.h"
#include "core/sources/alertmanager.h"
#include "core/sources/inboundedge.h"
#include "core/store/database.h"
#include "core/store/sqliteports.h"
#include "core/triage/reports.h"

#include <boost/json.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <simdjson.h>

namespace qd::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kAlerts = 100'000;
constexpr std::size_t kBatch = 1000;
constexpr std::size_t kConnections = 4;

/// A folder that goes away with the bench.
struct Scratch {
    fs::path path;
    Scratch()
    {
        std::string name = (fs::temp_directory_path() / "quarterdeck-bench-XXXXXX").string();
        if (mkdtemp(name.data()))
            path = name;
    }
    ~Scratch()
    {
        std::error_code ignored;
        if (!path.empty())
            fs::remove_all(path, ignored);
    }
};

std::size_t residentBytes()
{
    std::ifstream statm("/proc/self/statm");
    std::size_t total = 0, resident = 0;
    statm >> total >> resident;
    return resident * 4096;
}

struct Figures {
    double alertsPerSecond = 0, seconds = 0;
    journal::Stats stats;
    std::uint64_t seq = 0, bytes = 0;
    std::size_t residentGrowth = 0;
    std::size_t active = 0;
};

/// HTTP bytes to committed record, every part as in `serve`.
Result<Figures> endToEnd(const std::vector<std::string> &bodies)
{
    Scratch scratch;
    SystemClock clock;
    SystemRandom random;
    const journal::Unlock unlock{journal::Unlock::KeyFile, {}};
    const fs::path home = scratch.path / "home";
    if (const auto made = journal::create(home, store::sqlitePorts(), unlock, clock, random); !made)
        return tl::unexpected(made.error());
    auto journal = journal::Journal::open(home, store::sqlitePorts(), unlock, clock, random);
    if (!journal)
        return tl::unexpected(journal.error());
    auto desk = desk::Desk::open(**journal, clock, {"bench", true});
    if (!desk)
        return tl::unexpected(desk.error());
    desk::AddConnection add;
    add.connection.name = "bench";
    add.connection.kind = "inbound";
    (*desk)->command(add, {"bench", Path::Person});

    net::IoThread thread;
    net::Listener listener(thread, clock);
    sources::KeyRing keys;
    keys.replace({{"bench", sources::hashOf("key")}});
    sources::Intake intake;
    intake.reports = [&](ReportBatch batch, sources::Done done) {
        (*desk)->report(std::move(batch), [done = std::move(done)](Result<desk::Outcome> r) {
            done(r ? Result<>() : tl::unexpected(r.error()));
        });
    };
    sources::RefusalCounter refusals(clock, [](int, std::string, std::uint64_t, Instant, Instant) {});
    sources::InboundEdge edge(listener, intake, keys, clock, random, refusals);
    if (const auto started = listener.start(); !started)
        return tl::unexpected(started.error());

    const std::size_t before = residentBytes();
    const auto loaded = load(listener.port(), "/in/key/api/v2/alerts", bodies, kConnections);
    if (!loaded)
        return tl::unexpected(loaded.error());
    Figures f;
    f.seconds = *loaded;
    f.alertsPerSecond = static_cast<double>(kAlerts) / f.seconds;
    f.residentGrowth = residentBytes() - std::min(before, residentBytes());
    (*desk)->inspect([&](const state::State &s) { f.active = s.alerts.firing; });
    f.stats = (*journal)->stats();
    f.seq = (*journal)->head();
    listener.stop();
    desk->reset();
    (*journal)->close();
    f.bytes = fs::file_size(home / "journal.db");
    return f;
}

/// The listener alone: the same requests to a route that only answers.
Result<double> httpAlone(const std::vector<std::string> &bodies)
{
    SystemClock clock;
    net::IoThread thread;
    net::Listener listener(thread, clock);
    net::RouteOptions options;
    options.bodyLimit = net::kBatchBodyLimit;
    listener.route(net::Method::Post, "/drop", [](net::Request, net::Responder r) { r.respond({200, "application/json", "{}"}); }, options);
    if (const auto started = listener.start(); !started)
        return tl::unexpected(started.error());
    return load(listener.port(), "/drop", bodies, kConnections);
}

/// Raw SQLite: the same number of bytes in as many rows, one FULL commit each, nothing else.
Result<double> rawSqlite(std::size_t rows, std::size_t bytes)
{
    Scratch scratch;
    auto db = store::Database::open(scratch.path / "raw.db", {"raw.db", 1, 1}, store::Database::Mode::Create);
    if (!db)
        return tl::unexpected(db.error());
    for (const char *sql : {"PRAGMA page_size=8192", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE t(seq INTEGER PRIMARY KEY, blob BLOB)"})
        if (const auto ok = (*db)->execute(sql); !ok)
            return tl::unexpected(ok.error());
    auto insert = (*db)->prepare("INSERT INTO t VALUES(?,?)");
    if (!insert)
        return tl::unexpected(insert.error());
    const Bytes blob(bytes, 0x5a);
    const Stopwatch watch;
    for (std::size_t i = 1; i <= rows; ++i)
        if (const auto ok = insert->bind(1, static_cast<std::int64_t>(i)).bind(2, BytesView(blob)).run(); !ok)
            return tl::unexpected(ok.error());
    return watch.seconds();
}

/// A bare parse: simdjson walks the same bodies and nothing is kept.
Result<double> bareParse(const std::vector<std::string> &bodies)
{
    simdjson::dom::parser parser;
    std::vector<simdjson::padded_string> padded;
    for (const auto &body : bodies)
        padded.emplace_back(body);
    std::size_t alerts = 0;
    const Stopwatch watch;
    for (const auto &body : padded) {
        simdjson::dom::array list;
        if (parser.parse(body).get(list))
            return fail(Code::Internal, "simdjson cannot read the bench's own bodies.");
        alerts += list.size();
    }
    const double seconds = watch.seconds();
    if (alerts != kAlerts)
        return fail(Code::Internal, "The bare parse saw " + std::to_string(alerts) + " alerts.");
    return seconds;
}

struct Stage {
    const char *name;
    double nsPerAlert;
};

double perAlert(double seconds)
{
    return seconds * 1e9 / static_cast<double>(kAlerts);
}

/// Each pure stage alone on one thread, over the same bodies.
Result<std::vector<Stage>> stages(const std::vector<std::string> &bodies)
{
    std::vector<Stage> out;
    std::vector<ReportBatch> batches;
    Stopwatch watch;
    for (const auto &body : bodies) {
        auto batch = sources::parseAlertmanagerPush(body, {"bench", SystemClock().now()});
        if (!batch)
            return tl::unexpected(batch.error());
        batches.push_back(std::move(*batch));
    }
    out.push_back({"parse", perAlert(watch.seconds())});

    watch.restart();
    std::uint64_t mixed = 0;
    for (const auto &b : batches)
        for (std::size_t row = 0; row < b.size(); ++row) {
            Fingerprint fp;
            for (std::size_t i = b.firstPair[row]; i < std::size_t{b.firstPair[row]} + b.labels[row]; ++i)
                fp.add(b.at(b.pairs[i * 2]), b.at(b.pairs[i * 2 + 1]));
            if (fp.value() != b.fingerprint[row])
                return fail(Code::Internal, "The fingerprints differ.");
            mixed ^= fp.value();
        }
    out.push_back({"fingerprint (within parse)", perAlert(watch.seconds())});

    state::State state;
    events::ConnectionAdded added;
    added.connection.name = added.connection.set = "bench";
    state::applyRecord(state, 1, Instant{1}, events::Events{added});
    const triage::ReportRules rules(state.workspace);
    double decide = 0, fold = 0, encode = 0, decode = 0;
    std::uint64_t seq = 1, encoded = 0;
    for (const auto &b : batches) {
        watch.restart();
        auto decided = rules.decide(state, b, 0);
        decide += watch.seconds();
        watch.restart();
        state::applyRecord(state, ++seq, Instant{static_cast<std::int64_t>(seq)}, decided.events);
        fold += watch.seconds();
        watch.restart();
        const auto bodiesOf = events::encodeRecord(decided.events, Instant{1});
        encode += watch.seconds();
        watch.restart();
        for (const auto &part : bodiesOf) {
            encoded += part.body.size();
            if (const auto back = events::decode(part.body); !back)
                return tl::unexpected(back.error());
        }
        decode += watch.seconds();
    }
    if (state.alerts.firing != kAlerts || mixed == encoded)
        return fail(Code::Internal, "The bench folded " + std::to_string(state.alerts.firing) + " alerts.");
    out.push_back({"decide", perAlert(decide)});
    out.push_back({"fold", perAlert(fold)});
    out.push_back({"encode", perAlert(encode)});
    out.push_back({"decode (a reader's)", perAlert(decode)});
    return out;
}

int failed(const Error &error)
{
    std::cerr << "quarterdeckctl bench: " << error.message << '\n';
    return 1;
}

} // namespace

int benchIngest(const BenchOptions &options)
{
    const std::vector<std::string> bodies = alertBodies(kAlerts, kBatch);
    const auto bytesIn = [&] {
        std::size_t n = 0;
        for (const auto &b : bodies)
            n += b.size();
        return n;
    }();
    const auto all = endToEnd(bodies);
    if (!all)
        return failed(all.error());
    if (all->active != kAlerts)
        return failed({Code::Internal, "Only " + std::to_string(all->active) + " alerts arrived.", {}});
    const auto http = httpAlone(bodies);
    if (!http)
        return failed(http.error());
    auto parts = stages(bodies);
    if (!parts)
        return failed(parts.error());
    const std::size_t rows = kAlerts / kBatch;
    const auto raw = rawSqlite(rows, all->bytes / rows);
    if (!raw)
        return failed(raw.error());

    std::vector<Stage> table{{"HTTP (listener and loader)", perAlert(*http)}};
    table.insert(table.end(), parts->begin(), parts->end());
    table.push_back({"seal", static_cast<double>(all->stats.sealNs) / kAlerts});
    table.push_back({"hash", static_cast<double>(all->stats.hashNs) / kAlerts});
    table.push_back({"SQLite", static_cast<double>(all->stats.storeNs) / kAlerts});
    const auto bare = bareParse(bodies);
    if (!bare)
        return failed(bare.error());
    const double bareRate = kAlerts / *bare;
    const double rawRate = static_cast<double>(kAlerts) / *raw;

    if (options.json) {
        boost::json::object ledger;
        for (const auto &s : table)
            ledger[s.name] = s.nsPerAlert;
        const boost::json::object out{{"bench", "ingest"},
                                      {"alerts", kAlerts},
                                      {"batch", kBatch},
                                      {"connections", kConnections},
                                      {"bytesPerAlert", bytesIn / kAlerts},
                                      {"alertsPerSecond", all->alertsPerSecond},
                                      {"commits", all->stats.commits},
                                      {"journalBytes", all->bytes},
                                      {"residentGrowthBytes", all->residentGrowth},
                                      {"nsPerAlert", ledger},
                                      {"reference", boost::json::object{{"rawSqliteAlertsPerSecond", rawRate}, {"bareParseAlertsPerSecond", bareRate}}},
                                      {"ratio", boost::json::object{{"toRawSqlite", all->alertsPerSecond / rawRate},
                                                                    {"toBareParse", all->alertsPerSecond / bareRate}}}};
        std::cout << boost::json::serialize(out) << '\n';
        return 0;
    }
    std::printf("ingest: %zu alerts of %zu bytes, batches of %zu, %zu connections, HTTP bytes to committed record\n\n", kAlerts, bytesIn / kAlerts, kBatch,
                kConnections);
    std::printf("  %12.0f alerts/s   %.1f MB journal, %llu commits, +%.0f MB resident\n\n", all->alertsPerSecond, static_cast<double>(all->bytes) / 1e6,
                static_cast<unsigned long long>(all->stats.commits), static_cast<double>(all->residentGrowth) / 1e6);
    for (const auto &s : table)
        std::printf("  %9.0f ns  %s\n", s.nsPerAlert, s.name);
    std::printf("\n  references of the same run\n");
    std::printf("  %12.0f alerts/s   raw SQLite, the same bytes, a FULL commit a batch: ingest reaches %.2f of it\n", rawRate, all->alertsPerSecond / rawRate);
    std::printf("  %12.0f alerts/s   bare simdjson parse on one thread: ingest reaches %.2f of it\n", bareRate, all->alertsPerSecond / bareRate);
    return 0;
}

} // namespace qd::app
