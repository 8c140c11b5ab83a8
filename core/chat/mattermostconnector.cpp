// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/mattermostconnector.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/chat/emojinames.h"
#include "core/chat/jsonread.h"
#include "core/chat/textparts.h"
#include "core/chat/websockettransport.h"
#include "core/model/connection.h"

#include <QUrl>
#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kMattermostReactions = 1'000;
constexpr std::size_t kMattermostDirects = 500;
constexpr int kFindPage = 200;

Caps mattermostCaps()
{
    Caps caps;
    caps.createRoom = caps.setTopic = caps.invite = caps.threads = caps.edit = caps.remove = caps.reactions = caps.direct = true;
    caps.verifiedIdentity = caps.historyQuery = caps.serverOrder = true;
    caps.multiline = caps.directCatchUp = caps.historyIdentity = caps.historyDurable = true;
    caps.ack = Caps::Ack::Response;
    caps.resume = Caps::Resume::Cursor;
    caps.idempotency = Caps::Idempotency::Seconds30;
    caps.maxText = MattermostConnector::kMaxText;
    caps.unit = Caps::Unit::Bytes;
    return caps;
}

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

} // namespace

Result<std::unique_ptr<MattermostConnector>> MattermostConnector::make(MattermostSettings settings, const Clock &clock, Random &random)
{
    while (settings.url.ends_with('/'))
        settings.url.pop_back();
    if (!settings.url.starts_with("https://") && !(settings.url.starts_with("http://") && namesThisMachine(settings.url)))
        return fail(Code::Forbidden, "Mattermost must be asked over https://; http:// is only for a server on this machine");
    if (settings.server.empty())
        settings.server = QUrl(text(settings.url)).host().toStdString();
    settings.server = asciiLower(settings.server);
    if (settings.server.empty() || settings.server.find_first_of("@/ ") != std::string::npos)
        return fail(Code::Invalid, "the server's name stands behind the @ of its people and channels and must look like chat.example.org");
    if (settings.team.empty() || mattermostLocal(settings.team + "@x", "x").empty())
        return fail(Code::Invalid, "the team is named as in its URL: small letters, digits and dashes");
    if (settings.token.isEmpty())
        return fail(Code::Invalid, "Mattermost needs the access token of a bot account");
    const auto url = WebSocketTransport::checkUrl("ws" + settings.url.substr(4) + "/api/v4/websocket?connection_id=&sequence_number=0");
    if (!url)
        return tl::unexpected<Error>(url.error());
    WebSocketLine line;
    line.url = *url;
    line.caFile = text(settings.caFile);
    // By a header of the handshake: a token in a first frame would come too late for the server's session.
    line.authorization = std::make_shared<const Secret>("Bearer " + std::string(settings.token.revealText()));
    return std::unique_ptr<MattermostConnector>(new MattermostConnector(std::move(settings), clock, random, [line] { return std::make_unique<WebSocketTransport>(line); }));
}

MattermostConnector::MattermostConnector(MattermostSettings settings, const Clock &clock, Random &random, TransportFactory transports)
    : RoomedConnector(clock, random, settings.timings, settings.timings.confirmWithin, settings.name, settings.server, mattermostCaps())
    , m_settings(std::move(settings))
    , m_people{m_settings.server, {}, {}, {}}
    , m_api(m_settings.url, m_settings.caFile, m_settings.token.duplicate(), m_settings.timings.answerWithin)
    , m_socket(std::move(transports), m_settings.timings.attempt, m_settings.timings.pingEvery, m_settings.timings.pongWithin)
{
    m_api.setParent(this); // by value and without parent in their own classes; as children they move to the connector's thread
    m_socket.setParent(this);
    connect(&m_socket, &MattermostSocket::ready, this, [this] {
        readDirects();
        lineIsReady();
    });
    connect(&m_socket, &MattermostSocket::lost, this, [this](const Error &why) { lineIsLost(why, false); });
    connect(&m_socket, &MattermostSocket::event, this, &MattermostConnector::onEvent);
    connect(&m_socket, &MattermostSocket::lapsed, this, [this](const Error &why) { somethingLapsed(why, true); });
}

MattermostConnector::~MattermostConnector()
{
    m_socket.disconnect(this);
}

void MattermostConnector::stopLine()
{
    ++m_generation;
    m_socket.stop();
}

std::string MattermostConnector::addressFor(const std::string &name) const
{
    std::string local = localPart(name).substr(0, 60);
    std::replace(local.begin(), local.end(), '.', '-');
    return local.empty() ? local : local + '@' + m_settings.server;
}

