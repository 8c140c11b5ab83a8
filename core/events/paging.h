// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- how a page reaches a person, and how they answer it ---

/// Input: a page carries a link that answers it. Who opens it and confirms answers as `person`; the link itself is only in
/// what was sent.
struct AnswerLinkMade {
    std::uint64_t outbox = 0;
    std::uint32_t escalation = 0;
    std::string incident, person;
    std::string hash;                    ///< SHA-256 of the link's token, hex
    std::vector<std::uint32_t> calls = {}; ///< of a bundle: all that it names; then there is no one call
    std::uint32_t test = 0;              ///< of a test page
    QD_FIELDS(f(1, "outbox", e.outbox); f(2, "escalation", e.escalation); f(3, "incident", e.incident); f(4, "person", e.person);
              f(5, "hash", e.hash); f(6, "calls", e.calls); f(7, "test", e.test);)
};

/// Conclusion: this person had many pages just now; this one waits for the message that holds them together.
struct PageBundled {
    std::uint32_t escalation = 0, step = 1;
    std::string incident, person;
    Because because;
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "step", e.step); f(3, "incident", e.incident); f(4, "person", e.person);
              f(5, "because", e.because);)
};

/// Conclusion: what waited for a person goes out as one message, or is over and goes nowhere.
struct BundleSent {
    std::uint32_t bundle = 0;
    std::string person;
    std::vector<std::uint32_t> escalations; ///< those still unanswered, which the message names
    Because because;
    QD_FIELDS(f(1, "bundle", e.bundle); f(2, "person", e.person); f(3, "escalations", e.escalations); f(4, "because", e.because);)
};

/// Input: somebody says that a person was reached without the console, and knows.
struct PersonReached {
    std::string incident, person, how;   ///< how: "phone", "sms", "in person" …
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "how", e.how); f(4, "by", e.by);)
};

/// Input: somebody tries whether a person's channels work. Every channel gets a marked message; nothing is wrong.
struct PageTested {
    std::uint32_t test = 0;
    std::string person;
    Actor by;
    QD_FIELDS(f(1, "test", e.test); f(2, "person", e.person); f(3, "by", e.by);)
};

/// Input: the person tried answers the test: by which way says `by`.
struct PageTestAnswered {
    std::uint32_t test = 0;
    Actor by;
    QD_FIELDS(f(1, "test", e.test); f(2, "by", e.by);)
};

} // namespace qd::events
