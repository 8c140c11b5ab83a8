// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/invites.h"

#include "core/desk/effects.h"
#include "core/governance/policy.h"
#include "core/oncall/channels.h"

#include <algorithm>

namespace qd::desk {

using state::Incident;
using state::Room;
using state::State;

namespace {

constexpr std::string_view kCalled = "called for it";

struct Asked {
    std::string person, why;
};

void ask(std::vector<Asked> &to, const std::string &person, std::string why)
{
    if (!person.empty() && std::none_of(to.begin(), to.end(), [&](const Asked &a) { return a.person == person; }))
        to.push_back({person, std::move(why)});
}

/// Who works on it, each once, and why.
std::vector<Asked> workersOn(const State &state, const Incident &i)
{
    std::vector<Asked> out;
    ask(out, i.holder(Role::Commander), std::string(word(Role::Commander)));
    for (const auto &[role, held] : i.roles)
        ask(out, held.person, std::string(word(role)));
    for (const state::OwnRole &own : i.ownRoles)
        ask(out, own.held.person, own.title);
    for (const state::Escalation &x : state.escalations)
        if (x.incident == i.id && !x.observed)
            for (const state::Step &step : x.steps)
                for (const std::string &person : step.people)
                    ask(out, person, std::string(kCalled));
    for (const state::Task &t : i.tasks)
        if (!t.doneAt)
            ask(out, t.person, "task " + std::to_string(t.number));
    return out;
}

/// Why somebody is not asked in: a task is no right to read. Whoever is being called is wanted, whatever they may do.
std::string whyNotAsked(const State &state, const Incident &i, const Asked &asked, Instant now)
{
    if (asked.why == kCalled)
        return {};
    auto ruling = governance::rule(state, {asked.person, Path::Chat}, {Right::Observe, {{i.service, i.id}}}, "room/invite", now);
    return ruling.allowed ? std::string() : std::move(ruling.why);
}

events::Events withheld(const Incident &i, const Room &room, const std::string &person, std::string why)
{
    const bool isSaid = std::any_of(i.withheld.begin(), i.withheld.end(), [&](const state::Withheld &w) {
        return w.what.effect == events::Effect::Invite && w.what.connection == room.connection && w.what.person == person && w.what.text == room.address;
    });
    return isSaid ? events::Events{} : events::Events{events::WriteWithheld{events::Effect::Invite, room.connection, i.id, person, room.address, std::move(why)}};
}

bool isThere(const Incident &i, const Room &room, const std::string &person)
{
    return std::find(room.invited.begin(), room.invited.end(), person) != room.invited.end()
        || std::any_of(i.timeline.begin(), i.timeline.end(), [&](const state::Entry &e) {
               return e.kind == state::EntryKind::Message && e.verified && e.actor == person && e.room == room.address;
           });
}

bool isSaidUnheard(const State &state, const Incident &i, const Room &room, const std::string &person)
{
    return std::any_of(state.outbox.begin(), state.outbox.end(), [&](const auto &o) {
        const events::OutboxQueued &what = o.second.what;
        return what.because.rule == kUnheardRule && what.incident == i.id && what.connection == room.connection && what.room == room.address
            && std::find(what.because.matched.begin(), what.because.matched.end(), person) != what.because.matched.end();
    });
}

/// Those of them who were neither heard in somebody's own room nor named in it.
events::Events unheardThere(const State &state, const Incident &i, const Room &room, const std::vector<std::string> &called)
{
    const state::Source *s = state.source(room.connection);
    if (!s || !room.attached || room.leftAt || isPostOnly(s->connection.kind))
        return {};
    std::vector<std::string> people;
    for (const std::string &person : called)
        if (!isThere(i, room, person) && !isSaidUnheard(state, i, room, person))
            people.push_back(person);
    return Gate(state).unheard(i, room, people);
}

} // namespace

events::Events unheard(const State &state, const events::StepReached &step)
{
    const Incident *i = state.incident(step.incident);
    if (!i || !i->isOpen())
        return {};
    events::Events out;
    for (const Room &room : i->rooms)
        append(out, unheardThere(state, *i, room, step.people));
    return out;
}

events::Events unheard(const State &state, const Incident &incident, const Room &room)
{
    std::vector<std::string> people;
    for (const state::Escalation &x : state.escalations)
        if (incident.isOpen() && x.incident == incident.id && !x.observed && x.isRunning())
            for (const state::Step &step : x.steps)
                for (const std::string &person : step.people)
                    if (std::find(people.begin(), people.end(), person) == people.end())
                        people.push_back(person);
    return unheardThere(state, incident, room, people);
}

events::Events invited(const State &state, const std::string &incident)
{
    const Incident *i = state.incident(incident);
    if (!i || !i->isOpen() || i->rooms.empty())
        return {};
    events::Events out;
    std::vector<Asked> people;
    for (const Room &room : i->rooms) {
        const state::Source *s = state.source(room.connection);
        if (!s || room.attached || room.leftAt || !canInvite(s->connection.kind))
            continue;
        if (people.empty())
            people = workersOn(state, *i);
        for (const Asked &asked : people) {
            const Person *p = state.workspace->person(asked.person);
            const std::string address = p ? oncall::addressAt(state, *p, s->connection) : std::string();
            if (address.empty() || isThere(*i, room, p->id))
                continue;
            if (std::string why = whyNotAsked(state, *i, asked, state.time); !why.empty()) {
                append(out, withheld(*i, room, p->id, std::move(why)));
                continue;
            }
            append(out, Gate(state).invite(*i, room, *p, address, asked.why));
        }
    }
    return out;
}

} // namespace qd::desk