std::unique_ptr<MattermostRoom> MattermostConnector::makeFollower(const std::string &address, const std::string &cursor)
{
    auto room = std::make_unique<MattermostRoom>(m_api, m_people, m_clock, m_settings.timings, m_settings.name, address, cursor);
    connect(room.get(), &MattermostRoom::strangers, this, &MattermostConnector::learnNames);
    return room;
}

/// The token first: who we are, and in which team.
void MattermostConnector::startLine()
{
    m_api.get("users/me", [this, generation = ++m_generation](const MattermostAnswer &me) {
        if (generation != m_generation || !m_wanted)
            return;
        if (!me.isDone())
            return lineIsLost(me.isFatal() ? Error{Code::Forbidden, "Mattermost refused the token", me.id} : me.asError(), me.isFatal());
        m_people.userId = json::textOf(me.body.object(), "id");
        m_people.names[m_people.userId] = safeLine(json::textOf(me.body.object(), "username"), 128);
        m_api.get("teams/name/" + m_settings.team, [this, generation](const MattermostAnswer &team) {
            if (generation != m_generation || !m_wanted)
                return;
            if (!team.isDone())
                return lineIsLost(team.isFatal() ? Error{Code::NotFound, "there is no team " + m_settings.team + " that the account is in", team.id} : team.asError(), team.isFatal());
            m_people.team = json::textOf(team.body.object(), "id");
            setState(ConnectorState::Authenticating);
            m_socket.start();
        });
    });
}

std::string MattermostConnector::problemOf(const Outgoing &outgoing) const
{
    using Kind = Outgoing::Kind;
    if ((outgoing.kind == Kind::Direct || outgoing.kind == Kind::Invite) && !isMattermostId(mattermostLocal(outgoing.person, m_settings.server)))
        return "\"" + outgoing.person + "\" is no user id@" + m_settings.server;
    const bool needsTarget = outgoing.kind == Kind::Edit || outgoing.kind == Kind::Reaction || outgoing.kind == Kind::Retraction;
    if (needsTarget && !isMattermostId(outgoing.target.eventId))
        return "there is no message named to edit, react to or retract";
    for (const std::string &emoji : outgoing.emojis)
        if (outgoing.kind == Kind::Reaction && emojiName(emoji).empty())
            return "we know no name of Mattermost's for the reaction " + safeLine(emoji, 32);
    return {};
}

void MattermostConnector::withChannel(const Outgoing &outgoing, std::function<void(const std::string &, const MattermostAnswer &)> go)
{
    if (outgoing.kind != Outgoing::Kind::Direct) {
        const auto it = m_rooms.find(outgoing.room);
        return it == m_rooms.end() ? void() : go(it->second.follower->channel(), {});
    }
    const QJsonArray both{text(m_people.userId), text(mattermostLocal(outgoing.person, m_settings.server))};
    m_api.post("channels/direct", QJsonDocument(both), [this, go = std::move(go)](const MattermostAnswer &answer) {
        const std::string channel = answer.isDone() ? json::textOf(answer.body.object(), "id") : std::string();
        if (!channel.empty())
            m_directs.try_emplace(channel);
        go(channel, answer);
    });
}

