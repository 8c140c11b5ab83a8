// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <string>
#include <vector>

/// Commands about moments that are marked, and polls. Part of core/desk/commands.h.
namespace qd::desk {

/// A moment worth telling afterwards. at: RFC 3339 (left out: now). kind: key (default), detection, diagnosis, repair. about: the line of
/// the timeline it is, as in its `reference`. With `moment`: that one is none after all, and nothing else is read.
struct MarkMoment {
    std::string incident, text, at, kind, about;
    std::uint32_t moment = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "at", e.at); f(4, "kind", e.kind); f(5, "about", e.about);
              f(6, "moment", e.moment);)
};
/// Go or no-go? people: who is asked; none: everybody else with a role. due: when it closes by itself, a span from now (10m) or RFC 3339.
struct AskPoll {
    std::string incident, question;
    std::vector<std::string> people;
    std::string due = {};
    QD_FIELDS(f(1, "incident", e.incident); f(2, "question", e.question); f(3, "people", e.people); f(4, "due", e.due);)
};
/// answer: go or no-go. person: whose it is, where somebody writes down what was said aloud. poll: 0: the only open one.
struct AnswerPoll {
    std::string incident, answer, text, person;
    std::uint32_t poll = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "answer", e.answer); f(3, "text", e.text); f(4, "person", e.person); f(5, "poll", e.poll);)
};
/// withdraw: it should not have been asked, and means nothing.
struct ClosePoll {
    std::string incident, reason;
    std::uint32_t poll = 0;
    bool withdraw = false;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "poll", e.poll); f(4, "withdraw", e.withdraw);)
};

} // namespace qd::desk
