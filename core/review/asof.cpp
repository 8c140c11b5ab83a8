// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/asof.h"

#include <algorithm>
#include <numeric>

namespace qd::review {

using state::Entry;

namespace {

bool isImportedAlert(const Entry &line)
{
    return line.kind == state::EntryKind::Alert && !line.origin.empty();
}

using Pointers = std::vector<const Entry *>;

template <typename Lines>
Pointers pointersTo(const Lines &lines)
{
    Pointers out;
    out.reserve(lines.size());
    for (const Entry &line : lines)
        out.push_back(&line);
    return out;
}

/// When the last of what was imported is over; none: nothing was.
Instant endOfImported(const Pointers &lines)
{
    Instant out;
    for (const Entry *line : lines)
        if (!line->origin.empty())
            out = std::max({out, line->at, line->knownAt, line->until});
    return out;
}

} // namespace

Instant countsAt(const Entry &line, Clock clock)
{
    return clock == Clock::AsItWas ? line.at : std::max(line.at, line.knownAt ? line.knownAt : line.written());
}

std::string_view textAt(const Entry &line, Instant at)
{
    const auto until = std::upper_bound(line.saidUntil.begin(), line.saidUntil.end(), at);
    const auto earlier = static_cast<std::size_t>(until - line.saidUntil.begin());
    return until == line.saidUntil.end() || earlier >= line.revisions.size() ? line.text : line.revisions[earlier]; // a snapshot may come from elsewhere
}

AsOf::AsOf(std::span<const Entry> lines)
    : AsOf(pointersTo(lines))
{
}

AsOf::AsOf(const state::PiecedList<Entry> &lines)
    : AsOf(pointersTo(lines))
{
}

AsOf::AsOf(std::vector<const Entry *> lines)
    : m_lines(std::move(lines))
    , m_was(ordered(Clock::AsItWas))
    , m_known(ordered(Clock::AsKnown))
{
}

AsOf::Order AsOf::ordered(Clock clock) const
{
    Order o;
    o.lines.resize(m_lines.size());
    std::iota(o.lines.begin(), o.lines.end(), 0U);
    if (const Instant end = endOfImported(m_lines))
        std::erase_if(o.lines, [&](std::uint32_t i) { return countsAt(*m_lines[i], clock) > end; });
    std::stable_sort(o.lines.begin(), o.lines.end(), [&](std::uint32_t a, std::uint32_t b) { return countsAt(*m_lines[a], clock) < countsAt(*m_lines[b], clock); });
    for (const std::uint32_t i : o.lines) {
        const Entry &line = *m_lines[i];
        o.counts.push_back(countsAt(line, clock));
        o.steps.push_back(o.counts.back());
        if (!isImportedAlert(line))
            continue;
        o.alerts.push_back(i);
        if (line.until > o.counts.back())
            o.steps.push_back(line.until);
    }
    std::sort(o.steps.begin(), o.steps.end());
    o.steps.erase(std::unique(o.steps.begin(), o.steps.end()), o.steps.end());
    return o;
}

std::span<const std::uint32_t> AsOf::lines(Instant at, Clock clock) const
{
    const Order &o = by(clock);
    const auto end = std::upper_bound(o.counts.begin(), o.counts.end(), at);
    return {o.lines.data(), static_cast<std::size_t>(end - o.counts.begin())};
}

std::vector<std::uint32_t> AsOf::unknown(Instant at) const
{
    std::vector<std::uint32_t> out;
    for (const std::uint32_t i : lines(at, Clock::AsItWas))
        if (countsAt(*m_lines[i], Clock::AsKnown) > at)
            out.push_back(i);
    return out;
}

std::vector<std::uint32_t> AsOf::firing(Instant at, Clock clock) const
{
    std::vector<std::uint32_t> out;
    for (const std::uint32_t i : by(clock).alerts) {
        const Entry &line = *m_lines[i];
        if (countsAt(line, clock) > at)
            break;
        if (!line.until || line.until > at)
            out.push_back(i);
    }
    return out;
}

Instant AsOf::next(Instant at, Clock clock) const
{
    const auto &steps = by(clock).steps;
    const auto it = std::upper_bound(steps.begin(), steps.end(), at);
    return it == steps.end() ? Instant{} : *it;
}

Instant AsOf::previous(Instant at, Clock clock) const
{
    const auto &steps = by(clock).steps;
    const auto it = std::lower_bound(steps.begin(), steps.end(), at);
    return it == steps.begin() ? Instant{} : *std::prev(it);
}

Instant AsOf::first(Clock clock) const
{
    const auto &steps = by(clock).steps;
    return steps.empty() ? Instant{} : steps.front();
}

Instant AsOf::last(Clock clock) const
{
    const auto &steps = by(clock).steps;
    return steps.empty() ? Instant{} : steps.back();
}

} // namespace qd::review
