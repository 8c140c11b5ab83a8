// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/trendsview.h"

#include "core/review/patterns.h"
#include "ui/view/answer.h"
#include "ui/review/trendsentences.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

namespace qd::review {

namespace {

struct TrendWords {
    Q_DECLARE_TR_FUNCTIONS(qd::review::Trends)
};

QString twoPlaces(double value)
{
    return QString::number(value, 'f', 2);
}

/// "9 in 160 days".
QString exposureWords(const QJsonObject &part)
{
    return TrendWords::tr("%1 in %2 days").arg(view::numberIn(part, "events")).arg(static_cast<qint64>(std::max(0.0, std::floor(part.value(QLatin1String("days")).toDouble())))); // whole ones, as the sentence below it has them
}

FactorTrend factorIn(const QJsonObject &item)
{
    FactorTrend out;
    out.id = view::textIn(item, "factor");
    out.label = view::textIn(item, "label");
    out.incidents = view::numberIn(item, "incidents");
    out.together = item.value(QLatin1String("together")).toDouble();
    out.ofIncidents = item.value(QLatin1String("ofIncidents")).toDouble();
    out.elsewhereBy = view::textIn(item, "elsewhereBy");
    out.elsewhere = out.elsewhereBy.isEmpty() ? QString() : view::textIn(item, "elsewhere"); // without who says so it is nobody's number
    const QJsonObject ratings = item.value(QLatin1String("ratings")).toObject();
    out.sure = view::numberIn(ratings, "high");
    out.somewhat = view::numberIn(ratings, "medium");
    out.barely = view::numberIn(ratings, "low");
    if (const QJsonValue kappa = item.value(QLatin1String("kappa")); kappa.isDouble())
        out.kappa = twoPlaces(kappa.toDouble());
    out.isShaky = item.value(QLatin1String("shaky")).toBool();
    out.agreement = agreementSentence(item);
    return out;
}

FactorMatrix matrixIn(const QJsonObject &item)
{
    FactorMatrix out;
    out.ids = view::textsIn(item, "factors");
    out.labels = view::textsIn(item, "labels");
    const auto size = static_cast<std::size_t>(out.ids.size());
    out.counts.assign(size, std::vector<qint64>(size));
    out.lift.assign(size, std::vector<double>(size));
    const QJsonArray counts = item.value(QLatin1String("counts")).toArray(), lifts = item.value(QLatin1String("lift")).toArray();
    for (std::size_t row = 0; row < size; ++row) {
        const QJsonArray count = counts.at(static_cast<qsizetype>(row)).toArray(), lift = lifts.at(static_cast<qsizetype>(row)).toArray();
        for (std::size_t column = 0; column < size; ++column) {
            out.counts[row][column] = count.at(static_cast<qsizetype>(column)).toInteger();
            out.lift[row][column] = lift.at(static_cast<qsizetype>(column)).toDouble();
        }
    }
    out.labels.resize(out.ids.size());
    return out;
}

ServiceMatrix servicesIn(const QJsonArray &factors, const QHash<QString, QString> &labels)
{
    ServiceMatrix out;
    QHash<QString, qint64> all; // by service
    const auto isCause = [](const QJsonObject &item) { return view::textIn(item, "kind") != QLatin1String("mitigator"); };
    for (const auto &value : factors) {
        const QJsonObject item = value.toObject();
        if (!isCause(item))
            continue;
        if (const QString id = view::textIn(item, "factor"); !out.ids.contains(id)) {
            out.ids << id;
            out.labels << labels.value(id, view::textIn(item, "label"));
        }
        all.insert(view::textIn(item, "service"), view::numberIn(item, "ofService"));
    }
    out.services = all.keys();
    std::sort(out.services.begin(), out.services.end(), [&](const QString &a, const QString &b) { return all[a] != all[b] ? all[a] > all[b] : a < b; });
    for (const QString &service : out.services)
        out.ofService.push_back(all[service]);
    out.counts.assign(static_cast<std::size_t>(out.ids.size()), std::vector<qint64>(static_cast<std::size_t>(out.services.size())));
    out.reviews.assign(out.counts.size(), std::vector<QStringList>(static_cast<std::size_t>(out.services.size())));
    for (const auto &value : factors) {
        const QJsonObject item = value.toObject();
        if (!isCause(item))
            continue;
        const auto row = static_cast<std::size_t>(out.ids.indexOf(view::textIn(item, "factor"))), column = static_cast<std::size_t>(out.services.indexOf(view::textIn(item, "service")));
        out.counts[row][column] = view::numberIn(item, "incidents");
        out.reviews[row][column] = view::textsIn(item, "reviews");
    }
    return out;
}

EffectRow effectIn(const QJsonObject &item)
{
    EffectRow out;
    out.incident = view::textIn(item, "incident");
    out.action = view::numberIn(item, "action");
    out.text = view::textIn(item, "text");
    out.verdict = view::textIn(item, "verdict");
    out.sentence = effectSentence(item);
    out.why = effectReason(item);
    out.lengths = effectLengths(item);
    const QJsonObject before = item.value(QLatin1String("before")).toObject(), after = item.value(QLatin1String("after")).toObject();
    const QString none = QStringLiteral("—"), endless = QStringLiteral("∞");
    const QJsonValue ratio = item.value(QLatin1String("ratio")), low = item.value(QLatin1String("low")), high = item.value(QLatin1String("high"));
    out.before = before.isEmpty() ? none : exposureWords(before);
    out.after = after.isEmpty() ? none : exposureWords(after);
    // A rate of none before has no ratio that is a number: of nothing after either there is none at all.
    out.ratio = ratio.isDouble() ? twoPlaces(ratio.toDouble()) : view::numberIn(after, "events") > 0 ? endless : none;
    out.interval = low.isDouble() ? TrendWords::tr("%1 to %2").arg(twoPlaces(low.toDouble()), high.isDouble() ? twoPlaces(high.toDouble()) : endless) : none;
    out.countedFrom = countedFrom(item);
    return out;
}

PatternRow patternIn(const QJsonObject &item)
{
    return {view::textIn(item, "id"),       view::numberIn(item, "pattern"), view::textIn(item, "state"),     view::textIn(item, "title"),      view::textIn(item, "requirement"), view::textIn(item, "reason"),
            view::textsIn(item, "factors"), view::textsIn(item, "labels"),   view::textsIn(item, "services"), view::textsIn(item, "incidents"), view::textsIn(item, "openReviews"),
            view::textsIn(item, "seenSince")};
}

NamingReview reviewIn(const QJsonObject &item)
{
    NamingReview out{view::textIn(item, "incident"), view::textIn(item, "title"), view::textIn(item, "service"), view::textIn(item, "phase"), {}};
    const QJsonArray factors = item.value(QLatin1String("factors")).toArray();
    for (const auto &factor : factors)
        out.factors << view::textIn(factor.toObject(), "factor");
    return out;
}

/// As the core counts them; one that does not say so counted all but exercises.
bool isOneThatCounts(const QJsonObject &review)
{
    const QString kind = view::textIn(review, "kind");
    const bool isExercise = kind == QLatin1String("drill") || kind == QLatin1String("example") || kind == QLatin1String("practice");
    return review.value(QLatin1String("counted")).toBool(!isExercise);
}

/// What factors are called in a language, by id.
QHash<QString, QString> labelsIn(const QJsonArray &taxonomy, const QString &language)
{
    QHash<QString, QString> out;
    for (const auto &value : taxonomy) {
        const QJsonObject item = value.toObject();
        if (const QString label = view::textIn(item.value(QLatin1String("labels")).toObject(), language.toUtf8().constData()); !label.isEmpty())
            out.insert(view::textIn(item, "id"), label);
    }
    return out;
}

void addCounts(TrendsView &out, const QJsonArray &trends, const QHash<QString, QString> &labels)
{
    const auto called = [&](const QJsonObject &item, const char *id, const char *label) { return labels.value(view::textIn(item, id), view::textIn(item, label)); };
    for (const auto &value : trends) {
        const QJsonObject item = value.toObject();
        const QString kind = view::textIn(item, "kind");
        if (kind == QLatin1String("all")) {
            out.incidents = view::numberIn(item, "incidents");
            out.reviewed = view::numberIn(item, "reviewed");
            out.agreement = agreementSentence(item);
        } else if (kind == QLatin1String("factor")) {
            out.factors.push_back(factorIn(item));
            out.factors.back().label = called(item, "factor", "label");
        } else if (kind == QLatin1String("mitigator")) {
            out.wentWell.push_back(factorIn(item));
            out.wentWell.back().label = called(item, "factor", "label");
        } else if (kind == QLatin1String("pair") && out.pairs.size() < TrendsView::kShown) {
            out.pairs.push_back({called(item, "factor", "label") + QStringLiteral(" + ") + called(item, "with", "withLabel"), view::numberIn(item, "incidents")});
        } else if (kind == QLatin1String("matrix")) {
            out.matrix = matrixIn(item);
            for (qsizetype n = 0; n < out.matrix.ids.size(); ++n)
                out.matrix.labels[n] = labels.value(out.matrix.ids[n], out.matrix.labels[n]);
        } else if (kind == QLatin1String("quarter") && item.value(QLatin1String("factor")).isNull()) {
            out.quarters << view::textIn(item, "period");
            out.ofQuarter.push_back(view::numberIn(item, "incidents"));
        }
    }
}

void addQuarters(TrendsView &out, const QJsonArray &trends)
{
    if (out.quarters.size() > static_cast<qsizetype>(TrendsView::kShown)) {
        const auto left = out.quarters.size() - static_cast<qsizetype>(TrendsView::kShown);
        out.quarters = out.quarters.mid(left);
        out.ofQuarter.erase(out.ofQuarter.begin(), out.ofQuarter.begin() + left);
    }
    QHash<QString, std::size_t> places;
    for (std::size_t n = 0; n < out.factors.size(); ++n) {
        out.factors[n].quarters.assign(static_cast<std::size_t>(out.quarters.size()), 0);
        places.insert(out.factors[n].id, n);
    }
    for (const auto &value : trends) {
        const QJsonObject item = value.toObject();
        const auto at = view::textIn(item, "kind") == QLatin1String("quarter") ? places.constFind(view::textIn(item, "factor")) : places.constEnd();
        const qsizetype quarter = out.quarters.indexOf(view::textIn(item, "period"));
        if (at != places.constEnd() && quarter >= 0)
            out.factors[*at].quarters[static_cast<std::size_t>(quarter)] = view::numberIn(item, "incidents");
    }
}

state::Pattern patternOf(const PatternRow &row)
{
    const auto all = [](const QStringList &texts) {
        std::vector<std::string> out;
        for (const QString &text : texts)
            out.push_back(text.toStdString());
        return out;
    };
    state::Pattern out;
    out.number = static_cast<std::uint32_t>(row.number);
    out.title = row.title.toStdString();
    out.requirement = row.requirement.toStdString();
    out.factors = all(row.factors);
    out.services = all(row.services);
    out.incidents = all(row.incidents + row.seenSince);
    out.state = fromWord<PatternState>(row.state.toStdString()).value_or(PatternState::Dropped);
    return out;
}

std::vector<ChecklistItem> checklistItems(const std::vector<PatternRow> &patterns, const QString &service)
{
    std::vector<state::Pattern> known;
    for (const PatternRow &row : patterns)
        if (row.number != 0)
            known.push_back(patternOf(row));
    return checklistFor(service.toStdString(), known);
}

} // namespace

qint64 FactorMatrix::most() const
{
    qint64 out = 0;
    for (std::size_t row = 0; row < counts.size(); ++row)
        for (std::size_t column = 0; column < counts.size(); ++column)
            out = row == column ? out : std::max(out, counts[row][column]);
    return out;
}

QString FactorMatrix::words(int row, int column) const
{
    if (row < 0 || column < 0 || row >= size() || column >= size())
        return {};
    const qint64 count = counts[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    const QString seen = TrendWords::tr("%n unrelated incident(s)", nullptr, static_cast<int>(count));
    if (row == column)
        return TrendWords::tr("%1: in %2.").arg(labels[row], seen);
    if (count == 0)
        return TrendWords::tr("%1 and %2 never met.").arg(labels[row], labels[column]);
    return TrendWords::tr("%1 and %2 met in %3, %4 times as often as by chance.").arg(labels[row], labels[column], seen, QString::number(lift[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)], 'f', 1));
}

qint64 ServiceMatrix::most() const
{
    qint64 out = 0;
    for (const std::vector<qint64> &row : counts)
        for (const qint64 count : row)
            out = std::max(out, count);
    return out;
}

QString ServiceMatrix::words(int row, int column) const
{
    if (row < 0 || column < 0 || row >= rows() || column >= columns())
        return {};
    const qint64 count = counts[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    if (count == 0)
        return TrendWords::tr("%1 was not seen at %2.").arg(labels[row], services[column]);
    return TrendWords::tr("%1 at %2: in %3 of %n unrelated incident(s) there that name a factor.", nullptr, static_cast<int>(ofService[static_cast<std::size_t>(column)])).arg(labels[row], services[column], QString::number(count));
}

bool PatternRow::isLive() const
{
    return number != 0 && review::isLive(patternOf(*this));
}

bool PatternRow::isSeenAgain() const
{
    return !seenSince.isEmpty() && state == QString::fromUtf8(word(PatternState::Met));
}

std::vector<Bar> TrendsView::pareto() const
{
    std::vector<Bar> out;
    for (const FactorTrend &f : factors)
        if (out.size() < kShown)
            out.push_back({f.label, f.incidents, TrendWords::tr("cum. %1 %").arg(std::lround(100 * f.together))});
    return out;
}

std::vector<Bar> TrendsView::byQuarter(const QString &factor) const
{
    const auto at = std::find_if(factors.begin(), factors.end(), [&](const FactorTrend &f) { return f.id == factor; });
    std::vector<Bar> out;
    for (qsizetype n = 0; n < quarters.size(); ++n)
        out.push_back({quarters[n], (at == factors.end() ? ofQuarter : at->quarters)[static_cast<std::size_t>(n)]});
    return out;
}

QString TrendsView::labelOf(const QString &factor) const
{
    const auto at = std::find_if(factors.begin(), factors.end(), [&](const FactorTrend &f) { return f.id == factor; });
    return at == factors.end() ? factor : at->label;
}

const PatternRow *TrendsView::pattern(const QString &id) const
{
    const auto at = std::find_if(patterns.begin(), patterns.end(), [&](const PatternRow &p) { return p.id == id; });
    return at == patterns.end() ? nullptr : &*at;
}

std::vector<NamingReview> TrendsView::naming(const QStringList &all) const
{
    std::vector<NamingReview> out;
    std::copy_if(reviews.begin(), reviews.end(), std::back_inserter(out), [&](const NamingReview &r) { return std::all_of(all.begin(), all.end(), [&](const QString &id) { return r.factors.contains(id); }); });
    return out;
}

std::vector<NamingReview> TrendsView::namingAt(int row, int column) const
{
    std::vector<NamingReview> out;
    if (row < 0 || column < 0 || row >= atServices.rows() || column >= atServices.columns())
        return out;
    for (const QString &incident : atServices.reviews[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)]) {
        const auto at = std::find_if(reviews.begin(), reviews.end(), [&](const NamingReview &r) { return r.incident == incident; });
        out.push_back(at == reviews.end() ? NamingReview{incident, {}, {}, {}, {atServices.ids[row]}} : *at);
    }
    return out;
}

PatternRow TrendsView::draftAt(int row, int column) const
{
    PatternRow out;
    if (row < 0 || column < 0 || row >= atServices.rows() || column >= atServices.columns())
        return out;
    out.factors << atServices.ids[row];
    out.labels << atServices.labels[row];
    out.services << atServices.services[column];
    out.incidents = atServices.reviews[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)].mid(0, kNames);
    return out;
}

