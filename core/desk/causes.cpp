// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/causes.h"

#include "core/oncall/groupcalls.h"
#include "core/oncall/targets.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace qd::desk {

using state::Alert;
using state::Escalation;
using state::State;
using topology::Cause;
using topology::Causes;

namespace {

bool isOf(const State &state, std::string_view name, std::string_view service)
{
    if (name == service)
        return true;
    const Service *known = state.workspace->service(name);
    return known && known->id == service;
}

/// What it calls about goes on.
bool stillStands(const State &state, const Escalation &x)
{
    if (!x.group.empty()) {
        const auto group = state.alerts.groups.find(state.symbols.find(x.group));
        return group != state.alerts.groups.end() && group->second.firing > 0;
    }
    const state::Incident *incident = state.incident(x.incident);
    return incident && incident->isOpen();
}

bool isOwner(const State &state, std::string_view suspect, std::string_view person)
{
    const Service *service = state.workspace->service(suspect);
    const Team *team = service ? state.workspace->team(service->team) : nullptr;
    if (!team || person.empty())
        return false;
    if (oncall::names(state, {team->id}, person) || (!team->schedule.empty() && oncall::names(state, {team->schedule}, person)))
        return true;
    const Policy *policy = state.workspace->policy(team->policy);
    return policy && std::any_of(policy->steps.begin(), policy->steps.end(), [&](const PolicyStep &s) { return oncall::names(state, s.targets, person); });
}

/// A call is also answered by somebody else who acknowledges its alert: that is no owner's word.
bool isAnsweredByOwner(const State &state, const Escalation &x, const std::string &suspect)
{
    const std::string &person = x.acknowledgedBy;
    const state::Incident *incident = state.incident(x.incident);
    return isOwner(state, suspect, person) || (incident && (incident->holder(Role::Commander) == person || incident->holder(Role::Deputy) == person))
        || std::any_of(x.steps.begin(), x.steps.end(), [&](const state::Step &s) { return std::find(s.people.begin(), s.people.end(), person) != s.people.end(); });
}

/// How the owner of a service in trouble has answered for it, in words; empty: not yet. The word of its team and policy counts, of who was
/// called for it, and of who commands an incident about it.
std::string answerOf(const State &state, const std::string &suspect)
{
    // What it was answered for before is no answer to what calls for it now, or opened since.
    if (std::any_of(state.escalations.begin(), state.escalations.end(), [&](const Escalation &x) { return x.isRunning() && !x.observed && isOf(state, x.service, suspect); }))
        return {};
    Instant unanswered;
    for (const Alert &a : state.alerts.all)
        if (a.status == AlertStatus::Firing && a.suppression == Suppression::None && a.workflow != Workflow::Acknowledged && a.service != 0
            && oncall::callsFor(a.severity) && isOf(state, state.text(a.service), suspect))
            unanswered = std::max(unanswered, a.openedAt);
    for (const Escalation &x : state.escalations)
        if (x.outcome == "acknowledged" && isOf(state, x.service, suspect) && stillStands(state, x) && isAnsweredByOwner(state, x, suspect))
            return state.workspace->nameOf(x.acknowledgedBy) + " answered escalation/" + std::to_string(x.number) + " for " + suspect;
    for (const Alert &a : state.alerts.all)
        if (a.status == AlertStatus::Firing && a.suppression == Suppression::None && a.workflow == Workflow::Acknowledged && a.service != 0
            && a.acknowledgedAt >= unanswered && isOf(state, state.text(a.service), suspect) && isOwner(state, suspect, state.text(a.acknowledgedBy)))
            return state.workspace->nameOf(state.text(a.acknowledgedBy)) + " acknowledged " + state.key(a) + " of " + suspect;
    return {};
}

bool isOpenSev1(const State &state, std::string_view id)
{
    const state::Incident *incident = state.incident(id);
    return incident && incident->isOpen() && incident->severity == IncidentSeverity::Sev1;
}

/// The groups with an alert that fires and is of an open SEV1.
std::unordered_set<Symbol> sev1Groups(const State &state)
{
    std::unordered_set<Symbol> out;
    std::unordered_map<Symbol, bool> incidents;
    for (const Alert &a : state.alerts.all)
        if (a.incident != 0 && a.status == AlertStatus::Firing) {
            const auto [known, isNew] = incidents.try_emplace(a.incident);
            if (isNew)
                known->second = isOpenSev1(state, state.text(a.incident));
            if (known->second)
                out.insert(a.group);
        }
    return out;
}

/// The services that need another over a hard edge, by every name they have.
std::unordered_set<std::string_view> needing(const State &state)
{
    const auto isHard = [](const Dependency &d) { return d.kind == DependencyKind::Hard; };
    std::unordered_set<std::string_view> out;
    for (const state::FoundEdge &e : state.map.accepted)
        if (e.edge.kind == DependencyKind::Hard)
            out.insert(e.edge.from);
    for (const Service &s : state.workspace->services) {
        const bool isNamed = out.contains(s.id) || std::any_of(s.aliases.begin(), s.aliases.end(), [&](const std::string &alias) { return out.contains(alias); });
        if (!isNamed && std::none_of(s.needs.begin(), s.needs.end(), isHard))
            continue;
        out.insert(s.id);
        out.insert(s.aliases.begin(), s.aliases.end());
    }
    return out;
}

/// The first page of this service in this trouble, in words; empty: nobody was reached for it yet. What was only observed is no page, except
/// beside others that are.
std::string firstPage(const State &state, const Escalation &of, Instant troubleSince)
{
    for (const Escalation &x : state.escalations) {
        if (x.service != of.service || (x.observed && !of.observed) || (!stillStands(state, x) && x.startedAt < troubleSince))
            continue;
        constexpr Span kBefore = minutes(15); ///< a service may notice before what it needs does
        for (const state::Step &s : x.steps)
            if (s.at + kBefore >= troubleSince && (s.people.size() > (x.observed ? 0 : s.unreachable.size()) || !s.channels.empty())) // who would be called is named with or without an address
                return x.service + " was paged about at " + toRfc3339(s.at) + " (escalation/" + std::to_string(x.number) + ")";
    }
    return {};
}

/// The rule the workspace has for it, in force or not.
const FoldRule *writtenFor(const State &state, const Escalation &x, const std::string &suspect)
{
    const auto &folds = state.workspace->folds;
    const auto it = std::find_if(folds.begin(), folds.end(), [&](const FoldRule &r) { return r.suspect == suspect && isOf(state, x.service, r.service); });
    return it == folds.end() ? nullptr : &*it;
}

/// … in force: somebody was shown what it would have hidden.
const FoldRule *ruleFor(const State &state, const Escalation &x, const std::string &suspect)
{
    const FoldRule *rule = writtenFor(state, x, suspect);
    return rule && state.map.shownFold(rule->service, rule->suspect) ? rule : nullptr;
}

/// Why the calls are a likely consequence, and that a fold which would apply is not in force.
events::Because reasonFor(const State &state, const Escalation &x, const Cause &cause, const Causes &causes)
{
    events::Because out = causes.because(cause);
    if (const FoldRule *rule = writtenFor(state, x, cause.suspect); rule && !ruleFor(state, x, cause.suspect))
        out.ruledOut.push_back("fold rule " + rule->id + " does nothing until somebody was shown what it would have hidden: quarterdeckctl whatif --workspace");
    return out;
}

events::CallUnfolded unfold(const State &state, const Escalation &x, std::string why)
{
    const Instant until = x.steps.empty() ? state.time : std::max(x.steps.back().until, state.time);
    return {x.number, x.incident, until, {"fold/" + x.fold.rule, {std::move(why)}, {}}};
}

/// What is asked for many calls of one State, worked out once: in a storm hundreds run, over tens of thousands of alerts.
class Facts {
public:
    explicit Facts(const State &state) : m_state(state) {}

