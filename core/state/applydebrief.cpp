// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>

/// Who talked a review over, who signed it, and what is counted in it.
namespace qd::state {

namespace {

Debrief *debriefOf(State &state, const std::string &incident)
{
    Incident *i = incidentOf(state, incident);
    return i ? &i->review.debrief : nullptr;
}

void noteDebrief(State &state, const std::string &incident, const events::Actor &by, std::string text, std::string reference = {})
{
    note(state, incident, EntryKind::Review, by.person, std::move(text), std::move(reference)).via = by.via;
}

} // namespace

void apply(State &state, const events::MeetingHeld &e)
{
    Debrief *d = debriefOf(state, e.incident);
    if (!d)
        return;
    d->heldAt = e.at;
    d->attended = e.people;
    noteDebrief(state, e.incident, e.by, "the review's meeting was held, with " + std::to_string(e.people.size()) + (e.people.size() == 1 ? " person" : " people"));
}

void apply(State &state, const events::ReviewSigned &e)
{
    Debrief *d = debriefOf(state, e.incident);
    if (!d)
        return;
    std::erase_if(d->signatures, [&](const Signature &s) { return s.person == e.by.person; });
    if (!e.withdrawn && d->signatures.size() < kSignaturesKept)
        d->signatures.push_back({e.by.person, state.time, state.seq});
    noteDebrief(state, e.incident, e.by, e.withdrawn ? "took the signature back" : "signed the review");
}

void apply(State &state, const events::CostNoted &e)
{
    Debrief *d = debriefOf(state, e.incident);
    if (!d)
        return;
    const auto it = std::find_if(d->costs.begin(), d->costs.end(), [&](const Cost &c) { return c.number == e.cost; });
    Cost noted{e.cost, e.what, e.by.person, e.cents, state.time, e.withdrawn};
    if (it != d->costs.end())
        *it = std::move(noted);
    else if (d->costs.size() < kCostsKept)
        d->costs.push_back(std::move(noted));
    noteDebrief(state, e.incident, e.by, (e.withdrawn ? "cost taken back: " : "cost noted: ") + e.what, "cost/" + std::to_string(e.cost));
}

void apply(State &state, const events::FeedbackGiven &e)
{
    if (Debrief *d = debriefOf(state, e.incident); d && d->feedback.size() < kFeedbackKept)
        d->feedback.push_back({e.feedback, e.score, e.text, e.person, state.time});
}

} // namespace qd::state
