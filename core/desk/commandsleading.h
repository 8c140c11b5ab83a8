// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <string>
#include <vector>

/// Commands about who commands an incident and how it ends. Part of core/desk/commands.h.
namespace qd::desk {

/// At once when nobody commands, or the commander has been silent for long; else after a time to object.
struct TakeCommand {
    std::string incident, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason);)
};
/// Whoever sends it sits at a seat and uses it. Kept in memory; a record only where it decides whether a commander is silent (core/command/practice.h).
struct SayPresent {
    QD_FIELDS()
};
/// To a claim that runs; by the claimant: a second thought.
struct ObjectToTaking {
    std::string incident, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason);)
};
/// Offers command to `person`, with what only the commander knows; the console adds what is recorded.
struct OfferCommand {
    std::string incident, person, summary, actions, watch;
    bool all = false;                    ///< of every open incident that the giver commands; then none is named
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "summary", e.summary); f(4, "actions", e.actions);
              f(5, "watch", e.watch); f(6, "all", e.all);)
};
struct AcceptCommand {
    std::string incident, readBack;
    bool all = false;                    ///< every offer that is made to who accepts; then no incident is named
    QD_FIELDS(f(1, "incident", e.incident); f(2, "readBack", e.readBack); f(3, "all", e.all);)
};
/// Declines an offer, or withdraws one's own.
struct DeclineCommand {
    std::string incident, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason);)
};
/// Offers the shift to `person`, without an incident.
struct OfferShift {
    std::string person, summary, watch;
    QD_FIELDS(f(1, "person", e.person); f(2, "summary", e.summary); f(3, "watch", e.watch);)
};
/// shift: a number, or 0: the newest offered to whoever asks.
struct AcceptShift {
    std::uint32_t shift = 0;
    std::string readBack;
    QD_FIELDS(f(1, "shift", e.shift); f(2, "readBack", e.readBack);)
};
/// Declines a shift, or takes one's own offer back.
struct DeclineShift {
    std::uint32_t shift = 0;
    std::string reason;
    QD_FIELDS(f(1, "shift", e.shift); f(2, "reason", e.reason);)
};
/// What becomes of a silence, shelf, snooze or hold that was made during the incident.
struct QuietLeft {
    std::string id, what, until, owner; ///< what: "end", "keep"; until: a span from now (2h), RFC 3339, or as it is; owner: who answers for it from now on
    QD_FIELDS(f(1, "id", e.id); f(2, "what", e.what); f(3, "until", e.until); f(4, "owner", e.owner);)
};
/// Why something was done that nobody gave a reason for then; `owed`: its number, which stands for all of that person and kind.
struct OwedAnswer {
    std::uint32_t owed = 0;
    std::string reason;
    QD_FIELDS(f(1, "owed", e.owed); f(2, "reason", e.reason);)
};
/// What becomes of a room of the incident once the last words are said in it. what: "keep" (it is read on), "leave",
/// "archive" (at its platform, then it is left).
struct RoomLeft {
    std::string room, what;
    QD_FIELDS(f(1, "room", e.room); f(2, "what", e.what);)
};
/// Signs the stand-down sheet: the incident is resolved. reviewDue: "5d" from now, or RFC 3339; followUps: one a line.
struct StandDown {
    std::string incident, verifiedBy, summary, stillFiring, reviewOwner, reviewDue, followUps;
    std::vector<QuietLeft> quiet = {};
    std::vector<OwedAnswer> reasons = {};
    std::vector<RoomLeft> rooms = {};    ///< rooms not named are kept
    std::string noUpdate = {};           ///< why there is no final update, where updates were sent and none since it calmed
    QD_FIELDS(f(1, "incident", e.incident); f(2, "verifiedBy", e.verifiedBy); f(3, "summary", e.summary); f(4, "stillFiring", e.stillFiring);
              f(5, "reviewOwner", e.reviewOwner); f(6, "reviewDue", e.reviewDue); f(7, "followUps", e.followUps); f(8, "quiet", e.quiet);
              f(9, "reasons", e.reasons); f(10, "rooms", e.rooms); f(11, "noUpdate", e.noUpdate);)
};

/// `incident` becomes part of `into`: its alerts move, its calls end, it is over as merged.
struct MergeIncidents {
    std::string incident, into, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "into", e.into); f(3, "reason", e.reason);)
};

/// `incident` is part of the work on `parent` and stays one of its own; without `parent`: no longer.
struct PlaceIncident {
    std::string incident, parent, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "parent", e.parent); f(3, "reason", e.reason);)
};

/// Alerts leave their incident, for a new one with this title (and the severity of the old one unless said), or, with `none`, for no incident.
struct SplitIncident {
    std::vector<std::string> alerts;
    std::string title, severity, reason;
    bool none = false;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "title", e.title); f(3, "severity", e.severity); f(4, "reason", e.reason); f(5, "none", e.none);)
};
struct GiveReason {
    std::string incident;
    std::uint32_t owed = 0;
    std::string reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "owed", e.owed); f(3, "reason", e.reason);)
};

} // namespace qd::desk
