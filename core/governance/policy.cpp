// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/policy.h"

#include <algorithm>

namespace qd::governance {

using state::State;

namespace {

constexpr std::size_t kNamed = 5; ///< so many are named in a sentence

bool contains(const std::vector<std::string> &list, std::string_view id)
{
    return std::find(list.begin(), list.end(), id) != list.end();
}

bool isPerson(Path via)
{
    return via == Path::Person || via == Path::Chat || via == Path::Link;
}

bool isFor(const Workspace &w, const RightRule &rule, std::string_view person)
{
    if (rule.everybody && w.person(person))
        return true;
    if (contains(rule.people, person))
        return true;
    return std::any_of(rule.teams.begin(), rule.teams.end(), [&](const std::string &id) {
        const Team *team = w.team(id);
        return team && contains(team->members, person);
    });
}

/// A right somebody has, from a rule or taken for a time.
struct Held {
    Right right;
    const std::vector<std::string> *services, *incidents;
    std::string by;
};

std::vector<Held> heldBy(const State &state, std::string_view person, Instant now)
{
    std::vector<Held> out;
    for (const RightRule &r : state.workspace->rights)
        if (isFor(*state.workspace, r, person))
            out.push_back({r.right, &r.services, &r.incidents, "right " + r.id});
    for (const state::Glass &g : state.access.glass)
        if (g.person == person && g.standsAt(now))
            out.push_back({g.right, &g.services, &g.incidents, "glass/" + std::to_string(g.number)});
    return out;
}

std::string joined(const std::vector<std::string> &names, std::size_t most = kNamed)
{
    std::string out;
    for (std::size_t n = 0; n < names.size() && n < most; ++n)
        out += (out.empty() ? "" : ", ") + names[n];
    return names.size() > most ? out + " and " + std::to_string(names.size() - most) + " more" : out;
}

std::string rightsText(const std::vector<Held> &held)
{
    std::vector<std::string> words;
    for (const Held &h : held) {
        std::string where;
        for (const auto *list : {h.services, h.incidents})
            for (const std::string &one : *list)
                where += (where.empty() ? " for " : ", ") + one;
        words.push_back(std::string(word(h.right)) + where + " (" + h.by + ")");
    }
    return joined(words);
}

std::string givers(const State &state)
{
    std::vector<std::string> names;
    for (const std::string &id : administrators(*state.workspace))
        names.push_back(state.workspace->nameOf(id));
    const std::string owner = state.access.owner.empty() ? "the owner of this home" : "the owner of this home (" + state.access.owner + ")";
    names.push_back(owner);
    return joined(names, kNamed + 1);
}

Ruling refused(const State &state, const events::Actor &asker, const Need &need, std::string_view doing, const std::vector<Held> &held)
{
    const Workspace &w = *state.workspace;
    std::string out = w.nameOf(asker.person) + " may not do " + std::string(doing);
    if (!need.somewhere)
        out += need.about.empty() ? " (it reaches all of the console)" : " for " + subjectsText(need.about);
    out += ": the role " + std::string(word(need.right)) + " is missing";
    if (!w.person(asker.person))
        out += "; there is no person " + asker.person + " in the workspace";
    else if (const std::string has = rightsText(held); !has.empty())
        out += "; there is " + has;
    return {false, {}, out + ". It is given as [[right]] in the workspace by " + givers(state) + "; in an emergency: quarterdeckctl break-glass --role "
                           + std::string(word(need.right)) + " --reason …"};
}

} // namespace

bool covers(const Workspace &w, const std::vector<std::string> &services, const std::vector<std::string> &incidents, const Subject &subject)
{
    if (services.empty() && incidents.empty())
        return true;
    if (!subject.incident.empty() && contains(incidents, subject.incident))
        return true;
    if (subject.service.empty())
        return false;
    const Service *s = w.service(subject.service);
    return contains(services, s ? s->id : subject.service);
}

Ruling rule(const State &state, const events::Actor &asker, const Need &need, std::string_view doing, Instant now)
{
    const Workspace &w = *state.workspace;
    if (asker.person.empty())
        return {false, {}, "A command needs a person; who are you?"};
    if (!isPerson(asker.via))
        return need.machines ? Ruling{true, "a source may", {}}
                             : Ruling{false, {}, "Nothing but alerts and what belongs to them is taken from " + asker.person + ", which is no person: " + std::string(doing) + " is not."};
    if (asker.via == Path::Person && !state.access.owner.empty() && asker.person == state.access.owner)
        return {true, "the owner of this home", {}};
    if (w.rights.empty())
        return {true, "no rights are written", {}};
    const std::vector<Held> held = heldBy(state, asker.person, now);
    if (need.own && w.person(asker.person))
        return {true, "it is theirs to do", {}};
    const auto by = [&](const Subject *subject) -> std::string {
        for (const Held &h : held)
            if (holds(h.right, need.right) && (need.somewhere || (subject ? covers(w, *h.services, *h.incidents, *subject) : h.services->empty() && h.incidents->empty())))
                return h.by;
        return {};
    };
    std::string allowed;
    if (need.somewhere || need.about.empty())
        allowed = by(nullptr);
    for (const Subject &subject : need.about) {
        if (need.somewhere)
            break;
        allowed = by(&subject);
        if (allowed.empty())
            break;
    }
    return allowed.empty() ? refused(state, asker, need, doing, held) : Ruling{true, allowed, {}};
}

std::vector<std::string> administrators(const Workspace &w)
{
    std::vector<std::string> out;
    for (const Person &p : w.people)
        if (std::any_of(w.rights.begin(), w.rights.end(), [&](const RightRule &r) {
                return r.right == Right::Administer && r.services.empty() && r.incidents.empty() && isFor(w, r, p.id);
            }))
            out.push_back(p.id);
    return out;
}

std::vector<std::string> twoOthers(const State &state, std::string_view person, const std::vector<Subject> &about)
{
    const Workspace &w = *state.workspace;
    std::vector<std::string> order = administrators(w);
    for (const Person &p : w.people) {
        const bool commands = std::any_of(w.rights.begin(), w.rights.end(), [&](const RightRule &r) {
            return holds(r.right, Right::Command) && isFor(w, r, p.id)
                && (about.empty() ? r.services.empty() && r.incidents.empty()
                                  : std::all_of(about.begin(), about.end(), [&](const Subject &s) { return covers(w, r.services, r.incidents, s); }));
        });
        if (commands)
            order.push_back(p.id);
    }
    for (const Person &p : w.people)
        order.push_back(p.id);
    std::vector<std::string> out;
    for (const std::string &id : order)
        if (id != person && out.size() < 2 && !contains(out, id))
            out.push_back(id);
    return out;
}

bool isRestricted(const Workspace &w, const state::Incident &incident)
{
    return isRestricted(w, incident.service);
}

bool isRestricted(const Workspace &w, std::string_view service)
{
    const Service *s = w.service(service);
    return s && std::any_of(s->carries.begin(), s->carries.end(), [&](const std::string &id) {
        const BusinessService *b = w.businessService(id);
        return b && b->data == DataClass::Restricted;
    });
}

std::string subjectsText(const std::vector<Subject> &about)
{
    std::vector<std::string> words;
    for (const Subject &s : about)
        words.push_back(s.incident.empty() ? (s.service.empty() ? "everything" : s.service) : s.service.empty() ? s.incident : s.service + " (" + s.incident + ")");
    return about.empty() ? "everything" : joined(words);
}

} // namespace qd::governance
