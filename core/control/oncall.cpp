// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/oncall.h"

#include "core/base/nearest.h"
#include "core/base/safetext.h"
#include "core/control/items.h"
#include "core/desk/alertcalls.h"
#include "core/oncall/pagers.h"
#include "core/oncall/plan.h"
#include "core/oncall/schedule.h"
#include "core/triage/ownership.h"

namespace qd::control {

using state::State;

namespace {

constexpr Span kShown = hours(24 * 7);

json::array peopleJson(const State &state, const std::vector<oncall::Called> &people)
{
    json::array out;
    for (const oncall::Called &c : people)
        out.push_back(json::object{{"person", c.person}, {"name", state.workspace->nameOf(c.person)}, {"zone", c.zone}, {"local", toText(c.local)}, {"why", c.why}});
    return out;
}

json::object stepJson(const State &state, const oncall::PlannedStep &s)
{
    return {{"step", s.place.step},
            {"round", s.place.round},
            {"at", timeJson(s.at)},
            {"until", timeJson(s.until)},
            {"catchAll", s.isCatchAll},
            {"people", peopleJson(state, s.who.people)},
            {"channels", textsJson(s.who.channels)},
            {"ruledOut", textsJson(s.who.ruledOut)}};
}

/// Whose it is, by the parameters and the ownership rules.
Result<oncall::Ownership> ownerOf(const State &state, const PlanParams &p, events::Because &because)
{
    const Workspace &w = *state.workspace;
    oncall::Ownership owner{p.service, p.team, p.policy};
    IncidentSeverity severity = IncidentSeverity::Sev3;
    if (!p.severity.empty()) {
        const auto given = fromWord<IncidentSeverity>(p.severity);
        if (!given)
            return fail(Code::Invalid, "\"" + safeLine(p.severity, 40) + "\" is not a severity; it is one of SEV1, SEV2, SEV3, SEV4, SEV5.");
        severity = *given;
    }
    if (!p.team.empty() && !w.team(p.team))
        return fail(Code::NotFound, "There is no team \"" + safeLine(p.team, 60) + "\" in the workspace.");
    if (!p.service.empty() && !w.service(p.service)) {
        std::vector<std::string_view> names;
        for (const Service &s : w.services)
            names.push_back(s.id);
        const std::string near = nearest(p.service, names);
        return fail(Code::NotFound, "There is no service \"" + safeLine(p.service, 60) + "\" in the workspace" + (near.empty() ? "." : "; did you mean " + near + "?"));
    }
    const state::Alert *alert = p.alert.empty() ? nullptr : state.alert(p.alert);
    if (!p.alert.empty() && !alert)
        return fail(Code::NotFound, "There is no alert " + safeLine(p.alert, 200) + "; `get alerts` lists the keys.");
    if (alert && owner.service.empty())
        owner.service = std::string(state.text(alert->service));
    if (p.service.empty() && p.team.empty() && p.policy.empty() && !alert)
        return fail(Code::Invalid, "Say for what: a service, an alert, a team or a policy.");
    if (!p.policy.empty() || !p.team.empty())
        return owner;
    if (alert && p.service.empty() && p.severity.empty()) { // the alert's own call; with a severity it is an incident's
        desk::CallsOwner found = desk::ownerOfCall(state, *alert);
        because.ruledOut = std::move(found.problems);
        because.ruledOut.insert(because.ruledOut.end(), found.ruledOut.begin(), found.ruledOut.end());
        if (found.whose.rule.empty() && !w.owners.empty())
            because.ruledOut.push_back("the ownership rules: none of " + std::to_string(w.owners.size()) + " matches");
        return std::move(found.whose);
    }
    const triage::Owner found = triage::ownerOf(
        w, [&](std::string_view name) { return alert ? state.label(*alert, name) : name == "service" ? std::string_view(owner.service) : std::string_view(); }, severity);
    because.ruledOut = found.problems;
    because.ruledOut.insert(because.ruledOut.end(), found.ruledOut.begin(), found.ruledOut.end());
    if (found.rule) {
        owner.rule = found.words;
        owner.team = found.rule->team;
        owner.policy = found.rule->policy;
        if (owner.service.empty() || !w.service(owner.service))
            owner.service = found.rule->service;
    } else if (!w.owners.empty()) {
        because.ruledOut.push_back("the ownership rules: none of " + std::to_string(w.owners.size()) + " matches");
    }
    return owner;
}

} // namespace

Result<std::string> planJson(const State &state, const PlanParams &params, Instant at)
{
    events::Because before;
    auto owner = ownerOf(state, params, before);
    if (!owner)
        return tl::unexpected(owner.error());
    const auto plan = oncall::plan(state, {std::move(*owner), at});
    if (!plan)
        return tl::unexpected(plan.error());
    json::array steps;
    for (const oncall::PlannedStep &s : plan->steps)
        steps.push_back(stepJson(state, s));
    json::array ruledOut = textsJson(before.ruledOut);
    for (const std::string &r : plan->because.ruledOut)
        ruledOut.emplace_back(r);
    return json::serialize(json::object{{"service", plan->service},
                                        {"team", plan->team},
                                        {"policy", plan->policy},
                                        {"at", timeJson(at)},
                                        {"seq", state.seq},
                                        {"observed", plan->observed},
                                        {"answers", plan->answers},
                                        {"because", textsJson(plan->because.matched)},
                                        {"ruledOut", std::move(ruledOut)},
                                        {"steps", std::move(steps)},
                                        {"gaps", textsJson(plan->gaps)},
                                        {"passedOver", textsJson(plan->passedOver)},
                                        {"end", timeJson(plan->end)}});
}

Result<LayoutSpan> spanOf(const State &state, const LayoutParams &params, Instant now)
{
    LayoutSpan span{state.workspace->schedule(params.schedule), now, {}};
    if (!span.schedule)
        return fail(Code::NotFound, "There is no schedule \"" + safeLine(params.schedule, 60) + "\" in the workspace; `get schedules` lists them.");
    const Zone zone = Zone::orUtc(span.schedule->zone);
    const auto read = [&](const std::string &text, Instant &out) -> Result<> {
        if (text.empty())
            return {};
        if (const auto local = parseLocalTime(text)) {
            out = zone.instant(*local);
            return {};
        }
        const auto t = parseInstant(text);
        if (!t || !*t)
            return fail(Code::Invalid, "\"" + safeLine(text, 40) + "\" is no time; write 2026-12-24T08:00 (in the schedule's zone) or 2026-12-24T07:00:00Z.");
        out = *t;
        return {};
    };
    if (const auto from = read(params.from, span.from); !from)
        return tl::unexpected(from.error());
    span.until = span.from + kShown;
    if (const auto until = read(params.until, span.until); !until)
        return tl::unexpected(until.error());
    if (span.until <= span.from || span.until - span.from > oncall::kLayoutLimit)
        return fail(Code::Invalid, "A schedule is laid out over at least an instant and at most 366 days.");
    return span;
}

Result<std::string> layoutJson(const State &state, const LayoutParams &params, Instant now)
{
    const auto span = spanOf(state, params, now);
    if (!span)
        return tl::unexpected(span.error());
    const Schedule &schedule = *span->schedule;
    const Zone zone = Zone::orUtc(schedule.zone);
    const oncall::Layout layout = oncall::layOut(schedule, state.rota.overridesOf(schedule.id), span->from, span->until);
    json::array segments, disagreements;
    std::uint64_t gaps = 0;
    for (const oncall::Segment &s : layout.segments) {
        json::array people;
        for (const oncall::OnCall &who : s.people)
            people.push_back(json::object{{"person", who.person}, {"why", oncall::reasonOf(who)}, {"override", who.override}});
        gaps += s.isGap() ? 1 : 0;
        segments.push_back(json::object{{"from", timeJson(s.from)}, {"until", timeJson(s.until)}, {"local", toText(zone.local(s.from))}, {"people", std::move(people)}});
    }
    for (const oncall::Disagreement &d : layout.disagreements)
        disagreements.push_back(json::object{{"from", timeJson(d.from)}, {"until", timeJson(d.until)}, {"text", d.text}});
    // A pager's word is of now: it holds, as far as is known, as long as ours does.
    for (const oncall::OnCallDisagreement &d : oncall::onCallDisagreements(state))
        for (const oncall::Segment &s : layout.segments)
            if (d.schedule == schedule.id && s.from <= now && now < s.until)
                disagreements.push_back(json::object{{"from", timeJson(now)}, {"until", timeJson(s.until)}, {"text", textJson(d.text)}});
    return json::serialize(json::object{{"schedule", schedule.id},
                                        {"zone", schedule.zone},
                                        {"from", timeJson(span->from)},
                                        {"until", timeJson(span->until)},
                                        {"segments", std::move(segments)},
                                        {"gaps", gaps},
                                        {"disagreements", std::move(disagreements)},
                                        {"problems", textsJson(layout.problems)}});
}

} // namespace qd::control
