// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/keeping.h"
#include "core/journal/erasure.h"
#include "core/state/state.h"

namespace qd::journal {
class Journal;
}

namespace qd::desk {

/// What is to be struck with one text: itself, what a command made of it in the same record, its edits, and every copy of it:
/// what the console posted or withheld, a refusal that quotes it, a line that repeats it word for word.
struct Strike {
    std::vector<events::StruckText> texts; ///< the one that was named first
    std::vector<journal::Id16> keys;
};

/// Reads the incident's records from its beginning on. `entry`: "SEQ" (every text of the incident in that record) or
/// "SEQ.N" (the N-th, from 1). Errors: Invalid, NotFound (no such text in this incident, or struck already), Corrupt, Io.
/// Texts of less than kQuoted bytes are found only in what the console copied itself: "ok" is nobody's secret.
inline constexpr std::size_t kQuoted = 12;
[[nodiscard]] Result<Strike> planStrike(const journal::Journal &journal, const state::Incident &incident, const std::string &entry);

} // namespace qd::desk
