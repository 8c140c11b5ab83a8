// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topology/picture.h"

#include "core/topology/chain.h"

#include <algorithm>
#include <deque>
#include <set>
#include <string_view>
#include <unordered_map>

namespace qd::topology {

using state::Alert;
using state::State;

namespace {

/// Service ids and aliases to node indexes.
class Names {
public:
    Names(Picture &picture, const Workspace &workspace) : m_picture(picture)
    {
        m_index.reserve(workspace.services.size() * 2);
        for (const Service &s : workspace.services) {
            m_index.emplace(s.id, static_cast<std::uint32_t>(picture.nodes.size()));
            Node &n = picture.nodes.emplace_back();
            n.id = s.id;
            n.name = s.name.empty() ? s.id : s.name;
            n.team = s.team;
        }
        for (const Service &s : workspace.services)
            for (const std::string &alias : s.aliases)
                m_index.emplace(alias, m_index.at(s.id));
    }
    [[nodiscard]] std::uint32_t known(std::string_view name) const
    {
        const auto it = m_index.find(name);
        return it == m_index.end() ? kNone : it->second;
    }
    /// Views given here must outlive this object: they are symbols or live in the State.
    std::uint32_t discover(std::string_view name)
    {
        const auto [it, isNew] = m_index.emplace(name, static_cast<std::uint32_t>(m_picture.nodes.size()));
        if (isNew) {
            Node &n = m_picture.nodes.emplace_back();
            n.id = n.name = name;
            n.discovered = true;
        }
        return it->second;
    }

private:
    Picture &m_picture;
    std::unordered_map<std::string_view, std::uint32_t> m_index;
};

/// What there is of one service, by the name its alerts give it.
struct Tally {
    Symbol service = 0;
    std::uint32_t alerts = 0, suppressed = 0;
    AlertSeverity worst = AlertSeverity::None;
    Instant firstAt;
    bool unhealthy = false;

