// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/handover.h"

#include "core/base/log.h"

#include <atomic>

namespace qd::desk {

HandOver::HandOver(Report report, Back back, std::size_t most)
    : m_most(most), m_self(std::make_shared<Self>(Self{std::move(report), std::move(back), {}, {}, {}, {}, 0, false}))
{}

void HandOver::take(events::Event event, Kept kept)
{
    if (held() >= m_most)
        return lose(*m_self, event);
    m_self->held.push_back({std::move(event), std::move(kept)});
    if (!m_self->paused)
        offer(m_self);
}

void HandOver::again()
{
    m_self->paused = false;
    for (auto it = m_self->refused.rbegin(); it != m_self->refused.rend(); ++it) // before what waits, in their order
        m_self->held.push_front(std::move(it->second));
    m_self->refused.clear();
    offer(m_self);
}

void HandOver::offer(const std::shared_ptr<Self> &self)
{
    while (!self->held.empty() && !self->paused) {
        const std::uint64_t number = ++self->offered;
        const auto it = self->inFlight.emplace(number, std::move(self->held.front())).first;
        self->held.pop_front();
        // A full queue refuses at once: nothing after it may be taken before it.
        const auto isRefused = std::make_shared<std::atomic<bool>>(false);
        self->report(it->second.event, [weak = std::weak_ptr(self), back = self->back, number, isRefused](Result<Outcome> outcome) {
            isRefused->store(!outcome);
            back([weak, number, outcome = std::move(outcome)] {
                if (const auto owner = weak.lock())
                    answered(*owner, number, outcome);
            });
        });
        self->paused = self->paused || isRefused->load();
    }
    if (self->held.empty() && !self->paused) {
        for (auto &[room, gap] : std::exchange(self->lost, {}))
            self->held.push_back({std::move(gap), {}});
        if (!self->held.empty())
            offer(self);
    }
}

void HandOver::answered(Self &self, std::uint64_t number, const Result<Outcome> &outcome)
{
    auto held = self.inFlight.extract(number);
    if (held.empty())
        return;
    if (!outcome && outcome.error().code == Code::Unavailable) {
        self.paused = true;
        self.refused.insert(std::move(held));
        return;
    }
    if (!outcome) // it is not wanted, and would not be later
        log(LogLevel::Warning, "desk", outcome.error());
    if (held.mapped().kept)
        held.mapped().kept();
}

void HandOver::lose(Self &self, const events::Event &event)
{
    const auto *m = getIf<events::MessageSeen>(&event);
    if (!m)
        return;
    events::RoomGapSeen &gap = self.lost[m->connection + '\n' + m->room];
    if (gap.connection.empty())
        gap = {m->connection, m->room, m->incident, m->serverTime, m->serverTime};
    gap.to = std::max(gap.to, m->serverTime);
}

} // namespace qd::desk
