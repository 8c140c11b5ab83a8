// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/ircmessages.h"

#include "core/base/safetext.h"
#include "core/chat/textparts.h"

#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kAddress = 512;
constexpr std::size_t kLines = 200; ///< one text becomes at most so many lines: a channel is no place for more

std::string_view localOf(std::string_view address, std::string_view network)
{
    if (address.size() > kAddress || address.size() <= network.size() + 1 || !address.ends_with(network) || address[address.size() - network.size() - 1] != '@')
        return {};
    const std::string_view local = address.substr(0, address.size() - network.size() - 1);
    const bool sound = std::none_of(local.begin(), local.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7F || c == ',' || c == ':' || c == '@'; });
    return sound ? local : std::string_view();
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// What is said to us by name, the way of IRC: "quarterdeck: !ack INC-7".
std::string_view withoutOurName(std::string_view text, const IrcContext &context)
{
    const std::size_t end = text.find_first_of(":,");
    if (end == std::string_view::npos || context.folded(text.substr(0, end)) != context.folded(context.ownNick))
        return text;
    const std::size_t begin = text.find_first_not_of(' ', end + 1);
    return begin != std::string_view::npos && text[begin] == '!' ? text.substr(begin) : text;
}

} // namespace

std::string ircAddress(std::string_view local, std::string_view network)
{
    return std::string(local) + '@' + std::string(network);
}

std::string ircChannel(std::string_view address, std::string_view network)
{
    const std::string_view local = localOf(address, network);
    return local.empty() ? std::string() : '#' + std::string(local);
}

std::string ircAccount(std::string_view address, std::string_view network)
{
    return std::string(localOf(address, network));
}

std::string ircAccountMask(std::string_view extban, std::string_view account)
{
    const auto comma = extban.find(',');
    if (comma == std::string_view::npos || account.empty() || account.find_first_of("*?,: ") != std::string_view::npos)
        return {};
    const std::string prefix(extban.substr(0, comma));
    const char kind = prefix.empty() ? 'R' : 'a';
    return extban.find(kind, comma) == std::string_view::npos ? std::string() : prefix + kind + ':' + std::string(account);
}

std::string ircPlain(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        switch (text[i]) {
        case '\x02': case '\x0F': case '\x11': case '\x16': case '\x1D': case '\x1E': case '\x1F':
            break;
        case '\x03': { // one or two digits of a colour, and of its background
            int digits = 0;
            while (digits < 2 && i + 1 < text.size() && isDigit(text[i + 1]))
                ++i, ++digits;
            if (digits > 0 && i + 2 < text.size() && text[i + 1] == ',' && isDigit(text[i + 2])) {
                i += 2;
                if (i + 1 < text.size() && isDigit(text[i + 1]))
                    ++i;
            }
            break;
        }
        case '\x04':
            for (int digits = 0; digits < 6 && i + 1 < text.size() && isHex(text[i + 1]); ++digits)
                ++i;
            break;
        default:
            out += text[i];
        }
    }
    return out;
}

std::optional<ChatEvent> readIrc(const IrcLine &line, const IrcContext &context, bool history)
{
    using Kind = ChatEvent::Kind;
    if (line.source.find('!') == std::string::npos)
        return std::nullopt; // the server itself, or a service of it
    ChatEvent event;
    event.connector = context.connector;
    event.room = context.room;
    event.direct = context.room.empty();
    event.senderName = safeLine(line.nick(), 128);
    event.eventId = safeLine(line.tag("msgid"), 256);
    event.messageId = safeLine(line.tag(kIrcIdTag), 128);
    event.receivedAt = context.now;
    const auto told = parseInstant(line.tag("time"));
    event.serverTime = told && *told ? *told : context.now;
    event.replayed = history;
    if (const std::string account = context.folded(line.tag("account")); !account.empty() && context.accountsAreTold && !history) {
        event.senderId = safeLine(ircAddress(account, context.network));
        event.identityVerified = true;
        event.own = !context.ownAccount.empty() && account == context.folded(context.ownAccount);
    }
    // Of what is played back only the nick is told. One that is ours and carries an id of ours is ours; who lies about it keeps
    // the own words from being obeyed, which history is not anyway.
    const bool isOurs = history ? !event.messageId.empty() && context.isOurNick(line.nick()) : context.folded(line.nick()) == context.folded(context.ownNick);
    event.own = event.own || isOurs;
    if (line.command == "PRIVMSG" || line.command == "NOTICE") {
        std::string_view text = line.param(1);
        if (text.starts_with('\x01')) {
            text.remove_prefix(1);
            if (text.ends_with('\x01'))
                text.remove_suffix(1);
            if (!text.starts_with("ACTION "))
                return std::nullopt; // a client asks ours for its version, its clock …
            text.remove_prefix(7);
            event.kind = Kind::Action;
        }
        event.text = safeText(ircPlain(event.kind == Kind::Action ? text : withoutOurName(text, context)));
        return event;
    }
    if (line.command == "TOPIC") {
        event.kind = Kind::Topic;
        event.text = safeText(ircPlain(line.param(1)));
        return event;
    }
    if (line.command == "TAGMSG") {
        const bool takesBack = line.hasTag("+draft/unreact");
        const std::string_view emoji = line.tag(takesBack ? "+draft/unreact" : "+draft/react");
        event.targetId = safeLine(line.tag("+draft/reply"), 256);
        if (emoji.empty() || event.targetId.empty())
            return std::nullopt; // somebody types
        event.kind = takesBack ? Kind::Unreaction : Kind::Reaction;
        event.emojis = {safeLine(emoji, 64)};
        return event;
    }
    return std::nullopt;
}

std::vector<std::string> ircLines(std::string_view text, std::size_t limit)
{
    std::vector<std::string> out;
    while (!text.empty() && out.size() < kLines) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        std::string line(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
        std::erase_if(line, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
        if (line.find_first_not_of(" \t") == std::string::npos)
            continue;
        for (std::string &part : splitText(line, limit))
            out.push_back(std::move(part));
    }
    if (out.empty())
        out.emplace_back();
    if (out.size() >= kLines && (out.size() > kLines || text.find_first_not_of("\r\n\t ") != std::string_view::npos)) {
        out.resize(kLines);
        out.back() = "(the rest of this is in the console)";
    }
    return out;
}

IrcLine ircSay(std::string_view target, std::string_view text, std::string_view id)
{
    IrcLine line;
    line.tags = {{std::string(kIrcIdTag), std::string(id)}};
    line.command = "PRIVMSG";
    line.params = {std::string(target), std::string(text)};
    return line;
}

IrcLine ircReact(std::string_view channel, const MessageRef &target, std::string_view emoji, bool takesBack, std::string_view id)
{
    IrcLine line;
    line.tags = {{std::string(kIrcIdTag), std::string(id)},
                 {takesBack ? "+draft/unreact" : "+draft/react", std::string(emoji)},
                 {"+draft/reply", target.eventId.empty() ? target.messageId : target.eventId}};
    line.command = "TAGMSG";
    line.params = {std::string(channel)};
    return line;
}

} // namespace qd::chat
