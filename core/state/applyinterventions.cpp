// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"
#include "core/state/intervening.h"
#include "core/state/timeline.h"

#include <algorithm>

/// What people did, kept so that it can be taken back, and the taking back.
namespace qd::state {

namespace {

/// What is kept is bounded; the oldest goes.
void trim(Interventions &o)
{
    while (o.all.size() > Interventions::kKept)
        o.all.pop_front();
    std::size_t touched = 0;
    for (auto it = o.all.rbegin(); it != o.all.rend(); ++it) {
        touched += it->touched ? it->touched->size() : 0;
        if (it->touched && touched > Interventions::kTouchedKept) {
            it->touched.reset();
            it->forgotten = true;
        }
    }
}

/// Only what still is as the override made it.
void restore(State &state, const Intervention &o, const TouchedAlert &was)
{
    const std::uint32_t index = state.alerts.find(was.set, was.fingerprint);
    if (index == AlertTable::npos)
        return;
    Alert &a = state.alerts.all[index];
    if (a.openedSeq > o.seq || a.status != AlertStatus::Firing) // another occurrence, or over
        return;
    bool answered = a.workflow == Workflow::Acknowledged;
    if ((was.changed & TouchedAlert::kAnswer) != 0) {
        // An answer comes back only where this very override took it: somebody may have taken it since, and a call runs.
        const bool unanswers = o.kind == InterventionKind::Unacknowledged && was.workflow == Workflow::Acknowledged && !answered;
        const bool answers = answered && a.acknowledgedAt == o.at && state.text(a.acknowledgedBy) == o.person;
        if (unanswers || answers) {
            answered = was.workflow == Workflow::Acknowledged;
            a.acknowledgedAt = was.acknowledgedAt;
            a.acknowledgedBy = was.acknowledgedBy;
            a.acknowledgeReason = was.acknowledgeReason;
        }
    }
    if ((was.changed & TouchedAlert::kOwner) != 0 && a.owner == o.owner)
        a.owner = was.owner;
    a.workflow = answered ? Workflow::Acknowledged : a.owner != 0 ? Workflow::Assigned : Workflow::New;
    if ((was.changed & TouchedAlert::kGroup) != 0 && a.group == o.group && was.group != o.group) {
        leaveGroup(state, a);
        a.group = was.group;
        joinGroup(state, index);
    }
}

} // namespace

std::string_view word(InterventionKind kind)
{
    static constexpr std::string_view kWords[] = {"assigned", "heard", "acknowledged", "unacknowledged", "snoozed", "shelved", "silenced", "held", "maintenance",
                                                  "split",    "merged", "attached",    "closed",         "written", "escalated", "incident-merged", "incident-split", "marked", "polled", "status"};
    return kWords[static_cast<std::size_t>(kind)];
}

Intervening::Intervening(State &state, const events::Actor &by, InterventionKind kind, std::size_t alerts, std::string subject, const std::string &reason) : m_state(state)
{
    Interventions &o = state.interventions;
    if (by.person.empty() || by.person == "core" || o.undoing == state.seq)
        return;
    const auto count = static_cast<std::uint32_t>(alerts);
    if (!o.all.empty() && o.all.back().seq == state.seq && o.all.back().person == by.person) {
        m_override = &o.all.back();
        if (m_override->reason.empty())
            m_override->reason = reason;
        if (kind > m_override->kind) {
            m_override->kind = kind;
            m_override->alerts = count;
            m_override->subject = std::move(subject);
        } else if (kind == m_override->kind) {
            m_override->alerts += count;
        }
        return;
    }
    m_override = &o.all.emplace_back();
    m_override->number = ++o.last;
    m_override->seq = state.seq;
    m_override->at = state.time;
    m_override->person = by.person;
    m_override->kind = kind;
    m_override->alerts = count;
    m_override->subject = std::move(subject);
    m_override->reason = reason;
}

Intervening::~Intervening()
{
    if (m_override == nullptr)
        return;
    if (!m_touched.empty()) {
        auto all = std::make_shared<std::vector<TouchedAlert>>();
        if (m_override->touched)
            *all = *m_override->touched;
        all->insert(all->end(), m_touched.begin(), m_touched.end());
        m_override->touched = std::move(all);
    }
    trim(m_state.interventions);
}

void Intervening::touch(const Alert &a, std::uint8_t changed, std::uint16_t placed)
{
    if (m_override == nullptr)
        return;
    m_touched.push_back({a.fingerprint, a.acknowledgedAt, a.set, a.owner, a.group, a.acknowledgedBy, a.acknowledgeReason, a.workflow, changed, placed});
}

void apply(State &state, const events::AlertsUnacknowledged &e)
{
    Intervening override(state, e.by, InterventionKind::Unacknowledged, e.keys.size(), {}, e.reason);
    owe(state, e.by, InterventionKind::Unacknowledged, e.keys, e.reason);
    std::size_t count = 0;
    for (const std::string &key : e.keys) {
        const std::uint32_t index = state.alertIndex(key);
        if (index == AlertTable::npos || state.alerts.all[index].workflow != Workflow::Acknowledged)
            continue;
        Alert &a = state.alerts.all[index];
        override.touch(a, TouchedAlert::kAnswer);
        a.workflow = a.owner != 0 ? Workflow::Assigned : Workflow::New;
        a.acknowledgedAt = {};
        a.acknowledgedBy = a.acknowledgeReason = 0;
        ++count;
    }
    note(state, {}, EntryKind::Suppression, e.by.person,
         std::to_string(count) + (count == 1 ? " alert" : " alerts") + " not acknowledged any more" + (e.reason.empty() ? "" : ": " + e.reason),
         e.keys.empty() ? std::string() : e.keys.front())
        .via = e.by.via;
}

void apply(State &state, const events::OverrideUndone &e)
{
    Interventions &o = state.interventions;
    o.undoing = state.seq; // what follows in this record takes back, and is nothing to take back itself
    const auto at = std::find_if(o.all.begin(), o.all.end(), [&](const Intervention &each) { return each.seq == e.record && each.person == e.by.person; });
    if (at == o.all.end() || at->undoneAt)
        return;
    Intervention &x = *at;
    x.undoneAt = state.time;
    for (const auto &[number, incident] : state.incidents) // what is taken back needs no reason any more
        if (std::any_of(incident.closing.owed.begin(), incident.closing.owed.end(), [&](const OwedReason &r) { return r.seq == x.seq && r.by == x.person; }))
            std::erase_if(state.incidents.edit(number).closing.owed, [&](const OwedReason &r) { return r.seq == x.seq && r.by == x.person; });
    if (x.touched)
        for (auto it = x.touched->rbegin(); it != x.touched->rend(); ++it)
            restore(state, x, *it);
    for (const std::string &merged : x.merged)
        if (const auto group = state.alerts.groups.find(state.symbols.find(merged)); group != state.alerts.groups.end() && group->second.mergedInto == x.group)
            group->second.mergedInto = 0;
    note(state, {}, EntryKind::Suppression, e.by.person, "takes back what was done at " + clockText(x.at) + ": " + inWords(x), "record/" + std::to_string(e.record)).via = e.by.via;
}

std::string inWords(const Intervention &o)
{
    const std::string alerts = std::to_string(o.alerts) + (o.alerts == 1 ? " alert " : " alerts ");
    const std::string until = o.until ? " until " + clockText(o.until) : std::string();
    switch (o.kind) {
    case InterventionKind::Assigned: return alerts + "given to " + o.subject;
    case InterventionKind::Heard: return o.subject + " ended";
    case InterventionKind::Acknowledged: return alerts + "acknowledged";
    case InterventionKind::Unacknowledged: return alerts + "not acknowledged any more";
    case InterventionKind::Snoozed: return alerts + "snoozed" + until;
    case InterventionKind::Shelved: return alerts + "shelved" + until;
    case InterventionKind::Silenced: return o.subject + " placed" + until;
    case InterventionKind::Held: return alerts + "held" + until;
    case InterventionKind::Maintenance: return o.subject + " planned" + until;
    case InterventionKind::Split: return alerts + "split off into group " + o.subject;
    case InterventionKind::GroupsMerged: return alerts + "merged into group " + o.subject;
    case InterventionKind::Attached: return alerts + "attached to " + o.subject;
    case InterventionKind::Closed: return alerts + "closed";
    case InterventionKind::SilenceWritten: {
        const auto slash = o.subject.find('/'); // behind it the silence that was ended
        return slash == std::string::npos ? "a silence asked of " + o.subject : "silence " + o.subject.substr(slash + 1) + " ended at " + o.subject.substr(0, slash);
    }
    case InterventionKind::Escalated: return o.subject + " called";
    case InterventionKind::IncidentMerged: return o.subject + " merged";
    case InterventionKind::IncidentSplit: return alerts + "taken out of " + o.from + (o.subject.empty() ? "" : " into " + o.subject);
    case InterventionKind::Marked: return o.subject + " of " + o.from + " marked";
    case InterventionKind::Polled: return o.subject + " of " + o.from + " asked";
    case InterventionKind::StatusSet: return o.subject + " set from " + o.from + " to " + (o.keys.empty() ? std::string() : o.keys.front());
    }
    return o.subject;
}

} // namespace qd::state
