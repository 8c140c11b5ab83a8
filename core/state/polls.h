// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/polls.h"

#include <string>
#include <vector>

namespace qd::state {

inline constexpr std::size_t kMomentsKept = 500, kPollsKept = 200, kAnswersKept = 200; ///< an incident's; answers: a poll's

/// A moment of an incident that matters for what is told afterwards.
struct KeyMoment {
    std::uint32_t number = 0;
    std::string text, kind, reference, by;
    Instant at, markedAt, withdrawnAt;
    QD_FIELDS(f(1, "number", e.number); f(2, "text", e.text); f(3, "kind", e.kind); f(4, "reference", e.reference); f(5, "by", e.by);
              f(6, "at", e.at); f(7, "markedAt", e.markedAt); f(8, "withdrawnAt", e.withdrawnAt);)
};

/// What one person says to a poll, the last time they said it.
struct PollAnswer {
    std::string person, text, by;        ///< by: who wrote it down, where it was another
    bool go = false;
    Instant at;
    // What they said themselves, where somebody else wrote down another word of theirs since.
    std::string ownText = {};
    bool ownGo = false;
    Instant ownAt = {};                  ///< none: it is their own word, or they said none themselves
    QD_FIELDS(f(1, "person", e.person); f(2, "text", e.text); f(3, "by", e.by); f(4, "go", e.go); f(5, "at", e.at);
              f(6, "ownText", e.ownText); f(7, "ownGo", e.ownGo); f(8, "ownAt", e.ownAt);)
};

/// Go or no-go, asked around.
struct Poll {
    std::uint32_t number = 0;
    std::string question, by, reason;
    std::vector<std::string> people, roles; ///< who is asked, and as what
    std::vector<PollAnswer> answers;     ///< one a person, in the order of their first; also of people who were not asked
    Instant at, closedAt;
    Instant due = {};                    ///< it closes by itself then; none: when somebody closes it
    bool withdrawn = false;
    std::uint32_t decision = 0;          ///< that was made on it
    QD_FIELDS(f(1, "number", e.number); f(2, "question", e.question); f(3, "by", e.by); f(4, "reason", e.reason); f(5, "people", e.people);
              f(6, "roles", e.roles); f(7, "answers", e.answers); f(8, "at", e.at); f(9, "closedAt", e.closedAt);
              f(10, "withdrawn", e.withdrawn); f(11, "decision", e.decision); f(12, "due", e.due);)

    [[nodiscard]] bool isOpen() const { return !closedAt; }
    [[nodiscard]] const PollAnswer *answerOf(std::string_view person) const;
    [[nodiscard]] std::size_t count(bool go) const;
    /// Who was asked and said nothing.
    [[nodiscard]] std::vector<std::string> silent() const;
};
/// "no-go, as said aloud; go by their own word at 10:02 UTC".
[[nodiscard]] std::string inWords(const PollAnswer &answer);
/// "3 go, 1 no-go, 1 not answered".
[[nodiscard]] std::string inWords(const Poll &poll);

} // namespace qd::state
