// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/roster.h"

#include "core/workspace/reader.h"
#include "core/workspace/toml.h"

#include <algorithm>
#include <map>

namespace qd::workspace {

namespace {

bool contains(const std::vector<std::string> &list, const std::string &one) { return std::find(list.begin(), list.end(), one) != list.end(); }

std::string teamOf(const Workspace &w, const std::string &person)
{
    for (const Team &t : w.teams)
        if (contains(t.members, person))
            return t.id;
    return {};
}

/// The team a roster's word means: by id, or by name.
const Team *teamMeant(const Workspace &w, const std::string &word)
{
    for (const Team &t : w.teams)
        if (t.id == word || t.name == word)
            return &t;
    return nullptr;
}

/// Where somebody who leaves is still named, and what is then left of it.
std::vector<std::string> orphansOf(const Workspace &w, const std::string &person, const std::vector<std::string> &leavers)
{
    std::vector<std::string> out;
    const auto left = [&](const std::vector<std::string> &people) {
        return std::count_if(people.begin(), people.end(), [&](const std::string &p) { return !contains(leavers, p); });
    };
    for (const Team &t : w.teams)
        if (contains(t.members, person))
            out.push_back("team " + t.id + (left(t.members) == 0 ? ": nobody is left in it" : t.members.front() == person ? ": its first member, who is called in a gap" : ""));
    for (const Schedule &s : w.schedules) {
        for (const Layer &l : s.layers)
            if (const auto n = std::count(l.people.begin(), l.people.end(), person); n > 0)
                out.push_back("schedule " + s.id + ", layer " + l.id + ": " + std::to_string(n) + " of " + std::to_string(l.people.size()) + " turns"
                              + (left(l.people) == 0 ? "; nobody is left in it, a gap" : ""));
        for (const Temporary &t : s.temporaries)
            if (contains(t.people, person))
                out.push_back("schedule " + s.id + ", temporary schedule from " + toText(LocalTime{t.from}) + (left(t.people) == 0 ? ": nobody is left in it, a gap" : ""));
        if (contains(s.editors, person))
            out.push_back("schedule " + s.id + ": one of its editors" + (left(s.editors) == 0 ? ", none is left" : ""));
    }
    for (const ApprovalStage &a : w.approvals) {
        if (contains(a.approvers, person))
            out.push_back("approval " + a.id + ": one of its approvers" + (left(a.approvers) == 0 ? ", none is left" : ""));
        if (contains(a.deputies, person))
            out.push_back("approval " + a.id + ": one of its deputies" + (left(a.deputies) == 0 ? ", none is left" : ""));
    }
    if (contains(w.mayTakeCommand, person))
        out.push_back(std::string("may_take_command") + (left(w.mayTakeCommand) == 0 ? ": nobody is left in it" : ""));
    for (const Policy &p : w.policies)
        for (std::size_t i = 0; i < p.steps.size(); ++i)
            if (contains(p.steps[i].targets, person))
                out.push_back("policy " + p.id + ", step " + std::to_string(i + 1) + (left(p.steps[i].targets) == 0 ? ": nobody is left in it" : ""));
    return out;
}

/// What goes to a team that had people and has none any more.
std::vector<std::string> goesTo(const Workspace &w, const std::string &team)
{
    std::vector<std::string> out;
    for (const Service &s : w.services)
        if (s.team == team)
            out.push_back("service " + s.id + " is its");
    for (const OwnerRule &o : w.owners)
        if (o.team == team)
            out.push_back("ownership rule " + o.id + " names it");
    for (const Policy &p : w.policies)
        for (std::size_t i = 0; i < p.steps.size(); ++i)
            if (contains(p.steps[i].targets, team))
                out.push_back("policy " + p.id + ", step " + std::to_string(i + 1) + " calls it");
    for (const ApprovalStage &a : w.approvals)
        if (contains(a.approvers, team) || contains(a.deputies, team))
            out.push_back("approval " + a.id + " asks it");
    return out;
}

/// Who is in which team once the roster holds: of those it owns, who it says; of the others, who does not leave.
class Members {
public:
    Members(const Workspace &now, const std::vector<std::string> &own, const std::vector<std::string> &leavers) : m_own(own)
    {
        for (const Team &t : now.teams) {
            auto &members = m_members[t.id];
            for (const std::string &p : t.members)
                if (!contains(leavers, p))
                    members.push_back(p);
        }
    }
    [[nodiscard]] bool owns(const std::string &team) const { return contains(m_own, team); }
    /// The ids of the teams of the roster they go from.
    std::vector<std::string> move(const std::string &person, const std::string &to)
    {
        std::vector<std::string> from;
        for (auto &[team, members] : m_members)
            if (team != to && owns(team) && std::erase(members, person) > 0)
                from.push_back(team);
        if (owns(to) && !contains(m_members[to], person))
            m_members[to].push_back(person);
        return from;
    }
    [[nodiscard]] const std::vector<std::string> &of(const std::string &team) const { return m_members.at(team); }

private:
    const std::vector<std::string> &m_own;
    std::map<std::string, std::vector<std::string>> m_members; ///< by team
};

std::string joinedBy(const std::vector<std::string> &words, const char *between)
{
    std::string out;
    for (const std::string &w : words)
        out += (out.empty() ? "" : between) + w;
    return out;
}

/// What is left to be done by hand for somebody who moves.
std::string byHand(const Workspace &now, const Members &members, const std::string &person, const Team &to)
{
    std::vector<std::string> teams;
    for (const Team &t : now.teams)
        if (!members.owns(t.id) && (t.id == to.id || contains(t.members, person)))
            teams.push_back(t.id);
    return teams.empty() ? std::string() : ": change the members of " + joinedBy(teams, " and ");
}

} // namespace

RosterChange compareRoster(const Workspace &now, const std::vector<std::string> &own, const Roster &roster, const std::vector<std::string> &ownTeams)
{
    RosterChange out;
    out.problems = roster.problems;
    out.toml = "# Written by `quarterdeckctl import roster`; the next import writes it anew. People and teams of other files are never touched.\n";
    std::map<std::string, const RosterPerson *> there;
    for (const RosterPerson &p : roster.people)
        if (p.active)
            there.emplace(p.id, &p);
    std::vector<std::string> leavers;
    for (const Person &p : now.people)
        if (!there.contains(p.id))
            leavers.push_back(p.id);
    Members members(now, ownTeams, leavers);

    for (const auto &[id, p] : there) {
        const Person *known = now.person(id);
        const bool isOwn = !known || contains(own, id);
        if (isOwn)
            out.toml += "\n[[person]]\nid = " + tomlString(id) + "\n" + (p->name.empty() ? "" : "name = " + tomlString(p->name) + "\n") + (p->zone.empty() ? "" : "zone = " + tomlString(p->zone) + "\n")
                + (p->xmpp.empty() ? "" : "xmpp = [" + tomlString(p->xmpp) + "]\n") + (p->email.empty() ? "" : "email = " + tomlString(p->email) + "\n");
        const Team *meant = teamMeant(now, p->team);
        const auto from = meant ? members.move(id, meant->id) : std::vector<std::string>();
        if (!known) {
            out.difference.push_back("+ " + id + (p->name.empty() ? "" : " (" + p->name + ")") + (p->zone.empty() ? "" : ", " + p->zone) + (p->email.empty() ? "" : ", " + p->email) + " joins"
                                     + (p->team.empty() ? "" : meant && members.owns(meant->id) ? ", into team " + meant->id : ", for team " + p->team + ": write them into its members"));
            continue;
        }
        if (!p->zone.empty() && p->zone != known->zone)
            out.difference.push_back("~ " + id + " is in " + p->zone + ", was in " + known->zone + (isOwn ? "" : ": change it where they are written"));
        if (!p->name.empty() && p->name != known->name && isOwn)
            out.difference.push_back("~ " + id + " is called " + p->name + ", was " + known->name);
        if (!p->email.empty() && p->email != known->email)
            out.difference.push_back("~ " + id + " has the mail address " + p->email + (known->email.empty() ? ", had none" : ", was " + known->email) + (isOwn ? "" : ": change it where they are written"));
        else if (p->email.empty() && isOwn && !known->email.empty()) // the file is written anew without it
            out.difference.push_back("~ " + id + " has no mail address any more, was " + known->email);
        const std::string team = teamOf(now, id);
        if (!p->team.empty() && !meant)
            out.problems.push_back(id + ": there is no team \"" + p->team + "\" in the workspace.");
        else if (meant && !contains(meant->members, id))
            out.difference.push_back("~ " + id + " moves to team " + meant->id + (team.empty() ? "" : " from " + team) + byHand(now, members, id, *meant));
        else if (!from.empty())
            out.difference.push_back("~ " + id + " is in team " + meant->id + " alone, and no more in " + joinedBy(from, ", "));
    }
    for (const std::string &id : leavers) {
        const auto orphans = orphansOf(now, id, leavers);
        out.difference.push_back("- " + id + " leaves" + (contains(own, id) ? "" : ": take them out where they are written") + (orphans.empty() ? "; nothing names them" : "; still named by"));
        for (const std::string &o : orphans)
            out.difference.push_back("    " + o);
    }
    for (const Team &t : now.teams) {
        if (members.owns(t.id))
            out.toml += TomlTable("team").text("id", t.id).text("name", t.name).text("policy", t.policy).text("schedule", t.schedule).line("members", tomlList(members.of(t.id))).all();
        if (t.members.empty() || !members.of(t.id).empty())
            continue;
        const auto orphans = goesTo(now, t.id);
        out.difference.push_back("- team " + t.id + " has nobody left" + (orphans.empty() ? "; nothing goes to it" : "; still"));
        for (const std::string &o : orphans)
            out.difference.push_back("    " + o);
    }
    return out;
}

namespace {

std::vector<std::string> idsIn(const std::string &toml, std::vector<Given> Draft::*table)
{
    Problems problems({kRosterFile});
    Draft draft;
    read(toml, 0, draft, problems);
    std::vector<std::string> out;
    for (const Given &one : draft.*table)
        out.push_back(one.id);
    return out;
}

} // namespace

std::vector<std::string> peopleIn(const std::string &toml)
{
    return idsIn(toml, &Draft::people);
}

std::vector<std::string> teamsIn(const std::string &toml)
{
    return idsIn(toml, &Draft::teams);
}

} // namespace qd::workspace
