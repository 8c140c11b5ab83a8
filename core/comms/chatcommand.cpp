// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/chatcommand.h"

#include "core/base/safetext.h"
#include "core/comms/words.h"

#include <algorithm>

namespace qd::comms {

namespace {

bool isCommandWord(std::string_view word)
{
    return word.size() > 1 && word.size() <= 32 && word.front() == '!'
        && std::all_of(word.begin() + 1, word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

} // namespace

Result<std::optional<ChatCommand>> parseChatCommand(std::string_view message, const LineContext &context)
{
    const std::string_view raw = trimmed(message);
    if (raw.empty())
        return std::nullopt;
    const bool sign = raw.front() == '!' || raw.front() == '?' || raw.front() == '@' || raw.front() == '>';
    if (!sign)
        return std::nullopt;
    const bool command = isCommandWord(firstWord(raw).first);
    if (characters(raw) > kLineLimit) {
        // A long quotation or mention is conversation; something that claims to be a command is answered.
        if (command || (raw.size() > 1 && raw[1] == ' ' && (raw.front() == '!' || raw.front() == '?')))
            return fail(Code::TooLarge, "The line is longer than 2,000 characters; shorten it or split it.");
        return std::nullopt;
    }
    const std::string safe = safeLine(raw, kFieldLimit);
    const std::string_view text = trimmed(safe);

    ChatCommand out;
    if (command) {
        const auto [head, rest] = firstWord(text);
        const std::string name = folded(head);
        if (name == "!log") {
            if (rest.empty())
                return fail(Code::Invalid, "Nothing to log; write it after !log.");
            out.kind = ChatCommand::Kind::Log;
            out.text = std::string(rest);
        } else if (name == "!status") {
            out.kind = ChatCommand::Kind::Status;
        } else if (name == "!ack") {
            out.kind = ChatCommand::Kind::Ack;
            out.key = std::string(firstWord(rest).first);
            out.text = std::string(firstWord(rest).second);
        } else if (name == "!take") {
            out.kind = ChatCommand::Kind::Take;
            out.text = std::string(rest);
        } else if (name == "!object") {
            out.kind = ChatCommand::Kind::Object;
            out.text = std::string(rest);
        } else {
            out.text = std::string(head);
        }
        return out;
    }
    if (!isInstrumentLine(text, context))
        return std::nullopt;
    auto line = parseLine(text, context);
    if (!line)
        return tl::unexpected(line.error());
    out.kind = ChatCommand::Kind::Line;
    out.line = *std::move(line);
    out.text = out.line.text;
    return out;
}

} // namespace qd::comms
