// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/discordconnector.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/chat/jsonread.h"
#include "core/chat/textparts.h"
#include "core/chat/websockettransport.h"

#include <QUrl>
#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::string_view kDiscordFiles = "cdn.discordapp.com", kDiscordMedia = "media.discordapp.net";
constexpr std::size_t kDiscordText = 2'000;
constexpr std::size_t kDiscordTopic = 500; ///< before it is quoted, which doubles it at most; Discord takes 1,024 characters
constexpr std::size_t kWrittenKept = 5'000;
constexpr int kDirectPage = 100;
/// Not Outbox::kClocksDiffer: the same words of an earlier day would be taken for these.
constexpr Span kDiscordLookBack = minutes(30);
constexpr int kSuppressEmbeds = 1 << 2;

QString utf16(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QJsonObject callingNobody()
{
    return {{QStringLiteral("parse"), QJsonArray()}};
}

/// These people, by their ids, and nobody else.
QJsonObject callingOnly(const QJsonArray &users)
{
    QJsonObject out = callingNobody();
    if (!users.isEmpty())
        out.insert(QStringLiteral("users"), users);
    return out;
}

} // namespace

Result<std::unique_ptr<DiscordConnector>> DiscordConnector::make(DiscordSettings settings, const Clock &clock, Random &random, DiscordGateway::Transports transports)
{
    if (const std::string problem = problemOfUrl(settings.url, "Discord's interface"); !problem.empty())
        return fail(Code::Forbidden, problem);
    if (settings.host.empty())
        settings.host = QUrl(utf16(settings.url)).host().toStdString();
    settings.host = asciiLower(settings.host);
    if (settings.host.empty() || settings.host.find_first_of("@/ ") != std::string::npos)
        return fail(Code::Invalid, "what stands behind the @ of its people and channels must look like discord.com");
    if (!isSnowflake(settings.guild))
        return fail(Code::Invalid, "the Discord server is named by its id, some 18 digits: Copy Server ID, in developer mode");
    if (!settings.category.empty() && !isSnowflake(settings.category))
        return fail(Code::Invalid, "the category is named by its id, some 18 digits: Copy Category ID, in developer mode");
    if (settings.token.isEmpty())
        return fail(Code::Invalid, "Discord needs the token of a bot");
    if (!transports)
        transports = [caFile = utf16(settings.caFile), timings = settings.timings](const QUrl &url) {
            WebSocketLine line;
            line.url = url;
            line.caFile = caFile;
            line.maxFrame = kGatewayFrame;
            line.pingInterval = timings.pingInterval;
            line.pongDeadline = timings.pongDeadline;
            return std::make_unique<WebSocketTransport>(line);
        };
    return std::unique_ptr<DiscordConnector>(new DiscordConnector(std::move(settings), clock, random, std::move(transports)));
}

DiscordConnector::DiscordConnector(DiscordSettings settings, const Clock &clock, Random &random, DiscordGateway::Transports transports)
    : HttpChatConnector({"Discord", "user id", 90, kDiscordTopic, kMaxText, Caps::Idempotency::Minutes}, clock, random, settings.timings, settings.timings.confirmWithin, settings.name,
                        settings.host)
    , m_settings(std::move(settings))
    , m_people{m_settings.host, m_settings.guild, m_settings.category, {}, {}}
    , m_api(m_settings.url, m_settings.caFile, m_settings.token.duplicate(), m_settings.timings.answerWithin, m_settings.timings.reuseWithin)
    , m_gateway([this](DiscordApi::Answered answered) { m_api.get("gateway/bot", std::move(answered)); }, std::move(transports), random, std::make_shared<const Secret>(m_settings.token.duplicate()), {m_settings.timings.attempt, m_settings.timings.identifyEvery})
    , m_files("Discord")
{
    m_caps.membership = false;
    m_caps.buttons = m_caps.privateRooms = true;
    m_api.setParent(this); // by value and without parent in their own classes; as children they move to the connector's thread
    m_gateway.setParent(this);
    m_files.setParent(this);
    connect(&m_api, &DiscordApi::refused, this, &DiscordConnector::tokenRefused);
    connect(&m_gateway, &DiscordGateway::ready, this, &DiscordConnector::onReady);
    connect(&m_gateway, &DiscordGateway::lost, this, [this](const Error &why, bool refused, std::chrono::milliseconds patience) { lineIsLost(why, refused, patience); });
    connect(&m_gateway, &DiscordGateway::event, this, &DiscordConnector::onEvent);
    connect(&m_gateway, &DiscordGateway::lapsed, this, [this](const Error &why) { somethingLapsed(why, true); });
}

