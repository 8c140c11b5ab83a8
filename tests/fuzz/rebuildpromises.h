// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fuzz.h"

#include "core/rebuild/facts.h"

#include <algorithm>

namespace qd::fuzz {

/// What every reader of an incident's files promises of whatever it takes.
inline void requireFacts(const rebuild::Facts &facts)
{
    require(facts.facts.size() <= rebuild::kMostFacts && facts.notes.size() <= rebuild::kNotesLimit && facts.narrative.size() <= rebuild::kNarrativeBytes);
    require(!facts.facts.empty() || !facts.narrative.empty());
    require(!facts.origin.empty());
    Instant before;
    for (const rebuild::Fact &f : facts.facts) {
        require(f.at >= before && f.at.ns > 0 && f.at <= kNow + rebuild::kFutureAllowed);
        require(f.knownAt >= f.at && (!f.until || f.until >= f.at));
        require(!f.text.empty() && f.text.size() <= rebuild::kFactBytes && !f.kind.empty());
        for (const std::string *line : {&f.actor, &f.reference, &f.kind})
            require(line->find('\n') == std::string::npos);
        require(f.text.find('\x1b') == std::string::npos);
        before = f.at;
    }
    std::size_t sent = 0;
    for (const rebuild::Part &part : rebuild::partsOf({&facts, 1}))
        sent += part.count;
    require(sent == facts.facts.size());
    require(rebuild::together({&facts, 1}));
}

} // namespace qd::fuzz
