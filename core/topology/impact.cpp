// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topology/impact.h"

#include "core/topology/chain.h"
#include "core/topology/picture.h"

#include <algorithm>
#include <deque>

namespace qd::topology {

namespace {

/// Its own services by name, and the worst severity of what fires of it.
void own(const state::State &state, const state::Incident &incident, Impact &out)
{
    const auto add = [&](std::string_view name) {
        if (name.empty())
            return;
        const Service *known = state.workspace->service(name);
        const std::string id = known ? known->id : std::string(name);
        if (std::find(out.services.begin(), out.services.end(), id) == out.services.end())
            out.services.push_back(id);
    };
    add(incident.service);
    std::vector<Symbol> firing, over; // each service looked up once
    for (const std::string &key : incident.alerts)
        if (const state::Alert *a = state.alert(key)) {
            const bool fires = a->status == AlertStatus::Firing;
            auto &list = fires ? firing : over;
            if (std::find(list.begin(), list.end(), a->service) == list.end())
                list.push_back(a->service);
            if (fires && (out.technical == AlertSeverity::None || rank(a->severity) > rank(out.technical)))
                out.technical = a->severity;
        }
    for (const Symbol service : firing.empty() ? over : firing)
        add(state.text(service));
}

} // namespace

Impact impactOf(const state::State &state, const state::Incident &incident)
{
    Impact out;
    own(state, incident, out);
    const Picture picture = health(state);
    const Adjacency dependents(picture, Direction::Against, [](const Edge &e) { return e.kind != DependencyKind::Async; });
    std::vector<std::uint32_t> hops(picture.nodes.size(), kNone);
    std::deque<std::uint32_t> queue;
    for (const std::string &service : out.services)
        if (const std::uint32_t at = picture.find(service); at != kNone) {
            hops[at] = 0;
            queue.push_back(at);
        }
    std::vector<std::uint32_t> reached; // nearest first
    while (!queue.empty()) {
        const std::uint32_t at = queue.front();
        queue.pop_front();
        reached.push_back(at);
        out.blast += hops[at] > 0 ? 1 : 0;
        for (const std::uint32_t dependent : dependents.of(at))
            if (hops[dependent] == kNone) {
                hops[dependent] = hops[at] + 1;
                queue.push_back(dependent);
            }
    }
    for (const std::uint32_t at : reached) {
        const Service *service = state.workspace->service(picture.nodes[at].id);
        if (!service)
            continue;
        for (const std::string &id : service->carries)
            if (const BusinessService *business = state.workspace->businessService(id);
                business && std::none_of(out.business.begin(), out.business.end(), [&](const AffectedBusiness &b) { return b.what.id == id; }))
                out.business.push_back({*business, service->id, hops[at]});
    }
    std::stable_sort(out.business.begin(), out.business.end(), [](const AffectedBusiness &a, const AffectedBusiness &b) {
        return std::pair(a.what.customers, a.what.revenue) > std::pair(b.what.customers, b.what.revenue);
    });
    return out;
}

} // namespace qd::topology
