// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/safetext.h"
#include "core/topology/infer.h"

#include <algorithm>
#include <set>
#include <span>

/// Edges of the map that were discovered: proposed, accepted, dismissed. They change nothing until somebody accepts them.
namespace qd::desk {

using state::FoundEdge;
using state::ServiceMap;
using state::State;

namespace {

constexpr std::size_t kServiceLimit = 200; ///< bytes of a service's name

std::string edgeText(std::string_view from, std::string_view to)
{
    return safeLine(std::string(from), 80) + " > " + safeLine(std::string(to), 80);
}

/// The service's own id where a name is an alias.
std::string canonical(const Workspace &workspace, const std::string &name)
{
    const Service *known = workspace.service(name);
    return known ? known->id : name;
}

bool isInWorkspace(const Workspace &workspace, const MapEdge &edge)
{
    const Service *from = workspace.service(edge.from);
    return from && std::any_of(from->needs.begin(), from->needs.end(), [&](const Dependency &d) { return d.to == edge.to; });
}

std::string countedEdges(std::size_t n)
{
    return std::to_string(n) + (n == 1 ? " edge" : " edges");
}

Result<Decision> propose(const State &state, const ProposeEdges &c, const events::Actor &by)
{
    const std::string origin = safeLine(cleanText(c.origin), 80);
    if (origin.empty())
        return fail(Code::Invalid, "Say where the edges were found: backstage, csv, prometheus/NAME, labels.");
    const std::vector<MapEdge> found = c.edges.empty() && origin == "labels" ? topology::inferFromLabels(state) : c.edges;
    if (found.size() > kEdgesLimit)
        return fail(Code::TooLarge, "These are " + countedEdges(found.size()) + "; at most 10,000 are proposed at once.");
    Decision d;
    events::EdgesProposed e{origin, {}, by};
    std::set<std::pair<std::string, std::string>> seen;
    std::size_t known = 0, dismissed = 0, again = 0;
    for (std::size_t n = 0; n < found.size(); ++n) {
        MapEdge edge = found[n];
        for (std::string *end : {&edge.from, &edge.to}) {
            if (end->empty() || end->size() > kServiceLimit || *end != safeLine(*end, kServiceLimit))
                return fail(Code::Invalid, "Edge " + std::to_string(n + 1) + " (" + edgeText(edge.from, edge.to) + ") names no service of 1 to 200 clean bytes at both ends.");
            *end = canonical(*state.workspace, *end);
        }
        if (edge.from == edge.to || !seen.emplace(edge.from, edge.to).second)
            continue;
        if (isInWorkspace(*state.workspace, edge) || ServiceMap::find(state.map.accepted, edge.from, edge.to)) {
            ++known;
            continue;
        }
        if (ServiceMap::find(state.map.dismissed, edge.from, edge.to)) {
            ++dismissed;
            continue;
        }
        again += ServiceMap::find(state.map.proposals, edge.from, edge.to) ? 1 : 0;
        e.edges.push_back(std::move(edge));
    }
    if (state.map.proposals.size() + e.edges.size() - again > ServiceMap::kEdgesKept)
        return fail(Code::TooLarge, "More than 20,000 edges would wait to be looked at; accept or dismiss some first.");
    d.notes.push_back(countedEdges(e.edges.size() - again) + " proposed" + (again > 0 ? ", " + std::to_string(again) + " seen again" : "")
                      + (known > 0 ? ", " + std::to_string(known) + " known already" : "") + (dismissed > 0 ? ", " + std::to_string(dismissed) + " dismissed before" : "") + ".");
    d.id = origin;
    d.events.emplace_back(std::move(e));
    return d;
}

/// The edges a command means, of these lists; the first list that has one counts.
Result<std::vector<FoundEdge>> meant(const State &state, const std::vector<EdgeMeant> &edges, bool all, const std::string &origin,
                                     const std::vector<const std::vector<FoundEdge> *> &lists, const char *what)
{
    std::vector<FoundEdge> out;
    if (all == !edges.empty())
        return fail(Code::Invalid, std::string("Name the edges to ") + what + ", or say all.");
    if (all) {
        for (const FoundEdge &p : state.map.proposals)
            if (origin.empty() || p.origin == origin)
                out.push_back(p);
        if (out.empty())
            return fail(Code::NotFound, "Nothing is proposed" + (origin.empty() ? std::string() : " from " + safeLine(origin, 80)) + "; see: map proposals");
        return out; // the caller says how many there are too many of
    }
    if (edges.size() > kEdgesLimit)
        return fail(Code::TooLarge, "These are " + countedEdges(edges.size()) + "; at most 10,000 at once.");
    for (const EdgeMeant &m : edges) {
        const std::string from = canonical(*state.workspace, m.from), to = canonical(*state.workspace, m.to);
        const FoundEdge *found = nullptr;
        for (const auto *list : lists)
            found = found ? found : ServiceMap::find(*list, from, to);
        if (!found)
            return fail(Code::NotFound, "There is no edge " + edgeText(m.from, m.to) + " to " + what + "; `map proposals` lists those there are.");
        out.push_back(*found);
        if (m.kind.empty())
            continue;
        const auto kind = fromWord<DependencyKind>(m.kind);
        if (!kind)
            return fail(Code::Invalid, "\"" + safeLine(m.kind, 40) + "\" is no kind of dependency; write hard, soft or async.");
        out.back().edge.kind = *kind;
    }
    return out;
}

/// As many as one command takes.
std::span<const FoundEdge> atMost(const std::vector<FoundEdge> &found)
{
    return std::span(found).first(std::min(found.size(), kEdgesLimit));
}

void sayLeft(const std::vector<FoundEdge> &found, const char *what, Decision &d)
{
    if (found.size() > kEdgesLimit)
        d.notes.push_back("10,000 of " + countedEdges(found.size()) + " are " + what + ", as many as one command takes; do it again for the rest.");
}

Result<Decision> accept(const State &state, const AcceptEdges &c, const events::Actor &by)
{
    const auto found = meant(state, c.edges, c.all, c.origin, {&state.map.proposals, &state.map.accepted, &state.map.dismissed}, "accept");
    if (!found)
        return tl::unexpected(found.error());
    events::EdgesAccepted e{{}, by};
    std::set<std::string> unknown;
    for (const FoundEdge &f : atMost(*found)) {
        e.edges.push_back(f.edge);
        for (const std::string *end : {&f.edge.from, &f.edge.to})
            if (!state.workspace->service(*end))
                unknown.insert(*end);
    }
    if (state.map.accepted.size() + e.edges.size() > ServiceMap::kEdgesKept)
        return fail(Code::TooLarge, "More than 20,000 accepted edges are not kept; write them into the workspace.");
    Decision d{{}, countedEdges(e.edges.size()), {}};
    sayLeft(*found, "accepted", d);
    for (const std::string &service : unknown)
        if (d.notes.size() < 10)
            d.notes.push_back("Service " + service + " is not in the workspace: it has no team, so nobody is called for it.");
    d.events.emplace_back(std::move(e));
    return d;
}

Result<Decision> dismiss(const State &state, const DismissEdges &c, const events::Actor &by)
{
    const auto found = meant(state, c.edges, c.all, c.origin, {&state.map.proposals, &state.map.accepted}, "dismiss");
    if (!found)
        return tl::unexpected(found.error());
    events::EdgesDismissed e{{}, by};
    for (const FoundEdge &f : atMost(*found))
        e.edges.push_back(f.edge);
    if (state.map.dismissed.size() + e.edges.size() > ServiceMap::kEdgesKept)
        return fail(Code::TooLarge, "More than 20,000 dismissed edges are not remembered, and what is not would be proposed again; " + std::to_string(state.map.dismissed.size())
                                        + " are by now. Stop proposing them where they come from, or accept some of the dismissed ones.");
    Decision d{{}, countedEdges(e.edges.size()), {}};
    sayLeft(*found, "dismissed", d);
    d.events.emplace_back(std::move(e));
    return d;
}

} // namespace

Result<Decision> decideMap(const State &state, const Command &command, const events::Actor &by)
{
    if (const auto *c = getIf<ProposeEdges>(&command))
        return propose(state, *c, by);
    if (const auto *c = getIf<AcceptEdges>(&command))
        return accept(state, *c, by);
    if (const auto *c = getIf<DismissEdges>(&command))
        return dismiss(state, *c, by);
    return fail(Code::Internal, "This command is not about the map.");
}

} // namespace qd::desk
