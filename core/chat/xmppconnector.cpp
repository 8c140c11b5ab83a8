// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppconnector.h"

#include "core/base/log.h"
#include "core/chat/textparts.h"
#include "core/chat/websockettransport.h"
#include "core/net/limits.h"

#include <QUrl>
#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kMaxText = 32 * 1024; ///< bytes; far below any server's stanza limit even when every byte is escaped

Span spanOf(std::chrono::milliseconds ms)
{
    return millis(ms.count());
}

Caps xmppCaps()
{
    Caps caps;
    caps.createRoom = caps.setTopic = caps.invite = caps.threads = caps.edit = caps.remove = true;
    caps.reactions = caps.reactionsInCatchUp = caps.direct = caps.verifiedIdentity = caps.historyQuery = caps.serverOrder = true;
    caps.multiline = caps.directCatchUp = caps.historyIdentity = caps.historyDurable = caps.privateRooms = true;
    caps.ack = Caps::Ack::Echo;
    caps.resume = Caps::Resume::Cursor;
    caps.idempotency = Caps::Idempotency::None; // XMPP drops no duplicates; we look before we repeat
    caps.maxText = kMaxText;
    caps.unit = Caps::Unit::Bytes;
    return caps;
}

} // namespace

Result<std::unique_ptr<XmppConnector>> XmppConnector::make(XmppSettings settings, const Clock &clock, Random &random,
                                                           TransportFactory transports)
{
    if (!isBareJid(settings.jid))
        return fail(Code::Invalid, "the XMPP account must look like user@example.org");
    if (settings.password.isEmpty())
        return fail(Code::Invalid, "the XMPP account " + settings.jid + " has no password");
    if (settings.mucHost.empty() || !isBareJid("room@" + settings.mucHost))
        return fail(Code::Invalid, "the host for rooms must look like conference.example.org");
    if (settings.nick.empty())
        settings.nick = settings.jid.substr(0, settings.jid.find('@'));
    if (!transports) {
        const auto url = WebSocketTransport::checkUrl(settings.url);
        if (!url)
            return tl::unexpected<Error>(url.error());
        WebSocketLine line;
        line.url = *url;
        line.subprotocol = QStringLiteral("xmpp");
        line.caFile = QString::fromStdString(settings.caFile);
        line.maxFrame = net::kWebSocketMessage; // above the stanza limit, so that one too large is refused by itself and not with the line
        transports = [line] { return std::make_unique<WebSocketTransport>(line); };
    }
    return std::unique_ptr<XmppConnector>(new XmppConnector(std::move(settings), clock, random, std::move(transports)));
}

XmppConnector::XmppConnector(XmppSettings settings, const Clock &clock, Random &random, TransportFactory transports)
    : m_settings(std::move(settings))
    , m_clock(clock)
    , m_caps(xmppCaps())
    , m_files("The file's server")
    , m_session(m_settings.jid, m_settings.password.duplicate(), std::move(transports), random, m_settings.timings)
    , m_outbox(*this, clock, m_settings.timings.confirmWithin)
    , m_attempts(random, m_settings.timings)
    , m_pace(m_settings.timings.perKibi, m_settings.timings.burst)
{
    // By value and without parent in their own classes; as children they move to the connector's thread with it.
    m_files.setParent(this);
    for (QObject *part : {static_cast<QObject *>(&m_session), static_cast<QObject *>(&m_outbox), static_cast<QObject *>(&m_attempts), static_cast<QObject *>(&m_pace)})
        part->setParent(this);
    connect(&m_pace, &Pace::freed, this, [this] { m_outbox.pump(); });
    connect(&m_attempts, &Attempts::due, this, [this] {
        setState(ConnectorState::Connecting);
        m_session.start();
    });
    connect(&m_session, &XmppSession::authenticating, this, [this] { setState(ConnectorState::Authenticating); });
    connect(&m_session, &XmppSession::ready, this, &XmppConnector::onReady);
    connect(&m_session, &XmppSession::lost, this, &XmppConnector::onLost);
    connect(&m_session, &XmppSession::stanza, this, &XmppConnector::onStanza);
    connect(&m_session, &XmppSession::stanzaRefused, this, &XmppConnector::onStanzaRefused);
    connect(&m_outbox, &Outbox::delivery, this, &XmppConnector::delivery);
    follow({}, {});
}

void XmppConnector::silence(XmppFollower &follower)
{
    follower.disconnect(this);
    follower.story().disconnect(this);
}

XmppConnector::~XmppConnector()
{
    m_session.disconnect(this);
    m_outbox.disconnect(this);
    for (auto &[jid, room] : m_rooms)
        silence(*room.follower);
}

