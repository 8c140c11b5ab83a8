// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/heartbeats.h"

#include "core/base/safetext.h"
#include "core/control/items.h"
#include "core/control/since.h"
#include "core/triage/heartbeatdryrun.h"
#include "core/triage/heartbeats.h"

#include <algorithm>

namespace qd::control {

using state::Monitor;
using state::State;
using triage::HeartbeatDryRun;

namespace {

json::value spanJson(Span s)
{
    return s.ns > 0 ? json::value(toText(s)) : json::value(nullptr);
}

/// One of the workspace; `m` with all that is known of it at `now`.
json::object item(const State &s, const HeartbeatRule &rule, const Monitor &m, Instant now)
{
    const Instant resumed = s.resumedAt;
    const auto *mute = triage::muteOf(s, rule.id);
    json::object because{{"matched", textsJson(m.because.matched)}, {"ruledOut", textsJson(m.because.ruledOut)}};
    return {{"key", rule.id},
            {"connection", m.connection},
            {"name", rule.name.empty() ? rule.id : rule.name},
            {"first", timeJson(m.first)},
            {"last", timeJson(m.last)},
            {"count", m.count},
            {"state", textJson(triage::heartbeatWord(m, rule, resumed, mute != nullptr, now))},
            {"phase", textJson(events::word(m.phase))},
            {"slow", m.slow},
            {"since", timeJson(m.since)},
            {"fed", rule.match.empty() ? "ping" : "alert"},
            {"service", rule.service},
            {"severity", wordJson(rule.severity)},
            {"interval", toText(rule.interval)},
            {"grace", toText(rule.grace)},
            {"misses", rule.misses},
            {"of", rule.of},
            {"missed", m.missed(rule, resumed, now)},
            {"expectedAt", timeJson(m.from ? m.begins(rule, resumed) + rule.interval : Instant{})},
            {"tripsAt", timeJson(m.tripsAt(rule, resumed))},
            {"countsFrom", timeJson(m.isAnew(rule, resumed) ? resumed : Instant{})},
            {"slowAfter", spanJson(rule.slowAfter)},
            {"latency", m.latency.ns > 0 ? json::value(static_cast<double>(m.latency.millis()) / 1000) : json::value(nullptr)},
            {"runningSince", timeJson(m.open.empty() ? Instant{} : m.open.back().at)},
            {"mutedUntil", timeJson(mute ? mute->until : Instant{})},
            {"mutedBy", mute ? mute->owner : std::string()},
            {"muteReason", mute ? mute->reason : std::string()},
            {"said", m.saidAt ? textJson(events::word(m.said)) : json::value("")},
            {"saidAt", timeJson(m.saidAt)},
            {"exitStatus", m.exitStatus},
            {"text", m.saidText},
            {"because", std::move(because)}};
}

/// One the workspace does not have: it is only counted.
json::object counted(const std::string &key, const state::Heartbeat &h)
{
    json::object out{{"key", key}, {"connection", h.connection}, {"name", h.name}, {"first", timeJson(h.first)}, {"last", timeJson(h.last)}, {"count", h.count}, {"state", "unwatched"}};
    return out;
}

template <typename Now>
json::array items(const State &s, Instant at, Now monitorNow)
{
    std::map<std::string, json::object> sorted;
    for (const auto &[key, h] : s.heartbeats)
        sorted.emplace(key, counted(key, h));
    for (const HeartbeatRule &rule : s.workspace->heartbeats)
        if (const auto known = s.monitors.find(rule.id); known != s.monitors.end())
            sorted.insert_or_assign(rule.id, item(s, rule, monitorNow(rule, known->second), at));
    json::array out;
    for (auto &[key, value] : sorted)
        out.push_back(std::move(value));
    return out;
}

json::array alarmsJson(const std::vector<HeartbeatDryRun::Alarm> &alarms)
{
    json::array out;
    for (const auto &a : alarms)
        out.push_back(json::object{{"from", timeJson(a.from)}, {"until", timeJson(a.until)}});
    return out;
}

/// The workspace's numbers, and in their place what was asked for.
Result<HeartbeatRule> ruleFor(const State &s, const HeartbeatDryRunParams &p)
{
    const HeartbeatRule *known = s.workspace->heartbeat(p.heartbeat);
    if (!known)
        return fail(Code::NotFound, "There is no heartbeat \"" + safeLine(p.heartbeat, 60) + "\" in the workspace; `heartbeat list` names them.");
    HeartbeatRule rule = *known;
    for (const auto &[text, to, least, what] : {std::tuple<const std::string &, Span *, Span, const char *>{p.interval, &rule.interval, seconds(1), "interval"}, {p.grace, &rule.grace, Span{}, "grace"}})
        if (!text.empty()) {
            const auto span = parseSpan(text);
            if (!span || *span < least || *span > hours(24 * 366))
                return fail(Code::Invalid, "\"" + safeLine(text, 40) + "\" is no " + std::string(what) + "; write 90s, 10m or 1d, at most 366d.");
            *to = *span;
        }
    if (p.misses > 0)
        rule.misses = rule.of = p.misses;
    if (p.of > 0)
        rule.of = p.of;
    if (rule.misses > rule.of || rule.of > kHeartbeatWindows)
        return fail(Code::Invalid, "It cannot miss " + std::to_string(rule.misses) + " of " + std::to_string(rule.of) + " windows; write misses up to of, and of up to "
                                       + std::to_string(kHeartbeatWindows) + ".");
    return rule;
}

} // namespace

json::array heartbeatItems(const State &s)
{
    return items(s, s.time, [](const HeartbeatRule &, const Monitor &m) { return m; });
}

std::string heartbeatListJson(const State &s, const std::map<std::string, Instant> &heard, Instant now)
{
    json::array all = items(s, now, [&](const HeartbeatRule &rule, Monitor m) {
        if (const auto h = heard.find("heartbeat/" + rule.id); h != heard.end() && h->second > m.last)
            m.hear(rule, s.resumedAt, events::PingKind::Beat, 0, h->second);
        return m;
    });
    return json::serialize(json::object{{"schema", 1}, {"seq", s.seq}, {"at", toRfc3339(now)}, {"items", std::move(all)}});
}

Result<std::string> heartbeatDryRunJson(const state::Past &past, const HeartbeatDryRunParams &params, Instant now, const std::function<bool()> &go)
{
    const auto before = recordBefore(past, params.since, now);
    if (!before)
        return tl::unexpected(before.error());
    state::SnapshotLoader loader;
    const std::uint64_t head = past.head();
    const auto start = state::stateAt(past, *before, loader);
    if (!start)
        return tl::unexpected(start.error());
    const auto present = state::stateAt(past, head, loader); // its numbers are those of today
    if (!present)
        return tl::unexpected(present.error());
    const auto rule = ruleFor(*present, params);
    if (!rule)
        return tl::unexpected(rule.error());
    HeartbeatDryRun run(*start, *rule);
    Instant from;
    bool stopped = false;
    if (*before < head) {
        const auto read = past.replay(*before + 1, head, {}, [&](std::uint64_t seq, Instant time, const events::Events &events) {
            stopped = seq % 1024 == 0 && !go();
            from = from ? from : time;
            run.add(time, events);
            return !stopped;
        });
        if (!read)
            return tl::unexpected(read.error());
    }
    if (stopped)
        return fail(Code::Unavailable, "The core is stopping.");
    // What was heard in the last half minute may not be journaled yet, so only up to the last record is anything missed.
    const auto outcome = run.finish(present->time, from ? from : present->time);
    return json::serialize(json::object{{"sentence", outcome.sentence},
                                        {"heartbeat", rule->id},
                                        {"interval", toText(rule->interval)},
                                        {"grace", toText(rule->grace)},
                                        {"misses", rule->misses},
                                        {"of", rule->of},
                                        {"from", timeJson(from)},
                                        {"to", timeJson(present->time)},
                                        {"pings", outcome.pings},
                                        {"were", alarmsJson(outcome.were)},
                                        {"would", alarmsJson(outcome.would)},
                                        {"vanished", alarmsJson(outcome.vanished)},
                                        {"appeared", alarmsJson(outcome.appeared)}});
}

} // namespace qd::control
