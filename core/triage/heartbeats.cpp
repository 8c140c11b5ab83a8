// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/heartbeats.h"

#include "core/triage/ownalert.h"

#include <algorithm>

namespace qd::triage {

using events::HeartbeatPhase;
using events::HeartbeatTurned;
using events::PingKind;
using state::Monitor;
using state::State;

namespace {

/// An instant for people: whole seconds, and one digit more where that matters.
std::string clock(Instant t, Span interval)
{
    const std::int64_t unit = interval < minutes(1) ? 1'000'000 : 1'000'000'000;
    return toRfc3339(Instant{t.ns / unit * unit});
}

std::string expected(const HeartbeatRule &rule)
{
    return "expected every " + toText(rule.interval) + (rule.grace.ns > 0 ? " with " + toText(rule.grace) + " grace" : ", without grace");
}

bool failedLast(const Monitor &m)
{
    return m.said == PingKind::Fail && m.saidAt >= m.last && m.saidAt >= m.from;
}

std::string failure(const Monitor &m, const HeartbeatRule &rule)
{
    return "its sender said at " + clock(m.saidAt, rule.interval) + " that it failed"
        + (m.exitStatus == 0 ? std::string() : " with exit status " + std::to_string(m.exitStatus));
}

events::Because because(const Monitor &m, const HeartbeatRule &rule, Instant resumed, const HeartbeatTurned &e, Instant now)
{
    events::Because out{"heartbeat/" + rule.id, {}, {}};
    const std::string last = m.last ? "last beat at " + clock(m.last, rule.interval) : std::string("never heard well");
    const std::uint32_t missed = m.missed(rule, resumed, now);
    switch (e.phase) {
    case HeartbeatPhase::Awaiting: out.matched = {"nothing was heard of it yet"}; break;
    case HeartbeatPhase::Healthy: out.matched = {"heard at " + clock(m.last, rule.interval) + ", " + expected(rule)}; break;
    case HeartbeatPhase::Late:
    case HeartbeatPhase::Missed:
        out.matched = {failedLast(m) ? failure(m, rule) : last + ", " + expected(rule)};
        if (rule.of > 1)
            out.matched.push_back(std::to_string(missed) + " of the last " + std::to_string(rule.of) + " windows missed; " + std::to_string(rule.misses) + " make an alarm");
        break;
    }
    if (e.slow) {
        const bool goesOn = m.latency <= rule.slowAfter;
        out.matched.push_back(goesOn ? "a run goes on for longer than " + toText(rule.slowAfter) : "its last run took " + toText(m.latency) + ", longer than " + toText(rule.slowAfter));
    }
    if (m.isAnew(rule, resumed))
        out.ruledOut.push_back("not heard, not missed: before " + clock(resumed, rule.interval) + " the core was not listening; it counts anew from there");
    return out;
}

/// The alerts that stand for a heartbeat as it was concluded.
struct Standing {
    std::string_view name;
    std::string service;
    AlertSeverity severity;
    bool operator==(const Standing &) const = default;
};

std::vector<Standing> standing(HeartbeatPhase phase, bool slow, const std::string &service, AlertSeverity severity)
{
    std::vector<Standing> out;
    if (phase == HeartbeatPhase::Missed)
        out.push_back({kHeartbeatMissed, service, severity});
    if (slow) // it came, so it is never worse than a warning
        out.push_back({kHeartbeatSlow, service, std::min(severity, AlertSeverity::Warning)});
    return out;
}

events::Events alertOf(const State &state, const ReportRules &rules, const std::string &id, const Standing &s, const events::Because &because, bool firing, Instant now)
{
    const HeartbeatRule *rule = state.workspace->heartbeat(id);
    OwnAlert alert;
    alert.name = s.name;
    alert.about = {"heartbeat", id};
    alert.severity = s.severity;
    const std::string name = rule && !rule->name.empty() ? rule->name : id;
    alert.summary = "Heartbeat \"" + name + "\" is " + (s.name == kHeartbeatMissed ? "missed" : "slow") + (because.matched.empty() ? "" : ": " + (s.name == kHeartbeatMissed ? because.matched.front() : because.matched.back()));
    for (const std::string &reason : because.ruledOut)
        alert.description += reason + ". ";
    alert.description += "Run `quarterdeckctl heartbeat list` for all of them; `heartbeat mute` keeps it quiet for a time.";
    if (!s.service.empty())
        alert.service = s.service;
    return ownAlert(state, rules, alert, firing, now);
}

} // namespace

std::optional<HeartbeatTurned> turnOf(const Monitor &m, const HeartbeatRule &rule, Instant resumed, Instant now)
{
    HeartbeatTurned e;
    e.heartbeat = m.id;
    e.phase = m.phaseAt(rule, resumed, now);
    e.slow = m.isSlowAt(rule, resumed, now);
    e.service = rule.service;
    e.severity = rule.severity;
    const bool isOther = e.service != m.service || e.severity != m.severity;
    if (e.phase == m.phase && e.slow == m.slow && (!isOther || (m.phase != HeartbeatPhase::Missed && !m.slow)))
        return std::nullopt;
    e.at = now;
    e.because = because(m, rule, resumed, e, now);
    return e;
}

Instant nextTurn(const Monitor &m, const HeartbeatRule &rule, Instant resumed, Instant now)
{
    if (turnOf(m, rule, resumed, now))
        return now;
    Instant due;
    const auto note = [&](Instant at) {
        if (at && at >= now && (!due || at + nanos(1) < due))
            due = at + nanos(1);
    };
    if (m.phase == HeartbeatPhase::Healthy)
        note(m.deadline(rule, resumed));
    if (m.phase == HeartbeatPhase::Healthy || m.phase == HeartbeatPhase::Late)
        note(m.tripsAt(rule, resumed));
    if (!m.slow)
        note(m.slowAt(rule, resumed));
    return due;
}

events::Events decideHeartbeats(const State &state, const ReportRules &rules, Instant now)
{
    events::Events out;
    for (const auto &[id, m] : state.monitors) {
        const HeartbeatRule *rule = state.workspace->heartbeat(id);
        auto turned = rule ? turnOf(m, *rule, state.resumedAt, now) : std::nullopt;
        if (!rule)
            turned = HeartbeatTurned{id, HeartbeatPhase::Awaiting, false, now, m.service, m.severity, {"heartbeat/" + id, {"the workspace does not have it any more"}, {}}};
        if (!turned)
            continue;
        const std::vector<Standing> before = standing(m.phase, m.slow, m.service, m.severity);
        const std::vector<Standing> after = standing(turned->phase, turned->slow, turned->service, turned->severity);
        const events::Because why = turned->because;
        out.emplace_back(std::move(*turned));
        for (const auto &[from, other, firing] : {std::tuple{&before, &after, false}, {&after, &before, true}})
            for (const Standing &s : *from)
                if (std::find(other->begin(), other->end(), s) == other->end()) {
                    auto own = alertOf(state, rules, id, s, why, firing, now);
                    std::move(own.begin(), own.end(), std::back_inserter(out));
                }
    }
    return out;
}

std::vector<Matcher> muteMatchers(const std::string &heartbeat)
{
    return {{"heartbeat", heartbeat, false, true}};
}

bool isMute(const state::Suppressor &s, std::string_view heartbeat)
{
    return s.kind == events::SuppressorKind::Silence && s.matchers.size() == 1 && s.matchers[0].name == "heartbeat" && s.matchers[0].value == heartbeat
        && s.matchers[0].isEqual && !s.matchers[0].isRegex;
}

const state::Suppressor *muteOf(const State &state, std::string_view heartbeat)
{
    const state::Suppressor *mute = nullptr;
    for (const state::Suppressor &s : state.suppressors.all)
        if (s.isActive() && isMute(s, heartbeat) && (!mute || s.until > mute->until))
            mute = &s;
    return mute;
}

std::string_view heartbeatWord(const Monitor &m, const HeartbeatRule &rule, Instant resumed, bool muted, Instant now)
{
    if (muted)
        return "muted";
    const HeartbeatPhase phase = std::max(m.phase, m.phaseAt(rule, resumed, now));
    const Instant due = m.from ? m.begins(rule, resumed) + rule.interval : Instant{};
    if (phase == HeartbeatPhase::Healthy && due && now > due)
        return word(HeartbeatPhase::Late);
    return phase == HeartbeatPhase::Healthy && m.slow ? "slow" : word(phase);
}

AlertBeats::AlertBeats(const Workspace &workspace)
{
    for (const HeartbeatRule &rule : workspace.heartbeats)
        if (!rule.match.empty())
            if (auto made = MatcherSet::make(rule.match)) // checked when the workspace was read
                m_fed.push_back({rule.id, rule.connection, std::move(*made)});
}

std::vector<AlertBeats::Beat> AlertBeats::of(const ReportBatch &batch) const
{
    std::vector<Beat> out;
    if (batch.path == Path::Own)
        return out;
    for (const Fed &fed : m_fed) {
        if (!fed.connection.empty() && fed.connection != batch.connection)
            continue;
        Instant at;
        for (std::size_t row = 0; row < batch.size(); ++row)
            if (batch.status[row] == static_cast<std::uint8_t>(AlertStatus::Firing)
                && fed.match.holds([&](std::string_view name) { return batch.label(row, name); })) {
                // A listing says when it was last told of the alert; the listing itself is no word from further up.
                const Instant told = batch.path == Path::Poll && batch.updatedAt[row] > 0 ? std::min(Instant{batch.updatedAt[row]}, batch.receivedAt) : batch.receivedAt;
                at = std::max(at, told);
            }
        if (at)
            out.push_back({fed.id, at});
    }
    return out;
}

} // namespace qd::triage
