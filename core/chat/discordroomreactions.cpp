// SPDX-License-Identifier: GPL-3.0-or-later
// What was reacted in a channel and its threads while we were away: what its room does about it.
#include "core/chat/discordroom.h"

#include "core/base/safetext.h"
#include "core/chat/jsonread.h"

#include <QUrl>
#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kReactionsAsked = 25; ///< a call each
constexpr qsizetype kReactorsPage = 100;    ///< people told at once of one reaction

/// As live reactions name it.
std::string reactionShown(const QJsonObject &emoji)
{
    const std::string name = safeLine(json::textOf(emoji, "name"), 62);
    return name.empty() || json::textOf(emoji, "id").empty() ? name : ':' + name + ':';
}

/// As a path of Discord's names it: an emoji of a server's own by its name and id.
std::string reactionAsked(const QJsonObject &emoji)
{
    const std::string name = json::textOf(emoji, "name"), id = json::textOf(emoji, "id");
    return QUrl::toPercentEncoding(QString::fromStdString(id.empty() ? name : name + ':' + id)).toStdString();
}

} // namespace

/// A message says how many reacted, and not who: that is asked for where the number is another than is known.
void DiscordRoom::lookAtReactions(Read &read, const QJsonObject &message, bool isEarlier)
{
    const auto event = readDiscord(message, m_connector, m_room, m_people, m_clock.now(), true);
    if (!event || event->kind == ChatEvent::Kind::Topic || read.standing.contains(event->eventId))
        return;
    const std::string &id = event->eventId;
    std::vector<Reacted> &standing = read.standing[id];
    if (isEarlier && !knowsReactions(id)) // what an earlier process heard, and is taken back now, is not known here
        reactionsAreUnknown();
    for (const auto &value : message.value(QLatin1String("reactions")).toArray()) {
        const QJsonObject reaction = value.toObject(), emoji = json::objectOf(reaction, "emoji");
        const std::string shown = reactionShown(emoji);
        if (shown.empty())
            continue;
        const std::vector<Reacted> known = reactionsOf(id, shown);
        if (knowsReactions(id) && static_cast<qint64>(known.size()) == reaction.value(QLatin1String("count")).toInteger())
            standing.insert(standing.end(), known.begin(), known.end());
        else
            read.reacted.push_back({json::textOf(message, "channel_id"), id, reactionAsked(emoji), shown});
    }
}

void DiscordRoom::askReactions(std::shared_ptr<Read> read)
{
    if (read->baseline)
        return giveAll(*read);
    for (const QJsonObject &message : read->messages)
        lookAtReactions(*read, message, false);
    std::stable_sort(read->reacted.begin(), read->reacted.end(), [](const Read::Reaction &a, const Read::Reaction &b) { return isLaterSnowflake(b.message, a.message); }); // the newest is asked for first
    while (read->reacted.size() > kReactionsAsked) {
        read->half.insert(read->reacted.front().message);
        read->reacted.erase(read->reacted.begin());
        reactionsAreUnknown();
    }
    readReactions(std::move(read));
}

void DiscordRoom::readReactions(std::shared_ptr<Read> read)
{
    if (read->reacted.empty()) {
        for (const auto &[message, standing] : read->standing)
            compareReactions(message, standing, !read->half.contains(message));
        return giveAll(*read);
    }
    const Read::Reaction asked = read->reacted.back();
    const std::string path = "channels/" + (isSnowflake(asked.place) ? asked.place : m_channel) + "/messages/" + asked.message + "/reactions/" + asked.emoji + "?limit=" + std::to_string(kReactorsPage);
    m_api.get(path, heard([this, read, asked](const DiscordAnswer &answer) {
                  if (answer.kind == ApiAnswer::Kind::Unknown)
                      return refused(answer, "reading reactions in " + m_room);
                  const QJsonArray users = answer.body.array();
                  for (const auto &value : users) {
                      const QJsonObject user = value.toObject();
                      const std::string id = json::textOf(user, "id");
                      if (!id.empty())
                          read->standing[asked.message].push_back({asked.shown, safeLine(id, 64) + '@' + m_people.host, discordNameIn(user, {}), id == m_people.userId, {}, !user.value(QLatin1String("bot")).toBool()});
                  }
                  if (!answer.isDone() || users.size() >= kReactorsPage) { // the message is gone meanwhile, or there are more
                      read->half.insert(asked.message);
                      reactionsAreUnknown();
                  }
                  read->reacted.pop_back();
                  readReactions(read);
              }, [this, read] { readReactions(read); }));
}

/// A moderator took them all away, or all of one emoji: each was somebody's.
void DiscordRoom::onReactionsCleared(const ChannelNews &news)
{
    const std::string message = safeLine(json::textOf(news.data, "message_id"), 64), shown = reactionShown(json::objectOf(news.data, "emoji"));
    for (const Reacted &reacted : reactionsOf(message, shown)) {
        ChatEvent gone = event(ChatEvent::Kind::Unreaction, news);
        gone.identityVerified = false; // it was not they who took it back: what hangs on their word stands
        gone.senderId = reacted.senderId;
        gone.senderName = reacted.senderName;
        gone.own = reacted.own;
        gone.emojis = {reacted.emoji};
        gone.targetId = message;
        hear(std::move(gone));
    }
}

} // namespace qd::chat
