// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/failures.h"

#include "core/triage/ownalert.h"

#include <algorithm>
#include <vector>

namespace qd::desk {

using state::State;

namespace {

/// The rules whose alarm fires.
std::vector<std::string> failedRules(const State &state)
{
    std::vector<std::string> out;
    const Symbol set = state.symbols.find("console");
    if (set == 0)
        return out;
    for (const state::Alert &a : state.alerts.all)
        if (a.set == set && a.status == AlertStatus::Firing && state.label(a, "alertname") == kRuleFailedAlarm)
            out.emplace_back(state.label(a, "rule"));
    return out;
}

triage::OwnAlert alarmAbout(const std::string &rule, const std::string &problem)
{
    triage::OwnAlert alarm;
    alarm.name = kRuleFailedAlarm;
    alarm.about = {"rule", rule};
    alarm.severity = AlertSeverity::Error;
    alarm.summary = "A rule could not decide: " + rule + (problem.empty() ? "" : ": " + problem);
    alarm.description = "What catches everything decided instead, so that nobody's page is lost. Mend the rule in the workspace; the alarm ends when another workspace is in force.";
    return alarm;
}

} // namespace

events::Events reactWithFailures(const State &state, const events::Event &event, Instant now)
{
    if (const auto *failed = getIf<events::RuleFailed>(&event)) {
        const auto known = failedRules(state);
        if (!state.workspace || std::find(known.begin(), known.end(), failed->rule) != known.end())
            return {};
        return triage::ownAlert(state, triage::ReportRules(state.workspace), alarmAbout(failed->rule, failed->problem), true, now);
    }
    events::Events out;
    if (holds<events::WorkspaceChanged>(event))
        for (const std::string &rule : failedRules(state))
            events::append(out, triage::ownAlert(state, triage::ReportRules(state.workspace), alarmAbout(rule, {}), false, now));
    return out;
}

bool isFailureAlarm(const events::AlertsReported &reported)
{
    return reported.batch.path == Path::Own && reported.batch.size() > 0 && reported.batch.label(0, "alertname") == kRuleFailedAlarm;
}

} // namespace qd::desk
