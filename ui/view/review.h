// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/reviewwords.h"
#include "core/model/words.h"
#include "ui/view/cast.h"
#include "ui/view/timeline.h"

#include <QString>
#include <QStringList>
#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <vector>

namespace qd::view {

/// An incident, and how far its review is: what there is to learn from.
struct ReviewRow {
    QString incident, title, facilitator;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    ReviewPhase phase = ReviewPhase::None; ///< None: nobody opened one yet
    Instant resolvedAt, due, meeting;
    int required = 0, contributed = 0;     ///< people
    int openActions = 0;
    int patterns = 0;                      ///< live ones at its services, while it is open
    IncidentStatus status = IncidentStatus::Resolved;
    Instant declaredAt = {};
    [[nodiscard]] bool isRunning() const { return status <= IncidentStatus::Mitigated; }
    bool operator==(const ReviewRow &) const = default;
};

/// The two clocks a past is read by.
enum class PastClock { AsKnown, AsItWas };

/// A line of the record, as evidence.
struct EvidenceRow {
    struct Earlier {
        QString text;
        Instant until; ///< when the record had it otherwise
    };
    QString id;         ///< as TimelineEntry::id
    QString reference;  ///< how it is pointed at: "line/812", "message/ID"
    QString called;     ///< what the line calls itself, which a moment may be marked by: "task/3"; may be empty
    QString text;
    QString actor;      ///< by name
    QString role;       ///< what they were at that moment, for whoever is not to be named; empty: nobody in particular
    QString kind, origin; ///< kind: as TimelineEntry::kind; origin: of what was imported, where from
    Lane lane = Lane::People;
    Instant at, knownAt; ///< knownAt: when it could be known here; never before `at`
    Instant until;       ///< of what was imported and lasted
    bool removed = false, edited = false;
    std::vector<Earlier> before = {}; ///< what it said before it was put otherwise, the oldest first
    /// What the record said at that moment; as it was is told in the last words, which were known later.
    [[nodiscard]] const QString &textAt(Instant moment, PastClock clock) const
    {
        const auto it = std::find_if(before.begin(), before.end(), [&](const Earlier &each) { return each.until > moment; });
        return clock == PastClock::AsItWas || it == before.end() ? text : it->text;
    }
};

/// Everything there is to cite, in pieces that are shared between views: a piece is another one only where a line of it is another.
struct Evidence {
    static constexpr std::size_t kChunk = 512;
    using Chunk = std::vector<EvidenceRow>;
    std::vector<std::shared_ptr<const Chunk>> chunks; ///< all of kChunk rows but the last
    std::vector<std::uint32_t> order;                 ///< rows, by when they happened
    std::uint64_t built = 0;                          ///< rows its maker made so far, for all it gave
    [[nodiscard]] std::size_t size() const { return chunks.empty() ? 0 : (chunks.size() - 1) * kChunk + chunks.back()->size(); }
    [[nodiscard]] const EvidenceRow &row(std::size_t i) const { return (*chunks[i / kChunk])[i % kChunk]; }
};

/// A line that is marked: "detection", "diagnosis", "repair", "key".
struct MomentRow {
    std::uint32_t number = 0;
    QString reference, kind, text;       ///< reference: of the line; empty: a time alone
    Instant at;
    QStringList questions = {};          ///< to ask of a moment of this kind
};

/// One text of a section.
struct RevisionText {
    std::uint32_t number = 0, base = 0;
    QString text, by;                    ///< text: as it was written, without marks of ours; by: a name
    Instant at;
    bool draft = false, yours = false;
    QString editor = {};                 ///< of a draft: which window saved it
};
using RevisionPtr = std::shared_ptr<const RevisionText>;

struct ReviewSection {
    QString id, title;
    std::vector<RevisionPtr> revisions;  ///< the newest last
    std::vector<RevisionPtr> asides;     ///< written over a revision that was the newest no more
    QString heldBy;                      ///< a name; empty: nobody has it
    Instant heldSince;
    bool heldByYou = false;
    [[nodiscard]] QString text() const { return revisions.empty() ? QString() : revisions.back()->text; }
    [[nodiscard]] std::uint32_t revision() const { return revisions.empty() ? 0 : revisions.back()->number; }
};

struct ReviewComment {
    std::uint32_t number = 0, answers = 0;
    QString section, quote, text, by, settledBy; ///< settledBy: empty while it is open
    Instant at;
};

/// Somebody who was in it, or whose contribution is required.
struct ReviewPerson {
    QString id, name, role, text, delegate; ///< delegate: who says it for them
    bool required = false, contributed = false, you = false;
    bool wasThere = false;               ///< at the meeting
    bool hasSigned = false, signatureStands = false; ///< stands: nothing was written since
};

/// A factor of the taxonomy, and who sees it in this incident.
struct FactorRow {
    QString id, title, layer;            ///< layer: "trigger", "contributing" …
    QStringList raters;                  ///< names
    QStringList evidence, notes;
    std::vector<Confidence> confidence;  ///< of the raters who said how sure they are
    int outOf = 0;                       ///< how many rate
    bool yours = false;
    bool disputed = false;               ///< some who rate see it and others do not
    bool isHeading = false;              ///< a layer or a group of it: nothing to rate
    int depth = 0;
    bool offered = false;                ///< for this incident it is shown though nobody sees it yet
    QStringList yourEvidence = {};       ///< of what you rated: what you cited, …
    QString yourNote = {};               ///< … as you wrote it
    Confidence yourConfidence = Confidence::Unsaid;
};

struct ReviewAction {
    std::uint32_t number = 0;
    QString text, owner, ownerName, verification, factor, reason, tracked; ///< owner: id; tracked: "SHOP-12 · in progress"
    Instant due;
    Strength strength = Strength::Unsaid;
    ActionState state = ActionState::Open;
    int slips = 0;
    QString tracker;                     ///< the connection it is tracked at; empty: none
    std::optional<QString> there;        ///< who has it there, where that is another than the owner; empty: nobody
    std::optional<ActionState> proposed; ///< what it would be here if a person agreed with the tracker
};

/// Money that was noted, in hundredths.
struct CostRow {
    std::uint32_t number = 0;
    QString what;
    std::int64_t amount = 0;
    bool withdrawn = false;
};

/// What somebody said of how it was handled; by nobody's name but theirs who wished it.
struct SurveyWord {
    int score = 0;                       ///< 1 (badly) … 5 (well)
    QString text, person;
};

/// Who talked a review over and signed it, what the incident cost and how it was handled. No figure is about one person.
struct Debrief {
    Instant heldAt;                      ///< none: no meeting was held
    QStringList attended;                ///< names
    int toSign = 0, standing = 0;        ///< whose signature is asked for, and whose stands for what is written now
    bool youSigned = false, yoursStands = false;
    std::vector<CostRow> costs;          ///< those taken back among them
    QString currency;
    int people = 0;                      ///< whose time the record has
    std::int64_t minutes = 0, labour = 0, noted = 0; ///< of all together; money in hundredths
    bool isReckoned = false;             ///< an hourly rate is set
    std::vector<int> scores;             ///< how often each was given, 1 to 5; empty: nothing was said
    std::vector<SurveyWord> words;       ///< by score and words, not as they came
    [[nodiscard]] int answers() const { return std::accumulate(scores.begin(), scores.end(), 0); }
};

/// When what came of one incident, and how much. A time that is none is not in the record. No figure is about one person.
struct Figures {
    struct Flood {
        Instant from, to;                ///< to is none while it goes on
        int alarms = 0, peak = 0;        ///< all in all; the most in 10 minutes
    };
    Instant began, firstAlert, declared, firstAnswer, mitigated, resolved; ///< firstAnswer: somebody answered a call or took command
    int alerts = 0;                      ///< that are part of it
    std::vector<Span> answers;           ///< from each call to its answer, shortest first
    int unanswered = 0;                  ///< calls that ended without one
    std::vector<Flood> floods;           ///< that were on while it lasted
};

/// What is asked for before the review is complete.
struct GateRow {
    QString id, sentence;                ///< sentence: what is missing
    QString waivedBy, reason;            ///< somebody does without it
    bool met = false;
    [[nodiscard]] bool isOpen() const { return !met && waivedBy.isEmpty(); }
};

/// Something that recurs and is not met yet, at a service of the incident.
struct LivePattern {
    std::uint32_t number = 0;
    QString title, requirement;          ///< requirement: empty: none is written yet
    QStringList incidents;               ///< it was seen in
    bool operator==(const LivePattern &) const = default;
};

/// Questions to ask of one kind of statement.
struct PromptRow {
    QString kind;                        ///< what was said, by an example: "We decided to roll back."
    QStringList questions;
    QString statement = {};              ///< its name in the core: "decision"
};

/// What is learnt of one incident, in full.
struct Review {
    QString incident, title;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    IncidentSeverity worst = IncidentSeverity::Sev3; ///< the most severe it ever was
    int dueFor = 0;                      ///< the severity `due` was reckoned by, as its number; 0: somebody said the day
    ReviewPhase phase = ReviewPhase::None;
    QString owner, facilitator, reason;  ///< names; reason: of its phase
    Instant openedAt, due, meeting, from, to; ///< from, to: what there is to replay
    bool imported = false;               ///< it was rebuilt from elsewhere
    std::uint32_t factsExpected = 0, factsArrived = 0; ///< as IncidentRow
    QStringList holes;                   ///< what of its record was erased, and why: sentences
    bool yours = false;                  ///< you may turn it and waive gates
    std::shared_ptr<const Evidence> evidence; ///< may be null
    std::shared_ptr<const Cast> cast;    ///< who had to do with it; may be null
    std::shared_ptr<const std::vector<AlertSpan>> spans; ///< all that fired in what there is to replay; null until it was read
    std::vector<MomentRow> moments;
    std::vector<ReviewSection> sections; ///< in reading order
    std::vector<ReviewComment> comments;
    std::vector<ReviewPerson> people;
    std::vector<FactorRow> factors;      ///< the taxonomy in its order
    std::vector<ReviewAction> actions;
    std::vector<GateRow> gates;
    std::vector<PromptRow> prompts;
    Debrief debrief;
    std::vector<LivePattern> patterns;   ///< while it is open
    QString security;                    ///< why it is taken for an incident of security; empty: it is none
    IncidentStatus status = IncidentStatus::Resolved; ///< of the incident: its past is there whatever it is
    QStringList audiences;               ///< whom it may be published for, beside the public
    Figures figures;
    [[nodiscard]] bool isOpen() const { return phase != ReviewPhase::None; }
    [[nodiscard]] bool isRunning() const { return status <= IncidentStatus::Mitigated; }
    /// Nobody opened a review, and one may be.
    [[nodiscard]] bool mayBegin() const { return !isOpen() && !isRunning() && status != IncidentStatus::Merged; }
    [[nodiscard]] const ReviewSection *section(const QString &id) const
    {
        for (const ReviewSection &s : sections)
            if (s.id == id)
                return &s;
        return nullptr;
    }
};

/// Something to look at again in a text: where, and what to ask oneself there.
struct Finding {
    int from = 0, length = 0;            ///< in UTF-16 units of the text
    QString rule, words, question;       ///< rule: "counterfactual", "unsupported"; words: what it is; question: what to ask instead
    bool unsupported = false;            ///< nothing but that no line of the record stands behind it
};

/// A moment of an incident to look at; `at` none: the present.
struct PastPoint {
    QString incident;
    Instant at;
    PastClock clock = PastClock::AsKnown;
    bool named = false;        ///< people by name; else by what they were
    [[nodiscard]] bool isPast() const { return static_cast<bool>(at); }
    bool operator==(const PastPoint &) const = default;
};

} // namespace qd::view
