// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/triage/reports.h"

#include <unordered_map>

/// Alerts that are not taken because so many of their name fire already (README.md, "Too many of one name"). Pure.
namespace qd::triage {

inline constexpr Span kLeftOutOver = minutes(10); ///< so long after the last that was left out the alarm about it ends

/// Whether a firing alert that would be new is left out: of its name and set the limit fires, its source says it again (a poll, a Prometheus), and
/// another of its name and group, at least as severe, calls for it. Made for one batch; `names` are alertnames.
class NameRoom {
public:
    NameRoom(const state::State &state, const ReportBatch &batch, std::uint32_t limit);

    /// Asked once a row that would become an alert, in their order; those that are taken count from then on.
    /// `isLoud`: its source does not keep it quiet.
    [[nodiscard]] bool isLeftOut(std::uint32_t name, std::string_view group, AlertSeverity severity, bool isLoud);

private:
    struct Named {
        std::uint32_t firing = 0;                                   ///< with the batch's own
        bool isRead = false;
        std::unordered_map<std::string, AlertSeverity> callers;     ///< by group the worst in it that calls for others
    };
    void read(Named &named, Symbol name) const;
    static void calls(Named &named, std::string group, AlertSeverity severity);

    const state::State &m_state;
    const ReportBatch &m_batch;
    const std::uint32_t m_limit;
    const bool m_isTight;                ///< what comes is said again, and there might be too much of it
    Symbol m_set = 0;
    std::unordered_map<std::uint32_t, Named> m_names; ///< by text of the batch
};

/// AlertsLeftOut that turn what is counted into an alarm of ours, and its end.
[[nodiscard]] events::Events decideLeftOut(const state::State &state, const ReportRules &rules, Instant now);
/// When decideLeftOut() next has something to say; none: not at all.
[[nodiscard]] Instant nextLeftOut(const state::State &state);

} // namespace qd::triage
