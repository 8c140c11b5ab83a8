// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/symbols.h"
#include "core/base/time.h"
#include "core/model/words.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace qd::state {

/// What a person did beyond what the rules do. Numbers are stored. Of several in one record the last in this order gives the whole its name.
enum class InterventionKind : std::uint8_t {
    Assigned = 0,
    Heard = 1,          ///< ended what kept alerts quiet
    Acknowledged = 2, Unacknowledged = 3, Snoozed = 4, Shelved = 5, Silenced = 6, Held = 7, Maintenance = 8,
    Split = 9, GroupsMerged = 10, Attached = 11, Closed = 12, SilenceWritten = 13, Escalated = 14, IncidentMerged = 15, IncidentSplit = 16,
    Marked = 17, Polled = 18, StatusSet = 19
};
[[nodiscard]] std::string_view word(InterventionKind kind);

/// An alert as it was before an override, and which part of it the override changed.
struct TouchedAlert {
    static constexpr std::uint8_t kAnswer = 1, kOwner = 2, kGroup = 4;
    std::uint64_t fingerprint = 0;
    Instant acknowledgedAt;
    Symbol set = 0, owner = 0, group = 0, acknowledgedBy = 0, acknowledgeReason = 0;
    Workflow workflow = Workflow::New;
    std::uint8_t changed = 0;
    std::uint16_t placed = 0; ///< 1 + which of Intervention::ended it was taken out of; 0: none
};

struct Intervention {
    std::uint32_t number = 0;          ///< counts up; names its part of a snapshot
    std::uint64_t seq = 0;             ///< the record; with the person, what it is called by
    Instant at, until;                 ///< until: when it ends by itself; none: it does not
    Instant undoneAt;
    std::string person, subject;       ///< subject: what it was about: "escalation/2", "INC-2", a group, "silence/3"
    InterventionKind kind = InterventionKind::Assigned;
    std::uint32_t alerts = 0;          ///< how many it named
    Symbol owner = 0, group = 0;       ///< what it made of them
    std::vector<std::string> placed, ended, merged; ///< silences and their like; groups
    std::shared_ptr<const std::vector<TouchedAlert>> touched = nullptr; ///< never changed once the record is folded; null: none, or forgotten
    bool forgotten = false;            ///< `touched` was let go of
    std::string reason = {};
    std::string from = {};             ///< of a split incident: the one the alerts were taken out of; `subject` is the new one, or "". Of a status: what it was
    std::vector<std::string> keys = {}; ///< … and those alerts. Of a status: what it became
    QD_FIELDS(f(1, "number", e.number); f(2, "seq", e.seq); f(3, "at", e.at); f(4, "until", e.until); f(5, "undoneAt", e.undoneAt);
              f(6, "person", e.person); f(7, "subject", e.subject); f(8, "kind", e.kind); f(9, "alerts", e.alerts); f(10, "owner", e.owner);
              f(11, "group", e.group); f(12, "placed", e.placed); f(13, "ended", e.ended); f(14, "merged", e.merged);
              f(15, "forgotten", e.forgotten); f(16, "reason", e.reason); f(17, "from", e.from); f(18, "keys", e.keys);)
};

/// "12 alerts snoozed until 15:10 UTC".
[[nodiscard]] std::string inWords(const Intervention &what);

/// What people did lately, so that it can be taken back. Follows from the events; bounded.
struct Interventions {
    static constexpr std::size_t kKept = 200;            ///< the oldest goes
    static constexpr std::size_t kTouchedKept = 50'000;  ///< alerts as they were; of the oldest they are forgotten first

    std::deque<Intervention> all;       ///< by number
    std::uint32_t last = 0;
    std::uint64_t undoing = 0;      ///< the record that takes one back is no override itself

    [[nodiscard]] const Intervention *find(std::uint64_t seq, std::string_view person) const
    {
        for (auto it = all.rbegin(); it != all.rend() && it->seq >= seq; ++it)
            if (it->seq == seq && it->person == person)
                return &*it;
        return nullptr;
    }
    /// The newest of this person that was not taken back; null when there is none.
    [[nodiscard]] const Intervention *lastOf(std::string_view person) const
    {
        for (auto it = all.rbegin(); it != all.rend(); ++it)
            if (it->person == person && !it->undoneAt)
                return &*it;
        return nullptr;
    }
};

} // namespace qd::state
