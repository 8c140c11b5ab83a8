// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/mattermostconnector.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/chat/filefetch.h"
#include "core/chat/joinedposts.h"
#include "core/chat/jsonread.h"
#include "core/chat/websockettransport.h"
#include "core/chat/textparts.h"
#include "core/model/emojinames.h"

#include <QUrl>
#include <algorithm>

namespace qd::chat {

namespace {

constexpr int kFindPage = 200;
constexpr const char *kIsArchived = "api.channel.delete_channel.deleted.app_error";

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

} // namespace

Result<std::unique_ptr<MattermostConnector>> MattermostConnector::make(MattermostSettings settings, const Clock &clock, Random &random)
{
    if (const std::string problem = problemOfUrl(settings.url, "Mattermost"); !problem.empty())
        return fail(Code::Forbidden, problem);
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
    : HttpChatConnector({"Mattermost", "user id", 60, kMattermostHeader, kMaxText, Caps::Idempotency::Seconds30}, clock, random, settings.timings, settings.timings.confirmWithin,
                        settings.name, settings.server)
    , m_settings(std::move(settings))
    , m_people{m_settings.server, {}, {}, {}}
    , m_api(m_settings.url, m_settings.caFile, m_settings.token.duplicate(), m_settings.timings.answerWithin, m_settings.timings.reuseWithin)
    , m_socket(std::move(transports), m_settings.timings.attempt, m_settings.timings.pingEvery, m_settings.timings.pongWithin)
{
    m_caps.privateRooms = m_caps.joinsPosts = true;
    m_caps.archivesRooms = true;
    m_api.setParent(this); // by value and without parent in their own classes; as children they move to the connector's thread
    m_socket.setParent(this);
    connect(&m_api, &MattermostApi::refused, this, &MattermostConnector::tokenRefused);
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
    nextGeneration();
    m_socket.stop();
}

std::unique_ptr<ChannelRoom> MattermostConnector::makeFollower(const std::string &address, const std::string &cursor)
{
    auto room = std::make_unique<MattermostRoom>(m_api, m_people, m_clock, m_settings.timings, m_settings.name, address, cursor);
    connect(room.get(), &MattermostRoom::strangers, this, &MattermostConnector::learnNames);
    return room;
}

/// The token first: who we are, and in which team.
void MattermostConnector::startLine()
{
    m_api.get("users/me", [this, generation = nextGeneration()](const MattermostAnswer &me) {
        if (!isCurrent(generation))
            return;
        if (!me.isDone())
            return lineIsLost(me.asError(), me.isFatal());
        m_people.userId = json::textOf(me.body.object(), "id");
        m_people.names[m_people.userId] = safeLine(json::textOf(me.body.object(), "username"), 128);
        m_api.get("teams/name/" + m_settings.team, [this, generation](const MattermostAnswer &team) {
            if (!isCurrent(generation))
                return;
            if (!team.isDone())
                return lineIsLost(team.isFatal() ? Error{Code::NotFound, "there is no team " + m_settings.team + " that the account is in", team.id} : team.asError(), team.isFatal());
            m_people.team = json::textOf(team.body.object(), "id");
            setState(ConnectorState::Authenticating);
            m_socket.start();
        });
    });
}

bool MattermostConnector::canReactWith(const std::string &emoji) const
{
    return !emojiName(emoji).empty();
}

void MattermostConnector::openDirect(const std::string &person, Opened opened)
{
    const QJsonArray both{text(m_people.userId), text(mattermostLocal(person, m_settings.server))};
    m_api.post("channels/direct", QJsonDocument(both), [opened = std::move(opened)](const MattermostAnswer &answer) {
        opened(answer.isDone() ? json::textOf(answer.body.object(), "id") : std::string(), answer, answer.asError());
    });
}

/// Mattermost calls people by their user names, which are asked for by who is in the channel.
std::string MattermostConnector::called(const Outgoing &outgoing, const std::string &id) const
{
    const std::string out = beginsIt(outgoing, id) ? mentionsOf(outgoing, [&](const std::string &address) {
        const auto known = m_people.names.find(mattermostLocal(address, m_settings.server));
        return known == m_people.names.end() || !isMattermostName(known->second) ? std::string() : "@" + known->second;
    }) : std::string();
    return out.empty() ? out : out + " ";
}

void MattermostConnector::readFile(const FileAsked &asked, Read done)
{
    if (!isMattermostId(asked.message) || asked.number == 0)
        return done(fail(Code::NotFound, "Mattermost knows no such message."));
    m_api.get("posts/" + asked.message + "/files/info", [this, number = asked.number, most = asked.most, done = std::move(done)](const MattermostAnswer &answer) {
        if (answer.kind != MattermostAnswer::Kind::Done)
            return done(tl::unexpected(answer.asError()));
        const QJsonArray files = answer.body.array();
        if (static_cast<qsizetype>(number) > files.size())
            return done(fail(Code::NotFound, "Mattermost has no such file of that message any more."));
        const QJsonObject file = files.at(static_cast<qsizetype>(number) - 1).toObject();
        const std::string id = json::textOf(file, "id"), name = safeLine(json::textOf(file, "name"), 200);
        if (!isMattermostId(id))
            return done(fail(Code::Corrupt, "Mattermost named no file that can be asked for."));
        if (file.value(QLatin1String("size")).toInteger() > static_cast<qint64>(most))
            return done(tl::unexpected(fileTooLarge(name, most)));
        m_api.download("files/" + id, most, [name, done](Result<std::string> bytes) {
            if (!bytes)
                return done(tl::unexpected(bytes.error()));
            done(FileRead{name, std::move(*bytes)});
        });
    });
}

void MattermostConnector::write(const std::string &channel, const Outgoing &outgoing, const std::string &part, const std::string &id)
{
    using Kind = Outgoing::Kind;
    const std::string &target = outgoing.target.eventId;
    switch (outgoing.kind) {
    case Kind::Message:
    case Kind::Direct: {
        QJsonObject props{{QLatin1String(kMattermostId), text(id)}};
        if (!outgoing.also.empty())
            props.insert(QLatin1String(kMattermostAlso), text(alsoText(outgoing)));
        return m_api.post("posts", QJsonDocument(QJsonObject{{QStringLiteral("channel_id"), text(channel)},
                                                             {QStringLiteral("message"), text(called(outgoing, id) + mattermostQuoted(part))},
                                                             {QStringLiteral("root_id"), text(outgoing.thread)},
                                                             {QStringLiteral("pending_post_id"), text(m_people.userId + ':' + id)},
                                                             {QStringLiteral("props"), props}}),
                          written(channel, outgoing, id));
    }
    case Kind::Edit: return m_api.put("posts/" + target + "/patch", {{QStringLiteral("message"), text(mattermostQuoted(part))}}, written(channel, outgoing, id));
    case Kind::Retraction: return m_api.remove("posts/" + target, written(channel, outgoing, id));
    case Kind::Reaction: {
        const std::string name = emojiName(std::string_view(part).substr(1));
        if (part.front() == '-')
            return m_api.remove("users/" + m_people.userId + "/posts/" + target + "/reactions/" + name, written(channel, outgoing, id));
        return m_api.post("reactions", QJsonDocument(QJsonObject{{QStringLiteral("user_id"), text(m_people.userId)}, {QStringLiteral("post_id"), text(target)}, {QStringLiteral("emoji_name"), text(name)}}),
                          written(channel, outgoing, id));
    }
    case Kind::Topic: return m_api.put("channels/" + channel + "/patch", {{QStringLiteral("header"), text(mattermostQuoted(part))}}, written(channel, outgoing, id));
    case Kind::Invite:
        return m_api.post("channels/" + channel + "/members", QJsonDocument(QJsonObject{{QStringLiteral("user_id"), text(mattermostLocal(outgoing.person, m_settings.server))}}),
                          written(channel, outgoing, id));
    case Kind::Archive: return m_api.remove("channels/" + channel, written(channel, outgoing, id)); // it is kept, and can be restored
    }
}

MattermostApi::Answered MattermostConnector::written(const std::string &channel, const Outgoing &outgoing, const std::string &id)
{
    return [this, channel, outgoing, id](const MattermostAnswer &answer) {
        const bool isPost = outgoing.kind == Outgoing::Kind::Message || outgoing.kind == Outgoing::Kind::Direct;
        const auto it = m_rooms.find(outgoing.room);
        if (isPost && answer.kind == ApiAnswer::Kind::Refused && answer.status == 403 && it != m_rooms.end()) {
            it->second.follower->seatLost();
            return m_outbox.refused(Outbox::laneOf(outgoing), id, answer.asError().message, std::chrono::milliseconds(0));
        }
        if (outgoing.kind == Outgoing::Kind::Archive && answer.kind == ApiAnswer::Kind::Refused && answer.id == kIsArchived)
            return wasSo(outgoing, id, "it is so already");
        wrote(outgoing, channel, id, answer, answer.asError(), isPost ? json::textOf(answer.body.object(), "id") : std::string());
    };
}

void MattermostConnector::find(const std::string &channel, const Outgoing &, const std::string &id, Instant since, Outbox::LookedUp done)
{
    findPage(channel, id, since - Outbox::kClocksDiffer, 0, std::move(done));
}

void MattermostConnector::findPage(const std::string &channel, const std::string &id, Instant since, int page, Outbox::LookedUp done)
{
    const std::string path = "channels/" + channel + "/posts?page=" + std::to_string(page) + "&per_page=" + std::to_string(kFindPage);
    m_api.get(path, [this, channel, id, since, page, done = std::move(done)](const MattermostAnswer &answer) {
        if (!answer.isDone())
            return done(answer.kind == ApiAnswer::Kind::Refused ? Outbox::Found::CannotTell : Outbox::Found::AskAgain, {});
        const QJsonArray order = answer.body.object().value(QLatin1String("order")).toArray();
        const QJsonObject posts = json::objectOf(answer.body.object(), "posts");
        bool enough = order.size() < kFindPage;
        for (const auto &value : order) { // the newest first
            const QJsonObject post = posts.value(value.toString()).toObject();
            const QJsonObject props = json::objectOf(post, "props");
            if ((json::textOf(props, kMattermostId) == id || alsoHas(json::textOf(props, kMattermostAlso), id)) && json::textOf(post, "user_id") == m_people.userId)
                return done(Outbox::Found::Yes, {json::textOf(post, "id"), id});
            enough = enough || post.value(QLatin1String("create_at")).toInteger() < since.ns / 1'000'000;
        }
        if (enough)
            return done(Outbox::Found::No, {});
        findPage(channel, id, since, page + 1, done);
    });
}

void MattermostConnector::onEvent(const QString &name, const QJsonObject &data, const QString &channel, const QByteArray &raw)
{
    const std::string direct = json::textOf(data, "channel_type");
    if (name == QLatin1String("posted") && direct == "D")
        return onDirectPost(QJsonDocument::fromJson(data.value(QLatin1String("post")).toString().toUtf8()).object(), raw, false);
    if (ChannelRoom *room = roomOf(channel.toStdString()))
        room->onEvent({name, data, raw, 0});
}

void MattermostConnector::onDirectPost(const QJsonObject &post, const QByteArray &raw, bool history)
{
    auto event = readMattermost(post, m_settings.name, {}, m_people, m_clock.now(), history);
    const std::string user = json::textOf(post, "user_id");
    if (!user.empty() && !m_people.names.contains(user))
        learnNames({user});
    onDirect(json::textOf(post, "channel_id"), json::textOf(post, "id"), std::move(event), raw);
}

void MattermostConnector::readDirect(const std::string &channel, const std::string &newest, Done done)
{
    m_api.get("channels/" + channel + "/posts?page=0&per_page=200&after=" + newest, [this, done = std::move(done)](const MattermostAnswer &answer) {
        const QJsonArray order = answer.body.object().value(QLatin1String("order")).toArray();
        const QJsonObject posts = json::objectOf(answer.body.object(), "posts");
        for (auto it = order.end(); it != order.begin();) { // the newest comes first
            const QJsonObject post = posts.value((*--it).toString()).toObject();
            onDirectPost(post, QJsonDocument(post).toJson(QJsonDocument::Compact), true);
        }
        done(answer.isDone() ? std::string() : answer.asError().message);
    });
}

void MattermostConnector::askNames(const std::vector<std::string> &userIds)
{
    QJsonArray wanted;
    for (const std::string &id : userIds)
        wanted.append(text(id));
    m_api.post("users/ids", QJsonDocument(wanted), [this, userIds](const MattermostAnswer &answer) {
        for (const auto &value : answer.body.array())
            m_people.names[json::textOf(value.toObject(), "id")] = safeLine(json::textOf(value.toObject(), "username"), 128);
        if (!answer.isDone())
            forgetNames(userIds);
    });
}

} // namespace qd::chat