PatternRow TrendsView::draftOf(const QStringList &ids) const
{
    PatternRow out;
    out.factors = ids;
    for (const QString &id : ids)
        out.labels << labelOf(id);
    for (const NamingReview &r : naming(ids)) {
        if (out.incidents.size() < kNames)
            out.incidents << r.incident;
        if (!r.service.isEmpty() && !out.services.contains(r.service) && out.services.size() < kNames)
            out.services << r.service;
    }
    out.services.sort();
    return out;
}

TrendsView trendsOf(const TrendsLists &lists, const QString &language)
{
    TrendsView out;
    const QHash<QString, QString> labels = labelsIn(lists.taxonomy, language);
    addCounts(out, lists.trends, labels);
    addQuarters(out, lists.trends);
    out.atServices = servicesIn(lists.factors, labels);
    for (const auto &value : lists.effects)
        out.effects.push_back(effectIn(value.toObject()));
    for (const auto &value : lists.patterns) {
        PatternRow row = patternIn(value.toObject());
        for (qsizetype n = 0; n < row.labels.size() && n < row.factors.size(); ++n)
            row.labels[n] = labels.value(row.factors[n], row.labels[n]);
        out.patterns.push_back(std::move(row));
    }
    for (const auto &value : lists.reviews)
        if (isOneThatCounts(value.toObject()))
            out.reviews.push_back(reviewIn(value.toObject()));
    return out;
}

