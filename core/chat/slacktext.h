// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace qd::chat {

/// What Slack's message markup names: users and channels by id. Returns the name to show, or "".
using SlackNames = std::function<std::string(std::string_view id)>;

/// Plain text as Slack wants it: &, < and > escaped (https://api.slack.com/reference/surfaces/formatting). With them gone nothing in it can
/// call a person or the whole channel (<!channel>), or be a link that says it leads elsewhere.
[[nodiscard]] std::string slackEscaped(std::string_view text);

/// A message's markup as plain text: <@U1> becomes @name, <https://x|y> "y (https://x)", <!here> @here.
[[nodiscard]] std::string slackPlain(std::string_view markup, const SlackNames &names);

/// "c0123@acme.slack.com": the address of Slack's id C0123, in small letters as all addresses are; "" for what is no id.
[[nodiscard]] std::string slackAddress(std::string_view id, std::string_view workspace);
/// The local part of an address of this workspace: an id in capitals when it can be one of these first letters' ("CG", "UW"), else "".
[[nodiscard]] std::string slackId(std::string_view address, std::string_view workspace, std::string_view kinds);
/// The local part of an address of this workspace as it stands, or "".
[[nodiscard]] std::string slackLocal(std::string_view address, std::string_view workspace);

} // namespace qd::chat
