// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/keptwords.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <QUuid>

namespace qd::seat {

KeptWords::KeptWords(QString folder)
    : m_folder(std::move(folder))
    , m_window(QUuid::createUuid().toString(QUuid::Id128))
{
    if (const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR"); m_folder.isEmpty() && !runtime.isEmpty())
        m_folder = QFile::decodeName(runtime) + QStringLiteral("/quarterdeck/words");
}

KeptWords::~KeptWords() = default;

QString KeptWords::fileOf(const QString &key, const QString &window) const
{
    return m_folder + QLatin1Char('/') + QString::fromLatin1(QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex()) + QLatin1Char('.') + window;
}

/// Says to other windows that this one is there. Of a process that was killed the lock is known to be nobody's by QLockFile.
bool KeptWords::isHere()
{
    if (m_lock && m_lock->isLocked())
        return true;
    if (!QDir().mkpath(m_folder) || !QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return false;
    m_lock = std::make_unique<QLockFile>(m_folder + QLatin1Char('/') + m_window + QStringLiteral(".lock"));
    m_lock->setStaleLockTime(0);
    return m_lock->tryLock(0);
}

/// Whoever gets the lock of a window that is gone lets go of it at once; so it leaves no file behind.
bool KeptWords::isGone(const QString &window) const
{
    QLockFile lock(m_folder + QLatin1Char('/') + window + QStringLiteral(".lock"));
    lock.setStaleLockTime(0);
    return lock.tryLock(0);
}

bool KeptWords::keep(const QString &key, const QString &text)
{
    if (m_folder.isEmpty())
        return false;
    const QString name = fileOf(key, m_window);
    if (text.isEmpty())
        return !QFile::exists(name) || QFile::remove(name);
    if (!isHere())
        return false;
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QByteArray bytes = text.toUtf8();
    if (bytes.size() > kMost) {
        qsizetype end = kMost;
        while (end > 0 && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80)
            --end;
        bytes.truncate(end);
    }
    return file.write(bytes) == bytes.size() && file.commit();
}

QString KeptWords::kept(const QString &key)
{
    if (m_folder.isEmpty())
        return {};
    const QString mine = fileOf(key, m_window);
    if (!QFile::exists(mine)) {
        const QStringList left = QDir(m_folder).entryList({QFileInfo(fileOf(key, QString())).fileName() + QLatin1Char('*')}, QDir::Files, QDir::Time);
        for (const QString &name : left) // of several the newest; the next one is found when these are recorded; one with two dots is being written
            if (name.count(QLatin1Char('.')) == 1 && isGone(name.section(QLatin1Char('.'), 1)) && isHere() && QFile::rename(m_folder + QLatin1Char('/') + name, mine))
                break;
    }
    QFile file(mine);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(kMost)) : QString();
}

} // namespace qd::seat
