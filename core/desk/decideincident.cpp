// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/ascii.h"
#include "core/base/clocktext.h"
#include "core/base/safetext.h"
#include "core/command/related.h"
#include "core/command/severity.h"
#include "core/command/standdown.h"
#include "core/desk/arranging.h"
#include "core/desk/effects.h"
#include "core/governance/policy.h"
#include "core/topology/impact.h"

#include <algorithm>

namespace qd::desk {

using state::Incident;
using state::State;

namespace {

constexpr std::size_t kRoleTitleLimit = 40;
constexpr std::size_t kRelatedSaid = 4; ///< notes of a declaration with it

Result<> knownAlerts(const State &state, const Strings &keys)
{
    if (keys.size() > kAlertsLimit)
        return fail(Code::TooLarge, "More than 10,000 alerts in one command; do it in parts.");
    for (const auto &k : keys)
        if (!state.alert(k))
            return fail(Code::NotFound, "There is no alert " + safeLine(k, 200) + "; `get alerts` lists the keys.");
    return {};
}

template <typename E>
Result<E> wordOf(const std::string &text, const char *what, const char *choices)
{
    if (const auto v = fromWord<E>(text))
        return *v;
    return fail(Code::Invalid, std::string("\"") + safeLine(text, 60) + "\" is not a " + what + "; it is one of " + choices + ".");
}

struct DecidingIncident {
    const State &state;
    const events::Actor &by;
    Instant now;

