// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/indexer.h"

#include "core/base/log.h"
#include "core/base/memory.h"
#include "core/base/threads.h"
#include "core/events/texts.h"
#include "core/events/weight.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

namespace qd::search {

namespace {

using Steady = std::chrono::steady_clock;
using Time = Steady::time_point;

/// While records keep coming nobody waits for the index but a search: what is new is indexed in the first pause of this length,
constexpr std::chrono::milliseconds kPause{50};
/// or when the oldest of it waited this long.
constexpr std::chrono::seconds kLatest{2};
/// What a search waits for the records committed before it, once the index was complete.
constexpr std::chrono::seconds kPatience{1};
/// Events and rows after whose indexing freed memory goes back to the system.
constexpr std::uint64_t kMuch = 16'384;

} // namespace

class Indexer::Worker
{
public:
    Worker(Records records, journal::Sections &sections, Random &random, Index::Limits limits)
        : m_records(std::move(records))
        , m_sections(sections)
        , m_random(random)
        , m_limits(limits)
    {
        m_follower = m_records.follow([this](const desk::RecordPtr &record) { take(record); }, m_head);
        m_thread = std::thread([this] {
            beginThread("search", Pressing::Later);
            run();
        });
    }

    ~Worker() { stop(); }

    void stop()
    {
        if (!m_thread.joinable())
            return;
        m_records.unfollow(m_follower);
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_wake.notify_all();
        m_noted.notify_all();
        m_thread.join();
    }

    /// A job for the thread, done between two records. `needs`: the record it must not run before, while the index follows.
    struct Job
    {
        std::function<void(Index *)> run; ///< null: the thread ends
        std::uint64_t needs = 0;
        Time since = Steady::now();
    };

    [[nodiscard]] bool post(std::function<void(Index *)> run, bool limited)
    {
        const std::uint64_t head = m_records.head();
        {
            const std::lock_guard lock(m_mutex);
            if (m_stop || (limited && m_jobs.size() >= kSearchLimit))
                return false;
            m_jobs.push_back({std::move(run), head});
            m_hasJobs = true;
        }
        m_wake.notify_all();
        return true;
    }

    [[nodiscard]] Progress progress() const
    {
        const std::lock_guard lock(m_mutex);
        return {m_indexed, std::max(m_head, m_indexed), m_complete, m_problem};
    }

    void settle()
    {
        std::unique_lock lock(m_mutex);
        m_noted.wait(lock, [this] { return m_stop || m_complete || !m_problem.empty(); });
    }

    /// How far it is, for progress(). On the thread.
    void note(const Index &index)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_indexed = index.next() - 1;
            m_complete = m_indexed >= m_head;
            if (!m_complete)
                return;
            m_problem.clear();
        }
        m_noted.notify_all();
    }

