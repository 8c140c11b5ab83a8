// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/answer.h"

#include "core/base/safetext.h"

#include <QJsonArray>

namespace qd::view {

QString textIn(const QJsonObject &from, const char *name)
{
    return from.value(QLatin1String(name)).toString();
}

QStringList textsIn(const QJsonValue &list)
{
    QStringList out;
    const QJsonArray all = list.toArray();
    for (const QJsonValue &each : all)
        out << each.toString();
    return out;
}

QStringList textsIn(const QJsonObject &from, const char *name)
{
    return textsIn(from.value(QLatin1String(name)));
}

qint64 numberIn(const QJsonObject &from, const char *name)
{
    return from.value(QLatin1String(name)).toInteger();
}

Instant instantIn(const QJsonObject &from, const char *name)
{
    return parseInstant(textIn(from, name).toStdString()).value_or(Instant{});
}

QString lineOf(const QJsonValue &text)
{
    return QString::fromStdString(safeLine(text.toString().toStdString(), kLineBytes));
}

QString lineIn(const QJsonObject &from, const char *name)
{
    return lineOf(from.value(QLatin1String(name)));
}

QString linesIn(const QJsonObject &from, const char *name)
{
    QStringList out;
    for (const QString &each : textsIn(from, name))
        out << lineOf(each);
    return out.join(QStringLiteral(", "));
}

QString minuteIn(const QJsonObject &from, const char *name)
{
    return textIn(from, name).left(16).replace(QLatin1Char('T'), QLatin1Char(' '));
}

} // namespace qd::view
