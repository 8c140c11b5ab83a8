// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/statuspage.h"

#include <algorithm>
#include <string>
#include <vector>

namespace qd::state {

/// From when on a component was what.
struct ComponentTurn {
    Instant at;
    ComponentState state = ComponentState::Operational;
    QD_FIELDS(f(1, "at", e.at); f(2, "state", e.state);)
};

/// A person's word on a component against what follows from incidents.
struct ComponentOverride {
    ComponentState state = ComponentState::Operational;
    std::string reason, by;
    Instant at, until;                   ///< at: none when nobody said anything
    QD_FIELDS(f(1, "state", e.state); f(2, "reason", e.reason); f(3, "by", e.by); f(4, "at", e.at); f(5, "until", e.until);)
};

struct PageComponentState {
    static constexpr std::size_t kTurnsKept = 2000;
    std::string id;
    std::vector<ComponentTurn> turns;    ///< oldest first; of those before StatusPageState::kKept the last only
    events::Because because;             ///< of the last turn
    ComponentOverride byHand;
    Instant driftsSince;                 ///< none: page and map agree
    events::Because driftBecause;
    QD_FIELDS(f(1, "id", e.id); f(2, "turns", e.turns); f(3, "because", e.because); f(4, "byHand", e.byHand);
              f(5, "driftsSince", e.driftsSince); f(6, "driftBecause", e.driftBecause);)

    [[nodiscard]] ComponentState now() const { return turns.empty() ? ComponentState::Operational : turns.back().state; }
};

/// Why words went out without the checks they have to pass, and whether that was mended.
struct Forced {
    std::string reason;                  ///< "": they passed them, or there are none
    std::vector<std::string> missing, told; ///< checks; people
    Instant alarmedAt, mendedAt;
    QD_FIELDS(f(1, "reason", e.reason); f(2, "missing", e.missing); f(3, "told", e.told); f(4, "alarmedAt", e.alarmedAt); f(5, "mendedAt", e.mendedAt);)

    [[nodiscard]] bool isForced() const { return !missing.empty(); }
};

struct NoticeUpdate {
    std::uint32_t number = 0;
    PagePhase phase = PagePhase::Investigating;
    Localized text;
    std::vector<ComponentSaid> components;
    Instant at, nextDue;
    std::string by;
    Forced forced = {};
    QD_FIELDS(f(1, "number", e.number); f(2, "phase", e.phase); f(3, "text", e.text); f(4, "components", e.components); f(5, "at", e.at);
              f(6, "nextDue", e.nextDue); f(7, "by", e.by); f(8, "forced", e.forced);)
};

/// What the public knows of one trouble.
struct PageNotice {
    std::uint32_t number = 0;
    std::string incident;
    Localized title;
    std::vector<NoticeUpdate> updates;   ///< oldest first, at least one
    std::vector<ComponentSaid> components; ///< what it says of each it ever named, by now
    Instant overdueAt;                   ///< the promise that was broken, or when its text ended, until the next post
    bool isEnded = false;                ///< … and of the two it is the latter: what it says expired or was withdrawn
    QD_FIELDS(f(1, "number", e.number); f(2, "incident", e.incident); f(3, "title", e.title); f(4, "updates", e.updates);
              f(5, "components", e.components); f(6, "overdueAt", e.overdueAt); f(7, "isEnded", e.isEnded);)

    [[nodiscard]] PagePhase phase() const { return updates.empty() ? PagePhase::Resolved : updates.back().phase; }
    [[nodiscard]] bool isOpen() const { return phase() != PagePhase::Resolved; }
};

struct PageMaintenance {
    static constexpr std::size_t kChangesKept = 50; ///< so often it may be changed
    std::uint32_t number = 0;
    Localized title, text;
    std::vector<std::string> components;
    Instant from, until, plannedAt, begunAt, endedAt; ///< endedAt without begunAt: it did not take place
    std::string by;                                   ///< who said it last
    std::vector<Instant> changedAt;                   ///< oldest first
    Forced forced = {};                               ///< of what it says now
    QD_FIELDS(f(1, "number", e.number); f(2, "title", e.title); f(3, "text", e.text); f(4, "components", e.components); f(5, "from", e.from);
              f(6, "until", e.until); f(7, "plannedAt", e.plannedAt); f(8, "endedAt", e.endedAt); f(9, "by", e.by); f(10, "begunAt", e.begunAt);
              f(11, "changedAt", e.changedAt); f(12, "forced", e.forced);)

    [[nodiscard]] bool isUnderWay() const { return begunAt && !endedAt; }
    [[nodiscard]] bool isToCome() const { return !begunAt && !endedAt; }
};

/// One status page as far as it was said and concluded. Whether the workspace has it (any more) says the workspace.
struct StatusPageState {
    static constexpr Span kKept = hours(24 * 91); ///< the public reads 90 days
    static constexpr std::size_t kNoticesKept = 200, kUpdatesKept = 200, kMaintenancesKept = 200; ///< updates: of one notice, the first and the newest
    std::string id;
    std::vector<PageComponentState> components;
    std::vector<PageNotice> notices;     ///< by number
    std::vector<PageMaintenance> maintenances; ///< by number
    std::uint32_t lastNotice = 0, lastMaintenance = 0;
    std::uint64_t changed = 0;           ///< the last record that touched it
    QD_FIELDS(f(1, "id", e.id); f(2, "components", e.components); f(3, "notices", e.notices); f(4, "maintenances", e.maintenances);
              f(5, "lastNotice", e.lastNotice); f(6, "lastMaintenance", e.lastMaintenance); f(7, "changed", e.changed);)

    [[nodiscard]] const PageComponentState *component(std::string_view component) const { return find(components, [&](const auto &c) { return c.id == component; }); }
    [[nodiscard]] const PageNotice *notice(std::uint32_t number) const { return find(notices, [&](const auto &n) { return n.number == number; }); }
    [[nodiscard]] const PageMaintenance *maintenance(std::uint32_t number) const { return find(maintenances, [&](const auto &m) { return m.number == number; }); }

private:
    template <typename T, typename Is>
    static const T *find(const std::vector<T> &list, Is is)
    {
        const auto it = std::find_if(list.begin(), list.end(), is);
        return it == list.end() ? nullptr : &*it;
    }
};

} // namespace qd::state
