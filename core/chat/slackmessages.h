// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/chatevent.h"
#include "core/chat/slacktext.h"

#include <QJsonObject>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What Slack's objects say, as events, and what we say in its blocks. No I/O.
namespace qd::chat {

/// Who we are in the workspace, and who others are as far as was asked.
struct SlackPeople {
    std::string workspace;                       ///< "acme.slack.com"
    std::string userId, botId;                   ///< ours
    std::map<std::string, std::string> names;    ///< by user id
    std::string team;                            ///< the workspace's id, "T012AB3CD"

    [[nodiscard]] std::string nameOf(std::string_view id) const
    {
        const auto it = names.find(std::string(id));
        return it == names.end() ? std::string() : it->second;
    }
    [[nodiscard]] bool isUs(const std::string &user, const std::string &bot) const { return (!userId.empty() && user == userId) || (!botId.empty() && bot == botId); }
};

/// A message of the Events API or of a history, as an event of this room; nothing when it carries nothing we show.
[[nodiscard]] std::optional<ChatEvent> readSlack(const QJsonObject &message, const std::string &connector, const std::string &room, const SlackPeople &people, Instant now,
                                                 bool history);
/// A button that was pressed (block_actions), or what stands behind our word with a slash, as if it had been written: a message that moves no cursor, because
/// no history holds it. Nothing when it is no command. What answers it (`response_url`) is left where it is: it is as good as a password.
[[nodiscard]] std::optional<ChatEvent> readSlackAsk(std::string_view type, const QJsonObject &payload, const std::string &connector, const std::string &room, const SlackPeople &people,
                                                    Instant now);
/// The blocks of a message with buttons; "" for one without, or too long for blocks (3,000 characters).
[[nodiscard]] std::string slackBlocks(const std::string &text, const std::vector<ChatButton> &buttons, const std::string &mentions = {});
/// Slack's "1700000000.000100", the id and the time of a message.
[[nodiscard]] Instant slackInstant(std::string_view ts);
/// What one edit of a message is called, live and in a history; "" for a message that was not edited.
[[nodiscard]] std::string slackEditOf(const std::string &target, const QJsonObject &said);
inline constexpr const char *kSlackTombstone = "tombstone"; ///< what stands in the place of a message that was deleted and had been answered

} // namespace qd::chat
