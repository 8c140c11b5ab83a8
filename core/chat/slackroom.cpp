// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slackroom.h"

#include "core/base/safetext.h"
#include "core/chat/jsonread.h"
#include "core/chat/textparts.h"
#include "core/model/emojinames.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <charconv>

namespace qd::chat {

namespace {

constexpr std::size_t kSlackAsked = 2000;     ///< bytes of what a button or a word with a slash says
constexpr qsizetype kSlackBlockText = 3000;   ///< characters of a block, as Slack's
constexpr std::size_t kHistoryLimit = 20'000; ///< messages read at once; beyond is a gap
constexpr int kNameTries = 5;
constexpr auto kPage = "200";
constexpr auto kListPage = "1000";

/// "1700000000.000100": a moment just before everything said since then.
std::string slackTs(Instant when)
{
    std::string micros = std::to_string(when.ns / 1'000 % 1'000'000);
    micros.insert(0, 6 - std::min<std::size_t>(6, micros.size()), '0');
    return std::to_string(when.ns / 1'000'000'000) + '.' + micros;
}

/// Whether the one named wrote it themselves, here: an app may post as somebody, and in a shared channel ids of another workspace are other people.
bool isByMember(const QJsonObject &said, const SlackPeople &people)
{
    const auto isOurs = [&](const char *field) {
        const std::string team = json::textOf(said, field);
        return team.empty() || team == people.team;
    };
    return !people.team.empty() && json::textOf(said, "bot_id").empty() && isOurs("user_team") && isOurs("source_team") && isOurs("team");
}

/// What one edit of a message is called, live and in a history; "" for a message that was not edited.
std::string editOf(const std::string &target, const QJsonObject &said)
{
    const std::string at = json::textOf(json::objectOf(said, "edited"), "ts");
    return at.empty() ? std::string() : target + '@' + safeLine(at, 40);
}

} // namespace

Instant slackInstant(std::string_view ts)
{
    std::int64_t whole = 0, micros = 0;
    const std::size_t dot = ts.find('.');
    if (std::from_chars(ts.data(), ts.data() + std::min(dot, ts.size()), whole).ec != std::errc() || whole <= 0 || whole > 9'000'000'000)
        return {};
    if (dot != std::string_view::npos)
        std::from_chars(ts.data() + dot + 1, ts.data() + ts.size(), micros);
    return Instant{whole * 1'000'000'000 + std::clamp<std::int64_t>(micros, 0, 999'999) * 1'000};
}

std::optional<ChatEvent> readSlack(const QJsonObject &message, const std::string &connector, const std::string &room, const SlackPeople &people, Instant now, bool history)
{
    using Kind = ChatEvent::Kind;
    const std::string subtype = json::textOf(message, "subtype");
    ChatEvent event;
    event.connector = connector;
    event.room = room;
    event.direct = room.empty();
    event.receivedAt = now;
    event.replayed = history;
    QJsonObject said = message;
    if (subtype == "message_changed") {
        said = json::objectOf(message, "message");
        const QJsonObject before = json::objectOf(message, "previous_message");
        if (json::textOf(said, "text") == json::textOf(before, "text"))
            return std::nullopt; // a preview of a link came, or a thread grew
        event.kind = Kind::Edit;
        event.targetId = safeLine(json::textOf(said, "ts"), 64);
        event.eventId = editOf(event.targetId, said);
        if (event.eventId.empty())
            event.eventId = safeLine(json::textOf(message, "ts"), 64);
    } else if (subtype == "message_deleted") {
        said = json::objectOf(message, "previous_message");
        event.kind = Kind::Delete;
        event.targetId = safeLine(json::textOf(message, "deleted_ts"), 64);
        event.eventId = event.targetId + "@deleted"; // as when it is found out later
    } else {
        event.eventId = safeLine(json::textOf(message, "ts"), 64);
        const std::string thread = json::textOf(message, "thread_ts");
        event.thread = thread == event.eventId ? std::string() : safeLine(thread, 64);
        if (subtype == "channel_topic") {
            event.kind = Kind::Topic;
            said = QJsonObject(message);
        } else if (subtype == "me_message") {
            event.kind = Kind::Action;
        } else if (!subtype.empty() && subtype != "bot_message" && subtype != "thread_broadcast" && subtype != "file_share") {
            return std::nullopt; // who joined, who was renamed …: told by events of its own
        }
    }
    const std::string user = json::textOf(said, "user"), bot = json::textOf(said, "bot_id");
    event.senderId = slackAddress(safeLine(user.empty() ? bot : user, 64), people.workspace);
    const std::string name = user.empty() ? json::textOf(said, "username") : people.nameOf(user);
    event.senderName = safeLine(name.empty() ? user.empty() ? bot : user : name, 128);
    event.own = people.isUs(user, bot);
    event.identityVerified = !user.empty() && !history && isByMember(said, people); // Slack signs people in, and says who wrote
    event.messageId = safeLine(json::textOf(json::objectOf(json::objectOf(said, "metadata"), "event_payload"), "id"), 128);
    if (event.kind == Kind::Topic)
        event.text = safeText(slackPlain(json::textOf(message, "topic"), [&](std::string_view id) { return people.nameOf(id); }));
    else if (event.kind != Kind::Delete)
        event.text = safeText(withFiles(slackPlain(json::textOf(said, "text"), [&](std::string_view id) { return people.nameOf(id); }), json::filesOf(said, "files", "name")));
    event.serverTime = slackInstant(json::textOf(message, "ts"));
    if (!event.serverTime)
        event.serverTime = now;
    if (event.text.empty() && event.kind == Kind::Message)
        return std::nullopt;
    return event;
}

std::optional<ChatEvent> readSlackAsk(std::string_view type, const QJsonObject &payload, const std::string &connector, const std::string &room, const SlackPeople &people, Instant now)
{
    ChatEvent event;
    event.connector = connector;
    event.room = room;
    event.direct = room.empty();
    event.serverTime = event.receivedAt = now;
    std::string user, team, id;
    if (type == "interactive") {
        const QJsonObject action = payload.value(QLatin1String("actions")).toArray().at(0).toObject();
        if (json::textOf(payload, "type") != "block_actions" || json::textOf(action, "type") != "button")
            return std::nullopt;
        const QJsonObject by = json::objectOf(payload, "user");
        user = json::textOf(by, "id");
        team = json::textOf(by, "team_id");
        id = json::textOf(action, "action_ts");
        event.text = safeLine(json::textOf(action, "value"), kSlackAsked);
        if (const Instant when = slackInstant(id))
            event.serverTime = when;
    } else {
        user = json::textOf(payload, "user_id");
        team = json::textOf(payload, "team_id");
        id = json::textOf(payload, "trigger_id");
        event.text = "!" + QString::fromStdString(safeLine(json::textOf(payload, "text"), kSlackAsked)).trimmed().toStdString();
    }
    if (user.empty() || id.empty() || event.text.size() < 2 || !event.text.starts_with('!'))
        return std::nullopt;
    event.messageId = "asked/" + safeLine(id, 100);
    event.senderId = slackAddress(safeLine(user, 64), people.workspace);
    const std::string name = people.nameOf(user);
    event.senderName = safeLine(name.empty() ? user : name, 128);
    event.own = people.isUs(user, {});
    event.identityVerified = !people.team.empty() && team == people.team; // Slack signs people in, and says who pressed
    return event;
}

std::string slackBlocks(const std::string &text, const std::vector<ChatButton> &buttons, const std::string &mentions)
{
    if ((buttons.empty() && mentions.empty()) || text.empty() || QString::fromStdString(text).size() > kSlackBlockText)
        return {};
    const auto plain = [](const std::string &words) { return QJsonObject{{QStringLiteral("type"), QStringLiteral("plain_text")}, {QStringLiteral("text"), QString::fromStdString(words)}, {QStringLiteral("emoji"), false}}; };
    QJsonArray elements;
    for (const ChatButton &button : buttons)
        elements.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("button")},
                                    {QStringLiteral("action_id"), QStringLiteral("says/%1").arg(elements.size())},
                                    {QStringLiteral("text"), plain(button.label)},
                                    {QStringLiteral("value"), QString::fromStdString(button.says)}});
    QJsonArray blocks;
    if (!mentions.empty()) // markup is read here alone, and nothing else stands in it
        blocks.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("section")},
                                  {QStringLiteral("text"), QJsonObject{{QStringLiteral("type"), QStringLiteral("mrkdwn")}, {QStringLiteral("text"), QString::fromStdString(mentions)}}}});
    blocks.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("section")}, {QStringLiteral("text"), plain(text)}});
    if (!elements.isEmpty())
        blocks.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("actions")}, {QStringLiteral("elements"), elements}});
    return QJsonDocument(blocks).toJson(QJsonDocument::Compact).toStdString();
}

