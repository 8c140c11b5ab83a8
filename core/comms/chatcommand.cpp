// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/chatcommand.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/comms/words.h"
#include "core/model/rights.h"

#include <algorithm>

namespace qd::comms {

namespace {

using Kind = ChatCommand::Kind;

bool isCommandWord(std::string_view word)
{
    return word.size() > 1 && word.size() <= 32 && word.front() == '!'
        && std::all_of(word.begin() + 1, word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; });
}

/// How a verb is written after its word.
struct Verb {
    std::string_view word;
    Kind kind;
    bool needsText;       ///< says nothing without more
    bool isFreeText;      ///< what follows is text from the first word on
    std::string_view use; ///< for people
};
constexpr Verb kVerbs[] = {
    {"log", Kind::Log, true, true, "!log text"},
    {"status", Kind::Status, false, false, "!status [mitigated|active|cancelled why]"},
    {"ack", Kind::Ack, false, false, "!ack [key]"},
    {"take", Kind::Take, false, false, "!take [why]"},
    {"object", Kind::Object, false, true, "!object [why]"},
    {"declare", Kind::Declare, true, true, "!declare [SEV2] [service:] title"},
    {"sev", Kind::Severity, true, false, "!sev SEV2 [why]"},
    {"title", Kind::Title, true, false, "!title what is wrong"},
    {"service", Kind::Service, true, false, "!service name [why]"},
    {"page", Kind::Page, true, false, "!page team"},
    {"task", Kind::Line, true, true, "@who task 10m"},
    {"hypothesis", Kind::Line, true, true, "? hypothesis"},
    {"decision", Kind::Line, true, true, "! decision"},
    {"promise", Kind::Line, true, true, "> audience 20m"},
    {"update", Kind::Update, true, false, "!update template [field=value] text"},
    {"who", Kind::Who, false, false, "!who"},
    {"why", Kind::Why, true, false, "!why key"},
    {"handover", Kind::HandOver, true, false, "!handover person summary"},
    {"accept", Kind::Accept, true, false, "!accept what you heard"},
    {"decline", Kind::Decline, false, false, "!decline [why]"},
    {"resolve", Kind::Resolve, true, false, "!resolve what ended it"},
    {"reopen", Kind::Reopen, false, false, "!reopen [why]"},
    {"again", Kind::Again, false, false, "!again [SEV2] [title]"},
    {"poll", Kind::Poll, true, true, "!poll question"},
    {"go", Kind::Go, false, false, "!go [poll]"},
    {"nogo", Kind::NoGo, false, false, "!nogo [poll] [why]"},
    {"on", Kind::On, false, false, "!on [task]"},
    {"done", Kind::Done, false, false, "!done [task] [what came of it]"},
    {"message", Kind::Message, false, false, "!message [N]"},
    {"approve", Kind::Approve, true, false, "!approve [N] [check] word"},
    {"reject", Kind::Reject, true, false, "!reject [N] [check] why"},
    {"help", Kind::Help, false, false, "!help"},
};
static_assert(std::size(kVerbs) == std::size(kChatVerbs));

bool isIncident(std::string_view word)
{
    return word.size() > 4 && word.size() <= 14 && asciiLower(word.substr(0, 4)) == "inc-" && word.find_first_not_of("0123456789", 4) == std::string_view::npos;
}

bool isField(std::string_view word)
{
    const auto at = word.find('=');
    return at != std::string_view::npos && at > 0 && std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(at), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// "template what=db is slow next=in 10 minutes", "template the db is slow".
void readUpdate(std::string_view rest, ChatCommand &out)
{
    auto [name, more] = firstWord(rest);
    out.key = std::string(name);
    std::string *into = &out.text;
    while (!more.empty()) {
        auto [word, after] = firstWord(more);
        if (isField(word)) {
            const auto at = word.find('=');
            into = &out.fields[std::string(word.substr(0, at))];
            *into = std::string(word.substr(at + 1));
        } else {
            *into += (into->empty() ? "" : " ") + std::string(word);
        }
        more = after;
    }
}

/// What a line of the instrument would be for `!task …` and its like.
std::string asLine(std::string_view verb, std::string_view rest)
{
    if (verb == "task")
        return (rest.starts_with('@') ? "" : "@") + std::string(rest);
    return (verb == "hypothesis" ? "? " : verb == "decision" ? "! " : "> ") + std::string(rest);
}

} // namespace

std::string chatHelp(const std::vector<std::string> &seatOnly)
{
    std::string out;
    for (const Verb &v : kVerbs)
        if (std::find(seatOnly.begin(), seatOnly.end(), v.word) == seatOnly.end())
            out += (out.empty() ? "" : " · ") + std::string(v.use);
    return out;
}

Result<std::optional<ChatCommand>> parseChatCommand(std::string_view message, const LineContext &context, bool direct)
{
    const std::string_view raw = trimmed(message);
    if (raw.empty())
        return std::nullopt;
    const bool sign = raw.front() == '!' || raw.front() == '?' || raw.front() == '@' || raw.front() == '>';
    if (!sign)
        return std::nullopt;
    if (raw.front() == '>' && raw.find_first_of("\r\n") != std::string_view::npos)
        return std::nullopt; // an answer that quotes what it answers
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
        auto [head, rest] = firstWord(text);
        out.verb = folded(head).substr(1);
        if (out.verb == "yes" || out.verb == "bind") {
            out.kind = out.verb == "yes" ? Kind::Yes : Kind::Bind;
            out.key = folded(firstWord(rest).first);
            return out;
        }
        if (std::find(std::begin(kSeatVerbs), std::end(kSeatVerbs), out.verb) != std::end(kSeatVerbs)) {
            out.kind = Kind::Seat;
            return out;
        }
        const auto verb = std::find_if(std::begin(kVerbs), std::end(kVerbs), [&](const Verb &v) { return v.word == out.verb; });
        if (verb == std::end(kVerbs)) {
            out.text = std::string(head);
            return out;
        }
        if ((direct || !verb->isFreeText) && verb->kind != Kind::Declare && verb->kind != Kind::Ack && verb->kind != Kind::Why && isIncident(firstWord(rest).first)) {
            out.incident = "INC-" + std::string(firstWord(rest).first.substr(4));
            rest = firstWord(rest).second;
        }
        out.kind = verb->kind;
        if (rest.empty() && verb->needsText)
            return fail(Code::Invalid, out.kind == Kind::Log ? "Nothing to log; write it after !log." : "More is needed: " + std::string(verb->use));
        switch (out.kind) {
        case Kind::Ack:
        case Kind::Why:
            out.key = std::string(firstWord(rest).first);
            out.text = std::string(firstWord(rest).second);
            break;
        case Kind::Severity:
            out.key = std::string(firstWord(rest).first);
            out.text = std::string(firstWord(rest).second);
            break;
        case Kind::Again:
        case Kind::Declare: {
            const auto [first, more] = firstWord(rest);
            const bool isSeverity = first.size() == 4 && asciiLower(first.substr(0, 3)) == "sev" && first[3] >= '1' && first[3] <= '5';
            out.key = isSeverity ? std::string(first) : std::string();
            out.text = std::string(isSeverity ? more : rest);
            if (out.text.empty() && out.kind == Kind::Declare)
                return fail(Code::Invalid, "Say what is wrong: " + std::string(verb->use));
            break;
        }
        case Kind::Page:
        case Kind::HandOver: {
            std::string_view name = firstWord(rest).first;
            if (name.starts_with('@'))
                name.remove_prefix(1);
            out.name = std::string(name);
            out.text = std::string(firstWord(rest).second);
            if (out.kind == Kind::HandOver && out.text.empty())
                return fail(Code::Invalid, "Say what they have to know: " + std::string(verb->use));
            break;
        }
        case Kind::On:
        case Kind::Done:
        case Kind::Go:
        case Kind::NoGo: {
            const auto [first, more] = firstWord(rest);
            const bool isNumber = !first.empty() && first.size() <= 4 && first.find_first_not_of("0123456789") == std::string_view::npos;
            out.key = isNumber ? std::string(first) : std::string();
            out.text = std::string(isNumber ? more : rest);
            break;
        }
        case Kind::Message:
        case Kind::Approve:
        case Kind::Reject: { // "2 INC-7 legal word": the incident before the number or behind it
            std::string_view more = rest;
            if (const auto [first, after] = firstWord(more); !first.empty() && first.size() <= 4 && first.find_first_not_of("0123456789") == std::string_view::npos) {
                out.key = std::string(first);
                more = after;
            }
            if (const auto [first, after] = firstWord(more); out.incident.empty() && isIncident(first)) {
                out.incident = "INC-" + std::string(first.substr(4));
                more = after;
            }
            out.text = std::string(more);
            break;
        }
        case Kind::Update: readUpdate(rest, out); break;
        case Kind::Line: {
            auto line = parseLine(asLine(out.verb, rest), context);
            if (!line)
                return tl::unexpected(line.error());
            out.line = *std::move(line);
            out.text = out.line.text;
            break;
        }
        default: out.text = std::string(rest); break;
        }
        return out;
    }
    if (direct || !isInstrumentLine(text, context)) // a line alone does not say which incident it is for
        return std::nullopt;
    auto line = parseLine(text, context);
    if (!line)
        return tl::unexpected(line.error());
    out.kind = Kind::Line;
    out.line = *std::move(line);
    out.verb = word(out.line.kind);
    out.text = out.line.text;
    return out;
}

} // namespace qd::comms
