// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"
#include "core/state/intervening.h"
#include "core/state/timeline.h"

#include <algorithm>
#include <map>
#include <unordered_set>

/// The fold of alerts taken out of an incident, and of reasons nobody gave at once.
namespace qd::state {

namespace {

std::string countedAlerts(std::size_t n)
{
    return std::to_string(n) + (n == 1 ? " alert" : " alerts");
}

std::string owedWord(std::string_view kind)
{
    if (kind == "assigned")
        return "given to somebody else";
    if (kind == "unacknowledged")
        return "not acknowledged any more";
    if (kind == "heard")
        return "no longer kept quiet";
    if (kind == word(InterventionKind::Split))
        return "put into a group of their own";
    if (kind == word(InterventionKind::IncidentSplit))
        return "taken out";
    if (kind == "kept")
        return "kept quiet for longer";
    return std::string(kind);
}

bool isSeverity(const OwedReason &o) { return o.kind.starts_with("severity "); }

} // namespace

void oweOf(State &state, std::string_view id, const events::Actor &by, std::string kind, std::size_t alerts, const std::string &reason)
{
    const Incident *known = state.incident(id);
    if (!reason.empty() || !known || !known->isOpen() || state.interventions.undoing == state.seq)
        return;
    Closing &c = incidentOf(state, id)->closing;
    if (!c.owed.empty() && c.owed.back().seq == state.seq && c.owed.back().kind == kind && c.owed.back().by == by.person) {
        c.owed.back().alerts += static_cast<std::uint32_t>(alerts);
        return;
    }
    c.owed.push_back({++c.lastOwed, state.seq, std::move(kind), by.person, static_cast<std::uint32_t>(alerts), state.time, {}});
    if (c.owed.size() > kOwedKept) {
        const auto given = std::find_if(c.owed.begin(), c.owed.end(), [](const OwedReason &o) { return !o.reason.empty(); });
        c.owed.erase(given == c.owed.end() ? c.owed.begin() : given);
    }
}

void owe(State &state, const events::Actor &by, InterventionKind kind, const std::vector<std::string> &keys, const std::string &reason)
{
    if (!reason.empty() || by.via != Path::Person || by.person.empty() || by.person == "core")
        return;
    std::map<std::string, std::size_t, std::less<>> incidents;
    for (const std::string &key : keys)
        if (const Alert *a = state.alert(key); a && a->incident != 0)
            ++incidents[std::string(state.text(a->incident))];
    for (const auto &[id, alerts] : incidents)
        oweOf(state, id, by, std::string(word(kind)), alerts, reason);
}

std::vector<std::pair<std::uint32_t, std::string>> owedInWords(const Incident &incident)
{
    struct Line {
        const OwedReason *first, *last;
        std::size_t alerts = 0;
    };
    std::vector<Line> lines;
    for (const OwedReason &o : incident.closing.owed) {
        if (!o.reason.empty())
            continue;
        const auto same = std::find_if(lines.begin(), lines.end(), [&](const Line &l) { return l.first->kind == o.kind && l.first->by == o.by && !isSeverity(o); });
        Line &line = same == lines.end() ? lines.emplace_back(Line{&o, &o, 0}) : *same;
        line.last = &o;
        line.alerts += o.alerts;
    }
    std::vector<std::pair<std::uint32_t, std::string>> out;
    for (const Line &l : lines) {
        const OwedReason &o = *l.first;
        const std::string at = l.last == l.first ? "at " + clockText(o.at) : "from " + clockText(o.at) + " to " + clockText(l.last->at);
        const std::string what = isSeverity(o) ? o.kind : o.kind == "escalated" ? "people called at once" : countedAlerts(l.alerts) + " " + owedWord(o.kind);
        out.emplace_back(o.number, what + " " + at + " by " + o.by);
    }
    return out;
}

void apply(State &state, const events::ReasonGiven &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    std::string about;
    for (const auto &[number, words] : owedInWords(*i))
        if (std::find(e.owed.begin(), e.owed.end(), number) != e.owed.end())
            about += (about.empty() ? "" : "; ") + words;
    for (OwedReason &o : i->closing.owed)
        if (std::find(e.owed.begin(), e.owed.end(), o.number) != e.owed.end())
            o.reason = e.reason;
    note(state, e.incident, EntryKind::Command, e.by.person, "says why" + (about.empty() ? "" : " (" + about + ")") + ": " + e.reason).via = e.by.via;
}

void apply(State &state, const events::AlertsDetached &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    Intervening override(state, e.by, InterventionKind::IncidentSplit, e.keys.size(), e.into, e.reason);
    if (override) {
        override->from = e.incident;
        override->keys = e.keys;
    }
    if (e.by.via == Path::Person && !e.by.person.empty() && e.by.person != "core")
        oweOf(state, e.incident, e.by, std::string(word(InterventionKind::IncidentSplit)), e.keys.size(), e.reason);
    const std::unordered_set<std::string_view> gone(e.keys.begin(), e.keys.end());
    for (auto *keys : {&i->alerts, &i->closing.refired, &i->closing.stillFiring, &i->merged.keys})
        std::erase_if(*keys, [&](const std::string &key) { return gone.contains(key); });
    noteGone(state, *i, gone);
    const Symbol old = state.symbols.find(e.incident), now = e.into.empty() ? Symbol{0} : state.symbols.intern(e.into);
    for (const std::string &key : e.keys)
        if (const std::uint32_t index = state.alertIndex(key); index != AlertTable::npos && state.alerts.all[index].incident == old)
            state.alerts.all[index].incident = now;
    note(state, e.incident, EntryKind::Attached, e.by.person,
         countedAlerts(e.keys.size()) + " taken out" + (e.into.empty() ? "" : ", now of " + e.into) + (e.reason.empty() ? "" : ": " + e.reason), e.keys.empty() ? "" : e.keys.front())
        .via = e.by.via;
    if (state.interventions.undoing == state.seq)
        return;
    if (Incident *fresh = e.into.empty() ? nullptr : incidentOf(state, e.into)) {
        fresh->splitFrom = e.incident;
        note(state, e.into, EntryKind::Command, e.by.person, "splits it off " + e.incident + (e.reason.empty() ? "" : ": " + e.reason), e.incident).via = e.by.via;
    }
}

} // namespace qd::state