    [[nodiscard]] bool hasNeeds(std::string_view service)
    {
        if (!m_needing)
            m_needing = needing(m_state);
        return m_needing->contains(service);
    }
    /// Whether this call is of a SEV1, itself or by its alerts.
    [[nodiscard]] bool isSev1(const Escalation &x)
    {
        if (x.group.empty())
            return isOpenSev1(m_state, x.incident);
        if (!m_sev1)
            m_sev1 = sev1Groups(m_state);
        return m_sev1->contains(m_state.symbols.find(x.group));
    }
    [[nodiscard]] const std::string &answer(const std::string &suspect)
    {
        const auto [known, isNew] = m_answers.try_emplace(suspect);
        if (isNew)
            known->second = answerOf(m_state, suspect);
        return known->second;
    }
    [[nodiscard]] const std::string &page(const Escalation &x, Instant since)
    {
        const auto [known, isNew] = m_pages.try_emplace(std::tuple(std::string_view(x.service), x.observed, since));
        if (isNew)
            known->second = firstPage(m_state, x, since);
        return known->second;
    }

private:
    const State &m_state;
    std::optional<std::unordered_set<std::string_view>> m_needing;
    std::optional<std::unordered_set<Symbol>> m_sev1;
    std::map<std::string, std::string> m_answers;
    std::map<std::tuple<std::string_view, bool, Instant>, std::string> m_pages;
};

/// Why a folded call waits no longer; empty: it goes on waiting.
std::string unfolds(const State &state, Facts &facts, const Escalation &x, const std::optional<Cause> &cause, const Causes &causes)
{
    if (!causes.isUnhealthy(x.fold.suspect))
        return x.fold.suspect + " recovered and " + x.service + " did not";
    if (!cause || cause->suspect != x.fold.suspect)
        return "it is no longer a likely consequence of " + x.fold.suspect + (cause ? " but of " + cause->suspect : "");
    if (const FoldRule *rule = ruleFor(state, x, x.fold.suspect); !rule || rule->id != x.fold.rule)
        return "fold rule " + x.fold.rule + " is not in the workspace any more";
    if (facts.isSev1(x))
        return "it is a SEV1 now";
    return facts.answer(x.fold.suspect).empty() ? "nobody who owns " + x.fold.suspect + " answers for it any more" : std::string();
}

void lookAt(const State &state, Facts &facts, const Escalation &x, const Causes &causes, events::Events &out)
{
    const std::optional<Cause> cause = causes.of(x.service);
    const std::string suspect = cause ? cause->suspect : std::string();
    if (suspect != x.suspect || (cause && cause->path != x.path))
        out.push_back(events::SuspectNamed{x.number, x.incident, x.service, suspect, cause ? cause->path : std::vector<std::string>(),
                                           cause ? reasonFor(state, x, *cause, causes) : events::Because{"topology.suspect", {x.suspect + " is not in trouble any more, or another service is deeper"}, {}}});
    if (x.isFolded()) {
        if (std::string why = unfolds(state, facts, x, cause, causes); !why.empty() && stillStands(state, x))
            out.push_back(unfold(state, x, std::move(why)));
        return;
    }
    const FoldRule *rule = cause && !x.fold.until ? ruleFor(state, x, suspect) : nullptr;
    if (!rule || x.isDirect() || facts.isSev1(x))
        return;
    std::string answer = facts.answer(suspect), page = answer.empty() ? std::string() : facts.page(x, cause->since);
    if (!answer.empty() && !page.empty())
        out.push_back(events::CallFolded{x.number, x.incident, x.service, suspect, rule->id, state.time + kFoldedAtMost,
                                         {"fold/" + rule->id, {x.service + " is a likely consequence of " + suspect + " (" + state::pathText(cause->path) + ")", std::move(answer), std::move(page)}, {}}});
}

} // namespace