DiscordConnector::~DiscordConnector()
{
    m_gateway.disconnect(this);
}

void DiscordConnector::stopLine()
{
    nextGeneration();
    m_gateway.stop();
}

std::unique_ptr<ChannelRoom> DiscordConnector::makeFollower(const std::string &address, const std::string &cursor)
{
    auto room = std::make_unique<DiscordRoom>(m_api, m_people, m_clock, m_settings.timings, m_settings.name, address, cursor);
    connect(room.get(), &DiscordRoom::strangers, this, &DiscordConnector::learnNames);
    return room;
}

/// The token first: who we are, and whether the server lets us in. A line that can be taken up again is, at once.
void DiscordConnector::startLine()
{
    const int generation = nextGeneration();
    if (m_gateway.hasSession()) {
        setState(ConnectorState::Authenticating);
        return m_gateway.start();
    }
    m_api.get(kDiscordMe, [this, generation](const DiscordAnswer &me) {
        if (!isCurrent(generation))
            return;
        if (!me.isDone())
            return lineIsLost(me.asError(), me.isFatal(), me.retryAfter);
        m_people.userId = json::textOf(me.body.object(), "id");
        m_people.names[m_people.userId] = safeLine(json::textOf(me.body.object(), "username"), 128);
        m_api.get("guilds/" + m_settings.guild, [this, generation](const DiscordAnswer &guild) {
            if (!isCurrent(generation))
                return;
            if (!guild.isDone())
                return lineIsLost(guild.isFatal() ? Error{Code::NotFound, "there is no Discord server " + m_settings.guild + " that the bot is in: invite it there", guild.reason} : guild.asError(),
                                  guild.isFatal(), guild.retryAfter);
            setState(ConnectorState::Authenticating);
            m_gateway.start();
        });
    });
}

void DiscordConnector::onReady(bool resumed)
{
    if (resumed) {
        directsResumed();
        return lineIsResumed();
    }
    m_guildAway = false;
    readDirects();
    lineIsReady();
    tellTheWord();
}

/// Known in our server by its name: told again, it stays the same one. Where the application may not have it, what is written with "!" does as well.
void DiscordConnector::tellTheWord()
{
    if (std::exchange(m_wordTold, true))
        return;
    m_api.get("applications/@me", [this](const DiscordAnswer &application) {
        const std::string id = application.isDone() ? json::textOf(application.body.object(), "id") : std::string();
        if (!isSnowflake(id))
            return;
        m_api.send(net::Method::Post, "applications/" + id + "/guilds/" + m_settings.guild + "/commands", discordWord(), [](const DiscordAnswer &told) {
            if (!told.isDone())
                log(LogLevel::Warning, "chat", Error{Code::Forbidden, std::string("Discord does not take /") + kDiscordWord, told.reason});
        });
    });
}

void DiscordConnector::readFile(const FileAsked &asked, Read done)
{
    const auto room = m_rooms.find(asked.room);
    std::string channel = room == m_rooms.end() ? std::string() : room->second.follower->channel();
    if (!channel.empty() && static_cast<const DiscordRoom &>(*room->second.follower).hasThread(asked.thread))
        channel = asked.thread;
    if (channel.empty() || !isSnowflake(asked.message) || asked.number == 0)
        return done(fail(Code::NotFound, "Discord knows no such message in a room we are in."));
    m_api.get("channels/" + channel + "/messages/" + asked.message, [this, asked, done = std::move(done)](const DiscordAnswer &answer) {
        if (!answer.isDone())
            return done(tl::unexpected(answer.asError()));
        take(answer.body.object(), asked.number, asked.most, done);
    });
}

