// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/incidents.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace qd::review {

/// The two clocks a timeline is read by: when something was so, and when it could be known here.
enum class Clock : std::uint8_t { AsItWas, AsKnown };

/// When a line counts by this clock: when it happened; or when it could be known, which of what was imported is its knownAt, of what was
/// written down later when it was written, and never before it happened.
[[nodiscard]] Instant countsAt(const state::Entry &line, Clock clock);

/// What the line said at this instant, as far as its texts are kept, and nothing that was said later. Valid as long as the line.
[[nodiscard]] std::string_view textAt(const state::Entry &line, Instant at);

/// A timeline, readable as of any instant by either clock. Built once for a timeline (50,000 lines: some milliseconds), then each question
/// is a binary search and what it answers. Lines are named by their place in the timeline it was built from, which must stay.
/// Where lines were imported, what counts after the last of them is over tells of the import and the review, and is left out.
class AsOf {
public:
    explicit AsOf(std::span<const state::Entry> lines);
    explicit AsOf(const state::PiecedList<state::Entry> &lines);

    /// The lines that count at this instant, in the order of the clock: those of one instant in the order of the record. Valid as long as this.
    [[nodiscard]] std::span<const std::uint32_t> lines(Instant at, Clock clock) const;
    /// What had happened by then and could not be known yet, in the order in which it happened.
    [[nodiscard]] std::vector<std::uint32_t> unknown(Instant at) const;
    /// The imported alerts that fired at this instant, in the order in which they began. One without an end fires to the end.
    [[nodiscard]] std::vector<std::uint32_t> firing(Instant at, Clock clock) const;

    /// The next instant after this one at which a line begins to count, or an alert ends; and the one before it. None: there is none.
    [[nodiscard]] Instant next(Instant at, Clock clock) const;
    [[nodiscard]] Instant previous(Instant at, Clock clock) const;
    /// The first and the last of those. None where there is no line.
    [[nodiscard]] Instant first(Clock clock) const;
    [[nodiscard]] Instant last(Clock clock) const;

private:
    struct Order {
        std::vector<std::uint32_t> lines;
        std::vector<Instant> counts;     ///< of each line of `lines`
        std::vector<std::uint32_t> alerts; ///< of `lines`: imported alerts
        std::vector<Instant> steps;      ///< each once
    };
    explicit AsOf(std::vector<const state::Entry *> lines);
    [[nodiscard]] const Order &by(Clock clock) const { return clock == Clock::AsItWas ? m_was : m_known; }
    [[nodiscard]] Order ordered(Clock clock) const;

    std::vector<const state::Entry *> m_lines;
    Order m_was, m_known;
};

} // namespace qd::review
