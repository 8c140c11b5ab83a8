// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"
#include "core/model/reviewwords.h"

#include <map>

namespace qd::events {

// --- inputs: what is learnt after an incident. All of an incident's lie in its stream; numbers count up within the incident. ---

/// A review is opened, or arranged otherwise: what is said here holds from now on.
struct ReviewArranged {
    std::string incident;
    std::string owner, facilitator;      ///< person ids; the facilitator had no part in the incident
    Instant due, meeting;                ///< the draft is due; the meeting begins; none: not said
    std::vector<std::string> people;     ///< whose contribution is required, by id
    Actor by;
    bool chosen = false;                 ///< `by` said whose; false: as it was, or at first as the record has it
    std::vector<std::string> without = {}; ///< whose contribution is done without from now on, for this reason
    std::string reason = {};
    std::string language = {};           ///< of an opening: what the review is written in, en or de; "": what the workspace says
    std::uint32_t dueFor = 0;            ///< the severity `due` was reckoned by, as its number; 0: somebody said the day
    QD_FIELDS(f(1, "incident", e.incident); f(2, "owner", e.owner); f(3, "facilitator", e.facilitator); f(4, "due", e.due);
              f(5, "meeting", e.meeting); f(6, "people", e.people); f(7, "by", e.by); f(8, "chosen", e.chosen);
              f(9, "without", e.without); f(10, "reason", e.reason); f(11, "language", e.language); f(12, "dueFor", e.dueFor);)
};

/// The review moves on, or back.
struct ReviewTurned {
    std::string incident, reason;
    ReviewPhase phase = ReviewPhase::Draft;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "phase", e.phase); f(4, "by", e.by);)
};

/// A section is checked out by `by`, or let go of. Who takes it from another (`from`) says so.
struct SectionHeld {
    std::string incident, section;
    bool held = true;
    std::string from = {};
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "section", e.section); f(3, "held", e.held); f(4, "from", e.from); f(5, "by", e.by);)
};

/// The whole text of a section. `base` is the revision it was written over: where that is not the newest any more, the text is kept
/// beside it and nothing of either is lost; so is a text of somebody who has it no more while another has it checked out. A `draft` is what
/// an editor saves by itself: it takes the place of the draft before it of the same person and `editor` (which of their windows it is). `settles`: the text beside it that is put together with it here.
struct SectionWritten {
    std::string incident, section, text;
    std::uint32_t base = 0, revision = 0;
    bool draft = false;
    Actor by;
    std::uint32_t settles = 0;
    std::string editor = {};
    QD_FIELDS(f(1, "incident", e.incident); f(2, "section", e.section); f(3, "text", e.text); f(4, "base", e.base);
              f(5, "revision", e.revision); f(6, "draft", e.draft); f(7, "by", e.by); f(8, "settles", e.settles);
              f(9, "editor", e.editor);)
};

/// A comment on words of a section, or the answer to one.
struct ReviewCommented {
    std::string incident, section, quote, text;
    std::uint32_t comment = 0, answers = 0;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "section", e.section); f(3, "quote", e.quote); f(4, "text", e.text);
              f(5, "comment", e.comment); f(6, "answers", e.answers); f(7, "by", e.by);)
};

struct CommentSettled {
    std::string incident;
    std::uint32_t comment = 0;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "comment", e.comment); f(3, "by", e.by);)
};

/// What a person has to say to the review in writing, or who says it for them.
struct ContributionGiven {
    std::string incident, person, text, delegate;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "text", e.text); f(4, "delegate", e.delegate); f(5, "by", e.by);)
};

/// `by` holds that a factor of the taxonomy had a part in it (or, `withdrawn`, no longer does), and points at lines of the record.
struct FactorRated {
    std::string incident, factor, note;  ///< factor: its id
    std::string taxonomy;                ///< the version of the taxonomy the id is from
    std::vector<std::string> evidence;   ///< references of the timeline
    bool withdrawn = false;
    Actor by;
    Confidence confidence = Confidence::Unsaid; ///< how sure they are
    QD_FIELDS(f(1, "incident", e.incident); f(2, "factor", e.factor); f(3, "note", e.note); f(4, "taxonomy", e.taxonomy);
              f(5, "evidence", e.evidence); f(6, "withdrawn", e.withdrawn); f(7, "by", e.by);
              f(8, "confidence", e.confidence);)
};

/// An action as it is to be from now on: a new number is a new one. An owner may be missing until the review is to be completed.
struct ActionKept {
    std::string incident, text, owner, verification, factor; ///< verification: how it will be known that it works
    std::uint32_t action = 0;
    Instant due;
    Strength strength = Strength::Unsaid;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "text", e.text); f(3, "owner", e.owner); f(4, "verification", e.verification);
              f(5, "factor", e.factor); f(6, "action", e.action); f(7, "due", e.due); f(8, "strength", e.strength); f(9, "by", e.by);)
};

