// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppmessages.h"

#include "core/base/safetext.h"
#include "core/chat/filefetch.h"
#include "core/chat/textparts.h"

#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kIdLimit = 256;
constexpr std::size_t kMaxEmojis = 16;

/// A delay vouched for by the room, the server or nobody in particular gives the time; any delay at all makes it replayed.
Instant delayed(const Element &stanza, const ReadContext &context, bool &found)
{
    const Element *delay = stanza.child("delay", xmlns::kDelay);
    if (!delay)
        return context.now;
    found = true;
    const std::string_view from = delay->attribute("from");
    const auto hostOf = [](std::string_view jid) { return jid.substr(jid.find('@') + 1); };
    const bool trusted = from.empty() || from == context.room || from == context.ownJid || from == hostOf(context.ownJid)
        || from == hostOf(context.room);
    const auto stamp = parseInstant(delay->attribute("stamp"));
    return trusted && stamp && *stamp ? std::min(*stamp, context.now) : context.now;
}

/// Whether the sender's nick can be looked up in the presence of now: a live stanza, or one our own server held back while
/// the line was cut (in order with the presences around it). The room's own history may be older than who is in it.
bool isInOrder(const Element &message, const ReadContext &context)
{
    const std::string_view domain = std::string_view(context.ownJid).substr(context.ownJid.find('@') + 1);
    return std::all_of(message.children.begin(), message.children.end(), [&](const Element &c) {
        return !c.is("delay", xmlns::kDelay) || c.attribute("from") == domain;
    });
}

/// What a message says with the files it came with (XEP-0066, as sent after an upload by XEP-0363), each by its address: the record then holds where it is to be had, also after a
/// restart. An address we would never ask stays in the words it came in.
std::string saidWithFiles(const Element &message, const std::string &body)
{
    std::string text = body;
    std::size_t named = 0;
    for (const Element &x : message.children) {
        const Element *url = x.is("x", xmlns::kOob) ? x.child("url", xmlns::kOob) : nullptr;
        const std::string at = url ? safeLine(url->text, kFileAddress) : std::string();
        if (at.empty() || text.starts_with('!') || !fileAddress(at) || ++named > kFilesNamed)
            continue;
        if (text == at) // clients without files show it as words
            text.clear();
        text += (text.empty() ? "[file: " : "\n[file: ") + at + ']';
    }
    return text;
}

/// Fills kind, text, emojis and target; false when there is nothing to show.
bool readContent(const Element &message, ChatEvent &event)
{
    const Element *body = message.child("body", xmlns::kClient);
    if (const Element *reactions = message.child("reactions", xmlns::kReactions)) {
        event.targetId = safeLine(reactions->attribute("id"), kIdLimit);
        event.wholeSet = true;
        for (const Element &r : reactions->children) {
            if (r.name != "reaction" || event.emojis.size() >= kMaxEmojis)
                continue;
            const std::string emoji = safeLine(r.text, 64);
            if (!emoji.empty() && std::find(event.emojis.begin(), event.emojis.end(), emoji) == event.emojis.end())
                event.emojis.push_back(emoji);
        }
        event.kind = event.emojis.empty() ? ChatEvent::Kind::Unreaction : ChatEvent::Kind::Reaction;
        return !event.targetId.empty();
    }
    const Element *retract = message.child("retract", xmlns::kRetract1);
    std::string_view retracted = retract ? retract->attribute("id") : std::string_view();
    if (!retract)
        if (const Element *apply = message.child("apply-to", xmlns::kFasten); apply && apply->child("retract", xmlns::kRetract0))
            retracted = apply->attribute("id");
    if (!retracted.empty()) {
        event.kind = ChatEvent::Kind::Delete;
        event.targetId = safeLine(retracted, kIdLimit);
        return true;
    }
    if (!body) {
        const Element *subject = message.child("subject", xmlns::kClient);
        if (!subject || message.child("thread", xmlns::kClient))
            return false;
        event.kind = ChatEvent::Kind::Topic;
        event.text = safeText(subject->text);
        return true;
    }
    event.text = safeText(saidWithFiles(message, body->text));
    if (const Element *replace = message.child("replace", xmlns::kCorrect)) {
        event.kind = ChatEvent::Kind::Edit;
        event.targetId = safeLine(replace->attribute("id"), kIdLimit);
        return !event.targetId.empty();
    }
    event.kind = ChatEvent::Kind::Message;
    return true;
}

