// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/link/replica.h"
#include "core/state/travel.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <limits>
#include <mutex>
#include <string>
#include <thread>

namespace qd::control {

/// An instant of the log: a record's number, or a time.
struct Point {
    std::uint64_t seq = std::numeric_limits<std::uint64_t>::max();
    Instant at;
};
/// "seq:N" or RFC 3339. Errors: Invalid.
[[nodiscard]] Result<Point> parsePoint(const std::string &text);

/// Questions about the past, and others that take their time, one after another on a thread of their own. Any thread may ask; the answers
/// come on that one.
class PastQuestions {
public:
    static constexpr std::size_t kWaiting = 64;
    static constexpr Span kKept = minutes(2); ///< after the last question, what was read for it

    using Answer = std::function<void(Result<std::string>)>;
    struct Question {
        Point point;
        std::function<Result<std::string>(const state::State &)> question; ///< to the State at `point`
        Answer answer;                                                     ///< called once
        std::function<Result<std::string>()> work = {};                    ///< instead of a question to one State
    };

    /// Both must outlive it.
    PastQuestions(const link::Feed &feed, link::Replica &replica);
    ~PastQuestions() { stop(); }
    PastQuestions(const PastQuestions &) = delete;
    PastQuestions &operator=(const PastQuestions &) = delete;

    /// Unavailable when kWaiting wait already.
    void ask(Question question);
    /// What was read of the past may say what is gone since.
    void forget() { m_forget = true; }
    /// False once it is being stopped: long work looks at this.
    [[nodiscard]] bool goesOn() const;
    /// What waits is answered Unavailable. Twice is once.
    void stop();

private:
    void run();
    [[nodiscard]] Result<std::string> answerOf(const Question &question);

    const link::Feed &m_feed;
    link::Replica &m_replica;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Question> m_questions;
    bool m_stop = false;
    std::atomic<bool> m_forget{false};
    state::Travel m_travel; ///< the thread's only
    std::thread m_thread;
};

} // namespace qd::control
