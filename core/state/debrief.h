// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace qd::state {

inline constexpr std::size_t kSignaturesKept = 200, kCostsKept = 100, kFeedbackKept = 200; ///< an incident's

/// That somebody stands for what was written up to a record.
struct Signature {
    std::string person;
    Instant at;
    std::uint64_t seq = 0;
    QD_FIELDS(f(1, "person", e.person); f(2, "at", e.at); f(3, "seq", e.seq);)
};

struct Cost {
    std::uint32_t number = 0;
    std::string what, by;
    std::int64_t cents = 0;
    Instant at;
    bool withdrawn = false;
    QD_FIELDS(f(1, "number", e.number); f(2, "what", e.what); f(3, "by", e.by); f(4, "cents", e.cents); f(5, "at", e.at); f(6, "withdrawn", e.withdrawn);)
};

struct Feedback {
    std::uint32_t number = 0, score = 0;
    std::string text, person;            ///< person: only who wished to be named
    Instant at;
    QD_FIELDS(f(1, "number", e.number); f(2, "score", e.score); f(3, "text", e.text); f(4, "person", e.person); f(5, "at", e.at);)
};

/// Who talked a review over, who signed it, and what is counted in it.
struct Debrief {
    Instant heldAt;                      ///< none: no meeting was held
    std::vector<std::string> attended;
    std::vector<Signature> signatures;   ///< one a person
    std::vector<Cost> costs;             ///< by number
    std::vector<Feedback> feedback;      ///< by number
    QD_FIELDS(f(1, "heldAt", e.heldAt); f(2, "attended", e.attended); f(3, "signatures", e.signatures); f(4, "costs", e.costs); f(5, "feedback", e.feedback);)
};

} // namespace qd::state
