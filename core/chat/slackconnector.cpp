// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slackconnector.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/chat/emojinames.h"
#include "core/chat/jsonread.h"
#include "core/chat/textparts.h"
#include "core/chat/websockettransport.h"
#include "core/model/connection.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>
#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kSlackTopic = 200; ///< Slack takes 250 characters, counted after escaping
constexpr std::size_t kSlackReactions = 1'000;
constexpr std::size_t kDirectsKept = 500;

Caps slackCaps()
{
    Caps caps;
    caps.createRoom = caps.setTopic = caps.invite = caps.threads = caps.edit = caps.remove = caps.reactions = caps.direct = true;
    caps.verifiedIdentity = caps.historyQuery = caps.serverOrder = true;
    caps.multiline = caps.directCatchUp = caps.historyIdentity = caps.historyDurable = true;
    caps.ack = Caps::Ack::Response;
    caps.resume = Caps::Resume::Cursor;
    caps.idempotency = Caps::Idempotency::None; // we look before we repeat
    caps.maxText = SlackConnector::kMaxText;
    caps.unit = Caps::Unit::Bytes;
    return caps;
}

bool isWorkspace(std::string_view name)
{
    return !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

} // namespace

Result<std::unique_ptr<SlackConnector>> SlackConnector::make(SlackSettings settings, const Clock &clock, Random &random, Transports transports)
{
    while (settings.url.ends_with('/'))
        settings.url.pop_back();
    if (!settings.url.starts_with("https://") && !(settings.url.starts_with("http://") && namesThisMachine(settings.url)))
        return fail(Code::Forbidden, "Slack's interface must be asked over https://; http:// is only for a server on this machine");
    settings.workspace = asciiLower(settings.workspace);
    if (!isWorkspace(settings.workspace))
        return fail(Code::Invalid, "the Slack workspace must look like acme.slack.com");
    if (!settings.botToken.revealText().starts_with("xoxb-"))
        return fail(Code::Invalid, "the bot's token must begin with xoxb-; it is in the app's settings under OAuth & Permissions");
    if (!settings.appToken.revealText().starts_with("xapp-"))
        return fail(Code::Invalid, "the app-level token must begin with xapp-; it is in the app's settings under Basic Information, App-Level Tokens");
    if (!transports)
        transports = [caFile = QString::fromStdString(settings.caFile), timings = settings.timings](const QUrl &url) {
            WebSocketLine line;
            line.url = url;
            line.caFile = caFile;
            line.pingInterval = timings.pingInterval;
            line.pongDeadline = timings.pongDeadline;
            return std::make_unique<WebSocketTransport>(line);
        };
    return std::unique_ptr<SlackConnector>(new SlackConnector(std::move(settings), clock, random, std::move(transports)));
}

SlackConnector::SlackConnector(SlackSettings settings, const Clock &clock, Random &random, Transports transports)
    : RoomedConnector(clock, random, settings.timings, settings.timings.confirmWithin, settings.name, settings.workspace, slackCaps())
    , m_settings(std::move(settings))
    , m_people{m_settings.workspace, {}, {}, {}, {}}
    , m_api(m_settings.url, m_settings.caFile, m_settings.botToken.duplicate(), m_settings.appToken.duplicate(), m_settings.timings.answerWithin)
    , m_socket(m_api, std::move(transports), m_settings.timings.attempt, m_settings.timings.youngFor)
{
    m_api.setParent(this); // by value and without parent in their own classes; as children they move to the connector's thread
    m_socket.setParent(this);
    connect(&m_socket, &SlackSocket::ready, this, [this] {
        if (m_socket.sharedBy() > 1)
            log(LogLevel::Warning, "chat", Error{Code::Conflict, "Slack counts " + std::to_string(m_socket.sharedBy()) + " sockets of this app; what goes to another console's is not heard here", {}});
        readDirects();
        lineIsReady();
    });
    connect(&m_socket, &SlackSocket::lost, this, [this](const Error &why, bool refused, std::chrono::milliseconds patience) { lineIsLost(why, refused, patience); });
    connect(&m_socket, &SlackSocket::event, this, &SlackConnector::onEvent);
    connect(&m_socket, &SlackSocket::lapsed, this, [this](const Error &why) { somethingLapsed(why, true); });
}

