// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/nags.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <functional>
#include <map>

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

/// Severe, real, and not calm yet.
bool isUnderWay(const Incident &i)
{
    return i.status <= IncidentStatus::Active && i.severity <= IncidentSeverity::Sev2 && !i.isDrill();
}

/// Somebody has said which service, or who suffers, or told others.
bool isScoped(const State &state, const Incident &i)
{
    return !i.service.empty() || !i.reckoned.hurt.empty() || !i.reckoned.howMany.empty() || !i.reckoned.business.empty() || !i.updates.empty()
        || std::any_of(i.outward.begin(), i.outward.end(), [](const state::OutwardMessage &m) { return static_cast<bool>(m.releasedAt); })
        || std::any_of(state.pages.begin(), state.pages.end(), [&](const state::StatusPageState &p) {
               return std::any_of(p.notices.begin(), p.notices.end(), [&](const state::PageNotice &n) { return n.incident == i.id; });
           });
}

Instant scopeAskedAt(const State &state, const Incident &i)
{
    return isUnderWay(i) && !i.leading.scopeAskedAt && !isScoped(state, i) ? i.declaredAt + kScopeAfter : Instant{};
}

/// An incident nobody ever did anything in has aged, which is said elsewhere.
Instant longSaidAt(const Incident &i)
{
    return isUnderWay(i) && !i.leading.longSaidAt && lastDone(i) > i.declaredAt ? i.declaredAt + kLongAfter : Instant{};
}

Instant tiredSaidAt(const Incident &i)
{
    const auto commander = i.roles.find(Role::Commander);
    if (!isUnderWay(i) || commander == i.roles.end() || commander->second.person.empty())
        return {};
    const Instant since = commander->second.since;
    return i.leading.tiredSaidAt >= since + kTiredAfter ? i.leading.tiredSaidAt + kTiredAgain : since + kTiredAfter;
}

/// Who is told of an incident.
std::string leads(const Incident &i)
{
    const std::string commander = i.holder(Role::Commander);
    return commander.empty() ? i.declaredBy : commander;
}

std::string hoursOf(Span s)
{
    return toText(Span{s.ns / minutes(1).ns * minutes(1).ns});
}

events::Nagged askForScope(const Incident &i)
{
    return {i.id + std::string(events::kScopeOf), leads(i), i.id,
            "declared " + toText(kScopeAfter) + " ago, and nobody has said what is affected: which service, who notices it, how many? The severity's three questions say it, or the first update",
            {"nag/scope", {"no service, no answers about the severity, no update since " + clockText(i.declaredAt)}, {}}};
}

events::Nagged sayLong(const State &state, const Incident &i)
{
    const std::string commander = i.holder(Role::Commander);
    return {i.id + std::string(events::kLongOf), leads(i), i.id,
            "it goes on for more than " + toText(kLongAfter) + ": lead it as a long one. Who relieves "
                + (commander.empty() ? std::string("whom") : state.workspace->nameOf(commander)) + ", and when (handover); who may go and rest; when does everybody hear next?",
            {"nag/long", {"declared " + clockText(i.declaredAt) + " and not mitigated"}, {}}};
}

events::Nagged sayTired(const State &state, const Incident &i, Instant now)
{
    const std::string commander = i.holder(Role::Commander);
    const Instant since = i.roles.at(Role::Commander).since;
    return {i.id + std::string(events::kTiredOf), commander, i.id,
            state.workspace->nameOf(commander) + " commands for " + hoursOf(now - since) + " without relief: a shift is over, hand over to somebody rested (handover)",
            {"nag/tired", {"since " + toRfc3339(since)}, {}}};
}

constexpr std::string_view kCutOffOf = "/cut-off", kReviewOf = "/review"; ///< of Nagged::subject

/// A room of an incident that nothing reaches: its connection is down, and posts wait for it.
struct CutOff {
    std::string room, problem;
    std::size_t waiting = 0;
    Instant since; ///< of the post that waits longest
    std::string instead = {}; ///< where each is said that waits for too long, "CONNECTION/ADDRESS"
};

bool isDown(const state::Source &s)
{
    return isChat(s.connection.kind) && !s.state.empty() && s.state != "live" && s.state != "catching-up";
}

