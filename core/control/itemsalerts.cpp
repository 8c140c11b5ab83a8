// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include "core/triage/why.h"

#include <algorithm>
#include <map>

namespace qd::control {

namespace {

json::object pairs(const state::State &s, std::size_t first, std::size_t count)
{
    json::object out;
    for (std::size_t i = first; i < first + count; ++i)
        out[s.text(s.alerts.pairs[i].name)] = textJson(s.text(s.alerts.pairs[i].value));
    return out;
}

/// By alert: what a pager of record holds of it.
using HeldItems = std::map<std::string_view, json::array>;

HeldItems heldItems(const state::State &s)
{
    HeldItems out;
    for (const state::HeldOutside &h : s.pagers.incidents) {
        if (h.what.alert.empty())
            continue;
        json::array log;
        for (const events::PagerEntry &e : h.history)
            log.push_back(json::object{{"at", timeJson(e.at)}, {"what", textJson(e.what)}, {"by", textJson(e.by)}, {"text", textJson(e.text)}});
        out[h.what.alert].push_back(json::object{{"set", h.set},
                                                 {"id", h.what.id},
                                                 {"number", h.what.number},
                                                 {"status", textJson(events::word(h.what.status))},
                                                 {"url", textJson(h.what.url)},
                                                 {"service", textJson(h.what.service)},
                                                 {"policy", textJson(h.what.policy)},
                                                 {"urgency", textJson(h.what.urgency)},
                                                 {"priority", textJson(h.what.priority)},
                                                 {"assigned", textsJson(h.what.assigned)},
                                                 {"changedAt", timeJson(h.what.changedAt)},
                                                 {"changedBy", textJson(h.what.changedBy)},
                                                 {"log", std::move(log)}});
    }
    return out;
}

json::object alertItem(const state::State &s, const state::Alert &a, std::string key, HeldItems &held)
{
    json::array outside;
    if (const auto it = held.find(key); it != held.end())
        outside = std::move(it->second);
    const bool acknowledged = static_cast<bool>(a.acknowledgedAt);
    json::array by;
    for (const auto *source : s.seenBy(a))
        by.push_back(textJson(source->connection.name));
    json::array inhibitors;
    for (const state::Alert *inhibitor : triage::inhibitedBy(s, a))
        inhibitors.push_back(json::object{{"key", s.key(*inhibitor)}, {"title", textJson(s.text(inhibitor->title))}, {"service", textJson(s.text(inhibitor->service))}});
    return {
        {"key", std::move(key)},
        {"fingerprint", fingerprintText(a.fingerprint)},
        {"source", textJson(s.text(a.set))},
        {"status", wordJson(a.status)},
        {"workflow", wordJson(a.workflow)},
        {"suppression", wordJson(a.suppression)},
        {"suppressedBy", textJson(s.text(a.suppressedBy))},
        {"inhibitedBy", std::move(inhibitors)},
        {"severity", wordJson(a.severity)},
        {"title", textJson(s.text(a.title))},
        {"service", textJson(s.text(a.service))},
        {"labels", pairs(s, a.firstPair, a.labels)},
        {"annotations", pairs(s, a.firstPair + a.labels, a.annotations)},
        {"startsAt", timeJson(a.startsAt)},
        {"endsAt", timeJson(a.endsAt)},
        {"occurrences", a.occurrence},
        {"reports", a.reports},
        {"reportedBy", std::move(by)},
        {"group", textJson(s.text(a.group))},
        {"correlation", textJson(s.text(a.correlation))},
        {"flapping", a.flapping},
        {"incident", textJson(s.text(a.incident))},
        {"owner", textJson(s.text(a.owner))},
        {"acknowledgedBy", textJson(acknowledged ? s.text(a.acknowledgedBy) : std::string_view())},
        {"acknowledgedAt", timeJson(a.acknowledgedAt)},
        {"openedAt", timeJson(a.openedAt)},
        {"resolvedAt", timeJson(a.resolvedAt)},
        {"lastSeen", timeJson(a.lastSeen)},
        {"link", textJson(s.text(a.link))},
        {"heldOutside", std::move(outside)},
    };
}

} // namespace

json::array alertItems(const state::State &s)
{
    std::vector<std::pair<std::string, const state::Alert *>> sorted;
    sorted.reserve(s.alerts.all.size());
    for (const auto &a : s.alerts.all)
        sorted.emplace_back(s.key(a), &a);
    std::sort(sorted.begin(), sorted.end());
    HeldItems held = heldItems(s);
    json::array out;
    out.reserve(sorted.size());
    for (auto &[key, alert] : sorted)
        out.push_back(alertItem(s, *alert, std::move(key), held));
    return out;
}

json::array groupItems(const state::State &s)
{
    struct Members {
        std::vector<std::string> firing, resolved;
        AlertSeverity worst = AlertSeverity::Unknown, last = AlertSeverity::Unknown; ///< of what fires; of what is over
    };
    std::map<Symbol, Members> members;
    for (const auto &a : s.alerts.all) {
        Members &m = members[a.group];
        (a.status == AlertStatus::Firing ? m.firing : m.resolved).push_back(s.key(a));
        if (a.status == AlertStatus::Firing)
            m.worst = std::max(m.worst, a.severity);
        else
            m.last = std::max(m.last, a.severity);
    }
    std::map<std::string_view, std::pair<const state::Group *, Symbol>> sorted;
    for (const auto &[symbol, group] : s.alerts.groups)
        sorted.emplace(s.text(symbol), std::pair(&group, symbol));
    json::array out;
    for (const auto &[name, entry] : sorted) {
        const auto &[group, symbol] = entry;
        Members &m = members[symbol];
        std::sort(m.firing.begin(), m.firing.end());
        std::sort(m.resolved.begin(), m.resolved.end());
        const bool known = group->firstOut < s.alerts.all.size();
        out.push_back(json::object{{"key", textJson(name)},
                                   {"status", wordJson(group->firing > 0 ? AlertStatus::Firing : AlertStatus::Resolved)},
                                   {"severity", wordJson(m.firing.empty() ? m.last : m.worst)},
                                   {"episode", group->episode},
                                   {"members", group->members},
                                   {"firing", textsJson(m.firing)},
                                   {"resolved", textsJson(m.resolved)},
                                   {"firstOut", known ? s.key(s.alerts.all[group->firstOut]) : std::string()},
                                   {"openedAt", timeJson(group->openedAt)},
                                   {"endedAt", timeJson(group->endedAt)}});
    }
    return out;
}

} // namespace qd::control
