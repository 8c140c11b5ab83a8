// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/nearest.h"
#include "core/workspace/files.h"
#include "core/workspace/readheartbeat.h"
#include "core/workspace/readoutward.h"
#include "core/workspace/readreview.h"
#include "core/workspace/readright.h"
#include "core/workspace/readstatuspage.h"

#include <algorithm>
#include <map>
#include <re2/re2.h>
#include <unordered_map>

namespace qd::workspace {

namespace {

constexpr std::size_t kFoldsLimit = 1000;

using Index = std::unordered_map<std::string, Place>;

Index indexed(const std::vector<Given> &given, const std::string &what, Problems &problems)
{
    Index index;
    for (const Given &g : given) {
        const auto [first, isNew] = index.emplace(g.id, g.place);
        if (!isNew && !g.id.empty())
            problems.add(g.place, what + " " + g.id + " is there already (line " + std::to_string(first->second.line) + " of "
                                      + (first->second.file == g.place.file ? "this file" : "another file") + "); give this one another name");
    }
    return index;
}

std::string closest(const Index &names, const std::string &wanted)
{
    std::vector<std::string_view> all;
    for (const auto &[name, place] : names)
        all.push_back(name);
    return nearest(wanted, all);
}

/// Only what a service needs over hard edges of the workspace can be a suspect worth a rule.
void checkFolds(const Draft &draft, Problems &problems)
{
    const Workspace &w = draft.workspace;
    std::map<std::pair<std::string_view, std::string_view>, Place> pairs;
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t n = 0; n < w.services.size() && !w.folds.empty(); ++n)
        places.emplace(w.services[n].id, n);
    for (std::size_t n = 0; n < w.folds.size(); ++n) {
        const FoldRule &fold = w.folds[n];
        const Service *from = w.service(fold.service), *to = w.service(fold.suspect);
        if (!from || !to || from == to)
            continue;
        if (const auto [first, isNew] = pairs.emplace(std::pair<std::string_view, std::string_view>(from->id, to->id), draft.folds[n].place); !isNew)
            problems.add(draft.folds[n].place, "fold " + fold.id + " says the same as another (line " + std::to_string(first->second.line) + " of "
                                                   + (first->second.file == draft.folds[n].place.file ? "this file" : "another file") + "); take one out");
        std::vector<bool> seen(w.services.size(), false);
        std::vector<std::size_t> reached{places.at(from->id)};
        const std::size_t wanted = places.at(to->id);
        for (std::size_t at = 0; at < reached.size() && !seen[wanted]; ++at)
            for (const Dependency &d : w.services[reached[at]].needs)
                if (const auto next = places.find(d.to); d.kind == DependencyKind::Hard && next != places.end() && !seen[next->second]) {
                    seen[next->second] = true;
                    reached.push_back(next->second);
                }
        if (!seen[wanted])
            problems.add(draft.folds[n].place, "fold " + fold.id + " can never apply: no hard dependency leads from " + from->id + " to " + to->id + "; add one, or take the fold out");
    }
}

} // namespace

