// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/command.h"

#include "core/command/brief.h"

#include <algorithm>
#include <unordered_set>

namespace qd::command {

using state::Incident;
using state::State;

namespace {

constexpr std::size_t kLookBack = 2000; ///< lines of an incident that are looked through for a sign of somebody

std::string secondText(Instant t)
{
    return toRfc3339(t).substr(11, 8) + " UTC";
}

bool mayTake(const State &state, const Incident &incident, const std::string &person)
{
    const auto &permitted = state.workspace->mayTakeCommand;
    return incident.holder(Role::Deputy) == person || permitted.empty() || std::find(permitted.begin(), permitted.end(), person) != permitted.end();
}

bool hasRole(const Incident &incident, const std::string &person)
{
    return std::any_of(incident.roles.begin(), incident.roles.end(), [&](const auto &r) { return r.second.person == person; })
        || std::any_of(incident.ownRoles.begin(), incident.ownRoles.end(), [&](const state::OwnRole &own) { return own.held.person == person; });
}

/// A claim's time to object begins again when nobody could have objected.
Instant endOf(const State &state, const state::Claim &claim)
{
    return state.resumedAt > claim.at ? std::max(claim.until, state.resumedAt + kObjection) : claim.until;
}

bool isVacant(const Incident &i)
{
    return i.isOpen() && i.severity <= IncidentSeverity::Sev2 && i.leading.openSince;
}

/// Of the timeline of an incident, or of the log.
template <typename Entries>
Instant lastOf(const Entries &entries, const std::string &person, Instant since)
{
    // The times of messages are their server's, and those of an archive come late: the order is the journal's.
    Instant last;
    std::size_t looked = 0;
    for (auto e = entries.rbegin(); e != entries.rend() && looked < kLookBack; ++e, ++looked)
        if (const Instant at = std::max(e->written(), e->revisedAt); e->actor == person && at > since && !e->replayed && e->origin.empty() && (e->via != Path::Chat || e->verified))
            last = std::max(last, at);
    return last;
}

} // namespace

Result<events::Events> take(const State &state, const Incident &incident, const std::string &reason, const events::Actor &by, Instant now)
{
    const std::string holder = incident.holder(Role::Commander);
    const events::RoleAssumed assumed{incident.id, Role::Commander, by.person, by};
    if (holder == by.person)
        return fail(Code::Conflict, state.workspace->nameOf(holder) + " is " + std::string(word(Role::Commander)) + " of " + incident.id + " already.");
    if (holder.empty())
        return events::Events{assumed};
    const state::Claim &claim = incident.leading.claim;
    if (!claim.person.empty())
        return fail(Code::Conflict, state.workspace->nameOf(claim.person) + " is taking command of " + incident.id + " at " + secondText(endOf(state, claim)) + " already.");
    const state::Leading &l = incident.leading;
    const bool back = l.takenFrom == by.person && l.takenBy == holder && now - l.takenAt <= kTakeBack;
    if (!back && !mayTake(state, incident, by.person))
        return fail(Code::Forbidden, "Only the deputy, or whom the workspace names in may_take_command, takes command from " + state.workspace->nameOf(holder) + ".");
    events::CommandClaimed e{incident.id, holder, reason, now, {}, by};
    e.because.rule = "command.take";
    const Span patience = state.workspace->silentAfter;
    const Instant since = incident.roles.at(Role::Commander).since;
    // Nothing can have been heard while nothing ran.
    const Instant did = std::max({lastHeard(state, holder, now - patience), since, state.resumedAt}), heard = std::max(did, l.seenAt);
    if (back) {
        e.because.rule = "command.back";
        e.because.matched.push_back("taken back within " + toText(kTakeBack));
    } else if (reason.empty()) {
        return fail(Code::Invalid, state.workspace->nameOf(holder) + " has command; say why you take it: --reason.");
    } else if (now - heard >= patience) {
        e.because.matched.push_back(holder + " did nothing for " + toText(patience) + (l.seenAt ? ", and was last at a seat at " + secondText(l.seenAt) : std::string()));
    } else {
        e.until = now + kObjection;
        e.because.matched.push_back(holder + (heard > did ? " is at a seat, last at " : " was last heard at ") + secondText(heard));
        return events::Events{std::move(e)};
    }
    return events::Events{std::move(e), assumed};
}

Result<events::Events> object(const Incident &incident, const std::string &reason, const events::Actor &by)
{
    const state::Claim &claim = incident.leading.claim;
    if (claim.person.empty())
        return fail(Code::NotFound, "Nobody is taking command of " + incident.id + ".");
    if (claim.person != by.person && !hasRole(incident, by.person))
        return fail(Code::Forbidden, "Only who has a role in " + incident.id + " objects; take one, or tell the commander.");
    return events::Events{events::ClaimObjected{incident.id, reason, by}};
}

Result<events::Events> offer(const State &state, const Incident &incident, const std::string &to, const Words &words, const events::Actor &by, Instant now)
{
    const std::string holder = incident.holder(Role::Commander);
    if (holder != by.person)
        return fail(Code::Forbidden, holder.empty() ? "Nobody commands " + incident.id + ": whoever is to, takes command."
                                                    : "Only " + state.workspace->nameOf(holder) + " hands over command of " + incident.id + ".");
    if (to == by.person)
        return fail(Code::Conflict, "You have command already.");
    if (!state.workspace->person(to))
        return fail(Code::NotFound, "There is no person \"" + to + "\" in the workspace.");
    return events::Events{events::CommandOffered{incident.id, to, toText(brief(state, incident, now)), words.summary, words.actions, words.watch, by}};
}

Result<events::Events> accept(const Incident &incident, const std::string &readBack, const events::Actor &by)
{
    const state::Offer &offer = incident.leading.offer;
    if (offer.to.empty())
        return fail(Code::NotFound, "Command of " + incident.id + " is not offered to anybody.");
    if (offer.to != by.person)
        return fail(Code::Forbidden, "Command of " + incident.id + " is offered to " + offer.to + ".");
    if (readBack.empty())
        return fail(Code::Invalid, "Say in your own words what you take over: --read-back.");
    return events::Events{events::CommandAccepted{incident.id, readBack, by}, events::RoleAssumed{incident.id, Role::Commander, by.person, by}};
}

Result<events::Events> endOffer(const Incident &incident, const std::string &reason, const events::Actor &by)
{
    const state::Offer &offer = incident.leading.offer;
    if (offer.to.empty())
        return fail(Code::NotFound, "Command of " + incident.id + " is not offered to anybody.");
    if (offer.to != by.person && offer.from != by.person)
        return fail(Code::Forbidden, "That offer is between " + offer.from + " and " + offer.to + ".");
    return events::Events{events::OfferEnded{incident.id, reason, by}};
}

Instant lastHeard(const State &state, const std::string &person, Instant since)
{
    Instant last = lastOf(state.log, person, since);
    for (const auto &[number, i] : state.incidents)
        if (i.isOpen())
            last = std::max(last, lastOf(i.timeline, person, since));
    return last;
}

events::Events advance(const State &state, Instant now)
{
    events::Events out;
    for (const std::uint32_t number : state.incidents.unsettled()) {
        const Incident &i = state.incidents.at(number);
        const state::Claim &claim = i.leading.claim;
        const bool moves = i.isOpen() && !claim.person.empty() && endOf(state, claim) <= now;
        if (moves) {
            out.emplace_back(events::ClaimEnded{i.id, {"command.take", {"nobody objected until " + secondText(endOf(state, claim))}, {}}});
            out.emplace_back(events::RoleAssumed{i.id, Role::Commander, claim.person, {claim.person, Path::Own}});
        }
        const bool vacant = isVacant(i) && now - i.leading.openSince >= kVacant;
        if (vacant && !i.leading.vacant)
            out.emplace_back(events::CommandVacant{i.id, true, {"command.vacant", {std::string(word(i.severity)) + " without a commander since " + secondText(i.leading.openSince)}, {}}});
        else if (!vacant && i.leading.vacant)
            out.emplace_back(events::CommandVacant{i.id, false, {"command.vacant", {!i.isOpen() ? "it is over" : i.leading.openSince ? "it is " + std::string(word(i.severity)) : i.holder(Role::Commander) + " has command"}, {}}});
    }
    return out;
}

Instant nextDue(const State &state)
{
    Instant next;
    const auto sooner = [&](Instant at) {
        if (!next || at < next)
            next = at;
    };
    for (const std::uint32_t number : state.incidents.unsettled()) {
        const Incident &i = state.incidents.at(number);
        if (i.isOpen() && !i.leading.claim.person.empty())
            sooner(endOf(state, i.leading.claim));
        if (isVacant(i) != i.leading.vacant)
            sooner(i.leading.vacant ? std::max(state.time, Instant{1}) : i.leading.openSince + kVacant);
    }
    return next;
}

events::Events afterAlerts(const State &state, Instant now)
{
    events::Events out;
    for (const std::uint32_t number : state.incidents.unsettled()) {
        const Incident &i = state.incidents.at(number);
        const bool recent = i.status == IncidentStatus::Resolved && now - i.resolvedAt <= kRefire;
        if (!i.isOpen() && !recent)
            continue;
        if (i.isOpen()) {
            std::size_t known = 0;
            std::string firing;
            for (const std::string &key : i.alerts)
                if (const state::Alert *a = state.alert(key)) {
                    ++known;
                    if (a->status == AlertStatus::Firing) {
                        firing = key;
                        break;
                    }
                }
            if (known > 0 && firing.empty() && !i.closing.proposedAt)
                out.emplace_back(events::ResolveProposed{i.id, true, {"command.over", {"none of its " + std::to_string(known) + " alerts fires"}, {}}});
            else if (!firing.empty() && i.closing.proposedAt)
                out.emplace_back(events::ResolveProposed{i.id, false, {"command.over", {firing + " fires"}, {}}});
            continue;
        }
        const std::size_t room = state::kRefiredKept - std::min(i.closing.refired.size(), state::kRefiredKept);
        if (room == 0)
            continue;
        const std::unordered_set<std::string_view> still(i.closing.stillFiring.begin(), i.closing.stillFiring.end()), named(i.closing.refired.begin(), i.closing.refired.end());
        events::RefireSeen seen{i.id, {}, {"command.refire", {"within " + toText(kRefire) + " of its end"}, {"a resolved incident takes in nothing"}}};
        const auto isSeenTo = [&](const state::Alert &a) { // in another incident, which may be the one that was declared for them
            const Incident *other = a.incident == 0 || state.text(a.incident) == i.id ? nullptr : state.incident(state.text(a.incident));
            return other && other->isOpen();
        };
        for (const std::string &key : i.alerts) {
            const state::Alert *a = state.alert(key);
            if (a && !isSeenTo(*a) && a->status == AlertStatus::Firing && (a->openedAt > i.resolvedAt || !still.contains(key)) && !named.contains(key) && seen.keys.size() < room)
                seen.keys.push_back(key);
        }
        if (!seen.keys.empty())
            out.emplace_back(std::move(seen));
    }
    return out;
}

} // namespace qd::command
