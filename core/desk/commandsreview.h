// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <cstdint>
#include <string>
#include <vector>

/// Commands about what is learnt after an incident. Part of core/desk/commands.h.
namespace qd::desk {

/// Opens the review of an incident, pre-filled from its record, or arranges an open one otherwise: what is left out stays as it is. owner,
/// facilitator: person ids. due, meeting: RFC 3339 or a span from now (5d). people: whose contribution is required ("-" alone: nobody's). reason: why it gets
/// another owner, of somebody who does not own it; or why its owner does without whom `people` leaves out.
struct OpenReview {
    std::string incident, owner, facilitator, due, meeting;
    std::vector<std::string> people;
    std::string reason = {};
    QD_FIELDS(f(1, "incident", e.incident); f(2, "owner", e.owner); f(3, "facilitator", e.facilitator); f(4, "due", e.due);
              f(5, "meeting", e.meeting); f(6, "people", e.people); f(7, "reason", e.reason);)
};
/// phase: draft, in review, reviewed, closed.
struct TurnReview {
    std::string incident, phase, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "phase", e.phase); f(3, "reason", e.reason);)
};
/// Checks a section out, or lets go of it (release). Who takes it from another says so (over).
struct HoldSection {
    std::string incident, section;
    bool release = false, over = false;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "section", e.section); f(3, "release", e.release); f(4, "over", e.over);)
};
/// The whole text of a section, in Markdown, at most state::kSectionBytes. base: the revision it was written over. draft: saved by an editor by itself.
/// settles: the revision beside the section that is put together with it in this text. reason: why words go with it that are kept from its writer; taken of the review's owner alone.
struct WriteSection {
    std::string incident, section, text;
    std::uint32_t base = 0;
    bool draft = false, release = false; ///< release: and lets go of it
    std::uint32_t settles = 0;
    std::string editor = {};             ///< which of one's windows writes it, so that two do not save over each other; empty: none
    std::string reason = {};
    QD_FIELDS(f(1, "incident", e.incident); f(2, "section", e.section); f(3, "text", e.text); f(4, "base", e.base); f(5, "draft", e.draft);
              f(6, "release", e.release); f(7, "settles", e.settles); f(8, "editor", e.editor); f(9, "reason", e.reason);)
};
/// quote: the words it is about. answers: the comment it answers; 0: none.
struct CommentReview {
    std::string incident, section, quote, text;
    std::uint32_t answers = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "section", e.section); f(3, "quote", e.quote); f(4, "text", e.text); f(5, "answers", e.answers);)
};
struct SettleComment {
    std::string incident;
    std::uint32_t comment = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "comment", e.comment);)
};
/// What a person (left out: oneself) has to say to the review, or who says it for them.
struct Contribute {
    std::string incident, person, text, delegate;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "text", e.text); f(4, "delegate", e.delegate);)
};
/// factor: an id of the taxonomy. evidence: lines of the timeline, as in their `reference`, or "line/12" by record.
struct RateFactor {
    std::string incident, factor, note;
    std::vector<std::string> evidence;
    bool withdraw = false;
    std::string confidence = {};         ///< low, medium, high; left out: not said
    QD_FIELDS(f(1, "incident", e.incident); f(2, "factor", e.factor); f(3, "note", e.note); f(4, "evidence", e.evidence); f(5, "withdraw", e.withdraw);
              f(6, "confidence", e.confidence);)
};
/// A new action (action 0), or one changed: what is left out stays, "-" takes away what was said. due: RFC 3339, a day (2026-12-01) or a span from now; the day it
/// is due already moves nothing. strength: eliminate, engineer, administer, train.
struct KeepAction {
    std::string incident, text, owner, due, strength, verification, factor;
    std::uint32_t action = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "owner", e.owner); f(4, "due", e.due); f(5, "strength", e.strength);
              f(6, "verification", e.verification); f(7, "factor", e.factor); f(8, "action", e.action);)
};
/// state: open, done, verified, dropped.
struct TurnAction {
    std::string incident, state, reason;
    std::uint32_t action = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "state", e.state); f(3, "reason", e.reason); f(4, "action", e.action);)
};
/// Makes an action an issue of a tracker's (key: one that is there already), or, without a connection, lets go of it.
struct TrackAction {
    std::string incident, connection, key;
    std::uint32_t action = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "connection", e.connection); f(3, "key", e.key); f(4, "action", e.action);)
};
/// A row of a file of actions: as KeepAction and TrackAction have them. Which action it is says its number, else its issue (tracker, key), else its text; what is none
/// of the review's is a new one. line: where it stands, for who mends it.
struct ActionRow {
    std::string incident, text, owner, due, strength, verification, factor, tracker, key;
    std::uint32_t action = 0, line = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "owner", e.owner); f(4, "due", e.due); f(5, "strength", e.strength);
              f(6, "verification", e.verification); f(7, "factor", e.factor); f(8, "tracker", e.tracker); f(9, "key", e.key); f(10, "action", e.action);
              f(11, "line", e.line);)
};
/// Actions of any number of reviews, from a file: all of it or nothing. At most kActionRows.
struct ImportActions {
    std::vector<ActionRow> rows;
    QD_FIELDS(f(1, "rows", e.rows);)
};
inline constexpr std::size_t kActionRows = 500;
/// gate: as `get reviews` names it.
struct WaiveGate {
    std::string incident, gate, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "gate", e.gate); f(3, "reason", e.reason);)
};
struct AllowLeak {
    std::string incident, words, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "words", e.words); f(3, "reason", e.reason);)
};
/// A rendition left the console. digest: SHA-256 of its bytes, in hexadecimal. source: of what the core does not write itself (PDF, ODT), that of the page of HTML it was made from.
struct RecordPublication {
    std::string incident, audience, format, where, digest;
    std::string source = {};
    QD_FIELDS(f(1, "incident", e.incident); f(2, "audience", e.audience); f(3, "format", e.format); f(4, "where", e.where); f(5, "digest", e.digest);
              f(6, "source", e.source);)
};
/// A rendition becomes a page of a library (Confluence), through a connection armed to publish. What was published there for the same audience before is updated.
struct PublishReview {
    std::string incident, audience, connection;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "audience", e.audience); f(3, "connection", e.connection);)
};
/// A new pattern (pattern 0), or one changed: what is left out stays.
struct KeepPattern {
    std::uint32_t pattern = 0;
    std::string title, requirement;
    std::vector<std::string> factors, services, incidents;
    QD_FIELDS(f(1, "pattern", e.pattern); f(2, "title", e.title); f(3, "requirement", e.requirement); f(4, "factors", e.factors);
              f(5, "services", e.services); f(6, "incidents", e.incidents);)
};
/// state: open, in design, met, dropped.
struct TurnPattern {
    std::uint32_t pattern = 0;
    std::string state, reason;
    QD_FIELDS(f(1, "pattern", e.pattern); f(2, "state", e.state); f(3, "reason", e.reason);)
};

