// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/keptwords.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <QUuid>

namespace qd::seat {

namespace {
struct Keeping {
    Q_DECLARE_TR_FUNCTIONS(qd::seat::KeptWords)
};
} // namespace

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

QString KeptWords::keep(const QString &key, const QString &text)
{
    const QString name = fileOf(key, m_window);
    if (text.isEmpty()) {
        m_unfiled.remove(key);
        return m_folder.isEmpty() || !QFile::exists(name) || QFile::remove(name) ? QString() : Keeping::tr("%1 cannot be written").arg(m_folder);
    }
    const QString problem = m_folder.isEmpty() ? Keeping::tr("this session has no folder for them (XDG_RUNTIME_DIR is not set), they go with this window") : write(name, text);
    if (problem.isEmpty())
        m_unfiled.remove(key);
    else
        m_unfiled.insert(key, text);
    return problem;
}

QString KeptWords::write(const QString &name, const QString &text)
{
    const QString problem = Keeping::tr("%1 cannot be written, they go with this window").arg(m_folder);
    if (!isHere())
        return problem;
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return problem;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QByteArray bytes = text.toUtf8();
    const bool isCut = bytes.size() > kMost;
    if (isCut) {
        qsizetype end = kMost;
        while (end > 0 && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80)
            --end;
        bytes.truncate(end);
    }
    if (file.write(bytes) != bytes.size() || !file.commit())
        return problem;
    return isCut ? Keeping::tr("what is beyond %1 KiB of them goes with this window").arg(kMost / 1024) : QString();
}

QString KeptWords::kept(const QString &key)
{
    if (const auto it = m_unfiled.constFind(key); it != m_unfiled.cend() || m_folder.isEmpty())
        return it != m_unfiled.cend() ? *it : QString();
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
