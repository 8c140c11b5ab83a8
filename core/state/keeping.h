// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/keeping.h"

#include <string>
#include <vector>

namespace qd::state {

/// An erasure that was recorded: what of the past cannot be shown any more, and why.
struct Erasure {
    std::uint64_t seq = 0;
    Instant at;
    std::vector<events::ErasedStream> streams;
    std::string reason, by;
    QD_FIELDS(f(1, "seq", e.seq); f(2, "at", e.at); f(3, "streams", e.streams); f(4, "reason", e.reason); f(5, "by", e.by);)
};

/// What is known of the events of a stream that was erased.
struct ErasedIndex {
    std::uint64_t seq = 0;               ///< of the erasure
    std::string stream;
    std::vector<events::ErasedRow> rows;
    std::uint64_t unlisted = 0;
    bool whole = true;
    QD_FIELDS(f(1, "seq", e.seq); f(2, "stream", e.stream); f(3, "rows", e.rows); f(4, "unlisted", e.unlisted); f(5, "whole", e.whole);)
};
inline constexpr std::size_t kErasedRowsKept = 50'000; ///< of all erasures; the oldest streams go

struct StandingHold {
    std::uint32_t number = 0;
    Instant since;
    std::string scope, matter, custodian, reason, by;
    QD_FIELDS(f(1, "number", e.number); f(2, "since", e.since); f(3, "scope", e.scope); f(4, "matter", e.matter);
              f(5, "custodian", e.custodian); f(6, "reason", e.reason); f(7, "by", e.by);)
};

/// What was erased, and what may not be.
struct Keeping {
    std::vector<Erasure> erasures;
    std::vector<StandingHold> holds;
    std::uint32_t lastHold = 0;
    std::vector<ErasedIndex> index;      ///< in the order of the erasures
    QD_FIELDS(f(1, "erasures", e.erasures); f(2, "holds", e.holds); f(3, "lastHold", e.lastHold); f(4, "index", e.index);)

    /// The erasure that took this stream (or one above it), or null.
    [[nodiscard]] const Erasure *of(std::string_view stream) const;
};

} // namespace qd::state
