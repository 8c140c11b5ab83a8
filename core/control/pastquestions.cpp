// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/pastquestions.h"

#include "core/base/safetext.h"
#include "core/base/threads.h"
#include "core/control/holes.h"

#include <charconv>
#include <chrono>

namespace qd::control {

Result<Point> parsePoint(const std::string &text)
{
    Point point;
    if (text.starts_with("seq:")) {
        const auto r = std::from_chars(text.data() + 4, text.data() + text.size(), point.seq);
        if (r.ec == std::errc() && r.ptr == text.data() + text.size())
            return point;
    } else if (const auto at = parseInstant(text); at && *at) {
        point.at = *at;
        return point;
    }
    return fail(Code::Invalid, "\"" + safeLine(text, 60) + "\" is not a point in time; write 2026-11-23T14:25:00Z or seq:1234.");
}

PastQuestions::PastQuestions(const link::Feed &feed, link::Replica &replica)
    : m_feed(feed), m_replica(replica), m_travel(link::pastOf(feed)), m_thread([this] { run(); })
{}

void PastQuestions::ask(Question question)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stop && m_questions.size() < kWaiting) {
            m_questions.push_back(std::move(question));
            m_wake.notify_all();
            return;
        }
    }
    question.answer(fail(Code::Unavailable, "Too many questions about the past are waiting; try again."));
}

bool PastQuestions::goesOn() const
{
    const std::lock_guard lock(m_mutex);
    return !m_stop;
}

void PastQuestions::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void PastQuestions::run()
{
    beginThread("past");
    std::unique_lock lock(m_mutex);
    while (true) {
        if (!m_wake.wait_for(lock, std::chrono::nanoseconds(kKept.ns), [this] { return m_stop || !m_questions.empty(); })) {
            lock.unlock();
            m_travel.forget(); // a State of the past is as large as the present one
            lock.lock();
            continue;
        }
        if (m_questions.empty())
            return;
        Question next = std::move(m_questions.front());
        m_questions.pop_front();
        const bool stopping = m_stop;
        lock.unlock();
        next.answer(stopping ? Result<std::string>(fail(Code::Unavailable, "The core is stopping.")) : next.work ? next.work() : answerOf(next));
        next = {};
        lock.lock();
    }
}

Result<std::string> PastQuestions::answerOf(const Question &question)
{
    if (m_forget.exchange(false))
        m_travel.forget();
    const auto head = m_feed.head();
    if (!question.point.at && question.point.seq > head)
        return fail(Code::NotFound, "Record " + std::to_string(question.point.seq) + " is not written yet; the head is " + std::to_string(head) + ".");
    const auto state = question.point.at ? m_travel.at(question.point.at) : m_travel.at(question.point.seq);
    if (!state)
        return tl::unexpected(state.error());
    auto answer = question.question(**state);
    if (!answer)
        return answer;
    state::Keeping known;
    m_replica.askAndWait([&](const state::State &s) { known = s.keeping; });
    return withHoles(std::move(*answer), known, (*state)->seq, (*state)->time);
}

} // namespace qd::control