SlackRoom::SlackRoom(SlackApi &api, const SlackPeople &people, const Clock &clock, const SlackTimings &timings, std::string connector, std::string address,
                     const std::string &cursor)
    : ChannelRoom(clock, timings.rejoinAfter, std::move(connector), std::move(address), cursor), m_api(api), m_people(people)
{}

std::vector<Member> SlackRoom::members() const
{
    std::vector<Member> out;
    for (const std::string &id : m_members.all())
        out.push_back({slackAddress(id, m_people.workspace), m_people.nameOf(id).empty() ? id : m_people.nameOf(id), true, id == m_people.userId});
    return out;
}

void SlackRoom::ask(const std::string &method, const SlackApi::Parameters &parameters, SlackApi::Answered answered)
{
    m_api.call(method, parameters, current<SlackAnswer>(answered, [this, method, parameters, answered] { ask(method, parameters, answered); }));
}

void SlackRoom::open()
{
    if (m_channel.empty())
        m_channel = slackId(m_room, m_people.workspace, "CG");
    if (!m_channel.empty())
        return join(false);
    const std::string name = slackLocal(m_room, m_people.workspace);
    find(name, {}, [this, name](const QJsonObject &channel) {
        m_channel = json::textOf(channel, "id");
        if (!m_channel.empty() && m_private && !channel.value(QLatin1String("is_private")).toBool())
            return taken(name);
        if (!m_channel.empty())
            return join(false);
        if (!m_foreign)
            return make(name, 0);
        absent();
    });
}

