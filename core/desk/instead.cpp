// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/instead.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/desk/effects.h"
#include "core/governance/clearance.h"

#include <algorithm>
#include <functional>

namespace qd::desk {

using events::Effect;
using state::Incident;
using state::OutboxEntry;
using state::Source;
using state::State;

namespace {

constexpr std::size_t kInsteadRoomLimit = 512;

bool takesPosts(const Source &s)
{
    return s.state == "live" || s.state == "catching-up";
}

/// "CONNECTION/ADDRESS", apart.
std::pair<std::string, std::string> insteadParts(const std::string &room)
{
    const auto slash = room.find('/');
    return {room.substr(0, slash), slash == std::string::npos ? std::string() : room.substr(slash + 1)};
}

/// The room of its incident a post is for; null when it is none of its rooms.
const state::Room *roomNamed(const Incident &incident, const std::string &connection, const std::string &address)
{
    const auto it = std::find_if(incident.rooms.begin(), incident.rooms.end(), [&](const state::Room &r) { return r.connection == connection && r.address == address; });
    return it == incident.rooms.end() ? nullptr : &*it;
}

/// When it is to be said elsewhere; none: it need not be, or cannot be now.
Instant insteadAt(const State &state, const OutboxEntry &o)
{
    if (o.what.effect != Effect::Post || o.what.instead != 0 || o.insteadAt || !isWaiting(state, o))
        return {};
    const Source *s = state.source(o.what.connection);
    if (!s || s->connection.insteadRoom.empty())
        return {};
    const auto [connection, address] = insteadParts(s->connection.insteadRoom);
    if (const Source *other = state.source(connection); other && allows(other->armed, Write::Posts) && !takesPosts(*other))
        return {}; // it would wait there as well
    if (!o.what.incident.empty()) {
        const Incident *i = state.incident(o.what.incident);
        if (!i || i->isDrill()) // a drill is said in its own rooms only
            return {};
        if (const state::Room *own = roomNamed(*i, connection, address); own && !own->leftAt)
            return {}; // it is told of everything anyway
    }
    return std::max(o.queuedAt, state.resumedAt) + s->connection.insteadAfter;
}

/// Everything that will be due; nothing is looked at where no connection names another room.
void eachInstead(const State &state, const std::function<void(const OutboxEntry &, Instant)> &look)
{
    if (std::none_of(state.sources.begin(), state.sources.end(), [](const Source &s) { return !s.connection.insteadRoom.empty(); }))
        return;
    for (const auto &queued : state.outbox)
        if (const Instant at = insteadAt(state, queued.second))
            look(queued.second, at);
}

} // namespace

bool isWaiting(const State &state, const OutboxEntry &entry)
{
    if (!entry.recalled.empty()) // nobody waits for it any more
        return false;
    if (entry.delivery != Delivery::Unknown)
        return entry.delivery == Delivery::Queued || entry.delivery == Delivery::Sent;
    const Source *s = state.source(entry.what.connection);
    return s && isChat(s->connection.kind) && !takesPosts(*s); // else it was looked for as far as it can be: a person's to say
}

events::Events Gate::instead(const OutboxEntry &waiting)
{
    const Source *from = m_state.source(waiting.what.connection);
    if (!from)
        return {};
    const auto [connection, address] = insteadParts(from->connection.insteadRoom);
    const Source *s = m_state.source(connection);
    const Incident *incident = m_state.incident(waiting.what.incident);
    const state::Room *room = incident ? roomNamed(*incident, waiting.what.connection, waiting.what.room) : nullptr;
    const governance::Place place{governance::Place::Kind::Room, address, connection, incident ? governance::Subject{incident->service, incident->id} : governance::Subject{}};
    std::string why;
    if (!s)
        why = "there is no connection " + connection + " any more";
    else if (!allows(s->armed, Write::Posts))
        why = "the connection " + connection + " is not armed for posts";
    else if (incident && governance::isRestricted(*m_state.workspace, *incident))
        why = incident->id + " is restricted, and what is said in its room is said in no other";
    else if (room && room->isPrivate)
        why = "what is said in a private room is said in no other";
    else if (const auto found = governance::tooMuchIn({waiting.what.text}, place, governance::readerOf(m_state, place)))
        why = governance::nameOf(place) + " may not be told what is marked " + found->hole;
    if (!why.empty()) {
        events::WriteWithheld withheld{Effect::Post, connection, waiting.what.incident, {}, waiting.what.text, waiting.what.room + " does not take it, and it is not said in " + address + " instead: " + why};
        withheld.instead = waiting.what.number;
        return {std::move(withheld)};
    }
    events::OutboxQueued what;
    what.incident = waiting.what.incident;
    what.room = address;
    what.text = "For " + waiting.what.room + " at " + waiting.what.connection + ", which has not taken it since " + clockText(waiting.queuedAt) + ":\n" + waiting.what.text;
    what.subject = "instead/" + std::to_string(waiting.what.number);
    what.instead = waiting.what.number;
    what.because = {"post/instead", {waiting.what.connection + " did not take it for " + toText(from->connection.insteadAfter) + (waiting.reason.empty() ? "" : ": " + waiting.reason)}, {}};
    return {queue(Effect::Post, *s, std::move(what))};
}

events::Events insteadDue(const State &state, Instant now)
{
    events::Events out;
    eachInstead(state, [&](const OutboxEntry &waiting, Instant at) {
        if (at <= now && out.size() < kInsteadAtOnce)
            append(out, Gate(state).instead(waiting));
    });
    return out;
}

Instant nextInstead(const State &state)
{
    Instant next;
    eachInstead(state, [&](const OutboxEntry &, Instant at) {
        if (!next || at < next)
            next = at;
    });
    return next;
}

Result<std::string> insteadRoomNamed(const State &state, const Connection &of, std::string_view text)
{
    if (!isChat(of.kind))
        return fail(Code::Invalid, "A connection of kind " + of.kind + " posts to no room; another room is for chat connections.");
    const auto [connection, room] = insteadParts(asciiLower(safeLine(text, kInsteadRoomLimit)));
    if (connection.empty() || room.empty() || room.find_first_of("/ \t") != std::string::npos)
        return fail(Code::Invalid, "\"" + safeLine(text, 80) + "\" names no other room; write CONNECTION/ROOM: irc/ops, or irc/ops@irc.example.org.");
    const Source *other = state.source(connection);
    if (!other || !isChat(other->connection.kind))
        return fail(Code::NotFound, "There is no chat connection \"" + safeLine(connection, 60) + "\" for the other room; `get sources` lists them.");
    if (connection == of.name)
        return fail(Code::Invalid, "The other room must be of another connection: what " + of.name + " does not take, none of its rooms gets.");
    const std::string host(roomHost(other->connection));
    const auto at = room.find('@');
    if (at == 0 || (at != std::string::npos && room.substr(at + 1) != host))
        return fail(Code::Invalid, "\"" + safeLine(room, 80) + "\" is no room of " + connection + ", whose rooms are NAME@" + host + ".");
    return connection + "/" + (at == std::string::npos ? room + "@" + host : room);
}

} // namespace qd::desk
