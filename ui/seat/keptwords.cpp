// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/keptwords.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace qd::seat {

KeptWords::KeptWords(QString folder)
    : m_folder(std::move(folder))
{
    if (const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR"); m_folder.isEmpty() && !runtime.isEmpty())
        m_folder = QFile::decodeName(runtime) + QStringLiteral("/quarterdeck/words");
}

QString KeptWords::fileOf(const QString &key) const
{
    return m_folder + QLatin1Char('/') + QString::fromLatin1(QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex());
}

bool KeptWords::keep(const QString &key, const QString &text) const
{
    if (m_folder.isEmpty())
        return false;
    const QString name = fileOf(key);
    if (text.isEmpty())
        return !QFile::exists(name) || QFile::remove(name);
    if (!QDir().mkpath(m_folder) || !QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
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

QString KeptWords::kept(const QString &key) const
{
    QFile file(fileOf(key));
    return !m_folder.isEmpty() && file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(kMost)) : QString();
}

} // namespace qd::seat
