// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <string>
#include <vector>

/// Commands about how people are reached. Part of core/desk/commands.h.
namespace qd::desk {

/// `person` was reached without the console and knows: the calls meant count as answered by them. Meant are those of the incident, one
/// ("escalation/3"), or, with nothing named, every call that calls them.
struct MarkReached {
    std::string incident, person, how; ///< how: "phone", "sms", "in person" …
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "how", e.how);)
};
/// A marked message through every channel of a person; opens nothing.
struct TestPage {
    std::string person; ///< empty: the asker
    QD_FIELDS(f(1, "person", e.person);)
};

/// The person tried says that the test arrived.
struct AnswerTestPage {
    std::uint32_t test = 0;
    QD_FIELDS(f(1, "test", e.test);)
};
/// People and teams are called by name, for an incident or for alerts that fire, each call with its own answer: also when nobody is
/// called for that, or somebody answered already.
struct PagePeople {
    std::string incident;
    std::vector<std::string> alerts, people;
    std::string reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "alerts", e.alerts); f(3, "people", e.people); f(4, "reason", e.reason);)
};

} // namespace qd::desk
