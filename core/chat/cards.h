// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <string>
#include <string_view>

/// What an app says without a text of its own: attachments of Slack and Mattermost, embeds of Discord.
namespace qd::chat {

inline constexpr qsizetype kCardsRead = 10;

/// The words of a message's cards in the platform's own markup: of each what it says it is in short ("fallback"), else what stands above it, its title and its text, each in a line of its own;
/// of more than kCardsRead, how many more. "" when none has any.
[[nodiscard]] std::string cardWords(const QJsonArray &cards);

/// Such words as a message's text: safeText, and never a command, which nobody gave by showing a card. What begins as one has "[card]" before it.
[[nodiscard]] std::string asCard(std::string_view words);

/// The same of words that somebody else wrote elsewhere, and that were forwarded: they have "[forwarded]" before them. "" stays "".
[[nodiscard]] std::string asForwarded(std::string_view words);

} // namespace qd::chat
