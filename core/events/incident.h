// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

#include <map>

namespace qd::events {

// --- inputs: what people did. Times are journal times; numbers count up within the incident. ---

struct IncidentDeclared {
    std::string incident, title, service, kind; ///< "INC-7"; kind: real, drill
    IncidentSeverity severity = IncidentSeverity::Sev3;
    Instant impactSince;
    std::vector<std::string> alerts;
    bool room = true;
    Actor by;
    std::string attach = {}; ///< the address of a room that is there already, to be its room
    Reckoning reckoned = {}; ///< of the severity, where the three questions were answered
    bool triage = false;     ///< whether it is an incident is still being found out
    Instant until = {};      ///< of one that was over before anybody wrote it down (kind backfilled): when
    std::string follows = {}; ///< the incident that was over and whose alerts fire again: this is a new one, linked to it
    std::uint32_t facts = 0; ///< of one that is rebuilt: how many facts it is to have; 0: nobody said
    QD_FIELDS(f(1, "incident", e.incident); f(2, "title", e.title); f(3, "service", e.service); f(4, "kind", e.kind);
              f(5, "severity", e.severity); f(6, "impactSince", e.impactSince); f(7, "alerts", e.alerts); f(8, "room", e.room);
              f(9, "by", e.by); f(10, "attach", e.attach); f(11, "reckoned", e.reckoned);
              f(12, "triage", e.triage); f(13, "until", e.until); f(40, "follows", e.follows); f(41, "facts", e.facts);)
};

/// `person` takes `role`; who held it before hands it over. An empty person leaves the role open.
struct RoleAssumed {
    std::string incident;
    Role role = Role::Commander;
    std::string person;
    Actor by;
    std::string title = {};              ///< a role of the team's own, by its name; then `role` says nothing
    QD_FIELDS(f(1, "incident", e.incident); f(2, "role", e.role); f(3, "person", e.person); f(4, "by", e.by); f(5, "title", e.title);)
};

/// Since when it hurts, as is known now.
struct ImpactCorrected {
    std::string incident, reason;
    Instant since;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "since", e.since); f(4, "by", e.by);)
};

/// What it is called, as is known now. What it was called before stands in the record; it is not copied here, so that either can be struck.
struct TitleCorrected {
    std::string incident, reason, title;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "title", e.title); f(4, "by", e.by);)
};

/// Which service suffers, as is known now; `from`: as it was thought, "" for none.
struct ServiceCorrected {
    std::string incident, reason, service, from;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "service", e.service); f(4, "from", e.from); f(5, "by", e.by);)
};

/// `reckoned`: what was suggested and why, where the questions were answered; whoever decided may have decided otherwise.
struct SeverityChanged {
    std::string incident, reason;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    Actor by;
    Reckoning reckoned = {};
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "severity", e.severity); f(4, "by", e.by);
              f(5, "reckoned", e.reckoned);)
};

struct StatusChanged {
    std::string incident, reason;
    IncidentStatus status = IncidentStatus::Active;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "status", e.status); f(4, "by", e.by);)
};

struct AlertsAttached {
    std::string incident;
    std::vector<std::string> keys;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "keys", e.keys); f(3, "by", e.by);)
};

struct LogWritten {
    std::string incident, text;
    Actor by;
    Instant at = {};                     ///< what it is about was then, earlier; none: now
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "by", e.by); f(4, "at", e.at);)
};

/// The writer of a line puts it otherwise; what it said before stays with it.
struct LogRevised {
    std::string incident, text;
    std::string reference;               ///< the line: "entry/12"
    Actor by;
    std::uint64_t line = 0;              ///< the record it was written in: who strikes one of its texts strikes all
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "reference", e.reference); f(4, "by", e.by); f(5, "line", e.line);)
};

struct TaskAssigned {
    std::string incident, person, text;
    std::uint32_t task = 0;
    Instant due;
    Actor by;
    std::string about = {}; ///< the line it was made from: "message/…", "entry/3"; empty: none
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "text", e.text); f(4, "task", e.task); f(5, "due", e.due);
              f(6, "by", e.by); f(7, "about", e.about);)
};

struct TaskDone {
    std::string incident;
    std::uint32_t task = 0;
    Actor by;
    std::string note = {};               ///< what came of it, in their words
    QD_FIELDS(f(1, "incident", e.incident); f(2, "task", e.task); f(3, "by", e.by); f(4, "note", e.note);)
};

/// Who was given a task says that they are on it; of a team's task `by` is who of it took it.
struct TaskAccepted {
    std::string incident;
    std::uint32_t task = 0;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "task", e.task); f(3, "by", e.by);)
};

struct HypothesisRaised {
    std::string incident, text;
    std::uint32_t hypothesis = 0;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "hypothesis", e.hypothesis); f(4, "by", e.by);)
};

struct HypothesisSettled {
    std::string incident, reason;
    std::uint32_t hypothesis = 0;
    bool refuted = true;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "hypothesis", e.hypothesis); f(4, "refuted", e.refuted);
              f(5, "by", e.by);)
};

struct DecisionMade {
    std::string incident, text;
    std::uint32_t decision = 0;
    Actor by;
    std::uint32_t poll = 0; ///< the poll it was made on; 0: none
    std::string rejected = {}; ///< what else was weighed, and why not, one a line; of `options` those that were not chosen among them
    /// The ways that were weighed, as cards: under "1" what the first is, under "1.effect", "1.risk", "1.reversible", "1.time" and "1.owner" what was said of it.
    std::map<std::string, std::string> options = {};
    std::uint32_t chosen = 0;  ///< which of them; 0: none of them, or there are none
    std::string about = {};    ///< the line it was made from: "message/…", "entry/3"; empty: none
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "decision", e.decision); f(4, "by", e.by); f(5, "poll", e.poll);
              f(6, "rejected", e.rejected); f(7, "options", e.options); f(8, "chosen", e.chosen); f(9, "about", e.about);)
};

