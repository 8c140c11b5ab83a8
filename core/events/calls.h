// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- escalation: who is called, step by step ---

struct EscalationStarted {
    std::uint32_t escalation = 0;
    std::string policy, incident, service, about;
    bool observed = true;                ///< nobody is really called: the team's pager stays pager of record
    Because because;
    Actor by;
    std::uint32_t answers = 0;           ///< how many people must answer; 0 counts as 1
    std::string group = {};              ///< the alert group that calls by itself, without an incident; then this is a conclusion
    AlertSeverity severity = AlertSeverity::None; ///< of the alert that did
    std::vector<std::string> targets = {}; ///< people and teams somebody asked for by name: no policy chose them; then `policy` is "direct"
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "policy", e.policy); f(3, "incident", e.incident); f(4, "service", e.service);
              f(5, "about", e.about); f(6, "observed", e.observed); f(7, "because", e.because); f(8, "by", e.by); f(9, "answers", e.answers);
              f(10, "group", e.group); f(11, "severity", e.severity); f(12, "targets", e.targets);)
};

/// Conclusion: step `step` (from 1) of round `round` was reached; these people are called, but not those of them who have no
/// address to call; the next step follows at `until`.
struct StepReached {
    std::uint32_t escalation = 0, step = 1, round = 0;
    std::string incident;
    std::vector<std::string> people;
    Instant until;
    bool late = false;
    Because because;
    std::vector<std::string> unreachable = {}; ///< those of `people` no address is bound to
    std::vector<std::string> channels = {};    ///< targets of the step that are no people: "room:NAME", "webhook:NAME"
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "step", e.step); f(3, "round", e.round); f(4, "incident", e.incident);
              f(5, "people", e.people); f(6, "until", e.until); f(7, "late", e.late); f(8, "because", e.because);
              f(9, "unreachable", e.unreachable); f(10, "channels", e.channels);)
};

/// Input: a person asked for the next step now, for the step named, or for somebody by name.
struct EscalatedByHand {
    std::uint32_t escalation = 0;
    std::string incident;
    Actor by;
    std::uint32_t step = 0;              ///< 0: the next
    std::string person = {};             ///< this person is called at once, then the policy goes on
    std::string reason = {};
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "incident", e.incident); f(3, "by", e.by); f(4, "step", e.step);
              f(5, "person", e.person); f(6, "reason", e.reason);)
};

/// Input: someone answered.
struct EscalationAcknowledged {
    std::uint32_t escalation = 0;
    std::string incident;
    Actor by;
    std::string saidBy = {};             ///< somebody else who says so: PersonReached in the same record says how
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "incident", e.incident); f(3, "by", e.by); f(40, "saidBy", e.saidBy);)
};

/// Conclusion: no step is left ("exhausted"), its incident is over ("ended"), or it was overdue for too long ("missed").
struct EscalationEnded {
    std::uint32_t escalation = 0;
    std::string incident, outcome;
    Because because;
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "incident", e.incident); f(3, "outcome", e.outcome); f(4, "because", e.because);)
};

/// Conclusion: its next step waits. What it calls for belongs to `incident`, which is commanded or calls people itself; or, without one,
/// what still fires of it is quiet. Who was called knows.
struct EscalationHeld {
    std::uint32_t escalation = 0;
    std::string incident;
    Because because;
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "incident", e.incident); f(3, "because", e.because);)
};

/// Conclusion: that is so no more; its next step follows at `until`.
struct EscalationResumed {
    std::uint32_t escalation = 0;
    std::string incident;
    Instant until;
    Because because;
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "incident", e.incident); f(3, "until", e.until); f(4, "because", e.because);)
};

// --- the outbox: what is to be written outside ---

enum class Effect : std::uint8_t { CreateRoom = 0, Post = 1, Page = 2, Silence = 3, ExpireSilence = 4, Topic = 5, Reply = 6, AttachRoom = 7,
                                    LeaveRoom = 8,                    // after the last words in it
                                    Invite = 10,                      // a person into an incident's room
                                    PageAnswered = 16, PageOver = 17, // said to a pager of record that was told of the trouble
                                    Publish = 24,                     // a status page as it is when it is pushed
                                    PagerAck = 30, PagerResolve = 31, PagerNote = 32, PagerAssign = 33, PagerEscalate = 34, // done to an incident a pager of record holds
                                    TrackIssue = 50, UpdateIssue = 51, // an action of a review as an issue of a tracker: made; as it is now
                                    PublishReview = 52,               // a rendition as a page of a library
                                    ArchiveRoom = 40 };               // at its platform, after the last words in it; then it is left
/// Whether it is done to an incident that a pager of record holds; `room` is then that incident's id there.
[[nodiscard]] constexpr bool isForPager(Effect effect) { return effect >= Effect::PagerAck && effect <= Effect::PagerEscalate; }
/// Whether it is written to a tracker or a library of reviews.
[[nodiscard]] constexpr bool isOfReview(Effect effect) { return effect >= Effect::TrackIssue && effect <= Effect::PublishReview; }
[[nodiscard]] std::string_view word(Effect effect);

