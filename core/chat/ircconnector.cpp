// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/ircconnector.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/chat/textparts.h"
#include "core/chat/websockettransport.h"

#include <algorithm>
#include <charconv>

namespace qd::chat {

namespace {

constexpr std::size_t kIrcTopic = 300;
constexpr std::size_t kIrcReactions = 1'000;
constexpr std::chrono::milliseconds kAgainAfter{1'100};

Caps ircCaps()
{
    Caps caps;
    caps.createRoom = caps.setTopic = caps.invite = caps.direct = caps.serverOrder = true;
    caps.reactions = caps.verifiedIdentity = true; // until the server says otherwise
    caps.ack = Caps::Ack::Echo;
    caps.resume = Caps::Resume::Window;
    caps.idempotency = Caps::Idempotency::None; // we look at what is played back before we repeat
    caps.maxText = IrcConnector::kMaxText;
    caps.unit = Caps::Unit::Bytes;
    return caps;
}

bool isNick(std::string_view nick)
{
    constexpr std::string_view others = "-_[]\\`^{}|";
    return !nick.empty() && nick.size() <= 30 && (nick[0] < '0' || nick[0] > '9') && nick[0] != '-'
        && std::all_of(nick.begin(), nick.end(), [&](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos; });
}

bool isNetwork(std::string_view name)
{
    return !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

} // namespace

Result<std::unique_ptr<IrcConnector>> IrcConnector::make(IrcSettings settings, const Clock &clock, Random &random, TransportFactory transports)
{
    if (!isNick(settings.nick))
        return fail(Code::Invalid, "\"" + safeLine(settings.nick, 40) + "\" is no IRC nick: letters, digits and -_[]\\`^{}|, at most 30, no digit first");
    if (settings.account.empty())
        settings.account = settings.nick;
    const auto url = WebSocketTransport::checkUrl(settings.url);
    if (!transports && !url)
        return tl::unexpected<Error>(url.error());
    if (settings.network.empty() && url)
        settings.network = url->host().toStdString();
    settings.network = asciiLower(settings.network);
    if (!isNetwork(settings.network))
        return fail(Code::Invalid, "the network's name stands behind the @ of its people and channels and must look like irc.example.org");
    if (!transports) {
        WebSocketLine line;
        line.url = *url;
        line.subprotocol = QStringLiteral("text.ircv3.net");
        line.mustAgree = false; // InspIRCd 3 speaks it and does not say so
        line.caFile = QString::fromStdString(settings.caFile);
        line.origin = (url->scheme() == QLatin1String("wss") ? "https://" : "http://") + url->host(QUrl::FullyEncoded).toLatin1();
        transports = [line] { return std::make_unique<WebSocketTransport>(line); };
    }
    return std::unique_ptr<IrcConnector>(new IrcConnector(std::move(settings), clock, random, std::move(transports)));
}

IrcConnector::IrcConnector(IrcSettings settings, const Clock &clock, Random &random, TransportFactory transports)
    : RoomedConnector(clock, random, settings.timings, settings.timings.confirmWithin, settings.name, settings.network, ircCaps())
    , m_settings(std::move(settings))
    , m_session(m_settings.nick, m_settings.account, m_settings.password.duplicate(), std::move(transports), random, m_settings.timings)
{
    m_session.setParent(this); // by value and without parent in its own class; as a child it moves to the connector's thread
    connect(&m_session, &IrcSession::authenticating, this, [this] { setState(ConnectorState::Authenticating); });
    connect(&m_session, &IrcSession::ready, this, &IrcConnector::onReady);
    connect(&m_session, &IrcSession::lost, this, [this](const Error &why, bool refused) { lineIsLost(why, refused); });
    connect(&m_session, &IrcSession::line, this, &IrcConnector::onLine);
    // Which room a line that was not read was for cannot be known, and IRC servers give no history on request.
    connect(&m_session, &IrcSession::lineRefused, this, [this](const Error &why) { somethingLapsed(why, false); });
    connect(&m_session, &IrcSession::freed, this, [this] { m_outbox.pump(); });
}

IrcConnector::~IrcConnector()
{
    m_session.disconnect(this);
}

std::string IrcConnector::addressFor(const std::string &name) const
{
    const std::string local = localPart(name);
    return local.empty() ? local : ircAddress(local, m_settings.network);
}

std::unique_ptr<IrcRoom> IrcConnector::makeFollower(const std::string &address, const std::string &cursor)
{
    auto room = std::make_unique<IrcRoom>(m_session, m_clock, m_settings.timings, m_settings.name, m_settings.network, address, cursor);
    connect(room.get(), &IrcRoom::ownSeen, this, [this, address](const std::string &id, const MessageRef &message) { m_outbox.confirmed(address, id, message); });
    return room;
}

std::string IrcConnector::problemOf(const Outgoing &outgoing) const
{
    using Kind = Outgoing::Kind;
    if ((outgoing.kind == Kind::Direct || outgoing.kind == Kind::Invite) && ircAccount(outgoing.person, m_settings.network).empty())
        return "\"" + outgoing.person + "\" is no account@" + m_settings.network;
    if (outgoing.kind == Kind::Edit || outgoing.kind == Kind::Retraction)
        return "IRC cannot change or take back what was said; say it again";
    if (outgoing.kind == Kind::Archive)
        return "IRC has no archive a channel could go to; leave it";
    if (outgoing.kind == Kind::Reaction && outgoing.target == MessageRef{})
        return "there is no message named to react to";
    if (outgoing.kind == Kind::Reaction && !m_caps.reactions)
        return "this IRC server carries no reactions";
    return {};
}

void IrcConnector::transmit(const Outgoing &outgoing, const std::string &text, const std::string &id)
{
    using Kind = Outgoing::Kind;
    const std::string channel = ircChannel(outgoing.room, m_settings.network);
    switch (outgoing.kind) {
    case Kind::Message: return put(outgoing, ircSay(channel, text, id), id, {});
    case Kind::Topic: return put(outgoing, ircLine("TOPIC", {channel, text}), id, "the server took it");
    case Kind::Reaction:
        if (!text.empty())
            return put(outgoing, ircReact(channel, outgoing.target, std::string_view(text).substr(1), text.front() == '-', id), id, {});
        QMetaObject::invokeMethod(this, [this, lane = Outbox::laneOf(outgoing), id] { m_outbox.confirmed(lane, id, {{}, id}, "it is as it was"); }, Qt::QueuedConnection);
        return;
    case Kind::Invite: return admit(outgoing, text, id);
    case Kind::Direct: return toPerson(outgoing, text, id, false);
    case Kind::Edit:
    case Kind::Archive:
    case Kind::Retraction: break; // refused by send()
    }
}

/// Writes one line and waits for what the server says to it: our own words back, or why not.
void IrcConnector::put(const Outgoing &outgoing, IrcLine line, const std::string &id, const std::string &why, Refused refused)
{
    m_session.request(std::move(line), [this, outgoing, id, why, refused = std::move(refused)](const Result<std::vector<IrcLine>> &answer) {
        if (!answer)
            return; // the line is lost: it is looked up
        const std::string lane = Outbox::laneOf(outgoing);
        const auto refusal = refusalIn(*answer);
        if (refusal && !(outgoing.kind == Outgoing::Kind::Invite && refusal->detail == "443")) { // 443: they are there already
            if (refused && refused(*refusal))
                return;
            if (refusal->detail == "437" || refusal->detail == "263") { // not twice in a second (a topic on InspIRCd); too busy
                Q_EMIT rateLimited(m_clock.now() + millis(kAgainAfter.count()));
                return m_outbox.refused(lane, id, refusal->message, kAgainAfter);
            }
            const bool left = refusal->detail == "442" && m_rooms.contains(outgoing.room); // 404 is said to who is in and may not speak
            if (left)
                m_rooms[outgoing.room].follower->seatLost();
            return m_outbox.refused(lane, id, refusal->message, left ? std::optional(std::chrono::milliseconds(0)) : std::nullopt);
        }
        MessageRef message{{}, id};
        for (const IrcLine &back : *answer)
            if (back.hasTag("msgid"))
                message.eventId = safeLine(back.tag("msgid"), 256);
        m_outbox.confirmed(lane, id, message, why);
    });
}

/// Whoever is asked into a closed channel is let in by their account: also later, and after a cut.
void IrcConnector::admit(const Outgoing &outgoing, const std::string &text, const std::string &id)
{
    const auto room = m_rooms.find(outgoing.room);
    const std::string mask = m_session.exceptionFor(m_session.folded(ircAccount(outgoing.person, m_settings.network)));
    if (room == m_rooms.end() || !room->second.follower->isInviteOnly() || mask.empty())
        return toPerson(outgoing, text, id, false);
    m_session.request(ircLine("MODE", {room->second.follower->channel(), "+I", mask}), [this, outgoing, text, id](const Result<std::vector<IrcLine>> &answer) {
        if (answer) // else the line is lost: it is looked up
            toPerson(outgoing, text, id, !refusalIn(*answer)); // where that was not ours to do, the word on the invitation says so
    });
}

void IrcConnector::toPerson(const Outgoing &outgoing, const std::string &text, const std::string &id, bool admitted)
{
    const std::string account = m_session.folded(ircAccount(outgoing.person, m_settings.network));
    // "a" looks by account where the server can (InspIRCd); elsewhere whoever has the account's name for a nick is asked for, and
    // counts only when signed in to it.
    m_session.request(ircLine("WHO", {account, "a%tna,153"}), [this, outgoing, text, id, account, admitted](const Result<std::vector<IrcLine>> &answer) {
        if (!answer)
            return;
        std::vector<std::string> nicks;
        for (const IrcLine &line : *answer)
            if (line.numeric() == 354 && line.param(1) == "153" && m_session.folded(line.param(3)) == account)
                nicks.emplace_back(line.param(2));
        for (const auto &[address, room] : m_rooms)
            if (const std::string nick = room.follower->nickOf(account); !nick.empty() && std::find(nicks.begin(), nicks.end(), nick) == nicks.end())
                nicks.push_back(nick);
        toNicks(outgoing, text, id, std::move(nicks), admitted);
    });
}

void IrcConnector::toNicks(const Outgoing &outgoing, const std::string &text, const std::string &id, std::vector<std::string> nicks, bool admitted)
{
    if (nicks.empty() && admitted)
        return m_outbox.confirmed(Outbox::laneOf(outgoing), id, {{}, id}, "they may come in, and were not there to be told");
    if (nicks.empty())
        return m_outbox.refused(Outbox::laneOf(outgoing), id, "nobody is signed in as " + outgoing.person + " now, and IRC keeps no messages", {});
    const std::string nick = std::move(nicks.back());
    nicks.pop_back();
    const bool direct = outgoing.kind == Outgoing::Kind::Direct;
    put(outgoing, direct ? ircSay(nick, text, id) : ircLine("INVITE", {nick, ircChannel(outgoing.room, m_settings.network)}), id,
        direct ? "the server handed it to " + safeLine(nick, 64) : "the server took it", [this, outgoing, text, id, nicks, admitted](const Error &why) {
            if (why.detail != "401" || nicks.empty())
                return false;
            toNicks(outgoing, text, id, nicks, admitted);
            return true;
        });
}

/// All there is to look into is what the channel showed us, live or played back when we came in. On a line that is slow our words may be on their way still: they are not there once the
/// server has answered what we asked after them, and until then nobody knows.
void IrcConnector::lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done)
{
    using Kind = Outgoing::Kind;
    const auto it = m_rooms.find(outgoing.room);
    if (outgoing.kind == Kind::Direct || it == m_rooms.end())
        return done(Outbox::Found::CannotTell, {});
    if (const auto shown = it->second.follower->shown(id))
        return done(Outbox::Found::Yes, *shown);
    if (outgoing.kind != Kind::Message)
        return done(Outbox::Found::No, {}); // a topic, reaction or invitation said twice is the same
    m_session.settle([this, address = outgoing.room, id, since, done = std::move(done)](bool isSettled) {
        const auto room = m_rooms.find(address);
        if (!isSettled || room == m_rooms.end())
            return done(Outbox::Found::AskAgain, {});
        if (const auto shown = room->second.follower->shown(id))
            return done(Outbox::Found::Yes, *shown);
        done(room->second.follower->remembersSince(since) ? Outbox::Found::No : Outbox::Found::CannotTell, {});
    });
}

std::vector<std::string> IrcConnector::split(const Outgoing &outgoing) const
{
    using Kind = Outgoing::Kind;
    switch (outgoing.kind) {
    case Kind::Message:
    case Kind::Direct: return ircLines(calledByNick(outgoing, members(outgoing.room)) + outgoing.text, kMaxText);
    case Kind::Topic: {
        std::size_t limit = kIrcTopic;
        const std::string told = m_session.support("TOPICLEN");
        std::from_chars(told.data(), told.data() + told.size(), limit);
        return {safeLine(outgoing.text, std::min(limit, kIrcTopic))};
    }
    case Kind::Reaction: break;
    default: return {outgoing.text};
    }
    if (m_reactions.size() > kIrcReactions)
        m_reactions.clear();
    return reactionParts(m_reactions[outgoing.room + ' ' + outgoing.target.eventId], outgoing.emojis);
}

void IrcConnector::onReady()
{
    learnCaps();
    if (std::exchange(m_wasReady, true)) {
        const std::string why = "what was said to us alone meanwhile is lost; IRC servers keep it for nobody";
        m_direct.tellGap(why);
        m_direct.mended(Recovery::Kind::Gap, 0, why);
    }
    lineIsReady();
}

void IrcConnector::learnCaps()
{
    m_caps.verifiedIdentity = m_session.has("account-tag");
    m_caps.privateRooms = !m_session.exceptionFor(m_session.account()).empty();
    m_caps.reactions = m_session.carriesReactions();
    m_caps.resume = m_session.support("CHANMODES").find('H') == std::string::npos ? Caps::Resume::None : Caps::Resume::Window;
}

void IrcConnector::onLine(const IrcLine &line, const QByteArray &raw, bool history)
{
    std::vector<IrcRoom *> concerned; // first, since whoever hears it may let a room go
    const bool ofPeople = line.command == "QUIT" || line.command == "NICK" || line.command == "ACCOUNT";
    const std::size_t at = line.numeric() == 0 ? 0 : line.numeric() == 353 ? 2 : 1;
    std::string_view target = line.param(at);
    if (!target.empty() && m_session.support("STATUSMSG").find(target.front()) != std::string::npos && target.size() > 1 && target[1] == '#')
        target.remove_prefix(1); // to those with a status in the channel
    const std::string folded = m_session.folded(target);
    for (auto &[address, room] : m_rooms)
        if (ofPeople || m_session.folded(room.follower->channel()) == folded)
            concerned.push_back(room.follower.get());
    for (IrcRoom *room : concerned)
        room->onLine(line, raw, history);
    if (concerned.empty() && line.numeric() == 0 && folded == m_session.folded(m_session.nick()))
        onDirect(line, raw);
}

void IrcConnector::onDirect(const IrcLine &line, const QByteArray &raw)
{
    if (m_session.folded(line.nick()) == m_session.folded(m_session.nick()))
        return;
    const IrcContext context{m_settings.name, m_settings.network, {}, m_session.nick(), m_session.account(), m_clock.now(), m_session.has("account-tag"),
                             [this](std::string_view name) { return m_session.folded(name); }, [this](std::string_view nick) { return m_session.isOurNick(nick); }};
    if (auto event = readIrc(line, context, false); event && event->kind != ChatEvent::Kind::Topic) {
        event->raw.assign(raw.constData(), static_cast<std::size_t>(raw.size()));
        m_direct.give(std::move(*event));
    }
}

} // namespace qd::chat
