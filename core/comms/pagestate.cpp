// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/pagestate.h"

#include "core/comms/outward.h"

#include <algorithm>
#include <map>

namespace qd::comms {

using state::PageComponentState;
using state::PageNotice;
using state::StatusPageState;

namespace {

ComponentState oneBelow(ComponentState s)
{
    switch (s) {
    case ComponentState::MajorOutage: return ComponentState::PartialOutage;
    case ComponentState::PartialOutage: return ComponentState::Degraded;
    default: return ComponentState::Operational;
    }
}

ComponentState ofSeverity(IncidentSeverity severity)
{
    switch (severity) {
    case IncidentSeverity::Sev1: return ComponentState::MajorOutage;
    case IncidentSeverity::Sev2: return ComponentState::PartialOutage;
    case IncidentSeverity::Sev3: return ComponentState::Degraded;
    case IncidentSeverity::Sev4:
    case IncidentSeverity::Sev5: break;
    }
    return ComponentState::Operational;
}

bool holds(const std::vector<std::string> &sorted, const std::string &service)
{
    return std::binary_search(sorted.begin(), sorted.end(), service);
}

/// The worst of what an incident does to what a component stands for, and by which service.
std::pair<ComponentState, std::string> effectOf(const Blast &blast, const PageComponent &component)
{
    std::pair<ComponentState, std::string> worst{ComponentState::Operational, {}};
    for (const std::string &service : component.services) {
        ComponentState s = ComponentState::Operational;
        std::string how;
        if (holds(blast.hit, service)) {
            s = ofSeverity(blast.severity);
            how = "hits " + service;
        } else if (holds(blast.hard, service)) {
            s = oneBelow(ofSeverity(blast.severity));
            how = "hits what " + service + " needs";
        } else if (holds(blast.soft, service) && blast.severity <= IncidentSeverity::Sev2) {
            s = ComponentState::Degraded;
            how = "hits what " + service + " makes use of";
        }
        if (blast.mitigated)
            s = oneBelow(s);
        if (badness(s) > badness(worst.first))
            worst = {s, std::move(how)};
    }
    return worst;
}

const ComponentSaid *saidOf(const PageNotice &notice, const std::string &component)
{
    const auto it = std::find_if(notice.components.begin(), notice.components.end(), [&](const ComponentSaid &c) { return c.component == component; });
    return it == notice.components.end() ? nullptr : &*it;
}

/// A firing, unsuppressed alert as bad as this makes a green page wrong.
bool isRed(const state::Alert &a)
{
    return a.status == AlertStatus::Firing && a.suppression == Suppression::None && a.severity >= AlertSeverity::Error && a.service != 0;
}

/// By service, the oldest of what is red on it.
using RedServices = std::map<std::string_view, const state::Alert *, std::less<>>;
RedServices redServices(const state::State &state)
{
    RedServices out;
    for (const state::Alert &a : state.alerts.all)
        if (isRed(a)) {
            const state::Alert *&oldest = out[state.text(a.service)];
            if (!oldest || a.openedAt < oldest->openedAt)
                oldest = &a;
        }
    return out;
}

bool isGreen(const PageComponentState &c)
{
    return c.now() == ComponentState::Operational;
}

/// Why a green page is wrong about a component, in words; none: it is right. `from`: since when at the earliest, where only time is missing.
std::vector<std::string> troubleOf(const PageComponent &component, const RedServices &red, std::span<const Blast> hits, Instant now, Instant &from)
{
    std::vector<std::string> out;
    for (const std::string &service : component.services) {
        if (const auto it = red.find(service); it != red.end()) {
            const Instant since = it->second->openedAt + kDriftAfter;
            if (since <= now)
                out.push_back(service + " has had a firing " + std::string(word(it->second->severity)) + " alert since " + toRfc3339(it->second->openedAt));
            else if (!from || since < from)
                from = since;
        }
        for (const Blast &b : hits)
            if (b.severity <= IncidentSeverity::Sev2 && !b.mitigated && holds(b.hit, service))
                out.push_back(b.incident + " (" + std::string(word(b.severity)) + ") hits " + service);
    }
    return out;
}

bool isPromised(const PageNotice &n)
{
    return n.isOpen() && n.updates.back().nextDue && !n.overdueAt;
}

void earlier(Instant &due, Instant other)
{
    if (other && (!due || other < due))
        due = other;
}

bool isOnPage(const state::State &state, std::string_view page, std::string_view component)
{
    const StatusPage *known = state.workspace->page(page);
    return known && known->component(component);
}

} // namespace

std::vector<Blast> incidentHits(const state::State &state)
{
    std::vector<Blast> out;
    for (const auto &[number, i] : state.incidents) {
        if ((i.status != IncidentStatus::Active && i.status != IncidentStatus::Mitigated) || !(i.kind.empty() || i.kind == "real"))
            continue;
        Blast b{i.id, i.severity, i.status == IncidentStatus::Mitigated, {}, {}, {}};
        const auto add = [&](std::string_view name) {
            const Service *known = state.workspace->service(name);
            if (!name.empty())
                b.hit.emplace_back(known ? std::string_view(known->id) : name);
        };
        add(i.service);
        for (const std::string &key : i.alerts)
            if (const state::Alert *a = state.alert(key); a)
                add(state.text(a->service));
        std::sort(b.hit.begin(), b.hit.end());
        b.hit.erase(std::unique(b.hit.begin(), b.hit.end()), b.hit.end());
        out.push_back(std::move(b));
    }
    return out;
}

ComponentVerdict componentVerdict(const StatusPage &page, const StatusPageState *known, const PageComponent &component, std::span<const Blast> blasts)
{
    const PageComponentState *c = known ? known->component(component.id) : nullptr;
    if (c && c->byHand.at)
        return {c->byHand.state, {"page/by-hand", {c->byHand.by + " said so" + (c->byHand.until ? ", until " + toRfc3339(c->byHand.until) : "")}, {}}};
    ComponentVerdict out{ComponentState::Operational, {"page/derived", {}, {}}};
    if (known)
        for (const state::PageMaintenance &m : known->maintenances)
            if (m.isUnderWay() && std::find(m.components.begin(), m.components.end(), component.id) != m.components.end())
                return {ComponentState::Maintenance, {"page/maintenance", {"maintenance " + std::to_string(m.number) + " lasts until " + toRfc3339(m.until)}, {}}};
    std::vector<std::string_view> spoken;
    if (known)
        for (const PageNotice &n : known->notices) {
            const ComponentSaid *said = saidOf(n, component.id);
            if (!said)
                continue;
            if (!n.incident.empty())
                spoken.push_back(n.incident);
            if (!n.isOpen())
                continue;
            if (badness(said->state) > badness(out.state))
                out = {said->state, {"page/said", {}, {}}};
            if (badness(said->state) > 0)
                out.because.matched.push_back("notice " + std::to_string(n.number) + " of " + page.id + " says " + std::string(word(said->state)));
        }
    for (const Blast &b : blasts) {
        auto [s, how] = effectOf(b, component);
        if (badness(s) == 0)
            continue;
        std::string words = b.incident + " (" + std::string(word(b.severity)) + (b.mitigated ? ", mitigated) " : ") ") + how;
        if (std::find(spoken.begin(), spoken.end(), b.incident) != spoken.end()) {
            out.because.ruledOut.push_back(words + ", but the page has spoken of it");
            continue;
        }
        if (badness(s) > badness(out.state)) {
            out.state = s;
            out.because.rule = "page/derived";
        }
        out.because.matched.push_back(std::move(words));
    }
    if (out.because.matched.empty())
        out.because.matched.push_back("no open incident touches it");
    return out;
}

events::Events pageTurns(const state::State &state, std::span<const Blast> blasts)
{
    events::Events out;
    for (const StatusPage &page : state.workspace->pages) {
        const StatusPageState *known = state.page(page.id);
        for (const PageComponent &component : page.components) {
            ComponentVerdict v = componentVerdict(page, known, component, blasts);
            const PageComponentState *c = known ? known->component(component.id) : nullptr;
            if (!c || c->turns.empty() || c->now() != v.state)
                out.push_back(events::ComponentTurned{page.id, component.id, v.state, std::move(v.because)});
        }
    }
    return out;
}

events::Events pageDrifts(const state::State &state, Instant now)
{
    events::Events out;
    if (state.pages.empty())
        return out;
    for (const StatusPageState &page : state.pages)
        for (const PageComponentState &c : page.components)
            if (c.driftsSince && !isOnPage(state, page.id, c.id))
                out.push_back(events::ComponentDrifted{page.id, c.id, false, {"page/drift", {"it is not on the page any more"}, {}}});
    const RedServices red = redServices(state);
    const std::vector<Blast> hits = incidentHits(state);
    for (const StatusPage &page : state.workspace->pages) {
        const StatusPageState *known = state.page(page.id);
        for (const PageComponent &component : page.components) {
            const PageComponentState *c = known ? known->component(component.id) : nullptr;
            if (!c)
                continue;
            Instant from;
            events::Because why{"page/drift", isGreen(*c) ? troubleOf(component, red, hits, now, from) : std::vector<std::string>(), {}};
            const bool drifts = !why.matched.empty();
            if (drifts == static_cast<bool>(c->driftsSince))
                continue;
            if (!drifts)
                why.matched.push_back(isGreen(*c) ? "nothing it stands for is in trouble any more" : "the page says " + std::string(word(c->now())));
            out.push_back(events::ComponentDrifted{page.id, component.id, drifts, std::move(why)});
        }
    }
    return out;
}

events::Events pagesDue(const state::State &state, Instant now)
{
    events::Events out = pageWordsDue(state, now);
    const events::Actor core{"core", Path::Own};
    for (const StatusPageState &page : state.pages) {
        for (const PageComponentState &c : page.components)
            if (c.byHand.at && c.byHand.until && c.byHand.until <= now)
                out.push_back(events::ComponentOverridden{page.id, c.id, {}, ComponentState::Operational, true, {}, core});
        for (const state::PageMaintenance &m : page.maintenances) {
            if (m.isToCome() && m.from <= now)
                out.push_back(events::PageMaintenanceBegan{page.id, m.number, {"page/maintenance", {"it was planned for " + toRfc3339(m.from)}, {}}});
            if (!m.endedAt && m.until <= now)
                out.push_back(events::PageMaintenanceEnded{page.id, {}, m.number, core});
        }
        for (const PageNotice &n : page.notices)
            if (isPromised(n) && n.updates.back().nextDue <= now)
                out.push_back(events::NoticeOverdue{page.id, n.number, n.updates.back().nextDue, {"page/overdue", {"the next word was promised for " + toRfc3339(n.updates.back().nextDue)}, {}}});
    }
    return out;
}

PageOutlook::PageOutlook(const state::State &state)
{
    earlier(m_timed, nextPageWordsDue(state));
    for (const StatusPageState &page : state.pages) {
        for (const PageComponentState &c : page.components) {
            if (c.byHand.at)
                earlier(m_timed, c.byHand.until);
            m_isGone = m_isGone || (c.driftsSince && !isOnPage(state, page.id, c.id));
        }
        for (const state::PageMaintenance &m : page.maintenances)
            if (!m.endedAt)
                earlier(m_timed, m.isToCome() ? m.from : m.until);
        for (const PageNotice &n : page.notices)
            if (isPromised(n))
                earlier(m_timed, n.updates.back().nextDue);
    }
    if (state.workspace->pages.empty())
        return;
    const RedServices red = state.alerts.firing > 0 ? redServices(state) : RedServices{};
    const std::vector<Blast> hits = incidentHits(state);
    constexpr Instant kBeforeAll{1}; // of what is wrong already the words do not matter here
    for (const StatusPage &page : state.workspace->pages) {
        const StatusPageState *known = state.page(page.id);
        for (const PageComponent &component : page.components) {
            const PageComponentState *c = known ? known->component(component.id) : nullptr;
            if (!c)
                continue;
            Component out{isGreen(*c), static_cast<bool>(c->driftsSince), {}};
            if (out.isGreen && !troubleOf(component, red, hits, kBeforeAll, out.from).empty())
                out.from = kBeforeAll; // an incident: that hangs on no time
            if (out.isGreen || out.drifts)
                m_components.push_back(out);
        }
    }
}

Instant PageOutlook::next(Instant now) const
{
    Instant due = m_timed;
    if (m_isGone)
        earlier(due, now);
    for (const Component &c : m_components) {
        const bool drifts = c.from && c.from <= now;
        if (drifts != c.drifts)
            earlier(due, now);
        else if (!drifts && c.isGreen)
            earlier(due, c.from);
    }
    return due;
}

} // namespace qd::comms