void MattermostConnector::transmit(const Outgoing &outgoing, const std::string &part, const std::string &id)
{
    using Kind = Outgoing::Kind;
    withChannel(outgoing, [this, outgoing, part, id](const std::string &channel, const MattermostAnswer &opened) {
        const std::string lane = Outbox::laneOf(outgoing);
        if (channel.empty() && opened.kind == MattermostAnswer::Kind::Refused)
            return m_outbox.refused(lane, id, outgoing.person + " cannot be written to: " + opened.asError().message, {});
        if (channel.empty() && opened.kind == MattermostAnswer::Kind::Wait)
            return m_outbox.refused(lane, id, "Mattermost asks for patience", opened.retryAfter);
        if (channel.empty())
            return; // it is looked for when its time is over
        const std::string &target = outgoing.target.eventId;
        switch (outgoing.kind) {
        case Kind::Message:
        case Kind::Direct:
            return m_api.post("posts", QJsonDocument(QJsonObject{{QStringLiteral("channel_id"), text(channel)},
                                                                 {QStringLiteral("message"), text(mattermostQuoted(part))},
                                                                 {QStringLiteral("root_id"), text(outgoing.thread)},
                                                                 {QStringLiteral("pending_post_id"), text(m_people.userId + ':' + id)},
                                                                 {QStringLiteral("props"), QJsonObject{{QLatin1String(kMattermostId), text(id)}}}}),
                              written(outgoing, id, true));
        case Kind::Edit: return m_api.put("posts/" + target + "/patch", {{QStringLiteral("message"), text(mattermostQuoted(part))}}, written(outgoing, id, false));
        case Kind::Retraction: return m_api.remove("posts/" + target, written(outgoing, id, false));
        case Kind::Reaction: {
            if (part.empty())
                return m_outbox.confirmed(lane, id, {{}, id}, "it is as it was");
            const std::string name = emojiName(std::string_view(part).substr(1));
            if (part.front() == '-')
                return m_api.remove("users/" + m_people.userId + "/posts/" + target + "/reactions/" + name, written(outgoing, id, false));
            return m_api.post("reactions", QJsonDocument(QJsonObject{{QStringLiteral("user_id"), text(m_people.userId)}, {QStringLiteral("post_id"), text(target)}, {QStringLiteral("emoji_name"), text(name)}}),
                              written(outgoing, id, false));
        }
        case Kind::Topic: return m_api.put("channels/" + channel + "/patch", {{QStringLiteral("header"), text(mattermostQuoted(part))}}, written(outgoing, id, false));
        case Kind::Invite:
            return m_api.post("channels/" + channel + "/members", QJsonDocument(QJsonObject{{QStringLiteral("user_id"), text(mattermostLocal(outgoing.person, m_settings.server))}}),
                              written(outgoing, id, false));
        }
    });
}

MattermostApi::Answered MattermostConnector::written(const Outgoing &outgoing, const std::string &id, bool isPost)
{
    return [this, lane = Outbox::laneOf(outgoing), room = outgoing.room, id, isPost](const MattermostAnswer &answer) {
        switch (answer.kind) {
        case MattermostAnswer::Kind::Done: {
            const std::string post = isPost ? json::textOf(answer.body.object(), "id") : std::string();
            if (isPost && lane.starts_with('@'))
                m_directs[json::textOf(answer.body.object(), "channel_id")] = post;
            return m_outbox.confirmed(lane, id, {post, id});
        }
        case MattermostAnswer::Kind::Refused: {
            const auto it = m_rooms.find(room);
            const bool left = isPost && answer.status == 403 && !lane.starts_with('@') && it != m_rooms.end();
            if (left)
                it->second.follower->seatLost();
            return m_outbox.refused(lane, id, answer.asError().message, left ? std::optional(std::chrono::milliseconds(0)) : std::nullopt);
        }
        case MattermostAnswer::Kind::Wait:
            Q_EMIT rateLimited(m_clock.now() + millis(answer.retryAfter.count()));
            return m_outbox.refused(lane, id, "Mattermost asks for patience", answer.retryAfter);
        case MattermostAnswer::Kind::Unknown: return; // it is looked for when its time is over
        }
    };
}

void MattermostConnector::lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done)
{
    using Kind = Outgoing::Kind;
    if (outgoing.kind != Kind::Message && outgoing.kind != Kind::Direct)
        return done(Outbox::Found::No, {}); // an edit, a reaction, a topic, done twice, is the same
    if (outgoing.kind == Kind::Message && !m_rooms.contains(outgoing.room))
        return done(Outbox::Found::CannotTell, {});
    withChannel(outgoing, [this, id, since, done = std::move(done)](const std::string &channel, const MattermostAnswer &opened) {
        if (!channel.empty())
            return find(channel, id, since, 0, done);
        done(opened.kind == MattermostAnswer::Kind::Refused ? Outbox::Found::CannotTell : Outbox::Found::AskAgain, {});
    });
}

void MattermostConnector::find(const std::string &channel, const std::string &id, Instant since, int page, Outbox::LookedUp done)
{
    const std::string path = "channels/" + channel + "/posts?page=" + std::to_string(page) + "&per_page=" + std::to_string(kFindPage);
    m_api.get(path, [this, channel, id, since, page, done = std::move(done)](const MattermostAnswer &answer) {
        if (!answer.isDone())
            return done(answer.kind == MattermostAnswer::Kind::Refused ? Outbox::Found::CannotTell : Outbox::Found::AskAgain, {});
        const QJsonArray order = answer.body.object().value(QLatin1String("order")).toArray();
        const QJsonObject posts = json::objectOf(answer.body.object(), "posts");
        bool enough = order.size() < kFindPage;
        for (const auto &value : order) { // the newest first
            const QJsonObject post = posts.value(value.toString()).toObject();
            if (json::textOf(json::objectOf(post, "props"), kMattermostId) == id && json::textOf(post, "user_id") == m_people.userId)
                return done(Outbox::Found::Yes, {json::textOf(post, "id"), id});
            enough = enough || post.value(QLatin1String("create_at")).toInteger() < since.ns / 1'000'000;
        }
        if (enough)
            return done(Outbox::Found::No, {});
        find(channel, id, since, page + 1, done);
    });
}