/// The address is signed, and needs no token.
void DiscordConnector::take(const QJsonObject &message, std::size_t number, std::size_t most, Read done)
{
    const QJsonObject file = json::fileOf(message, "attachments", number);
    const std::string name = safeLine(json::textOf(file, "filename"), 200);
    if (file.isEmpty())
        return done(fail(Code::NotFound, "Discord has no such file of that message any more."));
    if (file.value(QLatin1String("size")).toInteger() > static_cast<qint64>(most))
        return done(tl::unexpected(fileTooLarge(name, most)));
    auto address = fileAddressAt(json::textOf(file, "url"), {kDiscordFiles, kDiscordMedia}, m_settings.url);
    if (!address)
        return done(tl::unexpected(address.error()));
    m_files.get({std::move(*address), name, {}, m_settings.caFile, net::AddressPolicy::configured(), json::textOf(file, "content_type").starts_with("text/html")}, most, std::move(done));
}

void DiscordConnector::openDirect(const std::string &person, Opened opened)
{
    m_api.send(net::Method::Post, "users/@me/channels", {{QStringLiteral("recipient_id"), utf16(discordId(person, m_settings.host))}}, [opened = std::move(opened)](const DiscordAnswer &answer) {
        opened(answer.isDone() ? json::textOf(answer.body.object(), "id") : std::string(), answer, answer.asError());
    });
}

/// A part as Discord gets it.
std::string DiscordConnector::written(const Outgoing &outgoing, const std::string &part, bool isFirst) const
{
    const std::string called = isFirst ? mentionsOf(outgoing, [&](const std::string &address) {
        const std::string user = discordId(address, m_settings.host);
        return user.empty() ? user : "<@" + user + ">";
    }) : std::string();
    return called + (called.empty() ? "" : " ") + discordQuoted(part);
}

void DiscordConnector::write(const std::string &channel, const Outgoing &outgoing, const std::string &part, const std::string &id)
{
    using Kind = Outgoing::Kind;
    using net::Method;
    const std::string place = placeOf(outgoing, channel), at = "channels/" + place, message = at + "/messages/" + outgoing.target.eventId;
    switch (outgoing.kind) {
    case Kind::Message:
    case Kind::Direct: {
        QJsonArray users;
        const bool isFirst = beginsIt(outgoing, id);
        if (isFirst)
            for (const std::string &address : outgoing.mentions)
                if (const std::string user = discordId(address, m_settings.host); !user.empty() && outgoing.kind == Kind::Message)
                    users.append(utf16(user));
        QJsonObject said{{QStringLiteral("content"), utf16(written(outgoing, part, isFirst))},
                         {QStringLiteral("nonce"), utf16(discordNonce(id))},
                         {QStringLiteral("enforce_nonce"), true},
                         {QStringLiteral("flags"), kSuppressEmbeds},
                         {QStringLiteral("allowed_mentions"), callingOnly(users)}};
        if (const QJsonArray buttons = discordButtons(outgoing.buttons); !buttons.isEmpty())
            said.insert(QStringLiteral("components"), buttons);
        if (isSnowflake(outgoing.thread) && place != outgoing.thread) // no thread, but a message that is answered
            said.insert(QStringLiteral("message_reference"), QJsonObject{{QStringLiteral("message_id"), utf16(outgoing.thread)}, {QStringLiteral("fail_if_not_exists"), false}});
        return call(Method::Post, at + "/messages", said, channel, outgoing, id);
    }
    case Kind::Edit:
        return call(Method::Patch, message, {{QStringLiteral("content"), utf16(discordQuoted(part))}, {QStringLiteral("allowed_mentions"), callingNobody()}}, channel, outgoing, id);
    case Kind::Retraction: return call(Method::Delete, message, {}, channel, outgoing, id, 10008);
    case Kind::Reaction:
        return call(part.front() == '+' ? Method::Put : Method::Delete, message + "/reactions/" + QUrl::toPercentEncoding(utf16(std::string_view(part).substr(1))).toStdString() + "/@me", {}, channel,
                    outgoing, id);
    case Kind::Topic:
        if (const auto room = m_rooms.find(outgoing.room); room != m_rooms.end() && room->second.follower->isPrivate())
            return wasSo(outgoing, id, "not set: Discord tells a private channel's topic to clients of people who may not see it");
        return call(Method::Patch, at, {{QStringLiteral("topic"), utf16(discordQuoted(part))}}, channel, outgoing, id);
    case Kind::Invite:
        return call(Method::Put, at + "/permissions/" + discordId(outgoing.person, m_settings.host), {{QStringLiteral("type"), 1}, {QStringLiteral("allow"), QLatin1String(kDiscordSeat)}}, channel, outgoing,
                    id);
    case Kind::Archive: break; // refused by send()
    }
}

