// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace qd {

/// What Slack's message markup names: users and channels by id. Returns the name to show, or "".
using SlackNames = std::function<std::string(std::string_view id)>;

/// A message's markup as plain text: <@U1> becomes @name, <https://x|y> "y (https://x)", <!here> @here. Not made safe.
/// Source: https://api.slack.com/reference/surfaces/formatting.
[[nodiscard]] std::string slackPlain(std::string_view markup, const SlackNames &names);

} // namespace qd
