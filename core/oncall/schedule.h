// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/schedule.h"

#include <string>
#include <vector>

/// Who is on call when: a schedule and the overrides of it, laid out on the time line. Pure; nothing here knows a State.
namespace qd::oncall {

inline constexpr Span kLayoutLimit = hours(24 * 366); ///< the longest span laid out at once; what is longer is cut
inline constexpr Span kLookAhead = hours(24 * 35);    ///< how far the next handoff is looked for

/// One person on call, and what put them there.
struct OnCall {
    std::string person;
    std::string layer;               ///< layer id; "temporary" for a temporary schedule of the workspace; empty for an override
    std::uint32_t override = 0;      ///< the override's number, when one did
    std::string instead = {};        ///< who it would have been
    bool operator==(const OnCall &) const = default;
};

/// A stretch of time in which the same people are on call. Nobody: a gap.
struct Segment {
    Instant from, until;
    std::vector<OnCall> people;
    [[nodiscard]] bool isGap() const { return people.empty(); }
};

/// Two things that say who is on call say different things; `text` names both and which counts.
struct Disagreement {
    Instant from, until;
    std::string text;
};

/// The final schedule of a span: segments without holes or overlaps, in order.
struct Layout {
    std::vector<Segment> segments;
    std::vector<Disagreement> disagreements;
    std::vector<std::string> problems; ///< zones this machine does not know: read as UTC
};

/// Layers (of those with somebody on, the last; or all, when the schedule says `together`), then temporaries, which replace
/// them, then overrides in the order of their numbers: temporary ones first, then those that add, remove and replace.
/// Overrides that do not touch the span cost nothing; those of other schedules must not be given.
[[nodiscard]] Layout layOut(const Schedule &schedule, const std::vector<Override> &overrides, Instant from, Instant until);

/// The people of one instant.
[[nodiscard]] Segment segmentAt(const Schedule &schedule, const std::vector<Override> &overrides, Instant at);

/// The first instant after `at` at which other people are on call; at + kLookAhead when there is none until then.
[[nodiscard]] Instant nextHandoff(const Schedule &schedule, const std::vector<Override> &overrides, Instant at);

/// "layer weekdays", "override 3 in place of ben", "temporary schedule".
[[nodiscard]] std::string reasonOf(const OnCall &who);

} // namespace qd::oncall
