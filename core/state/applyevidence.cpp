// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

/// Files kept with an incident.
namespace qd::state {

std::string bytesInWords(std::uint64_t bytes)
{
    constexpr std::uint64_t kKilo = 1024, kMega = 1024 * kKilo;
    if (bytes < kKilo)
        return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
    const std::uint64_t unit = bytes < kMega ? kKilo : kMega;
    return std::to_string((bytes + unit / 2) / unit) + (unit == kKilo ? " KB" : " MB");
}

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
