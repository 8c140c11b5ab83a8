// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/pagerender.h"

#include <algorithm>
#include <boost/json.hpp>

/// The shape of Atlassian Statuspage's API v2, which most readers of status pages know.
namespace qd::comms {

namespace json = boost::json;

namespace {

const char *componentWord(ComponentState s)
{
    switch (s) {
    case ComponentState::Operational: return "operational";
    case ComponentState::Degraded: return "degraded_performance";
    case ComponentState::PartialOutage: return "partial_outage";
    case ComponentState::MajorOutage: return "major_outage";
    case ComponentState::Maintenance: return "under_maintenance";
    }
    return "operational";
}

const char *impactWord(ComponentState s)
{
    switch (s) {
    case ComponentState::Operational: return "none";
    case ComponentState::Maintenance: return "maintenance";
    case ComponentState::Degraded: return "minor";
    case ComponentState::PartialOutage: return "major";
    case ComponentState::MajorOutage: return "critical";
    }
    return "none";
}

json::value instantOrNull(Instant t)
{
    return t ? json::value(toRfc3339(t)) : json::value(nullptr);
}

json::object pageOf(const PageView &v)
{
    Instant updated;
    for (const ViewNotice &n : v.notices)
        updated = std::max(updated, n.updatedAt);
    for (const ViewComponent &c : v.components)
        updated = std::max(updated, c.since);
    return {{"id", v.id}, {"name", v.title}, {"url", v.url}, {"time_zone", v.zone == "UTC" ? "Etc/UTC" : v.zone}, {"language", v.language}, {"updated_at", instantOrNull(updated ? updated : v.at)}};
}

json::object statusOf(const PageView &v)
{
    return {{"indicator", impactWord(v.worst)}, {"description", pageWords(v.language).overall[static_cast<std::size_t>(v.worst)]}};
}

json::array componentsOf(const PageView &v)
{
    json::array out;
    std::vector<std::string> groups;
    int position = 0;
    for (const ViewComponent &c : v.components) {
        const auto group = std::find(groups.begin(), groups.end(), c.group);
        const std::size_t number = static_cast<std::size_t>(group - groups.begin()) + 1;
        if (!c.group.empty() && group == groups.end())
            groups.push_back(c.group);
        out.push_back(json::object{{"id", c.id},
                                   {"name", c.name},
                                   {"status", componentWord(c.state)},
                                   {"created_at", instantOrNull(c.first)},
                                   {"updated_at", instantOrNull(c.since)},
                                   {"position", ++position},
                                   {"description", c.about.empty() ? json::value(nullptr) : json::value(c.about)},
                                   {"showcase", true},
                                   {"start_date", c.first ? json::value(toRfc3339(c.first).substr(0, 10)) : json::value(nullptr)},
                                   {"group_id", c.group.empty() ? json::value(nullptr) : json::value("group-" + std::to_string(number))},
                                   {"page_id", v.id},
                                   {"group", false},
                                   {"only_show_if_degraded", false}});
    }
    for (std::size_t n = 0; n < groups.size(); ++n) {
        json::array members;
        for (const ViewComponent &c : v.components)
            if (c.group == groups[n])
                members.emplace_back(c.id);
        out.push_back(json::object{{"id", "group-" + std::to_string(n + 1)}, {"name", groups[n]}, {"group", true}, {"group_id", nullptr}, {"page_id", v.id}, {"position", ++position},
                                   {"components", std::move(members)}});
    }
    return out;
}

json::array affectedOf(const PageView &v, const std::vector<std::string> &ids)
{
    json::array out;
    for (const ViewComponent &c : v.components)
        if (std::find(ids.begin(), ids.end(), c.id) != ids.end())
            out.push_back(json::object{{"id", c.id}, {"name", c.name}, {"status", componentWord(c.state)}, {"page_id", v.id}});
    return out;
}

std::string linkOf(const PageView &v, const std::string &id)
{
    return v.url.empty() ? std::string() : v.url + "/#" + id;
}

json::object incidentOf(const PageView &v, const ViewNotice &n)
{
    const std::string id = "n" + std::to_string(n.number);
    json::array updates;
    Instant monitoring;
    for (const ViewUpdate &u : n.updates) {
        json::array affected;
        for (const auto &[name, state] : u.components)
            affected.push_back(json::object{{"name", name}, {"new_status", componentWord(state)}});
        if (u.phase == PagePhase::Monitoring)
            monitoring = u.at;
        updates.push_back(json::object{{"id", id + "-" + std::to_string(u.number)},
                                       {"incident_id", id},
                                       {"status", json::string_view(word(u.phase))},
                                       {"body", u.text},
                                       {"created_at", instantOrNull(u.at)},
                                       {"updated_at", instantOrNull(u.at)},
                                       {"display_at", instantOrNull(u.at)},
                                       {"affected_components", std::move(affected)}});
    }
    return {{"id", id},
            {"name", n.title},
            {"status", json::string_view(word(n.phase))},
            {"impact", impactWord(n.impact)},
            {"page_id", v.id},
            {"shortlink", linkOf(v, id)},
            {"created_at", instantOrNull(n.startedAt)},
            {"started_at", instantOrNull(n.startedAt)},
            {"updated_at", instantOrNull(n.updatedAt)},
            {"monitoring_at", instantOrNull(monitoring)},
            {"resolved_at", instantOrNull(n.resolvedAt)},
            {"next_update_at", instantOrNull(n.nextDue)},
            {"incident_updates", std::move(updates)},
            {"components", affectedOf(v, n.components)}};
}

json::object scheduledOf(const PageView &v, const ViewMaintenance &m)
{
    const std::string id = "m" + std::to_string(m.number);
    const char *status = m.isUnderWay ? "in_progress" : m.isOver || m.isCancelled ? "completed" : "scheduled";
    json::array words; // what it says now, as often as it was said
    for (std::size_t n = 0; n <= m.changedAt.size(); ++n) {
        const Instant at = n == 0 ? m.plannedAt : m.changedAt[n - 1];
        words.insert(words.begin(), json::object{{"id", id + "-" + std::to_string(n + 1)}, {"incident_id", id}, {"status", status}, {"body", m.text}, {"created_at", instantOrNull(at)},
                                                 {"updated_at", instantOrNull(at)}, {"display_at", instantOrNull(at)}, {"affected_components", json::array()}});
    }
    return {{"id", id},
            {"name", m.title},
            {"status", status},
            {"impact", "maintenance"},
            {"page_id", v.id},
            {"shortlink", linkOf(v, id)},
            {"created_at", instantOrNull(m.plannedAt)},
            {"updated_at", instantOrNull(m.endedAt ? m.endedAt : m.saidAt())},
            {"scheduled_for", instantOrNull(m.from)},
            {"scheduled_until", instantOrNull(m.until)},
            {"resolved_at", instantOrNull(m.endedAt)},
            {"incident_updates", std::move(words)},
            {"components", affectedOf(v, m.components)}};
}

json::array incidentsOf(const PageView &v, bool onlyOpen)
{
    json::array out;
    for (const ViewNotice &n : v.notices)
        if (!onlyOpen || n.isOpen())
            out.push_back(incidentOf(v, n));
    return out;
}

json::array scheduledAll(const PageView &v, bool onlyToCome)
{
    json::array out;
    for (const ViewMaintenance &m : v.maintenances)
        if (!onlyToCome || !(m.isOver || m.isCancelled))
            out.push_back(scheduledOf(v, m));
    return out;
}

std::string answer(json::object body)
{
    return json::serialize(body) + "\n";
}

} // namespace

std::string summaryJson(const PageView &v)
{
    return answer({{"page", pageOf(v)}, {"status", statusOf(v)}, {"components", componentsOf(v)}, {"incidents", incidentsOf(v, true)}, {"scheduled_maintenances", scheduledAll(v, true)},
                   {"generated_at", toRfc3339(v.at)}, {"may_be_out_of_date", v.isOverdue}});
}

std::string statusJson(const PageView &v)
{
    return answer({{"page", pageOf(v)}, {"status", statusOf(v)}});
}

std::string componentsJson(const PageView &v)
{
    return answer({{"page", pageOf(v)}, {"components", componentsOf(v)}});
}

std::string incidentsJson(const PageView &v)
{
    return answer({{"page", pageOf(v)}, {"incidents", incidentsOf(v, false)}, {"last_incident", v.lastNotice}});
}

std::string scheduledJson(const PageView &v)
{
    return answer({{"page", pageOf(v)}, {"scheduled_maintenances", scheduledAll(v, false)}, {"last_maintenance", v.lastMaintenance}});
}

} // namespace qd::comms
