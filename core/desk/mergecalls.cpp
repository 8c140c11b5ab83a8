// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/mergecalls.h"

#include "core/desk/effects.h"
#include "core/oncall/direct.h"
#include "core/oncall/escalation.h"

#include <set>

namespace qd::desk {

using state::State;

events::Events mergedAway(const State &state, const events::IncidentMerged &e)
{
    events::Events out;
    std::set<std::string> told; // once, by however many of its calls
    for (const state::Escalation &x : state.escalations)
        if (x.incident == e.incident && !x.observed)
            for (const std::string &person : reachedBy(x))
                if (told.insert(person).second)
                    append(out, Gate(state).merged(x, person, e.into));
    return out;
}

events::Events goOn(const State &state, const std::vector<const state::Escalation *> &calls, const GoingOn &how, std::vector<std::string> *notes)
{
    events::Events out;
    std::set<std::pair<std::string, std::string>> called; // service and policy
    for (const state::Escalation *x : calls) {
        if (x->isDirect()) { // whoever was asked for by name is asked for by name there; nobody, if that is so already
            auto again = oncall::page(state, {how.incident, {}, x->targets, {}, how.by});
            if (!again)
                continue;
            for (events::Event &event : *again) {
                auto &one = get<events::EscalationStarted>(event);
                one.escalation += static_cast<std::uint32_t>(out.size());
                if (how.sameWords)
                    one.about = x->about;
                out.push_back(std::move(event));
            }
            continue;
        }
        if (!called.emplace(x->service, x->policy).second)
            continue;
        const std::string about = how.sameWords ? x->about : std::string();
        auto started = oncall::start(state, {how.incident, x->service, x->policy, about, how.by}, how.now);
        if (!started) // its policy is not in the workspace any more: by the service's own
            started = oncall::start(state, {how.incident, x->service, {}, about, how.by}, how.now);
        if (!started) {
            if (notes)
                notes->push_back("Escalation " + std::to_string(x->number) + " of " + x->incident + " ends unanswered and cannot go on from " + how.incident + ": " + started.error().message);
            continue;
        }
        get<events::EscalationStarted>(*started).escalation += static_cast<std::uint32_t>(out.size());
        out.push_back(std::move(*started));
    }
    return out;
}

events::Events callAgain(const State &state, const events::IncidentUnmerged &e, Instant now)
{
    const state::Incident *i = state.incident(e.incident);
    if (!i || !i->isOpen())
        return {};
    std::vector<const state::Escalation *> ended;
    for (const state::Escalation &x : state.escalations)
        if (x.incident == i->id && x.outcome == "ended" && !x.acknowledgedAt && x.endedAt == i->merged.at)
            ended.push_back(&x);
    return goOn(state, ended, {i->id, true, e.by, now});
}

} // namespace qd::desk
