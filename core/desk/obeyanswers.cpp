// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/obeyanswers.h"

#include "core/comms/reach.h"
#include "core/comms/words.h"
#include "core/governance/clearance.h"
#include "core/governance/policy.h"
#include "core/oncall/targets.h"
#include "core/triage/why.h"

#include <algorithm>

namespace qd::desk {

using state::Incident;
using state::State;

namespace {

constexpr std::size_t kServicesNamed = 8; ///< of those that could have been named

/// What was understood of what is hit; of none, what that means and how one is named.
std::string serviceUnderstood(const State &state, const std::string &service)
{
    if (!service.empty())
        return ". Service: " + service + ".";
    std::string some;
    std::size_t n = 0;
    for (const Service &s : state.workspace->services) {
        Incident of;
        of.service = s.id;
        if (governance::isRestricted(*state.workspace, of))
            continue;
        some += (n == 0 ? "" : ", ") + (n == kServicesNamed ? std::string("…") : s.id);
        if (n++ == kServicesNamed)
            break;
    }
    return ". No service is named, so no policy calls anybody; !page team does. The next time: !declare [SEV2] service: title" + (some.empty() ? std::string() : " (" + some + ")") + ".";
}

/// Whether somebody is really called by it is not for the asker to guess.
std::string paged(const std::string &who, bool observed)
{
    return observed ? who + " would be paged, but the call only observes: their own pager calls them." : who + " is paged.";
}

} // namespace

std::string answerTo(const State &state, const Command &command, const std::string &done, const Decision &d, const std::string &person)
{
    if (holds<DeclareIncident>(command) || holds<DeclareAgain>(command)) {
        const auto *declared = d.events.empty() ? nullptr : getIf<events::IncidentDeclared>(&d.events.front());
        if (!declared)
            return d.id + " is declared.";
        return declared->incident + " is declared: " + std::string(word(declared->severity)) + " " + declared->title + (holds<DeclareIncident>(command) ? serviceUnderstood(state, declared->service) : std::string());
    }
    if (holds<TakeCommand>(command)) {
        const auto *claim = d.events.empty() ? nullptr : getIf<events::CommandClaimed>(&d.events.front());
        if (!claim || d.events.size() > 1) // it moves in the same record
            return state.workspace->nameOf(person) + " is Incident Commander.";
        return state.workspace->nameOf(person) + " is Incident Commander at " + toRfc3339(claim->until).substr(11, 8) + " UTC, unless somebody with a role objects: !object why";
    }
    if (const auto *poll = d.events.empty() ? nullptr : getIf<events::PollAsked>(&d.events.front())) {
        std::string names;
        for (const std::string &asked : poll->people)
            names += (names.empty() ? "" : ", ") + state.workspace->nameOf(asked);
        const std::string n = std::to_string(poll->poll);
        return "Poll " + n + ", asked: " + names + ". Answer with !go " + n + " or !nogo " + n + " why.";
    }
    for (const events::Event &event : d.events)
        if (const auto *sent = getIf<events::UpdateIssued>(&event)) {
            const Incident *of = state.incident(sent->incident);
            std::vector<comms::Reach> reach = of ? comms::reachOf(state, *of, sent->to) : std::vector<comms::Reach>();
            std::erase_if(reach, [](const comms::Reach &place) { return !place.why.empty(); }); // a note says so
            return done + (reach.empty() ? "" : " It goes to " + comms::inWords(reach) + ".");
        }
    if (const auto *started = d.events.empty() ? nullptr : getIf<events::EscalationStarted>(&d.events.front()))
        return paged(done, started->observed);
    if (const auto *next = getIf<EscalateNow>(&command))
        return paged(done, next->escalation >= 1 && next->escalation <= state.escalations.size() && state.escalations[next->escalation - 1].observed);
    return done;
}

std::string whoHasIt(const State &state, const Incident &i, Instant now)
{
    const std::string commander = i.holder(Role::Commander);
    std::string out = i.id + ": " + (commander.empty() ? std::string("nobody commands") : state.workspace->nameOf(commander) + " commands");
    for (const auto &[role, held] : i.roles)
        if (role != Role::Commander && !held.person.empty())
            out += "; " + std::string(word(role)) + " " + state.workspace->nameOf(held.person);
    const Service *service = state.workspace->service(i.service);
    if (service && !service->team.empty()) {
        std::string people;
        for (const auto &called : oncall::behind(state, service->team, now).people)
            people += (people.empty() ? "" : ", ") + state.workspace->nameOf(called.person);
        out += "; on call for " + service->id + ": " + (people.empty() ? "nobody" : people);
    }
    for (const state::Escalation &x : state.escalations)
        if (x.isRunning() && x.incident == i.id && !x.steps.empty())
            out += "; " + state::calling(x.steps.back(), "calls");
    return out + ".";
}

std::string whyInWords(const State &state, const state::Alert &a)
{
    std::string out;
    for (const triage::Reason &r : triage::why(state, a))
        out += (out.empty() ? "" : "; ") + triage::sentence(r);
    return out + ".";
}

std::string whyInWords(const State &state, const Incident &i)
{
    std::string out = i.id + " was declared by " + state.workspace->nameOf(i.declaredBy) + " at " + clockText(i.declaredAt);
    for (const state::Escalation &x : state.escalations) {
        if (x.incident != i.id)
            continue;
        out += "; call " + std::to_string(x.number) + " by policy " + x.policy + ": " + (x.isRunning() ? std::string("runs") : x.outcome);
        if (!x.because.empty())
            for (const std::string &m : x.because.front().matched)
                out += ", " + m;
    }
    return out + ".";
}

std::string inRoom(const State &state, const Incident &incident, const events::MessageSeen &message, const governance::Subject &about, std::string text)
{
    for (const governance::Subject &each : {about, governance::Subject{incident.service, incident.id}})
        text = sealed(text, governance::readerOf(state, {governance::Place::Kind::Room, message.room, message.connection, each}));
    return text;
}

std::string heardIn(const Incident &incident, const events::MessageSeen &message)
{
    const bool isNamed = std::any_of(incident.rooms.begin(), incident.rooms.end(), [&](const state::Room &r) { return r.connection == message.connection && r.address == message.room && r.created && !r.isPrivate; });
    return isNamed ? message.room : "another room";
}

std::uint64_t saidLately(const State &state, const events::Events &events, Instant since)
{
    const auto it = std::find_if(events.begin(), events.end(), [](const events::Event &e) { return holds<events::OutboxQueued>(e); });
    if (it == events.end())
        return 0;
    events::OutboxQueued what = *getIf<events::OutboxQueued>(&*it);
    governance::seal(state, what);
    return static_cast<std::uint64_t>(std::count_if(state.outbox.begin(), state.outbox.end(), [&](const auto &o) {
        const events::OutboxQueued &said = o.second.what;
        return o.second.queuedAt > since && o.second.delivery != Delivery::Failed && said.effect == what.effect && said.connection == what.connection && said.room == what.room
            && said.thread == what.thread && said.incident == what.incident && said.text == what.text;
    }));
}

} // namespace qd::desk
