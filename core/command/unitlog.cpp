// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/unitlog.h"

#include <algorithm>
#include <set>

namespace qd::command {

using state::Entry;
using state::EntryKind;
using state::Incident;
using state::State;

namespace {

std::string minute(Instant t)
{
    std::string out = toRfc3339(t).substr(0, 16);
    out[10] = ' ';
    return out + " UTC";
}

/// What somebody did: not what was said in the room, and not what the machines told.
bool isActivity(const Entry &e)
{
    switch (e.kind) {
    case EntryKind::Message:
    case EntryKind::Gap:
    case EntryKind::Topic:
    case EntryKind::Alert:
    case EntryKind::Source:
    case EntryKind::Flood:
    case EntryKind::Withheld:
    case EntryKind::Refused:
    case EntryKind::Erased: return false;
    default: return !e.removed;
    }
}

std::string oneLine(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

} // namespace

std::vector<std::string> peopleOf(const Incident &i)
{
    std::set<std::string> people;
    for (const auto &[role, held] : i.roles)
        people.insert(held.person);
    for (const state::OwnRole &own : i.ownRoles)
        people.insert(own.held.person);
    for (const state::RoleHandedOver &h : i.handedOver)
        people.insert(h.person);
    for (const Entry &e : i.timeline)
        if (isActivity(e) && e.origin.empty() && e.actor != "core") // a name in a file is nobody here
            people.insert(e.actor);
    people.erase(std::string());
    return {people.begin(), people.end()};
}

UnitLog unitLog(const State &state, const Incident &i, const std::string &person, Instant now)
{
    const Workspace &w = *state.workspace;
    UnitLog out{i.id, person, {}};
    const auto block = [&](const char *title, std::vector<std::string> lines) {
        if (lines.empty())
            lines.emplace_back("nothing is recorded");
        out.blocks.push_back({title, std::move(lines)});
    };
    const auto isOf = [&](const std::string &who) { return person.empty() || who == person; };

    struct Held {
        Instant since, until;
        std::string role, person;
    };
    std::vector<Held> held;
    for (const state::RoleHandedOver &h : i.handedOver)
        held.push_back({h.since, h.until, h.role, h.person});
    for (const auto &[role, h] : i.roles)
        held.push_back({h.since, {}, std::string(word(role)), h.person});
    for (const state::OwnRole &own : i.ownRoles)
        held.push_back({own.held.since, {}, own.title, own.held.person});
    std::stable_sort(held.begin(), held.end(), [](const Held &a, const Held &b) { return a.since < b.since; });

    std::vector<const Entry *> done;
    for (const Entry &e : i.timeline)
        if (isActivity(e) && (person.empty() || (e.origin.empty() && e.actor == person)))
            done.push_back(&e);
    std::stable_sort(done.begin(), done.end(), [](const Entry *a, const Entry *b) { return a->at < b->at; });

    block("1. Incident name and number", {std::string(i.isDrill() ? "DRILL " : "") + i.id + ": " + i.title, std::string(word(i.severity)) + ", " + std::string(word(i.status))});
    block("2. Operational period", {"from " + minute(i.declaredAt), i.resolvedAt ? "until " + minute(i.resolvedAt) : "still open at " + minute(now)});
    block("3. Name", {person.empty() ? std::string("everybody in the incident") : w.nameOf(person)});
    std::vector<std::string> roles;
    for (const Held &h : held)
        if (isOf(h.person))
            roles.push_back((person.empty() ? w.nameOf(h.person) + ": " : std::string()) + h.role + ", assumed " + minute(h.since) + (h.until ? ", handed over " + minute(h.until) : std::string()));
    block("4. Position", std::move(roles));
    std::vector<std::string> lines;
    const std::size_t from = done.size() > kActivities ? done.size() - kActivities : 0;
    if (from > 0)
        lines.push_back(std::to_string(from) + " earlier not shown");
    for (std::size_t n = from; n < done.size(); ++n) {
        const Entry &e = *done[n];
        std::string line = minute(e.at) + "  " + (person.empty() || e.actor != person ? (e.origin.empty() ? w.nameOf(e.actor) : e.actor) + ": " : std::string()) + oneLine(e.text);
        if (e.recordedAt)
            line += " (written down " + minute(e.recordedAt) + ")";
        if (e.revisedAt)
            line += " (put otherwise " + minute(e.revisedAt) + ", before: " + (e.revisions.empty() ? std::string("?") : oneLine(e.revisions.back())) + ")";
        lines.push_back(std::move(line));
    }
    block("5. Activity log", std::move(lines));
    block("6. Prepared by", {"Quarterdeck, from the record up to number " + std::to_string(state.seq) + ", " + minute(now)});
    return out;
}

std::string toText(const UnitLog &log)
{
    std::string out = "ACTIVITY LOG (ICS-214)";
    for (const UnitLog::Block &b : log.blocks) {
        out += "\n\n" + b.title;
        for (const std::string &line : b.lines)
            out += "\n- " + line;
    }
    return out;
}

} // namespace qd::command
