// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/participants.h"

#include "core/base/ascii.h"
#include "core/review/ended.h"
#include "core/review/merged.h"

#include <algorithm>
#include <map>
#include <set>

namespace qd::review {

using state::EntryKind;
using state::Incident;
using state::State;

namespace {

/// What a line under somebody's name says they did; "": that they were there.
std::string_view deedOf(EntryKind kind)
{
    switch (kind) {
    case EntryKind::Declared: return "declared it";
    case EntryKind::Severity: return "set the severity";
    case EntryKind::Status: return "set the status";
    case EntryKind::Role:
    case EntryKind::Command: return "took part in command";
    case EntryKind::Log: return "kept the log";
    case EntryKind::Task:
    case EntryKind::TaskDone: return "had a task";
    case EntryKind::Hypothesis: return "raised a hypothesis";
    case EntryKind::HypothesisSettled: return "settled a hypothesis";
    case EntryKind::Decision: return "decided";
    case EntryKind::Promise:
    case EntryKind::PromiseKept:
    case EntryKind::Update:
    case EntryKind::Outward: return "spoke to people outside";
    case EntryKind::Acknowledged:
    case EntryKind::Escalation:
    case EntryKind::Page: return "answered calls";
    case EntryKind::Change: return "made a change";
    case EntryKind::Suppression: return "kept alerts quiet";
    case EntryKind::Evidence: return "kept evidence";
    case EntryKind::Poll: return "asked around";
    default: return {};
    }
}

class Gathering {
public:
    Gathering(const State &state, const Incident &incident) : m_state(state), m_incidents(withMerged(state, incident)) {}

    [[nodiscard]] std::vector<Participant> all()
    {
        for (const Incident *one : m_incidents)
            roles(*one);
        for (const Incident *one : m_incidents)
            lines(*one);
        for (const Incident *one : m_incidents)
            tasks(*one);
        owners();
        std::vector<Participant> out;
        for (auto &[person, one] : m_people)
            out.push_back(std::move(one));
        std::stable_sort(out.begin(), out.end(), [](const Participant &a, const Participant &b) { return a.required && !b.required; });
        if (out.size() > kParticipants)
            out.resize(kParticipants);
        return out;
    }

private:
    void add(const std::string &person, std::string_view part, bool required, bool isByService = false)
    {
        if (person.empty() || person == "core")
            return;
        Participant &p = m_people.try_emplace(person, Participant{person, {}, false, false}).first->second;
        p.required = p.required || required;
        p.acted = p.acted || (required && !isByService);
        if (std::find(p.parts.begin(), p.parts.end(), part) == p.parts.end())
            p.parts.emplace_back(part);
    }
    void roles(const Incident &incident)
    {
        for (const auto &[role, held] : incident.roles)
            add(held.person, word(role), role != Role::Observer);
        for (const state::OwnRole &own : incident.ownRoles)
            add(own.held.person, own.title, true);
        for (const state::RoleHandedOver &was : incident.handedOver)
            add(was.person, was.role, was.role != word(Role::Observer));
    }
    /// Who put it into the record had no part in it by that.
    [[nodiscard]] static bool isWrittenAfterwards(const Incident &incident) { return incident.kind == "rebuilt" || incident.kind == "backfilled"; }
    void lines(const Incident &incident)
    {
        std::set<std::pair<std::string_view, EntryKind>> seen;
        std::set<std::string_view> named; // by files
        for (const state::Entry &e : incident.timeline) {
            if (!e.origin.empty()) { // a name in a file is not an id of ours, though both read the same
                if (!e.removed && e.kind != EntryKind::Alert && named.insert(e.actor).second)
                    if (const Person *ours = boundTo(*m_state.workspace, e.actor))
                        add(ours->id, "is named by a file", true);
                continue;
            }
            if ((e.kind == EntryKind::Declared && isWrittenAfterwards(incident)) || !isOfAPerson(m_state, e) || !seen.insert({e.actor, e.kind}).second)
                continue;
            const std::string_view deed = deedOf(e.kind);
            add(e.actor, deed.empty() ? std::string_view("wrote in its room") : deed, !deed.empty());
        }
    }
    void tasks(const Incident &incident)
    {
        for (const state::Task &t : incident.tasks)
            if (const std::string &person = t.acceptedBy.empty() ? t.person : t.acceptedBy; m_state.workspace->person(person))
                add(person, "had a task", true);
    }
    [[nodiscard]] std::vector<std::string> calledFor(const std::string &service) const
    {
        std::vector<std::string> out;
        for (const state::Escalation &x : m_state.escalations)
            if (x.service == service && std::any_of(m_incidents.begin(), m_incidents.end(), [&](const Incident *one) { return x.incident == one->id || isWithin(*one, x.startedAt); }))
                for (const state::Step &s : x.steps)
                    out.insert(out.end(), s.people.begin(), s.people.end());
        return out;
    }
    [[nodiscard]] static bool isWithin(const Incident &incident, Instant at)
    {
        const Instant ended = endedAt(incident);
        return at >= incident.declaredAt && (!ended || at <= ended);
    }
    void owners()
    {
        std::set<std::string> services;
        for (const Incident *one : m_incidents) {
            services.insert(one->service);
            for (const std::string_view id : state::servicesOfAlerts(m_state, *one))
                services.emplace(id);
        }
        for (const std::string &name : services)
            owner(name);
    }
    void owner(const std::string &name)
    {
        const Service *service = m_state.workspace->service(name);
        const Team *team = service ? m_state.workspace->team(service->team) : nullptr;
        if (!team || team->members.empty())
            return;
        const auto acted = [&](const std::string &person) {
            const auto it = m_people.find(person);
            return it != m_people.end() && it->second.required;
        };
        if (std::any_of(team->members.begin(), team->members.end(), acted))
            return;
        const auto called = calledFor(service->id);
        for (const std::string &person : called)
            add(person, "was called for " + service->id, true, true);
        if (called.empty())
            add(team->members.front(), "owns " + service->id, true, true);
    }