SlackConnector::~SlackConnector()
{
    m_socket.disconnect(this);
}

void SlackConnector::stopLine()
{
    ++m_generation;
    m_socket.stop();
}

std::string SlackConnector::addressFor(const std::string &name) const
{
    std::string local = localPart(name).substr(0, 76);
    std::replace(local.begin(), local.end(), '.', '-');
    return local.empty() ? local : local + '@' + m_settings.workspace;
}

std::unique_ptr<SlackRoom> SlackConnector::makeFollower(const std::string &address, const std::string &cursor)
{
    auto room = std::make_unique<SlackRoom>(m_api, m_people, m_clock, m_settings.timings, m_settings.name, address, cursor);
    connect(room.get(), &SlackRoom::stranger, this, &SlackConnector::learnName);
    return room;
}

/// The bot's token first: who we are, and in which workspace.
void SlackConnector::startLine()
{
    m_api.call("auth.test", {}, [this, generation = ++m_generation](const SlackAnswer &answer) {
        if (generation != m_generation || !m_wanted)
            return;
        if (answer.kind != SlackAnswer::Kind::Done)
            return lineIsLost(answer.isFatal() ? Error{Code::Forbidden, "Slack refused the bot's token: " + answer.error} : answer.asError("auth.test"), answer.isFatal(),
                              answer.retryAfter);
        const std::string host = QUrl(answer.body.value(QLatin1String("url")).toString()).host().toStdString();
        if (host != m_settings.workspace)
            return lineIsLost({Code::Invalid, "the bot's token is of the workspace " + safeLine(host, 100) + ", not of " + m_settings.workspace}, true);
        m_people.userId = json::textOf(answer.body, "user_id");
        m_people.botId = json::textOf(answer.body, "bot_id");
        m_people.team = json::textOf(answer.body, "team_id");
        m_people.names[m_people.userId] = safeLine(json::textOf(answer.body, "user"), 128);
        setState(ConnectorState::Authenticating);
        m_socket.start();
    });
}

std::string SlackConnector::problemOf(const Outgoing &outgoing) const
{
    using Kind = Outgoing::Kind;
    if ((outgoing.kind == Kind::Direct || outgoing.kind == Kind::Invite) && slackId(outgoing.person, m_settings.workspace, "UW").empty())
        return "\"" + outgoing.person + "\" is no member id@" + m_settings.workspace;
    const bool needsTarget = outgoing.kind == Kind::Edit || outgoing.kind == Kind::Reaction || outgoing.kind == Kind::Retraction;
    if (needsTarget && outgoing.target == MessageRef{})
        return "there is no message named to edit, react to or retract";
    for (const std::string &emoji : outgoing.emojis)
        if (outgoing.kind == Kind::Reaction && emojiName(emoji).empty())
            return "we know no name of Slack's for the reaction " + safeLine(emoji, 32);
    return {};
}

bool SlackConnector::canSend(const std::string &lane) const
{
    return !m_paused.contains(lane) && RoomedConnector::canSend(lane);
}

/// Slack takes about one message a second in a channel; more are refused, and held against the app.
void SlackConnector::pause(const std::string &lane)
{
    m_paused.insert(lane);
    QTimer::singleShot(m_settings.timings.perMessage, this, [this, lane] {
        m_paused.erase(lane);
        m_outbox.pump();
    });
}

