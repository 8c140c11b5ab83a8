// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <optional>
#include <string>
#include <vector>

namespace qd::triage {

/// Which alarms one heartbeat raised, and which it would have raised with other numbers: the recorded pings, folded through the same
/// arithmetic. Feed it the records in their order.
class HeartbeatDryRun {
public:
    struct Alarm {
        Instant from, until; ///< until: none while it stands
        bool operator==(const Alarm &) const = default;
    };
    struct Outcome {
        std::vector<Alarm> were, would;
        std::vector<Alarm> vanished, appeared; ///< no alarm of the other list stands at any time of it
        std::uint64_t pings = 0;
        std::string sentence;
    };

    /// `before`: the State before the first record. `rule`: the other numbers.
    HeartbeatDryRun(const state::State &before, HeartbeatRule rule);
    void add(Instant time, const events::Events &events);
    /// `now`: until when nothing more was heard. `since`: for the sentence.
    [[nodiscard]] Outcome finish(Instant now, Instant since);

private:
    void pass(Instant now); ///< nothing is heard until then: what the desk's timer would conclude
    bool look(Instant at);  ///< false: nothing turns
    void hear(events::PingKind kind, std::uint32_t run, Instant at);
    void away(Instant until, Instant resumed);

    HeartbeatRule m_rule;
    state::Monitor m_monitor;
    Instant m_resumed, m_looked, m_last; ///< m_last: of the last record
    std::vector<Alarm> m_were, m_would;
    std::uint64_t m_pings = 0;
};

/// "3 of 5 windows missed, expected every 1m with 30s grace".
[[nodiscard]] std::string heartbeatNumbers(const HeartbeatRule &rule);

} // namespace qd::triage
