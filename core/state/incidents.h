// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/calls.h"
#include "core/events/incident.h"
#include "core/state/evidence.h"
#include "core/state/joined.h"
#include "core/state/leading.h"
#include "core/state/messageindex.h"
#include "core/state/outward.h"
#include "core/state/piecedlist.h"
#include "core/state/polls.h"
#include "core/state/review.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace qd::state {

/// What a timeline entry is. The word is its `kind` in `get timeline`.
enum class EntryKind : std::uint8_t {
    Declared, Role, Severity, Status, Attached, Log, Task, TaskDone, Hypothesis, HypothesisSettled, Decision, Promise, PromiseKept, Update,
    Message, Gap, Room, Page, Acknowledged, Escalation, Change, Withheld, Refused, Alert, Source, Topic,
    Erased, Hold, Command, Suppression, Flood, Missed, Outward, Link, Moment, Poll, Evidence, Secret, Review
};
[[nodiscard]] std::string_view word(EntryKind kind);
[[nodiscard]] std::span<const std::string_view> entryWords(); ///< of all kinds, in their order

/// How command of an incident went by a line of kind Command; numbers are kept in snapshots.
enum class CommandTurn : std::uint8_t {
    None = 0,       ///< the line is about something else
    Asked = 1,      ///< somebody asks for it, unless somebody objects
    Taken = 2, HandedOver = 3,
    Unobjected = 4, ///< it was asked for, and nobody objected
    NotTaken = 5,   ///< who asked does not take it after all
    Objected = 6, Vacant = 7
};

inline constexpr std::size_t kRevisionsKept = 100; ///< of one line

struct Reaction {
    std::string emoji, sender;           ///< sender: as Entry::actor
    std::string address = {};            ///< theirs on the platform
    bool bound = false;                  ///< sender is a person, for whom the platform vouched
    bool operator==(const Reaction &) const = default;
    QD_FIELDS(f(1, "emoji", e.emoji); f(2, "sender", e.sender); f(3, "address", e.address); f(4, "bound", e.bound);)
};

inline constexpr std::string_view kOwnReference = "entry/"; ///< and the line's number

/// What a line that is about nothing else is referred to by, "entry/12". number: which line of its incident's timeline, from 1.
[[nodiscard]] inline std::string ownReference(std::size_t number)
{
    return std::string(kOwnReference) + std::to_string(number);
}

