// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeinput.h"

#include "core/base/momenttext.h"

#include <QDateTime>
#include <QLocale>

namespace qd::widgets {

namespace {

constexpr std::int64_t kNsOfMs = 1'000'000;

QDateTime utcOf(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.ns / kNsOfMs, Qt::UTC);
}

/// By its name in the language shown, short or long; short ones may be typed without their dot.
std::optional<int> shownDay(const QString &word)
{
    const QLocale shown;
    for (int day = 1; day <= 7; ++day)
        for (const QLocale::FormatType form : {QLocale::ShortFormat, QLocale::LongFormat})
            if (QString name = shown.dayName(day, form); name.compare(word, Qt::CaseInsensitive) == 0 || name.remove(QLatin1Char('.')).compare(word, Qt::CaseInsensitive) == 0)
                return day - 1;
    return std::nullopt;
}

} // namespace

std::optional<Instant> readAhead(const QString &text, Instant now)
{
    return readMoment(text.simplified().toStdString(), now, [](const std::string &word) { return shownDay(QString::fromStdString(word)); });
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
