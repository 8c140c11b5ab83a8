// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include <map>

namespace qd::control {

json::array mapItems(const state::State &s)
{
    std::map<std::pair<std::string_view, std::string_view>, json::object> sorted; // the workspace's word counts where there are two
    for (const Service &service : s.workspace->services)
        for (const Dependency &d : service.needs)
            sorted[{service.id, d.to}] = {{"from", service.id}, {"to", d.to}, {"kind", wordJson(d.kind)}, {"state", "workspace"}, {"origin", "workspace"},
                                          {"first", nullptr}, {"last", nullptr}, {"acceptedAt", nullptr}, {"by", ""}};
    for (const auto &[list, word] : {std::pair(&s.map.accepted, "accepted"), {&s.map.proposals, "proposed"}, {&s.map.dismissed, "dismissed"}})
        for (const state::FoundEdge &e : *list)
            sorted.try_emplace({e.edge.from, e.edge.to},
                               json::object{{"from", e.edge.from}, {"to", e.edge.to}, {"kind", wordJson(e.edge.kind)}, {"state", word}, {"origin", e.origin},
                                            {"first", timeJson(e.first)}, {"last", timeJson(e.last)}, {"acceptedAt", timeJson(e.acceptedAt)}, {"by", e.by}});
    json::array out;
    for (auto &[ends, item] : sorted)
        out.push_back(std::move(item));
    return out;
}

json::array foldItems(const state::State &s)
{
    std::map<std::string_view, const FoldRule *> sorted;
    for (const FoldRule &r : s.workspace->folds)
        sorted[r.id] = &r;
    json::array out;
    for (const auto &[id, r] : sorted) {
        const state::ShownFold *shown = s.map.shownFold(r->service, r->suspect);
        out.push_back(json::object{{"id", r->id}, {"service", r->service}, {"suspect", r->suspect}, {"state", shown ? "in force" : "not shown"},
                                   {"shownAt", timeJson(shown ? shown->at : Instant{})}, {"shownBy", shown ? shown->by : std::string()},
                                   {"sentence", shown ? shown->sentence : std::string()}});
    }
    return out;
}

} // namespace qd::control