/// One line of the record as people read it. What it says is text; what it is about is a reference.
struct Entry {
    std::uint64_t seq = 0;
    Instant at;                          ///< journal time, or the asserted time of a message, a change or a line about something earlier
    EntryKind kind = EntryKind::Log;
    std::string actor, text, reference;  ///< actor: person id, or the sender's address in chat
    Path via = Path::Person;
    std::string messageId, room;
    std::vector<std::string> revisions;  ///< earlier texts of an edited message or line, oldest first
    std::vector<Reaction> reactions;
    bool removed = false, verified = true, replayed = false;
    bool recordedLate = false;           ///< it happened while the disk took nothing, and was recorded afterwards
    std::uint64_t outbox = 0;            ///< the outbox entry that carries it outside
    std::string thread = {};             ///< of a message: the thread it was said in, as its platform names threads
    std::string claims;                  ///< whose line it asked to change or remove, which is nobody's right but theirs: an actor
    Instant recordedAt = {};             ///< of a line about something earlier: when it was written; none: at `at`
    Instant revisedAt = {};              ///< when its writer last put it otherwise
    std::string origin = {};             ///< of what was imported: where from. It means nothing to any rule
    std::string about = {};              ///< of a task or a decision: the line it was made from, as momentReference names it
    Instant knownAt = {}, until = {};    ///< of what was imported: when it could be known; until when it lasted
    CommandTurn turn = CommandTurn::None; ///< of a line about how command goes: which way
    std::uint32_t reasonAt = 0;          ///< of such a line: where in the text ": why" begins; 0: nobody said why
    std::string role = {};               ///< of a line about who has a role, which `reference` names: its word, or the team's own name of it
    std::vector<Instant> saidUntil = {}; ///< of each of `revisions`: until when the record had it so; of the last, where more were not kept, until the last of those
    /// When the record says so.
    [[nodiscard]] Instant written() const { return recordedAt ? recordedAt : at; }
    /// It is about nothing that has a reference: its own is what it is referred to by (ownReference).
    [[nodiscard]] bool refersToItself() const { return reference.starts_with(kOwnReference); }
    QD_FIELDS(f(1, "seq", e.seq); f(2, "at", e.at); f(3, "kind", e.kind); f(4, "actor", e.actor);
              f(5, "text", e.text); f(6, "reference", e.reference); f(7, "via", e.via);
              f(8, "messageId", e.messageId); f(9, "room", e.room); f(10, "revisions", e.revisions);
              f(11, "reactions", e.reactions); f(12, "removed", e.removed); f(13, "verified", e.verified);
              f(14, "replayed", e.replayed); f(15, "outbox", e.outbox);
              f(16, "recordedLate", e.recordedLate); f(17, "claims", e.claims);
              f(134, "recordedAt", e.recordedAt); f(135, "revisedAt", e.revisedAt); f(136, "origin", e.origin); f(137, "knownAt", e.knownAt); f(138, "until", e.until); f(139, "about", e.about); f(140, "turn", e.turn); f(141, "reasonAt", e.reasonAt); f(142, "role", e.role); f(143, "saidUntil", e.saidUntil);
              f(18, "thread", e.thread);)
    /// A message that answers another: in a thread it did not begin.
    [[nodiscard]] bool isReply() const { return kind == EntryKind::Message && !thread.empty() && thread != messageId; }
};

struct Task {
    std::uint32_t number = 0;
    std::string person, text;
    Instant at, due, doneAt;
    Instant acceptedAt = {};             ///< since when somebody said that they are on it; none: nobody did
    std::string acceptedBy = {};         ///< who: of a team's task one of the team
    std::string note = {};               ///< what came of it, as whoever reported it done said
    QD_FIELDS(f(1, "number", e.number); f(2, "person", e.person); f(3, "text", e.text); f(4, "at", e.at);
              f(5, "due", e.due); f(6, "doneAt", e.doneAt); f(7, "acceptedAt", e.acceptedAt); f(8, "acceptedBy", e.acceptedBy); f(9, "note", e.note);)
    /// Until when it is to be taken on: half its time. None where it has none, or was taken on or done.
    [[nodiscard]] Instant acceptBy() const { return due > at && !acceptedAt && !doneAt ? at + Span{(due - at).ns / 2} : Instant{}; }
};

struct Hypothesis {
    std::uint32_t number = 0;
    std::string text, by, reason;
    Instant at, settledAt;
    bool refuted = false, confirmed = false;
    QD_FIELDS(f(1, "number", e.number); f(2, "text", e.text); f(3, "by", e.by); f(4, "reason", e.reason);
              f(5, "at", e.at); f(6, "settledAt", e.settledAt); f(7, "refuted", e.refuted);
              f(8, "confirmed", e.confirmed);)
};

/// One of the ways that were weighed at a decision; what nobody said is empty.
struct DecisionOption {
    std::string text, effect, risk;
    std::string reversible;              ///< "yes", "partly", "no"
    std::string time;                    ///< how long it takes, as it was said
    std::string owner;                   ///< who would do it: a person, a team, or words
    bool chosen = false;
    QD_FIELDS(f(1, "text", e.text); f(2, "effect", e.effect); f(3, "risk", e.risk); f(4, "reversible", e.reversible); f(5, "time", e.time);
              f(6, "owner", e.owner); f(7, "chosen", e.chosen);)
};

struct Decision {
    std::uint32_t number = 0;
    std::string text, by;
    Instant at;
    std::uint32_t poll = 0;              ///< it was made on; 0: none
    std::string rejected = {};           ///< what else was weighed, and why not, one a line
    std::vector<DecisionOption> options = {}; ///< as cards, in the order they were written; those not chosen are in `rejected` as well
    QD_FIELDS(f(1, "number", e.number); f(2, "text", e.text); f(3, "by", e.by); f(4, "at", e.at); f(5, "poll", e.poll); f(6, "rejected", e.rejected);
              f(7, "options", e.options);)
};

