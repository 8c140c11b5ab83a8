// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"
#include "core/model/sla.h"

namespace qd::events {

// --- who commands an incident: handed over, taken, open; and how it is stood down ---

/// Input: the commander offers command to `to`, in the order of I-PASS (illness severity, patient summary, action list, situation
/// awareness, synthesis by the receiver): `brief` is what the console itself knew then, the rest is the commander's own words.
struct CommandOffered {
    std::string incident, to, brief, summary, actions, watch;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "to", e.to); f(3, "brief", e.brief); f(4, "summary", e.summary);
              f(5, "actions", e.actions); f(6, "watch", e.watch); f(7, "by", e.by);)
};

/// Input: the receiver says in their own words what they heard. Always followed by the RoleAssumed that moves command.
struct CommandAccepted {
    std::string incident, readBack;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "readBack", e.readBack); f(3, "by", e.by);)
};

/// Input: the offer is gone: withdrawn by who made it, or declined by who got it.
struct OfferEnded {
    std::string incident, reason;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "by", e.by);)
};

/// Input: somebody takes command from who has it. Followed by RoleAssumed in the same record when `until` is not after the record
/// (the commander was silent, or takes back what was theirs), else by ClaimEnded once nobody objected until then.
struct CommandClaimed {
    std::string incident, from, reason;
    Instant until;
    Because because;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "from", e.from); f(3, "reason", e.reason); f(4, "until", e.until);
              f(5, "because", e.because); f(6, "by", e.by);)
};

/// Input: an objection, or the claimant's own second thought.
struct ClaimObjected {
    std::string incident, reason;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "by", e.by);)
};

/// Conclusion: nobody objected in time. Always followed by RoleAssumed.
struct ClaimEnded {
    std::string incident;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "because", e.because);)
};

/// Conclusion: a SEV1 or SEV2 has had no commander for too long (`vacant`), or that is over. Raises an alert of ours, or ends it.
struct CommandVacant {
    std::string incident;
    bool vacant = true;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "vacant", e.vacant); f(3, "because", e.because);)
};

/// Input: who commands the incident sits at a seat, though they did nothing that is recorded. At most one in half of `silent_after`, and one just
/// before somebody takes command from them.
struct PersonSeen {
    std::string incident, person;
    Instant at;                          ///< when they were last there
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "at", e.at);)
};

/// Conclusion: how the incident is commanded is against good practice (`stands`), or no more. `kind`: "resolves" (who commands also repairs),
/// "span" (more answer to them than one can lead). Raises an alert of ours, or ends it; it hinders nothing.
struct PracticeTurned {
    std::string incident, kind;
    bool stands = true;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "kind", e.kind); f(3, "stands", e.stands); f(4, "because", e.because);)
};

/// Conclusion: so much time went by since the incident was declared; the deputy says it aloud, with what is open. Figures alone.
struct DeputyCalledOut {
    std::string incident, person, text;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "text", e.text); f(4, "because", e.because);)
};

/// Conclusion: an SLA clock of the incident stands otherwise than was said. Raises an alert of ours while it is not done and at risk or
/// breached, and ends it.
struct SlaTurned {
    std::string incident, rule;          ///< rule: empty when nothing is agreed any more
    SlaPart part = SlaPart::Respond;
    SlaState state = SlaState::OnTrack;
    Instant due, doneAt;                 ///< doneAt: none while it is not done
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "rule", e.rule); f(3, "part", e.part); f(4, "state", e.state); f(5, "due", e.due); f(6, "doneAt", e.doneAt);
              f(7, "because", e.because);)
};

/// Input: a shift is offered to `to` without an incident; `brief` is what the console itself counted then: figures, for the words of incidents are
/// their own streams'.
struct ShiftOffered {
    std::uint32_t shift = 0;
    std::string to, brief, summary, watch;
    Actor by;
    QD_FIELDS(f(1, "shift", e.shift); f(2, "to", e.to); f(3, "brief", e.brief); f(4, "summary", e.summary); f(5, "watch", e.watch); f(6, "by", e.by);)
};

/// Input: the receiver reads back what they heard (`accepted`), or one of the two lets it be.
struct ShiftAnswered {
    std::uint32_t shift = 0;
    bool accepted = false;
    std::string words;
    Actor by;
    QD_FIELDS(f(1, "shift", e.shift); f(2, "accepted", e.accepted); f(3, "words", e.words); f(4, "by", e.by);)
};

/// Conclusion: no alert of the incident fires any more, so it may be over (`stands`); or one fires again before anybody agreed.
/// Never more than a proposal.
struct ResolveProposed {
    std::string incident;
    bool stands = true;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "stands", e.stands); f(3, "because", e.because);)
};

/// Conclusion: alerts of an incident that was resolved shortly before fire again: reopen it, or declare a new one. It takes none
/// of them in by itself.
struct RefireSeen {
    std::string incident;
    std::vector<std::string> keys;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "keys", e.keys); f(3, "because", e.because);)
};

/// Input: the stand-down sheet, signed. Always followed by the StatusChanged that resolves the incident.
/// What becomes of a room once the last words are said in it: it is read on ("keep"), nothing is read or written there any more ("leave"),
/// or it is archived at its platform before that ("archive").
struct RoomKept {
    std::string room, what;
    QD_FIELDS(f(1, "room", e.room); f(2, "what", e.what);)
};
struct StoodDown {
    std::string incident, verifiedBy, summary, firingReason, reviewOwner;
    Instant reviewDue;
    std::vector<std::string> stillFiring;
    std::string followUps;               ///< one a line
    Actor by;
    std::vector<RoomKept> rooms = {};
    std::string noUpdate = {};           ///< why there is no final update
    QD_FIELDS(f(1, "incident", e.incident); f(2, "verifiedBy", e.verifiedBy); f(3, "summary", e.summary);
              f(4, "firingReason", e.firingReason); f(5, "reviewOwner", e.reviewOwner); f(6, "reviewDue", e.reviewDue);
              f(7, "stillFiring", e.stillFiring); f(8, "followUps", e.followUps); f(9, "by", e.by);
              f(10, "rooms", e.rooms); f(11, "noUpdate", e.noUpdate);)
};

} // namespace qd::events
