// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/alarms.h"

#include <algorithm>

namespace qd::triage {

using state::State;

namespace {

std::uint32_t within(std::span<const Instant> transitions, Span span, Instant now)
{
    return static_cast<std::uint32_t>(std::count_if(transitions.begin(), transitions.end(), [&](Instant t) { return now - t <= span; }));
}

std::string transitionsIn(std::uint32_t count, Span span)
{
    return std::to_string(count) + " transitions in " + toText(span);
}

} // namespace

FlappingRule flappingRule(const Workspace &workspace)
{
    // A workspace of an earlier version says nothing of it.
    return workspace.flapping.begins == 0 || workspace.flapping.within.ns == 0 ? FlappingRule{} : workspace.flapping;
}

std::optional<events::Because> beginsToFlap(const State &state, std::uint32_t alert)
{
    if (state.alerts.all[alert].flapping)
        return std::nullopt;
    const auto times = state.alerts.transitions(alert);
    if (const std::uint32_t count = within(times, kChatteringWithin, state.time); count >= kChattering)
        return events::Because{"chattering", {transitionsIn(count, kChatteringWithin)}, {}};
    const FlappingRule rule = flappingRule(*state.workspace);
    if (const std::uint32_t count = within(times, rule.within, state.time); count >= rule.begins)
        return events::Because{"flapping", {transitionsIn(count, rule.within)}, {}};
    return std::nullopt;
}

namespace {

/// When an alert that flaps will have calmed down if nothing more comes.
Instant calmAt(const State &state, std::uint32_t alert, const FlappingRule &rule)
{
    const auto times = state.alerts.transitions(alert);
    if (times.size() < rule.ends)
        return state.time;
    return times[times.size() - rule.ends] + rule.within + nanos(1);
}

} // namespace

events::Events decideCalm(const State &state, Instant now)
{
    const FlappingRule rule = flappingRule(*state.workspace);
    std::vector<events::AlertsFlapped> out;
    for (const std::uint32_t alert : state.alerts.flapping) {
        if (calmAt(state, alert, rule) > now)
            continue;
        const std::string set(state.text(state.alerts.all[alert].set));
        auto it = std::find_if(out.begin(), out.end(), [&](const auto &e) { return e.set == set; });
        if (it == out.end())
            it = out.insert(out.end(), {set, {}, false, {"flapping", {"fewer than " + transitionsIn(rule.ends, rule.within)}, {}}});
        it->fingerprint.push_back(state.alerts.all[alert].fingerprint);
    }
    return {out.begin(), out.end()};
}

events::Events decideFlood(const State &state, Instant now)
{
    const std::uint32_t alarms = state::alarmsLately(state.alerts, now);
    if (!state.flood.active && alarms > kFloodBegins)
        return {events::FloodBegan{alarms, {"flood", {std::to_string(alarms) + " alarms in 10 minutes; it begins above " + std::to_string(kFloodBegins)}, {}}}};
    if (state.flood.active && alarms < kFloodEnds)
        return {events::FloodEnded{state.flood.since, state.flood.alarms, state.flood.peak,
                                   {"flood", {std::to_string(alarms) + " alarms in 10 minutes; it ends below " + std::to_string(kFloodEnds)}, {}}}};
    return {};
}

Instant nextAlarmReaction(const State &state)
{
    Instant due;
    const auto note = [&](Instant at) {
        if (!due || at < due)
            due = at;
    };
    const FlappingRule rule = flappingRule(*state.workspace);
    for (const std::uint32_t alert : state.alerts.flapping)
        note(calmAt(state, alert, rule));
    if (state.flood.active) {
        // It ends when the slot leaves the window that makes the count reach kFloodEnds.
        std::uint32_t count = 0;
        Instant end = state.time;
        for (auto it = state.alerts.opened.rbegin(); it != state.alerts.opened.rend(); ++it)
            if ((count += it->second) >= kFloodEnds) {
                end = Instant{(it->first + 1) * state::kAlarmSlot.ns} + state::kAlarmWindow;
                break;
            }
        note(end);
    }
    return due;
}

} // namespace qd::triage
