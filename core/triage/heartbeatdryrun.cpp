// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/heartbeatdryrun.h"

#include "core/triage/heartbeats.h"

#include <algorithm>

namespace qd::triage {

using events::HeartbeatPhase;
using Alarm = HeartbeatDryRun::Alarm;

namespace {

constexpr std::size_t kTimesSaid = 5; ///< in the sentence; the lists have all

void turn(std::vector<Alarm> &alarms, bool stands, Instant at)
{
    const bool stood = !alarms.empty() && !alarms.back().until;
    if (stands && !stood)
        alarms.push_back({at, {}});
    else if (!stands && stood)
        alarms.back().until = at;
}

bool overlap(const Alarm &a, const Alarm &b)
{
    return (!b.until || a.from <= b.until) && (!a.until || b.from <= a.until);
}

std::vector<Alarm> without(const std::vector<Alarm> &these, const std::vector<Alarm> &others)
{
    std::vector<Alarm> out;
    std::copy_if(these.begin(), these.end(), std::back_inserter(out), [&](const Alarm &a) { return std::none_of(others.begin(), others.end(), [&](const Alarm &b) { return overlap(a, b); }); });
    return out;
}

std::string clock(Instant t)
{
    return toRfc3339(Instant{t.ns / 1'000'000'000 * 1'000'000'000});
}

std::string times(const std::vector<Alarm> &alarms)
{
    std::string out;
    for (std::size_t i = 0; i < std::min(alarms.size(), kTimesSaid); ++i)
        out += (i == 0 ? " (" : ", ") + clock(alarms[i].from);
    if (alarms.size() > kTimesSaid)
        out += " and " + std::to_string(alarms.size() - kTimesSaid) + " more";
    return out + (alarms.empty() ? "" : ")");
}

std::string counted(std::size_t n)
{
    return std::to_string(n) + (n == 1 ? " alarm" : " alarms");
}

std::string sentenceOf(const HeartbeatRule &rule, const HeartbeatDryRun::Outcome &o, Instant since)
{
    std::string out = "With " + heartbeatNumbers(rule) + ", ";
    if (o.pings == 0 && o.were.empty() && o.would.empty())
        return out + "there is nothing to say: " + rule.id + " was not heard since " + clock(since) + ".";
    if (o.vanished.empty() && o.appeared.empty())
        return out + (o.were.empty() ? "there would have been no alarm either since " + clock(since) : "the same " + counted(o.were.size()) + " would have been raised since " + clock(since)) + ".";
    if (!o.vanished.empty())
        out += std::to_string(o.vanished.size()) + " of " + counted(o.were.size()) + " since " + clock(since) + " would have vanished" + times(o.vanished);
    if (!o.appeared.empty())
        out += (o.vanished.empty() ? "" : ", and ") + counted(o.appeared.size()) + (o.vanished.empty() ? " more since " + clock(since) : "") + " would have appeared" + times(o.appeared);
    return out + ".";
}

} // namespace

std::string heartbeatNumbers(const HeartbeatRule &rule)
{
    return std::to_string(rule.misses) + " of " + std::to_string(rule.of) + (rule.of == 1 ? " window" : " windows") + " missed, expected every " + toText(rule.interval)
        + " with " + toText(rule.grace) + " grace";
}

HeartbeatDryRun::HeartbeatDryRun(const state::State &before, HeartbeatRule rule)
    : m_rule(std::move(rule)), m_resumed(before.resumedAt), m_looked(before.time), m_last(before.time)
{
    m_monitor.id = m_rule.id;
    const auto known = before.monitors.find(m_rule.id);
    if (known == before.monitors.end())
        return;
    m_monitor = known->second;
    if (m_monitor.phase == HeartbeatPhase::Missed)
        m_were.push_back({m_monitor.since, {}});
    (void)look(before.time);
    if (m_monitor.phase == HeartbeatPhase::Missed)
        m_would.push_back({m_were.empty() ? before.time : m_were.back().from, {}});
}

bool HeartbeatDryRun::look(Instant at)
{
    m_looked = std::max(m_looked, at);
    const auto turned = turnOf(m_monitor, m_rule, m_resumed, at);
    if (!turned)
        return false;
    m_monitor.settle(m_rule, m_resumed, at);
    m_monitor.slow = turned->slow;
    m_monitor.service = turned->service;
    m_monitor.severity = turned->severity;
    if (m_monitor.phase != turned->phase)
        m_monitor.since = at;
    m_monitor.phase = turned->phase;
    turn(m_would, turned->phase == HeartbeatPhase::Missed, at);
    return true;
}

void HeartbeatDryRun::pass(Instant now)
{
    for (Instant due = nextTurn(m_monitor, m_rule, m_resumed, m_looked); due && due <= now; due = nextTurn(m_monitor, m_rule, m_resumed, m_looked))
        if (!look(due))
            break;
}

void HeartbeatDryRun::hear(events::PingKind kind, std::uint32_t run, Instant at)
{
    pass(at - nanos(1));
    m_monitor.hear(m_rule, m_resumed, kind, run, at);
    ++m_pings;
    (void)look(at);
}

void HeartbeatDryRun::away(Instant until, Instant resumed)
{
    pass(until);
    m_resumed = resumed;
    m_looked = std::max(m_looked, resumed);
}

void HeartbeatDryRun::add(Instant time, const events::Events &events)
{
    for (const events::Event &event : events) {
        if (const auto *pings = getIf<events::PingsSeen>(&event); pings && pings->heartbeat == m_rule.id && pings->kind.size() == pings->at.size() && pings->run.size() == pings->at.size()) {
            for (std::size_t i = 0; i < pings->at.size(); ++i)
                hear(static_cast<events::PingKind>(std::min<std::uint8_t>(pings->kind[i], 2)), pings->run[i], Instant{pings->at[i]});
        } else if (const auto *said = getIf<events::PingSaid>(&event); said && said->heartbeat == m_rule.id) {
            hear(said->kind, said->run, said->at);
        } else if (const auto *turned = getIf<events::HeartbeatTurned>(&event); turned && turned->heartbeat == m_rule.id) {
            turn(m_were, turned->phase == HeartbeatPhase::Missed, turned->at);
        } else if (holds<events::CoreStarted>(event)) {
            away(m_last, time); // until its last record it listened for certain
        } else if (const auto *jumped = getIf<events::ClockJumped>(&event)) {
            away(std::min(m_last, time - std::max(jumped->away, jumped->jumped)), jumped->wall ? std::min(time, jumped->wall) : time);
            if (jumped->jumped.ns < 0 && jumped->wall)
                m_monitor.setBack(jumped->wall);
        }
    }
    m_last = time;
}

HeartbeatDryRun::Outcome HeartbeatDryRun::finish(Instant now, Instant since)
{
    pass(now);
    Outcome out;
    out.were = std::move(m_were);
    out.would = std::move(m_would);
    out.vanished = without(out.were, out.would);
    out.appeared = without(out.would, out.were);
    out.pings = m_pings;
    out.sentence = sentenceOf(m_rule, out, since);
    return out;
}

} // namespace qd::triage