std::vector<Member> XmppConnector::members(const std::string &room) const
{
    const auto it = m_rooms.find(room);
    return it == m_rooms.end() ? std::vector<Member>() : it->second.follower->members();
}

void XmppConnector::open()
{
    if (std::exchange(m_wanted, true))
        return;
    setState(ConnectorState::Connecting);
    m_session.start();
}

void XmppConnector::close()
{
    m_wanted = false;
    m_attempts.stop();
    m_session.stop();
    m_outbox.lineChanged();
    for (auto &[jid, room] : m_rooms)
        room.follower->lineLost();
    setState(ConnectorState::Offline);
}

XmppConnector::Room &XmppConnector::follow(const std::string &jid, const std::string &cursor)
{
    if (const auto it = m_rooms.find(jid); it != m_rooms.end())
        return it->second;
    Room &room = m_rooms[jid];
    room.follower = std::make_unique<XmppFollower>(m_session, m_archive, m_clock, m_settings.timings, m_settings.name, jid,
                                                   m_settings.nick, cursor);
    XmppFollower *follower = room.follower.get();
    if (m_former.erase(jid) > 0) // once: whoever joins it later means what is there by then
        follower->setFormer();
    follower->setParent(this);
    connect(follower, &XmppFollower::phaseChanged, this, [this] {
        refresh();
        m_outbox.pump();
    });
    connect(&follower->story(), &Story::event, this, &XmppConnector::event);
    connect(&follower->story(), &Story::recovered, this, &XmppConnector::recovered);
    connect(&follower->story(), &Story::cursorAdvanced, this,
            [this, jid](const std::string &at) { Q_EMIT cursorAdvanced(jid, at); });
    connect(follower, &XmppFollower::ownSeen, this, [this, jid](const std::vector<std::string> &ids, const MessageRef &message) {
        for (const std::string &id : ids)
            m_outbox.confirmed(jid, id, message);
    });
    connect(follower, &XmppFollower::ready, this, [this, jid](bool created, const std::string &at) {
        if (jid.empty())
            return;
        const std::vector<Uuid> requests = std::exchange(m_rooms[jid].requests, {});
        m_rooms[jid].follower->setTitle({}); // said once
        for (const Uuid &idem : requests)
            Q_EMIT roomReady({idem, jid, created, at});
        if (requests.empty())
            Q_EMIT roomReady({{}, jid, created, at});
    });
    connect(follower, &XmppFollower::failed, this, [this, jid](const Error &why) { letGo(jid, why); });
    return room;
}

void XmppConnector::createRoom(const RoomRequest &request)
{
    const std::string name = localPart(request.name);
    if (name.empty()) {
        Q_EMIT roomFailed(request.idem, {}, {Code::Invalid, "a room needs a name with letters or digits"});
        return;
    }
    const std::string jid = name + '@' + m_settings.mucHost;
    const bool known = m_rooms.contains(jid);
    Room &room = follow(jid, {});
    if (known && request.isPrivate && !room.follower->isPrivate()) {
        Q_EMIT roomFailed(request.idem, jid, {Code::Conflict, "we are in a room of that name already, which others may enter"});
        return;
    }
    if (known && room.follower->phase() == XmppFollower::Phase::Live) {
        Q_EMIT roomReady({request.idem, jid, false, room.follower->cursor()});
        return;
    }
    room.requests.push_back(request.idem);
    room.follower->setTitle(request.title);
    if (known)
        return;
    room.follower->setPrivate(request.isPrivate);
    room.follower->enter();
}

void XmppConnector::retitle(const Uuid &request, const std::string &title)
{
    for (auto &[jid, room] : m_rooms)
        if (std::find(room.requests.begin(), room.requests.end(), request) != room.requests.end())
            room.follower->setTitle(title);
}

void XmppConnector::attach(const std::string &jid, const std::string &cursor)
{
    if (!jid.empty() && !isBareJid(jid)) {
        Q_EMIT roomFailed({}, jid, {Code::Invalid, "a room's address must look like name@" + m_settings.mucHost});
        return;
    }
    const bool known = m_rooms.contains(jid);
    Room &room = follow(jid, cursor);
    if (!known)
        room.follower->enter();
    else if (room.follower->phase() == XmppFollower::Phase::Out && !cursor.empty())
        room.follower->setCursor(cursor);
    else if (room.follower->phase() == XmppFollower::Phase::Live && !jid.empty())
        Q_EMIT roomReady({{}, jid, false, room.follower->cursor()});
}

