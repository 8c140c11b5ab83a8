// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/heartbeats.h"
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <algorithm>

namespace qd::seat {

namespace {

view::HeartbeatRow::State stateOf(const state::Monitor &m)
{
    using State = view::HeartbeatRow::State;
    switch (m.phase) {
    case events::HeartbeatPhase::Awaiting: return State::Awaiting;
    case events::HeartbeatPhase::Late: return State::Late;
    case events::HeartbeatPhase::Missed: return State::Missed;
    case events::HeartbeatPhase::Healthy: break;
    }
    return m.slow ? State::Slow : State::Healthy;
}

} // namespace

void ViewBuilder::heartbeats(const state::State &state, const Looking &looking, view::ViewModel &out)
{
    const Instant resumed = state.resumedAt;
    for (const HeartbeatRule &rule : state.workspace->heartbeats) {
        const auto known = state.monitors.find(rule.id);
        if (known == state.monitors.end())
            continue;
        state::Monitor m = known->second;
        // What was heard since the journal was last told.
        if (const auto heard = looking.heard.find("heartbeat/" + rule.id); heard != looking.heard.end() && heard->second > m.last)
            m.hear(rule, resumed, events::PingKind::Beat, 0, heard->second);
        view::HeartbeatRow r;
        r.id = qstr(rule.id);
        r.name = qstr(rule.name.empty() ? rule.id : rule.name);
        r.service = qstr(rule.service);
        r.severity = rule.severity;
        r.state = stateOf(m);
        r.last = m.last;
        r.expected = m.from ? m.begins(rule, resumed) + rule.interval : Instant{};
        r.trips = m.phase == events::HeartbeatPhase::Missed ? Instant{} : m.tripsAt(rule, resumed);
        r.interval = rule.interval;
        r.grace = rule.grace;
        r.missed = static_cast<int>(m.missed(rule, resumed, state.time));
        r.misses = static_cast<int>(rule.misses);
        r.of = static_cast<int>(rule.of);
        r.latency = m.latency;
        QStringList why;
        for (const std::string &reason : m.because.matched)
            why << qstr(reason);
        if (m.said == events::PingKind::Fail && !m.saidText.empty() && m.saidAt >= m.last)
            why << qstr(m.saidText);
        r.why = why.join(QStringLiteral("; "));
        r.countsFrom = m.isAnew(rule, resumed) ? resumed : Instant{};
        if (const auto *mute = triage::muteOf(state, rule.id)) {
            r.mutedUntil = mute->until;
            r.mutedBy = name(state, mute->owner);
            r.muteReason = qstr(mute->reason);
        }
        out.heartbeats.push_back(std::move(r));
    }
    // Worst first; within that as the workspace names them.
    std::stable_sort(out.heartbeats.begin(), out.heartbeats.end(), [](const auto &a, const auto &b) { return a.state > b.state; });
}

} // namespace qd::seat
