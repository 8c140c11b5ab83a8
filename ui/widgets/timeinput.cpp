// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeinput.h"

#include <QDateTime>
#include <QLocale>
#include <QStringList>

namespace qd::widgets {

namespace {

constexpr std::int64_t kNsOfMs = 1'000'000;

QDateTime utcOf(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.ns / kNsOfMs, Qt::UTC);
}

Instant instantOf(const QDateTime &at)
{
    return Instant{at.toMSecsSinceEpoch() * kNsOfMs};
}

/// 1 is Monday; 0: no day of the week is called that.
int weekDay(const QString &word)
{
    const QLocale english(QLocale::C), shown;
    for (int day = 1; day <= 7; ++day)
        for (const QLocale &locale : {english, shown})
            for (const QLocale::FormatType form : {QLocale::ShortFormat, QLocale::LongFormat})
                if (QString name = locale.dayName(day, form); name.compare(word, Qt::CaseInsensitive) == 0 || name.remove(QLatin1Char('.')).compare(word, Qt::CaseInsensitive) == 0)
                    return day;
    return 0;
}

} // namespace

std::optional<Instant> readAhead(const QString &text, Instant now)
{
    QString words = text.simplified();
    if (words.endsWith(QLatin1String(" UTC"), Qt::CaseInsensitive))
        words.chop(4);
    if (words.isEmpty())
        return now;
    if (const Result<Span> span = parseSpan(words.toStdString()))
        return now + *span;
    if (const Result<Instant> at = parseInstant(words.toStdString()))
        return *at;
    for (const char *form : {"yyyy-MM-dd H:mm", "yyyy-MM-ddTH:mm", "yyyy-MM-dd H:mm:ss"}) {
        QDateTime at = QDateTime::fromString(words, QLatin1String(form));
        at.setTimeSpec(Qt::UTC);
        if (at.isValid())
            return instantOf(at);
    }
    const QStringList parts = words.split(QLatin1Char(' '));
    const int day = parts.size() == 2 ? weekDay(parts.front()) : 0;
    const QTime time = QTime::fromString(parts.back(), QStringLiteral("H:mm"));
    if (parts.size() > 2 || !time.isValid() || (parts.size() == 2 && day == 0))
        return std::nullopt;
    const QDateTime today = utcOf(now);
    QDateTime at(today.date(), time, Qt::UTC);
    while (at < today || (day != 0 && at.date().dayOfWeek() != day))
        at = at.addDays(1);
    return instantOf(at);
}

QString typedMoment(Instant at)
{
    return utcOf(at).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString dayMoment(Instant at)
{
    return QLocale().toString(utcOf(at), QStringLiteral("ddd d MMM HH:mm"));
}

} // namespace qd::widgets
