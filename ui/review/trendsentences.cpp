// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/trendsentences.h"

#include "core/base/time.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace qd::review {

namespace {

struct SentenceWords {
    Q_DECLARE_TR_FUNCTIONS(qd::review::TrendSentences)
};

QString saidBy(const QJsonObject &from, const char *name)
{
    return from.value(QLatin1String(name)).toString();
}

int countIn(const QJsonObject &from, const char *name)
{
    return static_cast<int>(from.value(QLatin1String(name)).toInteger());
}

QString daysIn(const QJsonObject &exposure)
{
    return QString::number(static_cast<qint64>(std::max(0.0, std::floor(exposure.value(QLatin1String("days")).toDouble()))));
}

/// "0.35"; null is a number without end.
QString rateIn(const QJsonObject &from, const char *name)
{
    const QJsonValue value = from.value(QLatin1String(name));
    const double rounded = std::round(value.toDouble() * 100) / 100;
    return value.isDouble() ? QString::number(rounded == 0 ? 0.0 : rounded, 'f', 2) : SentenceWords::tr("without end"); // and never -0
}

QString unratedWords(int count)
{
    return SentenceWords::tr("%n later incident(s) at its services are not rated yet", nullptr, count);
}

QString sideWords(const QJsonObject &lengths, const char *of, bool isBefore)
{
    const QJsonObject side = lengths.value(QLatin1String(of)).toObject().value(QLatin1String(isBefore ? "before" : "after")).toObject();
    const QString count = QString::number(countIn(side, "count"));
    const QJsonValue seconds = side.value(QLatin1String("medianSeconds"));
    if (!seconds.isDouble())
        return (isBefore ? SentenceWords::tr("too few before (%1)") : SentenceWords::tr("too few after (%1)")).arg(count);
    return (isBefore ? SentenceWords::tr("median %1 of %2 before") : SentenceWords::tr("median %1 of %2 after")).arg(QString::fromStdString(toText(qd::seconds(seconds.toInteger()))), count);
}

QString counter(const QString &kind, const QString &name)
{
    if (kind == QLatin1String("connection"))
        return SentenceWords::tr("the connection %1 was added").arg(name);
    if (kind == QLatin1String("log"))
        return SentenceWords::tr("the first line that is left of the log was written");
    if (kind == QLatin1String("change"))
        return SentenceWords::tr("the first change that is left was seen");
    if (kind == QLatin1String("start"))
        return SentenceWords::tr("the core started");
    if (kind == QLatin1String("declared"))
        return SentenceWords::tr("%1 was declared").arg(name);
    if (kind == QLatin1String("written down"))
        return SentenceWords::tr("%1 was written down").arg(name);
    if (kind == QLatin1String("rebuilt"))
        return SentenceWords::tr("%1 was rebuilt").arg(name);
    return kind == QLatin1String("began") ? SentenceWords::tr("%1 began").arg(name) : QString();
}

} // namespace

QString effectSentence(const QJsonObject &effect)
{
    const QString because = saidBy(effect, "because");
    if (because.isEmpty())
        return saidBy(effect, "sentence");
    const QJsonObject before = effect.value(QLatin1String("before")).toObject(), after = effect.value(QLatin1String("after")).toObject();
    const int reopened = countIn(effect, "reopened");
    if (because == QLatin1String("not in place")) {
        const QString out = SentenceWords::tr("was done and is open again since %1").arg(saidBy(effect, "openSince").left(10));
        return reopened > 1 ? out + SentenceWords::tr(", %n time(s) in all", nullptr, reopened) : out;
    }
    const QString out = SentenceWords::tr("recurred %n time(s) in %1 exposed days, before: %2 in %3", nullptr, countIn(after, "events")).arg(daysIn(after), QString::number(countIn(before, "events")), daysIn(before));
    return reopened > 0 ? out + SentenceWords::tr("; it was open again %n time(s) before it was done", nullptr, reopened) : out;
}

