// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- what the record says of itself: where it has holes in time ---

/// Input: from here on the disk took nothing. What follows, up to RecordGapEnded, was kept in memory and recorded late.
struct RecordGap {
    Instant since;                       ///< journal time of the last record that was on disk
    std::string reason;
    QD_FIELDS(f(1, "since", e.since); f(2, "reason", e.reason);)
};

/// Input: the disk takes records again; those since the RecordGap are recorded now.
struct RecordGapEnded {
    std::uint64_t count = 0;             ///< records that were recorded late, the RecordGap among them
    Instant since, until;
    QD_FIELDS(f(1, "count", e.count); f(2, "since", e.since); f(3, "until", e.until);)
};

/// Input: time did not pass as usual: the wall clock was set (`jumped`, negative: back), or nothing ran for a while (`away`:
/// the machine slept, or the core was stopped).
struct ClockJumped {
    Span jumped, away;
    Instant wall;                        ///< the wall clock afterwards
    QD_FIELDS(f(1, "jumped", e.jumped); f(2, "away", e.away); f(3, "wall", e.wall);)
};

/// Conclusion: what had fallen due in a gap of more than five minutes, by number of escalation.
struct GapReviewed {
    Instant since, until;
    std::vector<std::uint32_t> resumed;  ///< still worth a call: called late, at the step they should have reached
    std::vector<std::uint32_t> missed;   ///< nobody was called any more
    Because because;
    QD_FIELDS(f(1, "since", e.since); f(2, "until", e.until); f(3, "resumed", e.resumed); f(4, "missed", e.missed); f(5, "because", e.because);)
};

} // namespace qd::events
