// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/connector.h"

namespace qd::chat {

std::string_view word(ConnectorState state)
{
    switch (state) {
    case ConnectorState::Offline: return "offline";
    case ConnectorState::Connecting: return "connecting";
    case ConnectorState::Authenticating: return "authenticating";
    case ConnectorState::CatchingUp: return "catching up";
    case ConnectorState::Live: return "live";
    case ConnectorState::Degraded: return "degraded";
    case ConnectorState::AuthFailed: return "authentication failed";
    }
    return "offline";
}

void ChatConnector::post(const Uuid &idem, const std::string &room, const std::string &text, const std::string &thread)
{
    Outgoing out;
    out.idem = idem;
    out.room = room;
    out.text = text;
    out.thread = thread;
    send(out);
}

void ChatConnector::postDirect(const Uuid &idem, const std::string &person, const std::string &text)
{
    Outgoing out;
    out.idem = idem;
    out.kind = Outgoing::Kind::Direct;
    out.person = person;
    out.text = text;
    send(out);
}

void ChatConnector::edit(const Uuid &idem, const std::string &room, const MessageRef &target, const std::string &text)
{
    Outgoing out;
    out.idem = idem;
    out.kind = Outgoing::Kind::Edit;
    out.room = room;
    out.target = target;
    out.text = text;
    send(out);
}

void ChatConnector::react(const Uuid &idem, const std::string &room, const MessageRef &target,
                          const std::vector<std::string> &emojis)
{
    Outgoing out;
    out.idem = idem;
    out.kind = Outgoing::Kind::Reaction;
    out.room = room;
    out.target = target;
    out.emojis = emojis;
    send(out);
}

void ChatConnector::retract(const Uuid &idem, const std::string &room, const MessageRef &target)
{
    Outgoing out;
    out.idem = idem;
    out.kind = Outgoing::Kind::Retraction;
    out.room = room;
    out.target = target;
    send(out);
}

void ChatConnector::setTopic(const Uuid &idem, const std::string &room, const std::string &topic)
{
    Outgoing out;
    out.idem = idem;
    out.kind = Outgoing::Kind::Topic;
    out.room = room;
    out.text = topic;
    send(out);
}

void ChatConnector::invite(const Uuid &idem, const std::string &room, const std::string &person, const std::string &reason)
{
    Outgoing out;
    out.idem = idem;
    out.kind = Outgoing::Kind::Invite;
    out.room = room;
    out.person = person;
    out.text = reason;
    send(out);
}

void ChatConnector::archive(const Uuid &idem, const std::string &room)
{
    Outgoing out;
    out.idem = idem;
    out.kind = Outgoing::Kind::Archive;
    out.room = room;
    send(out);
}

} // namespace qd::chat