void XmppConnector::join(const JoinRequest &request)
{
    if (!isBareJid(request.room)) {
        Q_EMIT roomFailed(request.idem, request.room, {Code::Invalid, "a room's address must look like name@" + m_settings.mucHost});
        return;
    }
    if (const auto it = m_rooms.find(request.room); it != m_rooms.end()) {
        if (it->second.follower->phase() == XmppFollower::Phase::Live)
            Q_EMIT roomReady({request.idem, request.room, false, it->second.follower->cursor()});
        else
            it->second.requests.push_back(request.idem);
        return;
    }
    Room &room = follow(request.room, request.cursor);
    room.requests.push_back(request.idem);
    room.follower->setForeign(request.since);
    room.follower->setPrivate(request.isPrivate);
    room.follower->enter();
}

void XmppConnector::detach(const std::string &jid)
{
    const auto it = m_rooms.find(jid);
    if (jid.empty() || it == m_rooms.end())
        return;
    it->second.follower->leave();
    letGo(jid, {Code::Unavailable, "the room was left"});
}

/// Called from the follower's own signals too, so it dies later.
void XmppConnector::letGo(const std::string &jid, const Error &why)
{
    const auto it = m_rooms.find(jid);
    if (it == m_rooms.end())
        return;
    const std::vector<Uuid> requests = std::move(it->second.requests);
    silence(*it->second.follower);
    it->second.follower->leave();
    it->second.follower.release()->deleteLater();
    m_rooms.erase(it);
    m_outbox.drop(jid, why.message);
    for (const Uuid &idem : requests)
        Q_EMIT roomFailed(idem, jid, why);
    if (requests.empty())
        Q_EMIT roomFailed({}, jid, why);
    refresh();
}

void XmppConnector::send(const Outgoing &outgoing)
{
    const bool direct = outgoing.kind == Outgoing::Kind::Direct;
    const bool needsPerson = direct || outgoing.kind == Outgoing::Kind::Invite;
    std::string wrong;
    if (needsPerson && !isBareJid(outgoing.person))
        wrong = "\"" + outgoing.person + "\" is no XMPP address of a person";
    else if (!direct && (outgoing.room.empty() || !m_rooms.contains(outgoing.room)))
        wrong = "we are not in the room " + outgoing.room;
    using Kind = Outgoing::Kind;
    const bool needsTarget = outgoing.kind == Kind::Edit || outgoing.kind == Kind::Reaction || outgoing.kind == Kind::Retraction;
    if (needsTarget && outgoing.target == MessageRef{})
        wrong = "there is no message named to edit, react to or retract";
    if (outgoing.kind == Kind::Archive) // to destroy it would lose what was said there
        wrong = "XMPP has no archive a room could go to; leave it";
    if (wrong.empty())
        return m_outbox.add(outgoing);
    Q_EMIT delivery({outgoing.idem, Delivery::Failed, {}, wrong, m_clock.now()});
}

void XmppConnector::fetchSince(const std::string &jid, const std::string &cursor)
{
    if (const auto it = m_rooms.find(jid); it != m_rooms.end())
        it->second.follower->fetchSince(cursor);
}

void XmppConnector::readFile(const FileAsked &asked, Read done)
{
    const std::string url = fileNamed(asked.text, asked.number);
    auto address = fileAddress(url);
    if (url.empty() || !address)
        return done(url.empty() ? fail(Code::NotFound, "That message named no such file.") : tl::unexpected(address.error()));
    const std::string domain = m_settings.jid.substr(m_settings.jid.find('@') + 1);
    const std::string server = QUrl(QString::fromStdString(m_settings.url)).host().toStdString();
    const bool isOurs = address->host == domain || address->host.ends_with('.' + domain) || address->host == server;
    FileFetch::From from{std::move(*address), fileNameIn(url)};
    from.policy = isOurs ? net::AddressPolicy::configured() : net::AddressPolicy::strict();
    from.caFile = isOurs ? m_settings.caFile : std::string();
    from.isPage = true; // nobody signs in anywhere for it
    m_files.get(std::move(from), asked.most, std::move(done));
}

bool XmppConnector::canSend(const std::string &lane) const
{
    if (!m_session.isReady() || !m_pace.isFree())
        return false;
    if (lane.starts_with('@'))
        return true;
    const auto it = m_rooms.find(lane);
    return it != m_rooms.end() && it->second.follower->phase() == XmppFollower::Phase::Live;
}