struct PromiseTo {
    std::uint32_t number = 0;
    std::string audience, text;
    Instant at, due, keptAt;
    Instant missedAt = {}, chasedAt = {}; ///< it was said that it did not come; somebody was told
    QD_FIELDS(f(1, "number", e.number); f(2, "audience", e.audience); f(3, "text", e.text); f(4, "at", e.at);
              f(5, "due", e.due); f(6, "keptAt", e.keptAt); f(7, "missedAt", e.missedAt); f(8, "chasedAt", e.chasedAt);)
};

struct Update {
    std::uint32_t number = 0;
    std::string updateTemplate, audience, text, by;
    Instant at;
    std::uint64_t outbox = 0;
    std::map<std::string, std::string> values = {}; ///< what its fields were given
    std::vector<std::string> byHand = {}; ///< where somebody put it
    std::vector<std::string> to = {};     ///< where it goes; none: the incident's rooms
    bool unheard = false;                 ///< nothing took it, and nobody has put it anywhere by hand
    std::uint32_t next = 0;               ///< the promise that says when the next one comes; 0: none
    QD_FIELDS(f(1, "number", e.number); f(2, "updateTemplate", e.updateTemplate); f(3, "audience", e.audience);
              f(4, "text", e.text); f(5, "by", e.by); f(6, "at", e.at); f(7, "outbox", e.outbox); f(8, "values", e.values);
              f(9, "byHand", e.byHand); f(10, "to", e.to); f(11, "unheard", e.unheard); f(12, "next", e.next);)
};

struct Room {
    std::string connection, address;
    bool created = true;
    std::string lastMessageId;           ///< where catch-up continues
    Instant lastServerTime;
    bool attached = false;               ///< somebody's room that was there before
    Instant leftAt = {};                 ///< since when nothing is read or written in it any more
    Instant archivedAt = {};             ///< since when it is archived at its platform; it was left then
    std::vector<std::string> invited = {}; ///< person ids, each once
    bool isPrivate = false;              ///< made so that only who is asked in sees it
    std::string channel = {};            ///< events::RoomLinked::channel
    QD_FIELDS(f(1, "connection", e.connection); f(2, "address", e.address); f(3, "created", e.created);
              f(4, "lastMessageId", e.lastMessageId); f(5, "lastServerTime", e.lastServerTime); f(6, "attached", e.attached); f(7, "leftAt", e.leftAt);
              f(10, "invited", e.invited); f(11, "archivedAt", e.archivedAt); f(12, "isPrivate", e.isPrivate);
              f(13, "channel", e.channel);)
};

/// What would have been written outside, were a connection armed for it.
struct Withheld {
    std::uint64_t seq = 0;
    Instant at;
    events::WriteWithheld what;
    QD_FIELDS(f(1, "seq", e.seq); f(2, "at", e.at); f(3, "what", e.what);)
};
inline constexpr std::size_t kWithheldKept = 50; ///< an incident's, and those of none

struct RoleHeld {
    std::string person;
    Instant since;
    QD_FIELDS(f(1, "person", e.person); f(2, "since", e.since);)
};

/// A role of the team's own making, by its name, while somebody has it.
struct OwnRole {
    std::string title;
    RoleHeld held;
    QD_FIELDS(f(1, "title", e.title); f(2, "held", e.held);)
};

/// Who had a role before: from when they assumed it until they handed it over or laid it down.
struct RoleHandedOver {
    std::string role, person;            ///< role: its word, or the team's own name of it
    Instant since, until;
    QD_FIELDS(f(1, "role", e.role); f(2, "person", e.person); f(3, "since", e.since); f(4, "until", e.until);)
};
inline constexpr std::size_t kOwnRolesKept = 50, kHandedOverKept = 500; ///< an incident's

