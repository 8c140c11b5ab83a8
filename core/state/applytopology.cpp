// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

namespace {

Escalation *runningCall(State &state, std::uint32_t number)
{
    Escalation *x = number >= 1 && number <= state.escalations.size() ? &state.escalations[number - 1] : nullptr;
    return x && x->isRunning() ? x : nullptr;
}

std::string callName(std::uint32_t number)
{
    return "escalation/" + std::to_string(number);
}

/// Puts an edge into a list, or takes it for that of the same pair.
FoundEdge *put(std::vector<FoundEdge> &list, const MapEdge &edge)
{
    auto it = ServiceMap::place(list, edge.from, edge.to);
    if (it == list.end() || it->edge.from != edge.from || it->edge.to != edge.to) {
        if (list.size() >= ServiceMap::kEdgesKept)
            return nullptr;
        it = list.insert(it, FoundEdge{edge, {}, {}, {}, {}, {}});
    }
    it->edge.kind = edge.kind;
    return &*it;
}

/// Takes an edge out of a list; what was known of it, if it was there.
FoundEdge take(std::vector<FoundEdge> &list, const MapEdge &edge)
{
    const auto it = ServiceMap::place(list, edge.from, edge.to);
    if (it == list.end() || it->edge.from != edge.from || it->edge.to != edge.to)
        return {};
    FoundEdge out = std::move(*it);
    list.erase(it);
    return out;
}

/// Out of the first list, or else of the second.
FoundEdge takeFirst(std::vector<FoundEdge> &first, std::vector<FoundEdge> &second, const MapEdge &edge)
{
    FoundEdge out = take(first, edge);
    return out.first ? out : take(second, edge);
}

std::string edgeCount(std::size_t n)
{
    return std::to_string(n) + (n == 1 ? " edge" : " edges");
}

} // namespace

std::string pathText(const std::vector<std::string> &path)
{
    std::string out;
    for (const std::string &service : path)
        out += (out.empty() ? "" : " → ") + service;
    return out;
}

std::string consequence(const Escalation &x)
{
    return x.suspect.empty() ? std::string() : "likely consequence of " + x.suspect + " (" + pathText(x.path) + ")";
}

void apply(State &state, const events::SuspectNamed &e)
{
    Escalation *x = runningCall(state, e.escalation);
    if (!x)
        return;
    const std::string before = x->suspect;
    x->suspect = e.suspect;
    x->path = e.path;
    x->suspectBecause = e.because;
    note(state, e.incident, EntryKind::Escalation, "core",
         e.suspect.empty() ? "the calls for " + x->about + " are no longer a likely consequence of " + before : "the calls for " + x->about + " are a " + consequence(*x),
         callName(e.escalation));
}

void apply(State &state, const events::CallFolded &e)
{
    Escalation *x = runningCall(state, e.escalation);
    if (!x)
        return;
    x->fold = {e.rule, e.suspect, state.time, e.until, {}, e.because, {}};
    note(state, e.incident, EntryKind::Escalation, "core", "the calls for " + x->about + " are folded under " + e.suspect + ", until " + toRfc3339(e.until) + " at most",
         callName(e.escalation));
}

void apply(State &state, const events::CallUnfolded &e)
{
    Escalation *x = runningCall(state, e.escalation);
    if (!x || !x->isFolded())
        return;
    x->fold.endedAt = state.time;
    x->fold.ended = e.because;
    if (!x->steps.empty())
        x->steps.back().until = e.until;
    note(state, e.incident, EntryKind::Escalation, "core",
         "the calls for " + x->about + " are no longer folded under " + x->fold.suspect + (e.because.matched.empty() ? "" : ": " + e.because.matched.front()),
         callName(e.escalation));
}

void apply(State &state, const events::EdgesProposed &e)
{
    ServiceMap &map = state.map;
    std::size_t found = 0;
    for (const MapEdge &edge : e.edges) {
        if (ServiceMap::find(map.accepted, edge.from, edge.to) || ServiceMap::find(map.dismissed, edge.from, edge.to))
            continue;
        FoundEdge *p = put(map.proposals, edge);
        if (!p)
            break;
        if (!p->first) {
            p->first = state.time;
            p->origin = e.origin;
            ++found;
        }
        p->last = state.time;
    }
    note(state, {}, EntryKind::Source, e.by.person, edgeCount(found) + " of the map proposed from " + e.origin);
}

void apply(State &state, const events::EdgesAccepted &e)
{
    for (const MapEdge &edge : e.edges) {
        const FoundEdge known = takeFirst(state.map.proposals, state.map.dismissed, edge);
        FoundEdge *a = put(state.map.accepted, edge);
        if (!a)
            break;
        if (!a->acceptedAt) {
            a->origin = known.origin;
            a->first = known.first ? known.first : state.time;
            a->last = known.last ? known.last : state.time;
            a->acceptedAt = state.time;
        }
        a->by = e.by.person;
    }
    note(state, {}, EntryKind::Source, e.by.person, edgeCount(e.edges.size()) + " of the map accepted");
}

void apply(State &state, const events::EdgesDismissed &e)
{
    for (const MapEdge &edge : e.edges) {
        const FoundEdge known = takeFirst(state.map.proposals, state.map.accepted, edge);
        FoundEdge *d = put(state.map.dismissed, edge);
        if (!d)
            break;
        d->origin = known.origin;
        d->first = known.first ? known.first : state.time;
        d->last = state.time;
        d->by = e.by.person;
    }
    note(state, {}, EntryKind::Source, e.by.person, edgeCount(e.edges.size()) + " of the map dismissed");
}

void apply(State &state, const events::FoldsShown &e)
{
    auto &shown = state.map.shown;
    std::string names;
    for (const FoldRule &rule : e.folds) {
        std::erase_if(shown, [&](const ShownFold &f) { return f.service == rule.service && f.suspect == rule.suspect; });
        shown.push_back({rule.service, rule.suspect, e.by.person, e.sentence, state.time});
        names += (names.empty() ? "" : ", ") + rule.id;
    }
    if (shown.size() > ServiceMap::kShownKept)
        shown.erase(shown.begin(), shown.end() - static_cast<std::ptrdiff_t>(ServiceMap::kShownKept));
    note(state, {}, EntryKind::Source, e.by.person, "was shown what fold " + names + " would have hidden: " + e.sentence).via = e.by.via;
}

} // namespace qd::state
