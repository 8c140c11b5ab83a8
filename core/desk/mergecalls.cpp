// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/mergecalls.h"

#include "core/desk/effects.h"
#include "core/oncall/escalation.h"

#include <algorithm>

namespace qd::desk {

using state::State;

events::Events mergedAway(const State &state, const events::IncidentMerged &e)
{
    events::Events out;
    std::vector<std::string> told;
    for (const state::Escalation &x : state.escalations) {
        if (x.incident != e.incident || x.observed)
            continue;
        for (const state::Step &step : x.steps)
            for (const std::string &person : step.people)
                if (std::find(told.begin(), told.end(), person) == told.end()
                    && std::find(step.unreachable.begin(), step.unreachable.end(), person) == step.unreachable.end()) {
                    told.push_back(person);
                    append(out, Gate(state).merged(x, person, e.into));
                }
    }
    return out;
}

events::Events callAgain(const State &state, const events::IncidentUnmerged &e, Instant now)
{
    const state::Incident *i = state.incident(e.incident);
    events::Events out;
    if (!i || !i->isOpen())
        return out;
    for (const state::Escalation &x : state.escalations)
        if (x.incident == i->id && x.outcome == "ended" && !x.acknowledgedAt && x.endedAt == i->merged.at)
            if (auto started = oncall::start(state, {i->id, x.service, x.policy, x.about, e.by}, now)) {
                out.push_back(std::move(*started));
                break; // another call of it would be given the same number
            }
    return out;
}

} // namespace qd::desk