void XmppConnector::transmit(const Outgoing &outgoing, const std::string &text, const std::string &id)
{
    const auto room = m_rooms.find(outgoing.room);
    if (outgoing.kind == Outgoing::Kind::Invite && room != m_rooms.end() && room->second.follower->isForMembers())
        return admit(outgoing, [this, outgoing, text, id] { put(outgoing, text, id); });
    put(outgoing, text, id);
}

/// Makes a member of whoever is asked into a room for members (XEP-0045 section 9.3). Where that is not ours to do, the room's own word on the invitation says so.
void XmppConnector::admit(const Outgoing &outgoing, std::function<void()> then)
{
    m_pace.take(1);
    Element iq("iq", xmlns::kClient);
    iq.set("type", "set").set("to", outgoing.room);
    iq.add("query", xmlns::kMucAdmin).add("item", xmlns::kMucAdmin).set("affiliation", "member").set("jid", outgoing.person);
    m_session.request(std::move(iq), [then = std::move(then)](const Result<Element> &answer) {
        if (answer || answer.error().code != Code::Unavailable) // else it is tried again when its time is over
            then();
    });
}

void XmppConnector::put(const Outgoing &outgoing, const std::string &text, const std::string &id)
{
    m_pace.take(1 + static_cast<int>(text.size() / net::kKibi));
    // By the names they have in the room now: one that is joined for this message was empty until then.
    m_session.send(writeOutgoing(outgoing, (beginsIt(outgoing, id) ? calledByNick(outgoing, members(outgoing.room)) : std::string()) + text, id));
    using Kind = Outgoing::Kind;
    if (outgoing.kind != Kind::Direct && outgoing.kind != Kind::Invite && outgoing.kind != Kind::Topic)
        return; // the room's echo confirms it
    // These do not come back (a topic comes without its id, and not at all when it is the same). A stream keeps its order (RFC 6120 section 10.1), so the answer to a ping behind them shows
    // that the server has taken them.
    Element iq("iq", xmlns::kClient);
    iq.set("type", "get").set("to", m_session.domain());
    iq.add("ping", xmlns::kPing);
    m_session.request(std::move(iq), [this, lane = Outbox::laneOf(outgoing), id](const Result<Element> &answer) {
        if (answer || answer.error().code != Code::Unavailable)
            m_outbox.confirmed(lane, id, {{}, id}, "the server took it");
    });
}

void XmppConnector::lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done)
{
    const bool direct = outgoing.kind == Outgoing::Kind::Direct;
    XmppArchive::Query query;
    query.archive = direct ? std::string() : outgoing.room;
    query.start = since - Outbox::kClocksDiffer;
    if (direct)
        query.with = outgoing.person;
    const auto found = std::make_shared<MessageRef>();
    const auto it = m_rooms.find(query.archive);
    if (it == m_rooms.end())
        return done(Outbox::Found::CannotTell, {});
    m_archive.read(
        std::move(query),
        [found, id, context = it->second.follower->context()](const Element &result, const QByteArray &) {
            const Element *forwarded = result.child("forwarded", xmlns::kForward);
            const Element *message = forwarded ? forwarded->child("message", xmlns::kClient) : nullptr;
            if (!message)
                return;
            const auto ids = sentIds(*message);
            if (isOurs(*message, context) && std::find(ids.begin(), ids.end(), id) != ids.end())
                *found = {std::string(result.attribute("id")), id};
        },
        [](const std::string &) {},
        [found, done = std::move(done)](const Result<> &read) {
            if (!found->eventId.empty())
                done(Outbox::Found::Yes, *found);
            else if (read)
                done(Outbox::Found::No, {});
            else
                done(read.error().code == Code::Unavailable ? Outbox::Found::AskAgain : Outbox::Found::CannotTell, {});
        });
}

std::vector<std::string> XmppConnector::split(const Outgoing &outgoing) const
{
    const bool splits = outgoing.kind == Outgoing::Kind::Message || outgoing.kind == Outgoing::Kind::Direct;
    auto parts = splitText(outgoing.text, kMaxText);
    if (!splits)
        parts.resize(1); // an edit, topic or reason has no second message to go on in
    return parts;
}

void XmppConnector::onReady(bool resumed)
{
    m_attempts.held();
    m_pace.fill();
    if (resumed)
        m_outbox.lineResumed();
    else
        m_outbox.lineChanged();
    std::vector<XmppFollower *> followers;
    for (auto &[jid, room] : m_rooms)
        followers.push_back(room.follower.get());
    for (XmppFollower *follower : followers) {
        if (resumed)
            follower->lineResumed();
        else
            follower->enter();
    }
    refresh();
    m_outbox.pump();
}