/// What was last said of one of an incident's SLA clocks.
struct SlaSeen {
    SlaPart part = SlaPart::Respond;
    SlaState state = SlaState::OnTrack;
    Instant doneAt;
    QD_FIELDS(f(1, "part", e.part); f(2, "state", e.state); f(3, "doneAt", e.doneAt);)
};

inline constexpr std::size_t kAlertNamesKept = 50; ///< an incident's

struct Incident {
    std::string id, title, service, kind, declaredBy;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    IncidentStatus status = IncidentStatus::Active;
    Instant declaredAt, impactSince, mitigatedAt, resolvedAt;
    std::vector<std::string> alerts;     ///< keys, in order of joining
    std::vector<std::string> alertNames; ///< of those that joined, each once, the first kAlertNamesKept: alerts are let go of, and this stays
    std::vector<JoinedAlert> joined;     ///< of the alerts it has, in order of joining: as they were
    std::vector<JoinedAlert> linked;     ///< alerts its review points at, whoever's: the first kLinkedAlertsKept, as they were then
    std::vector<Pair> labels;            ///< values its alerts had of kHostLabels and kKindLabels, each once, also of those that left it
    std::map<Role, RoleHeld> roles;
    std::vector<OwnRole> ownRoles;       ///< in the order in which they were first given
    std::vector<RoleHandedOver> handedOver; ///< the last kHandedOverKept
    std::vector<Task> tasks;
    std::vector<Hypothesis> hypotheses;
    std::vector<Decision> decisions;
    std::vector<PromiseTo> promises;
    std::vector<Update> updates;
    std::vector<Room> rooms;
    std::vector<Withheld> withheld;      ///< the last kWithheldKept
    Leading leading;                     ///< how command of it moves
    Closing closing;                     ///< how it ends
    MergedInto merged;                   ///< … or that it became part of another
    Reckoning reckoned;                  ///< of its severity, the last time the questions were answered
    std::string splitFrom;               ///< the incident its alerts were taken out of
    std::string parent;                  ///< the incident it is part of the work on
    std::string follows;                 ///< the one before it, whose alerts fired again after it was over
    std::vector<CadenceMissed> cadences; ///< updates the severity asks for that did not come
    std::vector<OutwardMessage> outward; ///< texts for outside, by number
    std::vector<SlaSeen> sla;
    std::vector<PinnedLink> links;       ///< what everybody in it needs
    std::vector<KeyMoment> moments;      ///< by number, those taken back among them
    std::vector<Poll> polls;             ///< by number
    std::vector<Evidence> evidence;      ///< by number
    Review review;                       ///< what is learnt of it
    Instant severityAt;                  ///< since when it is as severe as it is; none: since it was declared
    IncidentSeverity worst = IncidentSeverity::Sev3; ///< the most severe it ever was
    PiecedList<Entry> timeline;          ///< in journal order; copies share it
    MessageIndex messages;               ///< index into timeline by connection, room and message
    std::uint64_t changed = 0;           ///< the last record that touched it
    std::uint32_t factsExpected = 0;     ///< of one that is rebuilt: how many facts it is to have; 0: nobody said
    std::uint32_t factsArrived = 0;      ///< how many came; what is taken out of its timeline later came all the same

    /// It is rebuilt, and not all of its facts are here yet.
    [[nodiscard]] bool lacksFacts() const { return factsArrived < factsExpected; }
    [[nodiscard]] bool isOpen() const { return status <= IncidentStatus::Mitigated; }
    /// Nothing of it is real: nobody's pager, no customer and no figure hears of it.
    [[nodiscard]] bool isDrill() const { return kind == "drill" || kind == "example"; }
    [[nodiscard]] std::string holder(Role role) const
    {
        const auto it = roles.find(role);
        return it == roles.end() ? std::string() : it->second.person;
    }
};

/// What a moment that is about this line is marked with: the line's reference, or of a message "message/" and its id.
[[nodiscard]] std::string momentReference(const Entry &line);

} // namespace qd::state
