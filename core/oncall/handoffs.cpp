// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/handoffs.h"

#include "core/oncall/schedule.h"

namespace qd::oncall {

using state::State;

namespace {

void look(const State &state, const Schedule &schedule, const state::OnDuty *last, Instant now, events::Events &out)
{
    const auto overrides = state.rota.overridesOf(schedule.id);
    const Segment segment = segmentAt(schedule, overrides, now);
    events::OnCallChanged e;
    e.schedule = schedule.id;
    e.until = nextHandoff(schedule, overrides, now);
    e.because.rule = "schedule.handoff";
    for (const OnCall &who : segment.people) {
        e.people.push_back(who.person);
        e.because.matched.push_back(who.person + ": " + reasonOf(who));
    }
    if (e.people.empty())
        e.because.matched.push_back("no layer, temporary schedule or override has anybody: a gap");
    if (!last || last->people != e.people || last->until != e.until)
        out.push_back(std::move(e));
}

} // namespace

events::Events handoffs(const State &state, Instant now)
{
    events::Events out;
    for (const Schedule &schedule : state.workspace->schedules) {
        const state::OnDuty *last = state.rota.of(schedule.id);
        if (!last || last->until <= now)
            look(state, schedule, last, now, out);
    }
    return out;
}

events::Events lookAgain(const State &state, std::string_view id, Instant now)
{
    events::Events out;
    for (const Schedule &schedule : state.workspace->schedules)
        if (id.empty() || schedule.id == id)
            look(state, schedule, state.rota.of(schedule.id), now, out);
    return out;
}

} // namespace qd::oncall
