// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/related.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace qd::command {

using state::Incident;
using state::State;

namespace {

constexpr std::uint32_t kLinked = 16, kSameAlert = 8, kSameService = 4, kNeighbour = 2, kSameName = 1;
constexpr std::size_t kNamesCounted = 3, kNamesSaid = 3;

std::string idOf(const Workspace &workspace, std::string_view service)
{
    const Service *s = workspace.service(service);
    return s ? s->id : std::string(service);
}

/// What the service needs and what needs it, one edge away, and how it is said.
std::unordered_map<std::string, std::string> neighboursOf(const State &state, const std::string &service)
{
    std::unordered_map<std::string, std::string> out;
    if (service.empty())
        return out;
    const auto add = [&](const std::string &from, const std::string &to) {
        if (from == service && to != service)
            out.try_emplace(to, state.workspace->nameOf(service) + " needs " + state.workspace->nameOf(to));
        else if (to == service && from != service)
            out.try_emplace(from, state.workspace->nameOf(from) + " needs " + state.workspace->nameOf(service));
    };
    for (const Service &s : state.workspace->services)
        for (const Dependency &d : s.needs)
            add(s.id, idOf(*state.workspace, d.to));
    for (const state::FoundEdge &e : state.map.accepted)
        add(idOf(*state.workspace, e.edge.from), idOf(*state.workspace, e.edge.to));
    return out;
}

void addNames(const State &state, const std::vector<std::string> &keys, std::vector<std::string> &names)
{
    for (std::size_t n = 0; n < std::min(keys.size(), kRelatedKeys) && names.size() < state::kAlertNamesKept; ++n) {
        const state::Alert *a = state.alert(keys[n]);
        const std::string_view name = a ? state.label(*a, "alertname") : std::string_view();
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.emplace_back(name);
    }
}

} // namespace

Subject subjectOf(const State &state, const Incident &i)
{
    Subject out{i.id, idOf(*state.workspace, i.service), i.alerts, i.alertNames, i.isDrill()};
    addNames(state, i.alerts, out.names);
    return out;
}

Subject subjectOf(const State &state, const std::vector<std::string> &alerts, std::string service)
{
    Subject out;
    out.alerts = alerts;
    const state::Alert *first = alerts.empty() ? nullptr : state.alert(alerts.front());
    out.service = idOf(*state.workspace, service.empty() && first ? std::string(state.text(first->service)) : service);
    if (first && first->incident != 0)
        out.incident = std::string(state.text(first->incident));
    addNames(state, alerts, out.names);
    return out;
}

std::vector<Related> related(const State &state, const Subject &subject, Instant now)
{
    const std::unordered_set<std::string_view> keys(subject.alerts.begin(), subject.alerts.end());
    const auto neighbours = neighboursOf(state, subject.service);
    std::vector<const Incident *> newest;
    for (const auto &[number, i] : state.incidents)
        newest.push_back(&i);
    std::reverse(newest.begin(), newest.end());
    if (newest.size() > kRelatedLooked)
        newest.resize(kRelatedLooked);
    struct Found {
        Related related;
        Instant at;
    };
    std::vector<Found> found;
    for (const Incident *i : newest) {
        if (i->id == subject.incident || i->isDrill() != subject.isDrill || i->status == IncidentStatus::Cancelled || i->status == IncidentStatus::Merged
            || (!i->isOpen() && i->resolvedAt && now - i->resolvedAt > kRelatedPast))
            continue;
        Related r{i->id, i->isOpen(), 0, {}};
        const Incident *subjected = subject.incident.empty() ? nullptr : state.incident(subject.incident);
        if (i->follows == subject.incident && subjected) {
            r.weight += kLinked;
            r.why.push_back("it follows " + subject.incident);
        } else if (subjected && subjected->follows == i->id) {
            r.weight += kLinked;
            r.why.push_back(subject.incident + " follows it");
        }
        const std::size_t looked = std::min(i->alerts.size(), kRelatedKeys);
        const auto same = static_cast<std::size_t>(std::count_if(i->alerts.begin(), i->alerts.begin() + static_cast<std::ptrdiff_t>(looked), [&](const std::string &key) { return keys.contains(key); }));
        if (same > 0) {
            r.weight += kSameAlert;
            r.why.push_back(std::to_string(same) + (same == 1 ? " alert is" : " alerts are") + " the same");
        }
        const std::string service = idOf(*state.workspace, i->service);
        if (!service.empty() && service == subject.service) {
            r.weight += kSameService;
            r.why.push_back("the same service, " + state.workspace->nameOf(service));
        } else if (const auto n = neighbours.find(service); n != neighbours.end()) {
            r.weight += kNeighbour;
            r.why.push_back(n->second);
        }
        std::vector<std::string> names;
        for (const std::string &name : i->alertNames)
            if (std::find(subject.names.begin(), subject.names.end(), name) != subject.names.end())
                names.push_back(name);
        if (!names.empty()) {
            r.weight += kSameName * static_cast<std::uint32_t>(std::min(names.size(), kNamesCounted));
            std::string said;
            for (std::size_t n = 0; n < std::min(names.size(), kNamesSaid); ++n)
                said += (n > 0 ? ", " : "") + names[n];
            if (names.size() > kNamesSaid)
                said += " and " + std::to_string(names.size() - kNamesSaid) + " more";
            r.why.push_back("alerts of the same name: " + said);
        }
        if (r.weight > 0)
            found.push_back({std::move(r), i->declaredAt});
    }
    std::stable_sort(found.begin(), found.end(), [](const Found &a, const Found &b) {
        return a.related.isOpen != b.related.isOpen ? a.related.isOpen : a.related.weight != b.related.weight ? a.related.weight > b.related.weight : a.at > b.at;
    });
    std::vector<Related> out;
    for (std::size_t n = 0; n < std::min(found.size(), kRelatedShown); ++n)
        out.push_back(std::move(found[n].related));
    return out;
}

std::string inWords(const State &state, const Related &r)
{
    const Incident *i = state.incident(r.incident);
    std::string out = r.incident;
    if (i)
        out += " (" + std::string(word(i->status)) + ", " + std::string(word(i->severity)) + (i->isOpen() || !i->resolvedAt ? "" : ", over since " + toRfc3339(i->resolvedAt).substr(0, 10)) + ")";
    for (std::size_t n = 0; n < r.why.size(); ++n)
        out += (n == 0 ? ": " : "; ") + r.why[n];
    return out;
}

} // namespace qd::command
