// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>

/// What the record says of itself: gaps in what was recorded, and in time.
namespace qd::state {

namespace {

template <typename T>
void keepLast(std::vector<T> &list)
{
    if (list.size() > State::kGapsKept)
        list.erase(list.begin());
}

std::string numbers(const std::vector<std::uint32_t> &list)
{
    std::string out;
    for (const std::uint32_t n : list)
        out += (out.empty() ? "" : ", ") + std::to_string(n);
    return out;
}

} // namespace

void apply(State &state, const events::RecordGap &e)
{
    if (state.isUnrecorded())
        return; // it goes on
    state.recordGaps.push_back({state.seq, 0, e.since, {}, e.reason});
    keepLast(state.recordGaps);
    note(state, {}, EntryKind::Gap, "core", "UNRECORDED from here on: " + e.reason, "record");
}

void apply(State &state, const events::RecordGapEnded &e)
{
    if (state.isUnrecorded()) {
        state.recordGaps.back().toSeq = std::max<std::uint64_t>(state.seq, 1) - 1;
        state.recordGaps.back().until = e.until;
    }
    note(state, {}, EntryKind::Gap, "core",
         "recorded again: " + std::to_string(e.count) + " records since " + toRfc3339(e.since) + " were recorded late", "record");
}

void apply(State &state, const events::ClockJumped &e)
{
    state.resumedAt = e.wall ? std::min(state.time, e.wall) : state.time;
    for (Source &s : state.sources) {
        s.seenSinceStart = s.pushedSinceStart = {};
        // What was heard at a time that has not come yet would be fresh for too long.
        if (e.jumped.ns < 0)
            for (Instant *at : {&s.lastSeen, &s.pushedAt, &s.pushedFiring})
                *at = std::min(*at, e.wall);
    }
    if (e.jumped.ns < 0)
        for (auto &[key, h] : state.heartbeats)
            h.last = std::min(h.last, e.wall);
    if (e.jumped.ns < 0 && e.wall)
        for (auto &[id, m] : state.monitors)
            m.setBack(e.wall);
    const std::string text = e.jumped.ns > 0   ? "the clock was set forward by " + toText(e.jumped)
                             : e.jumped.ns < 0 ? "the clock was set back by " + toText(Span{-e.jumped.ns})
                                               : std::string();
    const std::string away = e.away.ns > 0 ? "nothing ran for " + toText(e.away) : std::string();
    note(state, {}, EntryKind::Gap, "core", away.empty() || text.empty() ? away + text : away + "; " + text, "clock");
}

void apply(State &state, const events::GapReviewed &e)
{
    state.gapReviews.push_back({state.seq, e.since, e.until, e.resumed, e.missed});
    keepLast(state.gapReviews);
    note(state, {}, EntryKind::Gap, "core",
         "gap review: nothing ran from " + toRfc3339(e.since) + " to " + toRfc3339(e.until)
             + (e.resumed.empty() ? std::string() : "; called late: escalation " + numbers(e.resumed))
             + (e.missed.empty() ? std::string() : "; missed: escalation " + numbers(e.missed)),
         "clock");
}

} // namespace qd::state
