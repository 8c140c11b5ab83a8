// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/effects.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/comms/reach.h"
#include "core/governance/clearance.h"
#include "core/governance/policy.h"

#include <algorithm>

namespace qd::desk {

using events::Effect;
using state::Incident;
using state::Source;

namespace {

constexpr const char *kHeadSubject = "head/"; // and the record's number
constexpr std::size_t kRoomAddressLimit = 512;
constexpr std::size_t kLinksSaid = 5; ///< of those that are pinned

std::string observes(const Source &s)
{
    return "the connection observes only; arm it with: arm " + s.connection.name + " --allow rooms,posts";
}

} // namespace

bool canPost(const state::State &state, const Incident &incident)
{
    return std::any_of(incident.rooms.begin(), incident.rooms.end(), [&](const state::Room &room) {
        const Source *s = state.source(room.connection);
        return s && allows(s->armed, Write::Posts);
    });
}

bool hasPostedHead(const state::State &state, const Incident &incident)
{
    return std::any_of(state.outbox.begin(), state.outbox.end(), [&](const auto &entry) {
        return entry.second.what.incident == incident.id && entry.second.what.subject.starts_with(kHeadSubject);
    });
}

const Source *roomsConnection(const state::State &state, std::string_view address)
{
    const auto at = address.find('@');
    if (at == 0 || at == std::string_view::npos || address.find_first_of("@/ \t\n", at + 1) != std::string_view::npos)
        return nullptr;
    for (const Source &s : state.sources)
        if (isChat(s.connection.kind) && address.substr(at + 1) == roomHost(s.connection))
            return &s;
    return nullptr;
}

Result<std::string> attachable(const state::State &state, const Incident *incident, std::string_view raw)
{
    const std::string address = asciiLower(safeLine(raw, kRoomAddressLimit));
    const Source *source = roomsConnection(state, address);
    if (!source) {
        std::string hosts;
        for (const Source &s : state.sources)
            if (isChat(s.connection.kind))
                hosts += (hosts.empty() ? "" : ", ") + s.connection.name + " has NAME@" + std::string(roomHost(s.connection));
        return fail(Code::NotFound, "\"" + safeLine(raw, 80) + "\" is not a room of a chat connection here: " + (hosts.empty() ? "there is none; add one with: connect xmpp" : hosts) + ".");
    }
    const auto has = [&](const Incident &i) {
        return std::any_of(i.rooms.begin(), i.rooms.end(), [&](const auto &r) { return r.connection == source->connection.name && r.address == address && !(r.leftAt && i.isOpen()); })
            || std::any_of(state.outbox.begin(), state.outbox.end(), [&](const auto &o) {
                   return o.second.what.effect == Effect::AttachRoom && o.second.what.incident == i.id && o.second.what.room == address
                       && o.second.delivery != Delivery::Failed && o.second.delivery != Delivery::Confirmed;
               });
    };
    for (const auto &[number, other] : state.incidents)
        if (&other == incident ? has(other) : other.isOpen() && !isPostOnly(source->connection.kind) && has(other))
            return fail(Code::Conflict, address + (&other == incident ? " is a room of " + other.id + " already." : " is the room of " + other.id + ", which is open; a room tells the story of one incident."));
    return address;
}

std::string roomName(const Workspace &workspace, const Incident &incident)
{
    std::string name = workspace.roomName.empty() ? "inc-{{number}}" : workspace.roomName;
    const std::pair<std::string_view, std::string> places[] = {{"{{number}}", incident.id.substr(incident.id.find('-') + 1)},
                                                               {"{{service}}", incident.service},
                                                               {"{{severity}}", std::string(word(incident.severity))},
                                                               {"{{date}}", toRfc3339(incident.declaredAt).substr(0, 10)}};
    for (const auto &[place, value] : places)
        for (std::size_t at = name.find(place); at != std::string::npos; at = name.find(place, at + value.size()))
            name.replace(at, place.size(), value);
    if (incident.isDrill())
        name = incident.kind + "-" + name;
    std::string out;
    for (const char c : asciiLower(name))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    while (!out.empty() && out.back() == '-')
        out.pop_back();
    if (out.size() <= kRoomNameBytes)
        return out;
    return asciiLower(incident.id); // a long service cut off might be another incident's name
}

std::string conferenceOf(const Workspace &workspace, const Incident &incident)
{
    constexpr std::string_view kNumber = "{{number}}";
    std::string out = workspace.conference;
    const std::string number = incident.id.substr(incident.id.find('-') + 1);
    for (std::size_t at = out.find(kNumber); at != std::string::npos; at = out.find(kNumber, at + number.size()))
        out.replace(at, kNumber.size(), number);
    return out;
}

const Source *Gate::chat(Write write, bool any) const
{
    // Where people can answer before where they cannot; where we may write before where we may not.
    const Source *best = nullptr;
    const auto worth = [&](const Source &s) { return (isPostOnly(s.connection.kind) ? 0 : 1) + (allows(s.armed, write) ? 2 : 0); };
    for (const Source &s : m_state.sources)
        if (isChat(s.connection.kind) && allows(ableTo(s.connection.kind), write) && (!best || worth(s) > worth(*best)))
            best = &s;
    return best && (any || allows(best->armed, write)) ? best : nullptr;
}

events::Event Gate::queue(Effect effect, const Source &source, events::OutboxQueued what)
{
    what.effect = effect;
    what.connection = source.connection.name;
    return what;
}

events::Events Gate::createRoom(const Incident &incident, events::Because because)
{
    events::OutboxQueued what;
    what.incident = incident.id;
    what.room = roomName(*m_state.workspace, incident);
    what.text = std::string(word(incident.severity)) + " " + incident.title;
    what.subject = "room";
    what.because = std::move(because);
    if (const Source *s = chat(Write::Rooms)) {
        const PrivateRooms wished = m_state.workspace->privateRooms;
        what.isPrivate = makesPrivateRooms(s->connection.kind) && (wished == PrivateRooms::Always || (wished == PrivateRooms::Restricted && governance::isRestricted(*m_state.workspace, incident)));
        return {queue(Effect::CreateRoom, *s, std::move(what))};
    }
    const Source *s = chat(Write::Rooms, true);
    if (!s)
        return {};
    return {events::WriteWithheld{Effect::CreateRoom, s->connection.name, incident.id, {}, what.room,
                                  observes(*s)}};
}

events::Events Gate::attachRoom(const Incident &incident, const std::string &address, events::Because because)
{
    const Source *s = roomsConnection(m_state, address);
    if (!s)
        return {};
    if (!allows(s->armed, Write::Rooms))
        return {events::WriteWithheld{Effect::AttachRoom, s->connection.name, incident.id, {}, address, observes(*s)}};
    events::OutboxQueued what;
    what.incident = incident.id;
    what.room = address;
    what.subject = "room";
    what.since = incident.impactSince;
    what.because = std::move(because);
    return {queue(Effect::AttachRoom, *s, std::move(what))};
}

events::Events Gate::enterAgain(const Incident &incident, const state::Room &room)
{
    const Source *s = m_state.source(room.connection);
    if (!s)
        return {};
    if (!allows(s->armed, Write::Rooms))
        return {events::WriteWithheld{Effect::AttachRoom, s->connection.name, incident.id, {}, room.address, observes(*s)}};
    if (room.archivedAt) {
        events::WriteWithheld withheld{Effect::AttachRoom, s->connection.name, incident.id, {}, room.address,
                                       room.address + " was archived at " + clockText(room.archivedAt) + "; unarchive it there by hand, then: room --attach " + room.address + " (or attach another)"};
        const bool isSaid = std::any_of(incident.withheld.begin(), incident.withheld.end(), [&](const state::Withheld &w) { return w.what.effect == Effect::AttachRoom && w.what.reason == withheld.reason; });
        return isSaid ? events::Events{} : events::Events{std::move(withheld)};
    }
    events::OutboxQueued what;
    what.incident = incident.id;
    what.room = room.address;
    what.address = room.channel; // another one may have its name by now
    what.subject = "room";
    what.since = room.leftAt;
    what.isPrivate = room.isPrivate;
    what.because = {"room/reopened", {"it was left, and " + incident.id + " is open again"}, {}};
    return {queue(Effect::AttachRoom, *s, std::move(what))};
}

events::Events Gate::leaveRooms(const Incident &incident, const events::Because &because)
{
    events::Events out;
    for (const state::Room &room : incident.rooms) {
        const auto &wanted = incident.closing.roomsLeft;
        const Source *s = m_state.source(room.connection);
        if (!s || std::find(wanted.begin(), wanted.end(), room.address) == wanted.end() || comms::isLeft(m_state, incident, room))
            continue;
        const auto &archived = incident.closing.roomsArchived;
        const Effect effect = std::find(archived.begin(), archived.end(), room.address) == archived.end() ? Effect::LeaveRoom : Effect::ArchiveRoom;
        if (!allows(s->armed, Write::Rooms)) {
            out.emplace_back(events::WriteWithheld{effect, s->connection.name, incident.id, {}, room.address,
                                                   allows(ableTo(s->connection.kind), Write::Rooms) ? observes(*s) : "nothing leaves a room of kind " + s->connection.kind});
            continue;
        }
        events::OutboxQueued what;
        what.incident = incident.id;
        what.room = room.address;
        what.subject = "room";
        what.because = because;
        out.push_back(queue(effect, *s, std::move(what)));
    }
    return out;
}

events::Events Gate::invite(const Incident &incident, const state::Room &room, const Person &person, const std::string &address, const std::string &why)
{
    const Source *s = m_state.source(room.connection);
    if (!s)
        return {};
    if (!allows(s->armed, Write::Rooms)) {
        events::WriteWithheld withheld{Effect::Invite, s->connection.name, incident.id, person.id, room.address, observes(*s)};
        const bool isSaid = std::any_of(incident.withheld.begin(), incident.withheld.end(), [&](const state::Withheld &w) {
            return w.what.effect == Effect::Invite && w.what.connection == withheld.connection && w.what.person == withheld.person && w.what.text == withheld.text;
        });
        return isSaid ? events::Events{} : events::Events{std::move(withheld)};
    }
    events::OutboxQueued what;
    what.incident = incident.id;
    what.room = room.address;
    what.person = person.id;
    what.address = address;
    what.text = incident.id + ": you are asked into its room (" + why + ").";
    what.subject = "invite/" + person.id;
    what.because = {"room/invite", {person.id + ": " + why}, {}};
    return {queue(Effect::Invite, *s, std::move(what))};
}

events::Events Gate::unheard(const Incident &incident, const state::Room &room, const std::vector<std::string> &people)
{
    const Source *s = m_state.source(room.connection);
    if (!s || people.empty() || !allows(s->armed, Write::Posts)) // that nothing is posted there is said with the step
        return {};
    std::string names;
    for (std::size_t n = 0; n < people.size(); ++n)
        names += (n == 0 ? "" : n + 1 == people.size() ? " and " : ", ") + m_state.workspace->nameOf(people[n]);
    events::OutboxQueued what;
    what.incident = incident.id;
    what.room = room.address;
    what.text = names + (people.size() == 1 ? " is called and was not heard here." : " are called and were not heard here.") + " The console asks nobody into a room it did not make: whoever may, asks them in.";
    what.because = {std::string(kUnheardRule), people, {}};
    return {queue(Effect::Post, *s, std::move(what))};
}

events::Events Gate::post(const Incident &incident, std::string text, std::string subject, events::Because because, Effect effect)
{
    events::Events out;
    for (const state::Room &room : incident.rooms) {
        const Source *s = m_state.source(room.connection);
        if (comms::isLeft(m_state, incident, room))
            continue;
        if (!s) {
            events::WriteWithheld withheld{effect, room.connection, incident.id, {}, text, comms::noConnection(room)};
            const bool isSaid = std::any_of(incident.withheld.begin(), incident.withheld.end(), [&](const state::Withheld &w) { return w.seq == m_state.seq && w.what.reason == withheld.reason; });
            if (effect != Effect::Reply && !isSaid) // once a record
                out.emplace_back(std::move(withheld));
            continue;
        }
        if (!allows(s->armed, Write::Posts)) {
            if (effect != Effect::Reply)
                out.emplace_back(events::WriteWithheld{effect, s->connection.name, incident.id, {}, text, "the connection is not armed for posts"});
            continue;
        }
        events::OutboxQueued what;
        what.incident = incident.id;
        what.room = room.address;
        what.text = text;
        what.subject = subject;
        what.because = because;
        out.push_back(queue(effect, *s, std::move(what)));
    }
    return out;
}

events::Events Gate::head(const Incident &incident, const events::HeadSigned &head)
{
    const std::string code = std::to_string(head.seq) + ":" + head.words;
    return post(incident, "Log head " + code + "\nKept here, it proves later that nothing up to record " + std::to_string(head.seq)
                    + " was changed: quarterdeckctl verify --head-code " + code,
                std::string(kHeadSubject) + std::to_string(head.seq), {"post/head", {"record " + std::to_string(head.seq) + " was signed"}, {}});
}

std::string situation(const state::State &state, const Incident &incident)
{
    const Workspace &w = *state.workspace;
    std::string out = incident.id + " " + std::string(word(incident.severity)) + " " + std::string(word(incident.status)) + ": " + incident.title;
    out += "\nImpact since " + clockText(incident.impactSince) + ", declared " + clockText(incident.declaredAt);
    const std::string commander = incident.holder(Role::Commander);
    out += "\nCommander: " + (commander.empty() ? std::string("nobody yet (!take)") : w.nameOf(commander));
    for (std::size_t n = 0; n < std::min(incident.links.size(), kLinksSaid); ++n)
        out += "\n" + incident.links[n].title + ": " + incident.links[n].url;
    if (incident.links.size() > kLinksSaid)
        out += "\n… and " + std::to_string(incident.links.size() - kLinksSaid) + " more links";
    std::size_t firing = 0;
    for (const auto &key : incident.alerts)
        if (const auto *a = state.alert(key); a && a->status == AlertStatus::Firing)
            ++firing;
    out += "\nAlerts: " + std::to_string(firing) + " firing of " + std::to_string(incident.alerts.size());
    for (const auto &t : incident.tasks)
        if (!t.doneAt)
            out += "\nTask " + std::to_string(t.number) + ": " + w.nameOf(t.person) + " " + t.text + (t.due ? ", due " + clockText(t.due) : "");
    for (const auto &p : incident.promises)
        if (!p.keptAt)
            out += "\nNext word to " + p.audience + " at " + clockText(p.due);
    return out;
}

} // namespace qd::desk
