// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/why.h"

#include "core/control/items.h"

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

std::string joined(const std::vector<std::string> &texts)
{
    std::string out;
    for (const auto &t : texts)
        out += (out.empty() ? "" : ", ") + t;
    return out.empty() ? "nobody" : out;
}

std::string_view endedHow(const state::Alert &a)
{
    return a.endedBy == state::EndedBy::Source ? "its source says it is over" : "no source reports it any more";
}

void reported(const state::State &s, const state::Alert &a, Lines &lines)
{
    std::vector<std::string> by;
    for (std::size_t i = 0; i < s.sources.size() && i < 63; ++i)
        if (a.seenBy >> i & 1)
            by.push_back(s.sources[i].connection.name);
    std::string text = "reported " + std::to_string(a.reports) + (a.reports == 1 ? " time" : " times") + " by "
        + (by.empty() ? std::string("no connection any more") : joined(by)) + ", the last change by " + std::string(word(a.path));
    lines.add(a.openedAt, std::move(text));
}

/// Why nobody was paged for it, or who was.
void paging(const state::State &s, const state::Alert &a, Lines &lines)
{
    const std::string service(s.text(a.service)), incident(s.text(a.incident));
    for (const auto &x : s.escalations)
        if (!incident.empty() && x.incident == incident && !x.steps.empty()) {
            lines.add(x.startedAt, (x.observed ? "would have called " : "called ") + joined(x.steps.back().people) + " by policy " + x.policy
                                       + " for " + incident,
                      x.because.front());
            return;
        }
    const Service *known = s.workspace->service(service);
    const Team *team = known ? s.workspace->team(known->team) : nullptr;
    if (!known)
        return lines.add({}, "nobody is called: " + (service.empty() ? std::string("it names no service") : "the workspace does not know service " + service));
    if (!team || team->policy.empty())
        return lines.add({}, "nobody is called: service " + known->id + " has no escalation policy");
    if (known->paging == Paging::Observe)
        return lines.add({}, "nobody is called: paging of service " + known->id + " is \"observe\", the team's own pager stays pager of record");
    lines.add({}, incident.empty() ? "nobody is called: it belongs to no incident" : "nobody is called: no escalation was started for " + incident);
}

std::string alertWhy(const state::State &s, const state::Alert &a, std::string_view key)
{
    Lines lines;
    reported(s, a, lines);
    const std::size_t because = a.because < s.alerts.because.size() ? a.because : 0;
    lines.add(a.openedAt,
              (a.occurrence > 1 ? "opened again (occurrence " + std::to_string(a.occurrence) + ")" : std::string("opened")) + ": severity "
                  + std::string(word(a.severity)) + ", service " + (a.service ? std::string(s.text(a.service)) : "unknown") + ", group "
                  + std::string(s.text(a.group)),
              s.alerts.because[because]);
    if (a.firstOut)
        lines.add(a.openedAt, "first of its group");
    if (a.suppression != Suppression::None)
        lines.add({}, std::string(word(a.suppression)) + (a.suppressedBy ? " by " + std::string(s.text(a.suppressedBy)) : "") + ", as its source says");
    if (a.acknowledgedAt)
        lines.add(a.acknowledgedAt, "acknowledged by " + std::string(s.text(a.acknowledgedBy))
                      + (a.acknowledgeReason ? ": " + std::string(s.text(a.acknowledgeReason)) : ""));
    if (a.owner)
        lines.add({}, "assigned to " + std::string(s.text(a.owner)));
    if (const auto *i = s.incident(s.text(a.incident)))
        lines.add(i->declaredAt, "part of " + i->id + " \"" + i->title + "\"");
    if (a.status == AlertStatus::Resolved) {
        const std::size_t ended = a.endedBecause < s.alerts.because.size() ? a.endedBecause : 0;
        lines.add(a.resolvedAt, "resolved: " + std::string(endedHow(a)), s.alerts.because[ended]);
    } else {
        paging(s, a, lines);
    }
    return lines.finish(s, key, "alert", s.text(a.title));
}

void escalationLines(const state::Escalation &x, Lines &lines)
{
    const auto because = [&](std::size_t n) { return n < x.because.size() ? x.because[n] : events::Because{}; };
    lines.add(x.startedAt, "escalation/" + std::to_string(x.number) + " started by policy " + x.policy + " for " + x.about
                  + (x.observed ? "; nobody is really called" : ""),
              because(0));
    for (std::size_t n = 0; n < x.steps.size(); ++n)
        lines.add(x.steps[n].at, "step " + std::to_string(x.steps[n].number) + (x.observed ? " would have called " : " called ")
                      + joined(x.steps[n].people) + (x.steps[n].late ? ", late" : ""),
                  because(n + 1));
    if (x.acknowledgedAt)
        lines.add(x.acknowledgedAt, "acknowledged by " + x.acknowledgedBy);
    else if (!x.isRunning())
        lines.add(x.endedAt, x.outcome, because(x.steps.size() + 1));
}

std::string incidentWhy(const state::State &s, const state::Incident &i)
{
    Lines lines;
    lines.add(i.declaredAt, "declared as " + std::string(word(i.severity)) + " by " + i.declaredBy
                  + (i.alerts.empty() ? std::string(" without an alert") : " with " + std::to_string(i.alerts.size()) + " alerts"));
    for (const auto &e : i.timeline)
        if (e.kind == state::EntryKind::Severity || e.kind == state::EntryKind::Status || e.kind == state::EntryKind::Role
            || e.kind == state::EntryKind::Withheld)
            lines.add(e.at, e.text + (e.actor == "core" || e.actor.empty() ? "" : " (" + e.actor + ")"));
    for (const auto &room : i.rooms)
        lines.add({}, std::string(room.created ? "its room was made" : "it was attached to a room") + ": " + room.address + " through " + room.connection);
    for (const auto &x : s.escalations)
        if (x.incident == i.id)
            escalationLines(x, lines);
    return lines.finish(s, i.id, "incident", i.title);
}

} // namespace

Result<std::string> whyJson(const state::State &s, std::string_view key)
{
    if (const auto *i = s.incident(key))
        return incidentWhy(s, *i);
    if (key.starts_with("escalation/")) {
        std::uint32_t n = 0;
        std::from_chars(key.data() + 11, key.data() + key.size(), n);
        if (n >= 1 && n <= s.escalations.size()) {
            Lines lines;
            escalationLines(s.escalations[n - 1], lines);
            return lines.finish(s, key, "escalation", s.escalations[n - 1].about);
        }
    }
    if (const auto *a = s.alert(key))
        return alertWhy(s, *a, key);
    return fail(Code::NotFound, "There is no alert, incident or escalation \"" + std::string(key) + "\"; `get alerts` and `get incidents` list the keys.");
}

} // namespace qd::control
