// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- schedules: who is on call, and what people change about it at run time ---

/// Conclusion: from now on these people are on call by this schedule, until something changes or `until` comes.
struct OnCallChanged {
    std::string schedule;
    std::vector<std::string> people;     ///< nobody: a gap
    Instant until;
    Because because;
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "people", e.people); f(3, "until", e.until); f(4, "because", e.because);)
};

/// Input: somebody changed a schedule for some spans, at once: an override, a swap (two), a calendar brought in (many).
struct ScheduleOverridden {
    std::string schedule, source;        ///< source: "" by hand, "swap", "calendar/NAME"
    std::vector<Override> overrides;
    std::vector<std::uint32_t> supersedes; ///< earlier ones that end with it: those of the calendar as it was
    std::string reason;
    Actor by;
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "source", e.source); f(3, "overrides", e.overrides); f(4, "supersedes", e.supersedes);
              f(5, "reason", e.reason); f(6, "by", e.by);)
};

/// Input: they do not hold any more, as if they had not been made. Both halves of a swap go together.
struct OverridesWithdrawn {
    std::string schedule;
    std::vector<std::uint32_t> numbers;
    std::string reason;
    Actor by;
    QD_FIELDS(f(1, "schedule", e.schedule); f(2, "numbers", e.numbers); f(3, "reason", e.reason); f(4, "by", e.by);)
};

} // namespace qd::events