std::vector<std::string> MattermostConnector::split(const Outgoing &outgoing) const
{
    using Kind = Outgoing::Kind;
    switch (outgoing.kind) {
    case Kind::Message:
    case Kind::Direct: return splitText(outgoing.text, kMaxText);
    case Kind::Topic: return {safeLine(outgoing.text, kMattermostHeader)};
    case Kind::Reaction:
        if (m_reactions.size() > kMattermostReactions)
            m_reactions.clear();
        return reactionParts(m_reactions[outgoing.room + ' ' + outgoing.target.eventId], outgoing.emojis);
    default: return {splitText(outgoing.text, kMaxText).front()};
    }
}

void MattermostConnector::onEvent(const QString &name, const QJsonObject &data, const QString &channel, const QByteArray &raw)
{
    const std::string direct = json::textOf(data, "channel_type");
    if (name == QLatin1String("posted") && direct == "D")
        return onDirect(QJsonDocument::fromJson(data.value(QLatin1String("post")).toString().toUtf8()).object(), raw, false);
    const std::string id = channel.toStdString();
    for (auto &[address, room] : m_rooms)
        if (!id.empty() && room.follower->channel() == id)
            return room.follower->onEvent(name, data, raw);
}

void MattermostConnector::onDirect(const QJsonObject &post, const QByteArray &raw, bool history)
{
    const std::string channel = json::textOf(post, "channel_id"), id = json::textOf(post, "id"), user = json::textOf(post, "user_id");
    auto event = readMattermost(post, m_settings.name, {}, m_people, m_clock.now(), history);
    if (!channel.empty() && m_directs.size() < kMattermostDirects)
        m_directs[channel] = id;
    if (!user.empty() && !m_people.names.contains(user))
        learnNames({user});
    if (!event || event->own || event->kind != ChatEvent::Kind::Message)
        return;
    event->raw = raw.toStdString();
    m_direct.give(std::move(*event));
}

/// What was written to us alone while we were away, by those we have talked with since this process began.
void MattermostConnector::readDirects()
{
    if (!std::exchange(m_wasReady, true))
        return m_direct.forgetLoss();
    const auto left = std::make_shared<std::size_t>(1);
    const auto trouble = std::make_shared<std::string>();
    const auto one = [this, left, trouble, generation = m_generation] {
        if (generation == m_generation && --*left == 0)
            m_direct.mended(trouble->empty() ? Recovery::Kind::CaughtUp : Recovery::Kind::Gap, 0, *trouble);
    };
    for (const auto &[channel, newest] : m_directs) {
        if (newest.empty())
            continue;
        ++*left;
        m_api.get("channels/" + channel + "/posts?page=0&per_page=200&after=" + newest, [this, one, trouble](const MattermostAnswer &answer) {
            if (!answer.isDone()) {
                *trouble = "what was said to us alone meanwhile cannot be read: " + answer.asError().message;
                m_direct.tellGap(*trouble);
            }
            const QJsonArray order = answer.body.object().value(QLatin1String("order")).toArray();
            const QJsonObject posts = json::objectOf(answer.body.object(), "posts");
            for (auto it = order.end(); it != order.begin();) { // the newest comes first
                const QJsonObject post = posts.value((*--it).toString()).toObject();
                onDirect(post, QJsonDocument(post).toJson(QJsonDocument::Compact), true);
            }
            one();
        });
    }
    one();
}

void MattermostConnector::learnNames(const std::vector<std::string> &userIds)
{
    QJsonArray wanted;
    for (const std::string &id : userIds)
        if (m_asked.insert(id).second)
            wanted.append(text(id));
    if (wanted.isEmpty())
        return;
    m_api.post("users/ids", QJsonDocument(wanted), [this, userIds](const MattermostAnswer &answer) {
        for (const auto &value : answer.body.array())
            m_people.names[json::textOf(value.toObject(), "id")] = safeLine(json::textOf(value.toObject(), "username"), 128);
        if (!answer.isDone())
            for (const std::string &id : userIds)
                m_asked.erase(id);
    });
}

} // namespace qd::chat
