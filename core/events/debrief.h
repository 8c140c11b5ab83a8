// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- inputs: what a review is talked over, signed and counted in. All of an incident's lie in its stream. ---

/// The meeting of a review was held, and these people were there. What is said last counts.
struct MeetingHeld {
    std::string incident;
    Instant at;                          ///< when it began
    std::vector<std::string> people;     ///< person ids
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "at", e.at); f(3, "people", e.people); f(4, "by", e.by);)
};

/// `by` signs what the sections say up to this record (or, `withdrawn`, takes the signature back). What is written after it is not signed.
struct ReviewSigned {
    std::string incident;
    bool withdrawn = false;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "withdrawn", e.withdrawn); f(3, "by", e.by);)
};

/// Money the incident cost beside the time people spent on it; a number that is known already: as it is to be from now on.
struct CostNoted {
    std::string incident, what;
    std::uint32_t cost = 0;
    std::int64_t cents = 0;              ///< in hundredths of the workspace's currency
    bool withdrawn = false;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "what", e.what); f(3, "cost", e.cost); f(4, "cents", e.cents); f(5, "withdrawn", e.withdrawn);
              f(6, "by", e.by);)
};

/// How somebody who had a part in it found the way it was handled. Nobody is named unless they wished to be: `person` is empty then, and nothing else in
/// the record says who it was.
struct FeedbackGiven {
    std::string incident, text, person;
    std::uint32_t feedback = 0;          ///< its number
    std::uint32_t score = 0;             ///< 1 (badly) … 5 (well)
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "person", e.person); f(4, "feedback", e.feedback); f(5, "score", e.score);)
};

} // namespace qd::events
