// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/merged.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace qd::review {

using state::Entry;
using state::EntryKind;
using state::Incident;
using state::State;

namespace {

/// As governance::isRestricted, which stands beside this folder: a test holds the two against each other.
bool touchesRestricted(const Workspace &w, const Incident &incident)
{
    const Service *s = w.service(incident.service);
    return s && std::any_of(s->carries.begin(), s->carries.end(), [&](const std::string &id) {
        const BusinessService *b = w.businessService(id);
        return b && b->data == DataClass::Restricted;
    });
}

/// The incident a line names that is part of this one now, by this merge or another.
const Incident *partNamed(const State &state, const Incident &incident, const Entry &line)
{
    if (line.kind != EntryKind::Command || !line.origin.empty())
        return nullptr;
    const Incident *named = state.incident(line.reference);
    return named && named->status == IncidentStatus::Merged && named->merged.into == incident.id ? named : nullptr;
}

} // namespace

bool mayTellOf(const State &state, const Incident &incident, const Incident &merged)
{
    const Workspace &w = *state.workspace;
    return merged.isDrill() == incident.isDrill() && (!touchesRestricted(w, merged) || touchesRestricted(w, incident));
}

const Incident *mergedBy(const State &state, const Incident &incident, const Entry &line)
{
    const Incident *part = partNamed(state, incident, line);
    return part && part->merged.seq == line.seq ? part : nullptr;
}

std::vector<const Incident *> withMerged(const State &state, const Incident &incident)
{
    std::vector<const Incident *> found{&incident}; // by their records, so that no other incident is looked at
    std::set<std::string_view> seen{incident.id};
    for (std::size_t n = 0; n < found.size(); ++n)
        for (const Entry &line : found[n]->timeline)
            if (const Incident *part = partNamed(state, *found[n], line); part && seen.insert(part->id).second)
                found.push_back(part);
    std::erase_if(found, [&](const Incident *one) { return one != &incident && !mayTellOf(state, incident, *one); });
    return found;
}

} // namespace qd::review
