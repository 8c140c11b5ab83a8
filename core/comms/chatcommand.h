// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/line.h"

#include <map>
#include <optional>

namespace qd::comms {

/// What a message in an incident's room, or one to the console alone, asks for. Authority is not decided here: the desk takes these
/// from a bound identity only. Each verb is one of kChatVerbs (core/model/rights.h).
struct ChatCommand {
    enum class Kind {
        Log,      ///< `!log text`
        Status,   ///< `!status`; `!status mitigated why` sets it: in `text`
        Ack,      ///< `!ack [key]`; without a key: what pages the speaker
        Take,     ///< `!take [why]`: assume command
        Object,   ///< `!object [why]`: to somebody taking command
        Line,     ///< the one-line instrument, in `line`; also `!task`, `!hypothesis`, `!decision`, `!promise`
        Declare,  ///< `!declare [SEV2] [service:] title`; which words are a service the desk knows
        Severity, ///< `!sev SEV2 [why]`
        Title,    ///< `!title what is wrong`: the incident is called that from now on
        Service,  ///< `!service name [why]`: the service that suffers is this one; which words are its name the desk knows
        Page,     ///< `!page team`, `!page person`: in `name`
        Update,   ///< `!update template [field=value …] [text]`: the template in `key`
        Who,      ///< `!who`: who commands, who is on call
        Why,      ///< `!why key`
        HandOver, ///< `!handover person summary`
        Accept,   ///< `!accept what I heard`
        Decline,  ///< `!decline [why]`
        Resolve,  ///< `!resolve what ended it`
        Reopen,   ///< `!reopen [why]`: it was not over
        Again,    ///< `!again [SEV2] [title]`: it is back, as a new incident that is linked to it
        Poll,     ///< `!poll question`: go or no-go?
        Go,       ///< `!go [N]`, `!nogo [N] [why]`: the poll's number in `key`
        NoGo,
        On,       ///< `!on [N]`: the speaker takes a task on; its number in `key`
        Done,     ///< `!done [N] [what came of it]`: a task of the speaker's is done; its number in `key`
        Message,  ///< `!message [N]`: the text for outside to read; its number in `key`
        Approve,  ///< `!approve [N] [check] word`, `!reject [N] [check] why`: what follows the number in `text`
        Reject,
        Help,     ///< `!help`
        Yes,      ///< `!yes word`: the word in `key` confirms what was asked for
        Bind,     ///< `!bind word`: not a command, see events::IdentitySaid
        Seat,     ///< one of kSeatVerbs: not from chat
        Unknown,  ///< `!` and a word that is none of ours, in `text`: worth an answer, not an action
    };
    Kind kind = Kind::Unknown;
    std::string verb;     ///< "ack", "decision"
    std::string incident; ///< where another one is named: "INC-7"
    std::string text;
    std::string key, name;
    std::map<std::string, std::string> fields;
    Line line;
};

/// Reads one message. Nothing when it is plain conversation, which is also what a reply's quotation, an emphatic "!!!"
/// and a mention are. Line breaks count as spaces. `!log` (no space) is a command, `! log …` (space) a decision.
/// A message of several lines that begins with ">" quotes. With `direct` (no room says which incident is meant) every verb may name
/// one first: `!log INC-7 text`; in a room those that take no free text do: `!take INC-7`.
/// Refused: a command with a missing text, more than kLineLimit characters after a command sign. Pure, thread-safe.
[[nodiscard]] Result<std::optional<ChatCommand>> parseChatCommand(std::string_view message, const LineContext &context, bool direct = false);

/// What `!help` answers: every verb in one line, those of `seatOnly` left out.
[[nodiscard]] std::string chatHelp(const std::vector<std::string> &seatOnly);

} // namespace qd::comms
