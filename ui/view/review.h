// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/reviewwords.h"
#include "core/model/words.h"
#include "ui/view/timeline.h"

#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

namespace qd::view {

/// An incident that is over, or a review that is open: what there is to learn from.
struct ReviewRow {
    QString incident, title, facilitator;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    ReviewPhase phase = ReviewPhase::None; ///< None: nobody opened one yet
    Instant resolvedAt, due, meeting;
    int required = 0, contributed = 0;     ///< people
    int openActions = 0;
};

/// A line of the record, as evidence.
struct EvidenceRow {
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
};

/// One text of a section.
struct RevisionText {
    std::uint32_t number = 0, base = 0;
    QString text, by;                    ///< text: as it was written, without marks of ours; by: a name
    Instant at;
    bool draft = false, yours = false;
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
};

/// A factor of the taxonomy, and who sees it in this incident.
struct FactorRow {
    QString id, title, layer;            ///< layer: "trigger", "contributing" …
    QStringList raters;                  ///< names
    QStringList evidence, notes;
    int outOf = 0;                       ///< how many rate
    bool yours = false;
    bool disputed = false;               ///< some who rate see it and others do not
    bool isHeading = false;              ///< a layer or a group of it: nothing to rate
    int depth = 0;
};

struct ReviewAction {
    std::uint32_t number = 0;
    QString text, owner, ownerName, verification, factor, reason, tracked; ///< owner: id; tracked: "SHOP-12 · in progress"
    Instant due;
    Strength strength = Strength::Unsaid;
    ActionState state = ActionState::Open;
    int slips = 0;
};

/// What is asked for before the review is complete.
struct GateRow {
    QString id, sentence;                ///< sentence: what is missing
    QString waivedBy, reason;            ///< somebody does without it
    bool met = false;
    [[nodiscard]] bool isOpen() const { return !met && waivedBy.isEmpty(); }
};

/// Questions to ask of one kind of statement.
struct PromptRow {
    QString kind;                        ///< what was said: "a decision"
    QStringList questions;
};

/// What is learnt of one incident, in full.
struct Review {
    QString incident, title;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    ReviewPhase phase = ReviewPhase::None;
    QString owner, facilitator, reason;  ///< names; reason: of its phase
    Instant openedAt, due, meeting, from, to; ///< from, to: what there is to replay
    bool imported = false;               ///< it was rebuilt from elsewhere
    bool yours = false;                  ///< you may turn it and waive gates
    std::shared_ptr<const Evidence> evidence; ///< may be null
    std::vector<MomentRow> moments;
    std::vector<ReviewSection> sections; ///< in reading order
    std::vector<ReviewComment> comments;
    std::vector<ReviewPerson> people;
    std::vector<FactorRow> factors;      ///< the taxonomy in its order
    std::vector<ReviewAction> actions;
    std::vector<GateRow> gates;
    std::vector<PromptRow> prompts;
    [[nodiscard]] bool isOpen() const { return phase != ReviewPhase::None; }
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

/// The two clocks a past is read by.
enum class PastClock { AsKnown, AsItWas };

/// A moment of an incident to look at; `at` none: the present.
struct PastPoint {
    QString incident;
    Instant at;
    PastClock clock = PastClock::AsKnown;
    [[nodiscard]] bool isPast() const { return static_cast<bool>(at); }
    bool operator==(const PastPoint &) const = default;
};

} // namespace qd::view
