// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/triage/matcherindex.h"
#include "core/triage/routes.h"

namespace qd::triage {

/// What keeps alerts quiet just now by people's placing and the workspace's windows, found by alert. Follows from the State's
/// suppressors, their uses and its workspace. One thread.
class Quieters {
public:
    /// Everything that is active. Patterns compiled before are used again.
    void make(const state::State &state);
    [[nodiscard]] bool isEmpty() const { return m_all.empty() && m_muted.empty(); }

    struct Quieter {
        Suppression how = Suppression::Silenced;
        std::string id, service;
        Span length;                ///< of a shelf: it covers no alert whose severity allows less
        bool oneShot = false;
        events::Because because;
    };
    /// The first that holds: a shelf, a silence, a window, a snooze, the time intervals of its routes; null for none.
    [[nodiscard]] const Quieter *of(const state::State &state, std::uint32_t alert);
    /// One-shot shelves that cover the alert.
    [[nodiscard]] std::vector<const Quieter *> oneShotsOf(std::uint32_t alert) const;

private:
    /// Alertmanager's mute_time_intervals and active_time_intervals: quiet while every route that takes the alert is muted.
    [[nodiscard]] const Quieter *mutedBy(const state::State &state, const state::Alert &alert);
    void makeMutes(const state::State &state);
    void add(Quieter quieter, const std::vector<Matcher> &matchers, std::vector<std::shared_ptr<const MatcherSet>> &sets);

    std::vector<Quieter> m_all;      ///< in the order in which they count
    MatcherIndex m_index;            ///< by number in m_all; those without matchers match nothing
    std::unordered_map<std::string, std::vector<std::uint32_t>> m_byService; ///< windows without matchers
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> m_byAlert; ///< shelves and snoozes
    std::map<std::string, std::pair<std::string, std::shared_ptr<const MatcherSet>>> m_compiled; ///< by id: as text, and made ready
    std::vector<std::uint32_t> m_matched;

    std::shared_ptr<const Workspace> m_workspace; ///< of m_routes
    RouteTree m_routes;                           ///< empty while no route has time intervals
    std::vector<std::optional<Quieter>> m_muted;  ///< by route: what mutes it just now
    std::vector<std::string> m_routeLabels;       ///< what the routes look at
    std::map<std::vector<Symbol>, const Quieter *> m_mutedByValues; ///< … and what mutes alerts with these values of them
    std::vector<std::uint32_t> m_taking;
};

} // namespace qd::triage
