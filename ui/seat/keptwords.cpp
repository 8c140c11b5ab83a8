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
#include <utility>

namespace qd::seat {

namespace {
struct Keeping {
    Q_DECLARE_TR_FUNCTIONS(qd::seat::KeptWords)
};

constexpr auto kThisUser = QFile::ReadOwner | QFile::WriteOwner;

QString usualFolder()
{
    // Qt 6.4 has no location for state files.
    QString state = QFile::decodeName(qgetenv("XDG_STATE_HOME"));
    if (state.isEmpty() || !QDir::isAbsolutePath(state))
        state = QDir::homePath() + QStringLiteral("/.local/state");
    return state + QStringLiteral("/quarterdeck/words");
}

/// Memory that is emptied when the session ends.
QString formerFolder()
{
    const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
    return runtime.isEmpty() ? QString() : QFile::decodeName(runtime) + QStringLiteral("/quarterdeck/words");
}

/// One with two dots is being written.
bool holdsWords(const QString &name)
{
    return name.count(QLatin1Char('.')) == 1 && !name.endsWith(QLatin1String(".lock"));
}

bool writeWhole(const QString &name, const QByteArray &bytes)
{
    QSaveFile file(name);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(kThisUser) && file.write(bytes) == bytes.size() && file.commit();
}
} // namespace

KeptWords::KeptWords()
    : KeptWords(usualFolder(), formerFolder())
{
}

KeptWords::KeptWords(QString folder, QString former)
    : m_folder(std::move(folder))
    , m_former(former == m_folder ? QString() : std::move(former))
    , m_window(QUuid::createUuid().toString(QUuid::Id128))
{
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

/// Each file under its own name: a window that is gone there is one that is gone here, too. Whoever has that one's lock moves it, nobody else.
void KeptWords::moveOver()
{
    if (m_former.isEmpty())
        return;
    const QString former = std::exchange(m_former, QString());
    for (const QFileInfo &left : QDir(former).entryInfoList(QDir::Files)) {
        if (!holdsWords(left.fileName()))
            continue;
        QLockFile lock(former + QLatin1Char('/') + left.fileName().section(QLatin1Char('.'), 1) + QStringLiteral(".lock"));
        lock.setStaleLockTime(0);
        QFile file(left.filePath());
        if (!lock.tryLock(0) || !file.open(QIODevice::ReadOnly) || !isHere())
            continue;
        const QString name = m_folder + QLatin1Char('/') + left.fileName();
        if (!writeWhole(name, file.read(kMost)))
            continue; // it stays where it is
        if (QFile moved(name); moved.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
            moved.setFileTime(left.lastModified(), QFileDevice::FileModificationTime); // of several the newest is looked for
        file.remove();
    }
}

QString KeptWords::keep(const QString &key, const QString &text)
{
    const QString name = fileOf(key, m_window);
    if (text.isEmpty()) {
        m_unfiled.remove(key);
        return !QFile::exists(name) || QFile::remove(name) ? QString() : Keeping::tr("%1 cannot be written").arg(m_folder);
    }
    const QString problem = write(name, text);
    if (problem.isEmpty())
        m_unfiled.remove(key);
    else
        m_unfiled.insert(key, text);
    return problem;
}

QString KeptWords::write(const QString &name, const QString &text)
{
    QByteArray bytes = text.toUtf8();
    const bool isCut = bytes.size() > kMost;
    if (isCut) {
        qsizetype end = kMost;
        while (end > 0 && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80)
            --end;
        bytes.truncate(end);
    }
    if (!isHere() || !writeWhole(name, bytes))
        return Keeping::tr("%1 cannot be written, they go with this window").arg(m_folder);
    return isCut ? Keeping::tr("what is beyond %1 KiB of them goes with this window").arg(kMost / 1024) : QString();
}

QString KeptWords::kept(const QString &key)
{
    moveOver();
    if (const auto it = m_unfiled.constFind(key); it != m_unfiled.cend())
        return *it;
    const QString mine = fileOf(key, m_window);
    if (!QFile::exists(mine)) {
        const QStringList left = QDir(m_folder).entryList({QFileInfo(fileOf(key, QString())).fileName() + QLatin1Char('*')}, QDir::Files, QDir::Time);
        for (const QString &name : left) // of several the newest; the next one is found when these are recorded
            if (holdsWords(name) && isGone(name.section(QLatin1Char('.'), 1)) && isHere() && QFile::rename(m_folder + QLatin1Char('/') + name, mine))
                break;
    }
    QFile file(mine);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(kMost)) : QString();
}

} // namespace qd::seat
