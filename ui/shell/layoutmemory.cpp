// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/layoutmemory.h"

#include <QDir>

namespace qd::shell {

QString LayoutMemory::defaultFile()
{
    // Qt 6.4 has no location for state files.
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (state.isEmpty() || !QDir::isAbsolutePath(state))
        state = QDir::homePath() + QStringLiteral("/.local/state");
    return state + QStringLiteral("/quarterdeck/window.ini");
}

LayoutMemory::LayoutMemory()
    : LayoutMemory(defaultFile())
{
}

LayoutMemory::LayoutMemory(const QString &file)
    : m_settings(file, QSettings::IniFormat)
{
}

QByteArray LayoutMemory::layout(const QString &perspective, const QString &part) const
{
    if (m_settings.value(perspective + QStringLiteral("/version")).toInt() != kVersion)
        return {};
    return m_settings.value(perspective + QLatin1Char('/') + part).toByteArray();
}

void LayoutMemory::setLayout(const QString &perspective, const QString &part, const QByteArray &state)
{
    m_settings.setValue(perspective + QStringLiteral("/version"), kVersion);
    m_settings.setValue(perspective + QLatin1Char('/') + part, state);
}

void LayoutMemory::forgetLayouts()
{
    const QString look = this->look();
    const Instant muted = mutedUntil();
    const bool reduce = reduceMotion(), local = localClocks(), system = systemEvents();
    m_settings.clear();
    setLook(look);
    setReduceMotion(reduce);
    muteUntil(muted);
    setLocalClocks(local);
    setSystemEvents(system);
}

QString LayoutMemory::look() const
{
    return m_settings.value(QStringLiteral("look")).toString();
}

void LayoutMemory::setLook(const QString &choice)
{
    m_settings.setValue(QStringLiteral("look"), choice);
}

bool LayoutMemory::reduceMotion() const
{
    return m_settings.value(QStringLiteral("reduceMotion")).toBool();
}

void LayoutMemory::setReduceMotion(bool reduce)
{
    m_settings.setValue(QStringLiteral("reduceMotion"), reduce);
}

Instant LayoutMemory::mutedUntil() const
{
    return Instant{m_settings.value(QStringLiteral("mutedUntil")).toLongLong()};
}

void LayoutMemory::muteUntil(Instant until)
{
    m_settings.setValue(QStringLiteral("mutedUntil"), static_cast<qlonglong>(until.ns));
}

bool LayoutMemory::systemEvents() const
{
    return m_settings.value(QStringLiteral("systemEvents")).toBool();
}

void LayoutMemory::setSystemEvents(bool shown)
{
    m_settings.setValue(QStringLiteral("systemEvents"), shown);
}

bool LayoutMemory::localClocks() const
{
    return m_settings.value(QStringLiteral("localClocks")).toBool();
}

void LayoutMemory::setLocalClocks(bool local)
{
    m_settings.setValue(QStringLiteral("localClocks"), local);
}

} // namespace qd::shell
