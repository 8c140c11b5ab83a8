// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/ownership.h"

#include "core/base/clocktext.h"

namespace qd::review {

using state::Entry;
using state::EntryKind;

namespace {

constexpr std::string_view kOwner = "owner/";

/// A line by which a review got another owner: "owner/FROM/TO".
bool isOwnership(const Entry &e)
{
    return e.kind == EntryKind::Review && e.origin.empty() && e.reference.starts_with(kOwner) && e.reference.find('/', kOwner.size()) != std::string::npos;
}

} // namespace

std::string takenOver(const state::State &state, const state::Incident &incident, const std::string &person, Instant at)
{
    for (auto e = incident.timeline.rbegin(); e != incident.timeline.rend(); ++e) {
        if (!isOwnership(*e) || e->at > at)
            continue;
        const auto between = e->reference.find('/', kOwner.size());
        const std::string from = e->reference.substr(kOwner.size(), between - kOwner.size()), to = e->reference.substr(between + 1);
        if (e->at == at && to != person)
            continue; // in the same moment: theirs it was then
        if (to != person || from.empty() || e->actor == from)
            return {};
        const Workspace &w = *state.workspace;
        const std::string when = ", " + dayClockText(e->at) + ".";
        return e->actor == person ? w.nameOf(person) + " took the review over from " + w.nameOf(from) + when : w.nameOf(e->actor) + " gave the review, which was " + w.nameOf(from) + "'s, to " + w.nameOf(person) + when;
    }
    return {};
}

bool hasLeft(const state::State &state, std::string_view person)
{
    return !person.empty() && person != state.access.owner && !state.workspace->person(person);
}

} // namespace qd::review
