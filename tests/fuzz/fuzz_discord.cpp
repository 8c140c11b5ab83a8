// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/chat/discordroom.h"
#include "core/chat/textparts.h"

using namespace qd;
using namespace qd::chat;

/// A message of Discord's, and text on its way there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::text(data, size);
    const std::string quoted = discordQuoted(text);
    require(quoted.find("<@") == std::string::npos && quoted.find('\r') == std::string::npos);
    require(quoted.size() <= 2 * text.size());
    require(discordPlain(quoted, [](std::string_view) { return std::string("somebody"); }) == cleanLines(text));
    const QJsonObject message = QJsonDocument::fromJson(QByteArray(text.data(), static_cast<qsizetype>(text.size()))).object();
    const DiscordPeople people{"discord.test", "900000000000000001", {}, "100000000000000001", {{"100000000000000002", "dana"}}};
    if (const auto event = readDiscordPress(message, "chat", {}, people, Instant{1}))
        require(event->text.starts_with('!') && event->text.size() <= 100 && event->eventId.empty());
    for (const bool history : {false, true})
        if (const auto event = readDiscord(message, "chat", "war@discord.test", people, Instant{1}, history)) {
            require(event->text.find('\r') == std::string::npos);
            require(isSnowflake(event->eventId) && event->serverTime);
            require(!(history && event->identityVerified));
        }
    return 0;
}
