// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/travel.h"

#include "core/events/weight.h"

#include <algorithm>

namespace qd::state {

namespace {

/// Folds the records after the State's own up to `to`. With `leaf`, the State must be that of the record with this leaf hash.
Result<> foldTo(const Past::Replay &replay, State &state, std::uint64_t to, const std::string &leaf = {}, const std::function<void(State &)> &folded = {})
{
    return replay(state.seq + 1, to, leaf, [&](std::uint64_t seq, Instant time, const events::Events &events) {
        applyRecord(state, seq, time, events);
        if (folded)
            folded(state);
        return true;
    });
}

std::uint64_t nearestBefore(const std::vector<std::uint64_t> &snapshots, std::uint64_t seq)
{
    const auto it = std::upper_bound(snapshots.begin(), snapshots.end(), seq);
    return it == snapshots.begin() ? 0 : *std::prev(it);
}

/// As stateAt(); `loaded` is told each State before it is folded on.
Result<State> stateFrom(const Past &past, std::uint64_t seq, SnapshotLoader &loader, const Past::Replay &replay, const std::function<void(State &)> &loaded)
{
    auto snapshots = past.snapshots ? past.snapshots() : std::vector<std::uint64_t>();
    while (const std::uint64_t nearest = nearestBefore(snapshots, seq)) {
        auto manifest = past.manifest(nearest);
        auto state = manifest && manifest->seq == nearest ? loader.load(*manifest, past.part) : Result<State>(fail(Code::NotFound, ""));
        if (state) {
            if (loaded)
                loaded(*state);
            const auto folded = foldTo(replay, *state, seq, manifest->leaf);
            if (folded)
                return state;
            if (folded.error().code != Code::NotFound)
                return tl::unexpected(folded.error());
        }
        // Damaged, of another version or of another journal: the one before it serves as well.
        if (past.drop)
            past.drop(nearest);
        snapshots.erase(std::remove(snapshots.begin(), snapshots.end(), nearest), snapshots.end());
    }
    State state;
    if (loaded)
        loaded(state);
    if (const auto folded = foldTo(replay, state, seq); !folded)
        return tl::unexpected(folded.error());
    return state;
}

} // namespace

Result<State> stateAt(const Past &past, std::uint64_t seq, SnapshotLoader &loader)
{
    return stateFrom(past, seq, loader, past.replay, {});
}

void Trail::keep(std::uint64_t seq, Instant time, const events::Events &events)
{
    if (!m_records.empty() && m_records.back().seq + 1 != seq)
        forget();
    m_records.push_back({seq, time, events, events::weightOf(events)});
    m_weight += m_records.back().weight;
    while (m_records.size() > kRecords || (m_weight > kWeight && m_records.size() > 1)) {
        m_weight -= m_records.front().weight;
        m_records.pop_front();
    }
}

Result<> Trail::replay(const Past &past, std::uint64_t from, std::uint64_t to, const std::string &leaf, const Past::Each &each)
{
    if (!m_records.empty() && leaf.empty() && from >= m_records.front().seq)
        for (; from <= to && from <= m_records.back().seq; ++from) {
            const Record &r = m_records[from - m_records.front().seq];
            if (!each(r.seq, r.time, r.events))
                return {};
        }
    if (from > to && leaf.empty())
        return {};
    return past.replay(from, to, leaf, [&](std::uint64_t seq, Instant time, const events::Events &events) {
        if (to - seq < kRecords)
            keep(seq, time, events);
        return each(seq, time, events);
    });
}

Past::Replay Travel::trailing()
{
    return [this](std::uint64_t from, std::uint64_t to, const std::string &leaf, const Past::Each &each) {
        return m_trail.replay(m_past, from, to, leaf, each);
    };
}

void Travel::keepMark(State &state)
{
    m_marks.insert_or_assign(state.seq, state.clone());
}

Result<> Travel::foldOn(std::uint64_t to, bool marking)
{
    const std::uint64_t from = m_state->seq;
    const auto folded = foldTo(trailing(), *m_state, to, {}, [&](State &state) {
        if (marking && (state.seq + kMarkEvery == to || (state.seq + kNear == to && to - from > 2 * kNear)))
            keepMark(state);
    });
    if (!folded)
        m_state.reset();
    return folded;
}

/// The texts of the newest snapshot are those of every one before it: learned at once, no later instant has to.
void Travel::learnTexts()
{
    if (std::exchange(m_textsKnown, true) || !m_past.snapshots)
        return;
    const auto snapshots = m_past.snapshots();
    if (snapshots.empty())
        return;
    if (const auto manifest = m_past.manifest(snapshots.back()); manifest)
        (void)m_loader.loadTexts(*manifest, m_past.part); // whoever needs them and has them not is told then
}

Result<const State *> Travel::at(std::uint64_t seq)
{
    seq = std::min(seq, m_past.head());
    if (m_state && m_state->seq == seq)
        return &*m_state;
    const std::uint64_t nearest = m_past.snapshots ? nearestBefore(m_past.snapshots(), seq) : 0;
    if (m_state && m_state->seq < seq && (nearest <= m_state->seq || seq - m_state->seq <= kNear)) {
        if (const auto folded = foldOn(seq, false); !folded)
            return tl::unexpected(folded.error());
        return &*m_state;
    }
    m_marks.erase(m_marks.upper_bound(seq), m_marks.end());
    if (!m_marks.empty() && m_marks.rbegin()->first >= nearest) {
        m_state = m_marks.rbegin()->second.clone();
        // Whoever goes back goes on going back: the next steps start nearer.
        if (const auto folded = foldOn(seq, true); !folded)
            return tl::unexpected(folded.error());
        while (m_marks.size() > kMarks)
            m_marks.erase(std::next(m_marks.begin()));
        return &*m_state;
    }
    m_state.reset();
    m_marks.clear();
    learnTexts();
    auto state = stateFrom(m_past, seq, m_loader, trailing(), [&](State &loaded) {
        m_marks.clear();
        keepMark(loaded);
    });
    if (!state) {
        m_marks.clear();
        return tl::unexpected(state.error());
    }
    m_state = std::move(*state);
    return &*m_state;
}

Result<std::uint64_t> Travel::seqAt(Instant instant) const
{
    if (m_past.seqAt)
        return m_past.seqAt(instant);
    std::uint64_t low = 0, high = m_past.head() + 1; // low: not after it, or 0; high: after it, or past the end
    while (high - low > 1) {
        const std::uint64_t middle = low + (high - low) / 2;
        Instant time;
        const auto read = m_past.replay(middle, middle, {}, [&](std::uint64_t, Instant t, const events::Events &) {
            time = t;
            return false;
        });
        if (!read)
            return tl::unexpected(read.error());
        (time <= instant ? low : high) = middle;
    }
    return low;
}

Result<const State *> Travel::at(Instant instant)
{
    const auto seq = seqAt(instant);
    if (!seq)
        return tl::unexpected(seq.error());
    return at(*seq);
}

void Travel::forget()
{
    m_state.reset();
    m_marks.clear();
    m_trail.forget();
    m_loader.forget();
    m_textsKnown = false;
}

} // namespace qd::state
