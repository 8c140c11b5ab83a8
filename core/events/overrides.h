// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- what people did to alerts and incidents, taken back or changed ---

/// Input: alerts nobody answers after all. Whose they are stays.
struct AlertsUnacknowledged {
    std::vector<std::string> keys;
    std::string reason;
    Actor by;
    QD_FIELDS(f(1, "keys", e.keys); f(2, "reason", e.reason); f(3, "by", e.by);)
};

/// Input: a person takes back what they did in record `record`. Alerts have the owner, answer and group they had before it, as far as
/// nobody changed them since; what else it placed or moved is ended or moved back by the events after it in the same record.
struct OverrideUndone {
    std::uint64_t record = 0;
    Actor by;
    QD_FIELDS(f(1, "record", e.record); f(2, "by", e.by);)
};

/// Input: what keeps alerts quiet lasts until another time, or somebody else answers for it.
struct SuppressionKept {
    std::string id, owner, reason; ///< owner: "" leaves it
    Instant until;                 ///< none leaves it
    Actor by;
    QD_FIELDS(f(1, "id", e.id); f(2, "owner", e.owner); f(3, "reason", e.reason); f(4, "until", e.until); f(5, "by", e.by);)
};

/// Input: an incident is part of another one from now on, and over by itself. Always followed by the IncidentAbsorbed that says so of the other.
struct IncidentMerged {
    std::string incident, into, reason;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "into", e.into); f(3, "reason", e.reason); f(4, "by", e.by);)
};

/// Input: it is part of the work on another, its parent, and stays an incident of its own; no parent: of none any more.
struct IncidentPlaced {
    std::string incident, parent, reason;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "parent", e.parent); f(3, "reason", e.reason); f(4, "by", e.by);)
};

inline constexpr std::string_view kRoomsOf = "/rooms"; ///< of Nagged::subject: "INC-3/rooms", those of an incident that is long over
/// The same: nobody has said what is affected; it goes on for long; who commands has for long.
inline constexpr std::string_view kScopeOf = "/scope", kLongOf = "/long", kTiredOf = "/tired";
/// Conclusion: nobody looked at something for long, or it is about to end: `person` is told; nobody: it is only known.
struct Nagged {
    std::string subject;                 ///< "INC-3", "silence/4", "am/5f2c…"
    std::string person, incident, text;
    Because because;
    QD_FIELDS(f(1, "subject", e.subject); f(2, "person", e.person); f(3, "incident", e.incident); f(4, "text", e.text); f(5, "because", e.because);)
};

/// Input: it takes in `from` with its alerts, those it did not have already.
struct IncidentAbsorbed {
    std::string incident, from, reason;
    std::vector<std::string> keys;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "from", e.from); f(3, "reason", e.reason); f(4, "keys", e.keys); f(5, "by", e.by);)
};

/// Input: a merge is taken back: it is an incident of its own again. Always followed by the IncidentReleased of the other.
struct IncidentUnmerged {
    std::string incident, into;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "into", e.into); f(3, "by", e.by);)
};

/// Input: it gives back `from` with the alerts that came with it.
struct IncidentReleased {
    std::string incident, from;
    std::vector<std::string> keys;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "from", e.from); f(3, "keys", e.keys); f(4, "by", e.by);)
};

/// Input: alerts are not this incident's any more. `into`: the incident they are of from now on, declared before it in the same record;
/// "": none.
struct AlertsDetached {
    std::string incident, into, reason;
    std::vector<std::string> keys;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "into", e.into); f(3, "reason", e.reason); f(4, "keys", e.keys); f(5, "by", e.by);)
};

/// Input: why something was done that nobody gave a reason for then. `owed`: numbers of what the incident is owed reasons for.
struct ReasonGiven {
    std::string incident, reason;
    std::vector<std::uint32_t> owed;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "owed", e.owed); f(4, "by", e.by);)
};

} // namespace qd::events
