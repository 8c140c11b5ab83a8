// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/model/reviewwords.h"
#include "core/state/debrief.h"

#include <string>
#include <string_view>
#include <vector>

namespace qd {
struct Connection;
}

namespace qd::state {

/// Which repository, project or space of which site a tracker or a library is: at another, the same number is another's issue or page. Letters' size counts nothing.
[[nodiscard]] std::string projectOf(const Connection &connection);

inline constexpr std::size_t kSectionBytes = 64 << 10;   ///< of one text
inline constexpr std::size_t kSectionsKept = 20, kRevisionsOfSection = 20, kAsidesKept = 20; ///< texts; an earlier revision is in the record
inline constexpr std::size_t kCommentsKept = 1000, kContributionsKept = 1000, kRatingsKept = 500, kActionsKept = 200, kPublicationsKept = 200, kAllowedKept = 200, kTakenOffKept = 300; ///< an incident's
inline constexpr std::size_t kPatternsKept = 1000;

/// One text of a section.
struct Revision {
    std::uint32_t number = 0;
    std::string text, by;
    Instant at;
    std::uint64_t seq = 0;               ///< the record it was written in
    bool draft = false;                  ///< saved by the editor, and not said to be done
    std::uint32_t base = 0;              ///< what it was written over
    std::string editor = {};             ///< of a draft: which window of theirs saved it
    QD_FIELDS(f(1, "number", e.number); f(2, "text", e.text); f(3, "by", e.by); f(4, "at", e.at); f(5, "seq", e.seq); f(6, "draft", e.draft);
              f(7, "base", e.base); f(8, "editor", e.editor);)
};

/// A part of the narrative, written by one person at a time.
struct Section {
    std::string id;                      ///< "summary", "narrative" …
    std::vector<Revision> revisions;     ///< the newest last
    std::vector<Revision> asides;        ///< written over a revision that was the newest no more: to be put together by hand
    std::string heldBy;                  ///< who has it checked out
    Instant heldSince;
    QD_FIELDS(f(1, "id", e.id); f(2, "revisions", e.revisions); f(3, "asides", e.asides); f(4, "heldBy", e.heldBy); f(5, "heldSince", e.heldSince);)
    /// The newest, a draft as well: what is written on.
    [[nodiscard]] std::string_view text() const { return revisions.empty() ? std::string_view{} : std::string_view(revisions.back().text); }
    [[nodiscard]] std::uint32_t revision() const { return revisions.empty() ? 0 : revisions.back().number; }
    /// The number its next text has: of revisions and what was put beside them together.
    [[nodiscard]] std::uint32_t nextRevision() const
    {
        std::uint32_t last = revision();
        for (const Revision &aside : asides)
            last = last < aside.number ? aside.number : last;
        return last + 1;
    }
    /// The text that counts, for what holds the review as for what is published: the newest that somebody said is done, and before there is one what the record has to say. Nobody's draft is one.
    [[nodiscard]] const Revision *counted() const;
    [[nodiscard]] std::string_view countedText() const { return counted() ? std::string_view(counted()->text) : std::string_view{}; }
    /// Somebody writes on what counts, and has not said that it is done.
    [[nodiscard]] bool isWrittenOn() const { return !revisions.empty() && counted() != &revisions.back(); }
};

struct ReviewComment {
    std::uint32_t number = 0, answers = 0;
    std::string section, quote, text, by, settledBy;
    Instant at, settledAt;
    QD_FIELDS(f(1, "number", e.number); f(2, "answers", e.answers); f(3, "section", e.section); f(4, "quote", e.quote); f(5, "text", e.text);
              f(6, "by", e.by); f(7, "settledBy", e.settledBy); f(8, "at", e.at); f(9, "settledAt", e.settledAt);)
};

/// What a person said to the review, or who says it for them. No text is written over: who says something else later says it beside it.
struct Contribution {
    std::string person, text, delegate, by; ///< delegate: who speaks for them; where there is no text, that is all it says
    Instant at;
    QD_FIELDS(f(1, "person", e.person); f(2, "text", e.text); f(3, "delegate", e.delegate); f(4, "by", e.by); f(5, "at", e.at);)
};

/// That one person sees a factor in it.
struct Rating {
    std::string factor, taxonomy, note, by;
    std::vector<std::string> evidence;
    Instant at;
    Confidence confidence = Confidence::Unsaid;
    QD_FIELDS(f(1, "factor", e.factor); f(2, "taxonomy", e.taxonomy); f(3, "note", e.note); f(4, "by", e.by); f(5, "evidence", e.evidence); f(6, "at", e.at);
              f(7, "confidence", e.confidence);)
};

/// The day an action was due before it was moved.
struct Slip {
    Instant from, at;
    std::string by;
    QD_FIELDS(f(1, "from", e.from); f(2, "at", e.at); f(3, "by", e.by);)
};

/// Where a tracker has it, and what it says there.
struct Tracked {
    std::string connection, key, url, title, status, assignee;
    bool closed = false;
    Instant due, changedAt, seenAt;
    std::string place = {};              ///< where its connection was set to when it became this issue (projectOf); "": not known
    std::string toldTitle = {}, toldText = {}; ///< what was said there last, by hashes (hashOfIssueText): no words of ours; "": nothing, or it is not known
    Instant toldDue;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "key", e.key); f(3, "url", e.url); f(4, "title", e.title); f(5, "status", e.status);
              f(6, "assignee", e.assignee); f(7, "closed", e.closed); f(8, "due", e.due); f(9, "changedAt", e.changedAt); f(10, "seenAt", e.seenAt); f(11, "place", e.place);
              f(12, "toldTitle", e.toldTitle); f(13, "toldText", e.toldText); f(14, "toldDue", e.toldDue);)
};