/// What happened, as a file or another system tells it. at, knownAt, until: RFC 3339. kind: a word of the timeline's (message, alert, change, page, ack, log …).
struct Fact {
    std::string at, knownAt, until, kind, actor, text, reference;
    QD_FIELDS(f(1, "at", e.at); f(2, "knownAt", e.knownAt); f(3, "until", e.until); f(4, "kind", e.kind); f(5, "actor", e.actor);
              f(6, "text", e.text); f(7, "reference", e.reference);)
};
/// Rebuilds an incident that was not run here: declares it (incident left out), or adds to one that was rebuilt. Facts that are there already are left out;
/// where an incident holds most of them, another is declared only `anew`.
/// At most kFactsLimit a command.
struct RebuildIncident {
    std::string incident, title, service, severity, since, until, origin;
    std::vector<Fact> facts;
    std::uint32_t total = 0;             ///< of the first of several commands: how many facts all of them have, each counted once (rebuild::factsOnce); 0: it is the only one
    bool anew = false;                   ///< another incident, though there is one that holds these facts
    QD_FIELDS(f(1, "incident", e.incident); f(2, "title", e.title); f(3, "service", e.service); f(4, "severity", e.severity); f(5, "since", e.since);
              f(6, "until", e.until); f(7, "origin", e.origin); f(8, "facts", e.facts); f(9, "total", e.total); f(10, "anew", e.anew);)
};
inline constexpr std::size_t kFactsLimit = 1000;

} // namespace qd::desk
