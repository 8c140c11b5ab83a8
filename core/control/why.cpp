// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/why.h"

#include "core/command/nearchanges.h"
#include "core/command/related.h"
#include "core/control/items.h"
#include "core/oncall/groupcalls.h"
#include "core/oncall/whycalled.h"
#include "core/topology/causes.h"
#include "core/triage/why.h"

#include <algorithm>
#include <charconv>

namespace qd::control {

namespace {

class Lines {
public:
    void add(Instant at, std::string text, const events::Because &because = {})
    {
        m_lines.push_back(json::object{{"at", timeJson(at)},
                                       {"text", std::move(text)},
                                       {"rule", because.rule},
                                       {"matched", textsJson(because.matched)},
                                       {"ruledOut", textsJson(because.ruledOut)}});
    }
    [[nodiscard]] std::string finish(const state::State &s, std::string_view key, std::string_view kind, std::string_view title)
    {
        return json::serialize(json::object{{"key", textJson(key)},
                                            {"kind", textJson(kind)},
                                            {"title", textJson(title)},
                                            {"seq", s.seq},
                                            {"at", timeJson(s.time)},
                                            {"because", std::move(m_lines)}});
    }

private:
    json::array m_lines;
};

void escalationLines(const state::Escalation &x, Lines &lines)
{
    const auto because = [&](std::size_t n) { return n < x.because.size() ? x.because[n] : events::Because{}; };
    lines.add(x.startedAt, "escalation/" + std::to_string(x.number) + (x.isDirect() ? " started by name for " : " started by policy " + x.policy + " for ") + x.about
                  + (x.observed ? "; nobody is really called" : ""),
              because(0));
    for (std::size_t n = 0; n < x.steps.size(); ++n)
        lines.add(x.steps[n].at, calling(x.steps[n], x.observed ? "would have called" : "called"), because(n + 1));
    if (const std::string likely = consequence(x); !likely.empty())
        lines.add({}, likely, x.suspectBecause);
    if (x.fold.until) {
        lines.add(x.fold.since, "folded under " + x.fold.suspect + ": its next step waits until " + toRfc3339(x.fold.until) + " at most", x.fold.because);
        if (x.fold.endedAt)
            lines.add(x.fold.endedAt, "no longer folded", x.fold.ended);
    }
    if (x.acknowledgedAt)
        lines.add(x.acknowledgedAt, "acknowledged by " + x.acknowledgedBy);
    else if (!x.isRunning())
        lines.add(x.endedAt, x.outcome, because(x.steps.size() + 1));
}

/// Whom the alert's group called by itself, call by call.
void callLines(const state::State &s, const state::Alert &a, Lines &lines)
{
    for (const state::Escalation *x : oncall::callsOf(s, a)) {
        escalationLines(*x, lines);
        if (!x->heldBy.empty() || x->isFolded())
            lines.add({}, oncall::waiting(*x));
    }
}

void relatedLines(const state::State &s, const command::Subject &subject, Lines &lines)
{
    for (const command::Related &r : command::related(s, subject, s.time))
        lines.add({}, "may be about the same: " + command::inWords(s, r));
}

void changeLines(const state::State &s, const std::vector<command::NearChange> &changes, Lines &lines)
{
    for (const command::NearChange &n : changes)
        lines.add(n.change->at, "changed nearby: " + command::inWords(s, n));
}

std::string alertWhy(const state::State &s, const state::Alert &a, std::string_view key)
{
    Lines lines;
    const bool hasCalls = !oncall::callsOf(s, a).empty();
    for (const triage::Reason &r : triage::why(s, a))
        if (const bool isCall = r.fact == triage::Fact::Called || r.fact == triage::Fact::WouldCall; !(isCall && hasCalls && r.names.at(1) == s.text(a.group))) // those have lines of their own
            lines.add(r.at, triage::sentence(r) + (r.fact == triage::Fact::NotByItself ? ": " + oncall::whyNot(s, a) : ""), r.because ? *r.because : events::Because{});
    // Of what nobody was called for no conclusion is kept: the map says it as it stands.
    const std::string_view service = s.text(a.service);
    if (a.status == AlertStatus::Firing && !service.empty() && !hasCalls && topology::hasNeeds(s, service)) {
        const topology::Causes causes(s);
        if (const auto cause = causes.of(service))
            lines.add({}, "likely consequence of " + cause->suspect + " (" + state::pathText(cause->path) + ")", causes.because(*cause));
    }
    if (a.status == AlertStatus::Firing)
        changeLines(s, command::nearChanges(s, a), lines);
    const std::string_view name = s.label(a, "alertname");
    for (const state::LeftOut &l : s.leftOut)
        if (l.alertname == name && s.source(l.connection) && s.source(l.connection)->set == a.set)
            lines.add(l.first, state::inWords(l) + "; this one and others of its group call for them");
    if (a.status == AlertStatus::Firing && a.incident == 0)
        relatedLines(s, command::subjectOf(s, std::vector<std::string>{std::string(key)}), lines);
    callLines(s, a, lines);
    return lines.finish(s, key, "alert", s.text(a.title));
}

std::string incidentWhy(const state::State &s, const state::Incident &i)
{
    Lines lines;
    lines.add(i.declaredAt, "declared as " + std::string(word(i.severity)) + " by " + i.declaredBy
                  + (i.alerts.empty() ? std::string(" without an alert") : " with " + std::to_string(i.alerts.size()) + " alerts"));
    if (!i.service.empty() && !s.workspace->service(i.service))
        lines.add({}, "service " + i.service + " is not in the workspace: it has no team, no dependencies and no policy of its own");
    for (const auto &e : i.timeline)
        if (e.reference.starts_with("title/") || e.reference.starts_with("service/") || e.kind == state::EntryKind::Severity || e.kind == state::EntryKind::Status || e.kind == state::EntryKind::Role
            || e.kind == state::EntryKind::Withheld)
            lines.add(e.at, e.text + (e.actor == "core" || e.actor.empty() ? "" : " (" + e.actor + ")"));
    for (const auto &room : i.rooms)
        lines.add({}, std::string(room.created ? "its room was made" : "it was attached to a room") + ": " + room.address + " through " + room.connection);
    changeLines(s, command::nearChanges(s, i), lines);
    if (i.isOpen())
        relatedLines(s, command::subjectOf(s, i), lines);
    for (const auto &x : s.escalations)
        if (x.incident == i.id)
            escalationLines(x, lines);
    std::vector<Symbol> told; // groups of its alerts, which may call by themselves
    for (const std::string &key : i.alerts)
        if (const auto *a = s.alert(key); a && std::find(told.begin(), told.end(), a->group) == told.end()) {
            told.push_back(a->group);
            callLines(s, *a, lines);
        }
    return lines.finish(s, i.id, "incident", i.title);
}

} // namespace

const state::Escalation *escalationMeant(const state::State &s, std::string_view key)
{
    constexpr std::string_view kBegin = "escalation/";
    if (!key.starts_with(kBegin))
        return nullptr;
    std::uint32_t n = 0;
    std::from_chars(key.data() + kBegin.size(), key.data() + key.size(), n);
    return n >= 1 && n <= s.escalations.size() ? &s.escalations[n - 1] : nullptr;
}

Result<std::string> whyJson(const state::State &s, std::string_view key)
{
    if (const auto *i = s.incident(key))
        return incidentWhy(s, *i);
    if (const state::Escalation *x = escalationMeant(s, key)) {
        Lines lines;
        escalationLines(*x, lines);
        return lines.finish(s, key, "escalation", x->about);
    }
    if (const auto *a = s.alert(key))
        return alertWhy(s, *a, key);
    return fail(Code::NotFound, "There is no alert, incident or escalation \"" + std::string(key) + "\"; `get alerts` and `get incidents` list the keys.");
}

Result<std::string> whyCalledJson(const state::State &s, std::string_view key, const std::string &person)
{
    const state::Incident *incident = s.incident(key);
    const state::Alert *alert = incident ? nullptr : s.alert(key);
    if (!incident && !alert)
        return fail(Code::NotFound, "There is no alert or incident \"" + std::string(key) + "\"; `get alerts` and `get incidents` list the keys.");
    if (alert && alert->incident != 0)
        incident = s.incident(s.text(alert->incident));
    const oncall::WhyCalled why = oncall::whyCalled(s, alert, incident, person);
    Lines lines;
    for (const oncall::CallReason &r : why.reasons)
        lines.add(r.at, r.text);
    return lines.finish(s, key, why.called ? "called" : "not called", why.sentence);
}

} // namespace qd::control