void SlackConnector::withChannel(const Outgoing &outgoing, const std::string &id, std::function<void(const std::string &)> go)
{
    if (outgoing.kind != Outgoing::Kind::Direct) {
        const auto it = m_rooms.find(outgoing.room);
        return it == m_rooms.end() ? void() : go(it->second.follower->channel());
    }
    m_api.call("conversations.open", {{"users", slackId(outgoing.person, m_settings.workspace, "UW")}}, [this, outgoing, id, go = std::move(go)](const SlackAnswer &answer) {
        const std::string channel = json::textOf(json::objectOf(answer.body, "channel"), "id");
        if (answer.isDone() && !channel.empty()) {
            m_directs.try_emplace(channel);
            return go(channel);
        }
        const std::string lane = Outbox::laneOf(outgoing);
        if (answer.kind == SlackAnswer::Kind::Refused)
            m_outbox.refused(lane, id, outgoing.person + " cannot be written to: " + answer.asError("conversations.open").message, {});
        else if (answer.kind == SlackAnswer::Kind::Wait)
            m_outbox.refused(lane, id, "Slack asks for patience", answer.retryAfter);
    });
}

void SlackConnector::transmit(const Outgoing &outgoing, const std::string &text, const std::string &id)
{
    using Kind = Outgoing::Kind;
    pause(Outbox::laneOf(outgoing));
    withChannel(outgoing, id, [this, outgoing, text, id](const std::string &channel) {
        const std::string metadata = json::compact({{QStringLiteral("event_type"), QStringLiteral("quarterdeck_message")},
                                           {QStringLiteral("event_payload"), QJsonObject{{QStringLiteral("id"), QString::fromStdString(id)}}}});
        // Plain text: no markup is read in it, no names are made mentions of, no links are looked at.
        SlackApi::Parameters parameters{{"channel", channel}};
        switch (outgoing.kind) {
        case Kind::Message:
        case Kind::Direct:
            parameters.insert(parameters.end(), {{"text", slackEscaped(text)}, {"mrkdwn", "false"}, {"parse", "none"}, {"link_names", "false"}, {"unfurl_links", "false"},
                                                 {"unfurl_media", "false"}, {"metadata", metadata}});
            if (!outgoing.thread.empty())
                parameters.emplace_back("thread_ts", outgoing.thread);
            return write("chat.postMessage", parameters, outgoing, id);
        case Kind::Edit:
            parameters.insert(parameters.end(), {{"ts", tsOf(outgoing.target)}, {"text", slackEscaped(text)}, {"parse", "none"}, {"link_names", "false"}});
            return write("chat.update", parameters, outgoing, id);
        case Kind::Retraction:
            parameters.emplace_back("ts", tsOf(outgoing.target));
            return write("chat.delete", parameters, outgoing, id, "message_not_found");
        case Kind::Reaction:
            if (text.empty())
                return m_outbox.confirmed(Outbox::laneOf(outgoing), id, {{}, id}, "it is as it was");
            parameters.insert(parameters.end(), {{"timestamp", tsOf(outgoing.target)}, {"name", emojiName(std::string_view(text).substr(1))}});
            return write(text.front() == '+' ? "reactions.add" : "reactions.remove", parameters, outgoing, id, text.front() == '+' ? "already_reacted" : "no_reaction");
        case Kind::Topic:
            parameters.emplace_back("topic", slackEscaped(text));
            return write("conversations.setTopic", parameters, outgoing, id);
        case Kind::Invite:
            parameters.emplace_back("users", slackId(outgoing.person, m_settings.workspace, "UW"));
            return write("conversations.invite", parameters, outgoing, id, "already_in_channel");
        }
    });
}

