// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/state/heartbeats.h"

#include <map>
#include <unordered_map>

namespace qd::desk {

/// Gathers what repeats (re-sent alerts, polls that changed nothing, heartbeats, pings, refused requests) so that it is journaled
/// as run-lengths, at most once each kFlushEvery, or sooner when a rule is about to look at it. Desk thread only.
class RunLengths {
public:
    static constexpr Span kFlushEvery = seconds(30);

    void seen(const events::SourceSeen &e);
    void heartbeat(const events::HeartbeatSeen &e);
    void refused(const events::RequestsRefused &e);
    /// A ping (one row) of a heartbeat the workspace has. `known`: how it stands in the State, which does not hold what is gathered.
    /// What closes no window and has neighbours within half an interval is only counted: folding what is kept gives the same.
    void ping(const events::PingsSeen &e, const HeartbeatRule &rule, const state::Monitor &known, Instant resumed);
    static constexpr std::size_t kPingsAtMost = 256; ///< rows of one heartbeat; then it is time to flush
    /// How a heartbeat stands with what is gathered of it; null when nothing is.
    [[nodiscard]] const state::Monitor *heard(const std::string &heartbeat) const;
    [[nodiscard]] bool isFull() const { return m_isFull; }
    /// What was flushed into a record that did not get to the disk is gathered again.
    void again(const events::Event &e);
    /// Rows of a batch that say nothing new.
    void repeated(const ReportBatch &batch, const std::vector<std::uint32_t> &rows);

    /// Firing alerts of a batch that were not taken, by alertname.
    void leftOut(const ReportBatch &batch, const std::map<std::string, std::uint32_t> &names, std::uint32_t limit);

    [[nodiscard]] bool isEmpty() const { return m_seen.empty() && m_leftOut.empty() && m_heartbeats.empty() && m_refused.empty() && m_repeated.empty() && m_pings.empty(); }
    /// When flush is due: kFlushEvery after the first thing gathered.
    [[nodiscard]] Instant due() const { return isEmpty() ? Instant{} : m_first + kFlushEvery; }
    /// Everything gathered, as events; or only the re-sent alerts of one connection.
    [[nodiscard]] events::Events flush();
    [[nodiscard]] events::Events flushRepeated(const std::string &connection);

private:
    struct Repeated {
        events::AlertsRepeated event;
        std::unordered_map<std::uint64_t, std::size_t> rows;
    };
    void first(Instant at)
    {
        if (isEmpty())
            m_first = at;
    }

    std::map<std::pair<std::string, Path>, events::SourceSeen> m_seen;
    std::map<std::string, events::HeartbeatSeen> m_heartbeats;
    std::map<std::pair<std::uint16_t, std::string>, events::RequestsRefused> m_refused;
    std::map<std::string, Repeated> m_repeated;
    struct Pings {
        events::PingsSeen event;
        state::Monitor as;      ///< the monitor once they are folded
        bool mayMerge = false;  ///< the last row closed no window
    };
    std::map<std::string, Pings> m_pings; ///< by heartbeat
    std::map<std::pair<std::string, std::string>, events::AlertsLeftOut> m_leftOut; ///< by connection and alertname
    bool m_isFull = false;
    Instant m_first;
};

} // namespace qd::desk
