// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <cmath>

namespace qd::shell {

namespace {

const QString kKeys = QStringLiteral("keys"), kLetters = QStringLiteral("letters"), kNone = QStringLiteral("none");
const QString kDistance = QStringLiteral("wall/distance"), kDiagonal = QStringLiteral("wall/diagonal");
constexpr double kMostMetres = 100, kMostInches = 1000;

/// The keys as they are written, one by one: a comma ends a value in this format, so several come as a list, or as one text that is quoted.
QStringList textsOf(const QVariant &value)
{
    QStringList out;
    for (const QString &each : value.toStringList())
        for (const QString &part : each.split(QStringLiteral(", "), Qt::SkipEmptyParts))
            if (!part.trimmed().isEmpty())
                out << part.trimmed();
    return out;
}

} // namespace

QString Settings::defaultFile()
{
    QString config = qEnvironmentVariable("XDG_CONFIG_HOME");
    if (config.isEmpty() || !QDir::isAbsolutePath(config))
        config = QDir::homePath() + QStringLiteral("/.config");
    return config + QStringLiteral("/quarterdeck/window.conf");
}

Settings::Settings()
    : Settings(defaultFile())
{
}

Settings::Settings(const QString &file)
    : m_settings(file, QSettings::IniFormat)
{
}

QMap<QString, Settings::Key> Settings::keys() const
{
    QMap<QString, Key> out;
    m_settings.beginGroup(kKeys);
    for (const QString &name : m_settings.childKeys()) {
        if (name == kLetters)
            continue;
        Key &key = out[name];
        const QStringList texts = textsOf(m_settings.value(name));
        if (texts.isEmpty() || (texts.size() == 1 && texts.front().compare(kNone, Qt::CaseInsensitive) == 0))
            continue;
        for (const QString &text : texts) {
            const QKeySequence one = QKeySequence::fromString(text, QKeySequence::PortableText);
            if (one.count() == 1 && one[0].key() != Qt::Key_unknown && one[0].key() != 0)
                key.keys << one;
            else
                key.problem = QCoreApplication::translate("qd::shell::Settings", "“%1” is no key: %2 keeps its own.").arg(text.left(40), name);
        }
    }
    m_settings.endGroup();
    return out;
}

void Settings::setKeys(const QString &action, const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts << key.toString(QKeySequence::PortableText);
    m_settings.setValue(kKeys + QLatin1Char('/') + action, texts.isEmpty() ? QVariant(kNone) : texts.size() == 1 ? QVariant(texts.front()) : QVariant(texts));
    m_settings.sync(); // at once: it is read by another window, and by people
}

void Settings::forgetKeys(const QString &action)
{
    m_settings.remove(kKeys + QLatin1Char('/') + action);
    m_settings.sync();
}

bool Settings::letters() const
{
    return m_settings.value(kKeys + QLatin1Char('/') + kLetters, true).toBool();
}

void Settings::setLetters(bool act)
{
    if (act)
        m_settings.remove(kKeys + QLatin1Char('/') + kLetters);
    else
        m_settings.setValue(kKeys + QLatin1Char('/') + kLetters, false);
    m_settings.sync();
}

double Settings::number(const QString &name, double most) const
{
    bool ok = false;
    const double value = m_settings.value(name).toDouble(&ok);
    return ok && std::isfinite(value) && value > 0 && value <= most ? value : 0;
}

double Settings::wallDistance() const
{
    return number(kDistance, kMostMetres);
}

double Settings::wallDiagonal() const
{
    return number(kDiagonal, kMostInches);
}

void Settings::setWall(double distance, double diagonal)
{
    for (const auto &[name, value] : {std::pair{kDistance, distance}, {kDiagonal, diagonal}}) {
        if (value > 0)
            m_settings.setValue(name, value);
        else
            m_settings.remove(name);
    }
}

} // namespace qd::shell
