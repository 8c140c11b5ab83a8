// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <string>

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

} // namespace qd::desk
