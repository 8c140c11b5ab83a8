// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/chatevent.h"
#include "core/chat/xmppelement.h"

#include <functional>
#include <optional>

namespace qd::chat {

/// "room@host/nick" without what follows the slash, and what follows it.
[[nodiscard]] std::string_view bareOf(std::string_view jid);
[[nodiscard]] std::string_view resourceOf(std::string_view jid);
/// Whether a text can be a bare JID with a local part: bounded length, one '@', no spaces, quotes or slashes.
[[nodiscard]] bool isBareJid(std::string_view text);

/// Who somebody in a room is. `id` is the real bare JID when the room shows it (then verified), else the room's stable
/// occupant id as "occupant:…" (XEP-0421), else empty. Never the nick.
struct Identity {
    std::string id;
    bool verified = false;
};

/// What is needed to read a stanza as an event.
struct ReadContext {
    std::string connector;
    std::string room;    ///< its bare JID; empty for our own account (direct messages)
    std::string ownJid;  ///< bare
    std::string ownNick; ///< in the room
    Instant now;
    std::function<Identity(std::string_view nick)> who; ///< by the room's presence
};

/// A live message (type groupchat, or a direct one) as an event; nothing when it carries nothing we show. The caller has
/// checked that it came from `room`. stanza-id counts only when the room (or, direct, our account) vouches for it.
[[nodiscard]] std::optional<ChatEvent> readMessage(const Element &message, const ReadContext &context);

/// One archived message (XEP-0313 <result/>), always replayed; nothing when it carries nothing we show or claims to be
/// from another room.
[[nodiscard]] std::optional<ChatEvent> readArchived(const Element &result, const ReadContext &context);

/// Whether our account wrote a message of the context's room, live or archived, whatever it holds.
[[nodiscard]] bool isOurs(const Element &message, const ReadContext &context);

/// The ids a message of ours can be recognised by: its id and its origin-id.
[[nodiscard]] std::vector<std::string> sentIds(const Element &message);

/// The stanza-id vouched for by `by`, or "".
[[nodiscard]] std::string stanzaId(const Element &message, std::string_view by);

/// A write as the stanza that carries it. `id` becomes both the id and the origin-id.
[[nodiscard]] Element writeOutgoing(const Outgoing &outgoing, std::string_view text, std::string_view id);

} // namespace qd::chat
