// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::state {

/// Adds a line to the incident's timeline, or to the console's own log when `incident` is empty or unknown (its stream was
/// erased). Only the fold calls this. The entry stays valid until the next one is added.
Entry &note(State &state, std::string_view incident, EntryKind kind, std::string actor, std::string text, std::string reference = {});

/// A delivery of reports counts as word from its source.
void noteDelivery(State &state, const std::string &connection, Path path, Instant at);
/// A push told of something that fires.
void notePushedFiring(State &state, const std::string &connection, Instant at);

/// An alarm was raised, or, in the record that raised it, was quiet after all. Only the fold calls these.
void noteOpened(State &state, const Alert &alert);
/// What came in between two instants, evenly; `state.time` is not before them.
void noteStorm(State &state, Instant first, Instant last, const StormCount &count);
void noteUnopened(State &state, const Alert &alert);

/// Into and out of a group; the alert's own fields say which.
void enter(State &state, Group &group, std::uint32_t index);
void joinGroup(State &state, std::uint32_t index);
void leaveGroup(State &state, const Alert &alert);
void leaveCorrelation(State &state, const Alert &alert);

/// The alert's label alertname; 0 without one.
[[nodiscard]] Symbol nameOf(const State &state, const Alert &alert);
/// AlertTable::firingNamed anew, from the alerts.
void countNames(State &state);

/// Incidents of which time concludes nothing any more are no longer looked at for it.
void settleIncidents(State &state);

/// Uses of rules and windows the workspace no longer has.
void dropUses(State &state);

/// The monitors are those of the workspace, and of others only what an alarm still stands for.
void matchMonitors(State &state);

/// Lets go of alerts that are over when enough has come loose. Only the fold calls this, after it changed the alerts.
void sweepWhenDue(State &state);

/// An audience was told: what was promised to it is kept but for the promise `next`, and no update to it is missed any more.
void heard(State &state, Incident &incident, const std::string &audience, std::uint32_t next = 0);
/// An update that had reached nobody got somewhere: its audience has heard.
void updateReached(State &state, Incident &incident, Update &update);
/// A post of it failed. When all of them did, its audience has not heard.
void updateFailed(State &state, Incident &incident, std::uint32_t number);
/// The text for outside that this record sends, the last of several; null: none. For what follows from its MessageSent.
[[nodiscard]] const OutwardMessage *goingOut(const State &state, const Incident &incident);
/// A place it was meant for took the text: its audience has heard. Once.
void reached(State &state, Incident &incident, std::uint32_t message);
inline constexpr std::string_view kItsTextWasStruck = "its text was struck", kWrittenOtherwise = "it was written otherwise";
/// It may not be sent any more: what nobody sent yet has failed; what is on its way is left to its answer, and never tried again.
void recall(const State &state, OutboxEntry &entry, const std::string &why);
/// Where an entry goes, for people: "chat/war@muc.example", "post/a@press.example".
[[nodiscard]] std::string placeOf(const events::OutboxQueued &what);
/// A line: the update was put somewhere by hand.
void noteByHand(State &state, const std::string &incident, std::uint32_t update, const std::string &where, const events::Actor &by);

/// How a line about a text that may be a secret names its record, and what takes that text out of it.
[[nodiscard]] std::string secretReference(std::uint64_t record);
[[nodiscard]] std::string strikeCommand(const std::string &incident, std::uint64_t record);

/// The incident to be changed; marks it as touched by this record.
[[nodiscard]] Incident *incidentOf(State &state, std::string_view id);
/// A status page to be changed by the record that is applied; made when it is not known yet. nullptr: there are too many.
[[nodiscard]] StatusPageState *pageOf(State &state, const std::string &id);

} // namespace qd::state