    const State &m_state;
    const std::vector<const Incident *> m_incidents; ///< it, and those that are part of it
    std::map<std::string, Participant> m_people;
};

} // namespace

std::vector<Participant> participants(const State &state, const Incident &incident)
{
    return Gathering(state, incident).all();
}

bool isOfAPerson(const State &state, const state::Entry &e)
{
    return e.origin.empty() && e.kind != EntryKind::Review && (e.via == Path::Person || e.via == Path::Link || (e.via == Path::Chat && state.workspace->person(e.actor)));
}

const Person *boundTo(const Workspace &w, std::string_view actor)
{
    const auto isIn = [&](const std::vector<std::string> &all) { return std::find(all.begin(), all.end(), actor) != all.end(); };
    const auto isTheirs = [&](const Person &p) {
        return p.email == actor || isIn(p.xmpp) || isIn(p.chat) || std::any_of(p.accounts.begin(), p.accounts.end(), [&](const Account &a) { return a.name == actor; });
    };
    const auto it = actor.empty() ? w.people.end() : std::find_if(w.people.begin(), w.people.end(), isTheirs);
    return it == w.people.end() ? nullptr : &*it;
}

std::vector<NamedByFile> namedByFiles(const State &state, const Incident &incident)
{
    std::vector<NamedByFile> out;
    std::set<std::string_view> seen;
    for (const state::Entry &e : incident.timeline)
        if (!e.origin.empty() && e.kind == EntryKind::Alert)
            seen.insert(e.actor); // a tool
    for (const state::Entry &e : incident.timeline)
        if (!e.origin.empty() && !e.removed && !e.actor.empty() && out.size() < kParticipants && seen.insert(e.actor).second && !asciiLower(e.origin).starts_with(asciiLower(e.actor)) && !boundTo(*state.workspace, e.actor))
            out.push_back({e.actor, e.origin});
    return out;
}

std::vector<std::string> requiredPeople(const std::vector<Participant> &all)
{
    std::vector<std::string> out;
    for (const Participant &p : all)
        if (p.required)
            out.push_back(p.person);
    return out;
}

bool isMissed(const Incident &incident, const Participant &participant)
{
    return incident.kind == "rebuilt" ? participant.acted : participant.required;
}

bool hadPart(const std::vector<Participant> &all, std::string_view person)
{
    return std::any_of(all.begin(), all.end(), [&](const Participant &p) { return p.person == person; });
}

} // namespace qd::review
