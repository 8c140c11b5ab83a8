// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include <algorithm>
#include <map>

namespace qd::control {

namespace {

json::array writesJson(Writes writes)
{
    json::array out;
    for (const auto &[write, name] : {std::pair{Write::Silences, "silences"}, {Write::Acks, "acks"}, {Write::Rooms, "rooms"},
                                      {Write::Posts, "posts"}, {Write::Pages, "pages"}, {Write::Publish, "publish"}, {Write::Notes, "notes"}, {Write::Reassigns, "reassigns"}, {Write::Issues, "issues"}})
        if (allows(writes, write))
            out.emplace_back(name);
    return out;
}

std::string_view healthOf(const state::Source &x)
{
    if (x.silent)
        return "silent";
    if (!x.problem.empty())
        return "failed";
    return x.lastSeen ? "fresh" : "awaiting";
}

} // namespace

json::array serviceItems(const state::State &s)
{
    struct Load {
        std::uint64_t firing = 0;
        AlertSeverity worst = AlertSeverity::Unknown;
    };
    std::map<std::string_view, Load> loads;
    for (const auto &a : s.alerts.all)
        if (a.status == AlertStatus::Firing) {
            Load &load = loads[s.text(a.service)];
            ++load.firing;
            load.worst = std::max(load.worst, a.severity);
        }
    std::map<std::string_view, json::object> sorted;
    for (const auto &service : s.workspace->services) {
        json::array needs;
        for (const auto &d : service.needs)
            needs.push_back(json::object{{"to", d.to}, {"kind", wordJson(d.kind)}});
        sorted[service.id] = {{"id", service.id},
                              {"name", service.name},
                              {"team", service.team},
                              {"paging", wordJson(service.paging)},
                              {"needs", std::move(needs)},
                              {"aliases", textsJson(service.aliases)},
                              {"carries", textsJson(service.carries)}};
    }
    // A service that only alerts know is shown as well, without a name.
    for (const auto &[id, load] : loads)
        if (!id.empty() && !sorted.contains(id))
            sorted[id] = {{"id", textJson(id)}, {"name", ""}, {"team", ""}, {"paging", "observe"}, {"needs", json::array()}, {"aliases", json::array()}, {"carries", json::array()}};
    json::array out;
    for (auto &[id, item] : sorted) {
        const auto load = loads.find(id);
        item["firing"] = load == loads.end() ? 0 : load->second.firing;
        item["severity"] = load == loads.end() ? json::value(nullptr) : wordJson(load->second.worst);
        out.push_back(std::move(item));
    }
    return out;
}

json::array sourceItems(const state::State &s)
{
    std::map<std::string_view, json::object> sorted;
    for (const auto &x : s.sources)
        sorted[x.connection.name] = {{"name", x.connection.name},
                                     {"kind", x.connection.kind},
                                     {"set", textJson(s.text(x.set))},
                                     {"url", x.connection.url},
                                     {"address", x.connection.address},
                                     {"caFile", x.connection.caFile},
                                     {"interval", toText(x.connection.interval)},
                                     {"instead", x.connection.insteadRoom},
                                     {"insteadAfter", x.connection.insteadRoom.empty() ? json::value(nullptr) : json::value(toText(x.connection.insteadAfter))},
                                     {"health", textJson(healthOf(x))},
                                     {"state", x.state},
                                     {"problem", x.problem},
                                     {"armed", writesJson(x.armed)},
                                     {"path", wordJson(x.lastPath)},
                                     {"deliveries", x.deliveries},
                                     {"addedAt", timeJson(x.addedAt)},
                                     {"lastSeen", timeJson(x.lastSeen)},
                                     {"lastFailed", timeJson(x.lastFailed)},
                                     {"leftOut", leftOutJson(s, x.connection.name)}};
    json::array out;
    for (auto &[name, item] : sorted)
        out.push_back(std::move(item));
    return out;
}

json::array quarantineItems(const state::State &s)
{
    std::vector<const state::Quarantined *> sorted;
    for (const auto &q : s.quarantine)
        sorted.push_back(&q);
    std::stable_sort(sorted.begin(), sorted.end(), [](auto a, auto b) {
        return std::pair(a->seq, a->report.index) < std::pair(b->seq, b->report.index);
    });
    json::array out;
    for (const auto *q : sorted)
        out.push_back(json::object{{"seq", q->seq},
                                   {"at", timeJson(q->at)},
                                   {"connection", q->connection},
                                   {"path", wordJson(q->path)},
                                   {"index", q->report.index},
                                   {"reason", q->report.reason},
                                   {"excerpt", q->report.excerpt}});
    return out;
}

} // namespace qd::control
