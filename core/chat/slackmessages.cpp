// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slackmessages.h"

#include "core/base/safetext.h"
#include "core/chat/cards.h"
#include "core/chat/jsonread.h"
#include "core/chat/textparts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <charconv>

namespace qd::chat {

namespace {

constexpr std::size_t kSlackAsked = 2000;     ///< bytes of what a button or a word with a slash says
constexpr qsizetype kSlackBlockText = 3000;   ///< characters of a block, as Slack's

/// Whether the one named wrote it themselves, here: an app may post as somebody, and in a shared channel ids of another workspace are other people.
bool isByMember(const QJsonObject &said, const SlackPeople &people)
{
    const auto isOurs = [&](const char *field) {
        const std::string team = json::textOf(said, field);
        return team.empty() || team == people.team;
    };
    return !people.team.empty() && json::textOf(said, "bot_id").empty() && isOurs("user_team") && isOurs("source_team") && isOurs("team");
}

/// What a message says in Slack's markup, where it has no text: in its cards. Previews of links come to a message that has one.
std::string slackCards(const QJsonObject &said)
{
    return json::textOf(said, "text").empty() ? cardWords(said.value(QLatin1String("attachments")).toArray()) : std::string();
}

/// The name to show of a user; with their address of the first who is called, since a name that is shown may be anybody's.
SlackNames addressing(const SlackPeople &people, bool &isCalled)
{
    return [&people, &isCalled](std::string_view id) {
        const std::string shown = people.nameOf(id);
        if (isCalled || slackId(slackAddress(id, people.workspace), people.workspace, "UW").empty())
            return shown;
        isCalled = true;
        return withAddress(shown.empty() ? id : shown, slackAddress(id, people.workspace));
    };
}

} // namespace

std::string slackEditOf(const std::string &target, const QJsonObject &said)
{
    const std::string at = json::textOf(json::objectOf(said, "edited"), "ts");
    return at.empty() ? std::string() : target + '@' + safeLine(at, 40);
}

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
        if (json::textOf(said, "text") == json::textOf(before, "text") && slackCards(said) == slackCards(before))
            return std::nullopt; // a preview of a link came, or a thread grew
        event.kind = Kind::Edit;
        event.targetId = safeLine(json::textOf(said, "ts"), 64);
        event.eventId = slackEditOf(event.targetId, said);
        if (event.eventId.empty())
            event.eventId = safeLine(json::textOf(message, "ts"), 64);
        if (json::textOf(said, "subtype") == kSlackTombstone) { // it was deleted, and had been answered: its place stays
            event.kind = Kind::Delete;
            event.eventId = event.targetId + "@deleted";
            said = before;
        }
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
    else if (event.kind != Kind::Delete) {
        const auto files = json::filesOf(said, "files", "name");
        const SlackNames shown = [&](std::string_view id) { return people.nameOf(id); };
        event.text = safeText(withFiles(slackPlain(json::textOf(said, "text"), shown), files));
        if (event.text.empty())
            if (event.text = asCard(slackPlain(slackCards(said), shown)); !event.text.empty())
                event.identityVerified = false; // nobody's own words
        bool isCalled = false;
        const std::string addressed = slackPlain(json::textOf(said, "text"), addressing(people, isCalled));
        if (isCalled && event.kind == Kind::Message)
            event.addressed = safeText(withFiles(addressed, files));
    }
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
        const std::string typed = safeLine(json::textOf(payload, "text"), kSlackAsked);
        const auto command = [&typed](const SlackNames &names) { return "!" + QString::fromStdString(safeLine(slackAsked(typed, names), kSlackAsked)).trimmed().toStdString(); };
        event.text = command([&people](std::string_view named) { return people.nameOf(named); });
        bool isCalled = false;
        std::string addressed = command(addressing(people, isCalled));
        if (isCalled)
            event.addressed = std::move(addressed);
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

} // namespace qd::chat
