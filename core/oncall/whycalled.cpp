// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/whycalled.h"

#include "core/oncall/escalation.h"
#include "core/oncall/groupcalls.h"
#include "core/oncall/targets.h"

#include <algorithm>

namespace qd::oncall {

using state::Escalation;
using state::State;

std::string waiting(const Escalation &x)
{
    if (x.isFolded())
        return "its next step waits, folded under " + x.fold.suspect + " since " + toRfc3339(x.fold.since).substr(11, 8) + " UTC, until " + toRfc3339(x.fold.until).substr(11, 8) + " UTC at most";
    return x.heldBy == state::kQuiet ? std::string("its next step waits while its alerts are quiet") : "its next step waits while " + x.heldBy + " sees to it";
}

namespace {

std::string clock(Instant t)
{
    return toRfc3339(t).substr(11, 8) + " UTC";
}

std::string stepName(const state::Step &step)
{
    return inWords({step.number, step.round});
}

/// What became of the pages of one escalation to this person.
void pages(const State &state, const Escalation &x, const std::string &person, WhyCalled &out)
{
    const std::string prefix = "page/" + std::to_string(x.number) + "/";
    for (const auto &[number, entry] : state.outbox)
        if (entry.what.effect == events::Effect::Page && entry.what.person == person && entry.what.subject.starts_with(prefix))
            out.reasons.push_back({entry.queuedAt, "the page through " + entry.what.connection + " is " + std::string(word(entry.delivery))
                                                       + (entry.reason.empty() ? "" : ": " + entry.reason)});
    if (const state::Bundle *bundle = state.pageBook.of(person))
        for (const state::WaitingPage &w : bundle->waiting)
            if (w.escalation == x.number)
                out.reasons.push_back({w.at, "the page is bundled: there were many to " + person + " just now, and it waits for the message that holds them together"});
    for (const auto &[number, entry] : state.outbox)
        if (entry.what.effect == events::Effect::Page && entry.what.person == person && std::find(entry.what.calls.begin(), entry.what.calls.end(), x.number) != entry.what.calls.end())
            out.reasons.push_back({entry.queuedAt, "the page was bundled: " + entry.what.subject + ", one message of " + std::to_string(entry.what.calls.size()) + " calls through " + entry.what.connection
                                                       + ", is " + std::string(word(entry.delivery)) + (entry.reason.empty() ? "" : ": " + entry.reason)});
}

/// "team operations", of the targets of a step those by which it names somebody.
std::string targetsNaming(const State &state, const PolicyStep &step, const std::string &person)
{
    std::string out;
    for (const std::string &target : step.targets)
        if (names(state, {target}, person))
            out += (out.empty() ? "" : ", ") + std::string(state.workspace->team(target) ? "team " : state.workspace->schedule(target) ? "schedule " : "") + target;
    return out;
}

/// "Ana was called: team shop, first member; 14:25 UTC", in the words the step was recorded with.
std::string calledInstead(const State &state, const Escalation &x, std::size_t n)
{
    std::string out;
    for (const std::string &p : x.steps[n].people) {
        out += (out.empty() ? "" : "; ") + state.workspace->nameOf(p) + (x.observed ? " would have been called" : " was called");
        if (n + 1 >= x.because.size())
            continue;
        for (const std::string &why : x.because[n + 1].matched) {
            if (why.starts_with(p + ": "))
                out += why.substr(p.size());
            else if (why == p + " was asked for by name")
                out += " by name";
        }
    }
    return out.empty() ? std::string("no person was called") : out;
}

/// Why a step that was reached, or passed over on the way, called somebody else though it names this person.
void namedButNotCalled(const State &state, const Escalation &x, const Policy &policy, std::uint32_t number, const std::string &person, WhyCalled &out)
{
    const std::string targets = targetsNaming(state, policy.steps[number - 1], person);
    bool reached = false;
    for (std::size_t n = 0; n < x.steps.size(); ++n) {
        const state::Step &step = x.steps[n];
        if (step.number != number)
            continue;
        reached = true;
        if (std::find(step.people.begin(), step.people.end(), person) == step.people.end())
            out.reasons.push_back({step.at, stepName(step) + " of policy " + x.policy + " calls " + targets + ", and " + calledInstead(state, x, n)});
    }
    const std::string passed = inWords({number, 0}) + ": ";
    for (std::size_t n = 0; !reached && n < x.steps.size() && n + 1 < x.because.size(); ++n)
        for (const std::string &why : x.because[n + 1].ruledOut)
            if (why.starts_with(passed) && why.find(person) == std::string::npos) // else it is said as passed over already
                out.reasons.push_back({x.steps[n].at, inWords({number, 0}) + " of policy " + x.policy + " calls " + targets + ", and was passed over: " + why.substr(passed.size())});
}

void steps(const State &state, const Escalation &x, const std::string &person, WhyCalled &out)
{
    const std::string name = state.workspace->nameOf(person);
    const std::string about = "escalation/" + std::to_string(x.number) + (x.isDirect() ? " to those asked for by name" : " by policy " + x.policy);
    for (std::size_t n = 0; n < x.steps.size(); ++n) {
        const state::Step &step = x.steps[n];
        const bool isIn = std::find(step.people.begin(), step.people.end(), person) != step.people.end();
        const bool reachable = std::find(step.unreachable.begin(), step.unreachable.end(), person) == step.unreachable.end();
        if (isIn && !x.observed && reachable) {
            out.called = true;
            out.reasons.push_back({step.at, stepName(step) + " of " + about + " called " + name});
            pages(state, x, person, out);
        } else if (isIn) {
            out.reasons.push_back({step.at, stepName(step) + " of " + about + (reachable ? " would have called " + name + ", but is only observed" : " names " + name + ", who has no address to call")});
        } else if (n + 1 < x.because.size()) {
            // What was passed over on the way to this step, in the words it was recorded with.
            for (const std::string &passed : x.because[n + 1].ruledOut)
                if (passed.find(person) != std::string::npos)
                    out.reasons.push_back({step.at, stepName(step) + " passed over " + passed});
        }
    }
    if (x.fold.until) {
        out.reasons.push_back({x.fold.since, about + " was folded under " + x.fold.suspect + ": its next step waited"});
        if (x.fold.endedAt)
            out.reasons.push_back({x.fold.endedAt, about + " is no longer folded" + (x.fold.ended.matched.empty() ? "" : ": " + x.fold.ended.matched.front())});
    }
    if (const std::string likely = state::consequence(x); !likely.empty())
        out.reasons.push_back({{}, about + " is a " + likely});
    const Policy *policy = state.workspace->policy(x.policy);
    if (policy && !out.called) {
        bool named = false;
        const std::uint32_t last = x.steps.empty() ? 0 : x.steps.back().number;
        for (std::uint32_t n = 1; n <= policy->steps.size(); ++n) {
            if (!names(state, policy->steps[n - 1].targets, person))
                continue;
            named = true;
            if (n <= last)
                namedButNotCalled(state, x, *policy, n, person, out);
            else if (x.isRunning())
                out.reasons.push_back({x.steps.empty() ? Instant{} : x.steps.back().until,
                                       "step " + std::to_string(n) + " of policy " + x.policy + " names " + name + " and is not reached yet" + (n == last + 1 && !x.steps.empty() ? "; it is due at " + clock(x.steps.back().until) : "")});
            else
                out.reasons.push_back({x.acknowledgedAt ? x.acknowledgedAt : x.endedAt, "step " + std::to_string(n) + " of policy " + x.policy + " names " + name + " and was not reached: "
                                                                                            + (x.acknowledgedAt ? state.workspace->nameOf(x.acknowledgedBy) + " answered at " + clock(x.acknowledgedAt) : x.outcome + " at " + clock(x.endedAt))});
        }
        if (!named)
            out.reasons.push_back({{}, "no step of policy " + x.policy + " names " + name});
    }
    if (x.observed)
        for (const std::string &why : x.because.empty() ? std::vector<std::string>() : x.because.front().ruledOut)
            out.reasons.push_back({x.startedAt, "nobody is really called: " + why});
}

/// The calls the alert's group made by itself since its present episode began. False: there were none.
bool groupCalls(const State &state, const state::Alert &alert, const std::string &person, WhyCalled &out)
{
    const auto calls = callsOf(state, alert);
    for (const Escalation *x : calls) {
        steps(state, *x, person, out);
        if (!x->heldBy.empty() || x->isFolded())
            out.reasons.push_back({{}, waiting(*x)});
    }
    return !calls.empty();
}

std::string finished(const State &state, const WhyCalled &out, const std::string &person, const std::string &about)
{
    return state.workspace->nameOf(person) + (out.called ? " was called for " : " was not called for ") + about + ".";
}

} // namespace

WhyCalled whyCalled(const State &state, const state::Alert *alert, const state::Incident *incident, const std::string &person)
{
    WhyCalled out;
    const std::string about = incident ? incident->id : alert ? std::string(state.text(alert->title)) : std::string("nothing");
    if (alert && alert->suppression != Suppression::None)
        out.reasons.push_back({{}, "the alert is " + std::string(word(alert->suppression)) + (alert->suppressedBy ? " by " + std::string(state.text(alert->suppressedBy)) : "")});
    if (!incident) {
        const bool byItself = alert && groupCalls(state, *alert, person, out);
        if (!byItself)
            out.reasons.push_back({{}, "it belongs to no incident"});
        if (alert && !byItself) {
            const Service *service = state.workspace->service(state.text(alert->service));
            if (callsByItself(*state.workspace, service))
                out.reasons.push_back({{}, "it calls nobody by itself: " + whyNot(state, *alert)});
            else if (service)
                out.reasons.push_back({{}, "paging of service " + service->id + " is " + std::string(word(service->paging))
                                               + (service->paging == Paging::Observe ? ": the team's own pager is the pager of record" : ": only an incident calls people for it")});
            else
                out.reasons.push_back({{}, "no service of the workspace owns it, and the run mode is beside: the team's own pager is the pager of record"});
        }
        out.sentence = finished(state, out, person, about);
        return out;
    }
    bool any = alert && groupCalls(state, *alert, person, out);
    std::vector<Symbol> told;
    for (const std::string &key : alert ? std::vector<std::string>() : incident->alerts)
        if (const state::Alert *a = state.alert(key); a && std::find(told.begin(), told.end(), a->group) == told.end()) {
            told.push_back(a->group);
            any = groupCalls(state, *a, person, out) || any;
        }
    for (const Escalation &x : state.escalations)
        if (x.incident == incident->id) {
            any = true;
            steps(state, x, person, out);
        }
    if (!any) {
        const Policy *policy = incident->service.empty() ? nullptr : policyFor(*state.workspace, incident->service);
        out.reasons.push_back({{}, policy ? "nobody was called: no escalation was started for it"
                                   : incident->service.empty() ? std::string("nobody was called: it names no service, so no policy follows from it")
                                                               : "nobody was called: no policy follows from service " + incident->service});
    }
    for (const auto &e : incident->timeline)
        if (e.kind == state::EntryKind::Page && e.reference == "bundled/" + person)
            out.reasons.push_back({e.at, "bundled: " + e.text});
    for (const auto &e : incident->timeline)
        if (e.kind == state::EntryKind::Withheld && e.reference == person)
            out.reasons.push_back({e.at, "withheld: " + e.text});
    if (!state.workspace->person(person))
        out.reasons.push_back({{}, "there is no person \"" + person + "\" in the workspace"});
    std::stable_sort(out.reasons.begin(), out.reasons.end(), [](const auto &a, const auto &b) {
        const auto place = [](const CallReason &r) { return r.at ? r.at.ns : INT64_MAX; }; // what holds now comes last
        return place(a) < place(b);
    });
    out.sentence = finished(state, out, person, about);
    return out;
}

} // namespace qd::oncall
