// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/chat/slackroom.h"

#include <QJsonDocument>

using namespace qd;
using namespace qd::chat;

/// A message of Slack's, its markup, and plain text on its way there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::text(data, size);
    const auto nobody = [](std::string_view) { return std::string(); };
    const std::string written = slackEscaped(text);
    require(written.find_first_of("<>\r") == std::string::npos);
    (void)slackPlain(text, nobody);
    require(slackEscaped(slackPlain(written, nobody)) == written); // what is escaped means itself
    const QJsonObject message = QJsonDocument::fromJson(QByteArray(text.data(), static_cast<qsizetype>(text.size()))).object();
    const SlackPeople people{"acme.slack.com", "UBOT00001", "BBOT00001", {{"U012ABC34", "Dana"}}};
    for (const char *type : {"interactive", "slash_commands"})
        if (const auto event = readSlackAsk(type, message, "chat", {}, people, Instant{1}))
            require(event->text.starts_with('!') && event->text.find('\n') == std::string::npos && event->eventId.empty());
    for (const bool history : {false, true})
        if (const auto event = readSlack(message, "chat", "war@acme.slack.com", people, Instant{1}, history)) {
            require(event->text.find('\r') == std::string::npos);
            require(!(history && event->identityVerified));
        }
    return 0;
}
