// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <memory>

namespace qd::triage {

/// What follows when alerts, what keeps them quiet, or the workspace change: who is quiet and why, who flaps, what belongs
/// together, when it is a flood. Conclusions only; the State is never touched. Keeps indexes of the State's alerts, which
/// follow from the State alone and are made anew when it was replaced, let go of alerts, or has another workspace: so the same
/// State and event give the same conclusions, byte for byte. Where there is nothing to apply it keeps none and costs nothing.
/// One thread.
class Reactions {
public:
    Reactions();
    ~Reactions();

    /// The State is another one now.
    void reset();
    /// What follows from `event`, which was just folded; `before` is the event before it in the same record.
    [[nodiscard]] events::Events after(const state::State &state, const events::Event &event, const events::Event *before);

private:
    class Impl;
    std::unique_ptr<Impl> m;
};

/// What has fallen due: suppressions that begin or end, floods and flapping that are over. Pure.
[[nodiscard]] events::Events decideDue(const state::State &state, Instant now);
/// The earliest instant at which decideDue() would conclude something, not before `now` where only the clock matters; none when nothing
/// is waited for.
[[nodiscard]] Instant nextReaction(const state::State &state, Instant now);

} // namespace qd::triage