void checkWhole(Draft &draft, Problems &problems)
{
    Workspace &w = draft.workspace;
    Index people = indexed(draft.people, "person", problems);
    const Index teams = indexed(draft.teams, "team", problems);
    const Index policies = indexed(draft.policies, "policy", problems);
    const Index services = indexed(draft.services, "service", problems);
    indexed(draft.groups, "group", problems);
    indexed(draft.severities, "severity", problems);
    indexed(draft.templates, "template", problems);
    indexed(draft.addresses, "address", problems);
    indexed(draft.inhibitions, "inhibition", problems);
    indexed(draft.maintenance, "maintenance", problems);
    indexed(draft.correlations, "correlation", problems);
    indexed(draft.routes, "route", problems);
    const Index intervals = indexed(draft.intervals, "time interval", problems);
    indexed(draft.heartbeats, "heartbeat", problems);
    indexed(draft.folds, "fold", problems);
    indexed(draft.pages, "page", problems);
    indexed(draft.approvals, "approval", problems);
    indexed(draft.holding, "holding statement", problems);
    indexed(draft.recipients, "recipients", problems);
    checkOutward(draft, problems);
    indexed(draft.rights, "right", problems);
    indexed(draft.clearances, "clearance", problems);
    indexed(draft.slas, "sla", problems);
    const Index business = indexed(draft.business, "business service", problems);
    const Index aliases = indexed(draft.aliases, "alias", problems);
    const Index schedules = indexed(draft.schedules, "schedule", problems);
    indexed(draft.owners, "owner", problems);
    for (const Given &schedule : draft.schedules)
        if (people.contains(schedule.id) || teams.contains(schedule.id))
            problems.add(schedule.place, "schedule " + schedule.id + " has the id of a " + (people.contains(schedule.id) ? "person" : "team")
                                             + ", so a policy could not tell them apart; rename one");
    for (const Given &alias : draft.aliases)
        if (services.contains(alias.id))
            problems.add(alias.place, "alias " + alias.id + " is the id of a service; take it out");
    for (const Given &team : draft.teams)
        if (people.contains(team.id))
            problems.add(team.place, "team " + team.id + " has the id of a person, so a policy could not tell them apart; rename one");

    for (const auto &[list, what] : {std::pair(&draft.services, "services"), {&draft.people, "people"}, {&draft.teams, "teams"},
                                     {&draft.policies, "policies"}, {&draft.templates, "templates"}, {&draft.groups, "groups"}, {&draft.owners, "owners"},
                                     {&draft.inhibitions, "inhibitions"}, {&draft.maintenance, "maintenance windows"}, {&draft.correlations, "correlations"},
                                     {&draft.routes, "routes"}, {&draft.intervals, "time intervals"}, {&draft.business, "business services"}, {&draft.approvals, "approvals"}, {&draft.holding, "holding statements"}, {&draft.recipients, "recipients"}, {&draft.slas, "SLAs"}})
        if (list->size() > kEntriesLimit)
            problems.add((*list)[kEntriesLimit].place, "there are " + std::to_string(list->size()) + " " + what + "; at most "
                                                           + std::to_string(kEntriesLimit) + " are allowed", Code::TooLarge);

    if (draft.heartbeats.size() > kHeartbeatsLimit)
        problems.add(draft.heartbeats[kHeartbeatsLimit].place, "there are " + std::to_string(draft.heartbeats.size()) + " heartbeats; at most "
                                                                   + std::to_string(kHeartbeatsLimit) + " are allowed", Code::TooLarge);

    if (draft.pages.size() > kPagesLimit)
        problems.add(draft.pages[kPagesLimit].place, "there are " + std::to_string(draft.pages.size()) + " pages; at most " + std::to_string(kPagesLimit) + " are allowed", Code::TooLarge);

    if (draft.folds.size() > kFoldsLimit)
        problems.add(draft.folds[kFoldsLimit].place, "there are " + std::to_string(draft.folds.size()) + " folds; at most " + std::to_string(kFoldsLimit) + " are allowed", Code::TooLarge);
    else
        checkFolds(draft, problems);

    indexed(draft.factors, "factor", problems);
    checkReview(draft, problems);

    checkRights(draft, problems);
    checkClearances(draft, problems);

    Index audiences;
    for (const std::string &a : w.audiences.empty() ? usualAudiences() : w.audiences)
        audiences.emplace(a, Place{});
    Index callable = people;
    callable.insert(teams.begin(), teams.end());
    Index targets = callable;
    targets.insert(schedules.begin(), schedules.end());
    for (const Reference &r : draft.references) {
        if (r.id.empty())
            continue;
        const auto &[index, what] = [&]() -> std::pair<const Index &, std::string> {
            switch (r.kind) {
            case Kind::Person: return {people, "person"};
            case Kind::Team: return {teams, "team"};
            case Kind::Policy: return {policies, "policy"};
            case Kind::Service: return {services, "service"};
            case Kind::Schedule: return {schedules, "schedule"};
            case Kind::PersonOrTeam: return {callable, "person or team"};
            case Kind::Target: return {targets, "person, team or schedule"};
            case Kind::Interval: return {intervals, "time interval"};
            case Kind::Business: return {business, "business service"};
            case Kind::Audience: break;
            }
            return {audiences, "audience"};
        }();
        if (index.contains(r.id)) {
            const Team *team = r.kind == Kind::Target ? w.team(r.id) : nullptr;
            if (team && team->members.empty() && team->schedule.empty())
                problems.add(r.place, r.by + " calls team " + r.id + ", which has no members; add some, or call somebody else");
            continue;
        }
        std::string hint = "; add it or correct the name";
        if (r.kind == Kind::Target && policies.contains(r.id))
            hint = "; a policy cannot call another policy, which could lead round in a circle: write a person, team or schedule";
        else if (r.kind == Kind::Person && teams.contains(r.id))
            hint = "; a team cannot be a member of a team, write its people";
        else if (r.kind == Kind::Service && aliases.contains(r.id))
            hint = "; that is an alias, write the service's id";
        else if (const std::string near = closest(index, r.id); !near.empty())
            hint = "; did you mean " + near + "?";
        problems.add(r.place, r.by + " names " + what + " " + r.id + ", which there is not" + hint);
    }
}

