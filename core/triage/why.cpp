// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/why.h"

#include <algorithm>

namespace qd::triage {

using state::Alert;
using state::State;

namespace {

const events::Because *becauseAt(const State &s, std::uint32_t index)
{
    return index < s.alerts.because.size() ? &s.alerts.because[index] : nullptr;
}

/// When the present episode of its group began.
Instant openedAt(const State &s, const Alert &a)
{
    const auto group = s.alerts.groups.find(a.group);
    return group == s.alerts.groups.end() ? Instant{} : group->second.openedAt;
}

/// The call that is about it: its incident's, else that of its group in this episode; null when nobody was called.
const state::Escalation *callAbout(const State &s, const Alert &a)
{
    const std::string_view incident = s.text(a.incident), group = s.text(a.group);
    for (const auto &x : s.escalations)
        if (!incident.empty() && x.incident == incident && !x.steps.empty())
            return &x;
    for (auto x = s.escalations.rbegin(); x != s.escalations.rend(); ++x)
        if (!x->group.empty() && x->group == group && (!x->steps.empty() || x->isFolded()) && x->startedAt >= openedAt(s, a))
            return &*x;
    return nullptr;
}

/// Who was called for it, or why nobody was.
Reason paging(const State &s, const Alert &a, const state::Escalation *call)
{
    const std::string service(s.text(a.service)), incident(s.text(a.incident));
    if (call)
        return {call->observed ? Fact::WouldCall : Fact::Called,
                call->startedAt,
                {call->policy, call->group.empty() ? incident : call->group,
                 call->steps.empty() ? std::string("nobody was called yet") : calling(call->steps.back(), call->observed ? "would have called" : "called")},
                &call->because.front()};
    if (service.empty())
        return {Fact::NoService, {}};
    const Service *known = s.workspace->service(service);
    if (!known)
        return {Fact::UnknownService, {}, {service}};
    const Team *team = s.workspace->team(known->team);
    if (!team || team->policy.empty())
        return {Fact::NoPolicy, {}, {known->id}};
    if (known->paging == Paging::Observe)
        return {Fact::Observed, {}, {known->id}};
    if (!incident.empty())
        return {Fact::NotStarted, {}, {incident}};
    return {known->paging == Paging::Own ? Fact::NotByItself : Fact::NoIncident, {}};
}

constexpr std::size_t kInhibitorsNamed = 5;
constexpr Span kDelayAtMost = hours(1); ///< what pauses for longer is no matter of a delay

/// What its source says keeps it quiet: ids as they are, alerts that inhibit it by name where they are known.
std::string suppressorsOf(const State &s, const Alert &a)
{
    const std::string ids(s.text(a.reportedBy));
    if (a.reported != Suppression::Inhibited)
        return ids;
    std::string out;
    std::size_t named = 0, more = 0;
    for (std::size_t from = 0; from < ids.size();) {
        const std::size_t comma = std::min(ids.find(',', from), ids.size());
        const std::string id = ids.substr(from, comma - from);
        from = comma + 1;
        if (named == kInhibitorsNamed) {
            ++more;
            continue;
        }
        ++named;
        const Alert *by = s.alert(std::string(s.text(a.set)) + "/" + id);
        out += (out.empty() ? "" : ", ") + (by ? std::string(s.text(by->title)) + (by->service ? " (" + std::string(s.text(by->service)) + ")" : "") : id);
    }
    return out + (more != 0 ? " and " + std::to_string(more) + " more" : "");
}

/// Which delay at its source would have made one alert of its coming and going, from what was seen of it: names of Fact::Flapping.
std::vector<std::string> delayFor(const State &s, const Alert &a)
{
    const std::uint32_t index = s.alerts.find(a.set, a.fingerprint);
    if (index == state::AlertTable::npos)
        return {};
    const auto times = s.alerts.transitions(index);
    Span on, off; // the longest of each
    bool begins = a.status == AlertStatus::Firing; // what its newest transition was
    for (std::size_t n = times.size(); n-- > 1; begins = !begins) {
        Span &longest = begins ? off : on;
        longest = std::max(longest, times[n] - times[n - 1]);
    }
    const bool isOff = on.ns <= 0 || (off.ns > 0 && off <= on);
    const Span most = isOff ? off : on, delay{(most.ns / minutes(1).ns + 1) * minutes(1).ns};
    if (most.ns <= 0 || delay > kDelayAtMost)
        return {};
    return {isOff ? "off" : "on", toText(Span{std::max(most.ns / seconds(1).ns, std::int64_t{1}) * seconds(1).ns}), toText(delay)};
}

std::string joined(const std::vector<std::string> &names, std::size_t from)
{
    std::string out;
    for (std::size_t i = from; i < names.size(); ++i)
        out += (out.empty() ? "" : ", ") + names[i];
    return out;
}

} // namespace

std::vector<Reason> why(const State &s, const Alert &a)
{
    std::vector<Reason> out;
    out.push_back({Fact::Began, a.startsAt});
    std::vector<std::string> reported{std::to_string(a.reports), std::string(word(a.path))};
    for (const auto *source : s.seenBy(a))
        reported.push_back(source->connection.name);
    if (a.path == Path::Own && a.status == AlertStatus::Firing)
        reported.emplace_back("the console itself");
    out.push_back({Fact::Reported, a.openedAt, std::move(reported)});
    out.push_back({Fact::Opened,
                   a.openedAt,
                   {std::to_string(a.occurrence), std::string(word(a.severity)), std::string(s.text(a.service)), std::string(s.text(a.group))},
                   becauseAt(s, a.because)});
    if (a.firstOut)
        out.push_back({Fact::FirstOfGroup, a.openedAt});
    if (a.flapping)
        out.push_back({Fact::Flapping, {}, delayFor(s, a)});
    if (a.correlation != 0)
        out.push_back({Fact::Correlated, {}, {std::string(s.text(a.correlation))}});
    if (a.reported != Suppression::None)
        out.push_back({Fact::Suppressed, {}, {std::string(word(a.reported)), suppressorsOf(s, a)}});
    if (a.own != Suppression::None) {
        const std::string by(s.text(a.ownBy));
        Reason quiet{Fact::KeptQuiet, {}, {std::string(word(a.own)), by, "", ""}, becauseAt(s, a.ownBecause)};
        if (const auto *placed = s.suppressors.find(by)) {
            quiet.at = placed->from;
            quiet.names[2] = placed->owner;
            quiet.names[3] = placed->reason;
        } else {
            for (const MaintenanceWindow &w : s.workspace->maintenance)
                if (by == "maintenance/" + w.id) {
                    quiet.names[2] = w.owner;
                    quiet.names[3] = w.reason;
                }
        }
        out.push_back(std::move(quiet));
    }
    if (a.acknowledgedAt)
        out.push_back({Fact::Acknowledged, a.acknowledgedAt, {std::string(s.text(a.acknowledgedBy)), std::string(s.text(a.acknowledgeReason))}});
    if (a.owner)
        out.push_back({Fact::Assigned, {}, {std::string(s.text(a.owner))}});
    if (const auto *i = s.incident(s.text(a.incident)))
        out.push_back({Fact::PartOf, i->declaredAt, {i->id, i->title}});
    if (!s.pagers.incidents.empty()) {
        const std::string key = s.key(a);
        for (const state::HeldOutside &h : s.pagers.incidents)
            if (h.what.alert == key) {
                Reason held{Fact::HeldOutside, h.what.changedAt, {h.name(), std::string(events::word(h.what.status)), h.what.changedBy}};
                held.names.insert(held.names.end(), h.what.assigned.begin(), h.what.assigned.end());
                out.push_back(std::move(held));
            }
    }
    if (a.status == AlertStatus::Resolved)
        out.push_back({Fact::Resolved, a.resolvedAt, {a.endedBy == state::EndedBy::Source ? "source" : "absence"}, becauseAt(s, a.endedBecause)});
    else {
        const state::Escalation *call = callAbout(s, a);
        out.push_back(paging(s, a, call));
        if (call && !call->suspect.empty())
            out.push_back({Fact::LikelyOf, {}, {call->suspect, state::pathText(call->path)}, &call->suspectBecause});
        if (call && call->isFolded())
            out.push_back({Fact::Folded, call->fold.since, {call->fold.suspect, toRfc3339(call->fold.until).substr(11, 8) + " UTC"}, &call->fold.because});
    }
    return out;
}

std::vector<const Alert *> inhibitedBy(const State &s, const Alert &a)
{
    std::vector<const Alert *> out;
    const std::string ids(s.text(a.reportedBy));
    for (std::size_t from = 0; a.reported == Suppression::Inhibited && from < ids.size();) {
        const std::size_t comma = std::min(ids.find(',', from), ids.size());
        if (const Alert *by = s.alert(std::string(s.text(a.set)) + "/" + ids.substr(from, comma - from)))
            out.push_back(by);
        from = comma + 1;
    }
    return out;
}

std::string sentence(const Reason &r)
{
    const auto name = [&](std::size_t i) { return i < r.names.size() ? r.names[i] : std::string(); };
    switch (r.fact) {
    case Fact::Began: return "began, by its source's own word";
    case Fact::Reported:
        return "reported " + name(0) + (name(0) == "1" ? " time" : " times") + " by "
            + (r.names.size() > 2 ? joined(r.names, 2) : std::string("no connection any more")) + ", the last change by " + name(1);
    case Fact::Opened:
        return (name(0) == "1" ? std::string("opened") : "opened again (occurrence " + name(0) + ")") + ": severity " + name(1) + ", service "
            + (name(2).empty() ? "unknown" : name(2)) + ", group " + name(3);
    case Fact::FirstOfGroup: return "first of its group";
    case Fact::Suppressed: return name(0) + (name(1).empty() ? "" : " by " + name(1)) + ", as its source says";
    case Fact::KeptQuiet:
        return name(0) + " by " + name(1) + (name(2).empty() ? "" : ", " + name(2)) + (name(3).empty() ? "" : ": " + name(3));
    case Fact::Flapping:
        return "flaps: it comes and goes too often"
            + (name(0) == "off" ? "; it was gone for " + name(1) + " at most: an off-delay of " + name(2) + " at its source (keep_firing_for) makes one alert of it"
                   : name(0) == "on" ? "; it fired for " + name(1) + " at most: an on-delay of " + name(2) + " at its source (for) keeps it out"
                                     : std::string());
    case Fact::Correlated: return "belongs to " + name(0);
    case Fact::Acknowledged: return "acknowledged by " + name(0) + (name(1).empty() ? "" : ": " + name(1));
    case Fact::Assigned: return "assigned to " + name(0);
    case Fact::PartOf: return "part of " + name(0) + " \"" + name(1) + "\"";
    case Fact::HeldOutside:
        return "is " + name(0) + ", " + name(1) + (name(2).empty() ? "" : " by " + name(2)) + (r.names.size() > 3 ? ", assigned to " + joined(r.names, 3) : "");
    case Fact::Called:
    case Fact::WouldCall: return name(2) + ", by policy " + name(0) + " for " + name(1);
    case Fact::NoService: return "nobody is called: it names no service";
    case Fact::UnknownService: return "nobody is called: service " + name(0) + " is not in the workspace";
    case Fact::NoPolicy: return "nobody is called: service " + name(0) + " has no escalation policy";
    case Fact::Observed: return "nobody is called: paging of service " + name(0) + " is \"observe\", the team's own pager stays pager of record";
    case Fact::NoIncident: return "nobody is called: it belongs to no incident";
    case Fact::NotByItself: return "it calls nobody by itself";
    case Fact::NotStarted: return "nobody is called: no escalation was started for " + name(0);
    case Fact::LikelyOf: return "likely consequence of " + name(0) + " (" + name(1) + ")";
    case Fact::Folded: return "folded under " + name(0) + ": its next step waits until " + name(1) + " at most";
    case Fact::Resolved: return name(0) == "source" ? "resolved: its source says it is over" : "resolved: no source reports it any more";
    }
    return {};
}

} // namespace qd::triage
