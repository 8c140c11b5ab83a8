// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace qd::desk {

/// What an edge heard of a sender that cannot be told to send it again, on its way to the desk: in order, and offered again
/// while the desk is busy or has no memory for it. What is more than kHeld is let go of and said as a gap in its room.
///
/// Lives in one thread, its owner's; the desk's answers come back to it through `back`.
class HandOver {
public:
    using Report = std::function<void(events::Event, Done)>;
    /// Runs a function in the owner's thread, later; from any thread.
    using Back = std::function<void(std::function<void()>)>;
    static constexpr std::size_t kHeld = 20'000;

    /// `most`: what is held at most.
    HandOver(Report report, Back back, std::size_t most = kHeld);

    /// `kept`: called in the owner's thread once the desk has it (it is in the record), or has no use for it; never for what is let go of.
    using Kept = std::function<void()>;
    void take(events::Event event, Kept kept = {});
    /// Offers what was refused once more: the owner calls it about once a second while isWaiting().
    void again();
    /// Something was refused, or waits behind it.
    [[nodiscard]] bool isWaiting() const { return m_self->paused; }
    [[nodiscard]] std::size_t held() const { return m_self->held.size() + m_self->inFlight.size() + m_self->refused.size(); }

private:
    struct Held {
        events::Event event;
        Kept kept;
    };
    /// Outlives its owner while the desk still has something of it.
    struct Self {
        Report report;
        Back back;
        std::deque<Held> held;
        std::map<std::uint64_t, Held> inFlight; ///< until the desk has answered, in the order they were offered
        std::map<std::uint64_t, Held> refused;  ///< by the same numbers
        std::map<std::string, events::RoomGapSeen> lost; ///< by connection and room
        std::uint64_t offered = 0;
        bool paused = false;
    };
    static void offer(const std::shared_ptr<Self> &self);
    static void answered(Self &self, std::uint64_t number, const Result<Outcome> &outcome);
    static void lose(Self &self, const events::Event &event);

    std::size_t m_most;
    std::shared_ptr<Self> m_self;
};

} // namespace qd::desk