/// The channel of that name that is in use; without an id when there is none.
void SlackRoom::find(const std::string &name, const std::string &cursor, std::function<void(const QJsonObject &)> done)
{
    SlackApi::Parameters parameters{{"types", "public_channel,private_channel"}, {"exclude_archived", "true"}, {"limit", kListPage}};
    if (!cursor.empty())
        parameters.emplace_back("cursor", cursor);
    ask("conversations.list", parameters, [this, name, done = std::move(done)](const SlackAnswer &answer) {
        if (!answer.isDone())
            return refused(answer, "looking for " + m_room);
        for (const auto &value : answer.body.value(QLatin1String("channels")).toArray())
            if (json::textOf(value.toObject(), "name") == name)
                return done(value.toObject());
        const std::string next = json::nextOf(answer.body);
        if (next.empty())
            return done({});
        find(name, next, done);
    });
}

/// What is said in a private room is never said in another one of its name.
void SlackRoom::taken(const std::string &name)
{
    m_channel.clear();
    ChannelRoom::refused(ApiAnswer::Kind::Refused, {Code::Conflict, "there is a channel #" + safeLine(name, 80) + " already that is not ours or that others see; rename it there, or invite the app to a private one and: room --attach", {}}, "making the private " + m_room);
}

/// A name that an archived channel has is taken all the same, and stays so: another is close enough.
void SlackRoom::make(const std::string &name, int attempt)
{
    const std::string wished = attempt == 0 ? name : name.substr(0, 76) + '-' + std::to_string(attempt + 1);
    ask("conversations.create", {{"name", wished}, {"is_private", m_private ? "true" : "false"}}, [this, name, wished, attempt](const SlackAnswer &answer) {
        if (answer.isDone() && m_private && !json::objectOf(answer.body, "channel").value(QLatin1String("is_private")).toBool())
            return ChannelRoom::refused(ApiAnswer::Kind::Refused, {Code::Conflict, "Slack made a channel that everybody sees", {}}, "making the private " + m_room);
        if (answer.isDone()) {
            m_channel = json::textOf(json::objectOf(answer.body, "channel"), "id");
            return joined(true);
        }
        if (answer.error == "name_taken" && m_private)
            return taken(name);
        if (answer.error != "name_taken" || attempt >= kNameTries)
            return refused(answer, "making " + m_room);
        find(wished, {}, [this, name, attempt](const QJsonObject &channel) { // somebody was faster, or it is archived
            m_channel = json::textOf(channel, "id");
            if (m_channel.empty())
                make(name, attempt + 1);
            else
                join(false);
        });
    });
}

