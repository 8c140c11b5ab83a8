// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/cascade.h"

#include "core/base/log.h"
#include "core/desk/alertcalls.h"
#include "core/desk/failures.h"
#include "core/desk/outward.h"
#include "core/desk/pages.h"
#include "core/desk/react.h"
#include "core/governance/clearance.h"

#include <algorithm>

namespace qd::desk {

Cascade::Cascade(state::State &state, Instant now, triage::Reactions *reactions) : m_state(state), m_reactions(reactions), m_time(std::max(now, state.time)), m_before(state.time), m_seq(state.seq + 1)
{
    state.seq = m_seq;
    state.time = m_time;
}

void Cascade::add(events::Event event)
{
    if (m_overflowed)
        return;
    if (m_depth >= kDepthLimit || m_events.size() >= kEventLimit) {
        m_overflowed = true;
        log(LogLevel::Error, "desk", "a cascade did not come to rest and was ended");
        event = events::RuleFailed{"cascade", "the conclusions of one command did not come to rest; the rest was left out"};
    }
    // Several may follow from one event: each has the number that is free when its turn comes.
    if (auto *queued = getIf<events::OutboxQueued>(&event)) {
        queued->number = m_state.lastOutbox + 1;
        governance::seal(m_state, *queued); // whoever made it: nothing leaves by another way
    } else if (auto *started = getIf<events::EscalationStarted>(&event); started && !started->group.empty() && started->targets.empty())
        started->escalation = static_cast<std::uint32_t>(m_state.escalations.size()) + 1;
    state::apply(m_state, event, m_events.empty() ? nullptr : &m_events.back());
    if (!keepsCauses(event))
        m_causes.reset();
    m_events.push_back(std::move(event));
    ++m_depth;
    const std::size_t at = m_events.size() - 1;
    if (m_reactions)
        add(m_reactions->after(m_state, m_events[at], at > 0 ? &m_events[at - 1] : nullptr));
    add(reactWithCalls(m_state, m_events[at], at > 0 ? &m_events[at - 1] : nullptr));
    add(reactWithCauses(m_state, m_events[at], m_causes));
    add(react(m_state, m_events[at], m_time));
    add(reactOutward(m_state, m_events[at], m_time));
    add(reactWithPages(m_state, m_events[at]));
    add(reactWithFailures(m_state, m_events[at], m_time));
    --m_depth;
}

void Cascade::add(events::Events events)
{
    for (auto &e : events)
        add(std::move(e));
}

events::Events Cascade::finish()
{
    if (m_events.empty()) {
        m_state.seq = m_seq - 1;
        m_state.time = m_before;
    }
    return std::move(m_events);
}

} // namespace qd::desk