struct Action {
    std::uint32_t number = 0;
    std::string text, owner, verification, factor, reason; ///< reason: of its state
    Instant due, at, changedAt, turnedAt;
    Instant doneAt;                      ///< the day somebody said it is done, also of one that was verified later; none: it is not done
    Strength strength = Strength::Unsaid;
    ActionState state = ActionState::Open;
    std::vector<Slip> slips;
    Tracked tracked;
    std::uint32_t reopened = 0;          ///< how often it was open again after it was done
    QD_FIELDS(f(1, "number", e.number); f(2, "text", e.text); f(3, "owner", e.owner); f(4, "verification", e.verification); f(5, "factor", e.factor);
              f(6, "reason", e.reason); f(7, "due", e.due); f(8, "at", e.at); f(9, "changedAt", e.changedAt); f(10, "turnedAt", e.turnedAt);
              f(11, "strength", e.strength); f(12, "state", e.state); f(13, "slips", e.slips); f(14, "tracked", e.tracked); f(15, "reopened", e.reopened);
              f(16, "doneAt", e.doneAt);)
    [[nodiscard]] bool isOpen() const { return state == ActionState::Open; }
};

struct Waiver {
    std::string gate, reason, by;
    Instant at;
    std::vector<std::string> lacks = {};  ///< what was missing then: nothing else is done without; none: nobody said
    QD_FIELDS(f(1, "gate", e.gate); f(2, "reason", e.reason); f(3, "by", e.by); f(4, "at", e.at); f(5, "lacks", e.lacks);)
};

/// Somebody without whose contribution the review's owner does.
struct TakenOff {
    std::string person, reason, by;
    Instant at;
    QD_FIELDS(f(1, "person", e.person); f(2, "reason", e.reason); f(3, "by", e.by); f(4, "at", e.at);)
};

struct AllowedWords {
    std::string words, reason, by;
    Instant at;
    QD_FIELDS(f(1, "words", e.words); f(2, "reason", e.reason); f(3, "by", e.by); f(4, "at", e.at);)
};

