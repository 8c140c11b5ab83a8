// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/worker.h"

#include "core/base/log.h"
#include "core/base/threads.h"
#include "core/desk/classes.h"
#include "core/desk/due.h"
#include "core/journal/journal.h"
#include "core/oncall/escalation.h"

#include <algorithm>

namespace qd::desk {

using state::State;

namespace {

constexpr Span kWakeEvery = millis(500);  ///< the timer looks no more often than this
constexpr Span kAway = seconds(30);      ///< the loop looks every second: longer, and nothing ran (trust.md section 2, suite 12)
constexpr Span kJump = seconds(2);       ///< the wall clock against time since boot; less is slewing

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
    if (const auto read = m_journal.reading() ? Result<>() : readClasses(m_journal); !read)
        return read;
    if (const auto folded = refold(); !folded)
        return folded;
    m_announcer.startAfter(m_state.seq);
    m_awaySince = m_state.time;
    m_unrecorded = m_journal.isKeeping();
    m_failure = "The disk has taken nothing since before the core started.";
    // Queued before the thread runs: what became due while the core was away is looked at only once it is recorded that it was.
    post([this](Done done) {
        Cascade c(m_state, now(), &m_reactions);
        m_longGap = c.time() - m_awaySince > oncall::kGap;
        if (m_state.isUnrecorded() && !m_unrecorded) { // an earlier run's, out of the emergency file
            const auto &gap = m_state.recordGaps.back();
            c.add(events::RecordGapEnded{c.seq() - gap.fromSeq, gap.since, c.time()});
        } else if (m_unrecorded && !m_state.isUnrecorded()) {
            c.add(events::RecordGap{m_journal.headTime(), m_failure});
        }
        c.add(events::CoreStarted{m_options.version, m_options.owner});
        commit(c, {}, std::move(done), Asker::Core);
        if (!m_unrecorded)
            reconcileHolds();
    }, {});
    m_thread = std::thread([this] {
        beginThread("desk");
        run();
    });
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

Instant Desk::Worker::now()
{
    const Instant wall = m_clock.now();
    const Span boot = m_clock.boot();
    const Instant steady = m_lastNow + Span{(boot - m_lastBoot).ns / 10 * 9};
    m_lastNow = m_lastNow ? std::max(wall, steady) : std::max(wall, m_state.time);
    m_lastBoot = boot;
    return m_lastNow;
}

void Desk::Worker::watchDisk()
{
    {
        const std::lock_guard lock(m_flightMutex);
        if (m_inFlight == 0 || m_clock.boot() - m_answeredAt < kHangs)
            return;
    }
    if (m_announcer.recording().recorded) // the next answer, when there is one, says that it records again
        m_announcer.setRecording({false, "The disk has not answered for " + std::to_string(kHangs.ns / 1'000'000'000)
                                             + " s. Nothing that happens now is on disk or sent on until it does."});
}

void Desk::Worker::watchClock()
{
    if (!m_options.startClock && !m_options.watchClock)
        return;
    const Instant wall = m_clock.now();
    const Span boot = m_clock.boot();
    const Span passed = boot - m_seenBoot;
    const Span jumped = m_seenWall ? (wall - m_seenWall) - passed : Span{};
    const Span away = m_seenWall && passed >= kAway ? passed : Span{};
    m_seenWall = wall;
    m_seenBoot = boot;
    if (away.ns > 0) { // the disk slept as well: its time to answer begins now
        const std::lock_guard lock(m_flightMutex);
        m_answeredAt = boot;
    }
    const bool isJump = jumped >= kJump || jumped.ns <= -kJump.ns;
    if (!isJump && away.ns == 0)
        return;
    const Span gap = std::max(away, jumped);
    if (gap.ns > 0) {
        m_awaySince = wall - gap;
        m_longGap = gap > oncall::kGap;
    }
    Cascade c(m_state, now(), &m_reactions);
    c.add(m_runs.flush());
    c.add(events::ClockJumped{isJump ? jumped : Span{}, away, wall});
    commit(c, {}, {}, Asker::Core);
}

Instant Desk::Worker::nextDue(Instant now)
{
    Instant due = triage::nextDue(m_state);
    for (const Instant other : {nextRuleDue(m_state, now, m_outlooks), nextHeartbeat(), m_runs.due()})
        if (other && (!due || other < due))
            due = other;
    return due;
}

void Desk::Worker::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        if (m_lost.load() || m_unrecorded) {
            lock.unlock();
            if (m_lost.load())
                goOnUnrecorded();
            else
                tryToRecord();
            lock.lock();
        }
        if (m_queue.empty()) {
            if (m_stopping)
                break;
            lock.unlock();
            Instant due, at;
            if (m_options.startClock) {
                watchClock();
                at = now();
                due = nextDue(at);
            }
            watchDisk();
            const bool overdue = due && due <= at;
            lock.lock();
            if (overdue && m_queue.empty() && m_lastWake + kWakeEvery <= m_clock.boot()) {
                m_lastWake = m_clock.boot();
                lock.unlock();
                wake(false, {});
                lock.lock();
                continue;
            }
            std::int64_t wait = due ? std::clamp<std::int64_t>((due - at).ns, 50'000'000, 1'000'000'000) : 1'000'000'000;
            if (m_unrecorded)
                wait = std::min<std::int64_t>(wait, 100'000'000);
            if (m_queue.empty() && !m_stopping && !m_lost.load() && !m_stored.load())
                m_woken.wait_for(lock, std::chrono::nanoseconds(wait));
            continue;
        }
        auto [work, done] = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        watchClock();
        work(std::move(done));
        lock.lock();
    }
    lock.unlock();
    if (!m_runs.isEmpty()) {
        Cascade c(m_state, now(), &m_reactions);
        c.add(m_runs.flush());
        commit(c, {}, {}, Asker::Core);
    }
}

} // namespace qd::desk
