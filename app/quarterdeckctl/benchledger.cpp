// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchledger.h"

#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchpeers.h"
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

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <simdjson.h>

namespace qd::app {

namespace {

namespace fs = std::filesystem;

struct Figures {
    double alertsPerSecond = 0;
    journal::Stats stats;
    std::uint64_t bytes = 0;
    std::size_t residentGrowth = 0;
    std::size_t active = 0;
};

/// HTTP bytes to committed record, every part as in `serve`.
Result<Figures> endToEnd(const std::vector<std::string> &bodies, std::size_t alerts)
{
    const auto scratch = Scratch::make();
    if (!scratch)
        return tl::unexpected(scratch.error());
    SystemClock clock;
    SystemRandom random;
    const journal::Unlock unlock{journal::Unlock::KeyFile, {}};
    const fs::path home = (*scratch)->path() / "home";
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
    sources::RefusalCounter refusals(clock, [](int, std::string, std::uint64_t, Instant, Instant, const sources::Done &) {});
    sources::InboundEdge edge(listener, intake, keys, clock, random, refusals);
    if (const auto started = listener.start(); !started)
        return tl::unexpected(started.error());

    const std::size_t before = residentBytes();
    const auto loaded = load(listener.port(), "/in/key/api/v2/alerts", bodies, kReferenceConnections);
    if (!loaded)
        return tl::unexpected(loaded.error());
    Figures f;
    f.alertsPerSecond = static_cast<double>(alerts) / loaded->seconds;
    f.residentGrowth = residentBytes() - std::min(before, residentBytes());
    (*desk)->inspect([&](const state::State &s) { f.active = s.alerts.firing; });
    f.stats = (*journal)->stats();
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
    const auto loaded = load(listener.port(), "/drop", bodies, kReferenceConnections);
    if (!loaded)
        return tl::unexpected(loaded.error());
    return loaded->seconds;
}

/// A bare parse: simdjson walks the same bodies and nothing is kept.
Result<double> bareParse(const std::vector<std::string> &bodies, std::size_t alerts)
{
    simdjson::dom::parser parser;
    std::vector<simdjson::padded_string> padded;
    for (const auto &body : bodies)
        padded.emplace_back(body);
    std::size_t parsed = 0;
    const Stopwatch watch;
    for (const auto &body : padded) {
        simdjson::dom::array list;
        if (parser.parse(body).get(list))
            return fail(Code::Internal, "simdjson cannot read the bench's own bodies.");
        parsed += list.size();
    }
    const double seconds = watch.seconds();
    if (parsed != alerts)
        return fail(Code::Internal, "The bare parse saw " + std::to_string(parsed) + " alerts.");
    return seconds;
}

double perAlert(double seconds, std::size_t alerts)
{
    return seconds * 1e9 / static_cast<double>(alerts);
}

/// Each pure stage alone on one thread, over the same bodies.
Result<std::vector<Stage>> stages(const std::vector<std::string> &bodies, std::size_t alerts)
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
    out.push_back({"parse", perAlert(watch.seconds(), alerts)});

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
    out.push_back({"fingerprint (within parse)", perAlert(watch.seconds(), alerts)});

    state::State state;
    events::ConnectionAdded added;
    added.connection->name = added.connection->set = "bench";
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
    if (state.alerts.firing != alerts || mixed == encoded)
        return fail(Code::Internal, "The bench folded " + std::to_string(state.alerts.firing) + " alerts.");
    out.push_back({"decide", perAlert(decide, alerts)});
    out.push_back({"fold", perAlert(fold, alerts)});
    out.push_back({"encode", perAlert(encode, alerts)});
    out.push_back({"decode (a reader's)", perAlert(decode, alerts)});
    return out;
}

} // namespace

Result<Ledger> ledgerOf(const std::vector<std::string> &bodies, std::size_t alerts)
{
    const auto all = endToEnd(bodies, alerts);
    if (!all)
        return tl::unexpected(all.error());
    if (all->active != alerts)
        return fail(Code::Internal, "Only " + std::to_string(all->active) + " alerts arrived.");
    const auto http = httpAlone(bodies);
    if (!http)
        return tl::unexpected(http.error());
    auto parts = stages(bodies, alerts);
    if (!parts)
        return tl::unexpected(parts.error());
    const auto bare = bareParse(bodies, alerts);
    if (!bare)
        return tl::unexpected(bare.error());
    const auto raw = rawCommits(bodies.size(), all->bytes / bodies.size());
    if (!raw)
        return tl::unexpected(raw.error());

    Ledger ledger;
    ledger.alertsPerSecond = all->alertsPerSecond;
    ledger.commits = all->stats.commits;
    ledger.journalBytes = all->bytes;
    ledger.residentGrowth = all->residentGrowth;
    ledger.bareParsePerSecond = static_cast<double>(alerts) / *bare;
    ledger.rawSqlitePerSecond = static_cast<double>(alerts) / std::accumulate(raw->begin(), raw->end(), 0.0);
    ledger.stages = {{"HTTP (listener and loader)", perAlert(*http, alerts)}};
    ledger.stages.insert(ledger.stages.end(), parts->begin(), parts->end());
    const auto measured = [alerts](std::uint64_t ns) { return static_cast<double>(ns) / static_cast<double>(alerts); };
    ledger.stages.push_back({"seal", measured(all->stats.sealNs)});
    ledger.stages.push_back({"hash", measured(all->stats.hashNs)});
    ledger.stages.push_back({"SQLite", measured(all->stats.storeNs)});
    return ledger;
}

Result<std::vector<double>> rawCommits(std::size_t rows, std::size_t bytes)
{
    const auto scratch = Scratch::make();
    if (!scratch)
        return tl::unexpected(scratch.error());
    auto db = store::Database::open((*scratch)->path() / "raw.db", {"raw.db", 1, 1}, store::Database::Mode::Create);
    if (!db)
        return tl::unexpected(db.error());
    for (const char *sql : {"PRAGMA page_size=8192", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE t(seq INTEGER PRIMARY KEY, blob BLOB)"})
        if (const auto ok = (*db)->execute(sql); !ok)
            return tl::unexpected(ok.error());
    auto insert = (*db)->prepare("INSERT INTO t VALUES(?,?)");
    if (!insert)
        return tl::unexpected(insert.error());
    const Bytes blob(bytes, 0x5a);
    std::vector<double> seconds;
    seconds.reserve(rows);
    for (std::size_t i = 1; i <= rows; ++i) {
        const Stopwatch watch;
        if (const auto ok = insert->bind(1, static_cast<std::int64_t>(i)).bind(2, BytesView(blob)).run(); !ok)
            return tl::unexpected(ok.error());
        seconds.push_back(watch.seconds());
    }
    return seconds;
}

} // namespace qd::app