/// By incident; nothing is looked at while every chat connection stands.
std::map<std::string, std::vector<CutOff>> cutOff(const State &state)
{
    std::map<std::string, std::vector<CutOff>> out;
    if (std::none_of(state.sources.begin(), state.sources.end(), isDown))
        return out;
    for (const auto &queued : state.outbox) {
        const auto &o = queued.second;
        const bool waits = o.delivery == Delivery::Queued || o.delivery == Delivery::Sent || o.delivery == Delivery::Unknown;
        const state::Source *s = waits && o.what.effect == events::Effect::Post ? state.source(o.what.connection) : nullptr;
        if (!s || !isDown(*s))
            continue;
        auto &rooms = out[o.what.incident];
        auto room = std::find_if(rooms.begin(), rooms.end(), [&](const CutOff &c) { return c.room == o.what.room; });
        if (room == rooms.end())
            room = rooms.insert(rooms.end(), {o.what.room, s->problem, 0, o.queuedAt, s->connection.insteadRoom});
        ++room->waiting;
        room->since = std::min(room->since, o.queuedAt);
    }
    return out;
}

Instant cutOffAt(const State &state, const Incident &i, const std::vector<CutOff> &rooms)
{
    if (!i.isOpen() || rooms.empty())
        return {};
    const auto first = std::min_element(rooms.begin(), rooms.end(), [](const CutOff &a, const CutOff &b) { return a.since < b.since; });
    const Instant said = naggedAt(state, i.id + std::string(kCutOffOf));
    return std::max(first->since + kCutOff, said && said >= first->since ? said + kCutOffAgain : Instant{});
}

/// What waits there stays that room's own and goes there when it can: another room of the incident is told by posts of its own, and the one a connection names for
/// that (core/desk/instead.h) is told what waits.
events::Nagged sayCutOff(const Incident &i, const std::vector<CutOff> &rooms)
{
    std::string text, others;
    for (const CutOff &c : rooms)
        text += (text.empty() ? "nothing reaches " : "; nothing reaches ") + c.room + " since " + clockText(c.since) + " (" + (c.problem.empty() ? "its connection is down" : safeLine(c.problem, 160)) + "): "
            + std::to_string(c.waiting) + (c.waiting == 1 ? " post waits" : " posts wait") + (c.instead.empty() ? "" : " and is said in " + c.instead + " instead, as far as that may be");
    for (const state::Room &r : i.rooms)
        if (!r.leftAt && std::none_of(rooms.begin(), rooms.end(), [&](const CutOff &c) { return c.room == r.address; }))
            others += (others.empty() ? "" : ", ") + r.address;
    text += others.empty() ? ". Attach a room that can be reached, which is told where things stand: room --attach ADDRESS --incident " + i.id + "; what must be known now, send by mail"
                           : ". " + others + " is told of everything meanwhile";
    const std::string who = i.holder(Role::Commander).empty() ? i.declaredBy : i.holder(Role::Commander);
    return {i.id + std::string(kCutOffOf), who, i.id, text, {"nag/cut-off", {std::to_string(rooms.size()) + (rooms.size() == 1 ? " room" : " rooms") + " cut off for " + std::to_string(kCutOff.ns / minutes(1).ns) + " minutes"}, {}}};
}

/// What a review owes: its draft, and the actions that came of it.
struct Owed {
    std::string subject, person, text, why;
    Instant at;
};

/// Its draft is said to be due once before, when it is, and again from time to time.
Instant draftSaidAt(const State &state, const Incident &i)
{
    const state::Review &r = i.review;
    if (!r.isOpen() || r.phase >= ReviewPhase::Reviewed || !r.due)
        return {};
    const Instant said = naggedAt(state, i.id + std::string(kReviewOf)), before = r.due - kDraftBefore;
    if (before > r.openedAt && said < before)
        return before;
    return said < r.due ? r.due : said + kDraftAgain;
}

