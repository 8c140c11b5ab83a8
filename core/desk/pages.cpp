// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/pages.h"

#include "core/desk/effects.h"
#include "core/desk/subscribers.h"
#include "core/events/texts.h"
#include "core/topology/chain.h"
#include "core/triage/ownalert.h"

#include <algorithm>

namespace qd::desk {

using state::State;
using topology::Adjacency;

namespace {

/// What depends on these nodes over edges that are wanted, themselves not included.
template <typename Wanted>
std::vector<bool> dependents(const topology::Picture &picture, const std::vector<std::uint32_t> &roots, Wanted wanted)
{
    const Adjacency against(picture, topology::Direction::Against, wanted);
    std::vector<bool> seen(picture.nodes.size(), false);
    std::vector<std::uint32_t> queue = roots;
    for (const std::uint32_t root : roots)
        seen[root] = true;
    for (std::size_t at = 0; at < queue.size(); ++at)
        for (const std::uint32_t n : against.of(queue[at]))
            if (!seen[n]) {
                seen[n] = true;
                queue.push_back(n);
            }
    for (const std::uint32_t root : roots)
        seen[root] = false;
    return seen;
}

bool turnsComponents(const events::Event &event)
{
    return visit(
        []<typename T>(const T &) {
            return std::is_same_v<T, events::IncidentDeclared> || std::is_same_v<T, events::ServiceCorrected> || std::is_same_v<T, events::StatusChanged> || std::is_same_v<T, events::SeverityChanged>
                || std::is_same_v<T, events::AlertsAttached> || std::is_same_v<T, events::AlertsDetached> || std::is_same_v<T, events::IncidentMerged> || std::is_same_v<T, events::IncidentAbsorbed>
                || std::is_same_v<T, events::IncidentUnmerged> || std::is_same_v<T, events::IncidentReleased> || std::is_same_v<T, events::WorkspaceChanged>
                || std::is_same_v<T, events::EdgesAccepted> || std::is_same_v<T, events::EdgesDismissed> || std::is_same_v<T, events::PagePosted>
                || std::is_same_v<T, events::ComponentOverridden> || std::is_same_v<T, events::PageMaintenanceBegan> || std::is_same_v<T, events::PageMaintenanceEnded>;
        },
        event);
}

/// The page that reads otherwise after this event; "" for none. A page is named by what changes it.
std::string changedPage(const events::Event &event)
{
    return visit(
        []<typename T>(const T &e) -> std::string {
            if constexpr (std::is_same_v<T, events::PagePosted> || std::is_same_v<T, events::ComponentTurned> || std::is_same_v<T, events::PageMaintenancePlanned>
                          || std::is_same_v<T, events::PageMaintenanceBegan> || std::is_same_v<T, events::PageMaintenanceEnded> || std::is_same_v<T, events::NoticeOverdue>)
                return e.page;
            else
                return {};
        },
        event);
}

/// Without the words themselves: those are on the page.
events::Events forcedAlarm(const State &state, const triage::ReportRules &rules, const events::ReleaseForced &e, Instant now)
{
    const std::string what = e.maintenance != 0 ? "maintenance/" + std::to_string(e.maintenance) : "notice/" + std::to_string(e.notice) + "/" + std::to_string(e.update);
    triage::OwnAlert alarm;
    alarm.name = "PageBreakGlass";
    alarm.about = {"words", e.page + "/" + what};
    alarm.severity = AlertSeverity::Critical;
    alarm.summary = "Status page \"" + e.page + "\" says what passed no checks: " + what + (e.incident.empty() ? "" : " of " + e.incident);
    alarm.description = "It ends when the same words pass them (quarterdeckctl message draft --to page:" + e.page + "), " + (e.incident.empty() ? "or after a day." : "or when the incident is closed.");
    return triage::ownAlert(state, rules, alarm, !e.mended, now);
}

} // namespace

std::vector<comms::Blast> blastsOf(const State &state)
{
    std::vector<comms::Blast> out = comms::incidentHits(state);
    if (out.empty())
        return out;
    const topology::Picture picture = topology::health(state);
    for (comms::Blast &b : out) {
        std::vector<std::uint32_t> roots;
        for (const std::string &service : b.hit)
            if (const std::uint32_t n = picture.find(service); n != topology::kNone)
                roots.push_back(n);
        const auto hard = dependents(picture, roots, [](const topology::Edge &e) { return e.kind == DependencyKind::Hard; });
        const auto any = dependents(picture, roots, [](const topology::Edge &e) { return e.kind != DependencyKind::Async; });
        for (std::size_t n = 0; n < picture.nodes.size(); ++n)
            if (hard[n])
                b.hard.push_back(picture.nodes[n].id);
            else if (any[n])
                b.soft.push_back(picture.nodes[n].id);
        std::sort(b.hard.begin(), b.hard.end());
        std::sort(b.soft.begin(), b.soft.end());
    }
    return out;
}

events::Events reactWithPages(const State &state, const events::Event &event)
{
    if (state.workspace->pages.empty())
        return {};
    events::Events out;
    if (turnsComponents(event))
        out = comms::pageTurns(state, blastsOf(state));
    append(out, tellSubscribers(state, event));
    Gate gate(state);
    if (const std::string page = changedPage(event); !page.empty()) {
        if (const StatusPage *known = state.workspace->page(page))
            append(out, gate.publish(*known, {}, {"page/changed", {std::string(events::typeName(event))}, {}}));
    } else if (holds<events::WorkspaceChanged>(event) || holds<events::CoreStarted>(event)) {
        // What is out there may be from before, or of another workspace.
        const bool isStart = holds<events::CoreStarted>(event);
        for (const StatusPage &known : state.workspace->pages)
            append(out, gate.publish(known, {}, {isStart ? "page/started" : "page/workspace", {isStart ? "the core started" : "the workspace changed"}, {}}));
    } else if (events::changesThePast(event)) {
        const auto *classed = getIf<events::LineClassed>(&event);
        if (classed && classed->incident.empty())
            return out; // what is left of one whose stream is erased in the same record, which is said
        const events::Because because = classed ? events::Because{"page/classed", {"a line was classed"}, {}}
                                                : events::Because{"page/erased", {holds<events::TextStruck>(event) ? "a text was struck" : "something was erased"}, {}};
        // What is gone here is to be gone there. Which pages said it cannot be told any more.
        for (const StatusPage &known : state.workspace->pages)
            if (const state::StatusPageState *said = state.page(known.id); said && (!said->notices.empty() || !said->maintenances.empty()))
                append(out, gate.publish(known, {}, because));
    } else if (const auto *armed = getIf<events::ConnectionArmed>(&event); armed && allows(armed->allow, Write::Publish)) {
        for (const StatusPage &known : state.workspace->pages)
            append(out, gate.publish(known, armed->name, {"page/armed", {"the connection was armed for it"}, {}}));
    }
    return out;
}

events::Events pagesDue(const State &state, const triage::ReportRules &rules, Instant now)
{
    if (state.pages.empty())
        return {};
    events::Events out, drifts = comms::pageDrifts(state, now);
    for (events::Event &e : comms::pagesDue(state, now)) {
        const auto *forced = getIf<events::ReleaseForced>(&e);
        events::Events alarm = forced ? forcedAlarm(state, rules, *forced, now) : events::Events{};
        out.push_back(std::move(e));
        append(out, std::move(alarm));
    }
    // One alarm a page, from its first component that drifts until its last one does no more.
    for (const state::StatusPageState &page : state.pages) {
        std::size_t before = 0, after = 0;
        std::string first;
        events::Events turns;
        for (auto &e : drifts)
            if (get<events::ComponentDrifted>(e).page == page.id)
                turns.push_back(std::move(e));
        for (const state::PageComponentState &c : page.components) {
            const bool did = static_cast<bool>(c.driftsSince);
            const auto turned = std::find_if(turns.begin(), turns.end(), [&](const events::Event &e) { return get<events::ComponentDrifted>(e).component == c.id; });
            const bool does = turned == turns.end() ? did : get<events::ComponentDrifted>(*turned).drifts;
            before += did ? 1 : 0;
            after += does ? 1 : 0;
            if (does && turned != turns.end() && first.empty() && !get<events::ComponentDrifted>(*turned).because.matched.empty())
                first = c.id + ": " + get<events::ComponentDrifted>(*turned).because.matched.front();
        }
        append(out, std::move(turns));
        if ((before == 0) == (after == 0))
            continue;
        triage::OwnAlert alarm;
        alarm.name = "StatusPageGreen";
        alarm.about = {"page", page.id};
        alarm.severity = AlertSeverity::Error;
        alarm.summary = "Status page \"" + page.id + "\" says that something works which does not";
        alarm.description = first + ". Tell the public (quarterdeckctl page post), or say what the component is (page set).";
        append(out, triage::ownAlert(state, rules, alarm, after > 0, now));
    }
    return out;
}

} // namespace qd::desk
