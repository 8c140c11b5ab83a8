// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/edgeworker.h"

namespace qd::sources {

EdgeWorker::EdgeWorker(std::function<void()> tick, Span period)
    : m_tick(std::move(tick)), m_period(period.ns), m_thread([this] { loop(); })
{
}

bool EdgeWorker::run(std::function<void()> job)
{
    return add(std::move(job), kLimit);
}

void EdgeWorker::finish(std::function<void()> job)
{
    static_cast<void>(add(std::move(job), m_jobs.max_size()));
}

bool EdgeWorker::add(std::function<void()> job, std::size_t limit)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_jobs.size() >= limit)
            return false;
        m_jobs.push_back(std::move(job));
    }
    m_changed.notify_one();
    return true;
}

void EdgeWorker::stop()
{
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        dropped.swap(m_jobs);
    }
    m_changed.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void EdgeWorker::loop()
{
    auto tickAt = std::chrono::steady_clock::now() + m_period;
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        m_changed.wait_until(lock, tickAt, [&] { return m_stopping || !m_jobs.empty(); });
        if (m_stopping)
            break;
        std::function<void()> job;
        if (!m_jobs.empty()) {
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        const auto now = std::chrono::steady_clock::now();
        const bool tick = now >= tickAt;
        if (tick)
            tickAt = now + m_period;
        lock.unlock();
        if (job)
            job();
        if (tick)
            m_tick();
        job = nullptr; // its captures may answer a request: not under the lock
        lock.lock();
    }
}

} // namespace qd::sources
