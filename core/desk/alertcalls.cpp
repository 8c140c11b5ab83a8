// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/alertcalls.h"

#include "core/desk/effects.h"
#include "core/oncall/groupcalls.h"
#include "core/oncall/held.h"
#include "core/triage/ownership.h"
#include "core/triage/raised.h"

#include <algorithm>
#include <map>

namespace qd::desk {

using state::Alert;
using state::State;

namespace {

events::Events start(const State &state, const Alert &alert)
{
    events::Events out;
    CallsOwner owner = ownerOfCall(state, alert);
    for (std::string &problem : owner.problems)
        out.push_back(events::RuleFailed{"ownership", std::move(problem)});
    events::Event started = oncall::startForGroup(state, alert, owner.whose);
    if (auto *e = getIf<events::EscalationStarted>(&started))
        e->because.ruledOut.insert(e->because.ruledOut.end(), owner.ruledOut.begin(), owner.ruledOut.end());
    out.push_back(std::move(started));
    return out;
}

/// One call a group, for the worst of its alerts that were raised.
events::Events callFor(const State &state, const std::vector<std::uint32_t> &raised, bool again)
{
    std::map<std::string_view, const Alert *> worst; // by group: the order of calls does not hang on that of arrival
    std::map<Symbol, bool> calls;                    // by service
    const oncall::Held held(state);
    for (const std::uint32_t index : raised) {
        const Alert &a = state.alerts.all[index];
        if (!oncall::callsFor(a.severity) || a.status != AlertStatus::Firing || a.suppression != Suppression::None || a.group == 0 || held.of(state, a))
            continue;
        const auto [known, isNew] = calls.try_emplace(a.service);
        if (isNew)
            known->second = oncall::callsByItself(*state.workspace, a.service == 0 ? nullptr : state.workspace->service(state.text(a.service)));
        if (!known->second)
            continue;
        const Alert *&of = worst[state.text(a.group)];
        if (of == nullptr || static_cast<int>(a.severity) > static_cast<int>(of->severity))
            of = &a;
    }
    events::Events out;
    for (const auto &[group, alert] : worst)
        if (oncall::whyNot(state, *alert, held, again).empty())
            append(out, start(state, *alert));
    return out;
}

/// What was called about is over: who was really called is told so.
events::Events tellItIsOver(const State &state, const events::EscalationEnded &e)
{
    if (e.escalation == 0 || e.escalation > state.escalations.size() || e.outcome != "ended")
        return {};
    const state::Escalation &x = state.escalations[e.escalation - 1];
    if (x.group.empty() || x.observed || x.steps.empty())
        return {};
    events::Events out;
    for (const std::string &person : reachedBy(x))
        append(out, Gate(state).over(x, person, e.because));
    return out;
}

} // namespace

CallsOwner ownerOfCall(const State &state, const Alert &alert)
{
    auto owner = triage::ownerOf(*state.workspace, [&](std::string_view name) { return state.label(alert, name); }, std::nullopt);
    CallsOwner out{{std::string(state.text(alert.service)), {}, {}, owner.words}, std::move(owner.problems), std::move(owner.ruledOut)};
    if (owner.rule) {
        out.whose.team = owner.rule->team;
        out.whose.policy = owner.rule->policy;
        if (out.whose.service.empty() || !state.workspace->service(out.whose.service))
            out.whose.service = owner.rule->service.empty() ? out.whose.service : owner.rule->service;
    }
    return out;
}

events::Events reactWithCalls(const State &state, const events::Event &event, const events::Event *before)
{
    return visit(
        [&]<typename T>(const T &e) -> events::Events {
            if constexpr (std::is_same_v<T, events::AlertsDecided> || std::is_same_v<T, events::AlertsSuppressed> || std::is_same_v<T, events::AlertsRegrouped>) {
                events::Events out = std::is_same_v<T, events::AlertsSuppressed> ? events::Events{} : oncall::groupsOver(state);
                if (oncall::anyHeld(state))
                    append(out, oncall::holdGroups(state));
                if (oncall::anyCalls(*state.workspace))
                    append(out, callFor(state, triage::raisedBy(state, event, before), false));
                return out;
            } else if constexpr (std::is_same_v<T, events::AlertsUnacknowledged> || std::is_same_v<T, events::OverrideUndone>
                                 || std::is_same_v<T, events::SuppressionExpired> || std::is_same_v<T, events::SuppressionEnded>) {
                // Nobody answers for them any more, or they are held no more: a call that was answered is no call.
                constexpr bool isAnswer = std::is_same_v<T, events::AlertsUnacknowledged> || std::is_same_v<T, events::OverrideUndone>;
                const std::vector<std::uint32_t> raised = triage::raisedBy(state, event, before);
                if (raised.empty())
                    return {};
                events::Events out = isAnswer ? oncall::groupsOver(state) : events::Events{}; // a group may have lost all it had
                if (oncall::anyHeld(state))
                    append(out, oncall::holdGroups(state));
                if (oncall::anyCalls(*state.workspace))
                    append(out, callFor(state, raised, isAnswer));
                return out;
            } else if constexpr (std::is_same_v<T, events::AlertsEnded> || std::is_same_v<T, events::AlertsClosed>) {
                return oncall::groupsOver(state);
            } else if constexpr (std::is_same_v<T, events::AlertsAcknowledged>) {
                return oncall::answeredByAlerts(state, e.keys, e.by);
            } else if constexpr (std::is_same_v<T, events::EscalationAcknowledged>) {
                // Whoever answers a call answers for its alerts: the queue shows whose they are.
                const bool known = e.escalation >= 1 && e.escalation <= state.escalations.size();
                if (!known || state.escalations[e.escalation - 1].group.empty() || state.escalations[e.escalation - 1].isDirect())
                    return {};
                auto keys = oncall::unanswered(state, state.escalations[e.escalation - 1].group);
                return keys.empty() ? events::Events{} : events::Events{events::AlertsAcknowledged{std::move(keys), {}, e.by}};
            } else if constexpr (std::is_same_v<T, events::EscalationEnded>) {
                events::Events out = tellItIsOver(state, e);
                if (oncall::anyHeld(state))
                    append(out, oncall::holdGroups(state));
                return out;
            } else if constexpr (std::is_same_v<T, events::StepReached> || std::is_same_v<T, events::RoleAssumed> || std::is_same_v<T, events::StatusChanged>
                                 || std::is_same_v<T, events::AlertsAttached> || std::is_same_v<T, events::AlertsDetached> || std::is_same_v<T, events::IncidentAbsorbed> || std::is_same_v<T, events::IncidentReleased>
                                 || std::is_same_v<T, events::IncidentDeclared> || std::is_same_v<T, events::CommandVacant>) {
                return oncall::holdGroups(state);
            } else {
                return {};
            }
        },
        event);
}

} // namespace qd::desk
