// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/nags.h"

#include <algorithm>
#include <functional>

namespace qd::command {

using state::Incident;
using state::State;

namespace {

/// The last thing a person did in it that is recorded.
Instant lastDone(const Incident &i)
{
    const auto e = std::find_if(i.timeline.rbegin(), i.timeline.rend(), [](const state::Entry &each) { return !each.actor.empty() && each.actor != "core"; });
    return e == i.timeline.rend() ? i.declaredAt : std::max(e->written(), i.declaredAt);
}

/// A silence, ours or one a source keeps.
struct Standing {
    std::string id, owner, reason;
    Instant since, until;
};

void eachSilence(const State &state, const std::function<void(const Standing &)> &look)
{
    for (const state::Suppressor &s : state.suppressors.all)
        if (s.isActive() && s.kind == events::SuppressorKind::Silence)
            look({s.id, s.owner.empty() ? s.by : s.owner, s.reason, s.from, s.until});
    for (const state::Source &source : state.sources)
        for (const events::Silence &s : source.silences)
            if (s.state == "active")
                look({source.connection.name + "/" + s.id, s.createdBy, s.comment, s.startsAt, s.endsAt});
}

/// How many firing alerts it keeps quiet: by our own name for ours, by the source's for its own.
std::size_t keptQuiet(const State &state, const std::string &id)
{
    const Symbol own = state.symbols.find(id), theirs = state.symbols.find(id.substr(id.find('/') + 1));
    return static_cast<std::size_t>(std::count_if(state.alerts.all.begin(), state.alerts.all.end(), [&](const state::Alert &a) {
        return a.status == AlertStatus::Firing && ((own != 0 && a.ownBy == own) || (theirs != 0 && a.reported != Suppression::None && a.reportedBy == theirs));
    }));
}

Instant naggedAt(const State &state, const std::string &subject)
{
    const auto it = state.nagged.find(subject);
    return it == state.nagged.end() ? Instant{} : it->second;
}

/// When an incident has aged; it is said again as long after.
Instant agesAt(const State &state, const Incident &i)
{
    if (!i.isOpen() || i.isDrill())
        return {};
    return std::max(lastDone(i), naggedAt(state, i.id)) + (i.severity <= IncidentSeverity::Sev2 ? kAgingSevere : kAging);
}

Instant forgottenAt(const State &state, const Standing &s)
{
    const Instant at = std::max(s.since, naggedAt(state, s.id)) + kForgotten;
    return s.until && at >= s.until ? Instant{} : at;
}

Instant endsSoonAt(const State &state, const Standing &s)
{
    if (!s.until || s.until - s.since < kEndsSoonOf)
        return {};
    const Instant at = s.until - kEndsSoon;
    return naggedAt(state, s.id) >= at ? Instant{} : at;
}

/// When it is asked whether its rooms can be left: once, long after its end.
Instant roomsAskedAt(const State &state, const Incident &i)
{
    const Span after = state.workspace->roomsAfter;
    const bool keeps = std::any_of(i.rooms.begin(), i.rooms.end(), [](const state::Room &r) { return !r.leftAt; });
    return after.ns > 0 && !i.isOpen() && i.resolvedAt && !i.closing.roomsAskedAt && keeps && !i.isDrill() ? i.resolvedAt + after : Instant{};
}

events::Nagged askAfterRooms(const Incident &i)
{
    std::string rooms;
    for (const state::Room &r : i.rooms)
        if (!r.leftAt)
            rooms += (rooms.empty() ? "" : ", ") + r.address;
    const std::string who = i.holder(Role::Commander).empty() ? i.declaredBy : i.holder(Role::Commander);
    return {i.id + std::string(events::kRoomsOf), who, i.id, "it is over since " + toRfc3339(i.resolvedAt).substr(0, 10) + " and its room is still read (" + rooms + "): leave it with room --leave, or archive it too with room --archive where its platform can",
            {"nag/rooms", {"over since " + toRfc3339(i.resolvedAt)}, {}}};
}

/// Of which something may be due, ascending: whatever is let go of when, in the same order.
std::vector<std::uint32_t> lookedAt(const State &state, Instant now)
{
    std::vector<std::uint32_t> out = state.incidents.unsettled();
    for (const auto &[over, number] : state.incidents.roomed()) {
        if (over + state.workspace->roomsAfter > now)
            break;
        out.push_back(number);
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

events::Events nagsDue(const State &state, Instant now)
{
    events::Events out;
    for (const std::uint32_t number : lookedAt(state, now)) {
        const Incident &i = state.incidents.at(number);
        if (const Instant rooms = roomsAskedAt(state, i); rooms && rooms <= now && out.size() < kNagsAtOnce)
            out.emplace_back(askAfterRooms(i));
        const Instant at = agesAt(state, i);
        if (!at || at > now || out.size() >= kNagsAtOnce)
            continue;
        const std::string who = i.holder(Role::Commander).empty() ? i.declaredBy : i.holder(Role::Commander);
        out.emplace_back(events::Nagged{i.id, who, i.id, "nobody did anything in it since " + toRfc3339(lastDone(i)).substr(0, 16) + "Z: is it over, or who goes on?",
                                        {"nag/aging", {std::string(word(i.severity)) + ", nothing recorded of anybody since " + toRfc3339(lastDone(i))}, {}}});
    }
    eachSilence(state, [&](const Standing &s) {
        if (out.size() >= kNagsAtOnce)
            return;
        if (const Instant soon = endsSoonAt(state, s); soon && soon <= now && now < s.until) {
            const std::size_t quiet = keptQuiet(state, s.id);
            // Where nothing is kept quiet that is remembered too: what fires later was not forgotten.
            out.emplace_back(events::Nagged{s.id, quiet > 0 ? s.owner : std::string(), {},
                                            s.id + " ends at " + clockText(s.until) + ", and " + std::to_string(quiet) + (quiet == 1 ? " alert it keeps quiet still fires" : " alerts it keeps quiet still fire")
                                                + (s.reason.empty() ? "" : " (" + s.reason + ")") + ": keep it, or let them be heard",
                                            {"nag/ends-soon", {"until " + toRfc3339(s.until)}, {}}});
        } else if (const Instant at = forgottenAt(state, s); at && at <= now) {
            const auto *use = state.suppressors.use(s.id);
            out.emplace_back(events::Nagged{s.id, s.owner, {},
                                            s.id + " stands since " + toRfc3339(s.since).substr(0, 10) + (s.reason.empty() ? "" : " (" + s.reason + ")")
                                                + (use && use->hits > 0 ? ", the last it kept quiet was at " + toRfc3339(use->lastHit).substr(0, 16) + "Z" : std::string()) + ": is it still wanted?",
                                            {"nag/forgotten", {"since " + toRfc3339(s.since)}, {}}});
        }
    });
    return out;
}

Instant nextNag(const State &state)
{
    Instant next;
    const auto sooner = [&](Instant at) {
        if (at && (!next || at < next))
            next = at;
    };
    for (const std::uint32_t number : state.incidents.unsettled())
        for (const Incident *i = &state.incidents.at(number); const Instant at : {agesAt(state, *i), roomsAskedAt(state, *i)})
            sooner(at);
    if (const auto &roomed = state.incidents.roomed(); !roomed.empty()) // the first that was over is asked after first
        sooner(roomsAskedAt(state, state.incidents.at(roomed.front().second)));
    eachSilence(state, [&](const Standing &s) {
        if (const Instant soon = endsSoonAt(state, s); soon && state.time < s.until)
            sooner(soon);
        sooner(forgottenAt(state, s));
    });
    return next;
}

} // namespace qd::command
