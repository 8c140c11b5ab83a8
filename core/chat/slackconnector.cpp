// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slackconnector.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/chat/joinedposts.h"
#include "core/chat/jsonread.h"
#include "core/chat/websockettransport.h"
#include "core/chat/textparts.h"
#include "core/model/emojinames.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>
#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::string_view kSlackFiles = "files.slack.com", kSlackGovFiles = "files.slack-gov.com";
constexpr std::size_t kSlackTopic = 200; ///< Slack takes 250 characters, counted after escaping

bool isWorkspace(std::string_view name)
{
    return !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

} // namespace

Result<std::unique_ptr<SlackConnector>> SlackConnector::make(SlackSettings settings, const Clock &clock, Random &random, Transports transports)
{
    if (const std::string problem = problemOfUrl(settings.url, "Slack's interface"); !problem.empty())
        return fail(Code::Forbidden, problem);
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
    : HttpChatConnector({"Slack", "member id", 76, kSlackTopic, kMaxText, Caps::Idempotency::None}, clock, random, settings.timings, settings.timings.confirmWithin, settings.name,
                        settings.workspace) // it knows no key for "once only": we look before we repeat
    , m_settings(std::move(settings))
    , m_people{m_settings.workspace, {}, {}, {}, {}}
    , m_api(m_settings.url, m_settings.caFile, m_settings.botToken.duplicate(), m_settings.appToken.duplicate(), m_settings.timings.answerWithin)
    , m_socket([this](SlackApi::Answered answered) { m_api.callAsApp("apps.connections.open", std::move(answered)); }, std::move(transports), m_settings.timings.attempt, m_settings.timings.youngFor, m_settings.timings.ackWithin)
    , m_files("Slack")
{
    m_caps.buttons = m_caps.slashCommands = m_caps.archivesRooms = m_caps.privateRooms = m_caps.joinsPosts = true;
    m_api.setParent(this); // by value and without parent in their own classes; as children they move to the connector's thread
    m_socket.setParent(this);
    m_files.setParent(this);
    connect(&m_socket, &SlackSocket::ready, this, [this] {
        readDirects();
        lineIsReady();
    });
    connect(&m_socket, &SlackSocket::counted, this, [this] {
        m_shared = m_socket.others() > 0 ? "Slack counts " + std::to_string(m_socket.others()) + " more socket" + (m_socket.others() > 1 ? "s" : "")
                + " of this app: each event goes to one of them only, so make an app-level token for this console alone" : std::string();
        tellNotice();
    });
    connect(&m_api, &SlackApi::refused, this, &SlackConnector::tokenRefused);
    connect(&m_api, &SlackApi::lacking, this, [this](const Error &why) {
        m_lacking = why.message;
        tellNotice();
    });
    connect(&m_socket, &SlackSocket::lost, this, [this](const Error &why, bool refused, std::chrono::milliseconds patience) { lineIsLost(why, refused, patience); });
    connect(&m_socket, &SlackSocket::event, this, &SlackConnector::onEvent);
    connect(&m_socket, &SlackSocket::asked, this, &SlackConnector::onAsked);
    connect(this, &ChatConnector::event, this, [this](const ChatEvent &given) { m_given = std::max(m_given, given.receipt); });
    connect(&m_socket, &SlackSocket::lapsed, this, [this](const Error &why) { somethingLapsed(why, true); });
}

SlackConnector::~SlackConnector()
{
    m_socket.disconnect(this);
}

/// The connection says it, though it lives on: what it lacks before what it shares.
void SlackConnector::tellNotice()
{
    const std::string &notice = m_lacking.empty() ? m_shared : m_lacking;
    if (!notice.empty() && notice != m_told)
        log(LogLevel::Warning, "chat", Error{Code::Conflict, notice, {}});
    m_told = notice;
    setNotice(notice);
}

void SlackConnector::stopLine()
{
    nextGeneration();
    m_socket.stop();
}

std::unique_ptr<ChannelRoom> SlackConnector::makeFollower(const std::string &address, const std::string &cursor)
{
    auto room = std::make_unique<SlackRoom>(m_api, m_people, m_clock, m_settings.timings, m_settings.name, address, cursor);
    connect(room.get(), &SlackRoom::strangers, this, &SlackConnector::learnNames);
    return room;
}

/// The bot's token first: who we are, and in which workspace.
void SlackConnector::startLine()
{
    m_api.call("auth.test", {}, [this, generation = nextGeneration()](const SlackAnswer &answer) {
        if (!isCurrent(generation))
            return;
        if (answer.kind != SlackAnswer::Kind::Done)
            return lineIsLost(answer.asError("auth.test"), answer.isFatal(),
                              answer.retryAfter);
        const std::string host = QUrl(answer.body.value(QLatin1String("url")).toString()).host().toStdString();
        if (host != m_settings.workspace)
            return lineIsLost({Code::Invalid, "the bot's token is of the workspace " + safeLine(host, 100) + ", not of " + m_settings.workspace}, true);
        if (json::textOf(answer.body, "team_id").empty())
            return lineIsLost({Code::Invalid, "Slack did not say which team the bot's token is of, so that nobody there could be told from somebody of another one", {}}, true);
        m_people.userId = json::textOf(answer.body, "user_id");
        m_people.botId = json::textOf(answer.body, "bot_id");
        m_people.team = json::textOf(answer.body, "team_id");
        m_people.names[m_people.userId] = safeLine(json::textOf(answer.body, "user"), 128);
        setState(ConnectorState::Authenticating);
        m_socket.start();
    });
}

bool SlackConnector::canReactWith(const std::string &emoji) const
{
    return !emojiName(emoji).empty();
}

bool SlackConnector::canSend(const std::string &lane) const
{
    return !m_paused.contains(lane) && HttpChatConnector::canSend(lane);
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

void SlackConnector::transmit(const Outgoing &outgoing, const std::string &text, const std::string &id)
{
    pause(Outbox::laneOf(outgoing));
    HttpChatConnector::transmit(outgoing, text, id);
}

/// A history holds a thread's first message only: what came in a thread is asked for there.
void SlackConnector::readFile(const FileAsked &asked, Read done)
{
    const auto room = m_rooms.find(asked.room);
    const std::string channel = room == m_rooms.end() ? std::string() : room->second.follower->channel();
    if (channel.empty() || !slackInstant(asked.message) || asked.number == 0)
        return done(fail(Code::NotFound, "Slack knows no such message in a room we are in."));
    const std::string method = asked.thread.empty() ? "conversations.history" : "conversations.replies";
    SlackApi::Parameters parameters{{"channel", channel}, {"oldest", asked.message}, {"latest", asked.message}, {"inclusive", "true"}, {"limit", "10"}};
    if (!asked.thread.empty())
        parameters.emplace_back("ts", asked.thread);
    m_api.call(method, parameters, [this, method, asked, done = std::move(done)](const SlackAnswer &answer) {
        if (!answer.isDone())
            return done(tl::unexpected(answer.asError(method)));
        for (const auto &value : answer.body.value(QLatin1String("messages")).toArray())
            if (json::textOf(value.toObject(), "ts") == asked.message)
                return take(value.toObject(), asked.number, asked.most, done);
        done(fail(Code::NotFound, "Slack has no such message any more."));
    });
}

void SlackConnector::take(const QJsonObject &message, std::size_t number, std::size_t most, Read done)
{
    const QJsonObject file = json::fileOf(message, "files", number);
    const std::string name = safeLine(json::textOf(file, "name"), 200), mode = json::textOf(file, "mode");
    std::string url = json::textOf(file, "url_private_download");
    if (url.empty())
        url = json::textOf(file, "url_private");
    if (file.isEmpty() || mode == "tombstone" || mode == "hidden_by_limit")
        return done(fail(Code::NotFound, "Slack has no such file of that message any more."));
    if (file.value(QLatin1String("is_external")).toBool() || url.empty())
        return done(fail(Code::Forbidden, "\"" + name + "\" does not lie on Slack; save it where it is, and keep it: quarterdeckctl evidence keep FILE."));
    if (file.value(QLatin1String("size")).toInteger() > static_cast<qint64>(most))
        return done(tl::unexpected(fileTooLarge(name, most)));
    auto address = fileAddressAt(url, {kSlackFiles, kSlackGovFiles}, m_settings.url);
    if (!address)
        return done(tl::unexpected(address.error()));
    m_files.get({std::move(*address), name, m_settings.botToken.duplicate(), m_settings.caFile, net::AddressPolicy::configured(), json::textOf(file, "mimetype").starts_with("text/html")}, most, std::move(done));
}

void SlackConnector::openDirect(const std::string &person, Opened opened)
{
    m_api.call("conversations.open", {{"users", slackId(person, m_settings.workspace, "UW")}}, [opened = std::move(opened)](const SlackAnswer &answer) {
        opened(answer.isDone() ? json::textOf(json::objectOf(answer.body, "channel"), "id") : std::string(), answer, answer.asError("conversations.open"));
    });
}

void SlackConnector::write(const std::string &channel, const Outgoing &outgoing, const std::string &text, const std::string &id)
{
    using Kind = Outgoing::Kind;
    QJsonObject payload{{QStringLiteral("id"), QString::fromStdString(id)}};
    if (!outgoing.also.empty())
        payload.insert(QStringLiteral("also"), QString::fromStdString(alsoText(outgoing)));
    const std::string metadata = json::compact({{QStringLiteral("event_type"), QStringLiteral("quarterdeck_message")}, {QStringLiteral("event_payload"), payload}});
    // Plain text: no markup is read in it, no names are made mentions of, no links are looked at.
    SlackApi::Parameters parameters{{"channel", channel}};
    switch (outgoing.kind) {
    case Kind::Message:
    case Kind::Direct: {
        const std::string called = beginsIt(outgoing, id) ? mentionsOf(outgoing, [&](const std::string &address) {
            const std::string user = slackId(address, m_settings.workspace, "UW");
            return user.empty() ? user : "<@" + user + ">";
        }) : std::string();
        parameters.insert(parameters.end(), {{"text", called + (called.empty() ? "" : " ") + slackEscaped(text)}, {"mrkdwn", "false"}, {"parse", "none"}, {"link_names", "false"}, {"unfurl_links", "false"},
                                             {"unfurl_media", "false"}, {"metadata", metadata}});
        if (!outgoing.thread.empty())
            parameters.emplace_back("thread_ts", outgoing.thread);
        if (std::string blocks = slackBlocks(text, outgoing.buttons, called); !blocks.empty())
            parameters.emplace_back("blocks", std::move(blocks));
        return call("chat.postMessage", parameters, outgoing, id);
    }
    case Kind::Edit:
        parameters.insert(parameters.end(), {{"ts", targetOf(outgoing.target)}, {"text", slackEscaped(text)}, {"parse", "none"}, {"link_names", "false"}});
        return call("chat.update", parameters, outgoing, id);
    case Kind::Retraction:
        parameters.emplace_back("ts", targetOf(outgoing.target));
        return call("chat.delete", parameters, outgoing, id, "message_not_found");
    case Kind::Reaction:
        parameters.insert(parameters.end(), {{"timestamp", targetOf(outgoing.target)}, {"name", emojiName(std::string_view(text).substr(1))}});
        return call(text.front() == '+' ? "reactions.add" : "reactions.remove", parameters, outgoing, id, text.front() == '+' ? "already_reacted" : "no_reaction");
    case Kind::Topic:
        parameters.emplace_back("topic", slackEscaped(text));
        return call("conversations.setTopic", parameters, outgoing, id);
    case Kind::Invite:
        parameters.emplace_back("users", slackId(outgoing.person, m_settings.workspace, "UW"));
        return call("conversations.invite", parameters, outgoing, id, "already_in_channel");
    case Kind::Archive: return call("conversations.archive", parameters, outgoing, id, "already_archived");
    }
}

/// `harmless`: a refusal that says it is so already.
void SlackConnector::call(const std::string &method, const SlackApi::Parameters &parameters, const Outgoing &outgoing, const std::string &id, const std::string &harmless)
{
    m_api.call(method, parameters, [this, method, outgoing, channel = parameters.front().second, id, harmless](const SlackAnswer &answer) {
        if (answer.kind == ApiAnswer::Kind::Refused && !harmless.empty() && answer.error == harmless)
            return wasSo(outgoing, id, "it is so already");
        wrote(outgoing, channel, id, answer, answer.asError(method), json::textOf(answer.body, "ts"));
    });
}

void SlackConnector::find(const std::string &channel, const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done)
{
    // A history holds a thread's first message only: what was said in a thread is looked for in it.
    findPage({channel, outgoing.thread}, id, std::to_string((since - Outbox::kClocksDiffer).ns / 1'000'000'000) + ".000000", {}, std::move(done));
}

void SlackConnector::findPage(const Place &in, const std::string &id, const std::string &oldest, const std::string &next, Outbox::LookedUp done)
{
    SlackApi::Parameters parameters{{"channel", in.channel}, {"oldest", oldest}, {"limit", "200"}, {"include_all_metadata", "true"}};
    if (!in.thread.empty())
        parameters.emplace_back("ts", in.thread);
    if (!next.empty())
        parameters.emplace_back("cursor", next);
    m_api.call(in.thread.empty() ? "conversations.history" : "conversations.replies", parameters, [this, in, id, oldest, done = std::move(done)](const SlackAnswer &answer) {
        if (!answer.isDone())
            return done(answer.kind == ApiAnswer::Kind::Refused ? Outbox::Found::CannotTell : Outbox::Found::AskAgain, {});
        for (const auto &value : answer.body.value(QLatin1String("messages")).toArray()) {
            const QJsonObject message = value.toObject();
            const QJsonObject payload = json::objectOf(json::objectOf(message, "metadata"), "event_payload");
            if ((json::textOf(payload, "id") == id || alsoHas(json::textOf(payload, "also"), id)) && m_people.isUs(json::textOf(message, "user"), json::textOf(message, "bot_id")))
                return done(Outbox::Found::Yes, {json::textOf(message, "ts"), id});
        }
        const std::string more = json::nextOf(answer.body);
        if (more.empty())
            return done(Outbox::Found::No, {});
        findPage(in, id, oldest, more, done);
    });
}

void SlackConnector::letGo(std::uint64_t receipt, const ChannelRoom *room)
{
    const bool isHeldBack = room && room->phase() != ChannelRoom::Phase::Live; // it is given once history is read
    if (receipt != 0 && m_given < receipt && !isHeldBack)
        m_socket.kept(receipt);
}

void SlackConnector::onEvent(const QJsonObject &outer, const QByteArray &raw, int retry, std::uint64_t receipt)
{
    const QJsonObject event = json::objectOf(outer, "event");
    const std::string type = json::textOf(event, "type");
    if (type == "tokens_revoked" || type == "app_uninstalled") {
        const bool isBots = type == "app_uninstalled" || !json::objectOf(event, "tokens").value(QLatin1String("bot")).toArray().isEmpty();
        SlackAnswer gone;
        gone.kind = ApiAnswer::Kind::Refused;
        gone.error = "token_revoked";
        return isBots ? tokenRefused(gone.asError(type)) : void();
    }
    if (type == "message" && json::textOf(event, "channel_type") == "im") {
        onDirectMessage(event, raw, retry > 0, receipt);
        return letGo(receipt, nullptr);
    }
    std::string channel = json::textOf(event, "channel");
    if (channel.empty())
        channel = json::textOf(json::objectOf(event, "item"), "channel");
    ChannelRoom *room = roomOf(channel);
    if (room)
        room->onEvent({QString::fromStdString(type), event, raw, retry, receipt});
    letGo(receipt, room);
}

/// In a channel that is no room of ours it is said to us alone: a call can be answered from wherever one is.
void SlackConnector::onAsked(const QString &type, const QJsonObject &payload, std::uint64_t receipt)
{
    const std::string channel = type == QLatin1String("interactive") ? json::textOf(json::objectOf(payload, "channel"), "id") : json::textOf(payload, "channel_id");
    ChannelRoom *room = roomOf(channel);
    if (room) {
        room->onEvent({type, payload, {}, 0, receipt});
    } else {
        auto event = readSlackAsk(type.toStdString(), payload, m_settings.name, {}, m_people, m_clock.now());
        if (event)
            event->receipt = receipt;
        onDirect({}, {}, std::move(event), {});
    }
    letGo(receipt, room);
}

void SlackConnector::onDirectMessage(const QJsonObject &message, const QByteArray &raw, bool history, std::uint64_t receipt)
{
    auto event = readSlack(message, m_settings.name, {}, m_people, m_clock.now(), history);
    if (event)
        event->receipt = receipt;
    const std::string user = json::textOf(message, "user");
    if (!user.empty() && m_people.nameOf(user).empty())
        learnNames({user});
    onDirect(json::textOf(message, "channel"), json::textOf(message, "ts"), std::move(event), raw);
}

void SlackConnector::readDirect(const std::string &channel, const std::string &newest, Done done)
{
    m_api.call("conversations.history", {{"channel", channel}, {"oldest", newest}, {"limit", "200"}}, [this, channel, done = std::move(done)](const SlackAnswer &answer) {
        const QJsonArray messages = answer.body.value(QLatin1String("messages")).toArray();
        for (auto it = messages.end(); it != messages.begin();) { // the newest comes first
            QJsonObject message = (*--it).toObject();
            message.insert(QStringLiteral("channel"), QString::fromStdString(channel));
            onDirectMessage(message, QJsonDocument(message).toJson(QJsonDocument::Compact), true);
        }
        done(answer.isDone() ? std::string() : answer.asError("conversations.history").message);
    });
}

void SlackConnector::askNames(const std::vector<std::string> &userIds)
{
    for (const std::string &userId : userIds)
        m_api.call("users.info", {{"user", userId}}, [this, userId](const SlackAnswer &answer) {
            const QJsonObject user = json::objectOf(answer.body, "user");
            const QJsonObject profile = json::objectOf(user, "profile");
            for (const std::string &name : {json::textOf(profile, "display_name"), json::textOf(profile, "real_name"), json::textOf(user, "real_name"), json::textOf(user, "name")})
                if (answer.isDone() && !name.empty() && m_people.nameOf(userId).empty())
                    m_people.names[userId] = safeLine(name, 128);
            if (!answer.isDone() && answer.kind != ApiAnswer::Kind::Refused)
                forgetNames({userId});
        });
}

} // namespace qd::chat