/// `harmless`: a refusal that says it is so already.
void SlackConnector::write(const std::string &method, const SlackApi::Parameters &parameters, const Outgoing &outgoing, const std::string &id, const std::string &harmless)
{
    m_api.call(method, parameters, [this, method, lane = Outbox::laneOf(outgoing), channel = parameters.front().second, id, harmless](const SlackAnswer &answer) {
        const std::string ts = json::textOf(answer.body, "ts");
        switch (answer.kind) {
        case SlackAnswer::Kind::Done:
            if (lane.starts_with('@'))
                m_directs[channel] = std::max(m_directs[channel], ts);
            return m_outbox.confirmed(lane, id, {ts, id});
        case SlackAnswer::Kind::Refused:
            if (!harmless.empty() && answer.error == harmless)
                return m_outbox.confirmed(lane, id, {{}, id}, "it is so already");
            return m_outbox.refused(lane, id, answer.asError(method).message, {});
        case SlackAnswer::Kind::Wait:
            Q_EMIT rateLimited(m_clock.now() + millis(answer.retryAfter.count()));
            return m_outbox.refused(lane, id, "Slack asks for patience", answer.retryAfter);
        case SlackAnswer::Kind::Unknown: return; // it is looked for when its time is over
        }
    });
}

void SlackConnector::lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done)
{
    using Kind = Outgoing::Kind;
    if (outgoing.kind != Kind::Message && outgoing.kind != Kind::Direct)
        return done(Outbox::Found::No, {}); // an edit, a reaction, a topic, done twice, is the same
    if (!outgoing.thread.empty())
        return done(Outbox::Found::CannotTell, {}); // a history holds a thread's first message only
    const std::string oldest = std::to_string(since.ns / 1'000'000'000) + ".000000";
    if (outgoing.kind == Kind::Message) {
        const auto it = m_rooms.find(outgoing.room);
        return it == m_rooms.end() ? done(Outbox::Found::CannotTell, {}) : find(it->second.follower->channel(), id, oldest, {}, std::move(done));
    }
    m_api.call("conversations.open", {{"users", slackId(outgoing.person, m_settings.workspace, "UW")}}, [this, id, oldest, done = std::move(done)](const SlackAnswer &answer) {
        const std::string channel = json::textOf(json::objectOf(answer.body, "channel"), "id");
        if (answer.isDone() && !channel.empty())
            return find(channel, id, oldest, {}, done);
        done(answer.kind == SlackAnswer::Kind::Refused ? Outbox::Found::CannotTell : Outbox::Found::AskAgain, {});
    });
}

void SlackConnector::find(const std::string &channel, const std::string &id, const std::string &oldest, const std::string &next, Outbox::LookedUp done)
{
    SlackApi::Parameters parameters{{"channel", channel}, {"oldest", oldest}, {"limit", "200"}, {"include_all_metadata", "true"}};
    if (!next.empty())
        parameters.emplace_back("cursor", next);
    m_api.call("conversations.history", parameters, [this, channel, id, oldest, done = std::move(done)](const SlackAnswer &answer) {
        if (!answer.isDone())
            return done(answer.kind == SlackAnswer::Kind::Refused ? Outbox::Found::CannotTell : Outbox::Found::AskAgain, {});
        for (const auto &value : answer.body.value(QLatin1String("messages")).toArray()) {
            const QJsonObject message = value.toObject();
            if (json::textOf(json::objectOf(json::objectOf(message, "metadata"), "event_payload"), "id") == id && m_people.isUs(json::textOf(message, "user"), json::textOf(message, "bot_id")))
                return done(Outbox::Found::Yes, {json::textOf(message, "ts"), id});
        }
        const std::string more = json::textOf(json::objectOf(answer.body, "response_metadata"), "next_cursor");
        if (more.empty())
            return done(Outbox::Found::No, {});
        find(channel, id, oldest, more, done);
    });
}

std::vector<std::string> SlackConnector::split(const Outgoing &outgoing) const
{
    using Kind = Outgoing::Kind;
    switch (outgoing.kind) {
    case Kind::Message:
    case Kind::Direct: return splitText(outgoing.text, kMaxText);
    case Kind::Topic: return {safeLine(outgoing.text, kSlackTopic)};
    case Kind::Reaction:
        if (m_reactions.size() > kSlackReactions)
            m_reactions.clear();
        return reactionParts(m_reactions[outgoing.room + ' ' + tsOf(outgoing.target)], outgoing.emojis);
    default: return {splitText(outgoing.text, kMaxText).front()};
    }
}

void SlackConnector::onEvent(const QJsonObject &outer, const QByteArray &raw, int retry)
{
    const QJsonObject event = json::objectOf(outer, "event");
    const std::string type = json::textOf(event, "type");
    if (type == "message" && json::textOf(event, "channel_type") == "im")
        return onDirect(event, raw, retry > 0);
    std::string channel = json::textOf(event, "channel");
    if (channel.empty())
        channel = json::textOf(json::objectOf(event, "item"), "channel");
    for (auto &[address, room] : m_rooms)
        if (!channel.empty() && room.follower->channel() == channel)
            return room.follower->onEvent(event, raw, retry);
}

void SlackConnector::onDirect(const QJsonObject &message, const QByteArray &raw, bool history)
{
    const std::string channel = json::textOf(message, "channel"), ts = json::textOf(message, "ts"), user = json::textOf(message, "user");
    auto event = readSlack(message, m_settings.name, {}, m_people, m_clock.now(), history);
    if (!channel.empty() && m_directs.size() < kDirectsKept)
        m_directs[channel] = std::max(m_directs[channel], ts);
    if (!user.empty() && m_people.nameOf(user).empty())
        learnName(user);
    if (!event || event->own || event->kind != ChatEvent::Kind::Message)
        return;
    event->raw = raw.toStdString();
    m_direct.give(std::move(*event));
}

/// What was written to us alone while we were away, by those we have talked with since this process began.
void SlackConnector::readDirects()
{
    if (!std::exchange(m_wasReady, true))
        return m_direct.forgetLoss();
    const auto left = std::make_shared<std::size_t>(1);
    const auto whole = std::make_shared<std::string>();
    const auto one = [this, left, whole, generation = m_generation] {
        if (generation == m_generation && --*left == 0)
            m_direct.mended(whole->empty() ? Recovery::Kind::CaughtUp : Recovery::Kind::Gap, 0, *whole);
    };
    for (const auto &[channel, newest] : m_directs) {
        if (newest.empty())
            continue;
        ++*left;
        m_api.call("conversations.history", {{"channel", channel}, {"oldest", newest}, {"limit", "200"}}, [this, channel = channel, one, whole](const SlackAnswer &answer) {
            if (!answer.isDone()) {
                *whole = "what was said to us alone meanwhile cannot be read: " + answer.asError("conversations.history").message;
                m_direct.tellGap(*whole);
            }
            const QJsonArray messages = answer.body.value(QLatin1String("messages")).toArray();
            for (auto it = messages.end(); it != messages.begin();) { // the newest comes first
                QJsonObject message = (*--it).toObject();
                message.insert(QStringLiteral("channel"), QString::fromStdString(channel));
                onDirect(message, QJsonDocument(message).toJson(QJsonDocument::Compact), true);
            }
            one();
        });
    }
    one();
}

void SlackConnector::learnName(const std::string &userId)
{
    if (!m_asked.insert(userId).second)
        return;
    m_api.call("users.info", {{"user", userId}}, [this, userId](const SlackAnswer &answer) {
        const QJsonObject user = json::objectOf(answer.body, "user");
        const QJsonObject profile = json::objectOf(user, "profile");
        for (const std::string &name : {json::textOf(profile, "display_name"), json::textOf(profile, "real_name"), json::textOf(user, "real_name"), json::textOf(user, "name")})
            if (answer.isDone() && !name.empty() && m_people.nameOf(userId).empty())
                m_people.names[userId] = safeLine(name, 128);
        if (!answer.isDone() && answer.kind != SlackAnswer::Kind::Refused)
            m_asked.erase(userId);
    });
}

} // namespace qd::chat
