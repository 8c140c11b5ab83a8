// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/obeymeant.h"

#include "core/base/numberbehind.h"
#include "core/base/safetext.h"
#include "core/comms/words.h"

#include <algorithm>

namespace qd::desk {

using state::Incident;
using state::State;

const Service *serviceNamed(const Workspace &workspace, std::string_view words)
{
    const std::string named = comms::folded(comms::trimmed(words));
    const auto &all = workspace.services;
    if (named.empty())
        return nullptr;
    auto it = std::find_if(all.begin(), all.end(), [&](const Service &s) { return comms::folded(s.id) == named; });
    if (it == all.end())
        it = std::find_if(all.begin(), all.end(), [&](const Service &s) {
            return comms::folded(s.name) == named || std::any_of(s.aliases.begin(), s.aliases.end(), [&](const std::string &alias) { return comms::folded(alias) == named; });
        });
    return it == all.end() ? nullptr : &*it;
}

Result<CorrectService> anotherService(const State &state, const Incident &incident, const std::string &words)
{
    const Workspace &w = *state.workspace;
    const std::string_view said = comms::trimmed(words);
    for (std::size_t end = said.size(); end != std::string_view::npos && end > 0; end = said.rfind(' ', end - 1))
        if (const Service *s = serviceNamed(w, said.substr(0, end)))
            return CorrectService{incident.id, s->id, std::string(comms::trimmed(said.substr(end)))};
    const auto [first, why] = comms::firstWord(said);
    if (!w.services.empty())
        return fail(Code::NotFound, "there is no service \"" + safeLine(first, 60) + "\" in the workspace; one that it does not have is named from a seat: quarterdeckctl service");
    return CorrectService{incident.id, std::string(first), std::string(why)};
}

Result<FinishTask> taskDone(const State &state, const Incident &i, const comms::ChatCommand &c, const std::string &person)
{
    const auto isMine = [&](const state::Task &t) {
        const Team *team = state.workspace->team(t.person);
        return t.person == person || t.acceptedBy == person || (team ? std::find(team->members.begin(), team->members.end(), person) != team->members.end() : !state.workspace->person(t.person));
    };
    std::uint32_t number = numberBehind({}, c.key);
    std::string mine;
    for (const state::Task &t : i.tasks) {
        if (number != 0 ? t.number != number : t.doneAt || !isMine(t))
            continue;
        if (!isMine(t))
            return fail(Code::Forbidden, "task " + c.key + " is " + state.workspace->nameOf(t.person) + "'s; from chat one reports one's own done, from a seat anybody's");
        mine += (mine.empty() ? "" : ", ") + std::to_string(t.number);
    }
    if (number == 0 && (mine.empty() || mine.find(',') != std::string::npos))
        return fail(Code::NotFound, mine.empty() ? "no task of yours is open in " + i.id : "yours are tasks " + mine + "; say which: !done N");
    return FinishTask{i.id, number != 0 ? number : numberBehind({}, mine), c.text};
}

} // namespace qd::desk