void SlackRoom::join(bool created)
{
    ask("conversations.join", {{"channel", m_channel}}, [this, created](const SlackAnswer &answer) {
        // A private channel cannot be joined: whoever is in it has to invite the app, and its history tells whether they did.
        if (answer.isDone() || answer.error == "method_not_supported_for_channel_type")
            return joined(created);
        if (answer.error == "channel_not_found" && !m_wasReady)
            return absent();
        refused(answer, "joining " + m_room);
    });
}

void SlackRoom::joined(bool created)
{
    m_created = created;
    if (created && !m_title.empty())
        m_api.call("conversations.setTopic", {{"channel", m_channel}, {"topic", slackEscaped(safeLine(m_title, 200))}}, [](const SlackAnswer &) {});
    learnMembers();
    catchUp();
}

void SlackRoom::learnMembers()
{
    m_members.asked();
    ask("conversations.members", {{"channel", m_channel}, {"limit", kPage}}, [this](const SlackAnswer &answer) {
        if (!answer.isDone())
            return; // it is only for names
        std::vector<std::string> ids, unknown;
        for (const auto &value : answer.body.value(QLatin1String("members")).toArray()) {
            const std::string id = value.toString().toStdString();
            ids.push_back(id);
            if (m_people.nameOf(id).empty())
                unknown.push_back(id);
        }
        m_members.answered(ids);
        Q_EMIT strangers(unknown);
    });
}

void SlackRoom::readHistory()
{
    auto read = std::make_shared<Read>();
    if (!m_story.cursor().empty() && !m_story.isAtBegin()) {
        read->oldest = m_story.cursor();
        if (!slackInstant(read->oldest)) {
            m_gap = "\"" + safeLine(read->oldest, 40) + "\", where we stopped reading, is no moment of Slack's";
            read->baseline = true;
        }
    } else if (m_story.isAtBegin()) {
        read->oldest = "0";
    } else if (m_since) {
        read->oldest = slackTs(m_since);
    } else {
        read->baseline = true;
    }
    readPage(std::move(read));
}

void SlackRoom::readPage(std::shared_ptr<Read> read)
{
    SlackApi::Parameters parameters{{"channel", m_channel}, {"limit", read->baseline ? "1" : kPage}, {"include_all_metadata", "true"}};
    if (!read->baseline)
        parameters.insert(parameters.end(), {{"oldest", read->oldest}, {"inclusive", "false"}});
    if (!read->next.empty())
        parameters.emplace_back("cursor", read->next);
    ask("conversations.history", parameters, [this, read](const SlackAnswer &answer) {
        if (!answer.isDone())
            return refused(answer, "reading the history of " + m_room);
        for (const auto &value : answer.body.value(QLatin1String("messages")).toArray()) {
            const QJsonObject message = value.toObject();
            read->messages.push_back(message);
            if (message.value(QLatin1String("reply_count")).toInt() > 0)
                read->threads.push_back(json::textOf(message, "ts"));
        }
        read->next = answer.body.value(QLatin1String("has_more")).toBool() ? json::nextOf(answer.body) : std::string();
        if (read->baseline)
            return giveAll(*read);
        if (!read->next.empty() && read->messages.size() < kHistoryLimit)
            return readPage(read);
        if (!read->next.empty())
            m_gap = "more was said in between than is read at once";
        readReplies(read);
    });
}

/// A history holds a thread's first message only.
void SlackRoom::readReplies(std::shared_ptr<Read> read)
{
    if (read->threads.empty())
        return lookBack(read);
    const std::string thread = read->threads.back();
    read->threads.pop_back();
    ask("conversations.replies", {{"channel", m_channel}, {"ts", thread}, {"oldest", read->oldest}, {"limit", kListPage}, {"include_all_metadata", "true"}},
        [this, read, thread](const SlackAnswer &answer) {
            if (!answer.isDone())
                return refused(answer, "reading a thread of " + m_room);
            for (const auto &value : answer.body.value(QLatin1String("messages")).toArray())
                if (json::textOf(value.toObject(), "ts") != thread)
                    read->messages.push_back(value.toObject());
            readReplies(read);
        });
}

