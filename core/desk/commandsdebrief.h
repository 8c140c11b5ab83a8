// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <cstdint>
#include <string>
#include <vector>

/// Commands about what a review is talked over, signed and counted in. Part of core/desk/commands.h.
namespace qd::desk {

/// The meeting of a review was held, with these people (ids). at: RFC 3339; left out: when it was to be, or now.
struct HoldMeeting {
    std::string incident, at;
    std::vector<std::string> people;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "at", e.at); f(3, "people", e.people);)
};
/// Signs what the review says as it stands now, or takes one's signature back.
struct SignReview {
    std::string incident;
    bool withdraw = false;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "withdraw", e.withdraw);)
};
/// Money an incident cost beside people's time. amount: "1234.50", in the workspace's currency. cost: one that is noted already, changed or withdrawn.
struct NoteCost {
    std::string incident, what, amount;
    std::uint32_t cost = 0;
    bool withdraw = false;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "what", e.what); f(3, "amount", e.amount); f(4, "cost", e.cost); f(5, "withdraw", e.withdraw);)
};
/// How one found the way an incident was handled. score: 1 (badly) … 5 (well). Nobody is named in the record unless they say so (named).
struct GiveFeedback {
    std::string incident, text;
    std::uint32_t score = 0;
    bool named = false;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "score", e.score); f(4, "named", e.named);)
};

} // namespace qd::desk
