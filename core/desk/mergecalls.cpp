// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/mergecalls.h"

#include "core/desk/effects.h"
#include "core/oncall/escalation.h"

#include <algorithm>
#include <set>

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
    std::set<std::pair<std::string, std::string>> called; // service and policy
    for (const state::Escalation &x : state.escalations) {
        if (x.incident != i->id || x.outcome != "ended" || x.acknowledgedAt || x.endedAt != i->merged.at || !called.emplace(x.service, x.policy).second)
            continue;
        auto started = oncall::start(state, {i->id, x.service, x.policy, x.about, e.by}, now);
        if (!started) // its policy is not in the workspace any more: by the service's own
            started = oncall::start(state, {i->id, x.service, {}, x.about, e.by}, now);
        if (!started)
            continue;
        std::get<events::EscalationStarted>(*started).escalation += static_cast<std::uint32_t>(out.size());
        out.push_back(std::move(*started));
    }
    return out;
}

} // namespace qd::desk
