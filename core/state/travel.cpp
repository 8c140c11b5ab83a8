// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/travel.h"

#include <algorithm>

namespace qd::state {

namespace {

/// Folds the records after the State's own up to `to`. With `leaf`, the State must be that of the record with this leaf hash.
Result<> foldTo(const Past &past, State &state, std::uint64_t to, const std::string &leaf = {}, const std::function<void(State &)> &folded = {})
{
    return past.replay(state.seq + 1, to, leaf, [&](std::uint64_t seq, Instant time, const events::Events &events) {
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

} // namespace

Result<State> stateAt(const Past &past, std::uint64_t seq, SnapshotLoader &loader)
{
    auto snapshots = past.snapshots ? past.snapshots() : std::vector<std::uint64_t>();
    while (const std::uint64_t nearest = nearestBefore(snapshots, seq)) {
        auto manifest = past.manifest(nearest);
        auto state = manifest && manifest->seq == nearest ? loader.load(*manifest, past.part) : Result<State>(fail(Code::NotFound, ""));
        if (state) {
            const auto folded = foldTo(past, *state, seq, manifest->leaf);
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
    if (const auto folded = foldTo(past, state, seq); !folded)
        return tl::unexpected(folded.error());
    return state;
}

Result<> Travel::foldOn(std::uint64_t to, bool marking)
{
    const auto folded = foldTo(m_past, *m_state, to, {}, [&](State &state) {
        if (marking && state.seq % kMarkEvery == 0 && state.seq < to && to - state.seq <= kNear)
            m_marks.insert_or_assign(state.seq, state.clone());
    });
    while (m_marks.size() > kMarks)
        m_marks.erase(m_marks.begin());
    if (!folded)
        m_state.reset();
    return folded;
}

Result<const State *> Travel::at(std::uint64_t seq)
{
    seq = std::min(seq, m_past.head());
    if (m_state && m_state->seq == seq)
        return &*m_state;
    const std::uint64_t nearest = m_past.snapshots ? nearestBefore(m_past.snapshots(), seq) : 0;
    if (m_state && m_state->seq < seq && nearest <= m_state->seq) {
        if (const auto folded = foldOn(seq, false); !folded)
            return tl::unexpected(folded.error());
        return &*m_state;
    }
    const bool scrubbing = m_state && m_state->seq > seq && m_state->seq - seq <= kNear;
    const auto mark = m_marks.upper_bound(seq);
    if (mark != m_marks.begin() && std::prev(mark)->first > nearest) {
        m_state = std::prev(mark)->second.clone();
        if (const auto folded = foldOn(seq, false); !folded)
            return tl::unexpected(folded.error());
        return &*m_state;
    }
    m_state.reset();
    m_marks.clear();
    if (!scrubbing) {
        auto state = stateAt(m_past, seq, m_loader);
        if (!state)
            return tl::unexpected(state.error());
        m_state = std::move(*state);
        return &*m_state;
    }
    auto state = stateAt(m_past, nearest, m_loader);
    if (!state)
        return tl::unexpected(state.error());
    m_state = std::move(*state);
    if (nearest != 0 && seq - nearest <= kNear)
        m_marks.insert_or_assign(nearest, m_state->clone());
    if (const auto folded = foldOn(seq, true); !folded)
        return tl::unexpected(folded.error());
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
    m_loader.forget();
}

} // namespace qd::state
