// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/readright.h"

#include <algorithm>

namespace qd::workspace {

namespace {

constexpr std::size_t kNamesLimit = 500;

/// "INC-7", as incidents are named.
bool isIncident(const std::string &id)
{
    return id.starts_with("INC-") && id.size() > 4 && id.size() <= 14 && id[4] != '0' && id.find_first_not_of("0123456789", 4) == std::string::npos;
}

} // namespace

void readRight(Fields in, Draft &draft)
{
    RightRule r;
    r.id = in.id();
    r.right = in.word("role", r.right, "observe, respond, command, publish or administer", true);
    r.everybody = in.flag("everybody", false);
    const auto names = [&](const char *key, Kind kind, std::vector<std::string> &into) {
        for (Given &given : in.texts(key, kNamesLimit)) {
            if (std::find(into.begin(), into.end(), given.id) != into.end())
                in.problemAt(given.place, "right " + r.id + " names " + given.id + " twice; write it once");
            into.push_back(given.id);
            draft.references.push_back({kind, given.id, "right " + r.id, given.place});
        }
    };
    names("people", Kind::Person, r.people);
    names("teams", Kind::Team, r.teams);
    names("services", Kind::Service, r.services);
    for (Given &given : in.texts("incidents", kNamesLimit)) {
        if (!isIncident(given.id))
            in.problemAt(given.place, "\"" + given.id + "\" is no incident; write it as it is named: \"INC-7\"");
        r.incidents.push_back(std::move(given.id));
    }
    if (in.has("services") && r.services.empty())
        in.problem("services", "right " + r.id + " is for no service; name some, or take the line out and it holds everywhere");
    if (in.has("incidents") && r.incidents.empty())
        in.problem("incidents", "right " + r.id + " is for no incident; name some, or take the line out and it holds everywhere");
    if (r.everybody && !(r.people.empty() && r.teams.empty()))
        in.problem("everybody", "right " + r.id + " is everybody's, so people and teams say nothing more; take them out");
    if (!r.everybody && r.people.empty() && r.teams.empty())
        in.problemAt(in.place(), "right " + r.id + " is nobody's; write people = [\"ana\"], teams = [\"payments\"] or everybody = true");
    if (r.everybody && r.right == Right::Administer)
        in.problem("everybody", "right " + r.id + " lets everybody administer, also erase and bind addresses; name who may");
    draft.rights.push_back({r.id, in.place()});
    draft.workspace.rights.push_back(std::move(r));
}

void readSeatOnly(Fields &in, Workspace &w)
{
    for (Given &verb : in.texts("seat_only", kNamesLimit)) {
        if (std::find(std::begin(kChatVerbs), std::end(kChatVerbs), verb.id) == std::end(kChatVerbs)) {
            std::string all;
            for (const std::string_view each : kChatVerbs)
                all += (all.empty() ? "" : ", ") + std::string(each);
            in.problemAt(verb.place, "\"" + verb.id + "\" is no verb of a room; there are " + all);
        }
        w.seatOnly.push_back(std::move(verb.id));
    }
}

/// That nobody administers is said once all rights can be read: one that cannot may be the one.
void checkRights(const Draft &draft, Problems &problems)
{
    const auto &rights = draft.workspace.rights;
    if (draft.rights.size() > kRightsLimit)
        problems.add(draft.rights[kRightsLimit].place, "there are " + std::to_string(draft.rights.size()) + " rights; at most " + std::to_string(kRightsLimit) + " are allowed", Code::TooLarge);
    else if (problems.isEmpty() && !rights.empty() && std::none_of(rights.begin(), rights.end(), [](const RightRule &r) { return r.right == Right::Administer && r.services.empty() && r.incidents.empty(); }))
        problems.add(draft.rights.front().place, "rights are written, but nobody may administer everywhere; add a [[right]] with role = \"administer\" and the people who give the others");
}

} // namespace qd::workspace