/// What was said before we stopped reading may have been edited or deleted since; of that only the newest page is looked at.
void SlackRoom::lookBack(std::shared_ptr<Read> read)
{
    const std::string cursor = m_story.cursor();
    const Instant stopped = slackInstant(cursor);
    if (!stopped)
        return giveAll(*read);
    ask("conversations.history", {{"channel", m_channel}, {"limit", kPage}, {"latest", cursor}, {"inclusive", "true"}, {"include_all_metadata", "true"}}, [this, read, stopped](const SlackAnswer &answer) {
        if (!answer.isDone())
            return refused(answer, "reading the history of " + m_room);
        std::set<std::string> there;
        for (const auto &value : answer.body.value(QLatin1String("messages")).toArray()) {
            const QJsonObject message = value.toObject();
            const std::string ts = json::textOf(message, "ts");
            there.insert(ts);
            const Instant edited = slackInstant(json::textOf(json::objectOf(message, "edited"), "ts"));
            if (!edited || edited < stopped)
                continue;
            auto event = readSlack(message, m_connector, m_room, m_people, m_clock.now(), true);
            if (!event)
                continue;
            event->kind = ChatEvent::Kind::Edit;
            event->targetId = ts;
            event->eventId = editOf(ts, message);
            event->messageId.clear();
            event->serverTime = edited;
            event->raw = json::compact(message);
            change(std::move(*event));
        }
        compare(there, !answer.body.value(QLatin1String("has_more")).toBool());
        giveAll(*read);
    });
}

void SlackRoom::giveAll(const Read &read)
{
    if (read.baseline)
        return startFrom(read.messages.empty() ? std::string() : json::textOf(read.messages.front(), "ts"));
    std::vector<Told> history;
    for (const QJsonObject &message : read.messages)
        if (auto event = readSlack(message, m_connector, m_room, m_people, m_clock.now(), true)) {
            event->raw = json::compact(message);
            history.push_back({event->eventId, std::move(event)});
        }
    std::sort(history.begin(), history.end(), [](const Told &a, const Told &b) { return a.id < b.id; });
    giveHistory(std::move(history));
}

void SlackRoom::sayGoodbye()
{
    m_api.call("conversations.leave", {{"channel", m_channel}}, [](const SlackAnswer &) {});
}

void SlackRoom::onEvent(const ChannelNews &news)
{
    using Kind = ChatEvent::Kind;
    const QJsonObject &object = news.data;
    const std::string type = news.name.toStdString();
    std::optional<ChatEvent> event;
    const std::string user = json::textOf(object, "user");
    if (!user.empty() && m_people.nameOf(user).empty())
        Q_EMIT strangers({user});
    if (type == "message") {
        event = readSlack(object, m_connector, m_room, m_people, m_clock.now(), false);
    } else if (type == "reaction_added" || type == "reaction_removed" || type == "member_joined_channel" || type == "member_left_channel") {
        event.emplace();
        event->connector = m_connector;
        event->room = m_room;
        event->senderId = slackAddress(safeLine(user, 64), m_people.workspace);
        event->senderName = safeLine(m_people.nameOf(user).empty() ? user : m_people.nameOf(user), 128);
        event->identityVerified = true;
        event->own = user == m_people.userId;
        event->receivedAt = m_clock.now();
        const Instant told = slackInstant(json::textOf(object, "event_ts"));
        event->serverTime = told ? told : event->receivedAt;
        if (type.starts_with("member_")) {
            event->kind = type == "member_joined_channel" ? Kind::Join : Kind::Leave;
            return turned(user, *event);
        }
        event->kind = type == "reaction_added" ? Kind::Reaction : Kind::Unreaction;
        event->emojis = {safeLine(emojiOf(json::textOf(object, "reaction")), 64)};
        event->targetId = safeLine(json::textOf(json::objectOf(object, "item"), "ts"), 64);
    } else if (type == "interactive" || type == "slash_commands") {
        event = readSlackAsk(type, object, m_connector, m_room, m_people, m_clock.now());
    } else if ((type.starts_with("channel_") || type.starts_with("group_")) && (type.ends_with("_archive") || type.ends_with("_deleted") || type.ends_with("_left"))) { // of a channel, or a private one: group_left
        m_story.broke();
        return wait(type.ends_with("_archive") ? "the channel was archived" : type.ends_with("_deleted") ? "the channel was deleted" : "we are out of the channel");
    }
    if (!event)
        return;
    event->retry = news.retry;
    event->receipt = news.receipt;
    if (news.retry > 0) { // it comes late: Slack had nobody to give it to
        event->replayed = true;
        event->identityVerified = false;
    }
    event->raw = news.raw.toStdString();
    hear(std::move(*event));
}

} // namespace qd::chat