struct Publication {
    std::uint32_t number = 0;
    std::string audience, format, where, digest, by;
    Instant at;
    std::string place = {};              ///< of a page of a library: as Tracked's
    std::string source = {};             ///< of what another program made: the digest of the page it was made from; "": not told
    QD_FIELDS(f(1, "number", e.number); f(2, "audience", e.audience); f(3, "format", e.format); f(4, "where", e.where); f(5, "digest", e.digest);
              f(6, "by", e.by); f(7, "at", e.at); f(8, "place", e.place); f(9, "source", e.source);)
};

/// What is learnt of one incident. None is open while the phase is None.
struct Review {
    ReviewPhase phase = ReviewPhase::None;
    std::string owner, facilitator, openedBy, reason; ///< reason: of its phase
    Instant openedAt, due, meeting, turnedAt;
    std::vector<std::string> people;
    std::vector<Section> sections;
    std::vector<ReviewComment> comments;  ///< by number
    std::vector<Contribution> contributions; ///< as they were given; of those without a text a person's last
    std::vector<Rating> ratings;          ///< one a factor and person
    std::vector<Action> actions;          ///< by number
    std::vector<Waiver> waivers;          ///< one a gate
    std::vector<AllowedWords> allowed;
    std::vector<Publication> publications; ///< by number
    Debrief debrief;                      ///< who talked it over and signed it; what is counted in it
    std::string peopleBy;                 ///< who said last whose contribution is required; "": nobody, they are as the record had them
    std::vector<TakenOff> takenOff;       ///< one a person
    std::string language;                 ///< what it was opened in, en or de; "": nobody kept it then, and it is what the workspace says (core/review/frame.h)
    std::uint32_t dueFor = 0;             ///< the severity `due` was reckoned by, as its number: the worst there was; 0: somebody said the day
    QD_FIELDS(f(1, "phase", e.phase); f(2, "owner", e.owner); f(3, "facilitator", e.facilitator); f(4, "openedBy", e.openedBy); f(5, "reason", e.reason);
              f(6, "openedAt", e.openedAt); f(7, "due", e.due); f(8, "meeting", e.meeting); f(9, "turnedAt", e.turnedAt); f(10, "people", e.people);
              f(11, "sections", e.sections); f(12, "comments", e.comments); f(13, "contributions", e.contributions); f(14, "ratings", e.ratings);
              f(15, "actions", e.actions); f(16, "waivers", e.waivers); f(17, "allowed", e.allowed); f(18, "publications", e.publications);
              f(19, "debrief", e.debrief); f(20, "peopleBy", e.peopleBy); f(21, "takenOff", e.takenOff);
              f(22, "language", e.language); f(23, "dueFor", e.dueFor);)
    [[nodiscard]] bool isOpen() const { return phase != ReviewPhase::None; }
    /// Its draft or one of its actions has a day it is due: time goes on for it.
    [[nodiscard]] bool waits() const
    {
        if (isOpen() && phase < ReviewPhase::Reviewed && due)
            return true;
        for (const Action &a : actions)
            if (a.isOpen() && a.due)
                return true;
        return false;
    }
    /// What is said for a person: the newest text of each who wrote it, their own first.
    [[nodiscard]] std::vector<const Contribution *> saidFor(std::string_view person) const;
    /// Who speaks for a person by what was given last; "": nobody.
    [[nodiscard]] std::string_view delegateOf(std::string_view person) const;
    [[nodiscard]] const Section *section(std::string_view id) const
    {
        for (const Section &s : sections)
            if (s.id == id)
                return &s;
        return nullptr;
    }
};

/// What recurs: a set of factors and services, and what would have to be true for it not to recur.
struct Pattern {
    std::uint32_t number = 0;
    std::string title, requirement, by, reason; ///< reason: of its state
    std::vector<std::string> factors, services, incidents;
    PatternState state = PatternState::Open;
    Instant at, changedAt;
    QD_FIELDS(f(1, "number", e.number); f(2, "title", e.title); f(3, "requirement", e.requirement); f(4, "by", e.by); f(5, "reason", e.reason);
              f(6, "factors", e.factors); f(7, "services", e.services); f(8, "incidents", e.incidents); f(9, "state", e.state);
              f(10, "at", e.at); f(11, "changedAt", e.changedAt);)
};

} // namespace qd::state
