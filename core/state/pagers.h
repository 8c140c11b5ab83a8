// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/pagers.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qd::state {

/// An incident a pager of record holds, as far as it was told of.
struct HeldOutside {
    std::string set;                     ///< its connection's source set: poll and webhook of one set speak of the same incidents
    events::PagerIncident what;          ///< its entries are `history`
    std::vector<events::PagerEntry> history; ///< the newest kHistoryKept lines of its log
    events::PagerStatus was = events::PagerStatus::Triggered; ///< before `turnedSeq`
    std::uint64_t turnedSeq = 0;         ///< the record in which its status became another
    std::string acknowledgedBy;          ///< who did there, last
    [[nodiscard]] bool isOpen() const { return what.status <= events::PagerStatus::Acknowledged; }
    /// "PagerDuty's incident #12"
    [[nodiscard]] std::string name() const { return "PagerDuty's incident " + (what.number != 0 ? "#" + std::to_string(what.number) : what.id); }
    QD_FIELDS(f(1, "set", e.set); f(2, "what", e.what); f(3, "history", e.history); f(4, "was", e.was); f(5, "turnedSeq", e.turnedSeq);
              f(6, "acknowledgedBy", e.acknowledgedBy);)
};

/// Who is on call by a connection's word.
struct OnCallOutside {
    std::string connection;
    std::vector<events::PagerDutyTurn> turns;
    Instant at;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "turns", e.turns); f(3, "at", e.at);)
};

/// What pagers of record hold: incidents sorted by (set, id), those that are over as the newest kOverKept.
struct Pagers {
    static constexpr std::size_t kHistoryKept = 20, kOverKept = 500, kOpenKept = 10'000; ///< PagerDuty lists at most 10,000
    std::vector<HeldOutside> incidents;
    std::vector<OnCallOutside> onCalls;
    QD_FIELDS(f(1, "incidents", e.incidents); f(2, "onCalls", e.onCalls);)

    [[nodiscard]] const HeldOutside *find(std::string_view set, std::string_view id) const;
    /// The open ones that are this alert of ours.
    [[nodiscard]] std::vector<const HeldOutside *> ofAlert(std::string_view key) const;
    /// All that came of this call of ours.
    [[nodiscard]] std::vector<const HeldOutside *> ofCall(std::uint32_t escalation) const;
};

} // namespace qd::state
