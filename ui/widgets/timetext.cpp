// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

namespace qd::widgets {

namespace {

QString two(std::int64_t n)
{
    return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0'));
}

Clocks &clocksShown()
{
    static Clocks clocks = Clocks::Utc;
    return clocks;
}

QString say(const char *text)
{
    return QCoreApplication::translate("TimeText", text);
}

} // namespace

QString ageText(Span age)
{
    const std::int64_t s = std::max<std::int64_t>(0, age.seconds());
    if (s < 60)
        return say(QT_TRANSLATE_NOOP("TimeText", "%1 s")).arg(s);
    if (s < 3600)
        return say(QT_TRANSLATE_NOOP("TimeText", "%1 m")).arg(s / 60);
    if (s < 24 * 3600)
        return say(QT_TRANSLATE_NOOP("TimeText", "%1 h %2 m")).arg(s / 3600).arg(s / 60 % 60);
    return say(QT_TRANSLATE_NOOP("TimeText", "%1 d")).arg(s / 86400);
}

QString shortAge(Span age)
{
    const std::int64_t s = std::max<std::int64_t>(0, age.seconds());
    if (s < 60)
        return say(QT_TRANSLATE_NOOP("TimeText", "%1 s")).arg(s);
    if (s < 100 * 60)
        return say(QT_TRANSLATE_NOOP("TimeText", "%1 m")).arg(s / 60);
    if (s < 48 * 3600)
        return say(QT_TRANSLATE_NOOP("TimeText", "%1 h")).arg(s / 3600);
    return say(QT_TRANSLATE_NOOP("TimeText", "%1 d")).arg(s / 86400);
}

QString waitText(Span age)
{
    const std::int64_t s = std::max<std::int64_t>(0, age.seconds());
    if (s < 60 || s >= 3600)
        return ageText(age);
    return say(QT_TRANSLATE_NOOP("TimeText", "%1 m %2 s")).arg(QString::number(s / 60), two(s % 60));
}

QString elapsedText(Span elapsed)
{
    const std::int64_t s = std::max<std::int64_t>(0, elapsed.seconds());
    return two(s / 3600) + QLatin1Char(':') + two(s / 60 % 60) + QLatin1Char(':') + two(s % 60);
}

QString countdownText(Span left)
{
    const bool late = left.ns < 0;
    const std::int64_t s = std::abs(left.seconds());
    const QString text = s >= 3600 ? QString::number(s / 3600) + QLatin1Char(':') + two(s / 60 % 60) + QLatin1Char(':') + two(s % 60)
                                   : QString::number(s / 60) + QLatin1Char(':') + two(s % 60);
    return late ? say(QT_TRANSLATE_NOOP("TimeText", "late %1")).arg(text) : text;
}

QString utcClock(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.ns / 1'000'000, Qt::UTC).toString(QStringLiteral("HH:mm:ss"));
}

QString utcMinutes(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.ns / 1'000'000, Qt::UTC).toString(QStringLiteral("HH:mm"));
}

void showClocks(Clocks clocks)
{
    clocksShown() = clocks;
}

Clocks shownClocks()
{
    return clocksShown();
}

Span zoneOffset(Instant at)
{
    return clocksShown() == Clocks::Utc ? Span{} : seconds(QDateTime::fromMSecsSinceEpoch(at.ns / 1'000'000).offsetFromUtc());
}

QString zoneName()
{
    if (clocksShown() == Clocks::Utc)
        return QStringLiteral("UTC");
    if (const QString place = localPlace(); !place.isEmpty())
        return place;
    const int offset = QDateTime::currentDateTime().offsetFromUtc();
    return offset == 0 ? QStringLiteral("UTC")
                       : QStringLiteral("UTC%1%2:%3").arg(offset < 0 ? QLatin1Char('-') : QLatin1Char('+')).arg(two(std::abs(offset) / 3600), two(std::abs(offset) / 60 % 60));
}

QString shownClock(Instant at)
{
    return utcClock(at + zoneOffset(at));
}

QString shownMinutes(Instant at)
{
    return utcMinutes(at + zoneOffset(at));
}

QString shownStamp(Instant at)
{
    return shownMinutes(at) + QLatin1Char(' ') + zoneName();
}

QString localMinutes(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.ns / 1'000'000).toString(QStringLiteral("HH:mm"));
}

QString localPlace()
{
    const QString id = QString::fromLatin1(QTimeZone::systemTimeZoneId());
    if (!id.contains(QLatin1Char('/')) || id.startsWith(QLatin1String("Etc/")))
        return {};
    return id.section(QLatin1Char('/'), -1).replace(QLatin1Char('_'), QLatin1Char(' '));
}

} // namespace qd::widgets
