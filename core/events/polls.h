// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- inputs: what is marked on the timeline, and what is asked around. Numbers count up within the incident. ---

/// A moment that matters for what is told afterwards: when it was detected, understood, repaired, or only a key moment. With `withdrawn`
/// the moment of this number is none after all.
struct MomentMarked {
    std::string incident, text;
    std::string kind;                    ///< "detection", "diagnosis", "repair", "key"
    std::string reference;               ///< the line of the timeline it is about; "": a time alone
    std::uint32_t moment = 0;
    Instant at;                          ///< when it was, not when it was marked
    bool withdrawn = false;
    Actor by;
    bool late = false;                   ///< by a reaction that was set while nobody listened, and found afterwards
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "kind", e.kind); f(4, "reference", e.reference);
              f(5, "moment", e.moment); f(6, "at", e.at); f(7, "withdrawn", e.withdrawn); f(8, "by", e.by); f(9, "late", e.late);)
};

/// Somebody asks these people: go or no-go?
struct PollAsked {
    std::string incident, question;
    std::uint32_t poll = 0;
    std::vector<std::string> people;     ///< who is asked, by id
    std::vector<std::string> roles;      ///< aligned with `people`: as what
    Actor by;
    Instant due = {};                    ///< it closes by itself then; none: when somebody closes it
    QD_FIELDS(f(1, "incident", e.incident); f(2, "question", e.question); f(3, "poll", e.poll); f(4, "people", e.people);
              f(5, "roles", e.roles); f(6, "by", e.by); f(7, "due", e.due);)
};

/// `person` says go or no-go; the last word of each counts. `by` is another where somebody wrote down what was said on a call.
struct PollAnswered {
    std::string incident, text, person;
    std::uint32_t poll = 0;
    bool go = false;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "person", e.person); f(4, "poll", e.poll); f(5, "go", e.go);
              f(6, "by", e.by);)
};

/// No more answers are taken. With `withdrawn` it should not have been asked, and means nothing. By "core" it is a conclusion: its time is over,
/// or the incident is.
struct PollClosed {
    std::string incident, reason;
    std::uint32_t poll = 0;
    bool withdrawn = false;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "poll", e.poll); f(4, "withdrawn", e.withdrawn); f(5, "by", e.by);)
};

} // namespace qd::events