/// Conclusion: one thing to write through an armed connection. `number` counts up for the life of the log and, with the
/// log's origin, is the idempotency key.
struct OutboxQueued {
    std::uint64_t number = 0;
    Effect effect = Effect::Post;
    std::string connection, incident, room, person, text, subject; ///< subject: what it belongs to: "update/3", "page/2/1", silence JSON …
    Because because;
    Instant since = {}; ///< AttachRoom: how far back the room's history is read
    std::string title = {};                      ///< Page: its heading, "SEV2 INC-7: title"
    std::uint32_t escalation = 0;                ///< Page: which call it is of
    std::string severity = {};                   ///< Page: the incident's, "SEV2"
    std::vector<std::uint32_t> calls = {};       ///< Page: of a bundle, the calls it names
    std::vector<std::string> mentions = {};      ///< Page, Post: who is called by name in `room`, by their addresses at the connection; a Page with some goes to that room
    std::string thread = {};                     ///< Reply: the thread it is said in; empty: none
    std::string address = {};                    ///< Invite: of `person` on the platform. AttachRoom: the platform's own id of a room we were in, by which it is found; "": by its name
    bool isPrivate = false;                      ///< CreateRoom: only who is asked in sees it; if it cannot be made so, it is not made. AttachRoom: entered only while it is so
    std::uint32_t action = 0;                    ///< TrackIssue, UpdateIssue: the action's number; `room` is the issue's key
    Instant due = {};                            ///< … when it is due
    bool closed = false;                         ///< … it is done
    std::string audience = {};                   ///< PublishReview: for whom; `room` is the page's id there, "" for a new one
    std::uint64_t instead = 0;                   ///< Post: the entry that waited, which this one says in another room. PublishReview: the one that had not arrived, whose place this one takes
    bool leavesClosed = false;                   ///< UpdateIssue: `closed` says nothing; open or closed stays as the tracker has it
    bool leavesTitle = false, leavesDue = false; ///< … nor do `title` and `due`: they were not changed here since they were told there
    std::vector<std::string> textBefore = {};    ///< … what stands there of ours by then, one of these hashes (hashOfIssueText); anything else is not ours to write over
    bool isDropped = false;                      ///< … it is closed because it is not going to be done
    QD_FIELDS(f(1, "number", e.number); f(2, "effect", e.effect); f(3, "connection", e.connection); f(4, "incident", e.incident);
              f(5, "room", e.room); f(6, "person", e.person); f(7, "text", e.text); f(8, "subject", e.subject); f(9, "because", e.because);
              f(10, "since", e.since); f(40, "title", e.title); f(41, "escalation", e.escalation); f(42, "severity", e.severity); f(43, "calls", e.calls); f(44, "mentions", e.mentions);
              f(45, "thread", e.thread); f(46, "address", e.address); f(60, "isPrivate", e.isPrivate); f(47, "action", e.action); f(48, "due", e.due); f(49, "closed", e.closed); f(50, "audience", e.audience); f(61, "instead", e.instead);
              f(62, "leavesClosed", e.leavesClosed); f(52, "leavesTitle", e.leavesTitle); f(53, "leavesDue", e.leavesDue); f(54, "textBefore", e.textBefore); f(55, "isDropped", e.isDropped);)
};

/// Input: how far it got, as its edge says.
struct OutboxMoved {
    std::uint64_t number = 0;
    Delivery delivery = Delivery::Sent;
    std::string messageId, reason, incident;
    Looked looked = Looked::NotYet; ///< what was found when it was looked for on the other side, before this word
    Instant again = {};             ///< Topic, Failed: when the platform takes another one; by then it is the newest that is set
    QD_FIELDS(f(1, "number", e.number); f(2, "delivery", e.delivery); f(3, "messageId", e.messageId); f(4, "reason", e.reason);
              f(5, "incident", e.incident); f(6, "looked", e.looked); f(7, "again", e.again);)
};

/// Conclusion: it would have been written, were the connection armed for it (or were there one).
struct WriteWithheld {
    Effect effect = Effect::Post;
    std::string connection, incident, person, text, reason;
    std::uint64_t instead = 0; ///< Post: the entry that waits, which would have been said in another room. PublishReview: the one that had not arrived, which goes nowhere any more
    QD_FIELDS(f(1, "effect", e.effect); f(2, "connection", e.connection); f(3, "incident", e.incident); f(4, "person", e.person);
              f(5, "text", e.text); f(6, "reason", e.reason); f(7, "instead", e.instead);)
};

/// Input: the log was signed up to a record, which is to be said in the incident's rooms: an anchor outside this machine.
/// Reported only when there is a room to say it in.
struct HeadSigned {
    std::string incident;
    std::uint64_t seq = 0;   ///< the newest record the signature vouches for
    std::string hash, words; ///< its leaf hash: hexadecimal, and its first 8 bytes in words
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "seq", e.seq); f(3, "hash", e.hash); f(4, "words", e.words); f(5, "by", e.by);)
};

} // namespace qd::events
