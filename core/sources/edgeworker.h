// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace qd::sources {

/// One thread that runs jobs in order, and `tick` at the start of every period (periods missed are skipped). The queue is
/// bounded for what is asked from outside; an answer that is waited for always has room.
class EdgeWorker final {
public:
    explicit EdgeWorker(std::function<void()> tick, Span period = seconds(1));
    ~EdgeWorker() { stop(); }
    EdgeWorker(const EdgeWorker &) = delete;
    EdgeWorker &operator=(const EdgeWorker &) = delete;

    /// False when the queue is full or stopped: the job will not run.
    [[nodiscard]] bool run(std::function<void()> job);
    /// Never refused, only not run after stop(): for what there is at most one of a request that is under way.
    void finish(std::function<void()> job);
    /// Drops what waits and joins. Safe to call twice; not from a job.
    void stop();

private:
    static constexpr std::size_t kLimit = 256;
    bool add(std::function<void()> job, std::size_t limit);
    void loop();

    std::function<void()> m_tick;
    std::chrono::nanoseconds m_period;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_jobs;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace qd::sources
