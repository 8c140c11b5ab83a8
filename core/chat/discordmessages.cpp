// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/discordmessages.h"

#include "core/base/safetext.h"
#include "core/chat/cards.h"
#include "core/chat/discordtext.h"
#include "core/chat/jsonread.h"

#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kDiscordSays = 100; ///< bytes of what a button says, as Discord's custom_id
constexpr std::size_t kDiscordAsked = 2000; ///< bytes of what a word with a slash says
/// Kinds of message somebody wrote: plain, a reply, the answers of an app to a command.
constexpr int kDiscordSaidKinds[] = {0, 19, 20, 23};

bool isSomebodys(const QJsonObject &message)
{
    const int kind = message.value(QLatin1String("type")).toInt(-1);
    return std::find(std::begin(kDiscordSaidKinds), std::end(kDiscordSaidKinds), kind) != std::end(kDiscordSaidKinds);
}

/// What a message says that has no text: its cards, else what was forwarded with it, which is somebody else's.
std::string withoutText(const QJsonObject &message, const DiscordNames &nameOf)
{
    if (const std::string words = cardWords(message.value(QLatin1String("embeds")).toArray()); !words.empty())
        return asCard(discordPlain(words, nameOf));
    const QJsonObject forwarded = json::objectOf(message.value(QLatin1String("message_snapshots")).toArray().at(0).toObject(), "message");
    const std::string content = json::textOf(forwarded, "content");
    return asForwarded(discordPlain(content.empty() ? cardWords(forwarded.value(QLatin1String("embeds")).toArray()) : content, nameOf));
}

} // namespace

std::string discordNameIn(const QJsonObject &user, const QJsonObject &member)
{
    for (const std::string &name : {json::textOf(member, "nick"), json::textOf(user, "global_name"), json::textOf(user, "username")})
        if (!name.empty())
            return safeLine(name, 128);
    return safeLine(json::textOf(user, "id"), 64);
}

Instant discordEditedAt(const QJsonObject &message)
{
    const auto moment = parseInstant(json::textOf(message, "edited_timestamp"));
    return moment ? *moment : Instant{};
}

void asDiscordEdit(ChatEvent &event, const QJsonObject &message)
{
    event.kind = ChatEvent::Kind::Edit;
    event.targetId = event.eventId;
    event.eventId += '@' + safeLine(json::textOf(message, "edited_timestamp"), 40);
    const Instant edited = discordEditedAt(message);
    event.serverTime = edited ? edited : event.receivedAt;
}

std::optional<ChatEvent> readDiscord(const QJsonObject &message, const std::string &connector, const std::string &room, const DiscordPeople &people, Instant now, bool history)
{
    const QJsonObject author = json::objectOf(message, "author");
    const std::string id = json::textOf(message, "id"), user = json::textOf(author, "id");
    if (!isSnowflake(id) || !isSomebodys(message))
        return std::nullopt; // who came, what was pinned …
    ChatEvent event;
    event.connector = connector;
    event.room = room;
    event.direct = room.empty();
    event.eventId = id;
    if (message.value(QLatin1String("type")).toInt() == 19)
        event.thread = safeLine(json::textOf(json::objectOf(message, "message_reference"), "message_id"), 64);
    event.senderId = user.empty() ? std::string() : safeLine(user, 64) + '@' + people.host;
    event.senderName = discordNameIn(author, json::objectOf(message, "member"));
    event.own = !people.userId.empty() && user == people.userId;
    // Discord signs people in, and says who wrote; bots, apps and webhooks are no people.
    const bool isPerson = !author.value(QLatin1String("bot")).toBool() && !author.value(QLatin1String("system")).toBool() && !message.contains(QLatin1String("webhook_id"))
        && !message.contains(QLatin1String("interaction_metadata"));
    event.identityVerified = !user.empty() && !history && isPerson;
    event.receivedAt = now;
    event.serverTime = instantOfSnowflake(id);
    event.replayed = history;
    std::map<std::string, std::string> mentioned;
    for (const auto &value : message.value(QLatin1String("mentions")).toArray())
        mentioned[json::textOf(value.toObject(), "id")] = discordNameIn(value.toObject(), {});
    const auto nameOf = [&](std::string_view of) {
        const std::string key(of);
        const auto it = mentioned.find(key);
        if (it != mentioned.end())
            return it->second;
        const auto known = people.names.find(key);
        return known == people.names.end() ? std::string() : known->second;
    };
    const auto files = json::filesOf(message, "attachments", "filename");
    event.text = safeText(withFiles(discordPlain(json::textOf(message, "content"), nameOf), files));
    if (event.text.empty())
        if (event.text = withoutText(message, nameOf); !event.text.empty())
            event.identityVerified = false; // nobody's own words
    bool isCalled = false;
    const std::string addressed = discordPlain(json::textOf(message, "content"), [&](std::string_view of) {
        const std::string shown = nameOf(of);
        if (isCalled || shown.empty()) // a role, a channel
            return shown;
        isCalled = true;
        return withAddress(shown, std::string(of) + '@' + people.host);
    });
    if (isCalled)
        event.addressed = safeText(withFiles(addressed, files));
    return event.text.empty() ? std::nullopt : std::optional(event);
}

