// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/chatedge.h"

#include "core/base/ascii.h"
#include "core/base/encoding.h"
#include "core/comms/addressee.h"

#include <QPointer>

#include <algorithm>

/// What rooms and people say, on its way to the desk.
namespace qd::app {

using events::MessageKind;

namespace {


/// What a reader of the timeline can use; joins and leaves are not recorded.
std::optional<MessageKind> messageKindOf(chat::ChatEvent::Kind kind)
{
    using Kind = chat::ChatEvent::Kind;
    switch (kind) {
    case Kind::Message:
    case Kind::Command:
    case Kind::Action: return MessageKind::Message;
    case Kind::Edit: return MessageKind::Edit;
    case Kind::Delete: return MessageKind::Removal;
    case Kind::Reaction: return MessageKind::Reaction;
    case Kind::Unreaction: return MessageKind::Unreaction;
    case Kind::Topic: return MessageKind::Topic;
    case Kind::Join:
    case Kind::Leave:
    case Kind::Gap: break;
    }
    return std::nullopt;
}

/// What was said; in a command that is for somebody who was called by a mention, with their address.
const std::string &heardAs(const chat::ChatEvent &e)
{
    const bool mayCommand = e.kind == chat::ChatEvent::Kind::Message && !e.own && !e.replayed && e.identityVerified;
    return mayCommand && !e.addressed.empty() && comms::addresseeOf(e.addressed) ? e.addressed : e.text;
}

/// What a gap is of, as the record has it; "" for messages, and with them everything.
std::string missingIn(const chat::ChatEvent &gap)
{
    if (gap.ofDeletions && gap.ofReactions)
        return "deletions, reactions";
    return gap.ofDeletions ? "deletions" : gap.ofReactions ? "reactions" : "";
}

std::string bare(const std::string &address)
{
    return address.substr(0, address.find('/'));
}

} // namespace

/// Said before the first of its messages is: what the incident was told of a room has a room to stand in.
void ChatEdge::tellAttached(const std::string &connection, Line &line, const std::string &room)
{
    if (const auto joining = line.joining.extract(room))
        hand(events::RoomLinked{joining.mapped(), connection, room, false, true, false, line.connector->channelOf(room)});
}

void ChatEdge::onRoomReady(const std::string &connection, const chat::RoomReport &report)
{
    const auto it = m_sent.find(report.idem);
    if (!report.idem || it == m_sent.end())
        return;
    Line &line = m_lines[connection];
    line.incidents[report.room] = it->second.incident;
    if (it->second.attaches)
        tellAttached(connection, line, report.room);
    else
        hand(events::RoomLinked{it->second.incident, connection, report.room, report.created, false, it->second.isPrivate, line.connector->channelOf(report.room)});
    m_moved(it->second.number, Delivery::Confirmed, report.room, {}, Looked::NotYet, {});
}

std::string ChatEdge::personOf(const Line &line, const chat::ChatEvent &e) const
{
    if (!e.identityVerified)
        return {};
    const Person *p = m_workspace->personSpeaking(line.closed, e.senderId);
    return p ? p->id : std::string();
}

void ChatEdge::hearWord(const std::string &connection, const Line &line, const chat::ChatEvent &e)
{
    constexpr std::string_view kBind = "!bind ";
    const std::string said = asciiLower(e.text.substr(0, 200));
    if (e.own || e.kind != chat::ChatEvent::Kind::Message || !said.starts_with(kBind))
        return;
    const auto from = said.find_first_not_of(' ', kBind.size());
    if (from == std::string::npos)
        return;
    const auto until = said.find_last_not_of(" \t\r\n");
    const auto incident = line.incidents.find(e.room);
    hand(events::IdentitySaid{connection, e.direct ? std::string() : e.room, e.direct || incident == line.incidents.end() ? std::string() : incident->second,
                                       asciiLower(line.closed ? e.senderId : bare(e.senderId)), sha256Hex(said.substr(from, until + 1 - from)), e.serverTime,
                                       e.identityVerified, e.replayed});
}

/// What somebody asks of us alone. What is no command is nobody's business and goes nowhere.
bool ChatEdge::commanded(const std::string &connection, const Line &line, const chat::ChatEvent &e, const desk::HandOver::Kept &kept)
{
    if (!e.identityVerified || e.own || e.replayed || asciiLower(e.text.substr(0, 6)).starts_with("!bind "))
        return false;
    events::MessageSeen m;
    m.connection = connection;
    m.messageId = e.eventId.empty() ? e.messageId : e.eventId;
    m.sender = line.closed ? e.senderId : bare(e.senderId);
    m.nick = e.senderName;
    m.text = heardAs(e);
    m.thread = e.thread;
    m.serverTime = e.serverTime;
    m.verified = true;
    m.person = personOf(line, e);
    hand(std::move(m), kept);
    return true;
}

void ChatEdge::onEvent(const std::string &connection, const chat::ChatEvent &e)
{
    Line &line = m_lines[connection];
    hearWord(connection, line, e);
    desk::HandOver::Kept kept;
    if (e.receipt != 0)
        kept = [to = QPointer<chat::ChatConnector>(line.connector.get()), receipt = e.receipt] {
            if (to)
                to->kept(receipt);
        };
    if (!record(connection, line, e, kept) && kept)
        kept();
}

bool ChatEdge::record(const std::string &connection, Line &line, const chat::ChatEvent &e, const desk::HandOver::Kept &kept)
{
    const auto incident = line.incidents.find(e.room);
    if (e.direct && e.kind == chat::ChatEvent::Kind::Message && e.text.starts_with('!'))
        return commanded(connection, line, e, kept);
    if (e.direct || incident == line.incidents.end())
        return false; // not an incident's room
    if (e.roomGone && line.joining.contains(e.room))
        return false; // it was not entered again, which is said of the entry that asks for it, and why
    tellAttached(connection, line, e.room);
    if (e.kind == chat::ChatEvent::Kind::Gap) {
        if (e.roomGone)
            line.gone.insert(e.room);
        hand(events::RoomGapSeen{connection, e.room, incident->second, e.gapFrom, e.serverTime, missingIn(e), e.roomGone ? e.text : std::string()}, kept);
        return true;
    }
    const auto kind = messageKindOf(e.kind);
    if (!kind || (*kind == events::MessageKind::Topic && e.own)) // what we headed the room with follows from the timeline: it is no line of it
        return false;
    events::MessageSeen m;
    m.connection = connection;
    m.room = e.room;
    m.incident = incident->second;
    m.messageId = e.eventId.empty() ? e.messageId : e.eventId;
    if (!e.eventId.empty() && e.messageId != e.eventId)
        m.givenId = e.messageId;
    m.thread = e.thread;
    m.target = e.targetId;
    m.sender = e.senderId;
    m.nick = e.senderName;
    m.text = e.kind == chat::ChatEvent::Kind::Action ? "* " + e.senderName + " " + e.text : heardAs(e);
    m.kind = *kind;
    m.serverTime = e.serverTime;
    m.own = e.own;
    m.replayed = e.replayed;
    m.verified = e.identityVerified;
    m.person = personOf(line, e);
    m.wholeSet = e.wholeSet;
    if (e.emojis.empty()) {
        hand(std::move(m), kept);
        return true;
    }
    // The one that pins first: a whole set takes back what it does not begin with, until the rest of it is there.
    std::vector<std::string> emojis = e.emojis;
    std::stable_partition(emojis.begin(), emojis.end(), [this](const std::string &emoji) { return m_workspace->pinnedBy(emoji); });
    for (const auto &emoji : emojis) {
        m.emoji = emoji;
        hand(m, &emoji == &emojis.back() ? kept : desk::HandOver::Kept{});
        m.wholeSet = false; // the rest of the set adds to it
    }
    return true;
}

void ChatEdge::hand(events::Event event, desk::HandOver::Kept kept)
{
    m_handOver.take(std::move(event), std::move(kept));
    offerAgainLater();
}

void ChatEdge::offerAgainLater()
{
    if (m_handOver.isWaiting() && !m_again.isActive())
        m_again.start();
}

} // namespace qd::app