/// `harmless`: the number of a refusal that says it is so already.
void DiscordConnector::call(net::Method method, const std::string &path, const QJsonObject &body, const std::string &channel, const Outgoing &outgoing, const std::string &id, int harmless)
{
    m_api.send(method, path, body, [this, channel, outgoing, id, harmless](const DiscordAnswer &answer) {
        using Kind = Outgoing::Kind;
        if (answer.kind == ApiAnswer::Kind::Refused && harmless != 0 && answer.code == harmless)
            return wasSo(outgoing, id, "it is so already");
        const bool isPost = outgoing.kind == Kind::Message || outgoing.kind == Kind::Direct;
        const std::string message = isPost ? json::textOf(answer.body.object(), "id") : std::string();
        if (m_written.size() > kWrittenKept)
            m_written.clear();
        if (answer.isDone() && isPost)
            m_written[message] = id;
        wrote(outgoing, channel, id, answer, answer.asError(), message);
    }, outgoing.kind != Outgoing::Kind::Topic);
}

/// A history does not say by which nonce a message came. It is ours when it says what we wrote, and is no other write's.
void DiscordConnector::find(const std::string &channel, const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done)
{
    const std::vector<std::string> parts = split(outgoing);
    std::size_t part = 0;
    if (const std::string first = outgoing.idem.text(); id.size() > first.size()) // "…-2" is the second
        part = static_cast<std::size_t>(std::max(0, std::atoi(id.c_str() + first.size() + 1) - 1));
    if (part >= parts.size())
        return done(Outbox::Found::CannotTell, {});
    findPage(placeOf(outgoing, channel), written(outgoing, parts[part], part == 0), id, snowflakeBefore(since - m_ahead - kDiscordLookBack), std::move(done));
}

void DiscordConnector::findPage(const std::string &channel, const std::string &content, const std::string &id, const std::string &after, Outbox::LookedUp done)
{
    m_api.get("channels/" + channel + "/messages?limit=100&after=" + after, [this, channel, content, id, after, done = std::move(done)](const DiscordAnswer &answer) {
        if (!answer.isDone())
            return done(answer.kind == ApiAnswer::Kind::Refused ? Outbox::Found::CannotTell : Outbox::Found::AskAgain, {});
        const QJsonArray page = answer.body.array();
        for (auto it = page.end(); it != page.begin();) { // the newest comes first
            const QJsonObject message = (*--it).toObject();
            const std::string number = json::textOf(message, "id");
            const auto written = m_written.find(number);
            const bool isOurs = json::textOf(json::objectOf(message, "author"), "id") == m_people.userId && json::textOf(message, "content") == content;
            if (isOurs && (written == m_written.end() || written->second == id)) {
                m_written[number] = id;
                return done(Outbox::Found::Yes, {number, id});
            }
        }
        const std::string newest = page.isEmpty() ? std::string() : json::textOf(page.first().toObject(), "id");
        if (page.size() < kDirectPage || !isLaterSnowflake(newest, after))
            return done(Outbox::Found::No, {});
        findPage(channel, content, id, newest, done);
    });
}

