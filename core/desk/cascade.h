// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/causes.h"
#include "core/state/state.h"
#include "core/triage/reactions.h"

namespace qd::desk {

/// One record in the making: events are folded into the speculative head one by one, and what follows from each is folded
/// right after it, until quiet.
class Cascade {
public:
    static constexpr std::size_t kEventLimit = 20000; ///< conclusions of one command; beyond it a RuleFailed says so and it ends
    static constexpr int kDepthLimit = 16;

    /// Opens record seq = state.seq + 1 at journal time max(now, state.time).
    /// `reactions` (may be null: none) sees every event that is folded.
    Cascade(state::State &state, Instant now, triage::Reactions *reactions = nullptr);

    /// Folds an event and what follows from it.
    void add(events::Event event);
    void add(events::Events events);

    [[nodiscard]] bool isEmpty() const { return m_events.empty(); }
    [[nodiscard]] const events::Events &made() const { return m_events; } ///< so far
    [[nodiscard]] Instant time() const { return m_time; }
    [[nodiscard]] std::uint64_t seq() const { return m_seq; }
    /// The record's events; an empty record leaves the state at the seq and time it had before.
    [[nodiscard]] events::Events finish();

private:
    state::State &m_state;
    triage::Reactions *m_reactions;
    std::optional<topology::Causes> m_causes; ///< at this State, once asked for
    events::Events m_events;
    Instant m_time, m_before;
    std::uint64_t m_seq;
    int m_depth = 0;
    bool m_overflowed = false;
};

} // namespace qd::desk
