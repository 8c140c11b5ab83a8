// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/slackmarkup.h"

#include <string>
#include <string_view>

namespace qd::chat {

using qd::SlackNames;
using qd::slackPlain;

/// Plain text as Slack wants it: &, < and > escaped (https://api.slack.com/reference/surfaces/formatting). With them gone nothing in it can
/// call a person or the whole channel (<!channel>), or be a link that says it leads elsewhere.
[[nodiscard]] std::string slackEscaped(std::string_view text);

/// What was typed behind a word with a slash: what Slack marked in it as in a message (<@U1|dana> becomes @name, and the name Slack gives where we know none), where it marks
/// anything (`should_escape`); a sign that was typed is what it is.
[[nodiscard]] std::string slackAsked(std::string_view text, const SlackNames &names);

/// "c0123@acme.slack.com": the address of Slack's id C0123, in small letters as all addresses are; "" for what is no id.
[[nodiscard]] std::string slackAddress(std::string_view id, std::string_view workspace);
/// The local part of an address of this workspace: an id in capitals when it can be one of these first letters' ("CG", "UW"), else "".
[[nodiscard]] std::string slackId(std::string_view address, std::string_view workspace, std::string_view kinds);
/// The local part of an address of this workspace as it stands, or "".
[[nodiscard]] std::string slackLocal(std::string_view address, std::string_view workspace);

} // namespace qd::chat
