// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/practice.h"

#include "core/base/clocktext.h"
#include "core/command/command.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace qd::command {

using state::Incident;
using state::State;

namespace {

constexpr std::string_view kResolves = "resolves", kTooMany = "span";

void addPerson(std::vector<std::string> &to, const std::string &person)
{
    if (!person.empty() && std::find(to.begin(), to.end(), person) == to.end())
        to.push_back(person);
}

std::string counted(std::size_t n, const char *what)
{
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

/// What the commander repairs themselves; empty: nothing.
std::string repairs(const Incident &i, const std::string &commander)
{
    std::string out;
    const auto add = [&](const std::string &what) { out += (out.empty() ? "" : ", ") + what; };
    for (const Role role : {Role::Responder, Role::Expert})
        if (i.holder(role) == commander)
            add(std::string(word(role)));
    for (const state::Task &t : i.tasks)
        if (!t.doneAt && t.person == commander)
            add("task " + std::to_string(t.number));
    return out;
}

/// Who commands the open parts of each incident.
using Parts = std::map<std::string_view, std::vector<std::string_view>>;
Parts partsOf(const State &state)
{
    Parts out;
    for (const std::uint32_t number : state.incidents.unsettled())
        if (const Incident &part = state.incidents.at(number); !part.parent.empty() && part.isOpen())
            if (const auto commander = part.roles.find(Role::Commander); commander != part.roles.end())
                out[part.parent].push_back(commander->second.person);
    return out;
}

std::vector<std::string> answers(const Incident &i, const Parts &parts)
{
    std::vector<std::string> out;
    for (const auto &[role, held] : i.roles)
        if (role != Role::Observer && role != Role::Reporter)
            addPerson(out, held.person);
    for (const state::OwnRole &own : i.ownRoles)
        addPerson(out, own.held.person);
    for (const state::Task &t : i.tasks)
        if (!t.doneAt)
            addPerson(out, t.person);
    if (const auto led = parts.find(i.id); led != parts.end())
        for (const std::string_view commander : led->second)
            addPerson(out, std::string(commander));
    std::erase(out, i.holder(Role::Commander));
    return out;
}

/// What stands against good practice: kind and sentence.
std::vector<std::pair<std::string, std::string>> standing(const State &state, const Incident &i, const Parts &parts)
{
    std::vector<std::pair<std::string, std::string>> out;
    if (!i.isOpen())
        return out;
    const std::string commander = i.holder(Role::Commander);
    if (commander.empty())
        return out;
    const std::string name = state.workspace->nameOf(commander);
    if (const std::string what = repairs(i, commander); !what.empty())
        out.emplace_back(kResolves, name + " commands and repairs (" + what + "): hand one of the two over");
    // Whoever is counted has one of these at least: it is asked after each record, and seldom are there so many.
    const auto led = parts.find(i.id);
    if (i.roles.size() + i.ownRoles.size() + i.tasks.size() + (led == parts.end() ? 0 : led->second.size()) <= kSpan)
        return out;
    if (const std::size_t span = answers(i, parts).size(); span > kSpan)
        out.emplace_back(kTooMany, std::to_string(span) + " answer to " + name + ", 3 to 7 can be led: name who leads some of them, or place a part of the work as an incident under this one");
    return out;
}

/// PracticeTurned of one incident.
events::Events turns(const State &state, const Incident &i, const Parts &parts)
{
    events::Events out;
    const std::vector<std::string> &said = i.leading.practice;
    if (!i.isOpen() && said.empty())
        return out;
    const auto stands = standing(state, i, parts);
    for (const auto &[kind, text] : stands)
        if (std::find(said.begin(), said.end(), kind) == said.end())
            out.emplace_back(events::PracticeTurned{i.id, kind, true, {"command.practice", {text}, {}}});
    for (const std::string &kind : said)
        if (std::none_of(stands.begin(), stands.end(), [&](const auto &s) { return s.first == kind; }))
            out.emplace_back(events::PracticeTurned{i.id, kind, false, {"command.practice", {!i.isOpen() ? "it is over" : "it is otherwise now"}, {}}});
    return out;
}

/// When the deputy is asked next: each multiple of the time since it was declared, and after a gap the one that comes, not those missed.
Instant callOutAt(const State &state, const Incident &i)
{
    const Span every = state.workspace->callOutEvery;
    const auto deputy = i.roles.find(Role::Deputy);
    if (every.ns <= 0 || i.status > IncidentStatus::Active || deputy == i.roles.end())
        return {};
    const Instant from = std::max({i.declaredAt, deputy->second.since, i.leading.calledOutAt});
    const std::int64_t passed = (from - i.declaredAt).ns / every.ns;
    return i.declaredAt + Span{every.ns * (passed + 1)};
}

std::string callOutText(const State &state, const Incident &i, const std::string &deputy, Instant now)
{
    std::size_t tasks = 0, late = 0, promises = 0, firing = 0;
    Instant next;
    for (const state::Task &t : i.tasks)
        if (!t.doneAt) {
            ++tasks;
            late += t.due && t.due < now ? 1 : 0;
        }
    for (const state::PromiseTo &p : i.promises)
        if (!p.keptAt) {
            ++promises;
            if (p.due && (!next || p.due < next))
                next = p.due;
        }
    for (const std::string &key : i.alerts)
        if (const state::Alert *a = state.alert(key))
            firing += a->status == AlertStatus::Firing ? 1 : 0;
    return state.workspace->nameOf(deputy) + ", say where it stands: " + toText(Span{(now - i.declaredAt).ns / minutes(1).ns * minutes(1).ns}) + " since it was declared; " + counted(tasks, "open task")
        + (late ? ", " + std::to_string(late) + " overdue" : "") + "; " + counted(promises, "promise")
        + (next ? next < now ? ", one overdue since " + clockText(next) : ", the next due " + clockText(next) : std::string()) + (i.alerts.empty() ? "" : "; " + counted(firing, "alert") + (firing == 1 ? " fires" : " fire"));
}

} // namespace

events::Events seen(const State &state, const std::string &person, Instant at, bool exactly)
{
    events::Events out;
    const Span half{state.workspace->silentAfter.ns / 2};
    for (const std::uint32_t number : state.incidents.unsettled()) {
        const Incident &i = state.incidents.at(number);
        const auto commander = i.roles.find(Role::Commander);
        if (!i.isOpen() || commander == i.roles.end() || commander->second.person != person || at <= i.leading.seenAt)
            continue;
        const Instant known = std::max({commander->second.since, i.leading.seenAt, lastHeard(state, person, at - half)});
        if (exactly ? at > known : at - known >= half)
            out.emplace_back(events::PersonSeen{i.id, person, at});
    }
    return out;
}

std::vector<std::string> answersToCommander(const State &state, const Incident &i)
{
    return answers(i, partsOf(state));
}

events::Events practiceDue(const State &state)
{
    events::Events out;
    const Parts parts = partsOf(state);
    for (const std::uint32_t number : state.incidents.unsettled()) {
        if (out.size() >= kPracticeAtOnce)
            break;
        append(out, turns(state, state.incidents.at(number), parts));
    }
    return out;
}

Instant nextPractice(const State &state)
{
    const auto &all = state.incidents.unsettled();
    const Parts parts = partsOf(state);
    const bool some = std::any_of(all.begin(), all.end(), [&](std::uint32_t number) { return !turns(state, state.incidents.at(number), parts).empty(); });
    return some ? std::max(state.time, Instant{1}) : Instant{};
}

events::Events callOutsDue(const State &state, Instant now)
{
    events::Events out;
    for (const std::uint32_t number : state.incidents.unsettled()) {
        const Incident &i = state.incidents.at(number);
        const Instant at = callOutAt(state, i);
        if (!at || at > now || out.size() >= kPracticeAtOnce)
            continue;
        const std::string deputy = i.holder(Role::Deputy);
        out.emplace_back(events::DeputyCalledOut{i.id, deputy, callOutText(state, i, deputy, now), {"command.call-out", {"every " + toText(state.workspace->callOutEvery) + " since it was declared"}, {}}});
    }
    return out;
}

Instant nextCallOut(const State &state)
{
    Instant next;
    for (const std::uint32_t number : state.incidents.unsettled())
        if (const Instant at = callOutAt(state, state.incidents.at(number)); at && (!next || at < next))
            next = at;
    return next;
}

} // namespace qd::command