private:
    void take(const desk::RecordPtr &record)
    {
        bool wake = false;
        {
            const std::lock_guard lock(m_mutex);
            m_head = record->seq;
            m_lastCame = Steady::now();
            wake = std::exchange(m_upToDate, false);
            if (wake)
                m_behindSince = m_lastCame;
            // Its keys are gone, or it reads otherwise; what was read before is forgotten before anything else is indexed or sealed.
            if (events::changesThePast(record->events)) {
                // Records come in order and each right after its keys went: this is the era it began.
                m_jobs.push_front({[record, era = m_sections.era()](Index *index) { forgetDestroyed(index, *record, era); }, 0});
                m_hasJobs = wake = true;
                m_queue.clear(); // records of before still hold the text; they are read again, as what is left of them
                m_queued = 0;
            }
            // What does not fit is in the journal: it is read from there.
            const bool follows = m_queue.empty() || m_queue.back()->seq + 1 == record->seq;
            if (follows && m_queue.size() < kQueueLimit && m_queued < kQueueWeight) {
                m_queue.push_back(record);
                m_queued += events::weightOf(record->events);
            }
        }
        if (wake)
            m_wake.notify_all();
    }

    /// With the mutex held.
    desk::RecordPtr pop()
    {
        desk::RecordPtr record = std::move(m_queue.front());
        m_queue.pop_front();
        m_queued -= events::weightOf(record->events);
        return record;
    }

    /// With the mutex held: when what is new is to be indexed.
    [[nodiscard]] Time dueAt(std::uint64_t next) const
    {
        if (m_head < next)
            return Time::max();
        return m_jobs.empty() ? std::min(m_lastCame + kPause, m_behindSince + kLatest) : Time::min();
    }

    /// Waits until something new is to be indexed, a job can be done, the thread is to stop, or `until`.
    void waitFor(std::unique_lock<std::mutex> &lock, std::uint64_t next, Time until)
    {
        while (!m_stop && !ready(next)) {
            m_upToDate = m_head < next;
            Time wakeAt = std::min(until, dueAt(next));
            if (!m_jobs.empty())
                wakeAt = std::min(wakeAt, m_jobs.front().since + kPatience);
            if (wakeAt <= Steady::now())
                return;
            m_wake.wait_until(lock, wakeAt);
        }
    }

    static void forgetDestroyed(Index *index, const desk::Record &record, std::uint64_t era)
    {
        if (!index)
            return;
        index->keysDestroyed(era);
        const auto say = [](const Result<> &done) {
            if (!done)
                log(LogLevel::Warning, "search", done.error().message);
        };
        for (const auto &event : record.events) {
            if (const auto *erased = getIf<events::StreamsErased>(&event))
                for (const auto &stream : erased->streams)
                    say(index->erase(stream.stream));
            else if (const auto *struck = getIf<events::TextStruck>(&event)) {
                if (!struck->incident.empty())
                    say(index->rebuild("incident/" + struck->incident));
                for (const auto &stream : struck->streams)
                    say(index->rebuild(stream));
            } else if (const auto *classed = getIf<events::LineClassed>(&event)) { // the keys live, and what was indexed of it goes all the same
                if (!classed->incident.empty())
                    say(index->rebuild("incident/" + classed->incident));
                for (const auto &stream : classed->streams)
                    say(index->rebuild(stream));
            }
        }
    }

    void run()
    {
        Index index(m_sections, m_random, m_limits, m_records.leaf);
        index.forgetAfter(m_records.head());
        while (!stopping()) {
            const bool reachable = readOn(index);
            if (!reachable || !follow(index))
                pause(index);
        }
        takeRest(index);
        if (auto sealed = index.seal(); !sealed)
            log(LogLevel::Info, "search", "what was indexed last is indexed again at the next start: " + sealed.error().message);
        std::deque<Job> left;
        {
            const std::lock_guard lock(m_mutex);
            left.swap(m_jobs);
        }
        for (const Job &job : left)
            job.run(nullptr);
    }

    /// At the end: what waits already, so that the next start need not read it.
    void takeRest(Index &index)
    {
        std::deque<desk::RecordPtr> rest;
        {
            const std::lock_guard lock(m_mutex);
            rest.swap(m_queue);
            m_queued = 0;
        }
        for (const auto &record : rest)
            if (record->seq == index.next() && !index.add(record->seq, record->time, record->events))
                return;
    }

    /// From the journal: everything up to what waits in the queue, with the jobs that come in meanwhile. False: it failed.
    bool readOn(Index &index)
    {
        while (!stopping()) {
            const std::uint64_t to = upTo();
            const std::uint64_t from = index.next();
            if (from > to) {
                note(index);
                if (m_caughtUp)
                    return true;
                m_caughtUp = m_wasComplete = true;
                if (auto sealed = index.seal(); !sealed)
                    log(LogLevel::Warning, "search", sealed.error().message);
                note(index);
                if (std::exchange(m_read, 0) >= kMuch)
                    giveBackFreed(); // building took many times what is kept of it
                continue;
            }
            m_caughtUp = false;
            note(index);
            if (std::unique_lock lock(m_mutex); m_wasComplete)
                waitFor(lock, from, Time::max());
            Result<> outcome;
            const auto read = m_records.replay(from, to, [&](const desk::Record &record) {
                if (index.next() != record.seq)
                    return false; // a part was lost: begin where it begins
                outcome = index.add(record.seq, record.time, record.events);
                m_read += events::weightOf(record.events);
                if ((record.seq & 1023) == 0)
                    note(index);
                // The first time a search is answered from what is there; near the end it waits for the rest, as it does later.
                runJobs(index, !m_wasComplete && index.next() <= to);
                return outcome && !stopping();
            });
            if (!outcome || !read)
                return failed(outcome ? read.error() : outcome.error());
            if (index.next() == from && !stopping())
                return failed({Code::Corrupt, "The journal ends before its head, at record " + std::to_string(from) + "."});
        }
        return true;
    }

    /// As they are committed. True: to be read on from the journal; false: it failed.
    bool follow(Index &index)
    {
        auto sealAt = Steady::now() + std::chrono::seconds(kSealAfterSeconds);
        while (true) {
            desk::RecordPtr record;
            {
                std::unique_lock lock(m_mutex);
                waitFor(lock, index.next(), sealAt);
                if (m_stop)
                    return true;
                while (!m_queue.empty() && m_queue.front()->seq < index.next())
                    pop();
                const bool isDue = dueAt(index.next()) <= Steady::now();
                if (isDue && !m_queue.empty() && m_queue.front()->seq == index.next()) {
                    record = pop();
                } else if (m_head >= index.next() && (m_queue.empty() || m_queue.front()->seq > index.next())) {
                    return true;
                }
            }
            if (record)
                if (const auto added = index.add(record->seq, record->time, record->events); !added)
                    return failed(added.error());
            note(index);
            runJobs(index, false);
            if (Steady::now() >= sealAt) {
                if (auto sealed = index.seal(); !sealed)
                    log(LogLevel::Warning, "search", sealed.error().message);
                if (!std::exchange(m_asked, false))
                    index.closeAll(); // nobody searches now
                if (std::exchange(m_read, 0) >= kMuch)
                    giveBackFreed();
                sealAt = Steady::now() + std::chrono::seconds(kSealAfterSeconds);
            }
        }
    }

    /// With the mutex held: whether the first job can run now.
    [[nodiscard]] bool ready(std::uint64_t next) const
    {
        return !m_jobs.empty() && (m_jobs.front().needs < next || m_jobs.front().since + kPatience <= Steady::now());
    }

    void runJobs(Index &index, bool reading)
    {
        while (m_hasJobs) {
            Job job;
            {
                const std::lock_guard lock(m_mutex);
                if (m_jobs.empty() || (!reading && !ready(index.next()))) {
                    m_hasJobs = !m_jobs.empty();
                    return;
                }
                job = std::move(m_jobs.front());
                m_jobs.pop_front();
                m_hasJobs = !m_jobs.empty();
            }
            note(index);
            job.run(&index);
            m_asked = true;
            note(index);
        }
    }

    bool failed(const Error &error)
    {
        bool isNew = false;
        {
            const std::lock_guard lock(m_mutex);
            isNew = m_problem != error.message;
            m_problem = error.message;
            m_complete = false;
        }
        m_noted.notify_all();
        if (isNew)
            log(LogLevel::Warning, "search", "indexing stopped, it is tried again: " + error.message);
        return false;
    }

    /// After a failure: answers go on, and in a while it is tried again.
    void pause(Index &index)
    {
        const auto until = Steady::now() + std::chrono::seconds(5);
        while (!stopping() && Steady::now() < until) {
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait_until(lock, until, [&] { return m_stop || !m_jobs.empty(); });
            }
            runJobs(index, true);
        }
    }

    /// The last record that is to be read from the journal: what waits in the queue comes from there.
    [[nodiscard]] std::uint64_t upTo() const
    {
        const std::lock_guard lock(m_mutex);
        return m_queue.empty() ? m_head : std::min(m_head, m_queue.front()->seq - 1);
    }

    [[nodiscard]] bool stopping() const { return m_stop; }

    const Records m_records;
    journal::Sections &m_sections;
    Random &m_random;
    const Index::Limits m_limits;
    std::uint64_t m_follower = 0;
    bool m_caughtUp = false; ///< the thread's own, as the next two
    bool m_wasComplete = false;
    bool m_asked = false;    ///< a job ran since the last look
    std::uint64_t m_read = 0; ///< events and rows indexed since memory was given back

    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wake, m_noted;
    std::deque<desk::RecordPtr> m_queue; ///< seqs without a gap
    std::size_t m_queued = 0;            ///< what they weigh
    Time m_lastCame, m_behindSince;      ///< the newest record; the oldest that is not indexed
    bool m_upToDate = false;             ///< the thread waits for the next record
    std::deque<Job> m_jobs;
    std::atomic<bool> m_hasJobs = false, m_stop = false;
    std::uint64_t m_head = 0, m_indexed = 0;
    bool m_complete = false;
    std::string m_problem;
    std::thread m_thread;
};

