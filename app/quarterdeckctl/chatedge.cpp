// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/chatedge.h"

#include "core/base/ascii.h"
#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/chat/discordconnector.h"
#include "core/chat/ircconnector.h"
#include "core/chat/mattermostconnector.h"
#include "core/chat/slackconnector.h"
#include "core/chat/teamsconnector.h"
#include "core/chat/xmppconnector.h"
#include "core/notify/pagelink.h"

#include <QTimer>

namespace qd::app {

using events::Effect;
using events::MessageKind;

namespace {

constexpr std::size_t kNamesKept = 20'000; ///< ids of messages remembered a room

/// The words the rest of the core knows a line's state by.
std::string stateWord(chat::ConnectorState state)
{
    switch (state) {
    case chat::ConnectorState::CatchingUp: return "catching-up";
    case chat::ConnectorState::AuthFailed: return "auth-failed";
    default: return std::string(chat::word(state));
    }
}

chat::Outgoing::Kind kindOf(const events::OutboxQueued &what)
{
    if (notify::isToPerson(what))
        return chat::Outgoing::Kind::Direct;
    return what.effect == Effect::Topic ? chat::Outgoing::Kind::Topic : chat::Outgoing::Kind::Message;
}

/// What a reader of the timeline can use; joins and leaves are not recorded.
std::optional<MessageKind> kindOf(chat::ChatEvent::Kind kind)
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

chat::XmppSettings xmppSettings(const Connection &c, Secret secret)
{
    chat::XmppSettings settings;
    settings.name = c.name;
    settings.url = c.url;
    settings.jid = c.address;
    settings.password = std::move(secret);
    settings.mucHost = c.muc;
    settings.caFile = c.caFile;
    return settings;
}

chat::IrcSettings ircSettings(const Connection &c, Secret secret)
{
    chat::IrcSettings settings;
    settings.name = c.name;
    settings.url = c.url;
    settings.nick = c.address;
    settings.account = c.user;
    settings.password = std::move(secret);
    settings.network = c.muc;
    settings.caFile = c.caFile;
    return settings;
}

chat::SlackSettings slackSettings(const Connection &c, ChatEdge::Secrets secrets)
{
    chat::SlackSettings settings;
    settings.name = c.name;
    settings.url = c.url;
    settings.workspace = c.muc;
    settings.botToken = std::move(secrets.own);
    settings.appToken = std::move(secrets.app);
    settings.caFile = c.caFile;
    return settings;
}

chat::MattermostSettings mattermostSettings(const Connection &c, Secret secret)
{
    chat::MattermostSettings settings;
    settings.name = c.name;
    settings.url = c.url;
    settings.server = c.muc;
    settings.team = c.user;
    settings.token = std::move(secret);
    settings.caFile = c.caFile;
    return settings;
}

chat::DiscordSettings discordSettings(const Connection &c, Secret secret)
{
    chat::DiscordSettings settings;
    settings.name = c.name;
    settings.url = c.url;
    settings.host = c.muc;
    settings.guild = c.user;
    settings.category = c.category;
    settings.token = std::move(secret);
    settings.caFile = c.caFile;
    return settings;
}

chat::TeamsSettings teamsSettings(const Connection &c, Secret secret)
{
    chat::TeamsSettings settings;
    settings.name = c.name;
    settings.host = c.muc;
    settings.address = std::move(secret);
    settings.caFile = c.caFile;
    return settings;
}

template <typename Connector>
Result<std::unique_ptr<chat::ChatConnector>> made(Result<std::unique_ptr<Connector>> connector)
{
    if (!connector)
        return tl::unexpected(connector.error());
    return std::move(*connector);
}

std::string bare(const std::string &address)
{
    return address.substr(0, address.find('/'));
}

} // namespace

ChatEdge::ChatEdge(desk::Desk &desk, const Clock &clock, Random &random, std::string origin, Moved moved)
    : m_desk(desk)
    , m_clock(clock)
    , m_random(random)
    , m_origin(std::move(origin))
    , m_moved(std::move(moved))
    , m_door(std::make_shared<Door>())
    , m_handOver([&desk](events::Event event, desk::Done done) { desk.report(std::move(event), std::move(done)); },
                 [door = m_door](std::function<void()> answer) {
                     const std::lock_guard lock(door->mutex);
                     if (ChatEdge *edge = door->edge)
                         QMetaObject::invokeMethod(edge, [edge, answer = std::move(answer)] {
                             answer();
                             edge->offerAgainLater();
                         }, Qt::QueuedConnection);
                 })
    , m_again(this) // goes to another thread with it
{
    m_door->edge = this;
    m_again.setSingleShot(true);
    m_again.setInterval(kAgainMs);
    connect(&m_again, &QTimer::timeout, this, [this] {
        m_handOver.again();
        offerAgainLater();
    });
}

ChatEdge::~ChatEdge()
{
    const std::lock_guard lock(m_door->mutex);
    m_door->edge = nullptr;
}

Result<std::unique_ptr<chat::ChatConnector>> ChatEdge::connectorOf(const Connection &c, Secrets secrets) const
{
    if (c.kind == "practice")
        return std::make_unique<chat::PracticeConnector>(c.name, m_clock, m_random);
    if (c.kind == "irc")
        return made(chat::IrcConnector::make(ircSettings(c, std::move(secrets.own)), m_clock, m_random));
    if (c.kind == "slack")
        return made(chat::SlackConnector::make(slackSettings(c, std::move(secrets)), m_clock, m_random));
    if (c.kind == "mattermost")
        return made(chat::MattermostConnector::make(mattermostSettings(c, std::move(secrets.own)), m_clock, m_random));
    if (c.kind == "discord")
        return made(chat::DiscordConnector::make(discordSettings(c, std::move(secrets.own)), m_clock, m_random));
    if (c.kind == "teams")
        return made(chat::TeamsConnector::make(teamsSettings(c, std::move(secrets.own)), m_clock));
    if (c.kind == "xmpp")
        return made(chat::XmppConnector::make(xmppSettings(c, std::move(secrets.own)), m_clock, m_random));
    return fail(Code::Invalid, "This build has no connector for chat of kind " + c.kind + ".");
}

void ChatEdge::start(const Connection &c, Secrets secrets, const std::vector<RoomAt> &rooms)
{
    auto made = connectorOf(c, std::move(secrets));
    if (!made) {
        log(LogLevel::Error, "chat", made.error());
        m_desk.report(events::ConnectionReported{c.name, "offline", made.error().message});
        return;
    }
    Line &line = m_lines[c.name];
    line.connector = std::move(*made);
    line.closed = isClosedChat(c.kind);
    line.postOnly = isPostOnly(c.kind);
    chat::ChatConnector *connector = line.connector.get();
    const std::string name = c.name;
    connect(connector, &chat::ChatConnector::event, this, [this, name](const chat::ChatEvent &e) { onEvent(name, e); });
    connect(connector, &chat::ChatConnector::stateChanged, this, [this, name](chat::ConnectorState state, const std::string &reason) {
        m_desk.report(events::ConnectionReported{name, stateWord(state), reason});
    });
    connect(connector, &chat::ChatConnector::rateLimited, this, [name](Instant until) {
        log(LogLevel::Info, "chat", Error{Code::Unavailable, name + ": the platform asked us to wait until " + toRfc3339(until) + "; what is to be posted waits in its order.", {}});
    });
    connect(connector, &chat::ChatConnector::roomReady, this, [this, name](const chat::RoomReport &r) { onRoomReady(name, r); });
    connect(connector, &chat::ChatConnector::roomFailed, this, [this, name](const Uuid &idem, const std::string &room, const Error &error) {
        log(LogLevel::Warning, "chat", Error{error.code, name + ": room " + room + ": " + error.message, error.detail});
        if (const auto it = m_sent.find(idem); it != m_sent.end())
            m_moved(it->second.number, Delivery::Failed, {}, error.message);
        Line &of = m_lines[name];
        if (of.joining.erase(room) > 0)
            of.incidents.erase(room);
    });
    connect(connector, &chat::ChatConnector::delivery, this, [this, name](const chat::DeliveryReport &r) {
        const auto it = m_sent.find(r.idem);
        if (it != m_sent.end() && (r.state != Delivery::Queued || !r.reason.empty())) // it is queued anyway; that it has to wait, and why, is news
            m_moved(it->second.number, r.state, r.message.eventId.empty() ? r.message.messageId : r.message.eventId, r.reason);
        if (it != m_sent.end() && r.state != Delivery::Queued && r.state != Delivery::Sent) {
            it->second.isSettled = true;
            if (!it->second.room.empty())
                leaveWhenSaid(name, it->second.room);
        }
    });
    for (const RoomAt &r : rooms) {
        line.incidents[r.room] = r.incident;
        if (r.attached)
            connector->join({{}, r.room, r.cursor, r.since});
        else
            connector->attach(r.room, r.cursor);
    }
    connector->open();
}

void ChatEdge::link(const std::string &connection, const std::string &room, const std::string &incident)
{
    const auto it = m_lines.find(connection);
    if (it != m_lines.end())
        it->second.incidents[room] = incident;
}

bool ChatEdge::write(const notify::Item &item)
{
    const auto it = m_lines.find(item.what.connection);
    if (it == m_lines.end() || !it->second.connector)
        return false;
    const Uuid idem = notify::idempotencyKey(m_origin, item.what.number);
    const bool isSaid = item.what.effect == Effect::Post || item.what.effect == Effect::Topic || item.what.effect == Effect::Reply || notify::isMention(item.what);
    m_sent[idem] = {item.what.number, item.what.incident, item.what.effect == Effect::AttachRoom, isSaid ? item.what.connection : std::string(), isSaid ? item.what.room : std::string()};
    if (item.what.effect == Effect::CreateRoom) {
        it->second.connector->createRoom({idem, item.what.room, item.what.text});
        return true;
    }
    if (item.what.effect == Effect::LeaveRoom) {
        it->second.leaving[item.what.room] = item.what.number;
        leaveWhenSaid(item.what.connection, item.what.room);
        return true;
    }
    if (item.what.effect == Effect::AttachRoom) {
        attach(it->second, idem, item);
        return true;
    }
    // A room of the team's own that a call is said in: joined for it, heard by nobody here.
    if ((item.what.effect == Effect::Post || notify::isMention(item.what)) && !it->second.incidents.contains(item.what.room))
        it->second.connector->join({{}, item.what.room, {}, item.queuedAt});
    chat::Outgoing out;
    out.idem = idem;
    out.kind = kindOf(item.what);
    (out.kind == chat::Outgoing::Kind::Direct ? out.person : out.room) = item.what.room;
    out.text = item.what.text;
    out.mentions = item.what.mentions;
    if (it->second.postOnly && out.text.find(item.what.incident) == std::string::npos) // one channel for all of them
        out.text = item.what.incident + ": " + out.text;
    if (std::string word = notify::answerWord(item.what); !word.empty())
        out.buttons.push_back({"Acknowledge", std::move(word)});
    out.queuedAt = item.queuedAt;
    out.maybeSent = item.maybeSent;
    if (!notify::wantsAnswerLink(item.what, *m_workspace)) {
        it->second.connector->send(out);
        return true;
    }
    // It carries the link only once the link is kept; a page without one is better than none.
    auto link = notify::makeAnswerLink(item.what, *m_workspace, m_random);
    auto url = std::make_shared<Secret>(std::move(link.url));
    m_desk.report(std::move(link.made), [door = m_door, out = std::move(out), url, name = item.what.connection](const Result<desk::Outcome> &kept) {
        const std::lock_guard lock(door->mutex);
        ChatEdge *edge = door->edge;
        if (!edge)
            return; // the core ends; what was queued is handed over again by the next
        QMetaObject::invokeMethod(edge, [edge, out, url, name, isKept = kept.has_value()]() mutable {
            const auto line = edge->m_lines.find(name);
            if (line == edge->m_lines.end() || !line->second.connector)
                return; // it was let go meanwhile; its edge said so
            if (isKept)
                out.text += "\nOr open this and confirm (opening it alone does nothing): " + std::string(url->revealText());
            line->second.connector->send(out);
        }, Qt::QueuedConnection);
    });
    return true;
}

/// Leaving fails what is still queued for a room, so the last words go first.
void ChatEdge::leaveWhenSaid(const std::string &connection, const std::string &room)
{
    const auto line = m_lines.find(connection);
    const auto wanted = line == m_lines.end() ? decltype(line->second.leaving.begin()){} : line->second.leaving.find(room);
    if (line == m_lines.end() || wanted == line->second.leaving.end())
        return;
    if (std::any_of(m_sent.begin(), m_sent.end(), [&](const auto &s) { return !s.second.isSettled && s.second.connection == connection && s.second.room == room; }))
        return;
    const std::uint64_t number = wanted->second;
    line->second.leaving.erase(wanted);
    line->second.incidents.erase(room);
    line->second.names.erase(room);
    line->second.connector->detach(room);
    m_moved(number, Delivery::Confirmed, {}, {});
}

/// A room another incident was told of until now is this one's from here on, and is read anew.
void ChatEdge::attach(Line &line, const Uuid &idem, const notify::Item &item)
{
    const std::string &room = item.what.room;
    const auto known = line.incidents.find(room);
    if (known == line.incidents.end() || known->second != item.what.incident) {
        if (known != line.incidents.end())
            line.connector->detach(room);
        line.incidents[room] = item.what.incident;
        line.joining[room] = item.what.incident;
    }
    line.connector->join({idem, room, {}, item.what.since});
}

/// Said before the first of its messages is: what the incident was told of a room has a room to stand in.
void ChatEdge::tellAttached(const std::string &connection, Line &line, const std::string &room)
{
    if (const auto joining = line.joining.extract(room))
        hand(events::RoomLinked{joining.mapped(), connection, room, false, true});
}

Result<> ChatEdge::say(const chat::PracticeConnector::Said &said)
{
    for (auto &[name, line] : m_lines)
        if (auto *practice = qobject_cast<chat::PracticeConnector *>(line.connector.get()))
            return practice->say(said);
    return fail(Code::NotFound, "There are no practice rooms here.");
}

void ChatEdge::stopOne(const std::string &connection)
{
    const auto it = m_lines.find(connection);
    if (it == m_lines.end())
        return;
    if (auto *connector = it->second.connector.release()) {
        disconnect(connector, nullptr, this, nullptr); // whatever it still says is of no connection
        connector->setParent(this);
        connector->close(); // says goodbye
        QTimer::singleShot(kGoodbyeMs, connector, [connector] { connector->deleteLater(); });
    }
    m_lines.erase(it);
}

void ChatEdge::stop()
{
    for (auto &[name, line] : m_lines)
        if (line.connector)
            line.connector->close();
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
        hand(events::RoomLinked{it->second.incident, connection, report.room, report.created, false});
    m_moved(it->second.number, Delivery::Confirmed, report.room, {});
}

std::string ChatEdge::canonical(Line &line, const std::string &room, const std::string &eventId, const std::string &messageId)
{
    auto &names = line.names[room];
    if (names.size() > kNamesKept)
        names.clear();
    const std::string &id = eventId.empty() ? messageId : eventId;
    if (!messageId.empty() && !eventId.empty())
        names[messageId] = eventId;
    return id;
}

std::string ChatEdge::personOf(const Line &line, const chat::ChatEvent &e) const
{
    if (!e.identityVerified)
        return {};
    const Person *p = line.closed ? m_workspace->personByChat(e.senderId) : m_workspace->personByXmpp(bare(e.senderId));
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
void ChatEdge::commanded(const std::string &connection, const Line &line, const chat::ChatEvent &e)
{
    if (!e.identityVerified || e.own || e.replayed || asciiLower(e.text.substr(0, 6)).starts_with("!bind "))
        return;
    events::MessageSeen m;
    m.connection = connection;
    m.messageId = e.eventId.empty() ? e.messageId : e.eventId;
    m.sender = line.closed ? e.senderId : bare(e.senderId);
    m.nick = e.senderName;
    m.text = e.text;
    m.serverTime = e.serverTime;
    m.verified = true;
    m.person = personOf(line, e);
    hand(std::move(m));
}

void ChatEdge::onEvent(const std::string &connection, const chat::ChatEvent &e)
{
    Line &line = m_lines[connection];
    hearWord(connection, line, e);
    const auto incident = line.incidents.find(e.room);
    if (e.direct && e.kind == chat::ChatEvent::Kind::Message && e.text.starts_with('!'))
        return commanded(connection, line, e);
    if (e.direct || incident == line.incidents.end())
        return; // not an incident's room
    tellAttached(connection, line, e.room);
    if (e.kind == chat::ChatEvent::Kind::Gap) {
        hand(events::RoomGapSeen{connection, e.room, incident->second, e.gapFrom, e.serverTime, e.ofDeletions ? "deletions" : ""});
        return;
    }
    const auto kind = kindOf(e.kind);
    if (!kind)
        return;
    events::MessageSeen m;
    m.connection = connection;
    m.room = e.room;
    m.incident = incident->second;
    m.messageId = canonical(line, e.room, e.eventId, e.messageId);
    const auto known = line.names[e.room].find(e.targetId);
    m.target = known == line.names[e.room].end() ? e.targetId : known->second;
    m.sender = e.senderId;
    m.nick = e.senderName;
    m.text = e.kind == chat::ChatEvent::Kind::Action ? "* " + e.senderName + " " + e.text : e.text;
    m.kind = *kind;
    m.serverTime = e.serverTime;
    m.own = e.own;
    m.replayed = e.replayed;
    m.verified = e.identityVerified;
    m.person = personOf(line, e);
    m.wholeSet = e.wholeSet;
    if (e.emojis.empty())
        return hand(std::move(m));
    for (const auto &emoji : e.emojis) {
        m.emoji = emoji;
        hand(m);
        m.wholeSet = false; // the rest of the set adds to it
    }
}

void ChatEdge::hand(events::Event event)
{
    m_handOver.take(std::move(event));
    offerAgainLater();
}

void ChatEdge::offerAgainLater()
{
    if (m_handOver.isWaiting() && !m_again.isActive())
        m_again.start();
}

} // namespace qd::app
