// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/standdown.h"

#include "core/state/intervening.h"

#include <algorithm>
#include <unordered_set>

namespace qd::command {

using state::Incident;
using state::State;

namespace {

bool hasARole(const Incident &i, std::string_view person)
{
    return std::any_of(i.roles.begin(), i.roles.end(), [&](const auto &held) { return held.second.person == person; })
        || std::any_of(i.ownRoles.begin(), i.ownRoles.end(), [&](const state::OwnRole &own) { return own.held.person == person; });
}

} // namespace

std::vector<QuietHere> quietOf(const State &state, const Incident &i)
{
    const std::unordered_set<std::string_view> keys(i.alerts.begin(), i.alerts.end());
    std::unordered_set<std::string_view> quietBy; // what keeps one of its alerts quiet now
    for (const std::string &key : i.alerts)
        if (const state::Alert *a = state.alert(key); a && a->ownBy != 0)
            quietBy.insert(state.text(a->ownBy));
    const auto hasRole = [&](const std::string &person) { return hasARole(i, person); };
    std::vector<QuietHere> out;
    for (const state::Suppressor &s : state.suppressors.all) {
        if (!s.stands() || s.at < i.declaredAt)
            continue;
        const bool isOfIt = std::any_of(s.keys.begin(), s.keys.end(), [&](const std::string &key) { return keys.contains(key); }) || quietBy.contains(s.id)
            || (!s.service.empty() && s.service == i.service);
        if (isOfIt || hasRole(s.by))
            out.push_back({s.id, std::string(events::word(s.kind)), {}, s.owner, s.reason, s.until, s.keys.size()});
    }
    for (const state::Source &source : state.sources)
        for (const events::Silence &s : source.silences)
            if (s.state != "expired" && s.startsAt >= i.declaredAt && hasRole(s.createdBy))
                out.push_back({source.connection.name + "/" + s.id, "silence", source.connection.name, s.createdBy, s.comment, s.endsAt, 0});
    for (const state::StandingOverride &o : state.rota.overrides) {
        if (o.what.number != o.first || o.at < i.declaredAt || o.source.starts_with("calendar/") || !hasRole(o.by))
            continue;
        Instant until = o.what.until; // both halves of a swap are one
        for (const state::StandingOverride &other : state.rota.overrides)
            if (other.first == o.first && other.schedule == o.schedule)
                until = std::max(until, other.what.until);
        if (until > state.time)
            out.push_back({"override/" + std::to_string(o.what.number), "schedule", {}, o.by, o.schedule + (o.reason.empty() ? "" : ": " + o.reason), until, 0});
    }
    return out;
}

Sheet sheet(const State &state, const Incident &i)
{
    Sheet out;
    for (const std::string &key : i.alerts)
        if (const state::Alert *a = state.alert(key); a && a->status == AlertStatus::Firing)
            out.stillFiring.push_back(key);
    std::size_t leftOut = 0;
    for (const auto &t : i.tasks) {
        if (t.doneAt)
            continue;
        out.openTasks.push_back(t.number);
        const std::string line = state.workspace->nameOf(t.person) + ": " + t.text;
        if (out.followUps.size() + line.size() < kFollowUpsProposed)
            out.followUps += (out.followUps.empty() ? "" : "\n") + line;
        else
            ++leftOut;
    }
    if (leftOut > 0)
        out.followUps += "\nand " + std::to_string(leftOut) + " more open tasks";
    for (const auto &p : i.promises)
        if (!p.keptAt)
            out.openPromises.push_back(p.number);
    for (const auto &x : state.escalations)
        if (x.incident == i.id && x.isRunning())
            out.runningCalls.push_back(x.number);
    out.reasonsOwed = state::owedInWords(i);
    out.quiet = quietOf(state, i);
    for (const auto &r : i.rooms)
        if (!r.leftAt) {
            out.rooms.push_back(r.address);
            if (whyNotArchived(state, i, r).empty())
                out.archivable.push_back(r.address);
        }
    for (const auto &[number, other] : state.incidents)
        if (other.parent == i.id && other.isOpen())
            out.parts.push_back(other.id);
    const Instant calm = i.mitigatedAt ? i.mitigatedAt : i.closing.proposedAt;
    out.finalUpdate = calm && std::any_of(i.updates.begin(), i.updates.end(), [&](const auto &u) { return u.at >= calm && !u.unheard; });
    out.owesUpdate = calm && !out.finalUpdate && std::any_of(i.updates.begin(), i.updates.end(), [](const auto &u) { return !u.unheard; }) && !i.isDrill();
    out.needsReview = i.worst <= IncidentSeverity::Sev2; // as its review is gated
    return out;
}

std::string whyNotArchived(const State &state, const Incident &i, const state::Room &room)
{
    const state::Source *s = state.source(room.connection);
    if (!s)
        return room.address + " cannot be archived: the connection " + room.connection + " is gone.";
    if (!archivesRooms(s->connection.kind))
        return room.address + " cannot be archived: there is no archive for rooms of kind " + s->connection.kind + ". It can be left.";
    for (const auto &[number, other] : state.incidents)
        if (other.id != i.id && other.isOpen()
            && std::any_of(other.rooms.begin(), other.rooms.end(), [&](const state::Room &r) { return r.connection == room.connection && r.address == room.address && !r.leftAt; }))
            return room.address + " cannot be archived: it is the room of " + other.id + " too, which is open.";
    return {};
}

Result<events::Events> standDown(const State &state, const Incident &i, const Signed &with, const events::Actor &by, Instant now)
{
    if (!i.isOpen())
        return fail(Code::Conflict, i.id + " is " + std::string(word(i.status)) + " already.");
    if (with.verifiedBy.empty())
        return fail(Code::Invalid, "Say who verified that it is over: --verified-by.");
    for (const std::string &person : {with.verifiedBy, with.reviewOwner})
        if (!person.empty() && person != by.person && !state.workspace->person(person))
            return fail(Code::NotFound, "There is no person \"" + person + "\" in the workspace.");
    Sheet left = sheet(state, i);
    if (!left.stillFiring.empty() && with.firingReason.empty())
        return fail(Code::Invalid, std::to_string(left.stillFiring.size()) + (left.stillFiring.size() == 1 ? " alert of it still fires (" : " alerts of it still fire (")
                        + left.stillFiring.front() + "); say why it may: --still-firing.");
    for (const QuietHere &q : left.quiet)
        if (std::find(with.quiet.begin(), with.quiet.end(), q.id) == with.quiet.end())
            return fail(Code::Invalid, q.id + " was made here and still " + (q.kind == "schedule" ? "changes who is on call" : "keeps alerts quiet") + "; end it or keep it: --end " + q.id + ", --keep " + q.id + ".");
    if (left.owesUpdate && with.noUpdate.empty())
        return fail(Code::Invalid, "Updates were sent, and none since it calmed; send the last one (update), or say why there is none: --no-update.");
    for (const events::RoomKept &room : with.rooms) {
        if (room.what != "keep" && room.what != "leave" && room.what != "archive")
            return fail(Code::Invalid, "Say of room " + room.room + " whether to keep, to leave or to archive it.");
        if (std::find(left.rooms.begin(), left.rooms.end(), room.room) == left.rooms.end())
            return fail(Code::NotFound, room.room + " is no room of " + i.id + ".");
        for (const state::Room &r : i.rooms)
            if (const std::string why = room.what == "archive" && r.address == room.room && !r.leftAt ? whyNotArchived(state, i, r) : std::string(); !why.empty())
                return fail(Code::Conflict, why);
    }
    if (left.needsReview && (with.reviewOwner.empty() || !with.reviewDue))
        return fail(Code::Invalid, "A " + std::string(word(i.worst)) + (i.worst == i.severity ? "" : ", the worst it was,") + " is reviewed: say by whom and until when: --review-owner, --review-due.");
    if (with.reviewDue && with.reviewDue <= now)
        return fail(Code::Invalid, "The review cannot be due in the past.");
    events::StoodDown e{i.id, with.verifiedBy, with.summary, with.firingReason, with.reviewOwner, with.reviewDue, std::move(left.stillFiring), with.followUps, by, with.rooms, left.owesUpdate ? with.noUpdate : std::string()};
    return events::Events{std::move(e), events::StatusChanged{i.id, with.summary.empty() ? "stood down" : with.summary, IncidentStatus::Resolved, by}};
}

} // namespace qd::command
