// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include "core/command/related.h"

#include <algorithm>

/// What may be about the same; reasons that are chosen by a digit; what too much of one name leaves out.
namespace qd::control {

namespace {

constexpr std::size_t kGroupsLooked = 200; ///< groups related incidents are named for: those that fire longest

void addRelated(const state::State &s, std::string_view of, std::string_view kind, const command::Subject &subject, json::array &out)
{
    for (const command::Related &r : command::related(s, subject, s.time)) {
        const state::Incident *i = s.incident(r.incident);
        out.push_back(json::object{{"of", textJson(of)},
                                   {"kind", textJson(kind)},
                                   {"incident", r.incident},
                                   {"title", i ? i->title : std::string()},
                                   {"status", i ? wordJson(i->status) : json::value("")},
                                   {"open", r.isOpen},
                                   {"weight", r.weight},
                                   {"why", textsJson(r.why)},
                                   {"text", command::inWords(s, r)}});
    }
}

/// Groups that fire and hold an alert of no incident, by name.
std::vector<std::pair<Symbol, std::vector<std::string>>> loose(const state::State &s)
{
    std::vector<std::pair<Instant, Symbol>> oldest;
    for (const auto &[name, group] : s.alerts.groups)
        if (group.firing > 0)
            oldest.emplace_back(group.openedAt, name);
    std::sort(oldest.begin(), oldest.end(), [&](const auto &a, const auto &b) { return a.first != b.first ? a.first < b.first : s.text(a.second) < s.text(b.second); });
    if (oldest.size() > kGroupsLooked)
        oldest.resize(kGroupsLooked);
    std::vector<std::pair<Symbol, std::vector<std::string>>> out;
    std::unordered_map<Symbol, std::size_t> place;
    for (const auto &[at, name] : oldest) {
        place[name] = out.size();
        out.push_back({name, {}});
    }
    for (const state::Alert &a : s.alerts.all)
        if (a.status == AlertStatus::Firing && a.incident == 0)
            if (const auto at = place.find(a.group); at != place.end() && out[at->second].second.size() < command::kRelatedKeys)
                out[at->second].second.push_back(s.key(a));
    std::erase_if(out, [](const auto &group) { return group.second.empty(); });
    std::sort(out.begin(), out.end(), [&](const auto &a, const auto &b) { return s.text(a.first) < s.text(b.first); });
    return out;
}

} // namespace

json::array relatedItems(const state::State &s)
{
    json::array out;
    for (const auto &[number, i] : s.incidents)
        if (i.isOpen())
            addRelated(s, i.id, "incident", command::subjectOf(s, i), out);
    for (const auto &[name, keys] : loose(s))
        addRelated(s, s.text(name), "group", command::subjectOf(s, keys), out);
    return out;
}

json::array reasonItems(const state::State &s)
{
    json::array out;
    for (const ReasonPreset &r : s.workspace->reasonsFor({}))
        out.push_back(json::object{{"key", r.key}, {"text", r.words}, {"for", textsJson(r.verbs)}, {"usual", s.workspace->reasons.empty()}});
    return out;
}

json::array leftOutJson(const state::State &s, std::string_view connection)
{
    json::array out;
    for (const state::LeftOut &l : s.leftOut)
        if (l.connection == connection)
            out.push_back(json::object{{"alertname", l.alertname}, {"alerts", l.alerts}, {"most", l.most}, {"limit", l.limit}, {"deliveries", l.deliveries}, {"first", timeJson(l.first)},
                                       {"last", timeJson(l.last)}, {"overAt", timeJson(l.overAt)}, {"text", state::inWords(l)}});
    return out;
}

} // namespace qd::control
