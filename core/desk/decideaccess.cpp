// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/desk/effects.h"
#include "core/desk/identities.h"
#include "core/governance/policy.h"

#include <algorithm>

/// Who is who and who may do what: chat addresses bound by a word, rights taken for a time, restricted things looked at.
namespace qd::desk {

using state::State;

namespace {

struct DecidingAccess {
    const State &state;
    const events::Actor &by;
    Instant now;

    Result<Decision> operator()(const BindIdentity &c) const
    {
        if (!state.workspace->person(c.person))
            return fail(Code::NotFound, "There is no person \"" + safeLine(c.person, 60) + "\" in the workspace.");
        const state::Source *s = state.source(c.connection);
        if (!s || !isChat(s->connection.kind))
            return fail(Code::NotFound, "There is no chat connection \"" + safeLine(c.connection, 60) + "\"; `get sources` lists what there is.");
        if (c.wordHash.size() != 64 || c.wordHash.find_first_not_of("0123456789abcdef") != std::string::npos)
            return fail(Code::Invalid, "wordHash is the SHA-256 of the word, 64 hexadecimal digits.");
        return Decision{{events::IdentityAsked{c.person, c.connection, c.wordHash, now + kBindFor, by}}, c.person};
    }
    Result<Decision> operator()(const UnbindIdentity &c) const
    {
        const auto &all = state.access.identities;
        const auto &asked = state.access.challenges;
        const bool known = std::any_of(all.begin(), all.end(), [&](const state::Identity &i) {
            return i.person == c.person && i.connection == c.connection && (c.address.empty() || i.address == c.address);
        }) || (c.address.empty() && std::any_of(asked.begin(), asked.end(), [&](const state::Challenge &a) { return a.person == c.person && a.connection == c.connection && now < a.until; }));
        if (!known) {
            const Person *p = state.workspace->person(c.person);
            const bool written = p && (!p->xmpp.empty() || !p->chat.empty());
            return fail(Code::NotFound, "No address of " + safeLine(c.person, 60) + " on " + safeLine(c.connection, 60) + " was bound by a word."
                                            + (written ? " Addresses that stand in the workspace's files are taken out there." : ""));
        }
        return Decision{{events::IdentityUnbound{c.person, c.connection, c.address, cleanText(c.reason), by}}, c.person};
    }
    Result<Decision> operator()(const BreakGlass &c) const
    {
        const auto right = fromWord<Right>(c.role);
        if (!right || *right == Right::Observe)
            return fail(Code::Invalid, "\"" + safeLine(c.role, 40) + "\" is no role to take; choose from respond, command, publish, administer.");
        const std::string reason = cleanText(c.reason);
        if (reason.empty())
            return fail(Code::Invalid, "A right is taken with a reason; two others are told it.");
        if (state.workspace->rights.empty())
            return fail(Code::Conflict, "No rights are written in the workspace, so there is none to take.");
        if (!state.workspace->person(by.person))
            return fail(Code::Forbidden, safeLine(by.person, 60) + " is no person of the workspace; only those take a right.");
        const auto span = c.duration.empty() ? Result<Span>(kGlassFor) : parseSpan(c.duration);
        if (!span)
            return tl::unexpected(span.error());
        if (*span < minutes(1) || *span > kGlassLimit)
            return fail(Code::Invalid, "A right is taken for between 1m and 4h.");
        events::GlassBroken e;
        e.number = state.access.lastGlass + 1;
        e.person = by.person;
        e.right = *right;
        std::vector<governance::Subject> about;
        if (!c.service.empty()) {
            const Service *s = state.workspace->service(c.service);
            if (!s)
                return fail(Code::NotFound, "There is no service \"" + safeLine(c.service, 60) + "\" in the workspace.");
            e.services = {s->id};
            about.push_back({s->id, {}});
        }
        if (!c.incident.empty()) {
            const auto i = incidentMeant(state, c.incident);
            if (!i)
                return tl::unexpected(i.error());
            e.incidents = {(*i)->id};
            about.push_back({(*i)->service, (*i)->id});
        }
        if (const auto has = governance::rule(state, by, {*right, about}, "access.break", now); has.allowed)
            return fail(Code::Conflict, state.workspace->nameOf(by.person) + " has the role " + std::string(word(*right)) + " there already: " + has.by + ".");
        e.reason = reason;
        e.until = now + *span;
        e.told = governance::twoOthers(state, by.person, about);
        e.by = by;
        Decision d{{}, "glass/" + std::to_string(e.number), {}};
        const events::Events telling = toldOf(state, e);
        const auto sent = static_cast<std::size_t>(std::count_if(telling.begin(), telling.end(), [](const events::Event &each) { return holds<events::OutboxQueued>(each); }));
        e.unheard = sent < kGlassHeardLeast;
        if (e.told.size() < kGlassHeardLeast)
            d.notes.push_back(e.told.empty() ? "The workspace has nobody else to tell of it." : "The workspace has only one other person to tell of it.");
        else if (e.unheard)
            d.notes.push_back(sent == 0 ? "No way to tell " + state.workspace->nameOf(e.told[0]) + " or " + state.workspace->nameOf(e.told[1]) + " of it is open." : "Only one of the two who are told of it can be sent word.");
        if (e.unheard)
            d.notes.push_back("While it stands that is an alarm, RightTaken.");
        d.events.emplace_back(std::move(e));
        return d;
    }
    Result<Decision> operator()(const EndGlass &c) const
    {
        const auto &all = state.access.glass;
        const auto it = std::find_if(all.begin(), all.end(), [&](const state::Glass &g) { return g.number == c.number; });
        if (it == all.end())
            return fail(Code::NotFound, "No right was taken as number " + std::to_string(c.number) + "; `get access` lists them.");
        if (!it->standsAt(now))
            return fail(Code::Conflict, "That right is over already.");
        return Decision{{events::GlassEnded{c.number, cleanText(c.reason), by}}, "glass/" + std::to_string(c.number)};
    }
    Result<Decision> operator()(const RecordRead &c) const
    {
        const bool isConsole = c.words && c.incident == kConsoleWords;
        const auto i = isConsole ? Result<const state::Incident *>(nullptr) : incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const std::string about = isConsole ? c.incident : (*i)->id;
        Decision d{{}, about, {}};
        const auto &looks = state.access.looks;
        const bool said = std::any_of(looks.rbegin(), looks.rend(), [&](const state::Look &l) {
            return l.person == by.person && l.about == about && l.via == by.via && now - l.at < kLookFor && (l.what == kExportRead) == (c.what == kExportRead);
        });
        if ((c.words || governance::isRestricted(*state.workspace, **i)) && !said)
            d.events.emplace_back(events::RestrictedRead{about, safeLine(c.what, 60), by});
        return d;
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about rights.");
    }
};

} // namespace

Result<Decision> decideAccess(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingAccess{state, by, now}, command);
}

} // namespace qd::desk
