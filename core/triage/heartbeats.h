// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/triage/matcher.h"
#include "core/triage/reports.h"

#include <optional>

/// What must be heard again and again: when it is late, missed, slow, and what is opened then. Pure.
namespace qd::triage {

inline constexpr std::string_view kHeartbeatMissed = "HeartbeatMissed", kHeartbeatSlow = "HeartbeatSlow"; ///< alerts of ours

/// What a heartbeat has become by `now`; nothing when it is as was last concluded.
[[nodiscard]] std::optional<events::HeartbeatTurned> turnOf(const state::Monitor &monitor, const HeartbeatRule &rule, Instant resumed, Instant now);

/// The earliest instant at which turnOf() could say something if nothing more is heard; none when nothing is waited for.
[[nodiscard]] Instant nextTurn(const state::Monitor &monitor, const HeartbeatRule &rule, Instant resumed, Instant now);

/// All that turned, and those that left the workspace, each with the beginning or end of our alerts about it.
[[nodiscard]] events::Events decideHeartbeats(const state::State &state, const ReportRules &rules, Instant now);

/// A silence of ours by the heartbeat's label alone, which is what mutes it; and the one that counts, null when it is not muted.
[[nodiscard]] bool isMute(const state::Suppressor &suppressor, std::string_view heartbeat);
[[nodiscard]] const state::Suppressor *muteOf(const state::State &state, std::string_view heartbeat);
[[nodiscard]] std::vector<Matcher> muteMatchers(const std::string &heartbeat);

/// One word for people and lists: "muted", else the phase; "late" also within the grace, "slow" when it is healthy but slow.
[[nodiscard]] std::string_view heartbeatWord(const state::Monitor &monitor, const HeartbeatRule &rule, Instant resumed, bool muted, Instant now);

/// The heartbeats that are fed by alerts, with their patterns compiled. Made anew when the workspace changes.
class AlertBeats {
public:
    explicit AlertBeats(const Workspace &workspace);
    [[nodiscard]] bool isEmpty() const { return m_fed.empty(); }

    struct Beat {
        std::string heartbeat;
        Instant at;
    };
    /// What a delivery says: firing reports that match, once a heartbeat, at the source's own stamp where it gives one. A resolve
    /// and an absence say nothing.
    [[nodiscard]] std::vector<Beat> of(const ReportBatch &batch) const;

private:
    struct Fed {
        std::string id, connection;
        MatcherSet match;
    };
    std::vector<Fed> m_fed;
};

} // namespace qd::triage
