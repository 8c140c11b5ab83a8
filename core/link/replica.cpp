// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/replica.h"

#include "core/base/log.h"
#include "core/base/threads.h"
#include "core/events/texts.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace qd::link {

namespace {
/// Live records kept for the replica while it is busy; beyond this it reads them from the journal again.
constexpr std::size_t kWaiting = 8192;
}

class Replica::Worker {
public:
    Worker(Feed feed, state::State ready) : m_state(std::move(ready)), m_feed(std::move(feed))
    {
        m_number = m_feed.follow([this](const desk::RecordPtr &r) { take(r); }, m_first);
        m_known = m_first;
        if (m_state.seq > m_first) // of another log, or of a longer copy of it
            m_state = state::State();
        m_thread = std::thread([this] {
            beginThread("replica");
            run();
        });
    }

    ~Worker()
    {
        m_feed.unfollow(m_number);
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }

    void post(std::function<void()> work)
    {
        const std::uint64_t until = m_feed.head();
        {
            const std::lock_guard lock(m_mutex);
            m_work.push_back({until, std::move(work)});
        }
        m_wake.notify_all();
    }

    [[nodiscard]] std::string problem() const
    {
        const std::lock_guard lock(m_mutex);
        return m_problem;
    }

    state::State m_state;             ///< replica thread only
    std::vector<Watcher> m_watchers;  ///< replica thread only

private:
    struct Work {
        std::uint64_t after = 0; ///< the record that must have been folded before
        std::function<void()> run;
    };

    void take(const desk::RecordPtr &record)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_known = record->seq;
            m_records.push_back(record);
            if (m_records.size() > kWaiting)
                m_records.pop_front();
        }
        m_wake.notify_all();
    }

    void fold(const desk::Record &record)
    {
        if (record.seq != m_state.seq + 1)
            return;
        state::applyRecord(m_state, record.seq, record.time, record.events);
        // The followers hear of an erasure when the keys are gone: what is read now is what is left. What was recorded before
        // following began was read that way already.
        if (record.seq > m_first && events::changesThePast(record.events))
            foldAnew();
        for (const Watcher &w : m_watchers)
            w(m_state, record);
    }

    void foldAnew()
    {
        auto left = link::fold(m_feed, m_state.seq);
        if (left) {
            m_state = std::move(*left);
            return;
        }
        log(LogLevel::Error, "replica", left.error());
        const std::lock_guard lock(m_mutex);
        m_problem = left.error().message;
    }

    /// Folds what is known up to `target`, from the queue where it is there, else from the journal.
    void catchUp(std::uint64_t target, std::deque<desk::RecordPtr> waiting)
    {
        if (m_state.seq < target && (waiting.empty() || waiting.front()->seq > m_state.seq + 1)) {
            const auto done = m_feed.replay(m_state.seq + 1, target, [this](const desk::Record &r) {
                fold(r);
                const std::lock_guard lock(m_mutex);
                return !m_stop;
            });
            if (!done) {
                log(LogLevel::Error, "replica", done.error());
                const std::lock_guard lock(m_mutex);
                m_problem = done.error().message;
            }
        }
        for (const auto &r : waiting)
            fold(*r);
    }

    void run()
    {
        std::unique_lock lock(m_mutex);
        while (!m_stop) {
            m_wake.wait(lock, [this] { return m_stop || (m_known > m_state.seq && m_problem.empty()) || !m_work.empty(); });
            if (m_stop)
                return;
            if (m_known > m_state.seq && m_problem.empty()) {
                const auto target = m_known;
                auto waiting = std::exchange(m_records, {});
                lock.unlock();
                catchUp(target, std::move(waiting));
                lock.lock();
                if (m_state.seq < target && m_problem.empty() && !m_stop)
                    m_problem = "Records are missing from the journal; run `quarterdeckctl verify`.";
                continue;
            }
            // The head may be ahead of the follower for a moment: what was committed is about to arrive.
            if (!m_work.empty() && m_work.front().after > m_state.seq && m_problem.empty()) {
                if (m_wake.wait_for(lock, std::chrono::seconds(2), [this] { return m_stop || m_known > m_state.seq; }))
                    continue;
            }
            if (m_stop || m_work.empty())
                continue;
            auto work = std::move(m_work.front());
            m_work.pop_front();
            lock.unlock();
            work.run();
            work.run = {};
            lock.lock();
        }
    }

    Feed m_feed;
    std::uint64_t m_number = 0, m_first = 0;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<desk::RecordPtr> m_records;
    std::deque<Work> m_work;
    std::uint64_t m_known = 0;
    std::string m_problem;
    bool m_stop = false;
    std::thread m_thread;
};

Replica::Replica(Feed feed, state::State ready) : m_worker(std::make_unique<Worker>(std::move(feed), std::move(ready))) {}

Replica::~Replica() = default;

void Replica::ask(Question question)
{
    m_worker->post([this, question = std::move(question)] { question(m_worker->m_state); });
}

void Replica::askAndWait(const Question &question)
{
    // Shared, so that a question dropped at the end still wakes its asker.
    auto done = std::make_shared<std::promise<void>>();
    auto finished = done->get_future();
    m_worker->post([this, &question, done = std::move(done)] {
        question(m_worker->m_state);
        done->set_value();
    });
    finished.wait();
}

void Replica::watch(Question begin, Watcher watcher)
{
    m_worker->post([this, begin = std::move(begin), watcher = std::move(watcher)]() mutable {
        begin(m_worker->m_state);
        m_worker->m_watchers.push_back(std::move(watcher));
    });
}

std::string Replica::problem() const
{
    return m_worker->problem();
}

Result<state::State> fold(const Feed &feed, std::uint64_t to, Instant until)
{
    state::State state;
    const auto done = feed.replay(1, to, [&](const desk::Record &r) {
        if (until && r.time > until)
            return false;
        state::applyRecord(state, r.seq, r.time, r.events);
        return true;
    });
    if (!done)
        return tl::unexpected(done.error());
    return state;
}

} // namespace qd::link