const std::vector<std::string> &usualAudiences()
{
    static const std::vector<std::string> audiences{"customers", "technical", "executive", "regulator", "partners"};
    return audiences;
}

const std::vector<std::string> &livePlaces()
{
    static const std::vector<std::string> places{"id", "title", "severity", "status", "service", "commander",
                                                 "room", "declared_at", "next_update", "now", "elapsed", "alerts", "conference"};
    return places;
}

Result<Matcher> parseMatcher(const std::string &text)
{
    const auto wrong = [&] { return fail(Code::Invalid, "\"" + text + "\" is no matcher; write 'name=\"value\"' with =, !=, =~ or !~"); };
    const auto at = text.find_first_of("=!");
    if (at == std::string::npos || at == 0 || at + 1 >= text.size())
        return wrong();
    Matcher m;
    m.isEqual = text[at] == '=';
    m.isRegex = text[at + 1] == '~';
    if (!m.isEqual && text[at + 1] != '=' && !m.isRegex)
        return wrong();
    const auto trimmed = [](std::string s) {
        s.erase(0, s.find_first_not_of(' '));
        s.erase(s.find_last_not_of(' ') + 1);
        return s;
    };
    m.name = trimmed(text.substr(0, at));
    m.value = trimmed(text.substr(at + (m.isEqual && !m.isRegex ? 1 : 2)));
    if (m.value.size() >= 2 && m.value.front() == '"' && m.value.back() == '"') {
        // Escapes as Alertmanager has them: \n, \" and \\; any other backslash is one, as patterns need it.
        const std::string quoted = m.value.substr(1, m.value.size() - 2);
        m.value.clear();
        for (std::size_t i = 0; i < quoted.size(); ++i) {
            if (quoted[i] == '"')
                return wrong();
            if (quoted[i] == '\\' && i + 1 < quoted.size() && (quoted[i + 1] == 'n' || quoted[i + 1] == '"' || quoted[i + 1] == '\\')) {
                ++i;
                m.value += quoted[i] == 'n' ? '\n' : quoted[i];
            } else {
                m.value += quoted[i];
            }
        }
    } else if (m.value.find('"') != std::string::npos) {
        return wrong();
    }
    if (m.name.empty() || m.name.find_first_of(" \"{}~") != std::string::npos)
        return wrong();
    if (m.isRegex) {
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(1 << 20);
        if (const RE2 pattern(m.value, options); !pattern.ok())
            return fail(Code::Invalid, "\"" + m.value + "\" is no pattern (" + pattern.error() + "); write RE2 syntax");
    }
    return m;
}

std::string problemOfTemplate(const UpdateTemplate &update)
{
    const auto isName = [](std::string_view name) {
        return !name.empty() && name.size() <= 64 && name.front() >= 'a' && name.front() <= 'z'
            && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
    };
    for (const UpdateField &f : update.fields)
        if (!isName(f.name))
            return "field \"" + f.name + "\" of template " + update.id + " is no name; write a-z, 0-9 and _, starting with a letter";
    std::string_view rest = update.body;
    for (auto open = rest.find("{{"); open != std::string_view::npos; open = rest.find("{{")) {
        rest.remove_prefix(open + 2);
        const auto close = rest.find("}}");
        if (close == std::string_view::npos)
            return "a {{place}} of template " + update.id + " is not closed; write }} after its name";
        const std::string name(rest.substr(0, close));
        rest.remove_prefix(close + 2);
        if (!isName(name))
            return "{{" + name + "}} of template " + update.id + " is no plain name; write {{name}}";
        const bool isField = std::any_of(update.fields.begin(), update.fields.end(), [&](const UpdateField &f) { return f.name == name; });
        const auto &live = livePlaces();
        if (!isField && std::find(live.begin(), live.end(), name) == live.end())
            return "template " + update.id + " uses {{" + name + "}}, which is neither a field of it nor known of every incident; add [[template.field]] name = \"" + name + "\"";
    }
    return {};
}

} // namespace qd::workspace