/// What is quoted is longer than what was meant: by how much, the text says.
std::vector<std::string> DiscordConnector::split(const Outgoing &outgoing) const
{
    using Kind = Outgoing::Kind;
    if (outgoing.kind != Kind::Message && outgoing.kind != Kind::Direct && outgoing.kind != Kind::Edit)
        return HttpChatConnector::split(outgoing);
    for (const std::size_t limit : {kMaxText, kMaxText * 3 / 4, kMaxText / 2}) {
        std::vector<std::string> parts = splitText(outgoing.text, limit);
        if (outgoing.kind == Kind::Edit) // a message stays one
            parts.resize(1);
        if (limit == kMaxText / 2 || std::all_of(parts.begin(), parts.end(), [&](const std::string &part) { return written(outgoing, part, true).size() <= kDiscordText; }))
            return parts;
    }
    return {};
}

void DiscordConnector::onEvent(const QString &name, const QJsonObject &data, const QByteArray &raw, bool late)
{
    if (name.startsWith(QLatin1String("GUILD_")) && json::textOf(data, "id") == m_settings.guild) {
        if (name == QLatin1String("GUILD_CREATE"))
            return onGuild(!data.value(QLatin1String("unavailable")).toBool(), false);
        if (name == QLatin1String("GUILD_DELETE"))
            return onGuild(false, !data.value(QLatin1String("unavailable")).toBool());
    }
    if (name == QLatin1String("THREAD_LIST_SYNC")) { // of several channels
        for (const auto &[address, one] : m_rooms)
            one.follower->onEvent({name, data, raw, late ? 1 : 0});
        return;
    }
    ChannelRoom *room = about(name, data);
    const bool isDirect = name == QLatin1String("MESSAGE_CREATE") && !data.contains(QLatin1String("guild_id"));
    if (name == QLatin1String("MESSAGE_CREATE") && (room || isDirect)) { // not everybody who speaks anywhere in the server
        const QJsonObject author = json::objectOf(data, "author");
        const std::string user = json::textOf(author, "id"), nick = json::textOf(json::objectOf(data, "member"), "nick"), global = json::textOf(author, "global_name");
        if (!user.empty())
            m_people.names[user] = safeLine(!nick.empty() ? nick : !global.empty() ? global : json::textOf(author, "username"), 128);
    }
    if (name == QLatin1String("INTERACTION_CREATE"))
        return onPress(data, room, late);
    if (const std::string id = json::textOf(data, "id"); !late && name == QLatin1String("MESSAGE_CREATE") && isSnowflake(id))
        m_ahead = m_clock.now() - instantOfSnowflake(id);
    if (isDirect)
        return onDirectMessage(data, raw, late);
    if (room)
        room->onEvent({name, data, raw, late ? 1 : 0});
}

ChannelRoom *DiscordConnector::about(const QString &name, const QJsonObject &data) const
{
    const bool isThread = name.startsWith(QLatin1String("THREAD_"));
    const std::string id = json::textOf(data, isThread || name.startsWith(QLatin1String("CHANNEL_")) ? "id" : "channel_id");
    if (ChannelRoom *room = roomOf(id))
        return room;
    if (isThread)
        return roomOf(json::textOf(data, "parent_id"));
    for (const auto &[address, room] : m_rooms)
        if (static_cast<const DiscordRoom &>(*room.follower).hasThread(id))
            return room.follower.get();
    return nullptr;
}

std::string DiscordConnector::placeOf(const Outgoing &outgoing, const std::string &channel) const
{
    using Kind = Outgoing::Kind;
    const auto it = outgoing.kind == Kind::Direct ? m_rooms.end() : m_rooms.find(outgoing.room);
    if (it == m_rooms.end())
        return channel;
    const auto &room = static_cast<const DiscordRoom &>(*it->second.follower);
    if (outgoing.kind == Kind::Edit || outgoing.kind == Kind::Reaction || outgoing.kind == Kind::Retraction)
        return room.placeOf(outgoing.target.eventId);
    return outgoing.kind == Kind::Message && room.hasThread(outgoing.thread) ? outgoing.thread : channel;
}

