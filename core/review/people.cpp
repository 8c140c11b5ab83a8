// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/people.h"

#include "core/base/ascii.h"
#include "core/review/participants.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace qd::review {

namespace {

using state::EntryKind;
using state::Incident;

void addOnceTo(std::vector<std::string> &all, const std::vector<std::string> &more)
{
    for (const std::string &one : more)
        if (!one.empty() && std::find(all.begin(), all.end(), one) == all.end())
            all.push_back(one);
}

/// Every id the incident has for a person: who had a part in it, in its review, or a line of the record.
template <typename Take>
void eachPersonId(const Incident &incident, Take take)
{
    take(incident.declaredBy);
    for (const auto &[role, held] : incident.roles)
        take(held.person);
    for (const state::OwnRole &own : incident.ownRoles)
        take(own.held.person);
    for (const state::RoleHandedOver &was : incident.handedOver)
        take(was.person);
    for (const state::Task &t : incident.tasks) {
        take(t.person);
        take(t.acceptedBy);
    }
    const state::Review &r = incident.review;
    for (const std::string *id : {&r.owner, &r.facilitator, &r.openedBy, &r.peopleBy})
        take(*id);
    for (const auto *ids : {&r.people, &r.debrief.attended})
        for (const std::string &id : *ids)
            take(id);
    for (const state::Contribution &c : r.contributions) {
        take(c.person);
        take(c.delegate);
        take(c.by);
    }
    for (const state::TakenOff &t : r.takenOff)
        take(t.person);
    for (const state::Action &a : r.actions)
        take(a.owner);
    for (const state::Rating &x : r.ratings)
        take(x.by);
    for (const state::ReviewComment &c : r.comments)
        take(c.by);
    for (const state::Signature &s : r.debrief.signatures)
        take(s.person);
    for (const state::Section &s : r.sections)
        for (const state::Revision &revision : s.revisions)
            take(revision.by);
    for (const state::Entry &e : incident.timeline) {
        if (!e.origin.empty())
            continue; // a name in a file is not an id of ours
        if (e.via == Path::Person || e.via == Path::Link || (e.kind == EntryKind::Message && e.verified))
            take(e.actor);
        if (e.kind == EntryKind::Role)
            take(e.reference);
    }
}

class Around {
public:
    Around(const state::State &state, const Incident &incident) : m_w(*state.workspace), m_incident(incident)
    {
        for (const Person &p : m_w.people) {
            Named &one = ofId(p.id);
            addOnceTo(one.names, {p.name});
            addOnceTo(one.mails, {p.email});
            addOnceTo(one.addresses, p.xmpp);
            addOnceTo(one.addresses, p.chat);
            for (const Account &a : p.accounts)
                addOnceTo(one.accounts, {a.name});
        }
        for (const state::FormerPerson &p : state.formerPeople) {
            Named &one = ofId(p.id);
            addOnceTo(one.names, p.names);
            addOnceTo(one.mails, p.mails);
            addOnceTo(one.addresses, p.addresses);
            addOnceTo(one.accounts, p.accounts);
        }
        eachPersonId(incident, [&](const std::string &id) { // "core" and "root" are nobody's names
            if (!id.empty() && id != "core" && id != "root" && !m_byId.contains(id) && !m_w.team(id) && !m_w.service(id))
                ofId(id);
        });
    }
    [[nodiscard]] std::vector<Named> all()
    {
        strangers();
        return std::move(m_all);
    }

private:
    Named &ofId(const std::string &id)
    {
        const auto [it, isNew] = m_byId.emplace(id, m_all.size());
        if (isNew)
            m_all.push_back({id, {}, {}, {}, {}});
        return m_all[it->second];
    }
    /// Somebody the workspace does not know, by the name its chat or a file gave them. Each once, in the order of the record.
    void strangers()
    {
        std::set<std::string> seen;
        for (const state::Entry &e : m_incident.timeline) {
            if (e.outbox != 0)
                continue; // written by us
            const bool isImported = !e.origin.empty();
            const bool isTool = e.kind == EntryKind::Alert || asciiLower(e.origin).starts_with(asciiLower(e.actor));
            const std::string name = e.actor.starts_with('@') ? e.actor.substr(1) : e.actor;
            if (name.empty() || (isImported ? isTool : e.kind != EntryKind::Message) || (!isImported && m_w.person(name)))
                continue;
            if (const auto ours = m_byId.find(name); !isImported && e.verified && ours != m_byId.end()) { // who has left since
                addOnceTo(m_all[ours->second].addresses, {e.reference});
                continue;
            }
            if (!seen.insert(name).second || (isImported && boundTo(m_w, name)))
                continue;
            m_all.push_back({{}, {name}, {}, isImported ? std::vector<std::string>() : std::vector{e.reference}, {}, true, e.kind == EntryKind::Message});
        }
    }

    const Workspace &m_w;
    const Incident &m_incident;
    std::vector<Named> m_all;
    std::unordered_map<std::string, std::size_t> m_byId;
};

} // namespace

std::vector<Named> peopleAround(const state::State &state, const Incident &incident)
{
    return Around(state, incident).all();
}

} // namespace qd::review
