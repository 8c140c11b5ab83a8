// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <cstdint>
#include <string>
#include <vector>

/// What may go because its time is over. Pure.
namespace qd::governance {

/// One stream of the record that a rule or a hold speaks of, or would.
struct Retained {
    std::string stream;                  ///< "alerts/2026-11-23", "incident/INC-7", "access/2026-11"
    RecordClass of = RecordClass::Alerts;
    Instant ended;                       ///< when what it tells of was over; none: it is not
    Instant expires;                     ///< none: it is kept for ever, or not over
    std::string heldBy;                  ///< "hold/3": it stays, whatever the rule says
    /// How much of an incident goes with it, struck words and files left out; zero of other streams, whose size nobody counts.
    std::size_t lines = 0, messages = 0, files = 0;
    std::uint64_t bytes = 0;             ///< of the files
    /// Its time is over and nothing holds it.
    [[nodiscard]] bool isDue(Instant now) const { return expires && expires <= now && heldBy.empty(); }
};

/// Who looked at what, and who took which right, is kept at least so long after its month, whatever a rule says and whoever asks: not even who
/// administers takes away the trace of what they did before others can have seen it.
inline constexpr Span kAccessKept = hours(24 * 90);
/// From when on a month of access ("access/2026-11") may be erased; none for what is none.
[[nodiscard]] Instant accessMayGo(std::string_view stream);

/// What has a key, and the hold that covers it; 0: none.
struct StandingStream {
    std::string name;
    std::uint32_t hold = 0;
};

/// Messages of a chat that stand in one record of an incident, or a file kept there, which a rule for messages or for evidence speaks of. Their key is one each, and the incident's stays: they go by
/// being struck, all texts of the record at once.
struct RetainedMessages {
    std::string incident;
    std::uint64_t seq = 0;
    std::size_t count = 0;
    Instant said, expires;               ///< of the last of them; expires none: the incident is not over
    std::string heldBy;
    RecordClass of = RecordClass::Messages; ///< or Evidence: one file, `said` is when it was kept
    [[nodiscard]] bool isDue(Instant now) const { return expires && expires <= now && heldBy.empty(); }
};
/// Those not struck yet, the first that goes first; nothing without such a rule. `streams` says which incidents a hold covers; one without a key has none left.
[[nodiscard]] std::vector<RetainedMessages> retainedMessages(const state::State &state, const std::vector<StandingStream> &streams);

/// Of `streams` those that are records of a class, the first that goes first; what is kept for ever last. Texts go with the stream they stand
/// in, and are not named.
[[nodiscard]] std::vector<Retained> retained(const state::State &state, const std::vector<StandingStream> &streams);

} // namespace qd::governance
