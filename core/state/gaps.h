// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace qd::state {

/// A stretch in which the disk took nothing: records fromSeq..toSeq were kept in memory and recorded late.
struct RecordGap {
    std::uint64_t fromSeq = 0, toSeq = 0; ///< toSeq 0: it goes on
    Instant since, until;
    std::string reason;
    QD_FIELDS(f(1, "fromSeq", e.fromSeq); f(2, "toSeq", e.toSeq); f(3, "since", e.since); f(4, "until", e.until); f(5, "reason", e.reason);)
};

/// What had fallen due while nothing ran for more than five minutes. Numbers of escalations.
struct GapReview {
    std::uint64_t seq = 0;
    Instant since, until;
    std::vector<std::uint32_t> resumed, missed;
    QD_FIELDS(f(1, "seq", e.seq); f(2, "since", e.since); f(3, "until", e.until); f(4, "resumed", e.resumed); f(5, "missed", e.missed);)
};

} // namespace qd::state
