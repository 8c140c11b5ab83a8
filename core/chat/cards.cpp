// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/cards.h"

#include "core/base/safetext.h"

#include <QJsonObject>
#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::string_view kCardMark = "[card] ", kForwardMark = "[forwarded] ";

std::string partOf(const QJsonObject &card, const char *name)
{
    return card.value(QLatin1String(name)).toString().trimmed().toStdString();
}

std::string wordsOfCard(const QJsonObject &card)
{
    if (std::string inShort = partOf(card, "fallback"); !inShort.empty())
        return inShort;
    const std::string text = partOf(card, "text");
    std::string out;
    for (const std::string &part : {partOf(card, "pretext"), partOf(card, "title"), text.empty() ? partOf(card, "description") : text})
        if (!part.empty())
            out += (out.empty() ? "" : "\n") + part;
    return out;
}

} // namespace

std::string cardWords(const QJsonArray &cards)
{
    std::string out;
    for (qsizetype n = 0; n < std::min(cards.size(), kCardsRead); ++n)
        if (const std::string words = wordsOfCard(cards.at(n).toObject()); !words.empty())
            out += (out.empty() ? "" : "\n") + words;
    if (!out.empty() && cards.size() > kCardsRead)
        out += "\n[and " + std::to_string(cards.size() - kCardsRead) + " more]";
    return out;
}

std::string asCard(std::string_view words)
{
    std::string text = safeText(words, kFieldLimit - kCardMark.size());
    const std::size_t first = text.find_first_not_of(" \t\n");
    if (first != std::string::npos && std::string_view("!?@>").find(text[first]) != std::string_view::npos)
        text.insert(0, kCardMark);
    return text;
}

std::string asForwarded(std::string_view words)
{
    const std::string text = safeText(words, kFieldLimit - kForwardMark.size());
    return text.empty() ? text : std::string(kForwardMark) + text;
}

} // namespace qd::chat
