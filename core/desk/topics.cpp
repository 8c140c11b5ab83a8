// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/topics.h"

#include "core/comms/reach.h"
#include "core/desk/effects.h"
#include "core/governance/clearance.h"

#include <algorithm>
#include <set>

namespace qd::desk {

using events::Effect;
using state::Incident;
using state::OutboxEntry;
using state::Source;
using state::State;

namespace {

/// What was written of a room's topic: the newest, and the newest that may stand there; null: none, as far as the outbox remembers.
struct Headed {
    const OutboxEntry *newest = nullptr, *standing = nullptr;
};

Headed headed(const State &state, const events::OutboxQueued &topic)
{
    Headed out;
    for (auto it = state.outbox.rbegin(); it != state.outbox.rend() && !out.standing; ++it) {
        const OutboxEntry &o = it->second;
        if (o.what.effect != Effect::Topic || o.what.incident != topic.incident || o.what.connection != topic.connection || o.what.room != topic.room)
            continue;
        out.newest = out.newest ? out.newest : &o;
        out.standing = o.delivery == Delivery::Failed ? nullptr : &o;
    }
    return out;
}

/// One is under way at a time; once it is settled it is looked at whether it says what is so by then. What a platform refused is not tried again, what it did not take
/// for now is when it does.
bool isToBeSet(const State &state, const events::OutboxQueued &topic, Instant now)
{
    const auto [newest, standing] = headed(state, topic);
    if (!newest)
        return true;
    if (newest->delivery == Delivery::Queued || newest->delivery == Delivery::Sent)
        return false;
    if (!newest->again)
        return newest->what.text != topic.text;
    const bool saysSo = standing && standing->delivery == Delivery::Confirmed && standing->what.text == topic.text;
    return newest->again <= now && !saysSo;
}

bool sets(const events::Events &events, const OutboxEntry &waiting)
{
    return std::any_of(events.begin(), events.end(), [&](const events::Event &each) {
        const auto *queued = getIf<events::OutboxQueued>(&each);
        return queued && queued->connection == waiting.what.connection && queued->room == waiting.what.room;
    });
}

} // namespace

events::Events Gate::topic(const Incident &incident, Instant now)
{
    events::Events out;
    for (const state::Room &room : incident.rooms) {
        const Source *s = m_state.source(room.connection);
        if (!s || room.attached || isPostOnly(s->connection.kind) || comms::isLeft(m_state, incident, room)) // somebody's own room keeps its own topic
            continue;
        events::OutboxQueued what;
        what.incident = incident.id;
        what.room = room.address;
        what.text = std::string(word(incident.severity)) + " · " + std::string(word(incident.status)) + " · " + incident.title;
        what.because = {"room/topic", {}, {}};
        if (!allows(s->armed, Write::Posts)) {
            const bool isSaid = std::any_of(incident.withheld.begin(), incident.withheld.end(), [&](const state::Withheld &w) { return w.what.effect == Effect::Topic && w.what.connection == room.connection; });
            if (!isSaid)
                out.emplace_back(events::WriteWithheld{Effect::Topic, room.connection, incident.id, {}, what.text, "the connection is not armed for posts"});
            continue;
        }
        what.effect = Effect::Topic;
        what.connection = room.connection;
        governance::seal(m_state, what); // as it would go out: compared with what did
        if (isToBeSet(m_state, what, now))
            out.push_back(queue(Effect::Topic, *s, std::move(what)));
    }
    return out;
}

events::Events topicsDue(const State &state, Instant now)
{
    events::Events out;
    std::set<std::string> asked; // an incident's topics are those of all its rooms
    for (const auto &queued : state.outbox) {
        const OutboxEntry &waiting = queued.second;
        if (!waiting.again || waiting.again > now || sets(out, waiting))
            continue;
        if (const Incident *i = state.incident(waiting.what.incident); i && asked.insert(i->id).second)
            append(out, Gate(state).topic(*i, now));
    }
    return out;
}

Instant nextTopic(const State &state)
{
    Instant next;
    for (const auto &queued : state.outbox)
        if (const Instant at = topicAgain(state, queued.second); at && (!next || at < next))
            next = at;
    return next;
}

Instant topicAgain(const State &state, const OutboxEntry &entry)
{
    const Incident *i = entry.again ? state.incident(entry.what.incident) : nullptr;
    return i && sets(Gate(state).topic(*i, entry.again), entry) ? entry.again : Instant{};
}

Instant topicAgain(const State &state, const Incident &incident, const state::Room &room)
{
    for (auto it = state.outbox.rbegin(); it != state.outbox.rend(); ++it)
        if (const OutboxEntry &o = it->second; o.again && o.what.incident == incident.id && o.what.connection == room.connection && o.what.room == room.address)
            return topicAgain(state, o);
    return {};
}

} // namespace qd::desk
