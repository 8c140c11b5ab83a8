// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/safetext.h"
#include "core/desk/effects.h"
#include "core/desk/mergecalls.h"
#include "core/oncall/escalation.h"
#include "core/triage/undo.h"

#include <algorithm>
#include <optional>
#include <set>

/// The commander's overrides on whole selections that keep nothing quiet, their taking back, and incidents that become one.
namespace qd::desk {

using state::Incident;
using state::State;

namespace {

struct DecidingOverride {
    const State &state;
    const events::Actor &by;
    Instant now;

    Result<Decision> operator()(const UnacknowledgeAlerts &c) const
    {
        if (const auto known = allKnown(c.alerts, "take the answer back for"); !known)
            return tl::unexpected(known.error());
        for (const std::string &key : c.alerts) {
            const auto *a = state.alert(key);
            if (a->status == AlertStatus::Resolved)
                return fail(Code::Conflict, "Alert " + key + " is resolved; nobody has to answer it.");
            if (a->workflow != Workflow::Acknowledged)
                return fail(Code::Conflict, "Alert " + key + " is not acknowledged.");
        }
        return Decision{{events::AlertsUnacknowledged{c.alerts, safeText(c.reason, kTextLimit), by}}, c.alerts.front(), {}};
    }
    Result<Decision> operator()(const EscalateAlerts &c) const
    {
        if (const auto known = allKnown(c.alerts, "call people for"); !known)
            return tl::unexpected(known.error());
        std::set<std::string_view> groups, incidents;
        for (const std::string &key : c.alerts) {
            const auto *a = state.alert(key);
            groups.insert(state.text(a->group));
            if (a->incident != 0)
                incidents.insert(state.text(a->incident));
        }
        Decision d;
        Error refusal{Code::NotFound, "Nobody is being called for these alerts; start a call for their incident: escalate --service S.", {}};
        for (const auto &x : state.escalations) {
            if (!x.isRunning() || !(x.group.empty() ? incidents.contains(x.incident) : groups.contains(x.group)))
                continue;
            auto e = oncall::hurry(state, x.number, by, c.step, c.person, safeText(c.reason, kTextLimit));
            const std::string id = "escalation/" + std::to_string(x.number);
            if (!e) {
                refusal = e.error();
                d.notes.push_back(id + ": " + refusal.message);
                continue;
            }
            d.events.push_back(std::move(*e));
            d.id = d.id.empty() ? id : d.id;
        }
        for (const std::string &key : c.alerts)
            for (const state::HeldOutside *h : state.pagers.ofAlert(key)) {
                auto e = escalateThere(*h, c);
                if (!e) {
                    refusal = e.error();
                    d.notes.push_back(refusal.message);
                    continue;
                }
                d.events.push_back(std::move(*e));
                d.id = d.id.empty() ? key : d.id;
            }
        if (d.events.empty())
            return tl::unexpected(refusal);
        return d;
    }
    /// The next level of its policy there, the level named, or a person.
    Result<events::Event> escalateThere(const state::HeldOutside &held, const EscalateAlerts &c) const
    {
        if (c.person.empty())
            return Gate(state).askPager(events::Effect::PagerEscalate, held, by.person, c.step == 0 ? std::string() : std::to_string(c.step), by);
        const Person *person = state.workspace->person(c.person);
        if (!person || person->email.empty())
            return fail(Code::NotFound, held.name() + " cannot be given to " + safeLine(c.person, 60) + ": PagerDuty knows people by their mail address, and there is none.");
        return Gate(state).askPager(events::Effect::PagerAssign, held, person->id, person->email, by);
    }
    Result<Decision> operator()(const NoteAlerts &c) const
    {
        if (const auto known = allKnown(c.alerts, "note something about"); !known)
            return tl::unexpected(known.error());
        const std::string text = cleanText(c.text);
        if (text.empty())
            return fail(Code::Invalid, "A note needs words.");
        return Decision{{events::AlertsNoted{c.alerts, text, by}}, c.alerts.front(), {}};
    }
    Result<Decision> operator()(const Undo &c) const
    {
        Decision d;
        auto events = triage::undo(state, c.record, by, now, d.notes);
        if (!events)
            return tl::unexpected(events.error());
        d.id = "record/" + std::to_string(get<events::OverrideUndone>(events->front()).record);
        d.events = std::move(*events);
        return d;
    }
    Result<Decision> operator()(const MergeIncidents &c) const
    {
        const auto from = incidentMeant(state, c.incident);
        if (!from)
            return tl::unexpected(from.error());
        const auto into = incidentMeant(state, c.into);
        if (!into)
            return tl::unexpected(into.error());
        const std::string reason = cleanText(c.reason);
        if (reason.empty())
            return fail(Code::Invalid, "Say why " + (*from)->id + " is part of " + (*into)->id + ": --reason.");
        if (*from == *into)
            return fail(Code::Invalid, "An incident is merged into another one.");
        for (const Incident *i : {*from, *into})
            if (!i->isOpen())
                return i->status == IncidentStatus::Merged ? tl::unexpected(notOpen(*i))
                                                           : fail(Code::Conflict, i->id + " is " + std::string(word(i->status)) + "; only incidents that are open are merged.");
        if ((*from)->isDrill() != (*into)->isDrill())
            return fail(Code::Conflict, "A drill and an incident that is none are not merged.");
        Decision d;
        d.id = (*into)->id;
        append(d.events, callOn(**from, **into, d.notes)); // first: between an end and a beginning somebody else would be called
        d.events.emplace_back(events::IncidentMerged{(*from)->id, (*into)->id, reason, by});
        d.events.emplace_back(events::IncidentAbsorbed{(*into)->id, (*from)->id, reason, (*from)->alerts, by});
        if ((*from)->severity < (*into)->severity)
            d.notes.push_back((*from)->id + " was " + std::string(word((*from)->severity)) + ", " + (*into)->id + " is " + std::string(word((*into)->severity))
                              + ": is that still right?");
        const auto open = static_cast<std::size_t>(std::count_if((*from)->tasks.begin(), (*from)->tasks.end(), [](const auto &t) { return !t.doneAt; }));
        if (open > 0)
            d.notes.push_back(std::to_string(open) + (open == 1 ? " open task stays" : " open tasks stay") + " with " + (*from)->id + "; give it anew where it is still to be done.");
        return d;
    }
    Result<Decision> operator()(const PlaceIncident &c) const
    {
        const auto child = incidentMeant(state, c.incident);
        if (!child)
            return tl::unexpected(child.error());
        if (const auto ok = bounded({{c.reason, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        if (c.parent.empty()) {
            if ((*child)->parent.empty())
                return fail(Code::Conflict, (*child)->id + " is part of no other incident.");
            return Decision{{events::IncidentPlaced{(*child)->id, {}, cleanText(c.reason), by}}, (*child)->id, {}};
        }
        const auto parent = incidentMeant(state, c.parent);
        if (!parent)
            return tl::unexpected(parent.error());
        if (*child == *parent)
            return fail(Code::Invalid, "An incident is part of the work on another one.");
        for (const Incident *i : {*child, *parent})
            if (!i->isOpen())
                return tl::unexpected(notOpen(*i));
        if ((*child)->isDrill() != (*parent)->isDrill())
            return fail(Code::Conflict, "A drill and an incident that is none do not belong together.");
        if (!(*parent)->parent.empty()) // one level, so that everybody knows where to look
            return fail(Code::Conflict, (*parent)->id + " is itself part of the work on " + (*parent)->parent + "; name that one.");
        for (const auto &[number, other] : state.incidents)
            if (other.parent == (*child)->id && other.isOpen())
                return fail(Code::Conflict, other.id + " is part of the work on " + (*child)->id + "; what has parts is not part of another.");
        if ((*child)->parent == (*parent)->id)
            return fail(Code::Conflict, (*child)->id + " is part of the work on " + (*parent)->id + " already.");
        return Decision{{events::IncidentPlaced{(*child)->id, (*parent)->id, cleanText(c.reason), by}}, (*child)->id, {}};
    }
    Result<Decision> operator()(const SplitIncident &c) const
    {
        if (const auto known = allKnown(c.alerts, "take out of their incident"); !known)
            return tl::unexpected(known.error());
        const std::string reason = cleanText(c.reason), title = cleanText(c.title);
        const auto *first = state.alert(c.alerts.front());
        const Incident *from = first->incident == 0 ? nullptr : state.incident(state.text(first->incident));
        if (!from)
            return fail(Code::Conflict, "Alert " + c.alerts.front() + " is of no incident.");
        if (!from->isOpen())
            return tl::unexpected(notOpen(*from));
        const std::set<std::string_view> had(from->alerts.begin(), from->alerts.end());
        std::set<std::string_view> asked;
        for (const std::string &key : c.alerts)
            if (state.alert(key)->incident != first->incident || !had.contains(key) || !asked.insert(key).second)
                return fail(Code::Conflict, "Alert " + key + (had.contains(key) ? " is named twice." : " is not of " + from->id + "; alerts of one incident are taken out at once."));
        if (c.none == !title.empty())
            return fail(Code::Invalid, "Say what the new incident is called: --title; or that they become part of none: --none.");
        if (!c.none && asked.size() == had.size())
            return fail(Code::Conflict, "These are all alerts of " + from->id + ": nothing would be left of it. Change its title by a line in its log, or take them out into none.");
        Decision d;
        std::string into;
        if (!c.none) { // first: between an end and a beginning somebody else would be called
            const auto severity = c.severity.empty() ? std::string(word(from->severity)) : c.severity;
            auto declared = decideIncident(state, DeclareIncident{title, severity, {}, {}, from->kind, c.alerts, !from->rooms.empty(), {}}, by, now);
            if (!declared)
                return declared;
            into = declared->id;
            d = std::move(*declared);
        }
        d.id = into.empty() ? from->id : into;
        d.events.emplace_back(events::AlertsDetached{from->id, into, reason, c.alerts, by});
        return d;
    }
    Result<Decision> operator()(const GiveReason &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        auto events = decideReasons(**i, {{c.owed, c.reason}}, by);
        if (!events)
            return tl::unexpected(events.error());
        return Decision{std::move(*events), (*i)->id, {}};
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is no override.");
    }

    /// Nobody has answered calls that a merge ends: where nobody sees to the other incident either, they call on from there, each policy once.
    events::Events callOn(const Incident &from, const Incident &into, std::vector<std::string> &notes) const
    {
        if (!into.holder(Role::Commander).empty())
            return {};
        std::vector<const state::Escalation *> unanswered;
        for (const auto &x : state.escalations) {
            if (x.incident == into.id && !x.observed && (x.isRunning() || x.outcome == "acknowledged"))
                return {};
            if (x.incident == from.id && !x.observed && x.isRunning())
                unanswered.push_back(&x);
        }
        return goOn(state, unanswered, {into.id, false, by, now}, &notes);
    }
    Result<> allKnown(const Strings &keys, const char *what) const
    {
        if (keys.empty() || keys.size() > kAlertsLimit)
            return fail(Code::Invalid, std::string("Name between 1 and 10,000 alerts to ") + what + ".");
        for (const std::string &key : keys)
            if (!state.alert(key))
                return fail(Code::NotFound, "There is no alert " + safeLine(key, 200) + "; `get alerts` lists the keys.");
        return {};
    }
};

} // namespace

Result<events::Events> decideReasons(const Incident &incident, const std::vector<OwedAnswer> &answers, const events::Actor &by)
{
    events::Events out;
    for (const OwedAnswer &each : answers) {
        const auto &owed = incident.closing.owed;
        const auto it = std::find_if(owed.begin(), owed.end(), [&](const state::OwedReason &o) { return o.number == each.owed; });
        if (it == owed.end())
            return fail(Code::NotFound, incident.id + " owes no reason " + std::to_string(each.owed) + "; `get standdowns` lists those it owes.");
        const std::string reason = cleanText(each.reason);
        if (reason.empty())
            return fail(Code::Invalid, "Say why, in a few words: --reason.");
        if (!it->reason.empty())
            return fail(Code::Conflict, "Reason " + std::to_string(each.owed) + " of " + incident.id + " was given already: " + it->reason);
        events::ReasonGiven e{incident.id, reason, {}, by};
        for (const state::OwedReason &o : owed)
            if (o.reason.empty() && (o.number == each.owed || (o.kind == it->kind && o.by == it->by && !o.kind.starts_with("severity "))))
                e.owed.push_back(o.number);
        out.emplace_back(std::move(e));
    }
    return out;
}

Result<Decision> decideOverride(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingOverride{state, by, now}, command);
}

} // namespace qd::desk
