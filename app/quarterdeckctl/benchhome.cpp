// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchjournal.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchpeers.h"
#include "core/desk/past.h"
#include "core/events/codec.h"
#include "core/store/sqliteports.h"

#include <boost/json.hpp>
#include <condition_variable>
#include <fstream>
#include <mutex>

namespace qd::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatchesInFlight = 8192;

/// Large groups: this is not what is measured.
journal::Options batched()
{
    journal::Options options;
    options.batchRecords = 2048;
    return options;
}

} // namespace

JournalSpec scaled(JournalSpec spec, const BenchOptions &options)
{
    if (options.events == 0 || options.events == spec.events)
        return spec;
    const auto part = [&](std::uint32_t n) { return static_cast<std::uint32_t>(std::max<std::uint64_t>(4, n * options.events / spec.events)); };
    spec.active = part(spec.active);
    spec.incidents = part(spec.incidents);
    spec.length = nanos(static_cast<std::int64_t>(static_cast<double>(spec.length.ns) * static_cast<double>(options.events) / static_cast<double>(spec.events)));
    spec.events = options.events;
    return spec;
}

ReferenceHome::ReferenceHome() = default;

ReferenceHome::~ReferenceHome()
{
    journal.reset();
}

std::uint64_t ReferenceHome::journalBytes() const
{
    std::error_code ignored;
    const auto size = fs::file_size(path / "journal.db", ignored);
    return ignored ? 0 : size;
}

Result<> ReferenceHome::reopen()
{
    journal.reset();
    auto opened = journal::Journal::open(path, store::sqlitePorts(), {journal::Unlock::KeyFile, {}}, clock, random, batched());
    if (!opened)
        return tl::unexpected(opened.error());
    journal = std::move(*opened);
    return {};
}

Result<std::unique_ptr<ReferenceHome>> ReferenceHome::open(const JournalSpec &spec, const BenchOptions &options)
{
    auto home = std::make_unique<ReferenceHome>();
    home->spec = scaled(spec, options);
    if (options.keep.empty()) {
        auto scratch = Scratch::make();
        if (!scratch)
            return tl::unexpected(scratch.error());
        home->m_scratch = std::move(*scratch);
        home->path = home->m_scratch->path() / spec.name;
    } else {
        home->path = fs::path(options.keep) / (std::string(spec.name) + "-" + std::to_string(home->spec.events));
    }
    const fs::path facts = home->path / "reference.json";
    std::error_code ignored;
    if (!fs::exists(facts, ignored)) {
        fs::remove_all(home->path, ignored); // an earlier making that did not come to its end
        const Stopwatch watch;
        if (const auto made = home->make(); !made)
            return tl::unexpected(made.error());
        home->madeSeconds = watch.seconds();
        std::ofstream(facts) << boost::json::serialize(boost::json::object{
            {"events", home->events}, {"bodyBytes", home->bodyBytes}, {"textBytes", home->textBytes}, {"active", home->active}});
        return home;
    }
    std::ifstream in(facts);
    const auto known = boost::json::parse(std::string((std::istreambuf_iterator<char>(in)), {})).as_object();
    home->events = known.at("events").to_number<std::uint64_t>();
    home->bodyBytes = known.at("bodyBytes").to_number<std::uint64_t>();
    home->textBytes = known.at("textBytes").to_number<std::uint64_t>();
    home->active = known.at("active").to_number<std::uint64_t>();
    if (const auto opened = home->reopen(); !opened)
        return tl::unexpected(opened.error());
    if (const auto made = home->snapshots(); !made)
        return tl::unexpected(made.error());
    return home;
}

Result<> ReferenceHome::toCopy()
{
    journal.reset();
    if (m_scratch)
        return {};
    auto scratch = Scratch::make();
    if (!scratch)
        return tl::unexpected(scratch.error());
    std::error_code error;
    const fs::path copy = (*scratch)->path() / path.filename();
    fs::copy(path, copy, fs::copy_options::recursive, error);
    if (error)
        return fail(Code::Io, "The kept journal cannot be copied to " + copy.string() + ": " + error.message() + ".");
    m_scratch = std::move(*scratch);
    path = copy;
    return {};
}

Result<> ReferenceHome::make()
{
    fs::create_directories(path.parent_path());
    if (const auto made = journal::create(path, store::sqlitePorts(), {journal::Unlock::KeyFile, {}}, clock, random); !made)
        return tl::unexpected(made.error());
    if (const auto opened = reopen(); !opened)
        return opened;
    JournalMaker maker(spec);
    std::mutex mutex;
    std::condition_variable landed;
    std::size_t flying = 0;
    Error problem;
    while (auto record = maker.next()) {
        journal::Draft draft{record->seq, record->time, {}};
        events += record->events.size();
        for (auto &part : events::encodeRecord(record->events, record->time)) {
            bodyBytes += part.body.size();
            draft.parts.push_back({std::move(part.stream), part.family, std::move(part.body), false, part.single});
        }
        std::unique_lock lock(mutex);
        landed.wait(lock, [&] { return flying < kBatchesInFlight; });
        if (!problem.message.empty())
            break;
        ++flying;
        lock.unlock();
        journal->append(std::move(draft), [&](Result<std::shared_ptr<const journal::Committed>> r) {
            const std::lock_guard held(mutex);
            if (!r)
                problem = r.error();
            --flying;
            landed.notify_one();
        });
    }
    std::unique_lock lock(mutex);
    landed.wait(lock, [&] { return flying == 0; });
    if (!problem.message.empty())
        return tl::unexpected(problem);
    lock.unlock();
    const state::State &state = maker.state();
    active = state.alerts.firing;
    for (std::size_t s = 1; s < state.symbols.size(); ++s)
        textBytes += state.symbols.text(static_cast<Symbol>(s)).size();
    for (const auto &[number, incident] : state.incidents)
        for (const state::Entry &e : incident.timeline)
            textBytes += e.text.size();
    return snapshots();
}

Result<> ReferenceHome::snapshots()
{
    desk::SnapshotKeeper keeper(*journal, [this] {
        // As it was when the journal had come this far.
        return journalBytes();
    });
    if (keeper.last() != 0)
        return {}; // kept from an earlier bench; those of another version are no more
    const auto made = desk::makeSnapshots(*journal, keeper, [] { return true; });
    if (!made)
        return tl::unexpected(made.error());
    return {};
}

} // namespace qd::app