QString checklistOf(const std::vector<PatternRow> &patterns, const QString &service)
{
    return QString::fromStdString(checklistMarkdown(service.toStdString(), checklistItems(patterns, service)));
}

int livePatternsAt(const std::vector<PatternRow> &patterns, const QString &service)
{
    return static_cast<int>(checklistItems(patterns, service).size());
}

QString verdictWords(const QString &verdict)
{
    static const std::pair<const char *, const char *> kVerdicts[] = {{"not enough data yet", QT_TRANSLATE_NOOP("qd::review::Trends", "not enough data yet")},
                                                                      {"inconclusive", QT_TRANSLATE_NOOP("qd::review::Trends", "inconclusive")},
                                                                      {"effective", QT_TRANSLATE_NOOP("qd::review::Trends", "effective")},
                                                                      {"ineffective", QT_TRANSLATE_NOOP("qd::review::Trends", "ineffective")},
                                                                      {"reopened", QT_TRANSLATE_NOOP("qd::review::Trends", "reopened")}};
    for (const auto &[word, shown] : kVerdicts)
        if (verdict == QLatin1String(word))
            return TrendWords::tr(shown);
    return verdict;
}

QString patternStateWords(const QString &state)
{
    static const std::pair<const char *, const char *> kStates[] = {{"open", QT_TRANSLATE_NOOP("qd::review::Trends", "open")},
                                                                    {"in design", QT_TRANSLATE_NOOP("qd::review::Trends", "in design")},
                                                                    {"met", QT_TRANSLATE_NOOP("qd::review::Trends", "met")},
                                                                    {"dropped", QT_TRANSLATE_NOOP("qd::review::Trends", "dropped")},
                                                                    {"suggested", QT_TRANSLATE_NOOP("qd::review::Trends", "suggested")}};
    for (const auto &[word, shown] : kStates)
        if (state == QLatin1String(word))
            return TrendWords::tr(shown);
    return state;
}

QString seenSinceWords(const PatternRow &pattern)
{
    const QString incidents = pattern.seenSince.join(QStringLiteral(", "));
    if (pattern.isSeenAgain())
        return TrendWords::tr("Met, and seen again since in %1: open it again?").arg(incidents);
    return incidents.isEmpty() || !pattern.isLive() ? QString() : TrendWords::tr("Seen since in %1").arg(incidents);
}

} // namespace qd::review
