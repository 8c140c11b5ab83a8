// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/pagestate.h"
#include "core/state/state.h"
#include "core/triage/reports.h"

#include <optional>

namespace qd::desk {

/// A stretch in which nothing ran: since when, and whether it was longer than a late step is made up for.
struct Away {
    Instant since;
    bool isLong = false;
};

/// After a start or a gap, whether calls still wait for the sources to be heard: deciding on what is known from before would page
/// for what is over. `wall`: the wall clock's time.
[[nodiscard]] bool isCatchingUp(const state::State &state, const Away &away, Instant wall);

/// What the rules make of nothing but time having passed, `now` being the record's time. Not in it: alerts that expire and sources
/// that fall silent, which are about sources and not about rules. Pure, and from what a replay knows: an alert of ours carries the
/// record's time. `wall`: the wall clock's time, or `now` where that is behind it: what people wrote as a time of day is due by it.
[[nodiscard]] events::Events rulesDue(const state::State &state, const triage::ReportRules &rules, const Away &away, bool catchingUp, Instant now, Instant wall);

/// What is asked again and again between two records, and takes a pass over alerts or incidents: made once a record.
class Outlooks {
public:
    /// For a State that is what it was when this was last asked unless its record or time is another; else forget() first.
    [[nodiscard]] const comms::PageOutlook &pages(const state::State &state);
    /// nextOutwardDue(): it asks of every text that waits whether all it was released by still holds.
    [[nodiscard]] Instant outward(const state::State &state);
    void forget()
    {
        m_pages.reset();
        m_outward.reset();
    }

private:
    void turnTo(const state::State &state); ///< forgets what was made of another

    std::uint64_t m_seq = 0;
    Instant m_time;
    std::optional<comms::PageOutlook> m_pages;
    std::optional<Instant> m_outward;
};

/// When rulesDue() next has something to say, if nothing else happens; zero = not at all.
[[nodiscard]] Instant nextRuleDue(const state::State &state, Instant now, Outlooks &outlooks);

} // namespace qd::desk
