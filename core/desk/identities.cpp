// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/identities.h"

#include "core/base/ascii.h"
#include "core/comms/addressee.h"
#include "core/comms/line.h"
#include "core/desk/decide.h"
#include "core/desk/effects.h"
#include "core/desk/react.h"
#include "core/triage/ownalert.h"

#include <algorithm>

namespace qd::desk {

using state::State;

namespace {

std::string placesOf(const std::vector<std::string> &services, const std::vector<std::string> &incidents)
{
    std::string out;
    for (const auto *list : {&services, &incidents})
        for (const std::string &one : *list)
            out += (out.empty() ? " for " : ", ") + one;
    return out.empty() ? " everywhere" : out;
}

events::Events glassAlarm(const State &state, const triage::ReportRules &rules, const state::Glass &g, bool stands, Instant now)
{
    triage::OwnAlert alert; // without its reason: that is for who is told, and in the record of who took what
    alert.name = "RightTaken";
    alert.about = {"glass", "glass/" + std::to_string(g.number)};
    alert.severity = AlertSeverity::Critical;
    alert.summary = state.workspace->nameOf(g.person) + " took the right to " + std::string(word(g.right)) + placesOf(g.services, g.incidents) + ", and fewer than two others could be told";
    alert.description = "It stands until " + clockText(g.until) + ". Why: quarterdeckctl get access. It can be ended: quarterdeckctl end-break-glass " + std::to_string(g.number) + ".";
    return triage::ownAlert(state, rules, alert, stands, now);
}

/// Why a word is not even looked at, or "". Anybody can say such words, so they use up nobody's.
std::string whyUntried(const events::IdentitySaid &said, Instant now)
{
    if (!said.verified)
        return "the chat server does not say whose address this is";
    if (said.replayed || isTooOld(said, now))
        return "the message is not a fresh one";
    return {};
}

/// Why a word binds nothing, or "".
std::string whyUnbound(const State &state, const events::IdentitySaid &said, Instant now)
{
    if (std::string untried = whyUntried(said, now); !untried.empty())
        return untried;
    const auto &all = state.access.challenges;
    const auto it = std::find_if(all.begin(), all.end(), [&](const state::Challenge &c) { return c.connection == said.connection && c.wordHash == said.wordHash; });
    if (it == all.end())
        return "nobody is asked for this word here";
    if (now >= it->until)
        return "the word was good for 10 minutes; ask for another: quarterdeckctl bind";
    if (it->wrong >= kWrongWords)
        return "there were too many wrong words; ask for another: quarterdeckctl bind";
    if (!state.workspace->person(it->person))
        return it->person + " is in the workspace no more";
    if (const std::string other = personSpeaking(state, said.connection, said.address); !other.empty())
        return other == it->person ? "the address is " + other + "'s already" : "the address is another person's; it is unbound first";
    return {};
}

} // namespace

std::string personSpeaking(const State &state, const std::string &connection, const std::string &sender)
{
    const state::Source *s = state.source(connection);
    if (!s)
        return {};
    const bool isClosed = isClosedChat(s->connection.kind);
    const std::string address = asciiLower(isClosed ? sender : sender.substr(0, sender.find('/')));
    if (const Person *p = state.workspace->personSpeaking(isClosed, address))
        return p->id;
    const std::string person(state.access.personAt(connection, address));
    return state.workspace->person(person) ? person : std::string();
}

void nameMentioned(const State &state, events::MessageSeen &m)
{
    if (!m.verified || m.own || m.replayed || m.kind != events::MessageKind::Message)
        return;
    const auto who = comms::addresseeOf(m.text);
    if (!who)
        return;
    const std::string person = personSpeaking(state, m.connection, who->address);
    if (const state::Source *s = state.source(m.connection); s && s->connection.kind == "mattermost") {
        std::string typed = m.text;
        typed.replace(who->at, who->length, who->name);
        const auto line = comms::parseLine("@" + typed.substr(who->at, typed.find_first_of("\r\n", who->at) - who->at) + " x", lineContext(*state.workspace, m.serverTime));
        if (line && line->personKnown && (person.empty() || line->person == person)) {
            m.text = std::move(typed);
            return;
        }
    }
    if (person.empty())
        return;
    const std::size_t end = who->at + who->length;
    const bool isMarked = end < m.text.size() && (m.text[end] == ':' || m.text[end] == ',');
    m.text.replace(who->at, who->length, isMarked ? person : person + ":"); // a name of several words goes no further
}

bool isWordAwaited(const State &state, const std::string &connection, Instant now)
{
    const auto &all = state.access.challenges;
    return std::any_of(all.begin(), all.end(), [&](const state::Challenge &c) { return c.connection == connection && now < c.until + kBindFor && c.wrong <= kWrongWords; });
}

events::Events bound(const State &state, const events::IdentitySaid &said, Instant now)
{
    events::Events out;
    const std::string why = whyUnbound(state, said, now);
    std::string answer;
    if (why.empty()) {
        const auto &all = state.access.challenges;
        const auto it = std::find_if(all.begin(), all.end(), [&](const state::Challenge &c) { return c.connection == said.connection && c.wordHash == said.wordHash; });
        out.emplace_back(events::IdentityBound{it->person, said.connection, asciiLower(said.address), {"identity/word", {"the word was said from " + said.address}, {}}});
        answer = state.workspace->nameOf(it->person) + " speaks from here now.";
    } else {
        const bool isUntried = !whyUntried(said, now).empty();
        out.emplace_back(events::IdentityRefused{said.connection, said.address, why, isUntried});
        const auto &all = state.access.challenges;
        if (isUntried && std::any_of(all.begin(), all.end(), [&](const state::Challenge &c) { return c.connection == said.connection && c.untried >= kUntriedAnswered; }))
            return out;
        answer = "Not bound: " + why + ".";
    }
    const state::Incident *i = said.incident.empty() ? nullptr : state.incident(said.incident);
    Gate gate(state);
    events::Events reply = i ? gate.post(*i, std::move(answer), {}, {"reply/bind", {}, {}}, events::Effect::Reply)
                             : said.verified && !said.replayed ? gate.whisper(said.connection, said.address, std::move(answer)) : events::Events{};
    append(out, std::move(reply));
    return out;
}

events::Events leftBehind(const State &state, Instant now)
{
    constexpr const char *kWhy = "nobody has that id in the workspace any more";
    const events::Actor core{"core", Path::Own};
    events::Events out;
    std::vector<std::pair<std::string_view, std::string_view>> done; // by person and connection: all their addresses there go
    const auto unbind = [&](const std::string &person, const std::string &connection) {
        if (state.workspace->person(person) || std::find(done.begin(), done.end(), std::pair<std::string_view, std::string_view>{person, connection}) != done.end())
            return;
        done.emplace_back(person, connection);
        out.emplace_back(events::IdentityUnbound{person, connection, {}, kWhy, core});
    };
    for (const state::Identity &i : state.access.identities)
        unbind(i.person, i.connection);
    for (const state::Challenge &c : state.access.challenges)
        unbind(c.person, c.connection);
    for (const state::Glass &g : state.access.glass)
        if (g.standsAt(now) && !state.workspace->person(g.person))
            out.emplace_back(events::GlassEnded{g.number, kWhy, core});
    return out;
}

events::Events toldOf(const State &state, const events::GlassBroken &e)
{
    const Workspace &w = *state.workspace;
    const std::string where = placesOf(e.services, e.incidents);
    events::Events out;
    for (const std::string &id : e.told)
        append(out, Gate(state).notice(id, w.nameOf(e.person) + " took a right: " + std::string(word(e.right)) + where,
                                       w.nameOf(e.person) + " took the right to " + std::string(word(e.right)) + where + " until "
                                           + clockText(e.until) + ", which they do not have: " + e.reason + ". It can be ended: quarterdeckctl end-break-glass "
                                           + std::to_string(e.number),
                                       "glass/" + std::to_string(e.number), {"access/told", {"two others hear of a right that is taken"}, {}}));
    return out;
}

events::Events glassAlarms(const State &state, const triage::ReportRules &rules, const events::Events &made, Instant now)
{
    events::Events out;
    const auto turn = [&](std::uint32_t number, bool stands) {
        for (const state::Glass &g : state.access.glass)
            if (g.number == number && g.unheard)
                append(out, glassAlarm(state, rules, g, stands, now));
    };
    for (const events::Event &each : made)
        if (const auto *broken = getIf<events::GlassBroken>(&each))
            turn(broken->number, true);
        else if (const auto *ended = getIf<events::GlassEnded>(&each))
            turn(ended->number, false);
    return out;
}

events::Events glassDue(const State &state, const triage::ReportRules &rules, Instant now)
{
    events::Events out;
    for (const state::Glass &g : state.access.glass)
        if (g.unheard && !g.ended && g.until <= now) {
            out.emplace_back(events::GlassEnded{g.number, "its time is over", {"core", Path::Own}});
            append(out, glassAlarm(state, rules, g, false, now));
        }
    return out;
}

Instant nextGlass(const State &state)
{
    Instant next;
    for (const state::Glass &g : state.access.glass)
        if (g.unheard && !g.ended && (!next || g.until < next))
            next = g.until;
    return next;
}

} // namespace qd::desk
