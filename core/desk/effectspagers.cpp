// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/effects.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <unordered_set>

/// What is said to a pager of record about the incidents it holds: the part of the gate that knows which of ours they are.
namespace qd::desk {

using events::Effect;
using events::WriteWithheld;
using state::HeldOutside;
using state::Source;

namespace {

const char *wordFor(Write write)
{
    return write == Write::Acks ? "acks" : write == Write::Notes ? "notes" : "reassigns";
}

std::string unarmed(const Source &s, Write write)
{
    return "connection " + s.connection.name + " observes only; arm it with: arm " + s.connection.name + " --allow " + wordFor(write);
}

/// The incident of ours the alert belongs to: what is done there stands in its record.
std::string incidentOfAlert(const state::State &state, const std::string &key)
{
    const state::Alert *alert = state.alert(key);
    return alert && alert->incident != 0 ? std::string(state.text(alert->incident)) : std::string();
}

bool isUnderWay(const state::State &state, Effect effect, const std::string &id)
{
    return std::any_of(state.outbox.begin(), state.outbox.end(), [&](const auto &o) {
        return o.second.what.effect == effect && o.second.what.room == id && o.second.delivery != Delivery::Confirmed && o.second.delivery != Delivery::Failed;
    });
}

} // namespace

Write writeFor(Effect effect)
{
    return effect == Effect::PagerAck || effect == Effect::PagerResolve ? Write::Acks : effect == Effect::PagerNote ? Write::Notes : Write::Reassigns;
}

const Source *Gate::pagerOf(const HeldOutside &held, Write write) const
{
    const Source *found = nullptr;
    for (const Source &s : m_state.sources)
        if (holdsIncidents(s.connection.kind) && m_state.text(s.set) == held.set && (!found || (!allows(found->armed, write) && allows(s.armed, write))))
            found = &s;
    return found;
}

events::Events Gate::toPager(Effect effect, const HeldOutside &held, std::string person, std::string text, events::Because because)
{
    const Write write = writeFor(effect);
    const Source *s = pagerOf(held, write);
    if (!s) // it is told of by webhooks only: there is no way to it
        return {};
    std::string incident = incidentOfAlert(m_state, held.what.alert);
    if (!allows(s->armed, write))
        return {WriteWithheld{effect, s->connection.name, std::move(incident), std::move(person), held.name() + (text.empty() ? "" : ": " + text), unarmed(*s, write)}};
    events::OutboxQueued what;
    what.incident = std::move(incident);
    what.room = held.what.id;
    what.person = std::move(person);
    what.title = held.name();
    what.text = std::move(text);
    what.subject = held.what.alert;
    what.because = std::move(because);
    return {queue(effect, *s, std::move(what))};
}

Result<events::Event> Gate::askPager(Effect effect, const HeldOutside &held, std::string person, std::string text, const events::Actor &by)
{
    const Write write = writeFor(effect);
    const Source *s = pagerOf(held, write);
    if (!s)
        return fail(Code::Conflict, held.name() + " is known by webhooks only; to change it from here add a connection of its set: connect pagerduty-rest --set " + held.set);
    if (!allows(s->armed, write))
        return fail(Code::Forbidden, held.name() + " cannot be changed from here: " + unarmed(*s, write) + ".");
    auto made = toPager(effect, held, std::move(person), std::move(text), {"asked", {by.person + " asked for it"}, {}});
    return std::move(made.front());
}

events::Events Gate::tellHolders(const events::AlertsAcknowledged &e)
{
    return eachHeld(e.keys, e.by, [&](const HeldOutside &h) {
        if (h.what.status != events::PagerStatus::Triggered || isUnderWay(m_state, Effect::PagerAck, h.what.id))
            return events::Events{};
        return toPager(Effect::PagerAck, h, e.by.person, {}, {"pager/acknowledged", {e.by.person + " acknowledged it here"}, {}});
    });
}

events::Events Gate::tellHolders(const events::AlertsAssigned &e)
{
    return eachHeld(e.keys, e.by, [&](const HeldOutside &h) -> events::Events {
        const Person *person = m_state.workspace->person(e.person);
        if (person && !person->email.empty())
            return toPager(Effect::PagerAssign, h, e.person, person->email, {"pager/assigned", {e.by.person + " gave it to " + e.person + " here"}, {}});
        const Source *s = pagerOf(h, Write::Reassigns);
        if (!s)
            return {};
        return {WriteWithheld{Effect::PagerAssign, s->connection.name, incidentOfAlert(m_state, h.what.alert), e.person, h.name(),
                              person ? e.person + " has no mail address, by which PagerDuty would know them" : "PagerDuty knows people and policies; " + e.person + " is a team"}};
    });
}

events::Events Gate::tellHolders(const events::AlertsNoted &e)
{
    return eachHeld(e.keys, e.by, [&](const HeldOutside &h) {
        return toPager(Effect::PagerNote, h, e.by.person, e.text, {"pager/noted", {e.by.person + " noted it here"}, {}});
    });
}

events::Events Gate::eachHeld(const std::vector<std::string> &keys, const events::Actor &by, const std::function<events::Events(const HeldOutside &)> &tell) const
{
    events::Events out;
    // What came from there is not said there.
    if (m_state.pagers.incidents.empty() || by.via == Path::PagerDuty)
        return out;
    const std::unordered_set<std::string_view> named(keys.begin(), keys.end());
    for (const HeldOutside &h : m_state.pagers.incidents)
        if (h.isOpen() && named.contains(h.what.alert))
            append(out, tell(h));
    return out;
}

bool Gate::knowsAlready(const state::Escalation &call, Effect effect, std::size_t told) const
{
    const auto far = effect == Effect::PageAnswered ? events::PagerStatus::Acknowledged : events::PagerStatus::Resolved;
    const auto held = m_state.pagers.ofCall(call.number);
    // One that is over already says nothing of another of the same call.
    return held.size() >= told && std::all_of(held.begin(), held.end(), [&](const HeldOutside *h) { return h->what.status >= far; });
}

} // namespace qd::desk
