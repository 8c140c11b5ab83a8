// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/base/safetext.h"
#include "core/state/state.h"
#include "core/state/timeline.h"

#include <algorithm>

/// Heartbeats of the workspace.
namespace qd::state {

namespace {

Monitor *monitorOf(State &state, const std::string &id)
{
    const auto it = state.monitors.find(id);
    return it == state.monitors.end() ? nullptr : &it->second;
}

/// The rule, or one under which nothing is missed: a heartbeat that left the workspace.
const HeartbeatRule &ruleOf(const State &state, const std::string &id)
{
    static const HeartbeatRule none;
    const HeartbeatRule *rule = state.workspace->heartbeat(id);
    return rule ? *rule : none;
}

/// Word from its connection; by which way alerts come in is another matter.
void noteWord(State &state, const std::string &connection, Instant at)
{
    const Source *source = state.source(connection);
    noteDelivery(state, connection, source ? source->lastPath : Path::Push, at);
}

} // namespace

void matchMonitors(State &state)
{
    for (const HeartbeatRule &rule : state.workspace->heartbeats) {
        const auto [at, isNew] = state.monitors.try_emplace(rule.id);
        if (!isNew)
            continue;
        at->second.id = rule.id;
        at->second.since = state.time;
        // From now on it is expected; until now it was only counted.
        std::erase_if(state.heartbeats, [&](const auto &h) { return h.second.name == rule.id; });
    }
    std::erase_if(state.monitors, [&](const auto &m) {
        const bool stands = m.second.phase == events::HeartbeatPhase::Missed || m.second.slow;
        return !stands && !state.workspace->heartbeat(m.first);
    });
}

void apply(State &state, const events::PingsSeen &e)
{
    if (Monitor *m = monitorOf(state, e.heartbeat))
        hear(*m, ruleOf(state, e.heartbeat), state.resumedAt, e);
    if (!e.isAlert && !e.at.empty())
        noteWord(state, e.connection, Instant{e.at.back()});
}

void apply(State &state, const events::PingSaid &e)
{
    if (Monitor *m = monitorOf(state, e.heartbeat)) {
        m->hear(ruleOf(state, e.heartbeat), state.resumedAt, e.kind, e.run, e.at);
        m->connection = e.connection;
        m->said = e.kind;
        m->saidAt = e.at;
        m->exitStatus = e.exitStatus;
        m->saidText = safeText(e.text, Monitor::kSaidKept);
    }
    noteWord(state, e.connection, e.at);
    note(state, {}, EntryKind::Source, e.connection,
         "heartbeat " + e.heartbeat + (e.kind == events::PingKind::Log ? " says" : " failed")
             + (e.exitStatus == 0 ? std::string() : " with exit status " + std::to_string(e.exitStatus)) + (e.text.empty() ? "" : ": " + e.text),
         "heartbeat/" + e.heartbeat)
        .via = Path::Push;
}

void apply(State &state, const events::HeartbeatTurned &e)
{
    Monitor *m = monitorOf(state, e.heartbeat);
    if (!m)
        return;
    const HeartbeatRule *rule = state.workspace->heartbeat(e.heartbeat);
    if (rule)
        m->settle(*rule, state.resumedAt, e.at);
    if (m->phase != e.phase || m->slow != e.slow)
        note(state, {}, EntryKind::Source, "core",
             "Heartbeat " + e.heartbeat + " is " + std::string(word(e.phase)) + (e.slow ? " and slow" : "") + (e.because.matched.empty() ? "" : ": " + e.because.matched.front()),
             "heartbeat/" + e.heartbeat);
    if (m->phase != e.phase)
        m->since = state.time;
    m->phase = e.phase;
    m->slow = e.slow;
    m->service = e.service;
    m->severity = e.severity;
    m->because = e.because;
    if (!rule)
        state.monitors.erase(e.heartbeat);
}

} // namespace qd::state
