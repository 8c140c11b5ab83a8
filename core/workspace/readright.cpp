// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/readright.h"

#include <algorithm>
#include <optional>

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

void readClearance(Fields in, Draft &draft)
{
    ClearanceRule r;
    r.id = in.id();
    r.level = in.word("class", r.level, "public, internal, confidential or restricted", true);
    r.everybody = in.flag("everybody", false);
    const auto names = [&](const char *key, std::optional<Kind> kind, std::vector<std::string> &into) {
        for (Given &given : in.texts(key, kNamesLimit)) {
            if (kind)
                draft.references.push_back({*kind, given.id, "clearance " + r.id, given.place});
            into.push_back(std::move(given.id));
        }
    };
    names("people", Kind::Person, r.people);
    names("teams", Kind::Team, r.teams);
    names("services", Kind::Service, r.services);
    names("audiences", Kind::Audience, r.audiences);
    names("rooms", std::nullopt, r.rooms);
    names("connections", std::nullopt, r.connections); // these stand in no file
    names("pages", std::nullopt, r.pages);
    names("recipients", std::nullopt, r.recipients);
    for (Given &given : in.texts("incidents", kNamesLimit)) {
        if (!isIncident(given.id))
            in.problemAt(given.place, "\"" + given.id + "\" is no incident; write it as it is named: \"INC-7\"");
        r.incidents.push_back(std::move(given.id));
    }
    const bool isNobodys = r.people.empty() && r.teams.empty() && r.rooms.empty() && r.connections.empty() && r.pages.empty() && r.recipients.empty() && r.audiences.empty();
    if (isNobodys && !r.everybody)
        in.problemAt(in.place(), "clearance " + r.id + " is nobody's; write people, teams, rooms, connections, pages, recipients, audiences or everybody = true");
    if (r.everybody && r.level == DataClass::Restricted)
        in.problem("everybody", "clearance " + r.id + " shows everybody what is restricted; name who needs to know it");
    if (!r.pages.empty() && r.level != DataClass::Public && r.level != DataClass::Internal)
        in.problem("pages", "clearance " + r.id + " would put what is " + std::string(word(r.level)) + " on a status page; a page is public, or internal at most");
    draft.clearances.push_back({r.id, in.place()});
    draft.workspace.clearances.push_back(std::move(r));
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

/// What stands in the files is looked up; connections and rooms do not.
void checkClearances(const Draft &draft, Problems &problems)
{
    const Workspace &w = draft.workspace;
    if (draft.clearances.size() > kClearancesLimit)
        problems.add(draft.clearances[kClearancesLimit].place, "there are " + std::to_string(draft.clearances.size()) + " clearances; at most " + std::to_string(kClearancesLimit) + " are allowed", Code::TooLarge);
    for (std::size_t n = 0; n < w.clearances.size() && n < draft.clearances.size(); ++n) {
        const ClearanceRule &r = w.clearances[n];
        for (const std::string &page : r.pages)
            if (!w.page(page))
                problems.add(draft.clearances[n].place, "clearance " + r.id + " names page " + page + ", which there is not; add it or correct the name");
        for (const std::string &to : r.recipients)
            if (!w.recipientsOf(to))
                problems.add(draft.clearances[n].place, "clearance " + r.id + " names [[recipients]] " + to + ", which there are not; add them or correct the name");
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
