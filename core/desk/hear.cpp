// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/worker.h"

#include "core/base/safetext.h"

#include <algorithm>

/// How pings of heartbeats come in: gathered, but concluded from at once when they change something.
namespace qd::desk {

using events::PingKind;

Result<const HeartbeatRule *> Desk::Worker::heartbeatFor(const std::string &connection, const std::string &name) const
{
    if (!m_state.source(connection)) // removed while it was on its way
        return fail(Code::NotFound, "There is no connection \"" + connection + "\".");
    const HeartbeatRule *rule = m_state.workspace->heartbeat(name);
    if (!rule || !rule->match.empty() || (!rule->connection.empty() && rule->connection != connection) || !m_state.monitors.contains(name))
        return fail(Code::NotFound, "The workspace has no heartbeat \"" + name + "\" that is pinged by this connection.");
    return rule;
}

const state::Monitor &Desk::Worker::monitorOf(const std::string &heartbeat) const
{
    static const state::Monitor none;
    if (const state::Monitor *heard = m_runs.heard(heartbeat))
        return *heard;
    const auto known = m_state.monitors.find(heartbeat);
    return known == m_state.monitors.end() ? none : known->second;
}

Instant Desk::Worker::nextHeartbeat(const HeartbeatRule &rule) const
{
    const state::Monitor &m = monitorOf(rule.id);
    // Pings carry the wall's time; journal time is ahead of it while a clock that was set back catches up.
    return m.id.empty() ? Instant{} : triage::nextTurn(m, rule, m_state.resumedAt, std::min(m_state.time, m_clock.now()));
}

Instant Desk::Worker::nextHeartbeat() const
{
    Instant due;
    for (const HeartbeatRule &rule : m_state.workspace->heartbeats)
        if (const Instant at = nextHeartbeat(rule); at && (!due || at < due))
            due = at;
    return due;
}

bool Desk::Worker::gather(const events::PingsSeen &ping, const HeartbeatRule &rule)
{
    m_runs.ping(ping, rule, monitorOf(rule.id), m_state.resumedAt);
    m_announcer.noteHeard("heartbeat/" + rule.id, monitorOf(rule.id).last);
    return m_runs.isFull() || triage::turnOf(monitorOf(rule.id), rule, m_state.resumedAt, Instant{ping.at.front()});
}

bool Desk::Worker::hearAlerts(const ReportBatch &batch, Cascade &c)
{
    if (!m_alertBeats || m_alertBeats->isEmpty())
        return false;
    bool turns = false;
    for (const auto &beat : m_alertBeats->of(batch)) {
        const HeartbeatRule *rule = m_state.workspace->heartbeat(beat.heartbeat);
        if (!rule || !m_state.monitors.contains(beat.heartbeat) || beat.at <= monitorOf(beat.heartbeat).last)
            continue;
        if (const Instant due = nextHeartbeat(*rule); due && due <= beat.at) { // a window passed before it: that comes first
            c.add(m_runs.flush());
            c.add(triage::decideHeartbeats(m_state, *m_rules, std::min(c.time(), beat.at)));
        }
        turns = gather({beat.heartbeat, batch.connection, {beat.at.ns}, {0}, {0}, 1, true}, *rule) || turns;
    }
    return turns;
}

void Desk::Worker::hear(events::PingsSeen ping, Done done)
{
    const auto rule = heartbeatFor(ping.connection, ping.heartbeat);
    if (!rule || ping.at.size() != 1 || ping.kind.size() != 1 || ping.run.size() != 1) {
        if (done)
            done(rule ? fail(Code::Internal, "A ping is one row.") : tl::unexpected(rule.error()));
        return;
    }
    m_announcer.noteHeard(ping.connection, Instant{ping.at.front()});
    if (const Instant due = nextHeartbeat(**rule); due && due <= Instant{ping.at.front()})
        wake(true, {}, Asker::Core); // a window passed before it: that comes first
    if (gather(ping, **rule))
        return wake(true, std::move(done), Asker::Sender);
    settle({}, std::move(done), Asker::Sender);
}

void Desk::Worker::hear(events::PingSaid ping, Done done)
{
    const auto rule = heartbeatFor(ping.connection, ping.heartbeat);
    if (!rule) {
        if (done)
            done(tl::unexpected(rule.error()));
        return;
    }
    const state::Monitor &m = monitorOf(ping.heartbeat);
    if (ping.kind == PingKind::Fail && m.said == PingKind::Fail && m.saidAt >= m.last && m.exitStatus == ping.exitStatus && m.saidText == safeText(ping.text, state::Monitor::kSaidKept))
        return hear(events::PingsSeen{ping.heartbeat, ping.connection, {ping.at.ns}, {static_cast<std::uint8_t>(PingKind::Fail)}, {ping.run}, 1, false}, std::move(done)); // said already
    m_announcer.noteHeard(ping.connection, ping.at);
    rulesForWorkspace();
    Cascade c(m_state, now(), &m_reactions);
    c.add(m_runs.flush());
    const Instant heard = std::min(c.time(), m_clock.now());
    c.add(triage::decideHeartbeats(m_state, *m_rules, std::min(heard, ping.at)));
    c.add(std::move(ping));
    c.add(triage::decideHeartbeats(m_state, *m_rules, heard));
    commit(c, {}, std::move(done), Asker::Sender);
}

} // namespace qd::desk
