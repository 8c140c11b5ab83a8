// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/poll.h"

#include "core/base/safetext.h"

#include <algorithm>

namespace qd::command {

using state::Incident;
using state::Poll;

namespace {

std::string named(std::uint32_t number)
{
    return "Poll " + std::to_string(number);
}

/// What somebody is in the incident, every role of theirs; "" when they have none.
std::string rolesOf(const Incident &incident, std::string_view person)
{
    std::string out;
    const auto add = [&](std::string_view role) { out += (out.empty() ? "" : ", ") + std::string(role); };
    for (const auto &[role, held] : incident.roles)
        if (held.person == person)
            add(word(role));
    for (const state::OwnRole &own : incident.ownRoles)
        if (own.held.person == person)
            add(own.title);
    return out;
}

void addOnce(std::vector<std::string> &to, const std::string &person)
{
    if (!person.empty() && std::find(to.begin(), to.end(), person) == to.end())
        to.push_back(person);
}

} // namespace

Result<const Poll *> pollMeant(const Incident &incident, std::uint32_t number)
{
    const Poll *only = nullptr;
    for (const Poll &p : incident.polls) {
        if (number != 0 && p.number == number)
            return &p;
        if (number != 0 || !p.isOpen())
            continue;
        if (only)
            return fail(Code::Conflict, incident.id + " has more than one open poll; name its number.");
        only = &p;
    }
    if (only)
        return only;
    return fail(Code::NotFound, incident.id + (number == 0 ? " has no open poll." : " has no poll " + std::to_string(number) + "."));
}

Result<events::PollAsked> ask(const state::State &state, const Incident &incident, const std::string &question, const std::vector<std::string> &people, const events::Actor &by, Instant due, Instant now)
{
    events::PollAsked e{incident.id, question, static_cast<std::uint32_t>(incident.polls.size() + 1), {}, {}, by, due};
    if (due && (due < now + kAskedAtLeast || due > now + kAskedAtMost))
        return fail(Code::Invalid, "A poll is due between 1 minute and 7 days from now.");
    if (incident.polls.size() >= state::kPollsKept)
        return fail(Code::TooLarge, incident.id + " has " + std::to_string(state::kPollsKept) + " polls already; decide without another one.");
    for (const std::string &person : people) {
        if (!state.workspace->person(person))
            return fail(Code::NotFound, "There is no person \"" + safeLine(person, 60) + "\" in the workspace.");
        addOnce(e.people, person);
    }
    if (people.empty()) {
        for (const auto &[role, held] : incident.roles)
            if (held.person != by.person)
                addOnce(e.people, held.person);
        for (const state::OwnRole &own : incident.ownRoles)
            if (own.held.person != by.person)
                addOnce(e.people, own.held.person);
        if (e.people.empty())
            return fail(Code::Invalid, "Nobody else has a role in " + incident.id + "; name whom you ask.");
    }
    if (e.people.size() > kAskedLimit)
        return fail(Code::TooLarge, "A poll asks at most " + std::to_string(kAskedLimit) + " people.");
    for (const std::string &person : e.people)
        e.roles.push_back(rolesOf(incident, person));
    return e;
}

Result<events::PollAnswered> answer(const state::State &state, const Incident &incident, std::uint32_t poll, const std::string &answer, const std::string &text,
                                    const std::string &person, const events::Actor &by)
{
    const auto meant = pollMeant(incident, poll);
    if (!meant)
        return tl::unexpected(meant.error());
    if (!(*meant)->isOpen())
        return fail(Code::Conflict, named((*meant)->number) + " was closed at " + clockText((*meant)->closedAt) + "; say it in a line.");
    if (answer != "go" && answer != "no-go")
        return fail(Code::Invalid, "\"" + safeLine(answer, 20) + "\" is no answer to a poll; it is go or no-go.");
    const std::string whose = person.empty() ? by.person : person;
    if (!person.empty() && !state.workspace->person(person))
        return fail(Code::NotFound, "There is no person \"" + safeLine(person, 60) + "\" in the workspace.");
    if (!(*meant)->answerOf(whose) && (*meant)->answers.size() >= state::kAnswersKept)
        return fail(Code::TooLarge, named((*meant)->number) + " has " + std::to_string(state::kAnswersKept) + " answers already.");
    return events::PollAnswered{incident.id, text, whose, (*meant)->number, answer == "go", by};
}

Result<events::PollClosed> close(const Incident &incident, std::uint32_t poll, const std::string &reason, bool withdraw, const events::Actor &by)
{
    const auto meant = pollMeant(incident, poll);
    if (!meant)
        return tl::unexpected(meant.error());
    if (!(*meant)->isOpen())
        return fail(Code::Conflict, named((*meant)->number) + " was closed at " + clockText((*meant)->closedAt) + " already.");
    if ((*meant)->by != by.person && incident.holder(Role::Commander) != by.person)
        return fail(Code::Forbidden, named((*meant)->number) + " is closed by who asked it or by the Incident Commander.");
    return events::PollClosed{incident.id, reason, (*meant)->number, withdraw, by};
}

events::Events pollsOver(const Incident &incident)
{
    events::Events out;
    for (const Poll &p : incident.polls)
        if (p.isOpen())
            out.emplace_back(events::PollClosed{incident.id, incident.id + " is " + std::string(word(incident.status)), p.number, false, {"core", Path::Own}});
    return out;
}

events::Events pollsDue(const state::State &state, Instant now)
{
    events::Events out;
    for (const std::uint32_t number : state.incidents.unsettled()) {
        const Incident &i = state.incidents.at(number);
        if (!i.isOpen()) {
            events::append(out, pollsOver(i));
            continue;
        }
        for (const Poll &p : i.polls)
            if (p.isOpen() && p.due && p.due <= now)
                out.emplace_back(events::PollClosed{i.id, "its time is over", p.number, false, {"core", Path::Own}});
    }
    return out;
}

Instant nextPoll(const state::State &state)
{
    Instant next;
    for (const std::uint32_t number : state.incidents.unsettled()) {
        const Incident &i = state.incidents.at(number);
        for (const Poll &p : i.polls) {
            const Instant at = !p.isOpen() ? Instant{} : !i.isOpen() ? std::max(state.time, Instant{1}) : p.due;
            if (at && (!next || at < next))
                next = at;
        }
    }
    return next;
}

} // namespace qd::command
