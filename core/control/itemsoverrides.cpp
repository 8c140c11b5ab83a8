// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/numberbehind.h"
#include "core/command/standdown.h"
#include "core/control/items.h"

#include <algorithm>
#include <map>
#include <tuple>

/// Every override in force: what people changed that the rules would have otherwise.
namespace qd::control {

using events::SuppressorKind;
using state::Intervention;
using state::InterventionKind;
using state::State;

namespace {

constexpr std::size_t kSeverityHead = std::string_view("SEV2 to SEV3: ").size(); ///< of the line in the timeline

/// The fields every override has; those of schedules have their own besides.
struct Line {
    std::string id, what, on, state, source, reason, by;
    Instant madeAt, from, until;
    std::uint32_t number = 0;
    std::string incident = {};           ///< that it was made for, as far as one can tell
};

json::object overrideItem(const Line &l)
{
    return {{"id", l.id},         {"what", l.what},     {"on", l.on},   {"state", l.state},
            {"by", l.by},         {"reason", l.reason}, {"from", timeJson(l.from)}, {"until", timeJson(l.until)},
            {"madeAt", timeJson(l.madeAt)}, {"source", l.source}, {"number", l.number}, {"schedule", ""},
            {"kind", l.what},     {"people", json::array()}, {"replaces", ""}, {"incident", l.incident}};
}

std::string matchersText(const std::vector<Matcher> &matchers)
{
    std::string out;
    for (const Matcher &m : matchers)
        out += (out.empty() ? "" : " ") + m.name + (m.isEqual ? (m.isRegex ? "=~" : "=") : (m.isRegex ? "!~" : "!=")) + "\"" + m.value + "\"";
    return out;
}

std::string alertsText(std::size_t n) { return std::to_string(n) + (n == 1 ? " alert" : " alerts"); }

void schedules(const State &s, json::array &out)
{
    for (const state::StandingOverride &o : s.rota.overrides) {
        std::string who;
        for (const std::string &p : o.what.people)
            who += (who.empty() ? "" : ", ") + p;
        const std::string change = o.what.kind == OverrideKind::Temporary ? "only " + who : o.what.kind == OverrideKind::Add ? who + " also"
            : o.what.kind == OverrideKind::Remove                         ? "not " + o.what.replaces
                                                                          : who + " in place of " + o.what.replaces;
        json::object x = overrideItem({"override/" + std::to_string(o.what.number), "schedule", o.schedule + ": " + change,
                               o.what.until <= s.time ? "ended" : o.what.from <= s.time ? "active" : "pending", o.source, o.reason, o.by, o.at, o.what.from, o.what.until,
                               o.what.number});
        x["schedule"] = o.schedule;
        x["kind"] = wordJson(o.what.kind);
        x["people"] = textsJson(o.what.people);
        x["replaces"] = o.what.replaces;
        out.push_back(std::move(x));
    }
}

void quiet(const State &s, json::array &out)
{
    for (const state::Suppressor &x : s.suppressors.all) {
        if (!x.stands())
            continue;
        const std::string on = !x.keys.empty() ? (x.keys.size() == 1 ? x.keys.front() : alertsText(x.keys.size())) : !x.service.empty() ? "service " + x.service : matchersText(x.matchers);
        out.push_back(overrideItem({x.id, std::string(events::word(x.kind)), on, x.begun ? "active" : "pending", "", x.reason, x.owner.empty() ? x.by : x.owner, x.at, x.from, x.until, 0}));
    }
    for (const state::Source &source : s.sources)
        for (const events::Silence &x : source.silences)
            if (x.state != "expired")
                out.push_back(overrideItem({source.connection.name + "/" + x.id, "silence", matchersText(x.matchers), x.state, source.connection.name, x.comment, x.createdBy, x.startsAt, x.startsAt, x.endsAt, 0}));
}

/// How many of the alerts it touched still are as it made them.
std::size_t standing(const State &s, const Intervention &o)
{
    if (!o.touched)
        return 0;
    return static_cast<std::size_t>(std::count_if(o.touched->begin(), o.touched->end(), [&](const state::TouchedAlert &t) {
        const std::uint32_t index = s.alerts.find(t.set, t.fingerprint);
        if (index == state::AlertTable::npos)
            return false;
        const state::Alert &a = s.alerts.all[index];
        return a.status == AlertStatus::Firing && a.openedSeq <= o.seq && (o.kind == InterventionKind::Assigned ? a.owner == o.owner : a.group == o.group);
    }));
}

/// What it is on, while it is in force; "" when it is not any more.
std::string inForce(const State &s, const Intervention &o)
{
    switch (o.kind) {
    case InterventionKind::Assigned: {
        const std::size_t n = o.person == o.subject ? 0 : standing(s, o); // one's own is no override
        return n > 0 ? alertsText(n) + ", now " + s.workspace->nameOf(o.subject) + "'s" : std::string();
    }
    case InterventionKind::Split:
    case InterventionKind::GroupsMerged: {
        const std::size_t n = standing(s, o);
        return n > 0 ? alertsText(n) + " in group " + o.subject : std::string();
    }
    case InterventionKind::Escalated: {
        const std::uint32_t n = numberBehindSlash(o.subject);
        return n >= 1 && n <= s.escalations.size() && s.escalations[n - 1].isRunning() ? o.subject : std::string();
    }
    case InterventionKind::IncidentMerged: {
        const state::Incident *from = s.incident(o.subject);
        const state::Incident *into = from && from->status == IncidentStatus::Merged && from->merged.seq == o.seq ? s.incident(from->merged.into) : nullptr;
        return into && into->isOpen() ? o.subject + " in " + into->id : std::string();
    }
    case InterventionKind::IncidentSplit: {
        const state::Incident *from = s.incident(o.from), *into = o.subject.empty() ? nullptr : s.incident(o.subject);
        const bool stands = o.subject.empty() ? from && from->isOpen() : into && into->isOpen();
        return stands ? alertsText(o.alerts) + " out of " + o.from + (o.subject.empty() ? "" : " in " + o.subject) : std::string();
    }
    default: return {}; // over with the act, or in the lists above
    }
}

/// The incident an override is about: what it names, else the one all its alerts are of.
std::string incidentOf(const State &s, const Intervention &o)
{
    for (const std::string &id : {o.subject, o.from})
        if (s.incident(id))
            return id;
    Symbol of = 0;
    if (!o.touched)
        return {};
    for (const state::TouchedAlert &t : *o.touched) {
        const std::uint32_t index = s.alerts.find(t.set, t.fingerprint);
        const Symbol incident = index == state::AlertTable::npos ? Symbol{0} : s.alerts.all[index].incident;
        if (incident == 0 || (of != 0 && incident != of))
            return {};
        of = incident;
    }
    return std::string(s.text(of));
}

void done(const State &s, json::array &out)
{
    for (const Intervention &o : s.interventions.all) {
        const std::string on = o.undoneAt ? std::string() : inForce(s, o);
        if (on.empty())
            continue;
        const std::string what = o.kind == InterventionKind::GroupsMerged ? "group-merged" : o.kind == InterventionKind::Split ? "group-split" : std::string(state::word(o.kind));
        out.push_back(overrideItem({"record/" + std::to_string(o.seq), what, on, "active", "", o.reason, o.person, o.at, o.at, o.until, 0, incidentOf(s, o)}));
    }
}

/// Severities that are another than what was suggested.
void severities(const State &s, json::array &out)
{
    for (const auto &[number, i] : s.incidents) {
        if (!i.isOpen() || i.reckoned.matrix.empty() || i.reckoned.suggested == i.severity)
            continue;
        const auto e = std::find_if(i.timeline.rbegin(), i.timeline.rend(), [](const state::Entry &each) { return each.kind == state::EntryKind::Severity; });
        Line l{i.id, "severity", i.id + ": " + std::string(word(i.severity)) + " where " + std::string(word(i.reckoned.suggested)) + " is suggested", "active", "", "", "", {}, {}, {}, 0};
        if (e != i.timeline.rend()) {
            l.incident = i.id;
            l.by = e->actor;
            l.madeAt = l.from = e->at;
            l.reason = e->text.size() > kSeverityHead ? e->text.substr(kSeverityHead) : std::string();
            if (const auto arithmetic = l.reason.find(" (" + i.reckoned.arithmetic); arithmetic != std::string::npos)
                l.reason.resize(arithmetic);
        }
        out.push_back(overrideItem(l));
    }
}

/// Roles of the team's own making, while somebody has them.
void ownRoles(const State &s, json::array &out)
{
    for (const auto &[number, i] : s.incidents) {
        if (!i.isOpen())
            continue;
        for (const state::OwnRole &own : i.ownRoles) {
            const auto e = std::find_if(i.timeline.rbegin(), i.timeline.rend(),
                                        [&](const state::Entry &each) { return each.kind == state::EntryKind::Role && each.reference == own.held.person && each.at == own.held.since; });
            out.push_back(overrideItem({i.id + "/" + own.title, "role", i.id + ": " + s.workspace->nameOf(own.held.person) + " is " + own.title, "active", "", "",
                                        e == i.timeline.rend() ? own.held.person : e->actor, own.held.since, own.held.since, {}, 0, i.id}));
        }
    }
}

/// Which open incident what people placed was made in: that of its alerts or service, or of who placed it, as the stand-down sheet has it.
std::map<std::string, std::string> madeIn(const State &s)
{
    std::map<std::string, std::string> out;
    for (const auto &[number, i] : s.incidents) {
        if (!i.isOpen())
            continue;
        for (const command::QuietHere &q : command::quietOf(s, i))
            out.try_emplace(q.id, i.id);
    }
    for (const state::StandingOverride &o : s.rota.overrides) // the other half of a swap
        if (const auto first = out.find("override/" + std::to_string(o.first)); first != out.end())
            out.try_emplace("override/" + std::to_string(o.what.number), first->second);
    return out;
}

} // namespace

json::array overrideItems(const State &s)
{
    json::array out;
    schedules(s, out);
    quiet(s, out);
    done(s, out);
    severities(s, out);
    ownRoles(s, out);
    const auto incidents = madeIn(s);
    for (json::value &each : out)
        if (const auto of = incidents.find(std::string(each.get_object().at("id").get_string())); of != incidents.end() && each.get_object().at("incident").get_string().empty())
            each.get_object()["incident"] = of->second;
    const auto place = [](const json::value &v) {
        const json::object &o = v.get_object();
        return std::tuple(o.at("number").to_number<std::uint32_t>(), std::string_view(o.at("what").get_string()), std::string_view(o.at("id").get_string())); // those without a number first
    };
    std::stable_sort(out.begin(), out.end(), [&](const json::value &a, const json::value &b) { return place(a) < place(b); });
    return out;
}

} // namespace qd::control
