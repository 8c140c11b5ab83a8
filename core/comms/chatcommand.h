// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/line.h"

#include <optional>

namespace qd::comms {

/// What a message in an incident's room asks for. Authority is not decided here: the desk takes these from a bound
/// identity only.
struct ChatCommand {
    enum class Kind {
        Log,     ///< `!log text`
        Status,  ///< `!status`
        Ack,     ///< `!ack [key]`; without a key: what pages the speaker
        Take,    ///< `!take [why]`: assume command
        Object,  ///< `!object [why]`: to somebody taking command
        Line,    ///< the one-line instrument, in `line`
        Unknown, ///< `!` and a word that is none of ours, in `text`: worth an answer, not an action
    };
    Kind kind = Kind::Unknown;
    std::string text;
    std::string key;
    Line line;
};

/// Reads one message. Nothing when it is plain conversation, which is also what a reply's quotation, an emphatic "!!!"
/// and a mention are. Line breaks count as spaces. `!log` (no space) is a command, `! log …` (space) a decision.
/// Refused: a command with a missing text, more than kLineLimit characters after a command sign. Pure, thread-safe.
[[nodiscard]] Result<std::optional<ChatCommand>> parseChatCommand(std::string_view message, const LineContext &context);

} // namespace qd::comms
