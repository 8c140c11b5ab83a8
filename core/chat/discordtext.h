// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <functional>
#include <string>
#include <string_view>

namespace qd::chat {

/// Plain text as Discord wants it: no markup is read in it, and no name in it becomes a mention. Behind a backslash stands what could be markup; a
/// link stays one.
[[nodiscard]] std::string discordQuoted(std::string_view text);
/// A message's markup as plain text, as Discord's own clients show it: <@1> becomes @name, what stands behind a backslash itself. Code is left as it is.
/// `names` gives the name behind an id, or "".
using DiscordNames = std::function<std::string(std::string_view id)>;
[[nodiscard]] std::string discordPlain(std::string_view markup, const DiscordNames &names);

/// Whether it can be one of Discord's ids, which hold the moment they were made at.
[[nodiscard]] bool isSnowflake(std::string_view text);
/// Whether an id was made after another; every id was made after "" and after what is none.
[[nodiscard]] bool isLaterSnowflake(std::string_view id, std::string_view than);
[[nodiscard]] Instant instantOfSnowflake(std::string_view id);
/// An id just before all that is made from then on.
[[nodiscard]] std::string snowflakeBefore(Instant when);
/// What a message is known by again for some minutes: 25 characters that our own id alone has.
[[nodiscard]] std::string discordNonce(std::string_view id);

/// The local part of an address of this host, or "".
[[nodiscard]] std::string discordLocal(std::string_view address, std::string_view host);
/// The same when it is an id, else "".
[[nodiscard]] std::string discordId(std::string_view address, std::string_view host);

} // namespace qd::chat