struct ActionTurned {
    std::string incident, reason;
    std::uint32_t action = 0;
    ActionState state = ActionState::Done;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "action", e.action); f(4, "state", e.state); f(5, "by", e.by);)
};

/// An action is an issue of a tracker's now (`key` "acme/shop#12", "SHOP-12"), or, without a connection, no longer.
struct ActionTracked {
    std::string incident, connection, key, url;
    std::uint32_t action = 0;
    Actor by;
    std::string toldTitle = {}, toldText = {}; ///< what it says of ours from then, by hashes (hashOfIssueText); of an issue somebody else wrote, what the action was called then
    Instant toldDue = {};
    QD_FIELDS(f(1, "incident", e.incident); f(2, "connection", e.connection); f(3, "key", e.key); f(4, "url", e.url);
              f(5, "action", e.action); f(6, "by", e.by); f(7, "toldTitle", e.toldTitle); f(8, "toldText", e.toldText); f(9, "toldDue", e.toldDue);)
};

/// What the tracker says of it, when that changed.
struct ActionSeen {
    std::string incident, title, status, assignee;
    std::uint32_t action = 0;
    bool closed = false;
    Instant due, changedAt;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "title", e.title); f(3, "status", e.status); f(4, "assignee", e.assignee);
              f(5, "action", e.action); f(6, "closed", e.closed); f(7, "due", e.due); f(8, "changedAt", e.changedAt);)
};

/// The owner of the review does without something it asks for before it is complete.
struct GateWaived {
    std::string incident, gate, reason;
    Actor by;
    std::vector<std::string> lacks = {};  ///< what was missing then, as review::Gate has it: it does without that, and nothing else; none: whatever is missing, as it was before this was kept
    QD_FIELDS(f(1, "incident", e.incident); f(2, "gate", e.gate); f(3, "reason", e.reason); f(4, "by", e.by); f(5, "lacks", e.lacks);)
};

/// Words the leak check stopped at may stand in what is published of this incident.
struct LeakAllowed {
    std::string incident, words, reason;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "words", e.words); f(3, "reason", e.reason); f(4, "by", e.by);)
};

/// A rendition left the console: for whom, as what, where to, and the SHA-256 of its bytes.
struct ReviewPublished {
    std::string incident, audience, format, where, digest;
    std::uint32_t publication = 0;
    Actor by;
    std::string source = {};             ///< of what another program made: the digest of the page (HTML) it was made from, where that was told
    QD_FIELDS(f(1, "incident", e.incident); f(2, "audience", e.audience); f(3, "format", e.format); f(4, "where", e.where);
              f(5, "digest", e.digest); f(6, "publication", e.publication); f(7, "by", e.by); f(8, "source", e.source);)
};

/// A fact of an incident that was not run here, from a file or another system's history. Inert: nothing follows from it.
struct FactImported {
    std::string incident, origin;        ///< origin: "slack export, #inc-42"
    std::string kind;                    ///< as state::word(EntryKind): message, alert, change, page, ack, log …
    std::string actor, text, reference;  ///< actor: as the origin names them; reference: what the origin calls it
    Instant at, knownAt;                 ///< when it happened; when it could be known (none: at once)
    Instant until = {};                  ///< of what lasted: an alert, a deploy
    std::uint64_t ends = 0;              ///< no line of its own: a later file knows until when what a line of this record tells of lasted; 0: it is one
    std::uint32_t line = 0;              ///< then: which of that record's lines, from 1
    QD_FIELDS(f(1, "incident", e.incident); f(2, "origin", e.origin); f(3, "kind", e.kind); f(4, "actor", e.actor); f(5, "text", e.text);
              f(6, "reference", e.reference); f(7, "at", e.at); f(8, "knownAt", e.knownAt); f(9, "until", e.until);
              f(10, "ends", e.ends); f(11, "line", e.line);)
};

// --- what recurs across incidents: the organisation's stream ---

/// A pattern as it is to be from now on: a new number is a new one.
struct PatternKept {
    std::uint32_t pattern = 0;
    std::string title, requirement;      ///< requirement: a statement that can be tested
    std::vector<std::string> factors, services, incidents;
    Actor by;
    QD_FIELDS(f(1, "pattern", e.pattern); f(2, "title", e.title); f(3, "requirement", e.requirement); f(4, "factors", e.factors);
              f(5, "services", e.services); f(6, "incidents", e.incidents); f(7, "by", e.by);)
};

struct PatternTurned {
    std::uint32_t pattern = 0;
    PatternState state = PatternState::Open;
    std::string reason;                  ///< where it is met: what shows it
    Actor by;
    QD_FIELDS(f(1, "pattern", e.pattern); f(2, "state", e.state); f(3, "reason", e.reason); f(4, "by", e.by);)
};

} // namespace qd::events