std::string occupantIdOf(const Element &message)
{
    const Element *occupant = message.child("occupant-id", xmlns::kOccupantId);
    const std::string id = occupant ? safeLine(occupant->attribute("id"), kIdLimit) : std::string();
    return id.empty() ? id : "occupant:" + id;
}

std::string realJidOf(const Element &message)
{
    const Element *user = message.child("x", xmlns::kMucUser);
    const Element *item = user ? user->child("item", xmlns::kMucUser) : nullptr;
    return item ? safeLine(bareOf(item->attribute("jid"))) : std::string();
}

void fillCommon(const Element &message, const ReadContext &context, ChatEvent &event)
{
    event.connector = context.connector;
    event.room = context.room;
    event.receivedAt = context.now;
    const std::vector<std::string> ids = sentIds(message);
    event.messageId = ids.empty() ? std::string() : safeLine(ids.front(), kIdLimit);
    if (const Element *thread = message.child("thread", xmlns::kClient))
        event.thread = safeLine(thread->text, kIdLimit);
    event.senderName = safeLine(context.room.empty() ? bareOf(message.attribute("from")) : resourceOf(message.attribute("from")));
}

} // namespace

std::string_view bareOf(std::string_view jid)
{
    return jid.substr(0, jid.find('/'));
}

std::string_view resourceOf(std::string_view jid)
{
    const std::size_t slash = jid.find('/');
    return slash == std::string_view::npos ? std::string_view() : jid.substr(slash + 1);
}

bool isBareJid(std::string_view text)
{
    const std::size_t at = text.find('@');
    if (text.size() > 1023 || at == 0 || at == std::string_view::npos || at + 1 == text.size()
        || text.find('@', at + 1) != std::string_view::npos)
        return false;
    return std::none_of(text.begin(), text.end(), [](unsigned char c) {
        return c <= 0x20 || c == 0x7f || c == '/' || c == '"' || c == '\'' || c == '&' || c == '<' || c == '>' || c == ':';
    });
}

std::vector<std::string> sentIds(const Element &message)
{
    std::vector<std::string> ids;
    if (const std::string_view id = message.attribute("id"); !id.empty())
        ids.emplace_back(id);
    if (const Element *origin = message.child("origin-id", xmlns::kStanzaId))
        if (const std::string_view id = origin->attribute("id"); !id.empty())
            ids.emplace_back(id);
    return ids;
}

std::string stanzaId(const Element &message, std::string_view by)
{
    for (const Element &c : message.children)
        if (c.is("stanza-id", xmlns::kStanzaId) && c.attribute("by") == by)
            return safeLine(c.attribute("id"), kIdLimit);
    return {};
}

bool isOurs(const Element &message, const ReadContext &context)
{
    const std::string_view from = message.attribute("from");
    if (context.room.empty())
        return bareOf(from) == context.ownJid;
    if (bareOf(from) != context.room || resourceOf(from).empty())
        return false;
    // Rooms add the real JID to what they archive (XEP-0313 section 7.1) and strip it from what members send.
    const std::string real = realJidOf(message);
    return real.empty() ? resourceOf(from) == context.ownNick : real == context.ownJid;
}