QString effectReason(const QJsonObject &effect)
{
    const QString because = saidBy(effect, "because");
    const int unrated = countIn(effect, "unrated");
    const QString days = QString::number(countIn(effect, "leastDays"));
    const auto is = [&](const char *word) { return because == QLatin1String(word); };
    if (is("no factor"))
        return SentenceWords::tr("The action names no factor, so what would be a recurrence is not said.");
    if (is("unrated"))
        return SentenceWords::tr("%1, and could turn it.").arg(unratedWords(unrated));
    if (is("not in place"))
        return SentenceWords::tr("It is not in place, so nothing is counted as after it; it is judged from the day it is done again.");
    const QString interval = SentenceWords::tr("the rate is %1 times what it was, between %2 and %3").arg(rateIn(effect, "ratio"), rateIn(effect, "low"), rateIn(effect, "high"));
    const QString out = is("no time")        ? SentenceWords::tr("There is no time yet to compare.")
                        : is("more often")   ? SentenceWords::tr("It happens more often: %1.").arg(interval)
                        : is("short since")  ? SentenceWords::tr("Less than %1 days have passed since.").arg(days)
                        : is("short before") ? SentenceWords::tr("Less than %1 days were recorded before.").arg(days)
                        : is("few expected") ? SentenceWords::tr("At the rate before, %1 were to be expected since: too few to tell.").arg(rateIn(effect, "expected"))
                        : is("less often")   ? SentenceWords::tr("It happens less often: %1.").arg(interval)
                        : is("as often")     ? SentenceWords::tr("It happens as often as before: %1.").arg(interval)
                        : is("chance")       ? SentenceWords::tr("It may be chance: %1.").arg(interval)
                                             : QString();
    if (out.isEmpty())
        return saidBy(effect, "why");
    return unrated > 0 ? SentenceWords::tr("%1 %2.").arg(out, unratedWords(unrated)) : out;
}

QString effectLengths(const QJsonObject &effect)
{
    const QJsonObject lengths = effect.value(QLatin1String("lengths")).toObject();
    const QString said = saidBy(lengths, "sentence");
    if (said.isEmpty() || !lengths.contains(QLatin1String("toDetect")))
        return said;
    return SentenceWords::tr("to detect: %1, %2; to resolve: %3, %4")
        .arg(sideWords(lengths, "toDetect", true), sideWords(lengths, "toDetect", false), sideWords(lengths, "toResolve", true), sideWords(lengths, "toResolve", false));
}

QString countedFrom(const QJsonObject &effect)
{
    const QString since = saidBy(effect, "countedFrom"), known = counter(saidBy(effect, "countedFromKind"), saidBy(effect, "countedFromName"));
    return since.isEmpty() ? QString() : SentenceWords::tr("Counted from %1, when %2.").arg(since.left(10), known.isEmpty() ? saidBy(effect, "countedFromBy") : known);
}

QString agreementSentence(const QJsonObject &trend)
{
    if (!trend.contains(QLatin1String("rated")))
        return saidBy(trend, "agreement");
    const int rated = countIn(trend, "rated"), least = countIn(trend, "ratedLeast");
    if (rated < least)
        return SentenceWords::tr("nothing is said of agreement: %n incident(s) with two raters or more, and it takes %1", nullptr, rated).arg(least);
    if (!trend.value(QLatin1String("kappa")).isDouble())
        return SentenceWords::tr("no kappa over %n incident(s) with two raters or more: nobody differed from anybody", nullptr, rated);
    QString out = SentenceWords::tr("kappa %1 over %n incident(s) with two raters or more", nullptr, rated).arg(rateIn(trend, "kappa"));
    if (trend.value(QLatin1String("kappaLow")).isDouble())
        out += SentenceWords::tr(", between %1 and %2").arg(rateIn(trend, "kappaLow"), rateIn(trend, "kappaHigh"));
    return trend.value(QLatin1String("shaky")).toBool() ? out + SentenceWords::tr(": shaky, it may be far off") : out;
}

} // namespace qd::review
