// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/line.h"

#include "core/base/safetext.h"
#include "core/comms/words.h"

#include <algorithm>

namespace qd::comms {

namespace {

constexpr std::string_view kSigns = "@?!>";

/// A due time that is there is either good (`span`) or wrong (`error`); a word that is none leaves `isSpan` false.
bool isSpanWord(std::string_view word, Span &span)
{
    if (word.empty() || word.front() < '0' || word.front() > '9')
        return false;
    const auto parsed = parseSpan(word);
    if (!parsed)
        return false;
    span = *parsed;
    return true;
}

Result<void> checkDue(Span due)
{
    if (due.ns <= 0)
        return fail(Code::Invalid, "The due time is zero; write for example 10m.");
    if (due > kDueLimit)
        return fail(Code::Invalid, "The due time is longer than 30 days; write a nearer one.");
    return {};
}

std::string joined(std::string_view name)
{
    std::string out;
    for (const char c : folded(name)) {
        if (c != ' ' && c != '.' && c != '-' && c != '_')
            out += c;
    }
    return out;
}

struct Match {
    const Named *named = nullptr;
    bool team = false;
    std::string_view rest; ///< what follows the name
};

/// The full name, written out with its spaces ("@Dana Novak check"), the longest that fits.
Match fullName(std::string_view text, const LineContext &context)
{
    Match best;
    std::size_t length = 0;
    const auto look = [&](const std::vector<Named> &from, bool team) {
        for (const Named &n : from) {
            for (const std::string &as : {n.name, n.id}) {
                if (as.size() > length && startsWithWords(text, as)) {
                    length = as.size();
                    best = {&n, team, trimmed(text.substr(as.size()))};
                }
            }
        }
    };
    look(context.people, false);
    look(context.teams, true);
    return best;
}

/// One typed word against every word of every name; the caller decides what more than one means.
std::vector<Match> byWord(std::string_view word, const LineContext &context)
{
    std::vector<Match> out;
    const std::string wanted = joined(word);
    if (wanted.empty())
        return out;
    const auto look = [&](const std::vector<Named> &from, bool team) {
        for (const Named &n : from) {
            if (joined(n.name) == wanted || joined(n.id) == wanted) {
                out.insert(out.begin(), {&n, team, {}});
                continue;
            }
            const auto words = split(n.name);
            if (std::any_of(words.begin(), words.end(), [&](std::string_view w) { return joined(w) == wanted; }))
                out.push_back({&n, team, {}});
        }
    };
    look(context.people, false);
    look(context.teams, true);
    // An id that is written as it is, is nobody else's name.
    if (std::any_of(out.begin(), out.end(), [&](const Match &m) { return m.named->id == word; }))
        std::erase_if(out, [&](const Match &m) { return m.named->id != word; });
    if (!out.empty() && (joined(out.front().named->name) == wanted || joined(out.front().named->id) == wanted)) {
        // A whole name wins over another one's part of a name; two equal whole names stay ambiguous.
        std::erase_if(out, [&](const Match &m) { return joined(m.named->name) != wanted && joined(m.named->id) != wanted; });
    }
    return out;
}

Result<Line> task(std::string_view body, const LineContext &context)
{
    Line line;
    line.kind = LineKind::Task;
    std::string_view rest;
    if (const Match full = fullName(body, context); full.named != nullptr) {
        line.person = full.named->id;
        line.personName = full.named->name;
        line.personKnown = true;
        line.team = full.team;
        rest = full.rest;
    } else {
        auto [name, after] = firstWord(body);
        rest = after;
        while (!name.empty() && (name.back() == ':' || name.back() == ','))
            name.remove_suffix(1);
        if (name.empty())
            return fail(Code::Invalid, "Who? Write a name right after the @, for example: @dba check lag 10m.");
        const auto matches = byWord(name, context);
        line.person = line.personName = std::string(name);
        if (matches.size() == 1) {
            line.person = matches.front().named->id;
            line.personName = matches.front().named->name;
            line.personKnown = true;
            line.team = matches.front().team;
        }
        if (matches.size() > 1) {
            for (const Match &m : matches)
                line.candidates.push_back(m.named->name);
        }
    }
    // The due time stands last ("check lag 10m") or right after the name ("10m check lag").
    const auto [before, last] = lastWord(rest);
    const auto [first, after] = firstWord(rest);
    if (Span due; isSpanWord(last, due)) {
        line.due = due;
        rest = before;
        if (const auto [text, in] = lastWord(rest); folded(in) == "in" || folded(in) == "within")
            rest = text;
    } else if (isSpanWord(first, due)) {
        line.due = due;
        rest = after;
    }
    if (const auto due = checkDue(line.due); !due && line.due != Span{})
        return tl::unexpected(due.error());
    if (rest.empty())
        return fail(Code::Invalid, "What should " + line.personName + " do? Write it after the name.");
    line.text = std::string(rest);
    return line;
}

Result<Line> promise(std::string_view body, const LineContext &context)
{
    Line line;
    line.kind = LineKind::Promise;
    const auto &audiences = context.audiences.empty() ? defaultAudiences() : context.audiences;
    std::string_view rest;
    for (const std::string &a : audiences) {
        if (a.size() > line.audience.size() && startsWithWords(body, a)) {
            line.audience = a;
            line.audienceKnown = true;
            rest = trimmed(body.substr(a.size()));
        }
    }
    if (!line.audienceKnown) {
        const auto [word, after] = firstWord(body);
        if (word.empty())
            return fail(Code::Invalid, "To whom? Write an audience and a time, for example: > customers 20m.");
        line.audience = std::string(word);
        rest = after;
    }
    const auto [when, text] = firstWord(rest);
    const auto [before, last] = lastWord(rest);
    if (isSpanWord(when, line.due))
        rest = text;
    else if (isSpanWord(last, line.due))
        rest = before;
    else
        return fail(Code::Invalid, "By when? A promise needs a time, for example: > " + line.audience + " 20m.");
    if (const auto due = checkDue(line.due); !due)
        return tl::unexpected(due.error());
    line.text = std::string(rest);
    return line;
}

} // namespace

std::string_view word(LineKind kind)
{
    switch (kind) {
    case LineKind::Log:
        return "log";
    case LineKind::Task:
        return "task";
    case LineKind::Hypothesis:
        return "hypothesis";
    case LineKind::Decision:
        return "decision";
    case LineKind::Promise:
        return "promise";
    }
    return "log";
}

const std::vector<std::string> &defaultAudiences()
{
    static const std::vector<std::string> audiences{"customers", "technical", "executive", "regulator", "partners"};
    return audiences;
}

Result<Line> parseLine(std::string_view typed, const LineContext &context)
{
    const std::string_view raw = trimmed(typed);
    if (raw.find_first_of("\r\n") != std::string_view::npos)
        return fail(Code::Invalid, "This is more than one line; enter one line at a time.");
    if (characters(raw) > kLineLimit)
        return fail(Code::TooLarge, "The line is longer than 2,000 characters; shorten it or split it.");
    const std::string safe = safeLine(raw, kFieldLimit);
    const std::string_view text = trimmed(safe);
    if (text.empty())
        return fail(Code::Invalid, "The line is empty; write what happened.");

    Line line;
    const std::string_view body = trimmed(text.substr(1));
    switch (text.front()) {
    case '@': {
        auto read = task(body, context);
        if (!read)
            return read;
        line = *std::move(read);
        break;
    }
    case '>': {
        auto read = promise(body, context);
        if (!read)
            return read;
        line = *std::move(read);
        break;
    }
    case '?':
        line.kind = LineKind::Hypothesis;
        line.text = std::string(body);
        if (line.text.empty())
            return fail(Code::Invalid, "What could it be? Write it after the ?, for example: ? pool exhausted.");
        break;
    case '!': {
        const auto command = folded(firstWord(text).first);
        if (command == "!log") { // the habit from chat; here every plain line is one
            line.text = std::string(trimmed(text.substr(4)));
            if (line.text.empty())
                return fail(Code::Invalid, "The line is empty; write what happened.");
            break;
        }
        if (command == "!status" || command == "!ack" || command == "!take")
            return fail(Code::Invalid, command + " is a command of the chat room; here use the console's own keys.");
        line.kind = LineKind::Decision;
        line.text = std::string(body);
        if (line.text.empty())
            return fail(Code::Invalid, "What is decided? Write it after the !, for example: ! roll back 4.2.");
        break;
    }
    case '\\':
        line.text = std::string(!body.empty() && kSigns.find(body.front()) != std::string_view::npos ? body : text);
        break;
    default:
        line.text = std::string(text);
    }
    if (line.due.ns > 0 && context.now)
        line.dueAt = context.now + line.due;
    return line;
}

bool isInstrumentLine(std::string_view message, const LineContext &context)
{
    const std::string_view text = trimmed(message);
    if (text.size() < 3)
        return false;
    const bool spaced = text[1] == ' ' || text[1] == '\t';
    if (text.front() == '?' || text.front() == '!')
        return spaced;
    if (text.front() != '@' && text.front() != '>')
        return false;
    if (characters(text) > kLineLimit)
        return false;
    const auto line = parseLine(safeLine(text, kFieldLimit), context);
    if (!line)
        return false;
    return line->kind == LineKind::Task ? !spaced && line->due.ns > 0 : line->audienceKnown;
}

} // namespace qd::comms