struct PromiseMade {
    std::string incident, audience, text;
    std::uint32_t promise = 0;
    Instant due;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "audience", e.audience); f(3, "text", e.text); f(4, "promise", e.promise);
              f(5, "due", e.due); f(6, "by", e.by);)
};

struct PromiseKept {
    std::string incident;
    std::uint32_t promise = 0;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "promise", e.promise); f(3, "by", e.by);)
};

struct UpdateIssued {
    std::string incident, updateTemplate, audience, text;
    std::uint32_t update = 0;
    std::map<std::string, std::string> values;
    Actor by;
    std::uint32_t next = 0; ///< the promise that says when the next one comes; all others to this audience are kept by this update
    std::string byHand = {}; ///< it was put there by hand, and is written nowhere by us: "Slack", "mail"
    std::vector<std::string> to = {}; ///< as the template's; none: the incident's rooms
    bool unheard = false;    ///< nothing was there to take it: its audience has not heard
    std::string title = {};  ///< what heads it where a place shows a heading; none where it goes to the incident's rooms alone
    QD_FIELDS(f(1, "incident", e.incident); f(2, "template", e.updateTemplate); f(3, "audience", e.audience); f(4, "text", e.text);
              f(5, "update", e.update); f(6, "values", e.values); f(7, "by", e.by); f(8, "next", e.next);
              f(9, "byHand", e.byHand); f(10, "to", e.to); f(11, "unheard", e.unheard);
              f(12, "title", e.title);)
};

/// A room that is there already is to become one of the incident's.
struct RoomAsked {
    std::string incident, room;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "room", e.room); f(3, "by", e.by);)
};

/// A room of an incident that is over is to be left: nothing is read or written in it any more.
struct RoomLeaveAsked {
    std::string incident, room;
    Actor by;
    bool archive = false; ///< and before that it is archived at its platform
    QD_FIELDS(f(1, "incident", e.incident); f(2, "room", e.room); f(3, "by", e.by); f(4, "archive", e.archive);)
};

// --- inputs from chat ---

enum class MessageKind : std::uint8_t { Message = 0, Edit = 1, Removal = 2, Reaction = 3, Unreaction = 4, Topic = 5 };

/// Something seen in a room. `person` is set only for a bound identity the platform verified.
struct MessageSeen {
    std::string connection, room, incident, messageId, target, sender, nick, person, text, emoji;
    MessageKind kind = MessageKind::Message;
    Instant serverTime;
    bool own = false, replayed = false, verified = false;
    bool wholeSet = false; ///< a reaction: what the sender said on the target before is gone
    std::string givenId = {}; ///< what the sender calls the message, where the platform has a name of its own for it (messageId): good for the same sender's word only
    std::string thread = {};   ///< the thread it was said in, as the platform names threads
    Instant wall = {};         ///< the wall clock's time when it was heard, where the record's is ahead of it (a clock was set back)
    QD_FIELDS(f(1, "connection", e.connection); f(2, "room", e.room); f(3, "incident", e.incident); f(4, "messageId", e.messageId);
              f(5, "target", e.target); f(6, "sender", e.sender); f(7, "nick", e.nick); f(8, "person", e.person); f(9, "text", e.text);
              f(10, "emoji", e.emoji); f(11, "kind", e.kind); f(12, "serverTime", e.serverTime); f(13, "own", e.own);
              f(14, "replayed", e.replayed); f(15, "verified", e.verified); f(16, "wholeSet", e.wholeSet);
              f(17, "givenId", e.givenId); f(18, "thread", e.thread); f(19, "wall", e.wall);)
};

/// Messages may be missing between these times: said, never hidden.
struct RoomGapSeen {
    std::string connection, room, incident;
    Instant from, to;
    std::string what = {}; ///< "deletions": all that was said is there, but not what was taken back; else messages
    std::string gone = {}; ///< why the room, in which we had been, is followed no more, and what can be done; "": it is
    QD_FIELDS(f(1, "connection", e.connection); f(2, "room", e.room); f(3, "incident", e.incident); f(4, "from", e.from); f(5, "to", e.to);
              f(6, "what", e.what); f(7, "gone", e.gone);)
};

/// A text that somebody wrote seems to hold a password, a token, a key: in this record. Its words are not repeated here.
struct SecretSuspected {
    std::string incident, person;        ///< person: who wrote it, an address where it is nobody's
    std::uint64_t record = 0;
    std::vector<std::string> kinds;      ///< what it looks like: comms::word(SecretKind)
    bool old = false;                    ///< it was read back: said when it was written, not now
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "record", e.record); f(4, "kinds", e.kinds);
              f(5, "old", e.old);)
};

/// The incident's room exists (created or attached) under this address.
struct RoomLinked {
    std::string incident, connection, room;
    bool created = true;
    bool attached = false; ///< it is somebody's room that was there before: never made, set up or named by us
    bool isPrivate = false; ///< only who is asked in sees it
    std::string channel = {}; ///< the platform's own id, by which it is found again under another name; "": it has none, or that was not recorded
    QD_FIELDS(f(1, "incident", e.incident); f(2, "connection", e.connection); f(3, "room", e.room); f(4, "created", e.created);
              f(5, "attached", e.attached); f(6, "isPrivate", e.isPrivate); f(7, "channel", e.channel);)
};

/// A command from chat that was not done, and why: unbound, replayed, unknown.
struct ChatCommandRefused {
    std::string incident, sender, text, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "sender", e.sender); f(3, "text", e.text); f(4, "reason", e.reason);)
};

} // namespace qd::events
