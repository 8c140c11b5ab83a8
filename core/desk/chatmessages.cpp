// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/chatmessages.h"

#include "core/base/numberbehind.h"
#include "core/base/safetext.h"
#include "core/comms/outward.h"
#include "core/comms/words.h"

#include <algorithm>

namespace qd::desk {

using comms::StageStanding;
using state::Incident;
using state::OutwardMessage;
using state::State;

namespace {

constexpr std::string_view kReadVerb = "!message ";

Result<const OutwardMessage *> textMeant(const Incident &i, std::uint32_t number)
{
    const OutwardMessage *found = nullptr;
    for (const OutwardMessage &m : i.outward) {
        if (m.versions.empty() || (number != 0 ? m.number != number : !m.isOpen()))
            continue;
        if (found)
            return fail(Code::Conflict, "more than one message of " + i.id + " is open; say which: !message " + std::to_string(found->number) + " or " + std::to_string(m.number));
        found = &m;
    }
    if (!found)
        return fail(Code::NotFound, i.id + (number != 0 ? " has no message " + std::to_string(number) : std::string(" has no open message; !message N shows an older one")));
    return found;
}

bool isLeftToJudge(const OutwardMessage &m)
{
    return m.isOpen() || (m.releasedAt && !m.missing.empty() && !m.endedAt);
}

std::string listed(const std::vector<std::string> &all)
{
    std::string out;
    for (const std::string &one : all)
        out += (out.empty() ? "" : ", ") + one;
    return out;
}

/// The checks somebody may give (or refuse) now, by id; none: why, if one of them is theirs at all.
std::vector<std::string> checksOf(const State &state, const OutwardMessage &m, const std::string &person, bool toApprove, Instant now, std::string *why = nullptr)
{
    std::vector<std::string> out;
    for (const StageStanding &s : comms::standingsOf(*state.workspace, m)) {
        const auto may = comms::mayJudge(*state.workspace, m, s, person, now);
        if (may && !(toApprove && s.kind == StageStanding::Kind::Passed)) {
            out.push_back(s.stage->id);
            continue;
        }
        std::vector<std::string> theirs = s.stage->approvers;
        theirs.insert(theirs.end(), s.stage->deputies.begin(), s.stage->deputies.end());
        const auto people = comms::peopleOf(*state.workspace, theirs);
        if (why && std::find(people.begin(), people.end(), person) != people.end())
            *why = may ? "\"" + s.stage->id + "\" is passed already, by " + state.workspace->nameOf(s.judgement->by) + "." : may.error().message;
    }
    return out;
}

} // namespace

std::string keptAs(const TextRead &read)
{
    return std::string(kReadVerb) + std::to_string(read.message) + " " + read.incident + " " + read.hash;
}

std::optional<TextRead> textRead(std::string_view kept)
{
    const auto words = comms::split(kept);
    if (!kept.starts_with(kReadVerb) || words.size() != 4)
        return std::nullopt;
    return TextRead{std::string(words[2]), std::string(words[3]), numberBehind({}, words[1])};
}

Result<TextInChat> textInChat(const State &state, const Incident &i, std::uint32_t number, const std::string &person, Instant now)
{
    const auto found = textMeant(i, number);
    if (!found)
        return tl::unexpected(found.error());
    const OutwardMessage &m = **found;
    const state::MessageVersion &v = m.newest();
    const Workspace &w = *state.workspace;
    TextInChat out;
    out.read = {i.id, v.hash, m.number};
    out.head = i.id + ", message " + std::to_string(m.number) + ", version " + std::to_string(v.number) + " by " + w.nameOf(v.by) + ", " + std::string(comms::standingWord(w, m)) + ": to " + v.audience
        + (v.to.empty() ? "" : ", by " + listed(v.to)) + (v.embargo ? ", not before " + toRfc3339(v.embargo) : "") + (v.expires ? ", until " + toRfc3339(v.expires) : "") + (v.phase.empty() ? "" : "; it says " + v.phase) + ".";
    std::string checks;
    for (const StageStanding &s : comms::standingsOf(w, m))
        checks += (checks.empty() ? " Checks: " : ", ") + s.stage->id + " " + std::string(comms::word(s.kind)) + (s.judgement && s.kind >= StageStanding::Kind::Passed ? " (" + w.nameOf(s.judgement->by) + ")" : "");
    out.head += checks.empty() ? " It needs no check." : checks + ".";
    const auto isFromChat = [&w](std::string_view verb) { return std::find(w.seatOnly.begin(), w.seatOnly.end(), verb) == w.seatOnly.end(); };
    out.approves = isFromChat("approve");
    out.rejects = isFromChat("reject");
    out.text = v.title + "\n" + comms::inEveryLanguage(v);
    if (!isLeftToJudge(m))
        out.why = "Nothing of it is left to approve.";
    else if (v.hash != comms::digestOf(v))
        out.why = "The text is not the one that was written: it was struck.";
    else
        out.checks = checksOf(state, m, person, false, now, &out.why);
    if (out.checks.empty() && out.why.empty())
        out.why = "No check of it is yours to give.";
    return out;
}

std::string answerWith(const TextInChat &shown, const std::string &word, const std::string &why)
{
    std::string out = shown.head + "\n";
    if (word.empty()) {
        out += why;
    } else {
        const std::string which = std::to_string(shown.read.message) + " " + shown.read.incident + " " + shown.checks.front();
        out += "Yours: " + listed(shown.checks) + ". To give it: " + (shown.approves ? "!approve " + which + " " + word : "at a seat") + " - to refuse it: " + (shown.rejects ? "!reject " + which + " why" : "at a seat") + ". The word is good once, for 30 minutes, and for this text alone.";
    }
    return out + "\nThe text, to the end:\n" + shown.text;
}

Result<JudgeMessage> judgementInChat(const State &state, const comms::ChatCommand &c, const state::Confirmation *waiting, const std::string &person, Instant now)
{
    const bool isApproval = c.kind == comms::ChatCommand::Kind::Approve;
    const std::string named = (c.key.empty() ? "" : " " + c.key) + (c.incident.empty() ? "" : " " + c.incident);
    const auto read = waiting && waiting->person == person ? textRead(waiting->command) : std::nullopt;
    if (!read)
        return fail(Code::Conflict, "read the text here first: !message" + named + " answers with it, and with the word that stands for it");
    if (now >= waiting->until)
        return fail(Code::Conflict, "it is 30 minutes since you read the text; read it again: !message" + named);
    const std::string message = std::to_string(read->message);
    if ((!c.key.empty() && c.key != message) || (!c.incident.empty() && c.incident != read->incident))
        return fail(Code::Conflict, "the text you read last is message " + message + " of " + read->incident + "; read this one first: !message" + named);
    const Incident *i = state.incident(read->incident);
    if (!i)
        return fail(Code::NotFound, "there is no incident " + read->incident);
    const auto found = textMeant(*i, read->message);
    if (!found)
        return tl::unexpected(found.error());
    std::vector<std::string> checks;
    for (const StageStanding &s : comms::standingsOf(*state.workspace, **found))
        checks.push_back(s.stage->id);

    JudgeMessage out{read->incident, {}, read->hash, {}, read->message, isApproval};
    bool isWordSaid = false;
    std::string_view more = c.text;
    for (int n = 0; n < 2; ++n) { // a check and the word, in either order
        const auto [first, after] = comms::firstWord(more);
        const std::string said = comms::folded(first);
        const auto check = std::find_if(checks.begin(), checks.end(), [&](const std::string &id) { return comms::folded(id) == said; });
        if (!isWordSaid && said == waiting->word)
            isWordSaid = true;
        else if (out.stage.empty() && check != checks.end())
            out.stage = *check;
        else
            break;
        more = after;
    }
    if (isApproval && !isWordSaid)
        return fail(Code::Forbidden, "that is not the word of the text you read; it is said behind the check (" + listed(checks) + "): !approve " + message + " check word");
    if (isApproval && !more.empty())
        return fail(Code::NotFound, "message " + message + " has no check \"" + safeLine(more, 60) + "\"; there are " + listed(checks));
    if (!isApproval)
        out.reason = std::string(more);
    if (!isApproval && more.empty())
        return fail(Code::Invalid, "say what is wrong with it: !reject " + message + " check why");
    if (out.stage.empty()) {
        const auto theirs = checksOf(state, **found, person, isApproval, now);
        if (theirs.size() > 1)
            return fail(Code::Conflict, "more than one check is yours: " + listed(theirs) + "; say which: !" + (isApproval ? "approve " + message + " " + theirs.front() + " " + waiting->word : "reject " + message + " " + theirs.front() + " why"));
        if (!theirs.empty())
            out.stage = theirs.front();
    }
    return out;
}

} // namespace qd::desk
