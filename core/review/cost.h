// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <optional>
#include <string>

namespace qd::review {

/// What an incident cost, in all. No figure of it is about one person.
struct CostReckoned {
    std::size_t people = 0;              ///< of whom the record has anything between its declaration and its end
    std::int64_t minutes = 0;            ///< of all of them together
    std::optional<std::int64_t> labour;  ///< hundredths of the currency; none: no hourly rate is set
    std::int64_t noted = 0;              ///< of what was noted and not taken back
    std::string note;                    ///< what was not reckoned, as a sentence; or ""
    [[nodiscard]] std::int64_t total() const { return labour.value_or(0) + noted; }
};

/// From the record alone. Of each participant (core/review/participants.h) counts the time between the incident's declaration and its end (so far, of an open
/// one) in which they had a role, and that from the first to the last thing the record has of them, whichever is known: what somebody did before, between two
/// lines without a word to the record, or after the last one nobody can tell, so without a role it is rather too little than too much; who left a role and
/// did nothing afterwards is counted until then, and who was called or owns a service and did nothing is not counted. An hour costs what [cost] says of the
/// role that is held in it, of two roles at once the dearer, else `hourly`. Nobody is counted twice at a time. Pure.
[[nodiscard]] CostReckoned costOf(const state::State &state, const state::Incident &incident);

} // namespace qd::review
