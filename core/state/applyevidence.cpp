// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/base/amounts.h"
#include "core/state/timeline.h"

/// Files kept with an incident.
namespace qd::state {

void apply(State &state, const events::EvidenceKept &e)
{
    if (Incident *i = incidentOf(state, e.incident); i && i->evidence.size() < kEvidenceKept)
        i->evidence.push_back({e.evidence, e.name, e.text, e.digest, e.mediaType, e.by.person, e.bytes, state.seq, state.time});
    note(state, e.incident, EntryKind::Evidence, e.by.person,
         "evidence " + std::to_string(e.evidence) + ": " + e.name + " (" + bytesInWords(e.bytes) + ")" + (e.text.empty() ? std::string() : ": " + e.text),
         "evidence/" + std::to_string(e.evidence))
        .via = e.by.via;
}

} // namespace qd::state
