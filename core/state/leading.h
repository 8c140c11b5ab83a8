// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/model/words.h"

#include <string>
#include <vector>

namespace qd::state {

inline constexpr std::size_t kRefiredKept = 1000; ///< alerts of a resolved incident that are named as firing again

/// Command offered to somebody and not yet accepted; none when `to` is empty.
struct Offer {
    std::string from, to, brief, summary, actions, watch;
    Instant at;
    QD_FIELDS(f(1, "from", e.from); f(2, "to", e.to); f(3, "brief", e.brief); f(4, "summary", e.summary); f(5, "actions", e.actions);
              f(6, "watch", e.watch); f(7, "at", e.at);)
};

/// Somebody is taking command, unless there is an objection until then; none when `person` is empty.
struct Claim {
    std::string person, from, reason;
    Instant at, until;
    QD_FIELDS(f(1, "person", e.person); f(2, "from", e.from); f(3, "reason", e.reason); f(4, "at", e.at); f(5, "until", e.until);)
};

/// How command of an incident moves.
struct Leading {
    Offer offer;
    Claim claim;
    std::string takenFrom;  ///< who may take it back at once
    Instant takenAt;
    Instant openSince;      ///< since when there is no commander; zero while there is one
    bool vacant = false;    ///< … for so long that it is an alarm
    std::string takenBy;    ///< who has it from them
    Instant seenAt = {};    ///< when the commander was last known to sit at a seat
    Instant calledOutAt = {}; ///< when the deputy was last asked to say where things stand
    std::vector<std::string> practice = {}; ///< what stands of events::PracticeTurned, by kind
    Instant scopeAskedAt = {}, longSaidAt = {}; ///< when it was asked what is affected, and said that it goes on for long
    Instant tiredSaidAt = {}; ///< when the commander was last asked who relieves them
    QD_FIELDS(f(1, "offer", e.offer); f(2, "claim", e.claim); f(3, "takenFrom", e.takenFrom); f(4, "takenAt", e.takenAt);
              f(5, "openSince", e.openSince); f(6, "vacant", e.vacant); f(7, "takenBy", e.takenBy);
              f(8, "seenAt", e.seenAt); f(9, "calledOutAt", e.calledOutAt); f(10, "practice", e.practice); f(11, "scopeAskedAt", e.scopeAskedAt); f(12, "longSaidAt", e.longSaidAt);
              f(13, "tiredSaidAt", e.tiredSaidAt);)
};

/// That it became part of another; none while `into` is empty.
struct MergedInto {
    std::string into;
    std::uint64_t seq = 0;                ///< the record that did
    IncidentStatus was = IncidentStatus::Active;
    std::vector<std::string> keys;        ///< alerts the other had from it alone
    Instant at;                           ///< also of one that was taken back
    QD_FIELDS(f(1, "into", e.into); f(2, "seq", e.seq); f(3, "was", e.was); f(4, "keys", e.keys); f(5, "at", e.at);)
};

/// Something that was done in an incident without saying why.
struct OwedReason {
    std::uint32_t number = 0;             ///< counts up within the incident
    std::uint64_t seq = 0;                ///< the record that did it
    std::string kind, by;                 ///< kind: as word(InterventionKind), or "severity SEV2"
    std::uint32_t alerts = 0;
    Instant at;
    std::string reason;                   ///< given since; "": still owed
    QD_FIELDS(f(1, "number", e.number); f(2, "seq", e.seq); f(3, "kind", e.kind); f(4, "by", e.by); f(5, "alerts", e.alerts);
              f(6, "at", e.at); f(7, "reason", e.reason);)
};
inline constexpr std::size_t kOwedKept = 200; ///< of an incident; beyond it the oldest that was given goes, then the oldest

/// How an incident ends.
struct Closing {
    Instant proposedAt;     ///< since when nothing of it fires any more; zero: something does, or it has no alerts
    std::vector<std::string> refired;     ///< alerts that fire again after it was resolved, until it is reopened
    std::vector<OwedReason> owed;         ///< by number
    std::uint32_t lastOwed = 0;
    Instant stoodDownAt, reviewDue;
    std::string verifiedBy, summary, firingReason, reviewOwner, followUps; ///< followUps: one a line
    std::vector<std::string> stillFiring; ///< when it was resolved
    std::string noUpdate = {};            ///< why there was no final update
    Instant roomsAskedAt = {};            ///< when somebody was asked whether its rooms can be left
    std::vector<std::string> roomsLeft = {}; ///< rooms nothing is read or written in any more, once the last words are said
    std::vector<std::string> roomsArchived = {}; ///< those of them that are archived at their platform before that
    QD_FIELDS(f(1, "proposedAt", e.proposedAt); f(2, "refired", e.refired);
              f(4, "stoodDownAt", e.stoodDownAt); f(5, "reviewDue", e.reviewDue); f(6, "verifiedBy", e.verifiedBy);
              f(7, "summary", e.summary); f(8, "firingReason", e.firingReason); f(9, "reviewOwner", e.reviewOwner);
              f(10, "stillFiring", e.stillFiring); f(11, "followUps", e.followUps); f(12, "owed", e.owed); f(13, "lastOwed", e.lastOwed);
              f(14, "noUpdate", e.noUpdate); f(15, "roomsLeft", e.roomsLeft);
              f(16, "roomsAskedAt", e.roomsAskedAt); f(17, "roomsArchived", e.roomsArchived);)
};

} // namespace qd::state