std::optional<ChatEvent> readMessage(const Element &message, const ReadContext &context)
{
    ChatEvent event;
    if (!readContent(message, event))
        return {};
    fillCommon(message, context, event);
    const std::string_view from = message.attribute("from");
    event.direct = message.attribute("type") != "groupchat";
    event.eventId = stanzaId(message, event.direct ? context.ownJid : context.room);
    event.serverTime = delayed(message, context, event.replayed);
    if (context.room.empty()) {
        event.senderId = safeLine(bareOf(from)); // the server stamps it (RFC 6120 section 8.1.2.1)
        event.identityVerified = isBareJid(event.senderId);
        event.own = event.senderId == context.ownJid;
    } else {
        const std::string_view nick = resourceOf(from);
        const Identity identity = nick.empty() || !isInOrder(message, context) ? Identity{} : context.who(nick);
        event.senderId = identity.id.empty() ? occupantIdOf(message) : identity.id;
        event.identityVerified = identity.verified && !event.replayed;
        event.own = (!nick.empty() && nick == context.ownNick) || event.senderId == context.ownJid;
    }
    return event;
}

std::optional<ChatEvent> readArchived(const Element &result, const ReadContext &context)
{
    const Element *forwarded = result.child("forwarded", xmlns::kForward);
    const Element *message = forwarded ? forwarded->child("message", xmlns::kClient) : nullptr;
    if (!message || message->attribute("type") == "error")
        return {};
    const std::string_view from = message->attribute("from");
    if (!context.room.empty() && bareOf(from) != context.room)
        return {};
    ChatEvent event;
    if (!readContent(*message, event))
        return {};
    fillCommon(*message, context, event);
    event.eventId = safeLine(result.attribute("id"), kIdLimit);
    event.replayed = true;
    event.direct = context.room.empty();
    bool stamped = false;
    event.serverTime = delayed(*forwarded, context, stamped);
    if (event.direct) {
        event.senderId = safeLine(bareOf(from));
        event.own = event.senderId == context.ownJid;
        return event;
    }
    // Still not "verified": nothing from history is ever obeyed.
    const std::string real = realJidOf(*message);
    event.senderId = real.empty() ? occupantIdOf(*message) : real;
    event.own = isOurs(*message, context);
    return event;
}

Element writeOutgoing(const Outgoing &outgoing, std::string_view text, std::string_view id)
{
    using Kind = Outgoing::Kind;
    const bool direct = outgoing.kind == Kind::Direct;
    Element message("message", xmlns::kClient);
    message.set("to", direct ? outgoing.person : outgoing.room).set("id", id);
    if (outgoing.kind != Kind::Invite)
        message.set("type", direct ? "chat" : "groupchat");
    message.add("origin-id", xmlns::kStanzaId).set("id", id);
    const auto store = [&] { message.add("store", xmlns::kHints); };
    const std::string &byArchive = outgoing.target.eventId.empty() ? outgoing.target.messageId : outgoing.target.eventId;
    const std::string &bySender = outgoing.target.messageId.empty() ? outgoing.target.eventId : outgoing.target.messageId;
    switch (outgoing.kind) {
    case Kind::Edit:
        message.add("replace", xmlns::kCorrect).set("id", bySender);
        [[fallthrough]];
    case Kind::Message:
        message.add("body", xmlns::kClient, text);
        break;
    case Kind::Direct:
        message.add("body", xmlns::kClient, text);
        message.add("request", xmlns::kReceipts);
        store();
        break;
    case Kind::Reaction: {
        Element &reactions = message.add("reactions", xmlns::kReactions).set("id", byArchive);
        for (const std::string &emoji : outgoing.emojis)
            reactions.add("reaction", xmlns::kReactions, emoji);
        store(); // without it prosody and ejabberd archive no message without a body
        break;
    }
    case Kind::Retraction:
        message.add("retract", xmlns::kRetract1).set("id", byArchive);
        message.add("fallback", xmlns::kFallback).set("for", xmlns::kRetract1);
        message.add("body", xmlns::kClient, "(this message was retracted)");
        store();
        break;
    case Kind::Topic:
        message.add("subject", xmlns::kClient, text);
        return message;
    case Kind::Archive: break; // refused by send()
    case Kind::Invite:
        message.add("x", xmlns::kMucUser).add("invite", xmlns::kMucUser).set("to", outgoing.person)
            .add("reason", xmlns::kMucUser, text);
        return message;
    }
    if (!outgoing.thread.empty())
        message.add("thread", xmlns::kClient, outgoing.thread);
    return message;
}

} // namespace qd::chat