namespace {

/// What was typed behind our word: nothing of it is markup but who was picked from the list, "<@1>".
void readTyped(std::string_view typed, const DiscordPeople &people, ChatEvent &event)
{
    std::string text = "!", addressed = "!";
    bool isCalled = false;
    typed = typed.substr(std::min(typed.size(), typed.find_first_not_of(' ')));
    typed = typed.substr(0, typed.find_last_not_of(' ') + 1);
    while (!typed.empty()) {
        const std::size_t end = typed.find('>');
        std::string_view user = typed.starts_with("<@") && end != std::string_view::npos ? typed.substr(2, end - 2) : std::string_view();
        user.remove_prefix(user.starts_with('!') ? 1 : 0);
        if (!isSnowflake(user)) {
            text += typed.front();
            addressed += typed.front();
            typed.remove_prefix(1);
            continue;
        }
        const std::string shown = safeLine(people.nameOf(std::string(user)), 128);
        text += '@' + shown;
        addressed += '@' + (isCalled ? shown : withAddress(shown, std::string(user) + '@' + people.host));
        isCalled = true;
        typed.remove_prefix(end + 1);
    }
    event.text = std::move(text);
    if (isCalled)
        event.addressed = std::move(addressed);
}

} // namespace

std::optional<ChatEvent> readDiscordPress(const QJsonObject &interaction, const std::string &connector, const std::string &room, const DiscordPeople &people, Instant now)
{
    constexpr int kCommand = 2, kComponent = 3, kButton = 2, kText = 3;
    const QJsonObject data = json::objectOf(interaction, "data"), member = json::objectOf(interaction, "member");
    const QJsonObject by = member.isEmpty() ? json::objectOf(interaction, "user") : json::objectOf(member, "user");
    const std::string id = json::textOf(interaction, "id"), user = json::textOf(by, "id"), guild = json::textOf(interaction, "guild_id");
    const int type = interaction.value(QLatin1String("type")).toInt();
    ChatEvent event;
    if (type == kComponent && data.value(QLatin1String("component_type")).toInt() == kButton)
        event.text = safeLine(json::textOf(data, "custom_id"), kDiscordSays);
    else if (type == kCommand && json::textOf(data, "name") == kDiscordWord)
        for (const auto &value : data.value(QLatin1String("options")).toArray())
            if (const QJsonObject option = value.toObject(); option.value(QLatin1String("type")).toInt() == kText && json::textOf(option, "name") == kDiscordSaid)
                readTyped(safeLine(json::textOf(option, "value"), kDiscordAsked), people, event);
    if (!isSnowflake(id) || user.empty() || event.text.size() < 2 || !event.text.starts_with('!'))
        return std::nullopt;
    event.connector = connector;
    event.room = room;
    event.direct = room.empty();
    event.messageId = "pressed/" + id;
    event.senderId = safeLine(user, 64) + '@' + people.host;
    event.senderName = discordNameIn(by, member);
    event.own = !people.userId.empty() && user == people.userId;
    event.identityVerified = !by.value(QLatin1String("bot")).toBool() && (guild.empty() || guild == people.guild); // Discord signs people in, and says who pressed
    event.receivedAt = now;
    event.serverTime = instantOfSnowflake(id);
    return event;
}

QJsonObject discordWord()
{
    constexpr int kChatInput = 1, kText = 3;
    return {{QStringLiteral("name"), QString::fromLatin1(kDiscordWord)},
            {QStringLiteral("type"), kChatInput},
            {QStringLiteral("description"), QStringLiteral("Says a command to the incident's console")},
            {QStringLiteral("options"), QJsonArray{QJsonObject{{QStringLiteral("name"), QString::fromLatin1(kDiscordSaid)},
                                                               {QStringLiteral("type"), kText},
                                                               {QStringLiteral("description"), QStringLiteral("ack INC-7, status, log what was done")},
                                                               {QStringLiteral("required"), true}}}}};
}

QJsonArray discordButtons(const std::vector<ChatButton> &buttons)
{
    constexpr int kRow = 1, kButton = 2, kPrimary = 1;
    if (buttons.empty() || buttons.size() > 5)
        return {};
    QJsonArray row;
    for (const ChatButton &button : buttons) {
        if (button.says.size() > kDiscordSays)
            return {};
        row.append(QJsonObject{{QStringLiteral("type"), kButton}, {QStringLiteral("style"), kPrimary}, {QStringLiteral("label"), QString::fromStdString(safeLine(button.label, 80))},
                               {QStringLiteral("custom_id"), QString::fromStdString(button.says)}});
    }
    return {QJsonObject{{QStringLiteral("type"), kRow}, {QStringLiteral("components"), row}}};
}

} // namespace qd::chat
