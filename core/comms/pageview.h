// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"
#include "core/state/statuspages.h"

#include <string>
#include <utility>
#include <vector>

/// A status page as the public reads it: made of the page's own names and of posted texts alone, never of anything else we know. Pure.
namespace qd::comms {

inline constexpr int kHistoryDays = 90;

/// The worst a component was on one day (UTC); not known: before it was on the page.
struct PageDay {
    Instant day;
    ComponentState worst = ComponentState::Operational;
    bool isKnown = false;
};

struct ViewComponent {
    std::string id, name, group, about;
    ComponentState state = ComponentState::Operational;
    Instant since, first;                ///< first: when it came onto the page
    std::vector<PageDay> days;           ///< kHistoryDays, oldest first
};

struct ViewUpdate {
    std::uint32_t number = 0;
    PagePhase phase = PagePhase::Investigating;
    std::string text;
    std::string language;                ///< of the text, where there is none in the page's; else ""
    Instant at, nextDue;
    std::vector<std::pair<std::string, ComponentState>> components; ///< by name
};

struct ViewNotice {
    std::uint32_t number = 0;
    std::string title;
    std::string titleLanguage;           ///< as of an update
    PagePhase phase = PagePhase::Investigating;
    ComponentState impact = ComponentState::Operational; ///< the worst it ever said
    Instant startedAt, updatedAt, resolvedAt, nextDue;
    bool isOverdue = false;
    std::vector<ViewUpdate> updates;     ///< newest first
    std::vector<std::string> components; ///< ids of what it speaks of
    [[nodiscard]] bool isOpen() const { return phase != PagePhase::Resolved; }
};

struct ViewMaintenance {
    std::uint32_t number = 0;
    std::string title, text;
    std::string titleLanguage, language; ///< as of an update
    Instant from, until, plannedAt, endedAt;
    bool isUnderWay = false, isOver = false, isCancelled = false;
    std::vector<std::string> components, names; ///< ids, names
    std::vector<Instant> changedAt;             ///< oldest first

    [[nodiscard]] Instant saidAt() const { return changedAt.empty() ? plannedAt : changedAt.back(); } ///< last
};

struct PageView {
    std::string id, title, language, url, support, zone;
    std::vector<std::string> languages;
    Instant at;                          ///< generated
    Instant nextDue;                     ///< the earliest promise of an open notice
    bool isOverdue = false;
    ComponentState worst = ComponentState::Operational;
    std::vector<ViewComponent> components;
    std::vector<ViewNotice> notices;     ///< newest first
    std::vector<ViewMaintenance> maintenances; ///< by begin
    std::uint32_t lastNotice = 0, lastMaintenance = 0; ///< the last numbers that were given
};

/// `known` may be null: nothing was said or concluded yet.
[[nodiscard]] PageView pageView(const StatusPage &page, const state::StatusPageState *known, const std::string &language, Instant now);

/// The days up to `now`, as the turns have them.
[[nodiscard]] std::vector<PageDay> pageHistory(const std::vector<state::ComponentTurn> &turns, Instant now);

/// "2026-11-29 14:25 UTC", and of a page with a zone of its own "2026-11-29 14:25 UTC (15:25 CET)".
[[nodiscard]] std::string pageTime(Instant t, const std::string &zone);

/// The page's own words in a language; in English where there are none.
struct PageWords {
    const char *states[5], *overall[5], *phases[4];
    const char *title, *current, *past, *maintenance, *components, *history, *days, *noTrouble, *nothingKnown, *next, *overdue, *generated, *support, *feeds, *scheduled, *underWay, *over, *cancelled,
        *affects, *dayList, *otherDays, *languages, *noNotices, *since, *goesStale, *onlyIn, *changed, *takenBack;
};
/// "Deutsch": as who speaks it calls it; the code of one whose name is not known.
[[nodiscard]] std::string_view languageName(std::string_view language);
[[nodiscard]] const PageWords &pageWords(std::string_view language);

} // namespace qd::comms
