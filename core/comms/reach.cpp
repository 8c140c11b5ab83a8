// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/reach.h"

#include <algorithm>

namespace qd::comms {

using events::Effect;
using state::Incident;
using state::Source;
using state::State;

namespace {

constexpr std::string_view kRoom = "room:", kMailTo = "mail:", kHook = "webhook:";

std::string notArmed(const Source &s)
{
    return "the connection is not armed for posts; arm it with: arm " + s.connection.name + " --allow posts";
}

bool isForOutside(AudienceKind kind)
{
    return kind == AudienceKind::Customer || kind == AudienceKind::Regulator;
}

bool isThere(const std::vector<std::string> &list, std::string_view what)
{
    return std::find(list.begin(), list.end(), what) != list.end();
}

/// The incident's rooms: those a post gets into, or why none does.
Reach roomsReached(const State &state, const Incident &incident)
{
    Reach out{"rooms", {}, {}};
    std::string open, closed, why;
    for (const state::Room &room : incident.rooms) {
        const Source *s = state.source(room.connection);
        if (isLeft(state, incident, room))
            continue;
        std::string &names = s && allows(s->armed, Write::Posts) ? open : closed;
        names += (names.empty() ? "" : ", ") + room.address;
        if (&names == &closed && why.empty())
            why = s ? notArmed(*s) : noConnection(room);
    }
    out.name = open.empty() && closed.empty() ? "the rooms of " + incident.id : "the room " + (open.empty() ? closed : open);
    if (open.empty())
        out.why = closed.empty() ? incident.rooms.empty() ? incident.id + " has no room" : "every room of " + incident.id + " was left" : why;
    return out;
}

} // namespace

std::vector<std::string> destinationsOf(const UpdateTemplate &update)
{
    std::vector<std::string> out;
    for (const std::string &to : update.to)
        if (!isThere(out, to))
            out.push_back(to);
    return out.empty() ? std::vector<std::string>{"rooms"} : out;
}

bool isOutside(std::string_view destination)
{
    return destination.starts_with(kMailTo) || destination.starts_with(kHook);
}

bool isElsewhere(std::string_view destination)
{
    if (destination.starts_with(kHook))
        return destination.size() > kHook.size();
    const auto slash = destination.find('/');
    return destination.starts_with(kRoom) && slash != std::string_view::npos && slash > kRoom.size() && slash + 1 < destination.size() && destination.find_first_of(" \t") == std::string_view::npos;
}

std::vector<const ApprovalStage *> stagesFor(const Workspace &workspace, std::string_view audience, const std::vector<std::string> &to)
{
    const bool isPublic = std::any_of(to.begin(), to.end(), [&](const std::string &each) { return workspace.isPublicPlace(each); });
    const bool hasItsOwn = isForOutside(kindOfAudience(audience))
        && std::any_of(workspace.approvals.begin(), workspace.approvals.end(), [&](const ApprovalStage &stage) { return isThere(stage.audiences, audience); });
    const bool isForStrangers = !hasItsOwn && std::any_of(to.begin(), to.end(), [&](const std::string &each) { return each.starts_with(kMailTo) && workspace.areStrangers(each.substr(kMailTo.size())); });
    std::vector<const ApprovalStage *> out;
    for (const ApprovalStage &stage : workspace.approvals)
        if (stage.audiences.empty() || isThere(stage.audiences, audience) || ((isPublic || isForStrangers) && isThere(stage.audiences, "customers")) || (isPublic && isThere(stage.audiences, "public")))
            out.push_back(&stage);
    return out;
}

Result<void> mayLeave(const Workspace &workspace, const UpdateTemplate &update)
{
    std::string leaves, mails;
    for (const std::string &to : update.to)
        if (isOutside(to) || workspace.isPublicPlace(to)) {
            leaves += (leaves.empty() ? "" : ", ") + to;
            mails += " --to " + to;
        }
    if (leaves.empty() || (!isForOutside(update.kind) && !isForOutside(kindOfAudience(update.audience))))
        return {};
    std::string stages;
    for (const ApprovalStage *stage : stagesFor(workspace, update.audience, {}))
        stages += (stages.empty() ? "" : ", ") + stage->id;
    if (stages.empty())
        return {};
    return fail(Code::Forbidden, "Template " + update.id + " goes outside (" + leaves + "), and what " + update.audience + " read has to pass " + stages + ". Write a message: message draft --audience " + update.audience
                    + mails + "; or take it out of the template's \"to\".");
}

std::string noConnection(const state::Room &room)
{
    return "there is no connection " + room.connection + " any more, which " + room.address + " was a room of";
}

Way mailWay(const State &state, const Incident *incident)
{
    const Source *armed = nullptr, *any = nullptr;
    for (const Source &s : state.sources)
        if (isMail(s.connection.kind)) {
            any = any ? any : &s;
            armed = armed ? armed : allows(s.armed, Write::Posts) ? &s : nullptr;
        }
    if (incident && incident->isDrill())
        return {any, "a drill mails nobody outside"};
    if (state.workspace->practice)
        return {any, "a practice home mails nobody outside"};
    if (!armed)
        return {any, any ? notArmed(*any) : "nothing is connected that sends mail"};
    return {armed, {}};
}

Way wayTo(const State &state, const Incident &incident, const std::string &destination)
{
    if (destination.starts_with(kHook)) {
        const std::string name = destination.substr(kHook.size());
        const Source *s = state.source(name);
        if (!s)
            return {nullptr, "there is no connection " + name};
        if (s->connection.kind != "webhook")
            return {s, "connection " + name + " is of kind " + s->connection.kind + ", which takes no posts"};
        if (incident.isDrill())
            return {s, "a drill tells nobody outside"};
        if (state.workspace->practice)
            return {s, "a practice home tells nobody outside"};
        return {s, allows(s->armed, Write::Posts) ? std::string() : notArmed(*s)};
    }
    if (!destination.starts_with(kRoom))
        return {nullptr, "an update goes to rooms, room:CONNECTION/ROOM, mail:ID or webhook:NAME"};
    const auto slash = destination.find('/');
    const std::string name = destination.substr(kRoom.size(), slash == std::string::npos ? slash : slash - kRoom.size()), room = slash == std::string::npos ? std::string() : destination.substr(slash + 1);
    const Source *s = state.source(name);
    if (!s)
        return {nullptr, "there is no connection " + name};
    if (!isChat(s->connection.kind))
        return {s, "connection " + name + " is of kind " + s->connection.kind + ", which has no rooms"};
    Way out{s, {}, room.find('@') == std::string::npos ? room + "@" + std::string(roomHost(s->connection)) : room};
    if (incident.isDrill())
        out.why = "a drill is said in its own room only";
    else if (!allows(s->armed, Write::Posts))
        out.why = notArmed(*s);
    return out;
}

bool isLeft(const State &state, const Incident &incident, const state::Room &room)
{
    if (room.leftAt)
        return true;
    return !incident.isOpen() && isThere(incident.closing.roomsLeft, room.address) && std::any_of(state.outbox.begin(), state.outbox.end(), [&](const auto &o) {
        return (o.second.what.effect == Effect::LeaveRoom || o.second.what.effect == Effect::ArchiveRoom) && o.second.what.incident == incident.id && o.second.what.room == room.address && o.second.delivery != Delivery::Failed;
    });
}

std::vector<Reach> reachOf(const State &state, const Incident &incident, const std::vector<std::string> &to)
{
    std::vector<Reach> out;
    for (const std::string &each : to) {
        if (each == "rooms") {
            out.push_back(roomsReached(state, incident));
        } else if (each.starts_with(kMailTo)) {
            const Recipients *r = state.workspace->recipientsOf(each.substr(kMailTo.size()));
            const std::size_t addresses = r ? r->mail.size() : 0;
            std::string why = addresses == 0 ? "there are no recipients " + each.substr(kMailTo.size()) + " in the workspace" : mailWay(state, &incident).why;
            out.push_back({each, (r && !r->name.empty() ? r->name : each.substr(kMailTo.size())) + " (" + std::to_string(addresses) + (addresses == 1 ? " address)" : " addresses)"), std::move(why)});
        } else {
            Way way = wayTo(state, incident, each);
            out.push_back({each, way.address.empty() ? each : "the room " + way.address, std::move(way.why)});
        }
    }
    return out;
}

std::vector<Reach> goesTo(const State &state, const Incident &incident, const UpdateTemplate &update)
{
    std::vector<Reach> out = reachOf(state, incident, destinationsOf(update));
    if (update.to.empty() && kindOfAudience(update.audience) != AudienceKind::Technical)
        out.front().name += ", where " + update.audience + " may not be: the template names no place for them";
    return out;
}

std::string inWords(const std::vector<Reach> &reach)
{
    std::string out;
    for (const Reach &r : reach)
        out += (out.empty() ? "" : "; ") + r.name + (r.why.empty() ? "" : " (not now: " + r.why + ")");
    return out;
}

bool reachesNobody(const State &state, const Incident &incident, const std::vector<Reach> &reach)
{
    if (incident.isDrill() || state.workspace->practice)
        return false;
    return std::none_of(reach.begin(), reach.end(), [](const Reach &r) { return r.why.empty(); });
}

std::string_view howFar(const State &state, const state::Update &update)
{
    auto it = update.outbox == 0 ? state.outbox.end() : state.outbox.find(update.outbox);
    if (it == state.outbox.end())
        return {};
    constexpr Delivery kWorstFirst[] = {Delivery::Failed, Delivery::Unknown, Delivery::Queued, Delivery::Sent, Delivery::Confirmed};
    const auto rank = [&](Delivery d) { return std::find(std::begin(kWorstFirst), std::end(kWorstFirst), d) - std::begin(kWorstFirst); };
    const events::OutboxQueued &last = it->second.what;
    const Instant at = it->second.queuedAt;
    Delivery worst = it->second.delivery;
    // Its posts were queued in one record, one behind the other.
    while (it != state.outbox.begin() && (--it)->second.queuedAt == at && it->second.what.incident == last.incident && it->second.what.subject == last.subject)
        if (rank(it->second.delivery) < rank(worst))
            worst = it->second.delivery;
    return qd::word(worst);
}

} // namespace qd::comms
