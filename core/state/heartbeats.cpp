// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/heartbeats.h"

#include <algorithm>
#include <bit>

namespace qd::state {

using events::HeartbeatPhase;
using events::PingKind;

namespace {

/// The rule as it can be counted with: what is read from a damaged journal must not divide by zero.
Span interval(const HeartbeatRule &rule)
{
    return std::clamp(rule.interval, seconds(1), hours(24 * 366));
}

Span grace(const HeartbeatRule &rule)
{
    return std::clamp(rule.grace, Span{}, hours(24 * 366));
}

/// An instant that a span can be added to.
bool isSound(Instant at)
{
    constexpr Instant kLast{9'000'000'000'000'000'000}; // in 2255
    return at.ns > 0 && at < kLast;
}

std::uint32_t of(const HeartbeatRule &rule)
{
    return std::clamp<std::uint32_t>(rule.of, 1, kHeartbeatWindows);
}

std::uint32_t allowed(const HeartbeatRule &rule)
{
    return std::clamp<std::uint32_t>(rule.misses, 1, of(rule));
}

std::uint32_t missesIn(std::uint32_t windows, const HeartbeatRule &rule)
{
    return static_cast<std::uint32_t>(std::popcount(windows & ((std::uint32_t{1} << of(rule)) - 1)));
}

std::uint32_t pushed(std::uint32_t windows, std::uint32_t misses)
{
    for (std::uint32_t n = std::min(misses, kHeartbeatWindows); n > 0; --n)
        windows = (windows << 1) | 1;
    return windows & ((std::uint32_t{1} << kHeartbeatWindows) - 1);
}

} // namespace

Instant Monitor::begins(const HeartbeatRule &rule, Instant resumed) const
{
    return from && resumed > from && resumed >= from + interval(rule) - grace(rule) ? resumed : from;
}

Instant Monitor::deadline(const HeartbeatRule &rule, Instant resumed) const
{
    return from ? begins(rule, resumed) + interval(rule) + grace(rule) : Instant{};
}

std::uint32_t Monitor::passed(const HeartbeatRule &rule, Instant resumed, Instant now) const
{
    const Instant end = deadline(rule, resumed);
    if (!end || now <= end)
        return 0;
    const std::int64_t more = ((now - end).ns - 1) / interval(rule).ns;
    return static_cast<std::uint32_t>(std::min<std::int64_t>(more, kHeartbeatWindows)) + 1;
}

std::uint32_t Monitor::missed(const HeartbeatRule &rule, Instant resumed, Instant now) const
{
    return missesIn(pushed(windows, passed(rule, resumed, now)), rule);
}

Instant Monitor::tripsAt(const HeartbeatRule &rule, Instant resumed) const
{
    if (!from || ((windows & 1) != 0 && missesIn(windows, rule) >= allowed(rule)))
        return {};
    for (std::uint32_t more = 1; more <= of(rule); ++more)
        if (missesIn(pushed(windows, more), rule) >= allowed(rule))
            return deadline(rule, resumed) + interval(rule) * (more - 1);
    return {};
}

HeartbeatPhase Monitor::phaseAt(const HeartbeatRule &rule, Instant resumed, Instant now) const
{
    if (!from)
        return HeartbeatPhase::Awaiting;
    const std::uint32_t all = pushed(windows, passed(rule, resumed, now));
    if ((all & 1) == 0) // heard: however many were missed before, it is there now
        return HeartbeatPhase::Healthy;
    return missesIn(all, rule) >= allowed(rule) ? HeartbeatPhase::Missed : HeartbeatPhase::Late;
}

Instant Monitor::slowAt(const HeartbeatRule &rule, Instant resumed) const
{
    if (rule.slowAfter.ns <= 0)
        return {};
    // Of a run from before the core listened the end may have been missed.
    const auto begun = std::find_if(open.begin(), open.end(), [&](const OpenRun &r) { return r.at >= resumed; });
    return begun == open.end() ? Instant{} : begun->at + rule.slowAfter;
}

bool Monitor::isSlowAt(const HeartbeatRule &rule, Instant resumed, Instant now) const
{
    const Instant at = slowAt(rule, resumed);
    return (rule.slowAfter.ns > 0 && latency > rule.slowAfter) || (at && now > at);
}

void Monitor::settle(const HeartbeatRule &rule, Instant resumed, Instant at)
{
    const std::uint32_t missed = passed(rule, resumed, at);
    if (missed == 0)
        return;
    from = deadline(rule, resumed) - grace(rule) + interval(rule) * (std::int64_t{missed} - 1);
    windows = pushed(windows, missed);
    closedAt = {};
}

void Monitor::setBack(Instant wall)
{
    for (Instant *at : {&first, &last, &from, &closedAt, &saidAt})
        *at = std::min(*at, wall);
    for (OpenRun &run : open)
        run.at = std::min(run.at, wall);
}

bool Monitor::close(const HeartbeatRule &rule, Instant resumed, bool isMiss, Instant at)
{
    settle(rule, resumed, at);
    from = at;
    const bool isSame = closedAt && (windows & 1) == (isMiss ? 1 : 0) && (at - closedAt).ns < interval(rule).ns / 2;
    if (isSame)
        return false;
    windows = isMiss ? pushed(windows, 1) : (windows << 1) & ((std::uint32_t{1} << kHeartbeatWindows) - 1);
    closedAt = at;
    return true;
}

void Monitor::end(std::uint32_t run, Instant at)
{
    const auto begun = std::find_if(open.begin(), open.end(), [&](const OpenRun &r) { return r.run == run; });
    if (begun == open.end())
        return;
    latency = std::max(at - begun->at, nanos(1));
    const Instant began = begun->at;
    // One that began before a run that is over has ended without a word.
    std::erase_if(open, [&](const OpenRun &r) { return r.at <= began; });
}

bool Monitor::hear(const HeartbeatRule &rule, Instant resumed, PingKind kind, std::uint32_t run, Instant at)
{
    ++count;
    if (kind == PingKind::Log || !isSound(at))
        return false;
    if (kind == PingKind::Start) {
        std::erase_if(open, [&](const OpenRun &r) { return r.run == run; });
        open.push_back({run, at});
        if (open.size() > kRunsKept)
            open.erase(open.begin());
        return true;
    }
    const std::size_t running = open.size();
    end(run, at);
    const bool ends = open.size() != running;
    if (kind == PingKind::Fail) {
        said = kind;
        saidAt = std::max(saidAt, at);
    } else {
        first = first ? first : at;
        last = std::max(last, at);
    }
    if (at < from)
        return ends; // told late; newer word is there
    return close(rule, resumed, kind == PingKind::Fail, at) || ends;
}

void hear(Monitor &m, const HeartbeatRule &rule, Instant resumed, const events::PingsSeen &e)
{
    const std::size_t rows = e.at.size();
    if (e.kind.size() != rows || e.run.size() != rows)
        return;
    const std::uint64_t before = m.count;
    for (std::size_t i = 0; i < rows; ++i)
        m.hear(rule, resumed, e.kind[i] <= static_cast<std::uint8_t>(PingKind::Fail) ? static_cast<PingKind>(e.kind[i]) : PingKind::Beat, e.run[i], Instant{e.at[i]});
    m.count = std::max(before + e.count, m.count); // those that are only counted
    m.connection = e.connection;
}

} // namespace qd::state