std::vector<Owed> owedOf(const State &state, const Incident &i)
{
    std::vector<Owed> out;
    if (i.isDrill() || !i.review.waits())
        return out;
    const auto day = [](Instant t) { return toRfc3339(t).substr(0, 16) + "Z"; };
    const std::uint32_t severity = i.review.dueFor;
    const std::string by = severity == 0 || severity == static_cast<std::uint32_t>(i.severity) ? std::string() : ", by " + std::string(word(static_cast<IncidentSeverity>(severity))) + ", the worst it was";
    if (const Instant at = draftSaidAt(state, i)) {
        const bool isLate = at >= i.review.due;
        out.push_back({i.id + std::string(kReviewOf), i.review.owner,
                       isLate ? "the draft of its review is due since " + day(i.review.due) + by + ": finish it, or say when it comes (review open --due)" : "the draft of its review is due at " + day(i.review.due) + by + ", so that it is read before it is talked about; whoever took part can say how it was handled, without a name: review feedback " + i.id + " 1 (badly) to 5 (well)",
                       "due " + toRfc3339(i.review.due), at});
    }
    for (const state::Action &a : i.review.actions) {
        if (!a.isOpen() || !a.due)
            continue;
        const std::string subject = i.id + "/action/" + std::to_string(a.number);
        const Instant said = naggedAt(state, subject);
        out.push_back({subject, a.owner.empty() ? i.review.owner : a.owner,
                       "action " + std::to_string(a.number) + " is due since " + day(a.due) + ": " + a.text + (a.owner.empty() ? " (it has no owner)" : "") + ": is it done, or when will it be?", "due " + toRfc3339(a.due),
                       said < a.due ? a.due : said + kActionAgain});
    }
    return out;
}

events::Nagged askAfterRooms(const Incident &i)
{
    std::string rooms;
    for (const state::Room &r : i.rooms)
        if (!r.leftAt)
            rooms += (rooms.empty() ? "" : ", ") + r.address;
    return {i.id + std::string(events::kRoomsOf), leads(i), i.id, "it is over since " + toRfc3339(i.resolvedAt).substr(0, 10) + " and its room is still read (" + rooms + "): leave it with room --leave, or archive it too with room --archive where its platform can",
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
    const auto cut = cutOff(state);
    for (const std::uint32_t number : lookedAt(state, now)) {
        const Incident &i = state.incidents.at(number);
        if (const auto rooms = cut.find(i.id); rooms != cut.end() && out.size() < kNagsAtOnce)
            if (const Instant at = cutOffAt(state, i, rooms->second); at && at <= now)
                out.emplace_back(sayCutOff(i, rooms->second));
        if (const Instant rooms = roomsAskedAt(state, i); rooms && rooms <= now && out.size() < kNagsAtOnce)
            out.emplace_back(askAfterRooms(i));
        const auto isDue = [&](Instant at) { return at && at <= now && out.size() < kNagsAtOnce; };
        if (isDue(scopeAskedAt(state, i)))
            out.emplace_back(askForScope(i));
        if (isDue(longSaidAt(i)))
            out.emplace_back(sayLong(state, i));
        if (isDue(tiredSaidAt(i)))
            out.emplace_back(sayTired(state, i, now));
        for (const Owed &o : owedOf(state, i))
            if (isDue(o.at))
                out.emplace_back(events::Nagged{o.subject, o.person, i.id, o.text, {"nag/review", {o.why}, {}}});
        const Instant at = agesAt(state, i);
        if (!at || at > now || out.size() >= kNagsAtOnce)
            continue;
        out.emplace_back(events::Nagged{i.id, leads(i), i.id, "nobody did anything in it since " + toRfc3339(lastDone(i)).substr(0, 16) + "Z: is it over, or who goes on?",
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
    for (const auto &[id, rooms] : cutOff(state))
        if (const Incident *i = state.incident(id))
            sooner(cutOffAt(state, *i, rooms));
    for (const std::uint32_t number : state.incidents.unsettled())
        for (const Incident *i = &state.incidents.at(number); const Instant at : {agesAt(state, *i), roomsAskedAt(state, *i), scopeAskedAt(state, *i), longSaidAt(*i), tiredSaidAt(*i)})
            sooner(at);
    for (const std::uint32_t number : state.incidents.unsettled())
        for (const Owed &o : owedOf(state, state.incidents.at(number)))
            sooner(o.at);
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
