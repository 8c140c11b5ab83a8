// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/trendrows.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace qd::review {

namespace {

struct RowWords {
    Q_DECLARE_TR_FUNCTIONS(qd::review::TrendRows)
};

QString orDash(const QString &text)
{
    return text.isEmpty() ? QStringLiteral("—") : text;
}

/// "31 %" of "31.00", "41.35 %".
QString percentWords(const QString &published)
{
    return published.isEmpty() ? QString() : RowWords::tr("%1 %").arg(published.endsWith(QLatin1String(".00")) ? published.chopped(3) : published);
}

/// "2 sure, 1 barely": of those who said.
QString sureWords(const FactorTrend &f)
{
    QStringList out;
    if (f.sure > 0)
        out << RowWords::tr("%1 sure").arg(f.sure);
    if (f.somewhat > 0)
        out << RowWords::tr("%1 somewhat").arg(f.somewhat);
    if (f.barely > 0)
        out << RowWords::tr("%1 barely").arg(f.barely);
    return out.join(QStringLiteral(", "));
}

QString effectId(const EffectRow &e)
{
    return QStringLiteral("%1/%2").arg(e.incident).arg(e.action);
}

void addSentence(QString &to, const QString &sentence)
{
    if (!sentence.isEmpty())
        to += (to.isEmpty() ? QString() : QStringLiteral(" ")) + sentence + (sentence.endsWith(QLatin1Char('.')) || sentence.endsWith(QLatin1Char('?')) ? QString() : QStringLiteral("."));
}

QString begunLarge(QString sentence)
{
    if (!sentence.isEmpty())
        sentence[0] = sentence[0].toUpper();
    return sentence;
}

} // namespace

std::vector<TableRow> trendRows(const TrendsView &view)
{
    std::vector<TableRow> out;
    const auto add = [&](const FactorTrend &f, const QString &id) {
        out.push_back({id,
                       {f.label, QString::number(f.incidents), RowWords::tr("%1 %").arg(std::lround(100 * f.together)), RowWords::tr("%1 %").arg(std::lround(100 * f.ofIncidents)), orDash(percentWords(f.elsewhere)),
                        orDash(f.elsewhereBy), orDash(sureWords(f)), f.isShaky && !f.kappa.isEmpty() ? RowWords::tr("%1, shaky").arg(f.kappa) : orDash(f.kappa)}});
    };
    const QString none = QStringLiteral("—");
    if (!view.factors.empty())
        out.push_back({QStringLiteral("all"), {RowWords::tr("All that were reviewed"), QString::number(view.incidents), none, none, none, none, none, none}});
    for (const FactorTrend &f : view.factors)
        add(f, f.id);
    if (!view.wentWell.empty()) {
        TableRow heading{kWellRow, {RowWords::tr("What went well"), {}, {}, {}, {}, {}, {}, {}}};
        heading.isHeading = true;
        out.push_back(std::move(heading));
    }
    for (const FactorTrend &f : view.wentWell)
        add(f, kWellRow + f.id);
    return out;
}

QString trendSays(const TrendsView &view, const QString &id)
{
    QString out;
    if (id == kWellRow) {
        addSentence(out, RowWords::tr("What helped is no cause: it is counted apart, and is in no matrix, no pattern and no effect."));
        return out;
    }
    const bool isWell = id.startsWith(kWellRow);
    const std::vector<FactorTrend> &among = isWell ? view.wentWell : view.factors;
    const auto f = std::find_if(among.begin(), among.end(), [&](const FactorTrend &each) { return each.id == (isWell ? id.mid(kWellRow.size()) : id); });
    if (f == among.end()) {
        addSentence(out, RowWords::tr("%n unrelated incident(s) name a factor.", nullptr, static_cast<int>(view.incidents)));
        if (view.reviewed > view.incidents)
            addSentence(out, RowWords::tr("What follows another, or is part of its work, counts with it as one: %n were reviewed.", nullptr, static_cast<int>(view.reviewed)));
        addSentence(out, begunLarge(view.agreement));
        return out;
    }
    addSentence(out, RowWords::tr("%1: in %2 % of the unrelated incidents here.").arg(f->label, QString::number(std::lround(100 * f->ofIncidents))));
    addSentence(out, f->elsewhere.isEmpty() ? RowWords::tr("Nobody is known to have published how often it is elsewhere.") : RowWords::tr("Elsewhere in %1, as published by %2.").arg(percentWords(f->elsewhere), f->elsewhereBy));
    addSentence(out, begunLarge(f->agreement));
    return out;
}

std::vector<TableRow> effectRows(const TrendsView &view)
{
    std::vector<TableRow> out;
    for (const EffectRow &e : view.effects)
        out.push_back({effectId(e), {RowWords::tr("%1 action %2: %3").arg(e.incident, QString::number(e.action), e.text), verdictWords(e.verdict), e.ratio, e.interval, e.before, e.after}});
    return out;
}

QString effectSays(const TrendsView &view, const QString &id)
{
    const auto e = std::find_if(view.effects.begin(), view.effects.end(), [&](const EffectRow &each) { return effectId(each) == id; });
    QString out;
    if (e == view.effects.end())
        return out;
    addSentence(out, begunLarge(e->sentence));
    addSentence(out, begunLarge(e->why));
    addSentence(out, e->countedFrom);
    if (!e->lengths.isEmpty()) // second: how long incidents take says little about what was learnt
        addSentence(out, RowWords::tr("Besides: %1").arg(e->lengths));
    return out;
}

std::vector<TableRow> patternRows(const TrendsView &view)
{
    std::vector<TableRow> out;
    for (const PatternRow &p : view.patterns) {
        TableRow row{p.id, {p.name(), patternStateWords(p.state), orDash(p.services.join(QStringLiteral(", "))), QString::number(p.incidents.size() + p.seenSince.size()), orDash(p.openReviews.join(QStringLiteral(", ")))}};
        row.isStrong = p.isLive() || p.isSeenAgain();
        row.isFaint = p.number != 0 && !row.isStrong;
        out.push_back(std::move(row));
    }
    return out;
}

QString patternSays(const TrendsView &view, const QString &id)
{
    const PatternRow *p = view.pattern(id);
    QString out;
    if (p == nullptr)
        return out;
    const QString comma = QStringLiteral(", ");
    if (p->number != 0)
        addSentence(out, p->requirement.isEmpty() ? RowWords::tr("Nothing is required yet: ↵ writes what would have to be true for it not to recur.") : RowWords::tr("Required: %1").arg(p->requirement));
    else
        addSentence(out, RowWords::tr("These met more than once at the same service, and are no pattern yet: P makes them one."));
    if (!p->labels.isEmpty())
        addSentence(out, RowWords::tr("Factors: %1").arg(p->labels.join(comma)));
    if (!p->incidents.isEmpty())
        addSentence(out, RowWords::tr("Seen in %1").arg(p->incidents.join(comma)));
    addSentence(out, seenSinceWords(*p));
    if (!p->openReviews.isEmpty())
        addSentence(out, RowWords::tr("Open reviews that touch it: %1").arg(p->openReviews.join(comma)));
    if (!p->reason.isEmpty())
        addSentence(out, RowWords::tr("Why it is %1: %2").arg(patternStateWords(p->state), p->reason));
    return out;
}

} // namespace qd::review
