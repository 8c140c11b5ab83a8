// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"
#include "core/state/intervening.h"
#include "core/state/timeline.h"

#include <algorithm>
#include <utility>
#include <unordered_set>

/// The fold of incidents that become part of another, and of the taking back.
namespace qd::state {

namespace {

std::string counted(std::size_t n)
{
    return std::to_string(n) + (n == 1 ? " alert" : " alerts");
}

/// The alerts are this incident's from now on, if they are `from`'s.
void hand(State &state, const std::vector<std::string> &keys, std::string_view from, const std::string &to)
{
    const Symbol old = state.symbols.find(from), now = state.symbols.intern(to);
    for (const std::string &key : keys)
        if (const std::uint32_t index = state.alertIndex(key); index != AlertTable::npos && (old == 0 || state.alerts.all[index].incident == old))
            state.alerts.all[index].incident = now;
}

} // namespace

void apply(State &state, const events::IncidentMerged &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const Intervening override(state, e.by, InterventionKind::IncidentMerged, i->alerts.size(), e.incident, e.reason);
    i->merged = {e.into, state.seq, i->status, {}, state.time};
    i->status = IncidentStatus::Merged;
    i->resolvedAt = state.time;
    i->leading.offer = {};
    i->leading.claim = {};
    note(state, e.incident, EntryKind::Status, e.by.person, "merged into " + e.into + (e.reason.empty() ? "" : ": " + e.reason), e.into).via = e.by.via;
}

void apply(State &state, const events::IncidentAbsorbed &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const std::unordered_set<std::string_view> known(i->alerts.begin(), i->alerts.end());
    std::vector<std::string> fresh;
    for (const std::string &key : e.keys)
        if (!known.contains(key))
            fresh.push_back(key);
    i->alerts.insert(i->alerts.end(), fresh.begin(), fresh.end());
    const Incident *merged = state.incident(e.from);
    for (const std::string &name : merged ? merged->alertNames : std::vector<std::string>())
        if (i->alertNames.size() < kAlertNamesKept && std::find(i->alertNames.begin(), i->alertNames.end(), name) == i->alertNames.end())
            i->alertNames.push_back(name);
    if (merged) {
        const std::unordered_set<std::string_view> joins(fresh.begin(), fresh.end());
        Joining joining(state, *i);
        for (const JoinedAlert &j : merged->joined)
            if (joins.contains(keyOf(state, j)))
                joining.add(j);
        joining.addLabels(merged->labels);
    }
    if (merged)
        hand(state, merged->alerts, e.from, e.incident);
    hand(state, fresh, e.from, e.incident);
    note(state, e.incident, EntryKind::Command, e.by.person,
         "merges " + e.from + (merged ? " (" + merged->title + ")" : std::string()) + " into it, " + counted(fresh.size()) + (fresh.size() == 1 ? " joins" : " join")
             + (e.reason.empty() ? "" : ": " + e.reason),
         e.from)
        .via = e.by.via;
    if (Incident *from = incidentOf(state, e.from))
        from->merged.keys = std::move(fresh);
}

void apply(State &state, const events::IncidentUnmerged &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i || i->status != IncidentStatus::Merged)
        return;
    i->status = i->merged.was;
    i->merged.into.clear();
    i->merged.keys.clear();
    i->resolvedAt = {};
    if (i->isOpen() && i->holder(Role::Commander).empty())
        i->leading.openSince = state.time;
    note(state, e.incident, EntryKind::Status, e.by.person, std::string(word(i->status)) + ": no longer part of " + e.into, e.into).via = e.by.via;
}

void apply(State &state, const events::IncidentReleased &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const std::unordered_set<std::string_view> gone(e.keys.begin(), e.keys.end());
    std::erase_if(i->alerts, [&](const std::string &key) { return gone.contains(key); });
    noteGone(state, *i, gone);
    if (const Incident *from = state.incident(e.from)) {
        // Those both had stay this one's.
        std::vector<std::string> back;
        for (const std::string &key : from->alerts)
            if (gone.contains(key))
                back.push_back(key);
        hand(state, back, e.incident, e.from);
    }
    note(state, e.incident, EntryKind::Command, e.by.person, "takes the merge of " + e.from + " back, " + counted(e.keys.size()) + (e.keys.size() == 1 ? " leaves" : " leave") + " it", e.from).via = e.by.via;
}

void apply(State &state, const events::IncidentPlaced &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const std::string before = std::exchange(i->parent, e.parent);
    note(state, e.incident, EntryKind::Command, e.by.person,
         (e.parent.empty() ? "is no longer part of the work on " + before : "is part of the work on " + e.parent) + (e.reason.empty() ? "" : ": " + e.reason), e.parent.empty() ? before : e.parent)
        .via = e.by.via;
}

void apply(State &state, const events::Nagged &e)
{
    // What is said once of an incident stands with it, and is not forgotten with the rest.
    if (Incident *i = incidentOf(state, e.incident)) {
        state::Leading &l = i->leading;
        for (const auto &[suffix, at] : {std::pair{events::kScopeOf, &l.scopeAskedAt}, std::pair{events::kLongOf, &l.longSaidAt}, std::pair{events::kTiredOf, &l.tiredSaidAt}})
            if (e.subject.ends_with(suffix)) {
                *at = state.time;
                note(state, e.incident, EntryKind::Command, "core", e.text, e.subject);
                return;
            }
    }
    if (state.nagged.size() >= State::kNaggedKept && !state.nagged.contains(e.subject))
        state.nagged.erase(std::min_element(state.nagged.begin(), state.nagged.end(), [](const auto &a, const auto &b) { return a.second < b.second; }));
    state.nagged[e.subject] = state.time;
    if (Incident *i = e.subject.ends_with(events::kRoomsOf) ? incidentOf(state, e.incident) : nullptr)
        i->closing.roomsAskedAt = state.time;
    if (!e.person.empty())
        note(state, e.incident, e.incident.empty() ? EntryKind::Suppression : EntryKind::Command, "core", e.text, e.subject);
}

} // namespace qd::state
