// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/chat/ircmessages.h"
#include "core/chat/textparts.h"

using namespace qd;
using namespace qd::chat;

/// A line of IRC, what is read out of it, and what we write of its words.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::text(data, size);
    for (const std::string &part : ircLines(text, 320)) {
        require(part.size() <= 320);
        const std::string written = writeIrcLine(ircSay(part, text, part)); // wherever it stands, one line comes out
        require(written.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
        const auto again = parseIrcLine(written);
        require(again && again->command == "PRIVMSG" && again->params.size() == 2 && again->source.empty());
    }
    const auto line = parseIrcLine(text);
    if (!line)
        return 0;
    const auto folded = [](std::string_view name) { return std::string(name); };
    const IrcContext context{"chat", "irc.test", "war@irc.test", "deck", "deck", Instant{1}, true, folded, [](std::string_view nick) { return nick == "deck"; }};
    for (const bool history : {false, true})
        if (const auto event = readIrc(*line, context, history)) {
            require(event->text.find('\r') == std::string::npos);
            require(!(history && event->identityVerified));
        }
    return 0;
}