void XmppConnector::onLost(const Error &why, bool refused)
{
    m_attempts.stop();
    for (auto &[jid, room] : m_rooms)
        room.follower->lineLost();
    if (refused) {
        m_wanted = false;
        log(LogLevel::Error, "chat", why);
        return setState(ConnectorState::AuthFailed, why.message);
    }
    if (!m_wanted)
        return;
    m_attempts.later(why.code == Code::TooLarge ? bePatient() : std::chrono::milliseconds(0));
    log(LogLevel::Warning, "chat", why);
    setState(ConnectorState::Degraded, why.message);
}

void XmppConnector::onStanza(const Element &stanza, const QByteArray &raw)
{
    const std::string room(bareOf(stanza.attribute("from")));
    if (stanza.name == "message")
        return onMessage(stanza, raw);
    if (const auto it = m_rooms.find(room); !room.empty() && it != m_rooms.end())
        it->second.follower->onPresence(stanza);
}

void XmppConnector::onMessage(const Element &message, const QByteArray &raw)
{
    if (m_archive.take(message, raw))
        return;
    const std::string_view type = message.attribute("type");
    if (type == "error")
        return onError(message);
    const std::string from(bareOf(message.attribute("from")));
    const auto room = m_rooms.find(from);
    if (room != m_rooms.end() && !from.empty())
        return room->second.follower->onMessage(message, raw);
    if (type == "groupchat" || type == "headline" || from.empty() || !isBareJid(from))
        return; // a room we left, or no person
    if (const Element *receipt = message.child("received", xmlns::kReceipts))
        m_outbox.confirmed('@' + from, std::string(receipt->attribute("id")), {{}, std::string(receipt->attribute("id"))},
                           "the person's client has it");
    if (message.child("x", xmlns::kMucUser))
        return; // an invitation: rooms are joined by the desk's decision only
    m_rooms.at({}).follower->onMessage(message, raw);
}

void XmppConnector::onError(const Element &message)
{
    const std::string from(bareOf(message.attribute("from")));
    const std::string id(message.attribute("id"));
    const Error error = stanzaError(message);
    const auto room = m_rooms.find(from);
    // Who cannot be reached now (a server that is away says "wait" too) is called by another way; too much of us is another matter.
    const bool tooMuch = error.code == Code::TooLarge && (error.detail == "policy-violation" || error.detail == "resource-constraint");
    if (room == m_rooms.end() || from.empty())
        return m_outbox.refused('@' + from, id, from + " could not be reached: " + error.message, tooMuch ? std::optional(bePatient()) : std::nullopt);
    std::optional<std::chrono::milliseconds> retryAfter;
    if (error.detail == "not-acceptable") { // we are not in the room any more: join it, then send again
        retryAfter = std::chrono::milliseconds(0);
        room->second.follower->seatLost();
    } else if (error.code == Code::TooLarge) { // "wait"
        retryAfter = bePatient();
    }
    m_outbox.refused(from, id, error.message, retryAfter);
}

std::chrono::milliseconds XmppConnector::bePatient()
{
    Q_EMIT rateLimited(m_clock.now() + spanOf(m_settings.timings.patience));
    return m_settings.timings.patience;
}

/// One message was beyond the limits and is not read. Which room it was for cannot be known without reading it.
void XmppConnector::onStanzaRefused(const Error &why)
{
    log(LogLevel::Warning, "chat", why);
    ChatEvent gap;
    gap.connector = m_settings.name;
    gap.kind = ChatEvent::Kind::Gap;
    gap.text = "one message was refused: " + why.message;
    gap.gapFrom = gap.serverTime = gap.receivedAt = m_clock.now();
    gap.replayed = true;
    Q_EMIT event(gap);
}

void XmppConnector::refresh()
{
    using Phase = XmppFollower::Phase;
    if (!m_session.isReady())
        return;
    std::string trouble;
    bool busy = false;
    for (const auto &[jid, room] : m_rooms) {
        const Phase phase = room.follower->phase();
        busy = busy || phase == Phase::Joining || phase == Phase::Configuring || phase == Phase::CatchingUp;
        if (phase == Phase::Waiting)
            trouble = room.follower->trouble();
    }
    setState(!trouble.empty() ? ConnectorState::Degraded : busy ? ConnectorState::CatchingUp : ConnectorState::Live, trouble);
}

void XmppConnector::setState(ConnectorState state, const std::string &reason)
{
    if (m_state == state && m_reason == reason)
        return;
    m_state = state;
    m_reason = reason;
    Q_EMIT stateChanged(state, reason);
}

} // namespace qd::chat
