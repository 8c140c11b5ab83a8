// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

namespace {

template <typename List>
void keepLast(List &list, std::size_t most)
{
    if (list.size() > most)
        list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(list.size() - most));
}

/// "for checkout, INC-7", or "everywhere".
std::string reach(const std::vector<std::string> &services, const std::vector<std::string> &incidents)
{
    std::string out;
    for (const auto *list : {&services, &incidents})
        for (const std::string &one : *list)
            out += (out.empty() ? "for " : ", ") + one;
    return out.empty() ? "everywhere" : out;
}

void noteWhere(State &state, const std::vector<std::string> &incidents, const events::Actor &by, const std::string &text, const std::string &reference)
{
    note(state, {}, EntryKind::Command, by.person, text, reference).via = by.via;
    for (const std::string &incident : incidents)
        if (state.incident(incident))
            note(state, incident, EntryKind::Command, by.person, text, reference).via = by.via;
}

} // namespace

std::string_view Access::personAt(std::string_view connection, std::string_view address) const
{
    for (const Identity &i : identities)
        if (i.connection == connection && i.address == address)
            return i.person;
    return {};
}

const Confirmation *Access::confirmation(std::string_view incident, std::string_view address) const
{
    const auto it = std::find_if(confirmations.begin(), confirmations.end(), [&](const Confirmation &c) { return c.incident == incident && c.address == address; });
    return it == confirmations.end() ? nullptr : &*it;
}

const Stranger *Access::stranger(std::string_view incident, std::string_view address) const
{
    const auto it = std::find_if(strangers.begin(), strangers.end(), [&](const Stranger &s) { return s.incident == incident && s.address == address; });
    return it == strangers.end() ? nullptr : &*it;
}

void apply(State &state, const events::IdentityAsked &e)
{
    auto &all = state.access.challenges;
    std::erase_if(all, [&](const Challenge &c) { return c.until <= state.time || (c.person == e.person && c.connection == e.connection); });
    all.push_back({e.person, e.connection, e.wordHash, e.until});
    keepLast(all, Access::kChallengesKept);
    note(state, {}, EntryKind::Source, e.by.person, "asked for a chat address of " + e.person + " on " + e.connection, "person/" + e.person).via = e.by.via;
}

void apply(State &, const events::IdentitySaid &) {} // what is made of it follows

void apply(State &state, const events::IdentityBound &e)
{
    std::erase_if(state.access.challenges, [&](const Challenge &c) { return c.person == e.person && c.connection == e.connection; });
    std::erase_if(state.access.identities, [&](const Identity &i) { return i.connection == e.connection && i.address == e.address; });
    state.access.identities.push_back({e.person, e.connection, e.address, state.time});
    note(state, {}, EntryKind::Source, e.person, "speaks from " + e.address + " on " + e.connection + " from now on", "person/" + e.person).via = Path::Chat;
}

void apply(State &state, const events::IdentityRefused &e)
{
    for (Challenge &c : state.access.challenges)
        if (c.connection == e.connection)
            ++(e.untried ? c.untried : c.wrong);
    note(state, {}, EntryKind::Refused, e.address, "wanted to be bound to a person on " + e.connection + " — not done: " + e.why, e.address).via = Path::Chat;
}

void apply(State &state, const events::IdentityUnbound &e)
{
    std::erase_if(state.access.identities, [&](const Identity &i) { return i.person == e.person && i.connection == e.connection && (e.address.empty() || i.address == e.address); });
    std::erase_if(state.access.challenges, [&](const Challenge &c) { return c.person == e.person && c.connection == e.connection; });
    note(state, {}, EntryKind::Source, e.by.person,
         e.person + " does not speak from " + (e.address.empty() ? e.connection : e.address + " on " + e.connection) + " any more" + (e.reason.empty() ? "" : ": " + e.reason), "person/" + e.person)
        .via = e.by.via;
}

void apply(State &state, const events::GlassBroken &e)
{
    Access &a = state.access;
    a.glass.push_back({e.number, e.person, e.right, e.services, e.incidents, e.reason, {}, state.time, e.until, {}, e.told, e.unheard});
    keepLast(a.glass, Access::kGlassKept);
    a.lastGlass = std::max(a.lastGlass, e.number);
    noteWhere(state, e.incidents, e.by, "took the right to " + std::string(word(e.right)) + " " + reach(e.services, e.incidents) + " until " + clockText(e.until) + ": " + e.reason,
              "glass/" + std::to_string(e.number));
}

void apply(State &state, const events::GlassEnded &e)
{
    for (Glass &g : state.access.glass) {
        if (g.number != e.number || g.ended)
            continue;
        g.ended = state.time;
        g.endedBy = e.by.person;
        noteWhere(state, g.incidents, e.by, "ended the right to " + std::string(word(g.right)) + " that " + g.person + " took" + (e.reason.empty() ? "" : ": " + e.reason),
                  "glass/" + std::to_string(e.number));
    }
}

void apply(State &state, const events::RestrictedRead &e)
{
    state.access.looks.push_back({state.seq, state.time, e.by.person, e.about, e.what, e.by.via});
    keepLast(state.access.looks, Access::kLooksKept);
}

void apply(State &state, const events::ConfirmationAsked &e)
{
    auto &all = state.access.confirmations;
    std::erase_if(all, [&](const Confirmation &c) { return c.until <= state.time || (c.incident == e.incident && c.address == e.address); });
    all.push_back({e.incident, e.person, e.address, e.word, e.command, e.until, e.what});
}

void apply(State &state, const events::ConfirmationGiven &e)
{
    std::erase_if(state.access.confirmations, [&](const Confirmation &c) { return c.incident == e.incident && c.address == e.address; });
}

} // namespace qd::state