    Result<Decision> operator()(const DeclareIncident &c) const { return declare(c, {}); }
    Result<Decision> operator()(const DeclareAgain &c) const
    {
        const auto found = incidentMeant(state, c.incident);
        if (!found)
            return tl::unexpected(found.error());
        const Incident &before = **found;
        if (before.isOpen())
            return fail(Code::Conflict, before.id + " is " + std::string(word(before.status)) + ": it goes on, and a new one follows what is over.");
        if (before.status == IncidentStatus::Merged)
            return tl::unexpected(notOpen(before));
        DeclareIncident d;
        d.title = cleanText(c.title).empty() ? before.title : c.title;
        d.severity = c.severity.empty() ? std::string(word(before.severity)) : c.severity;
        d.service = c.service.empty() ? before.service : c.service;
        d.kind = before.kind == "backfilled" || before.kind == "rebuilt" ? "real" : before.kind;
        d.room = c.room;
        d.alerts = c.alerts;
        if (c.alerts.empty())
            for (const std::string &key : before.closing.refired) {
                const state::Alert *a = state.alert(key);
                const Incident *other = a ? state.incident(state.text(a->incident)) : nullptr;
                if (a && a->status == AlertStatus::Firing && !(other && other->isOpen()))
                    d.alerts.push_back(key);
            }
        return declare(d, before.id);
    }
    [[nodiscard]] Result<Decision> declare(const DeclareIncident &c, const std::string &follows) const
    {
        const auto title = textOf(c.title, "title");
        if (!title)
            return tl::unexpected(title.error());
        const auto answers = command::answersOf(c.hurt, c.howMany, c.workaround);
        if (!answers)
            return tl::unexpected(answers.error());
        Reckoning reckoned;
        if (*answers) { // as it would be reckoned once it is declared
            Incident about;
            about.service = safeLine(c.service);
            about.alerts = c.alerts;
            reckoned = command::reckon(state.workspace->matrix(), topology::impactOf(state, about), **answers);
        }
        auto severity = c.severity.empty() ? Result<IncidentSeverity>(*answers ? reckoned.suggested : IncidentSeverity::Sev3)
                                           : wordOf<IncidentSeverity>(c.severity, "severity", "SEV1, SEV2, SEV3, SEV4, SEV5");
        if (!severity)
            return tl::unexpected(severity.error());
        if (!c.kind.empty() && c.kind != "real" && c.kind != "drill" && c.kind != "example" && c.kind != "maintenance" && c.kind != "backfilled")
            return fail(Code::Invalid, c.kind == "rebuilt" ? "An incident is rebuilt from its files: quarterdeckctl rebuild FILE…" : "The kind of an incident is real, drill, example, maintenance or backfilled.");
        Instant since;
        if (!c.since.empty()) {
            const auto t = parseInstant(c.since);
            if (!t)
                return tl::unexpected(t.error());
            if (*t > now)
                return fail(Code::Invalid, "The impact cannot begin in the future.");
            since = *t;
        }
        Instant until;
        if (c.kind == "backfilled") {
            const auto t = parseInstant(c.until);
            if (!t || !since || *t < since || *t > now)
                return fail(Code::Invalid, "An incident that is written down afterwards says since when and until when it was: --since, --until, both in the past.");
            if (!c.attach.empty() || c.triage)
                return fail(Code::Invalid, "An incident that is written down afterwards has no room and no triage; both are for what goes on.");
            until = *t;
        } else if (!c.until.empty()) {
            return fail(Code::Invalid, "Until when an incident was is said of kind backfilled only; resolve one that goes on.");
        }
        if (const auto known = knownAlerts(state, c.alerts); !known)
            return tl::unexpected(known.error());
        std::string attach;
        if (!c.attach.empty()) {
            auto room = attachable(state, nullptr, c.attach);
            if (!room)
                return tl::unexpected(room.error());
            attach = std::move(*room);
        }
        events::IncidentDeclared e;
        e.attach = std::move(attach);
        e.incident = "INC-" + std::to_string(state.lastIncident + 1);
        e.title = *title;
        e.severity = *severity;
        e.service = safeLine(c.service);
        if (const Service *s = state.workspace->service(e.service))
            e.service = s->id;
        e.kind = c.kind.empty() ? "real" : c.kind;
        e.alerts = c.alerts;
        e.room = c.room && !until;
        e.until = until;
        e.by = by;
        e.impactSince = since;
        if (!since) // the first of its alerts is the best guess, and can be corrected
            for (const auto &k : c.alerts)
                if (const auto *a = state.alert(k); a && a->startsAt && (!e.impactSince || a->startsAt < e.impactSince))
                    e.impactSince = std::min(a->startsAt, now); // a sender's clock may be ahead
        if (e.service.empty() && !c.alerts.empty())
            e.service = std::string(state.text(state.alert(c.alerts.front())->service));
        Decision d;
        d.id = e.incident;
        if (const std::string note = unknownService(*state.workspace, e.service); !note.empty())
            d.notes.push_back(note);
        if (*answers)
            d.notes.push_back("Suggested: " + reckoned.arithmetic + " (matrix " + reckoned.matrix + ")" + (reckoned.suggested == *severity ? "." : "; " + std::string(word(*severity)) + " was decided."));
        e.reckoned = std::move(reckoned);
        e.triage = c.triage;
        e.follows = follows;
        if (!follows.empty())
            d.notes.push_back("Linked to " + follows + ", which stays as it is; " + (e.alerts.empty() ? std::string("no alert") : std::to_string(e.alerts.size()) + (e.alerts.size() == 1 ? " alert" : " alerts")) + " taken in.");
        command::Subject about = command::subjectOf(state, c.alerts, e.service);
        about.isDrill = e.kind == "drill" || e.kind == "example";
        for (const command::Related &r : command::related(state, about, now))
            if (r.isOpen && !e.until && d.notes.size() < kRelatedSaid)
                d.notes.push_back("Open already: " + command::inWords(state, r) + ". If it is the same: merge " + e.incident + " --into " + r.incident + " --reason R.");
        d.events.emplace_back(std::move(e));
        return d;
    }
    Result<Decision> operator()(const CorrectImpact &c) const
    {
        const auto i = correctable(c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto since = parseInstant(c.since);
        if (!since)
            return tl::unexpected(since.error());
        if (*since > now)
            return fail(Code::Invalid, "The impact cannot begin in the future.");
        if ((*i)->mitigatedAt && *since > (*i)->mitigatedAt)
            return fail(Code::Invalid, "The impact cannot begin after it was mitigated, at " + toRfc3339((*i)->mitigatedAt) + ".");
        if (*since == (*i)->impactSince)
            return fail(Code::Conflict, "The impact of " + (*i)->id + " begins then already.");
        return Decision{{events::ImpactCorrected{(*i)->id, safeText(c.reason, kTextLimit), *since, by}}, (*i)->id, {}};
    }
    /// The incident, unless it is closed for good.
    [[nodiscard]] Result<const Incident *> correctable(const std::string &id) const
    {
        const auto i = incidentMeant(state, id);
        if (i && (*i)->status == IncidentStatus::Merged)
            return tl::unexpected(notOpen(**i));
        if (i && (*i)->status >= IncidentStatus::Closed)
            return fail(Code::Conflict, (*i)->id + " is " + std::string(word((*i)->status)) + "; what is closed stays as it is.");
        return i;
    }
    Result<Decision> operator()(const CorrectTitle &c) const
    {
        const auto i = correctable(c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto title = textOf(c.title, "title");
        if (!title)
            return tl::unexpected(title.error());
        if (title->find("[sealed: ") != std::string::npos)
            return fail(Code::Forbidden, "A part of the title is kept from you, and what stands in its place would be lost for everybody; who may read it corrects it.");
        if (*title == (*i)->title)
            return fail(Code::Conflict, (*i)->id + " is called that already.");
        return Decision{{events::TitleCorrected{(*i)->id, cleanText(c.reason), *title, by}}, (*i)->id, {}};
    }
    Result<Decision> operator()(const CorrectService &c) const
    {
        const auto i = correctable(c.incident);
        if (!i)
            return tl::unexpected(i.error());
        std::string service = safeLine(cleanText(c.service));
        if (service.empty())
            return fail(Code::Invalid, "Name the service that suffers; `get services` lists those there are.");
        if (const Service *s = state.workspace->service(service))
            service = s->id;
        if (service == (*i)->service)
            return fail(Code::Conflict, (*i)->id + " is of service " + service + " already.");
        Decision d{{}, (*i)->id, {}};
        if (std::string note = unknownService(*state.workspace, service); !note.empty())
            d.notes.push_back(std::move(note));
        const bool was = governance::isRestricted(*state.workspace, **i), will = governance::isRestricted(*state.workspace, service);
        if (was != will)
            d.notes.push_back(will ? (*i)->id + " is restricted from now on; what was said in its rooms stays there."
                                   : (*i)->id + " is not restricted any more: whoever may look at incidents sees it, with all that was said in it.");
        d.events.emplace_back(events::ServiceCorrected{(*i)->id, cleanText(c.reason), std::move(service), (*i)->service, by});
        return d;
    }
    /// A role of the team's own: whoever is named has it, whatever else they have.
    Result<Decision> ownRole(const AssignRole &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const std::string title = safeLine(cleanText(c.title), kRoleTitleLimit + 1);
        if (title.empty() || title.size() > kRoleTitleLimit || title != cleanText(c.title))
            return fail(Code::Invalid, "A role of your own has a name of one line, up to 40 bytes.");
        if (!c.role.empty() || fromWord<Role>(asciiLower(title)))
            return fail(Code::Invalid, "Name one of the roles there are, or one of your own, not both.");
        if (!c.person.empty() && !state.workspace->person(c.person) && c.person != by.person)
            return fail(Code::NotFound, "There is no person \"" + safeLine(c.person, 60) + "\" in the workspace.");
        const auto &own = (*i)->ownRoles;
        const auto held = std::find_if(own.begin(), own.end(), [&](const state::OwnRole &r) { return r.title == title; });
        if (held == own.end() && (c.person.empty() || own.size() >= state::kOwnRolesKept))
            return c.person.empty() ? fail(Code::NotFound, "Nobody is " + title + " of " + (*i)->id + ".") : fail(Code::TooLarge, (*i)->id + " has 50 roles of its own already.");
        if (held != own.end() && held->held.person == c.person)
            return fail(Code::Conflict, state.workspace->nameOf(c.person) + " is " + title + " of " + (*i)->id + " already.");
        return Decision{{events::RoleAssumed{(*i)->id, Role::Responder, c.person, by, title}}, (*i)->id, {}};
    }
    Result<Decision> operator()(const AssignRole &c) const
    {
        if (!c.title.empty())
            return ownRole(c);
        const auto r = wordOf<Role>(c.role, "role", "commander, deputy, scribe, communications, liaison, expert, responder, observer, reporter");
        if (!r)
            return tl::unexpected(r.error());
        if (!c.person.empty() && !state.workspace->person(c.person) && c.person != by.person)
            return fail(Code::NotFound, "There is no person \"" + safeLine(c.person, 60) + "\" in the workspace.");
        if (*r == Role::Commander) { // command moves by consent, or in the open
            const auto i = openIncident(state, c.incident);
            if (!i)
                return tl::unexpected(i.error());
            if (const std::string holder = (*i)->holder(Role::Commander); c.person.empty() && !holder.empty() && holder != by.person)
                return fail(Code::Forbidden, state.workspace->nameOf(holder) + " commands " + (*i)->id + "; only they lay command down.");
            if (c.person == by.person)
                return decideLeading(state, TakeCommand{(*i)->id, {}}, by, now);
            if (const std::string holder = (*i)->holder(Role::Commander); !c.person.empty() && !holder.empty() && holder != c.person)
                return fail(Code::Conflict, state.workspace->nameOf(holder) + " commands " + (*i)->id + " and hands over: quarterdeckctl handover --to " + safeLine(c.person, 60));
        }
        return role(c.incident, *r, c.person);
    }
    Result<Decision> role(const std::string &id, Role role, const std::string &person) const
    {
        const auto i = openIncident(state, id);
        if (!i)
            return tl::unexpected(i.error());
        if ((*i)->holder(role) == person && !person.empty())
            return fail(Code::Conflict, state.workspace->nameOf(person) + " is " + std::string(word(role)) + " of " + (*i)->id + " already.");
        return Decision{{events::RoleAssumed{(*i)->id, role, person, by}}, (*i)->id};
    }
    Result<Decision> operator()(const ChangeSeverity &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto answers = command::answersOf(c.hurt, c.howMany, c.workaround);
        if (!answers)
            return tl::unexpected(answers.error());
        if (c.severity.empty() && !*answers)
            return fail(Code::Invalid, "Say the severity, SEV1 to SEV5, or answer the three questions: --hurt, --how-many, --workaround.");
        Reckoning reckoned;
        if (*answers)
            reckoned = command::reckon(state.workspace->matrix(), topology::impactOf(state, **i), **answers);
        const auto s = c.severity.empty() ? Result<IncidentSeverity>(reckoned.suggested) : wordOf<IncidentSeverity>(c.severity, "severity", "SEV1, SEV2, SEV3, SEV4, SEV5");
        if (!s)
            return tl::unexpected(s.error());
        if (*s == (*i)->severity && !*answers) // with answers it is recorded why it stays
            return fail(Code::Conflict, (*i)->id + " is " + std::string(word(*s)) + " already.");
        if (*s > (*i)->severity && safeLine(c.reason).find_first_not_of(' ') == std::string::npos)
            return fail(Code::Invalid, "Say why " + (*i)->id + " is less severe than " + std::string(word((*i)->severity)) + ": --reason.");
        Decision d{{}, (*i)->id, {}};
        if (*answers)
            d.notes.push_back("Suggested: " + reckoned.arithmetic + " (matrix " + reckoned.matrix + ")" + (reckoned.suggested == *s ? "." : "; " + std::string(word(*s)) + " was decided."));
        d.events.emplace_back(events::SeverityChanged{(*i)->id, safeText(c.reason, kTextLimit), *s, by, std::move(reckoned)});
        if (auto due = dueSooner(state, **i, *s, by, now)) {
            d.notes.push_back("The draft of its review is due at " + dayClockText(due->due) + " now, as of a " + std::string(word(*s)) + ".");
            d.events.emplace_back(*std::move(due));
        }
        return d;
    }
    Result<Decision> operator()(const ChangeStatus &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto s = wordOf<IncidentStatus>(c.status, "status", "active, mitigated, resolved, closed, cancelled");
        if (!s)
            return tl::unexpected(s.error());
        const IncidentStatus was = (*i)->status;
        if (*s == IncidentStatus::Cancelled && cleanText(c.reason).empty())
            return fail(Code::Invalid, "Say why " + (*i)->id + " is no incident: --reason.");
        if ((*i)->kind == "rebuilt" && !(*i)->isOpen() && *s < IncidentStatus::Resolved)
            return tl::unexpected(notOpen(**i));
        const bool allowed = *s != was && *s != IncidentStatus::Triage && *s != IncidentStatus::Merged
            && ((*i)->isOpen() ? *s != IncidentStatus::Closed
                               : (was == IncidentStatus::Resolved && (*s == IncidentStatus::Closed || *s == IncidentStatus::Active)));
        if (!allowed)
            return fail(Code::Conflict, (*i)->id + " is " + std::string(word(was)) + "; it cannot become " + std::string(word(*s)) + ".");
        return Decision{{events::StatusChanged{(*i)->id, safeText(c.reason, kTextLimit), *s, by}}, (*i)->id};
    }
    Result<Decision> operator()(const AttachAlerts &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        if (c.alerts.empty())
            return fail(Code::Invalid, "Name at least one alert.");
        if (const auto known = knownAlerts(state, c.alerts); !known)
            return tl::unexpected(known.error());
        return Decision{{events::AlertsAttached{(*i)->id, c.alerts, by}}, (*i)->id};
    }
    Result<Decision> operator()(const AttachRoom &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto room = attachable(state, *i, c.room);
        if (!room)
            return tl::unexpected(room.error());
        Decision d{{events::RoomAsked{(*i)->id, *room, by}}, (*i)->id, {}};
        for (const auto &event : Gate(state).attachRoom(**i, *room, {})) // what will come of it
            if (const auto *withheld = getIf<events::WriteWithheld>(&event))
                d.notes.push_back("It is recorded, but " + *room + " is not attached: " + withheld->reason);
        return d;
    }
    Result<Decision> operator()(const MakeRoom &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const Incident &incident = **i;
        if (!incident.rooms.empty()) {
            const state::Room &room = incident.rooms.front();
            return fail(Code::Conflict, incident.id + " has the room " + room.address + (room.leftAt ? ", which was left; attach it again: room --attach " + room.address : " already") + ".");
        }
        const bool isComing = std::any_of(state.outbox.begin(), state.outbox.end(), [&](const auto &o) {
            const auto effect = o.second.what.effect;
            return o.second.what.incident == incident.id && (effect == events::Effect::CreateRoom || effect == events::Effect::AttachRoom) && o.second.delivery != Delivery::Failed && o.second.delivery != Delivery::Confirmed;
        });
        if (isComing)
            return fail(Code::Conflict, "A room of " + incident.id + " is under way already; `get deliveries` says how far it is.");
        events::Events made = Gate(state).createRoom(incident, {"room/asked", {by.person + " asked for it"}, {}});
        if (made.empty())
            return fail(Code::NotFound, "No chat connection here makes rooms; add one with: connect xmpp.");
        if (const auto *withheld = getIf<events::WriteWithheld>(&made.front())) // that is no news: it was said when it was declared
            return fail(Code::Conflict, "No room is made: " + withheld->reason + ".");
        return Decision{std::move(made), incident.id, {}};
    }
    Result<Decision> operator()(const LeaveRoom &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        if ((*i)->isOpen())
            return fail(Code::Conflict, (*i)->id + " goes on; its rooms are left once it is over: standdown --leave-room, --archive-room.");
        const auto room = std::find_if((*i)->rooms.begin(), (*i)->rooms.end(), [&](const state::Room &r) { return r.address == c.room; });
        if (room == (*i)->rooms.end())
            return fail(Code::NotFound, (*i)->id + " has no room " + safeLine(c.room, 200) + ".");
        if (room->leftAt)
            return fail(Code::Conflict, c.room + " was left at " + clockText(room->leftAt) + " already.");
        if (const std::string why = c.archive ? command::whyNotArchived(state, **i, *room) : std::string(); !why.empty())
            return fail(Code::Conflict, why);
        Decision d{{events::RoomLeaveAsked{(*i)->id, room->address, by, c.archive}}, (*i)->id, {}};
        if (const state::Source *s = state.source(room->connection); c.archive && s && !allows(s->armed, Write::Rooms))
            d.notes.push_back("It is recorded, but " + room->address + " is neither archived nor left: arm " + s->connection.name + " --allow rooms, and say it again.");
        return d;
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about an incident.");
    }
};

} // namespace

Result<Decision> decideIncident(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingIncident{state, by, now}, command);
}

} // namespace qd::desk