Indexer::Indexer(Records records, journal::Sections &sections, Random &random, Index::Limits limits)
    : m_worker(std::make_unique<Worker>(std::move(records), sections, random, limits))
{
}

Indexer::~Indexer() = default;

void Indexer::stop()
{
    m_worker->stop();
}

void Indexer::search(store::TextQuery query, std::size_t limit, Done answer)
{
    const std::size_t most = std::min(limit, kHitLimit);
    auto done = std::make_shared<Done>(std::move(answer));
    const bool posted = m_worker->post(
        [worker = m_worker.get(), query = std::move(query), most, done](Index *index) {
            auto found = index ? index->search(query, most) : Result<Answer>(fail(Code::Unavailable, "The core is stopping."));
            if (index)
                worker->note(*index); // what turned out to be lost while it was asked is missing in this very answer
            (*done)(std::move(found), worker->progress());
        },
        true);
    if (!posted)
        (*done)(fail(Code::Unavailable, "Too many searches are waiting; try again."), progress());
}

namespace {

/// Runs `question` on the thread and waits.
template <typename Worker>
Result<> waitFor(Worker &worker, const std::function<Result<>(Index &)> &question)
{
    std::promise<Result<>> promise;
    auto outcome = promise.get_future();
    const bool posted = worker.post(
        [&](Index *index) { promise.set_value(index ? question(*index) : Result<>(fail(Code::Unavailable, "The core is stopping."))); }, false);
    return posted ? outcome.get() : Result<>(fail(Code::Unavailable, "The core is stopping."));
}

} // namespace

Result<> Indexer::erased(const std::string &stream)
{
    return waitFor(*m_worker, [&](Index &index) { return index.erase(stream); });
}

Result<> Indexer::struck(const std::string &stream)
{
    return waitFor(*m_worker, [&](Index &index) { return index.rebuild(stream); });
}

Progress Indexer::progress() const
{
    return m_worker->progress();
}

Index::Figures Indexer::figures()
{
    Index::Figures figures;
    (void)waitFor(*m_worker, [&](Index &index) -> Result<> {
        figures = index.figures();
        return {};
    });
    return figures;
}

void Indexer::settle()
{
    (void)figures(); // everything committed so far is taken before this is answered, once it follows
    m_worker->settle();
}

} // namespace qd::search
