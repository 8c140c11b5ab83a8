// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/clocks.h"

#include "core/comms/outward.h"

#include <algorithm>

namespace qd::comms {

using state::Incident;

namespace {

constexpr std::string_view kCustomers = "customers";

/// When an audience last heard of the incident from us; none: never.
Instant lastTold(const Incident &incident, std::string_view audience)
{
    Instant last;
    for (const state::Update &u : incident.updates)
        if (u.audience == audience && !u.unheard)
            last = std::max(last, u.at);
    for (const state::OutwardMessage &m : incident.outward)
        if (m.sentAt && !m.reachedNobody && !m.versions.empty() && m.newest().audience == audience)
            last = std::max(last, m.sentAt);
    return last;
}

/// The public reads what a status page says of it.
Instant lastPosted(const state::State &state, const Incident &incident)
{
    Instant last;
    for (const state::StatusPageState &page : state.pages)
        for (const state::PageNotice &n : page.notices)
            if (n.incident == incident.id && !n.updates.empty())
                last = std::max(last, n.updates.back().at);
    return last;
}

/// Whether a promise stands for what the severity asks for: made since it is this severe it was meant so, an older one hides nothing that is due before it.
bool standsFor(const UpdateClock &promise, const UpdateClock &asked, const Incident &incident)
{
    return promise.promise != 0 && promise.audience == asked.audience && (promise.since >= incident.severityAt || promise.due <= asked.due);
}

bool isPromised(const std::vector<UpdateClock> &promised, const UpdateClock &asked, const Incident &incident)
{
    return std::any_of(promised.begin(), promised.end(), [&](const UpdateClock &p) { return standsFor(p, asked, incident); });
}

/// Whoever sees to updates hears of an audience once: of what the severity asks for with a promise that is late to the same audience by then.
bool isChasedWithAPromise(const std::vector<UpdateClock> &clocks, const UpdateClock &asked, Instant now)
{
    return asked.promise == 0 && std::any_of(clocks.begin(), clocks.end(), [&](const UpdateClock &p) {
        return p.promise != 0 && p.audience == asked.audience && !p.chasedAt && p.due + kChaseAfter <= now;
    });
}

/// The clock of a severity the workspace is silent about, while no promise stands for it.
std::optional<UpdateClock> usualClock(const state::State &state, const Incident &incident, const std::vector<UpdateClock> &promised)
{
    const Workspace &w = *state.workspace;
    const Span every = usualCadence(incident.severity);
    const std::string audience = w.audiences.empty() ? std::string(kCustomers) : w.audiences.front();
    const bool isSpokenOf = std::any_of(w.cadences.begin(), w.cadences.end(), [&](const UpdateCadence &c) { return c.severity == incident.severity; });
    if (every.ns <= 0 || isSpokenOf || !incident.merged.into.empty())
        return std::nullopt;
    const Instant told = std::max(lastTold(incident, audience), audience == kCustomers ? lastPosted(state, incident) : Instant{});
    const Instant since = std::max({incident.declaredAt, incident.severityAt, told});
    UpdateClock clock{audience, {}, 0, since, since + (told ? every : kFirstUpdate), {}, {}};
    clock.isUsual = true;
    for (const state::CadenceMissed &missed : incident.cadences)
        if (missed.audience == audience && missed.due > since) { // of this severity, and since its audience last heard
            clock.due = missed.due;
            clock.missedAt = missed.missedAt;
            clock.chasedAt = missed.chasedAt;
        }
    if (isPromised(promised, clock, incident))
        return std::nullopt;
    return clock;
}

/// The first statement approved beforehand that fits, while its audience has heard nothing.
std::optional<UpdateClock> firstWordClock(const state::State &state, const Incident &incident)
{
    if (incident.severity > IncidentSeverity::Sev2 || !incident.merged.into.empty())
        return std::nullopt;
    for (const HoldingStatement *h : holdingFor(state, incident)) {
        const bool isReleased = std::any_of(incident.outward.begin(), incident.outward.end(), [&](const state::OutwardMessage &m) {
            return m.releasedAt && !m.reachedNobody && (m.holding == h->id || (!m.versions.empty() && m.newest().audience == h->audience));
        });
        if (isReleased || lastTold(incident, h->audience) || (h->audience == kCustomers && lastPosted(state, incident)))
            continue;
        return UpdateClock{h->audience, "first word: holding statement " + h->id, 0, incident.declaredAt, incident.declaredAt + kHoldingTarget, {}, {}, h->id};
    }
    return std::nullopt;
}

} // namespace

Span usualCadence(IncidentSeverity severity)
{
    return severity == IncidentSeverity::Sev1 ? minutes(20) : severity == IncidentSeverity::Sev2 ? minutes(30) : Span{};
}

std::string_view word(ClockStage stage)
{
    static constexpr std::string_view kWords[] = {"open", "soon", "due", "overdue"};
    return kWords[static_cast<std::size_t>(stage)];
}

Instant UpdateClock::soonAt() const
{
    const Span whole = due - since;
    return due - std::min(kSoonAtMost, Span{std::max<std::int64_t>(whole.ns, 0) / 3});
}

ClockStage UpdateClock::stage(Instant now) const
{
    if (now >= due + kChaseAfter)
        return ClockStage::Overdue;
    return now >= due ? ClockStage::Due : now >= soonAt() ? ClockStage::Soon : ClockStage::Open;
}

std::vector<UpdateClock> clocksOf(const state::State &state, const Incident &incident)
{
    std::vector<UpdateClock> out;
    if (!incident.isOpen())
        return out;
    for (const state::PromiseTo &p : incident.promises)
        if (!p.keptAt)
            out.push_back({p.audience, p.text, p.number, p.at, p.due, p.missedAt, p.chasedAt});
    const std::vector<UpdateClock> promised = out;
    for (const UpdateCadence &c : state.workspace->cadences) {
        if (c.severity != incident.severity || c.every.ns <= 0)
            continue;
        Instant since = std::max({incident.declaredAt, incident.severityAt, lastTold(incident, c.audience)});
        if (c.audience == kCustomers)
            since = std::max(since, lastPosted(state, incident));
        UpdateClock clock{c.audience, {}, 0, since, since + c.every, {}, {}};
        for (const state::CadenceMissed &missed : incident.cadences)
            if (missed.audience == c.audience && missed.due > since) { // it stays the one that was missed, of this severity and since its audience last heard
                clock.due = missed.due;
                clock.missedAt = missed.missedAt;
                clock.chasedAt = missed.chasedAt;
            }
        if (!isPromised(promised, clock, incident))
            out.push_back(std::move(clock));
    }
    if (auto usual = usualClock(state, incident, promised))
        out.push_back(std::move(*usual));
    for (UpdateClock &c : out) // chased with the promise, as isChasedWithAPromise() says
        for (const UpdateClock &p : promised)
            if (c.promise == 0 && !c.chasedAt && p.audience == c.audience && p.chasedAt >= c.due + kChaseAfter)
                c.chasedAt = p.chasedAt;
    if (auto first = firstWordClock(state, incident))
        out.push_back(std::move(*first));
    std::stable_sort(out.begin(), out.end(), [](const UpdateClock &a, const UpdateClock &b) { return a.due < b.due; });
    return out;
}

events::Events updatesDue(const state::State &state, Instant now)
{
    events::Events out;
    for (const std::uint32_t number : state.incidents.unsettled()) { // all that are open are
        const state::Incident &i = state.incidents.at(number);
        if (!i.isOpen())
            continue;
        const std::vector<UpdateClock> clocks = clocksOf(state, i);
        for (const UpdateClock &c : clocks) {
            if (!c.holding.empty())
                continue;
            const std::string what = c.promise != 0 ? "promise " + std::to_string(c.promise) + " to " + c.audience
                : c.isUsual                         ? "the workspace says nothing of updates for " + std::string(qd::word(i.severity)) + ": " + c.audience + " hears within " + qd::toText(kFirstUpdate) + ", then every " + qd::toText(usualCadence(i.severity))
                                                    : std::string(qd::word(i.severity)) + " asks for an update to " + c.audience + " every " + qd::toText(state.workspace->cadenceOf(i.severity, c.audience));
            if (c.due <= now && !c.missedAt)
                out.emplace_back(events::UpdateMissed{i.id, c.audience, c.promise, c.due, {"update/missed", {what + ", due " + clockText(c.due)}, {}}});
            if (c.due + kChaseAfter > now || c.chasedAt || isChasedWithAPromise(clocks, c, now))
                continue;
            events::UpdateChased chased{i.id, c.audience, i.holder(Role::Communications), c.promise, c.due, {"update/chased", {what + ", due " + clockText(c.due)}, {}}};
            if (chased.person.empty()) {
                chased.because.ruledOut.push_back("nobody is " + std::string(qd::word(Role::Communications)));
                chased.person = i.holder(Role::Commander);
            }
            out.emplace_back(std::move(chased));
        }
    }
    return out;
}

Instant nextUpdateDue(const state::State &state)
{
    Instant next;
    for (const std::uint32_t number : state.incidents.unsettled()) { // all that are open are
        const state::Incident &i = state.incidents.at(number);
        if (!i.isOpen())
            continue;
        for (const UpdateClock &c : clocksOf(state, i)) {
            if (!c.holding.empty())
                continue;
            const Instant at = !c.missedAt ? c.due : !c.chasedAt ? c.due + kChaseAfter : Instant{};
            if (at && (!next || at < next))
                next = at;
        }
    }
    return next;
}

} // namespace qd::comms
