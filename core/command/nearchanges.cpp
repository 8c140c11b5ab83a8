// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/nearchanges.h"

#include "core/command/related.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace qd::command {

using state::Change;
using state::State;

namespace {

constexpr std::size_t kRoots = 50; ///< services of one incident's alerts, the first

/// What is needed from some services on, and over which way.
class Upstream {
public:
    Upstream(const State &state, const std::vector<std::string> &roots) : m_state(state)
    {
        for (const std::string &root : roots)
            if (const std::string id = idOf(root); !id.empty() && m_hard.emplace(id, std::string()).second)
                m_roots.push_back(id);
        for (const state::FoundEdge &e : state.map.accepted)
            m_found[idOf(e.edge.from)].push_back(&e.edge);
        m_soft = m_hard;
        walk(m_hard, false);
        walk(m_soft, true);
    }
    [[nodiscard]] std::string idOf(const std::string &name) const
    {
        const Service *s = m_state.workspace->service(name);
        return s ? s->id : name;
    }
    /// How `id` is reached; Elsewhere: not at all.
    [[nodiscard]] Nearness to(const std::string &id, std::vector<std::string> &path) const
    {
        const bool isHard = m_hard.contains(id);
        if (!isHard && !m_soft.contains(id))
            return Nearness::Elsewhere;
        const Ways &ways = isHard ? m_hard : m_soft;
        for (std::string at = id; !at.empty(); at = ways.at(at))
            path.push_back(at);
        std::reverse(path.begin(), path.end());
        return path.size() == 1 ? Nearness::Same : isHard ? Nearness::Hard : Nearness::Soft;
    }

private:
    using Ways = std::unordered_map<std::string, std::string>; ///< to a service, from which; from none: it is a root

    void walk(Ways &ways, bool softToo) const
    {
        std::deque<std::string> open(m_roots.begin(), m_roots.end());
        while (!open.empty() && ways.size() < kChangesWalked) {
            const std::string from = open.front();
            open.pop_front();
            const auto follow = [&](const std::string &name, DependencyKind kind) {
                const std::string to = idOf(name);
                if ((kind == DependencyKind::Hard || (softToo && kind == DependencyKind::Soft)) && ways.emplace(to, from).second)
                    open.push_back(to);
            };
            const Service *s = m_state.workspace->service(from);
            if (s)
                for (const Dependency &d : s->needs)
                    follow(d.to, d.kind);
            if (const auto found = m_found.find(from); found != m_found.end())
                for (const MapEdge *edge : found->second)
                    if (!s || std::none_of(s->needs.begin(), s->needs.end(), [&](const Dependency &d) { return idOf(d.to) == idOf(edge->to); })) // what the workspace says counts
                        follow(edge->to, edge->kind);
        }
    }

    const State &m_state;
    std::vector<std::string> m_roots;
    std::unordered_map<std::string, std::vector<const MapEdge *>> m_found;
    Ways m_hard, m_soft;
};

} // namespace

std::vector<NearChange> nearChanges(const State &state, const std::vector<std::string> &services, Instant began)
{
    std::vector<NearChange> out;
    if (!began)
        return out;
    for (const Change &c : state.changes)
        if (began - c.at <= kChangesBefore && c.at - began <= kChangesAfter)
            out.push_back({&c, Nearness::Elsewhere, {}, began - c.at});
    if (out.empty())
        return out;
    const Upstream upstream(state, services);
    for (NearChange &n : out)
        if (!n.change->service.empty())
            n.near = upstream.to(upstream.idOf(n.change->service), n.path);
    const auto away = [](Span s) { return s.ns < 0 ? -s.ns : s.ns; };
    std::stable_sort(out.begin(), out.end(), [&](const NearChange &a, const NearChange &b) {
        if (a.near != b.near)
            return a.near < b.near;
        if (a.hops() != b.hops())
            return a.hops() < b.hops();
        return away(a.before) != away(b.before) ? away(a.before) < away(b.before) : a.change->seq > b.change->seq;
    });
    if (out.size() > kChangesShown)
        out.resize(kChangesShown);
    return out;
}

std::vector<NearChange> nearChanges(const State &state, const state::Incident &i)
{
    std::vector<std::string> services;
    if (!i.service.empty())
        services.push_back(i.service);
    for (std::size_t n = 0; n < std::min(i.alerts.size(), kRelatedKeys) && services.size() < kRoots; ++n)
        if (const state::Alert *a = state.alert(i.alerts[n]))
            if (const std::string_view service = state.text(a->service); !service.empty() && std::find(services.begin(), services.end(), service) == services.end())
                services.emplace_back(service);
    return nearChanges(state, services, i.impactSince ? i.impactSince : i.declaredAt);
}

std::vector<NearChange> nearChanges(const State &state, const state::Alert &a)
{
    std::vector<std::string> services;
    if (const std::string_view service = state.text(a.service); !service.empty())
        services.emplace_back(service);
    return nearChanges(state, services, a.startsAt);
}

std::string inWords(const State &state, const NearChange &n)
{
    const auto minutesOf = [](Span s) {
        const std::string text = toText(Span{s.ns / minutes(1).ns * minutes(1).ns});
        return text == "0s" ? std::string("under a minute") : text;
    };
    std::string where;
    switch (n.near) {
    case Nearness::Same: where = "the same service"; break;
    case Nearness::Hard:
    case Nearness::Soft:
        where = std::to_string(n.hops()) + (n.hops() == 1 ? " hop upstream" : " hops upstream") + (n.near == Nearness::Soft ? ", soft" : "") + ": " + state::pathText(n.path);
        break;
    case Nearness::Elsewhere: where = "elsewhere"; break;
    }
    return n.change->title + (n.change->service.empty() ? std::string() : " of " + state.workspace->nameOf(n.change->service)) + " (" + where + ", "
        + (n.before.ns < 0 ? minutesOf(Span{-n.before.ns}) + " after" : minutesOf(n.before) + " before") + ")";
}

} // namespace qd::command
