// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/practiceconnector.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <chrono>

namespace qd::chat {

namespace {

constexpr std::string_view kHost = "@rooms.practice.invalid"; ///< RFC 2606: this name can be nobody's
constexpr std::string_view kOurName = "Quarterdeck";
constexpr std::chrono::milliseconds kConfirmWithin{5'000}; ///< the echo comes with the next turn of the event loop

Caps practiceCaps()
{
    Caps caps;
    caps.createRoom = caps.setTopic = caps.invite = caps.edit = caps.remove = caps.reactions = caps.direct = true;
    caps.verifiedIdentity = caps.historyQuery = caps.serverOrder = true;
    caps.multiline = caps.historyIdentity = true;
    caps.ack = Caps::Ack::Echo;
    caps.idempotency = Caps::Idempotency::Forever;
    caps.maxText = PracticeConnector::kTextLimit;
    return caps;
}

std::string addressOf(const std::string &name)
{
    std::string local;
    for (const char c : name)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')
            local += c;
    return local.empty() ? local : "practice-" + local + std::string(kHost);
}

} // namespace

PracticeConnector::PracticeConnector(std::string name, const Clock &clock, Random &random)
    : m_name(std::move(name)), m_clock(clock), m_random(random), m_caps(practiceCaps()), m_outbox(*this, clock, kConfirmWithin)
{
    m_outbox.setParent(this); // moves to the connector's thread with it
    connect(&m_outbox, &Outbox::delivery, this, &PracticeConnector::delivery);
}

PracticeConnector::~PracticeConnector()
{
    m_outbox.disconnect(this);
}

std::vector<Member> PracticeConnector::members(const std::string &room) const
{
    std::vector<Member> out;
    if (const auto it = m_rooms.find(room); it != m_rooms.end())
        for (const auto &[id, name] : it->second.members)
            out.push_back({id, name, true, id == kOurs});
    return out;
}

void PracticeConnector::open()
{
    if (m_state == ConnectorState::Live)
        return;
    setState(ConnectorState::Live);
    for (const auto &[address, room] : m_rooms)
        Q_EMIT recovered({address, Recovery::Kind::Resumed, m_clock.now(), m_clock.now(), 0, {}});
    m_outbox.pump();
}

void PracticeConnector::close()
{
    setState(ConnectorState::Offline);
    m_outbox.lineChanged();
}

void PracticeConnector::createRoom(const RoomRequest &request)
{
    const std::string address = addressOf(request.name);
    if (address.empty()) {
        Q_EMIT roomFailed(request.idem, {}, {Code::Invalid, "a room needs a name with letters or digits", {}});
        return;
    }
    const bool created = !m_rooms.contains(address);
    Q_EMIT roomReady({request.idem, address, created, enter(address).cursor});
}

void PracticeConnector::attach(const std::string &room, const std::string &cursor)
{
    if (!room.ends_with(kHost)) {
        Q_EMIT roomFailed({}, room, {Code::Invalid, "a practice room's address must look like name" + std::string(kHost), {}});
        return;
    }
    Room &r = enter(room);
    if (r.cursor.empty())
        r.cursor = cursor;
    Q_EMIT roomReady({{}, room, false, r.cursor});
}

void PracticeConnector::join(const JoinRequest &request)
{
    // A room followed before has its cursor: it was lost with the process that held it, and is there again for whoever speaks.
    if (!m_rooms.contains(request.room) && (request.cursor.empty() || !request.room.ends_with(kHost))) {
        Q_EMIT roomFailed(request.idem, request.room, {Code::NotFound, "there is no room " + request.room, {}});
        return;
    }
    Q_EMIT roomReady({request.idem, request.room, false, enter(request.room).cursor});
}

void PracticeConnector::detach(const std::string &room)
{
    if (m_rooms.erase(room) == 0)
        return;
    m_outbox.drop(room, "the room was left");
    Q_EMIT roomFailed({}, room, {Code::Unavailable, "the room was left", {}});
}

void PracticeConnector::send(const Outgoing &outgoing)
{
    std::string wrong;
    using Kind = Outgoing::Kind;
    if ((outgoing.kind == Kind::Direct || outgoing.kind == Kind::Invite) && outgoing.person.empty())
        wrong = "no person is named";
    else if (outgoing.kind == Kind::Archive)
        wrong = "practice rooms have no archive; leave it";
    else if (outgoing.kind != Kind::Direct && !m_rooms.contains(outgoing.room))
        wrong = "we are not in the room " + outgoing.room;
    if (wrong.empty())
        return m_outbox.add(outgoing);
    Q_EMIT delivery({outgoing.idem, Delivery::Failed, {}, wrong, m_clock.now()});
}

void PracticeConnector::fetchSince(const std::string &room, const std::string &)
{
    // Everything that was said here was emitted as it was said.
    if (m_rooms.contains(room))
        Q_EMIT recovered({room, Recovery::Kind::CaughtUp, m_clock.now(), m_clock.now(), 0, {}});
}

Result<> PracticeConnector::say(const Said &said)
{
    if (m_state != ConnectorState::Live)
        return fail(Code::Unavailable, "The practice rooms are closed.");
    const auto it = m_rooms.find(said.room);
    if (it == m_rooms.end())
        return fail(Code::NotFound, "There is no practice room \"" + safeLine(said.room, 80) + "\".");
    Room &room = it->second;
    if (said.text.size() > kTextLimit)
        return fail(Code::TooLarge, "A message in a practice room holds at most 8 KiB.");
    if (said.sender.empty() || said.sender == kOurs || said.text.empty())
        return fail(Code::Invalid, "Somebody must say something.");
    const auto find = [&](const std::string &id) {
        return std::find_if(room.messages.begin(), room.messages.end(), [&](const Message &m) { return m.messageId == id || m.eventId == id; });
    };
    const std::string sender = safeLine(said.sender), name = safeLine(said.name.empty() ? said.sender : said.name);
    using Kind = ChatEvent::Kind;
    ChatEvent event = happened(said.room, Kind::Message, sender, name);
    if (said.kind == Said::Kind::Message) {
        if (!said.id.empty() && find(said.id) != room.messages.end())
            return fail(Code::Invalid, "The id \"" + safeLine(said.id, 80) + "\" was used in this room already.");
        event.messageId = said.id;
        event.text = safeText(said.text);
    } else {
        const auto target = find(said.target);
        if (said.target.empty() || target == room.messages.end())
            return fail(Code::NotFound, "There is no message \"" + safeLine(said.target, 80) + "\" in this room.");
        if (said.kind == Said::Kind::Edit && target->sender != sender)
            return fail(Code::Forbidden, "Only who wrote a message edits it.");
        event.targetId = target->eventId;
        if (said.kind == Said::Kind::Edit) {
            event.kind = Kind::Edit;
            event.text = safeText(said.text);
        } else {
            event.kind = Kind::Reaction;
            event.emojis = {safeLine(said.text, 40)};
        }
    }
    room.members[sender] = name;
    emitIn(said.room, std::move(event));
    return {};
}

bool PracticeConnector::canSend(const std::string &lane) const
{
    return m_state == ConnectorState::Live && (lane.starts_with('@') || m_rooms.contains(lane));
}

void PracticeConnector::transmit(const Outgoing &outgoing, const std::string &text, const std::string &id)
{
    using Kind = Outgoing::Kind;
    ChatEvent event = happened(outgoing.room, ChatEvent::Kind::Message, std::string(kOurs), std::string(kOurName));
    event.own = true;
    event.messageId = id;
    event.text = safeText(text);
    event.targetId = outgoing.target.eventId.empty() ? outgoing.target.messageId : outgoing.target.eventId;
    switch (outgoing.kind) {
    case Kind::Message: break;
    case Kind::Edit: event.kind = ChatEvent::Kind::Edit; break;
    case Kind::Retraction: event.kind = ChatEvent::Kind::Delete; break;
    case Kind::Topic: event.kind = ChatEvent::Kind::Topic; break;
    case Kind::Reaction:
        event.kind = ChatEvent::Kind::Reaction;
        event.emojis = outgoing.emojis;
        event.wholeSet = true;
        break;
    case Kind::Archive: // refused by send()
    case Kind::Invite:
    case Kind::Direct: event.room.clear(); break;
    }
    const MessageRef message{event.eventId, id};
    const bool inRoom = !event.room.empty();
    // The echo comes in a turn of its own, as from a server, so that nothing is confirmed inside the call that sends it.
    QMetaObject::invokeMethod(
        this,
        [this, event = std::move(event), lane = Outbox::laneOf(outgoing), id, message, inRoom]() mutable {
            if (m_state != ConnectorState::Live)
                return; // the line broke before: it is looked up
            if (inRoom && m_rooms.contains(event.room))
                emitIn(event.room, std::move(event));
            m_outbox.confirmed(lane, id, message, inRoom ? std::string() : "practice: it is shown to nobody outside");
        },
        Qt::QueuedConnection);
}

void PracticeConnector::lookUp(const Outgoing &outgoing, const std::string &id, Instant, Outbox::LookedUp done)
{
    const auto it = m_rooms.find(outgoing.room);
    if (it == m_rooms.end())
        return done(Outbox::Found::No, {});
    const auto &messages = it->second.messages;
    const auto found = std::find_if(messages.begin(), messages.end(), [&](const Message &m) { return m.messageId == id; });
    if (found == messages.end())
        return done(Outbox::Found::No, {});
    done(Outbox::Found::Yes, {found->eventId, found->messageId});
}

std::vector<std::string> PracticeConnector::split(const Outgoing &outgoing) const
{
    std::vector<std::string> parts;
    for (std::string_view rest = outgoing.text; parts.empty() || !rest.empty();) {
        std::size_t end = std::min(rest.size(), kTextLimit);
        while (end < rest.size() && end > 0 && (static_cast<unsigned char>(rest[end]) & 0xC0) == 0x80)
            --end; // not inside a character
        parts.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return parts;
}

PracticeConnector::Room &PracticeConnector::enter(const std::string &address)
{
    Room &room = m_rooms[address];
    room.members[std::string(kOurs)] = kOurName;
    return room;
}

ChatEvent PracticeConnector::happened(const std::string &room, ChatEvent::Kind kind, const std::string &sender, const std::string &name) const
{
    ChatEvent event;
    event.connector = m_name;
    event.room = room;
    event.eventId = Uuid::make(m_clock, m_random).text();
    event.kind = kind;
    event.senderId = sender;
    event.senderName = name;
    event.serverTime = event.receivedAt = m_clock.now();
    event.identityVerified = true;
    return event;
}

void PracticeConnector::emitIn(const std::string &address, ChatEvent e)
{
    Room &room = m_rooms[address];
    if (e.kind == ChatEvent::Kind::Message) {
        room.messages.push_back({e.eventId, e.messageId, e.senderId});
        if (room.messages.size() > kMessagesKept)
            room.messages.pop_front();
    }
    room.cursor = e.eventId;
    Q_EMIT event(e);
    Q_EMIT cursorAdvanced(address, e.eventId);
}

void PracticeConnector::setState(ConnectorState state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state, {});
}

} // namespace qd::chat