/// It has to be answered within three seconds, or Discord tells whoever pressed that it failed; one that is replayed is too old for that, and counts for nothing.
void DiscordConnector::onPress(const QJsonObject &interaction, ChannelRoom *room, bool late)
{
    const std::string id = json::textOf(interaction, "id");
    if (late || !isSnowflake(id))
        return;
    constexpr int kCommand = 2, kMessage = 4, kNothingToShow = 6, kToThemAlone = 64;
    const auto heard = readDiscordPress(interaction, m_settings.name, {}, m_people, m_clock.now());
    QJsonObject answer{{QStringLiteral("type"), kNothingToShow}};
    if (interaction.value(QLatin1String("type")).toInt() == kCommand) // which nobody else sees: what it does, the room is told
        answer = {{QStringLiteral("type"), kMessage},
                  {QStringLiteral("data"), QJsonObject{{QStringLiteral("content"), utf16(heard ? "Said to the console: " + discordQuoted(heard->text) : std::string("Nothing was said to the console."))},
                                                       {QStringLiteral("flags"), kToThemAlone | kSuppressEmbeds},
                                                       {QStringLiteral("allowed_mentions"), callingNobody()}}}};
    const std::string token = QUrl::toPercentEncoding(interaction.value(QLatin1String("token")).toString()).toStdString();
    m_api.send(net::Method::Post, "interactions/" + id + '/' + token + "/callback", answer, [](const DiscordAnswer &) {});
    if (room)
        return room->onEvent({QStringLiteral("INTERACTION_CREATE"), interaction, {}, 0});
    onDirect({}, {}, heard, {});
}

/// Discord loses sight of a server now and then, and tells nothing of it meanwhile.
void DiscordConnector::onGuild(bool isThere, bool isOver)
{
    if (isOver) {
        m_gateway.stop();
        return lineIsLost({Code::Forbidden, "the bot was taken out of the Discord server " + m_settings.guild}, true);
    }
    if (!isThere) {
        m_guildAway = true;
        return log(LogLevel::Warning, "chat", Error{Code::Unavailable, "Discord has lost sight of the server for now", {}});
    }
    if (std::exchange(m_guildAway, false))
        somethingLapsed({Code::Unavailable, "Discord had lost sight of the server"}, true);
}

void DiscordConnector::onDirectMessage(const QJsonObject &message, const QByteArray &raw, bool history)
{
    onDirect(json::textOf(message, "channel_id"), json::textOf(message, "id"), readDiscord(message, m_settings.name, {}, m_people, m_clock.now(), history), raw);
}

void DiscordConnector::readDirect(const std::string &channel, const std::string &newest, Done done)
{
    m_api.get("channels/" + channel + "/messages?limit=100&after=" + newest, [this, channel, newest, done = std::move(done)](const DiscordAnswer &answer) {
        const QJsonArray page = answer.body.array();
        for (auto it = page.end(); it != page.begin();) { // the newest comes first
            const QJsonObject message = (*--it).toObject();
            onDirectMessage(message, QJsonDocument(message).toJson(QJsonDocument::Compact), true);
        }
        const std::string last = page.isEmpty() ? std::string() : json::textOf(page.first().toObject(), "id");
        if (answer.isDone() && page.size() == kDirectPage && isLaterSnowflake(last, newest))
            return readDirect(channel, last, done);
        done(answer.isDone() ? std::string() : answer.asError().message);
    });
}

void DiscordConnector::askNames(const std::vector<std::string> &userIds)
{
    for (const std::string &id : userIds)
        m_api.get("users/" + id, [this, id](const DiscordAnswer &answer) {
            const QJsonObject user = answer.body.object();
            const std::string global = json::textOf(user, "global_name");
            if (answer.isDone())
                m_people.names.try_emplace(id, safeLine(global.empty() ? json::textOf(user, "username") : global, 128));
            else if (answer.kind != ApiAnswer::Kind::Refused)
                forgetNames({id});
        });
}

} // namespace qd::chat
