// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/chat/mattermostroom.h"

using namespace qd;
using namespace qd::chat;

/// A post of Mattermost's, and text on its way there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::text(data, size);
    const std::string quoted = mattermostQuoted(text);
    require(quoted.find('\r') == std::string::npos);
    const auto isAlnum = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    for (std::size_t at = quoted.find('@'); at != std::string::npos; at = quoted.find('@', at + 1)) // a mention has no word before it
        require((at > 0 && isAlnum(quoted[at - 1])) || at + 1 == quoted.size() || !isAlnum(quoted[at + 1]));
    const QJsonObject post = QJsonDocument::fromJson(QByteArray(text.data(), static_cast<qsizetype>(text.size()))).object();
    const MattermostPeople people{"chat.test", "team", "u1", {{"u2", "dana"}}};
    for (const bool history : {false, true})
        if (const auto event = readMattermost(post, "chat", "war@chat.test", people, Instant{1}, history)) {
            require(event->text.find('\r') == std::string::npos);
            require(!(history && event->identityVerified));
        }
    return 0;
}
