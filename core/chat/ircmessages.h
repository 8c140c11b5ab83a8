// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/chatevent.h"
#include "core/chat/ircline.h"

#include <functional>
#include <optional>

namespace qd::chat {

/// The tag our own id for a message travels in; servers keep it with the message in a channel's history.
inline constexpr std::string_view kIrcIdTag = "+quarterdeck.invalid/id";

/// What is needed to read a line as an event.
struct IrcContext {
    std::string connector, network;
    std::string room;       ///< its address; empty for what is said to us alone
    std::string ownNick, ownAccount;
    Instant now;
    bool accountsAreTold = false; ///< the server vouches for accounts on what is said (account-tag)
    std::function<std::string(std::string_view)> folded; ///< the server's small letters
    std::function<bool(std::string_view)> isOurNick;     ///< now or a moment ago
};

/// "#inc-7" on network irc.example.org is room "inc-7@irc.example.org", and account Dana is dana@irc.example.org: IRC has no name
/// for a network, so a connection gives it one.
[[nodiscard]] std::string ircAddress(std::string_view local, std::string_view network);
/// The channel of a room's address on this network, or "" when it is none.
[[nodiscard]] std::string ircChannel(std::string_view address, std::string_view network);
/// The account of a person's address on this network, or "" when it is none.
[[nodiscard]] std::string ircAccount(std::string_view address, std::string_view network);

/// The mask that means whoever is signed in to this account, by the extended masks a server announces (EXTBAN: InspIRCd ",R", UnrealIRCd "~,a", Solanum "$,a" among
/// others); "" where it has none, or the account's name would mean others too.
[[nodiscard]] std::string ircAccountMask(std::string_view extban, std::string_view account);

/// A line somebody wrote, as an event; nothing when it carries nothing we show. `history`: it was played back, and nobody vouches
/// for who wrote it.
[[nodiscard]] std::optional<ChatEvent> readIrc(const IrcLine &line, const IrcContext &context, bool history);

/// Text as an IRC client shows it: without colours and the like.
[[nodiscard]] std::string ircPlain(std::string_view text);

/// A text as the lines it is written in, each at most `limit` bytes; a line that is longer becomes marked parts. Never empty;
/// none holds a control character but a tab.
[[nodiscard]] std::vector<std::string> ircLines(std::string_view text, std::size_t limit);

/// One line that says `text` to a channel or nick.
[[nodiscard]] IrcLine ircSay(std::string_view target, std::string_view text, std::string_view id);
/// One reaction, set or taken back.
[[nodiscard]] IrcLine ircReact(std::string_view channel, const MessageRef &target, std::string_view emoji, bool takesBack, std::string_view id);

} // namespace qd::chat