bool keepsCauses(const events::Event &event)
{
    return visit(
        []<typename T>(const T &) {
            return std::is_same_v<T, events::EscalationStarted> || std::is_same_v<T, events::StepReached> || std::is_same_v<T, events::EscalationHeld>
                || std::is_same_v<T, events::EscalationResumed> || std::is_same_v<T, events::EscalationEnded> || std::is_same_v<T, events::EscalationAcknowledged>
                || std::is_same_v<T, events::OutboxQueued> || std::is_same_v<T, events::OutboxMoved> || std::is_same_v<T, events::WriteWithheld>
                || std::is_same_v<T, events::PageBundled> || std::is_same_v<T, events::BundleSent> || std::is_same_v<T, events::SuspectNamed>
                || std::is_same_v<T, events::CallFolded> || std::is_same_v<T, events::CallUnfolded>;
        },
        event);
}

events::Events reactWithCauses(const State &state, const events::Event &event, std::optional<Causes> &known)
{
    constexpr std::uint32_t kAll = 0, kNobody = 0xffffffff;
    const std::uint32_t which = visit(
        []<typename T>(const T &e) -> std::uint32_t {
            if constexpr (std::is_same_v<T, events::EscalationStarted> || std::is_same_v<T, events::StepReached>)
                return e.escalation == 0 ? kNobody : e.escalation;
            else
                return std::is_same_v<T, events::AlertsDecided> || std::is_same_v<T, events::AlertsEnded> || std::is_same_v<T, events::AlertsClosed>
                        || std::is_same_v<T, events::AlertsSuppressed> || std::is_same_v<T, events::AlertsAcknowledged> || std::is_same_v<T, events::AlertsAttached>
                        || std::is_same_v<T, events::EscalationAcknowledged> || std::is_same_v<T, events::SeverityChanged>
                        || std::is_same_v<T, events::IncidentDeclared> || std::is_same_v<T, events::StatusChanged> || std::is_same_v<T, events::RoleAssumed>
                        || std::is_same_v<T, events::AlertsUnacknowledged> || std::is_same_v<T, events::OverrideUndone>
                        || std::is_same_v<T, events::IncidentAbsorbed> || std::is_same_v<T, events::IncidentReleased> || std::is_same_v<T, events::AlertsDetached>
                        || std::is_same_v<T, events::WorkspaceChanged> || std::is_same_v<T, events::EdgesAccepted> || std::is_same_v<T, events::EdgesDismissed>
                        || std::is_same_v<T, events::FoldsShown>
                    ? kAll
                    : kNobody;
        },
        event);
    events::Events out;
    Facts facts(state);
    const auto look = [&](const Escalation &x) {
        if (!x.isRunning() || x.number == 0 || x.service.empty() || (x.suspect.empty() && !x.isFolded() && !facts.hasNeeds(x.service)))
            return;
        if (!known)
            known.emplace(state);
        lookAt(state, facts, x, *known, out);
    };
    if (which == kAll)
        std::for_each(state.escalations.begin(), state.escalations.end(), look);
    else if (which != kNobody && which <= state.escalations.size()) // escalation n is [n-1]
        look(state.escalations[which - 1]);
    return out;
}

events::Events foldsDue(const State &state, Instant now)
{
    events::Events out;
    for (const Escalation &x : state.escalations)
        if (x.isFolded() && x.fold.until <= now)
            out.push_back(unfold(state, x, "it was folded for " + toText(kFoldedAtMost)));
    return out;
}

Instant nextFold(const State &state)
{
    Instant next;
    for (const Escalation &x : state.escalations)
        if (x.isFolded() && (!next || x.fold.until < next))
            next = x.fold.until;
    return next;
}

} // namespace qd::desk
