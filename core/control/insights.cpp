// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/insights.h"

#include "core/control/items.h"
#include "core/control/since.h"
#include "core/review/insights.h"

namespace qd::control {

namespace {

json::object spansJson(const review::Distribution &d)
{
    const auto span = [](Span s) { return json::value(s.seconds()); };
    json::object out{{"count", d.count}};
    const bool says = d.count >= review::kFewest;
    out["medianSeconds"] = says ? span(d.median) : json::value(nullptr);
    out["p90Seconds"] = says ? span(d.p90) : json::value(nullptr);
    out["longestSeconds"] = says ? span(d.longest) : json::value(nullptr);
    return out;
}

json::object perPersonJson(const review::CallsPerPerson &p)
{
    const bool says = p.people >= review::kFewest;
    const auto number = [&](std::uint64_t n) { return says ? json::value(n) : json::value(nullptr); };
    return {{"people", p.people}, {"median", number(p.median)}, {"p90", number(p.p90)}, {"most", number(p.most)}};
}

json::array countsJson(const std::vector<review::Count> &counts)
{
    json::array out;
    for (const auto &c : counts)
        out.push_back(json::object{{"name", c.name}, {"count", c.count}, {"share", c.share}});
    return out;
}

} // namespace

Result<std::string> insightsJson(const state::Past &past, const InsightsParams &params, Instant now, const std::function<bool()> &go)
{
    const auto before = recordBefore(past, params.since, now);
    if (!before)
        return tl::unexpected(before.error());
    review::Insights insights;
    state::SnapshotLoader loader;
    if (const auto was = state::stateAt(past, *before, loader); was && was->workspace) {
        insights.peopleAre(*was->workspace);
        if (was->flood.active)
            insights.floodIsOn(was->flood.since);
        for (const state::Source &s : was->sources)
            insights.setIs(s.connection.name, s.connection.set);
        for (const auto &[number, i] : was->incidents)
            if (i.isDrill())
                insights.exerciseWas(i.id, i.isOpen() && i.status < IncidentStatus::Resolved ? std::vector<std::string>(i.alerts.begin(), i.alerts.end()) : std::vector<std::string>());
        for (const state::Escalation &x : was->escalations)
            if (x.isRunning())
                insights.callWas(x.number, x.observed);
    }
    Instant from, to;
    bool stopped = false;
    if (const std::uint64_t head = past.head(); *before < head) {
        const auto read = past.replay(*before + 1, head, {}, [&](std::uint64_t seq, Instant time, const events::Events &events) {
            stopped = seq % 1024 == 0 && !go();
            from = from ? from : time;
            to = time;
            insights.add(time, events);
            return !stopped;
        });
        if (!read)
            return tl::unexpected(read.error());
    }
    if (stopped)
        return fail(Code::Unavailable, "The core is stopping.");
    const review::InsightsReport r = insights.report(from, std::max(to, now));
    json::array floods;
    for (const auto &f : r.floods)
        floods.push_back(json::object{{"from", timeJson(f.from)}, {"to", timeJson(f.to)}, {"alerts", f.alerts}, {"peak", f.peak}});
    return json::serialize(json::object{
        {"from", timeJson(r.from)},
        {"to", timeJson(r.to)},
        {"incidents", json::object{{"count", r.incidents},
                                   {"leftOut", r.leftOut},
                                   {"bySeverity", countsJson(r.bySeverity)},
                                   {"timeToDetect", spansJson(r.detected)},
                                   {"timeToAcknowledge", spansJson(r.acknowledged)},
                                   {"timeToMitigate", spansJson(r.mitigated)},
                                   {"timeToResolve", spansJson(r.resolved)}}},
        {"alerts", json::object{{"count", r.alerts},
                                {"priorities", countsJson(r.priorities)},
                                {"note", r.priorityNote},
                                {"services", countsJson(r.services)},
                                {"badActors", countsJson(r.badActors)},
                                {"badActorsShare", r.badActorsShare}}},
        {"floods", json::object{{"seconds", r.inFlood.seconds()}, {"share", r.floodShare}, {"items", std::move(floods)}}},
        {"calls", json::object{{"count", r.calls}, {"observed", r.callsObserved}, {"offHours", r.offHours}, {"atNight", r.atNight}, {"perPerson", perPersonJson(r.perPerson)}}},
    });
}

} // namespace qd::control
