// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/chatevent.h"

#include <QJsonArray>
#include <QJsonObject>
#include <map>
#include <optional>
#include <string>

/// What Discord's objects say, as events, and what we say in its words. No I/O.
namespace qd::chat {

/// Who we are in the server, and who others are as far as was told.
struct DiscordPeople {
    std::string host;                         ///< "discord.com": what stands behind the @ of its people and channels
    std::string guild, category;              ///< ids; the category channels are made in, or ""
    std::string userId;                       ///< ours
    std::map<std::string, std::string> names; ///< by user id

    [[nodiscard]] std::string nameOf(const std::string &id) const
    {
        const auto it = names.find(id);
        return it == names.end() ? id : it->second;
    }
};

/// A message as an event of this room ("" for a direct message); nothing when it carries nothing we show.
[[nodiscard]] std::optional<ChatEvent> readDiscord(const QJsonObject &message, const std::string &connector, const std::string &room, const DiscordPeople &people, Instant now,
                                                   bool history);
/// Permissions: to see a channel, write in it, react and read what was said before.
inline constexpr const char *kDiscordSeat = "68672";
/// When a message was edited last; zero: never.
[[nodiscard]] Instant discordEditedAt(const QJsonObject &message);
/// What a message reads as is what one edit made of it: called the same live and in a history.
void asDiscordEdit(ChatEvent &event, const QJsonObject &message);
/// How somebody is called: in the server, else everywhere.
[[nodiscard]] std::string discordNameIn(const QJsonObject &user, const QJsonObject &member);

/// A button of ours that was pressed, as if what it says had been written: a message that moves no cursor, because no history holds it. Nothing when it is no command. Its
/// `token`, as good as a password, is left where it is.
/// "/quarterdeck say: ack INC-7" says what "!ack INC-7" does, and so does a button for it.
inline constexpr const char *kDiscordWord = "quarterdeck", *kDiscordSaid = "say";
/// The word as an application tells Discord of it.
[[nodiscard]] QJsonObject discordWord();
[[nodiscard]] std::optional<ChatEvent> readDiscordPress(const QJsonObject &interaction, const std::string &connector, const std::string &room, const DiscordPeople &people, Instant now);
/// A row with these buttons; empty for none, or for more than one row holds (five).
[[nodiscard]] QJsonArray discordButtons(const std::vector<ChatButton> &buttons);

} // namespace qd::chat
