// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/worker.h"

#include "core/base/log.h"
#include "core/desk/past.h"
#include "core/events/codec.h"
#include "core/journal/journal.h"
#include "core/oncall/escalation.h"

#include <algorithm>

namespace qd::desk {

using state::State;

namespace {

constexpr Span kWakeEvery = millis(500);  ///< the timer looks no more often than this
constexpr Span kProbeEvery = seconds(1); ///< while storage fails, how often it is tried again

} // namespace

Desk::Worker::Worker(journal::Journal &journal, const Clock &clock, Options options)
    : m_journal(journal), m_clock(clock), m_options(std::move(options))
{
}

Desk::Worker::~Worker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_woken.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    // The journal still calls back for what it was given.
    std::unique_lock lock(m_flightMutex);
    m_landed.wait(lock, [this] { return m_inFlight == 0; });
    lock.unlock();
    for (auto &[work, done] : m_queue) // an erasure that was recorded while the thread ended
        if (done)
            done(fail(Code::Unavailable, "The core was stopped; what was recorded is carried out."));
}

Result<> Desk::Worker::start()
{
    if (const auto folded = refold(); !folded)
        return folded;
    m_announcer.startAfter(m_state.seq);
    m_thread = std::thread([this] { run(); });
    post([this](Done done) {
        Cascade c(m_state, m_clock.now());
        c.add(events::CoreStarted{m_options.version});
        commit(c, {}, std::move(done));
        reconcileHolds();
    }, {});
    return {};
}

void Desk::Worker::post(Work work, Done done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_queue.size() < kQueueLimit && !m_stopping) {
            m_queue.emplace_back(std::move(work), std::move(done));
            m_woken.notify_one();
            return;
        }
    }
    if (done)
        done(fail(Code::Unavailable, "The core is busy; try again in a moment."));
}

void Desk::Worker::commit(Cascade &c, Outcome outcome, Done done, journal::KeyChange *change)
{
    if (c.isEmpty()) {
        (void)c.finish();
        outcome.seq = 0;
        if (done)
            done(std::move(outcome));
        return;
    }
    auto record = std::make_shared<Record>();
    record->seq = c.seq();
    record->time = c.time();
    record->events = c.finish();
    outcome.seq = record->seq;
    journal::Draft draft;
    draft.seq = record->seq;
    draft.time = record->time;
    for (auto &part : events::encodeRecord(record->events, record->time))
        draft.parts.push_back({std::move(part.stream), part.family, std::move(part.body), false, part.single});
    {
        const std::lock_guard lock(m_flightMutex);
        ++m_inFlight;
    }
    auto answered = [this, record, outcome = std::move(outcome), done = std::move(done)](Result<std::shared_ptr<const journal::Committed>> r) {
        if (!r) {
            m_lost.store(true);
            m_announcer.setRecording({false, r.error().message});
            m_woken.notify_all();
            if (done)
                done(fail(Code::Unavailable, "Not recorded: " + r.error().message, r.error().detail));
        } else {
            m_announcer.setRecording({true, {}});
            m_announcer.deliver(record);
            if (done)
                done(outcome);
        }
        const std::lock_guard lock(m_flightMutex);
        if (--m_inFlight == 0)
            m_landed.notify_all();
    };
    if (change)
        m_journal.append(std::move(draft), std::move(*change), std::move(answered));
    else
        m_journal.append(std::move(draft), std::move(answered));
}

Result<> Desk::Worker::refold()
{
    if (const auto ready = std::exchange(m_options.ready, nullptr); ready && ready->seq == m_journal.head()) {
        m_state = std::move(*ready);
        return {};
    }
    state::SnapshotLoader loader;
    auto fresh = state::stateAt(pastOf(m_journal), m_journal.head(), loader);
    if (!fresh)
        return tl::unexpected(fresh.error());
    m_state = std::move(*fresh);
    return {};
}

void Desk::Worker::recover()
{
    m_lost.store(false);
    if (const auto folded = refold(); !folded) {
        log(LogLevel::Error, "desk", folded.error());
        m_lost.store(true);
        return;
    }
    m_journal.resumeAfterFailure();
    Cascade c(m_state, m_clock.now());
    c.add(events::ClockWoke{});
    commit(c, {}, {});
}

Instant Desk::Worker::nextDue() const
{
    Instant due = triage::nextDue(m_state);
    for (const Instant other : {oncall::nextDue(m_state), m_runs.due()})
        if (other && (!due || other < due))
            due = other;
    return due;
}

void Desk::Worker::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        if (m_lost.load()) {
            m_woken.wait_for(lock, std::chrono::nanoseconds(kProbeEvery.ns), [this] { return m_stopping; });
            refuseQueued(lock);
            if (m_stopping)
                return;
            lock.unlock();
            recover();
            lock.lock();
            continue;
        }
        if (m_queue.empty()) {
            if (m_stopping)
                break;
            lock.unlock();
            const Instant due = m_options.startClock ? nextDue() : Instant{};
            const bool overdue = due && due <= m_clock.now();
            lock.lock();
            if (overdue && m_queue.empty() && m_lastWake + kWakeEvery <= m_clock.boot()) {
                m_lastWake = m_clock.boot();
                lock.unlock();
                wake(false, {});
                lock.lock();
                continue;
            }
            const std::int64_t wait = due ? std::clamp<std::int64_t>((due - m_clock.now()).ns, 50'000'000, 1'000'000'000) : 1'000'000'000;
            if (m_queue.empty() && !m_stopping)
                m_woken.wait_for(lock, std::chrono::nanoseconds(wait));
            continue;
        }
        auto [work, done] = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        work(std::move(done));
        lock.lock();
    }
    lock.unlock();
    if (!m_runs.isEmpty()) {
        Cascade c(m_state, m_clock.now());
        c.add(m_runs.flush());
        commit(c, {}, {});
    }
}

void Desk::Worker::refuseQueued(std::unique_lock<std::mutex> &lock)
{
    auto waiting = std::exchange(m_queue, {});
    lock.unlock();
    for (auto &[work, done] : waiting)
        if (done)
            done(fail(Code::Unavailable, "Not recorded: " + m_announcer.recording().reason));
    lock.lock();
}

} // namespace qd::desk