    void count(const Alert &a)
    {
        if (a.suppression != Suppression::None) {
            ++suppressed;
        } else if (a.severity != AlertSeverity::None) {
            ++alerts;
            if (rank(a.severity) > rank(worst))
                worst = a.severity;
            if (!firstAt || a.startsAt < firstAt)
                firstAt = a.startsAt;
            unhealthy = unhealthy || rank(a.severity) >= rank(AlertSeverity::Unknown);
        }
    }
};

/// One a service that fires, or did lately. The alerts are gone through once, whatever is asked of them: there may be 100,000, and in a
/// storm this is asked with every delivery. So where a service is counted is remembered at its number's last bits before it is looked up.
std::vector<Tally> tallies(const State &state, Instant now)
{
    constexpr std::size_t kRemembered = 1024;
    std::vector<Tally> out;
    std::unordered_map<Symbol, std::uint32_t> places;
    std::vector<std::uint32_t> remembered(kRemembered, kNone);
    for (const Alert &a : state.alerts.all) {
        const bool fires = a.status == AlertStatus::Firing;
        if (a.service == 0 || (!fires && a.resolvedAt <= now - kRecent))
            continue;
        std::uint32_t &place = remembered[a.service % kRemembered];
        if (place == kNone || out[place].service != a.service) {
            const auto [at, isNew] = places.emplace(a.service, static_cast<std::uint32_t>(out.size()));
            if (isNew)
                out.emplace_back().service = a.service;
            place = at->second;
        }
        if (fires)
            out[place].count(a);
    }
    return out;
}

void discover(const State &state, const std::vector<Tally> &counted, Names &names, Instant now)
{
    std::vector<std::string_view> found;
    for (const Tally &t : counted)
        if (const auto text = state.text(t.service); names.known(text) == kNone)
            found.push_back(text);
    for (const state::FoundEdge &e : state.map.accepted)
        for (const std::string *end : {&e.edge.from, &e.edge.to})
            if (names.known(*end) == kNone)
                found.push_back(*end);
    for (const state::Change &c : state.changes)
        if (!c.service.empty() && c.at > now - kRecent && names.known(c.service) == kNone)
            found.push_back(c.service);
    std::sort(found.begin(), found.end());
    for (const std::string_view name : found)
        names.discover(name);
}

/// Several names may be of one service.
void putIn(const State &state, const std::vector<Tally> &counted, const Names &names, Picture &picture)
{
    for (const Tally &t : counted) {
        const std::uint32_t at = names.known(state.text(t.service));
        if (at == kNone)
            continue;
        Node &n = picture.nodes[at];
        n.alerts += t.alerts;
        n.suppressed += t.suppressed;
        if (rank(t.worst) > rank(n.worst))
            n.worst = t.worst;
        if (t.firstAt && (!n.firstAt || t.firstAt < n.firstAt))
            n.firstAt = t.firstAt;
        n.unhealthy = n.unhealthy || t.unhealthy;
    }
}

void countChanges(const State &state, const Names &names, Picture &picture, Instant now)
{
    for (const state::Change &c : state.changes) {
        const std::uint32_t at = c.at > now - kRecent && c.at <= now ? names.known(c.service) : kNone;
        if (at == kNone)
            continue;
        Node &n = picture.nodes[at];
        ++n.changes;
        if (c.at >= n.changedAt) {
            n.changedAt = c.at;
            n.change = c.title;
        }
    }
}

/// The workspace's, then those that were discovered and accepted; a pair the workspace has stays as it says.
void addEdges(const State &state, const Names &names, Picture &picture)
{
    const Workspace &workspace = *state.workspace;
    std::vector<std::uint32_t> seenFrom(picture.nodes.size(), kNone);
    for (std::uint32_t from = 0; from < workspace.services.size(); ++from)
        for (const Dependency &d : workspace.services[from].needs)
            if (const std::uint32_t to = names.known(d.to); to != kNone && seenFrom[to] != from) {
                seenFrom[to] = from;
                picture.edges.push_back({from, to, d.kind, false, false});
            }
    std::set<std::pair<std::uint32_t, std::uint32_t>> there;
    if (!state.map.accepted.empty())
        for (const Edge &e : picture.edges)
            there.emplace(e.from, e.to);
    for (const state::FoundEdge &e : state.map.accepted) {
        const std::uint32_t from = names.known(e.edge.from), to = names.known(e.edge.to);
        if (from != kNone && to != kNone && from != to && there.emplace(from, to).second)
            picture.edges.push_back({from, to, e.edge.kind, true, false});
    }
}

/// Everything that depends, directly or not, over hard or soft edges on something unhealthy.
void spreadBlast(Picture &picture)
{
    const Adjacency dependents(picture, Direction::Against, [](const Edge &e) { return e.kind != DependencyKind::Async; });
    std::deque<std::uint32_t> queue;
    for (std::uint32_t i = 0; i < picture.nodes.size(); ++i)
        if (picture.nodes[i].unhealthy)
            queue.push_back(i);
    const std::size_t sources = queue.size();
    for (std::size_t n = 0; !queue.empty(); ++n) {
        const std::uint32_t at = queue.front();
        queue.pop_front();
        const std::uint32_t hops = n < sources ? 0 : picture.nodes[at].blastHops;
        for (const std::uint32_t dependent : dependents.of(at)) {
            Node &d = picture.nodes[dependent];
            if (d.blast || dependent == at)
                continue;
            d.blast = true;
            d.blastHops = hops + 1;
            if (!d.unhealthy)
                queue.push_back(dependent);
        }
    }
}

} // namespace

std::uint32_t Picture::find(std::string_view id) const
{
    const auto it = std::find_if(nodes.begin(), nodes.end(), [&](const Node &n) { return n.id == id; });
    return it == nodes.end() ? kNone : static_cast<std::uint32_t>(it - nodes.begin());
}

Picture picture(const State &state, Instant now)
{
    Picture out;
    const Workspace &workspace = *state.workspace;
    out.nodes.reserve(workspace.services.size() + 16);
    Names names(out, workspace);
    const std::vector<Tally> counted = tallies(state, now);
    discover(state, counted, names, now);
    putIn(state, counted, names, out);
    countChanges(state, names, out, now);
    addEdges(state, names, out);
    spreadBlast(out);
    findSuspect(out);
    return out;
}

Picture health(const State &state)
{
    Picture out;
    Names names(out, *state.workspace);
    const std::vector<Tally> counted = tallies(state, state.time);
    discover(state, counted, names, state.time);
    putIn(state, counted, names, out);
    addEdges(state, names, out);
    return out;
}

std::vector<std::uint32_t> neighbourhood(const Picture &picture, const std::vector<std::uint32_t> &roots, std::uint32_t hops)
{
    const Adjacency forward(picture, Direction::Along, [](const Edge &) { return true; });
    const Adjacency backward(picture, Direction::Against, [](const Edge &) { return true; });
    std::vector<bool> seen(picture.nodes.size(), false);
    std::vector<std::uint32_t> ring, out;
    const auto reach = [&](std::uint32_t n, std::vector<std::uint32_t> &into) {
        if (n < seen.size() && !seen[n]) {
            seen[n] = true;
            into.push_back(n);
            out.push_back(n);
        }
    };
    for (const std::uint32_t root : roots)
        reach(root, ring);
    for (std::uint32_t hop = 0; hop < hops && !ring.empty(); ++hop) {
        std::vector<std::uint32_t> next;
        for (const std::uint32_t n : ring) {
            for (const std::uint32_t m : forward.of(n))
                reach(m, next);
            for (const std::uint32_t m : backward.of(n))
                reach(m, next);
        }
        ring = std::move(next);
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace qd::topology
