// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// An update to be put somewhere by hand, in the form that place reads.
namespace qd::comms {

enum class HandPlace { Slack, Teams, Mail, Plain };
[[nodiscard]] std::string_view word(HandPlace place);   ///< "slack", "teams", "mail", "plain"
[[nodiscard]] std::string_view nameOf(HandPlace place); ///< "Slack", "Microsoft Teams", "mail", "plain text"
/// Errors are none: an unknown word gives plain text and `known` false.
[[nodiscard]] HandPlace handPlace(std::string_view word, bool &known);

struct HandCopy {
    std::string text;
    std::string html; ///< where the place takes it; else ""
};

/// `title` heads it. What stands before a colon at the start of a line is made to stand out where the place can; nobody is woken by a
/// mention of everybody that was only quoted.
[[nodiscard]] HandCopy handCopy(HandPlace place, std::string_view title, std::string_view text);

} // namespace qd::comms
