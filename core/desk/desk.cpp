// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/desk.h"

#include "core/desk/worker.h"

namespace qd::desk {

Desk::Desk(std::unique_ptr<Worker> worker) : m_worker(std::move(worker)) {}
Desk::~Desk() = default;

Result<std::unique_ptr<Desk>> Desk::open(journal::Journal &journal, const Clock &clock, Options options)
{
    auto worker = std::make_unique<Worker>(journal, clock, std::move(options));
    if (const auto started = worker->start(); !started)
        return tl::unexpected(started.error());
    return std::unique_ptr<Desk>(new Desk(std::move(worker)));
}

void Desk::report(ReportBatch batch, Done done)
{
    auto shared = std::make_shared<ReportBatch>(std::move(batch));
    m_worker->post([w = m_worker.get(), shared](Done d) { w->handle(std::move(*shared), std::move(d)); }, std::move(done));
}

void Desk::report(events::Event input, Done done)
{
    auto shared = std::make_shared<events::Event>(std::move(input));
    m_worker->post([w = m_worker.get(), shared](Done d) { w->handle(std::move(*shared), std::move(d)); }, std::move(done));
}

void Desk::command(Command command, events::Actor by, Done done)
{
    m_worker->post([w = m_worker.get(), command = std::move(command), by = std::move(by)](Done d) { w->handle(command, by, std::move(d)); },
                   std::move(done));
}

void Desk::wake(Done done)
{
    m_worker->post([w = m_worker.get()](Done d) { w->wake(true, std::move(d)); }, std::move(done));
}

std::uint64_t Desk::follow(Follower follower, std::uint64_t &first)
{
    return m_worker->announcer().follow(std::move(follower), first);
}

void Desk::unfollow(std::uint64_t number)
{
    m_worker->announcer().unfollow(number);
}

void Desk::onRecording(std::function<void(const Recording &)> told)
{
    m_worker->announcer().onRecording(std::move(told));
}

Recording Desk::recording() const
{
    return m_worker->announcer().recording();
}

std::vector<std::pair<std::string, Instant>> Desk::heard() const
{
    return m_worker->announcer().heard();
}

void Desk::inspect(std::function<void(const state::State &)> question) const
{
    std::mutex mutex;
    std::condition_variable asked;
    bool answered = false;
    m_worker->post(
        [&](Done done) {
            question(m_worker->state());
            done(Outcome{});
        },
        [&](Result<Outcome>) {
            const std::lock_guard lock(mutex);
            answered = true;
            asked.notify_one();
        });
    std::unique_lock lock(mutex);
    asked.wait(lock, [&] { return answered; });
}

} // namespace qd::desk
