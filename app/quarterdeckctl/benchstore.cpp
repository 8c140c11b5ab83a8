// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchstore.h"

#include "app/quarterdeckctl/benchjournal.h"
#include "app/quarterdeckctl/benchledger.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchpeers.h"
#include "app/quarterdeckctl/benchreport.h"
#include "core/journal/verify.h"
#include "core/store/sqliteports.h"

#include <boost/json.hpp>
#include <condition_variable>
#include <mutex>

namespace qd::app {

namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

struct Shape {
    const char *name;
    std::size_t bytes, inFlight, records;
};
constexpr Shape kShapes[] = {{"300 KB, 4 in flight", 300'000, 4, 600}, {"20 KB, 8 in flight", 20'000, 8, 6'000}, {"0.5 KB, 64 in flight", 500, 64, 60'000}, {"0.5 KB, 1 in flight", 500, 1, 3'000}};

Result<json::object> append(const Shape &shape)
{
    const auto scratch = Scratch::make();
    if (!scratch)
        return tl::unexpected(scratch.error());
    SystemClock clock;
    SystemRandom random;
    const fs::path home = (*scratch)->path() / "home";
    const journal::Unlock unlock{journal::Unlock::KeyFile, {}};
    if (const auto made = journal::create(home, store::sqlitePorts(), unlock, clock, random); !made)
        return tl::unexpected(made.error());
    auto journal = journal::Journal::open(home, store::sqlitePorts(), unlock, clock, random);
    if (!journal)
        return tl::unexpected(journal.error());
    std::mutex mutex;
    std::condition_variable landed;
    std::size_t flying = 0;
    std::vector<double> answers;
    Error problem;
    const Stopwatch watch;
    for (std::uint64_t seq = 1; seq <= shape.records; ++seq) {
        journal::Draft draft{seq, Instant{static_cast<std::int64_t>(seq)}, {{"org", 1, Bytes(shape.bytes, static_cast<std::uint8_t>(seq))}}};
        std::unique_lock lock(mutex);
        landed.wait(lock, [&] { return flying < shape.inFlight; });
        ++flying;
        lock.unlock();
        (*journal)->append(std::move(draft), [&, sent = watch.seconds()](Result<std::shared_ptr<const journal::Committed>> r) {
            const std::lock_guard held(mutex);
            if (!r)
                problem = r.error();
            answers.push_back(watch.seconds() - sent);
            --flying;
            landed.notify_one();
        });
    }
    std::unique_lock lock(mutex);
    landed.wait(lock, [&] { return flying == 0; });
    const double seconds = watch.seconds();
    if (!problem.message.empty())
        return tl::unexpected(problem);
    const journal::Stats stats = (*journal)->stats();
    const double n = static_cast<double>(shape.records);
    const auto raw = rawCommits(std::min<std::size_t>(shape.records / std::max<std::size_t>(1, shape.records / stats.commits), 600),
                                static_cast<std::size_t>(stats.bytes / stats.commits));
    if (!raw)
        return tl::unexpected(raw.error());
    double commit = 0;
    for (const double s : *raw)
        commit += s;
    commit /= static_cast<double>(raw->size());
    return json::object{{"recordsPerSecond", n / seconds},
                        {"bytesPerSecond", static_cast<double>(stats.bytes) / seconds},
                        {"recordsACommit", n / static_cast<double>(stats.commits)},
                        {"usPerRecord", json::object{{"seal", static_cast<double>(stats.sealNs) / n / 1e3}, {"hash", static_cast<double>(stats.hashNs) / n / 1e3}, {"commit", static_cast<double>(stats.storeNs) / n / 1e3}}},
                        {"acknowledgedMs", json::object{{"p50", quantile(answers, 0.5) * 1e3}, {"p99", quantile(answers, 0.99) * 1e3}}},
                        {"reference", json::object{{"rawSqliteCommitUs", commit * 1e6}}},
                        {"ratio", json::object{{"toRawSqliteCommitsOfTheSameBytes", commit * static_cast<double>(stats.commits) / seconds}}}};
}

} // namespace

int benchJournal(const BenchOptions &options)
{
    json::object out{{"bench", "journal"}};
    for (const Shape &shape : kShapes) {
        auto figures = append(shape);
        if (!figures)
            return benchFailed(figures.error());
        out[shape.name] = std::move(*figures);
    }
    const Bandwidth machine = bandwidth(256u << 20);
    out["reference"] = json::object{{"memcpyBytesPerSecond", machine.copy}, {"sha256BytesPerSecond", machine.sha256}, {"aesGcmBytesPerSecond", machine.aesGcm}};
    return report(options, out);
}

int benchVerify(const BenchOptions &options)
{
    const auto opened = ReferenceHome::open(kJ1, options);
    if (!opened)
        return benchFailed(opened.error());
    ReferenceHome &home = **opened;
    home.journal.reset();
    const Stopwatch watch;
    const auto judged = journal::verify(home.path, store::sqlitePorts(), {});
    const double seconds = watch.seconds();
    if (!judged)
        return benchFailed(judged.error());
    if (judged->outcome != journal::VerifyReport::Outcome::Consistent)
        return benchFailed({Code::Internal, "The reference journal does not verify.", {}});
    const auto raw = rawRead(home.path);
    if (!raw)
        return benchFailed(raw.error());
    const Bandwidth machine = bandwidth(256u << 20);
    const double bytes = static_cast<double>(raw->bytes);
    return report(options, {{"bench", "verify"},
                            {"journal", home.spec.name},
                            {"records", raw->rows},
                            {"bytes", raw->bytes},
                            {"seconds", seconds},
                            {"recordsPerSecond", static_cast<double>(raw->rows) / seconds},
                            {"bytesPerSecond", bytes / seconds},
                            {"reference", json::object{{"rawSqliteReadSeconds", raw->seconds}, {"sha256BytesPerSecond", machine.sha256}}},
                            {"ratio", json::object{{"toRawSqliteRead", raw->seconds / seconds}, {"toSha256OfTheSameBytes", bytes / machine.sha256 / seconds}}}});
}

} // namespace qd::app
