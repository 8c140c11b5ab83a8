// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/insights.h"

#include <QJsonArray>
#include <QString>
#include <QStringList>
#include <vector>

/// What reviews say together, as the core's lists have it, as values to show. Pure; no person is in any of it.
namespace qd::review {

/// What the core answers to `get`, each as it came.
struct TrendsLists {
    QJsonArray trends, effects, patterns, reviews, taxonomy, factors = {};
};

/// A factor across unrelated incidents.
struct FactorTrend {
    QString id, label;
    qint64 incidents = 0;
    double together = 0;                 ///< of all that was named, with what was named more often, 0 … 1
    double ofIncidents = 0;              ///< in how many of the unrelated incidents it was, 0 … 1
    QString elsewhere, elsewhereBy;      ///< percent of incidents elsewhere, and who published that; empty: nobody did
    qint64 sure = 0, somewhat = 0, barely = 0; ///< ratings, of those who said how sure they are
    QString kappa;                       ///< how far raters agree beyond chance; empty: there is none
    bool isShaky = false;
    QString agreement;                   ///< the same in words, or why there is none
    std::vector<qint64> quarters;        ///< incidents, as TrendsView::quarters
};

/// Every two factors. Square; on the diagonal stands how often each was at all.
struct FactorMatrix {
    QStringList ids, labels;
    std::vector<std::vector<qint64>> counts;
    std::vector<std::vector<double>> lift; ///< how many times as often as by chance; 0 where they never met

    [[nodiscard]] int size() const { return static_cast<int>(counts.size()); }
    [[nodiscard]] qint64 most() const;   ///< of two that met
    [[nodiscard]] QString words(int row, int column) const; ///< what a cell says, as a sentence
};

/// Factors by the services they were seen at.
struct ServiceMatrix {
    QStringList ids, labels;             ///< of factors, a row each, those seen most first
    QStringList services;                ///< a column each, those with most incidents first
    std::vector<qint64> ofService;       ///< unrelated incidents there that name any factor
    std::vector<std::vector<qint64>> counts;
    std::vector<std::vector<QStringList>> reviews; ///< incidents whose reviews say so: more than were counted where some are of one family

    [[nodiscard]] int rows() const { return static_cast<int>(counts.size()); }
    [[nodiscard]] int columns() const { return rows() == 0 ? 0 : static_cast<int>(services.size()); }
    [[nodiscard]] qint64 most() const;
    [[nodiscard]] QString words(int row, int column) const; ///< what a cell says, as a sentence
};

/// What an action did.
struct EffectRow {
    QString incident;
    qint64 action = 0;
    QString text, verdict;
    QString sentence, why, lengths;      ///< in the language of the window; lengths: of what came before and after, second to all else
    QString ratio, interval;             ///< "0.35", "0.10 to 0.92"; "—" where there is none
    QString before, after;               ///< "9 in 160 days"
    QString countedFrom;                 ///< "2026-01-05, when the connection am was added"
};

/// What recurs; number 0: it is only suggested.
struct PatternRow {
    QString id;
    qint64 number = 0;
    QString state, title, requirement, reason;
    QStringList factors, labels, services, incidents, openReviews;
    QStringList seenSince = {};          ///< incidents it does not name; of one that is met, those that began after that
    [[nodiscard]] QString name() const { return title.isEmpty() ? labels.join(QStringLiteral(" + ")) : title; }
    [[nodiscard]] bool isLive() const;   ///< it is asked of the next design
    [[nodiscard]] bool isSeenAgain() const; ///< though it was met
};

/// A review that names factors.
struct NamingReview {
    QString incident, title, service, phase;
    QStringList factors;
};

struct TrendsView {
    qint64 incidents = 0, reviewed = 0;  ///< unrelated ones with a factor; all of them
    QString agreement;
    std::vector<FactorTrend> factors;    ///< causes; most first
    std::vector<FactorTrend> wentWell;   ///< most first; no causes, and in nothing but this
    std::vector<Bar> pairs;              ///< most first, at most kShown
    QStringList quarters;                ///< oldest first, the last kShown
    std::vector<qint64> ofQuarter;       ///< incidents that were reviewed
    FactorMatrix matrix;
    ServiceMatrix atServices;
    std::vector<EffectRow> effects;
    std::vector<PatternRow> patterns;
    std::vector<NamingReview> reviews;   ///< of incidents that count
    static constexpr std::size_t kShown = 8;

    [[nodiscard]] bool isEmpty() const { return factors.empty() && wentWell.empty() && effects.empty() && patterns.empty(); }
    [[nodiscard]] std::vector<Bar> pareto() const; ///< the kShown most, with what they are together
    [[nodiscard]] std::vector<Bar> byQuarter(const QString &factor) const; ///< of one, or (empty) of all
    [[nodiscard]] QString labelOf(const QString &factor) const;
    [[nodiscard]] const PatternRow *pattern(const QString &id) const;
    /// The reviews that name all of these.
    [[nodiscard]] std::vector<NamingReview> naming(const QStringList &all) const;
    /// Those of a cell of atServices; one that is not in the list is named by its incident alone.
    [[nodiscard]] std::vector<NamingReview> namingAt(int row, int column) const;
    /// What would be written down of these factors: where they were seen, and at which services. At most kNames of each.
    [[nodiscard]] PatternRow draftOf(const QStringList &ids) const;
    [[nodiscard]] PatternRow draftAt(int row, int column) const; ///< of a factor at a service, as in atServices
    static constexpr qsizetype kNames = 50;
};

/// language: of what factors are called: "en", "de".
[[nodiscard]] TrendsView trendsOf(const TrendsLists &lists, const QString &language);

/// What to ask of the next design of a service, as Markdown: as `quarterdeckctl pattern checklist` has it.
[[nodiscard]] QString checklistOf(const std::vector<PatternRow> &patterns, const QString &service);
/// How many live patterns such a list would have.
[[nodiscard]] int livePatternsAt(const std::vector<PatternRow> &patterns, const QString &service);

[[nodiscard]] QString verdictWords(const QString &verdict);
[[nodiscard]] QString patternStateWords(const QString &state);
/// Where a pattern was seen besides, as a sentence; of one that is met, that it came back. Empty: nowhere, or it is dropped.
[[nodiscard]] QString seenSinceWords(const PatternRow &pattern);

} // namespace qd::review
