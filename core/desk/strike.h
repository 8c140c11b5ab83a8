// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/keeping.h"
#include "core/events/review.h"
#include "core/journal/erasure.h"
#include "core/model/marking.h"
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
    std::vector<std::string> streams;      ///< what they stand in, but the incident's own
    std::vector<std::uint64_t> outbox;     ///< the outbox entries among them
    std::vector<events::SectionWritten> told; ///< sections of the review that only quote it, told again without those words
};

/// Reads the incident's records from its beginning on; texts of no incident (a change marker, the reason of an acknowledgement,
/// of a hold) are looked for too: a command in a room makes them. Without an incident, one of those is meant, and the records from
/// `entry` on are read. `entry`: "SEQ" (every text in that record) or "SEQ.N" (the N-th of the incident, or of none, from 1).
/// Errors: Invalid, NotFound (no such text there, or struck already), Corrupt, Io.
/// Texts of less than kQuoted bytes are found only in what the console copied itself: "ok" is nobody's secret.
inline constexpr std::size_t kQuoted = 12;
[[nodiscard]] Result<Strike> planStrike(const journal::Journal &journal, const state::Incident *incident, const std::string &entry);

/// A line with all that repeats it, as classing it takes them.
struct Classing {
    std::vector<events::StruckText> own, copies; ///< own: what was named, with all it said before and since
    std::vector<std::string> streams;            ///< what they stand in, but the incident's own
    std::vector<std::pair<events::StruckText, std::string>> words; ///< what its own texts say, as they were written; a list line by line
    std::vector<events::Event> events;           ///< what the texts are of; without the texts
    std::vector<events::SectionWritten> told;    ///< sections of the review that quote it, told again with the words in a mark
};
/// As planStrike(), of a line of this incident.
[[nodiscard]] Result<Classing> planClassing(const journal::Journal &journal, const state::Incident &incident, const std::string &entry, const Marked::Need &need);

} // namespace qd::desk
