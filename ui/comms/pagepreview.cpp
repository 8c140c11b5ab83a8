// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/pagepreview.h"

#include "ui/comms/pagetext.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QPointer>
#include <QSaveFile>
#include <QThreadPool>

namespace qd::comms {

QString previewWords(const QJsonObject &preview, const QStringList &languages)
{
    QStringList lines{firstOf(preview.value(QLatin1String("overall")), languages)};
    for (const QJsonValue &value : preview.value(QLatin1String("components")).toArray()) {
        const QJsonObject c = value.toObject();
        lines << QStringLiteral("%1: %2").arg(firstOf(c.value(QLatin1String("name")), languages), stateWords(c.value(QLatin1String("state")).toString()));
    }
    return lines.join(QLatin1Char('\n'));
}

void writePreview(const QJsonObject &preview, QObject *context, std::function<void(const QString &path, const QString &why)> done)
{
    const QByteArray html = preview.value(QLatin1String("files")).toArray().last().toObject().value(QLatin1String("html")).toString().toUtf8(); // index.html is last
    // The page's id is a name of the workspace: small letters, digits, dots and dashes.
    const QString name = QStringLiteral("quarterdeck-preview-%1.html").arg(preview.value(QLatin1String("page")).toString());
    QThreadPool::globalInstance()->start([html, name, context = QPointer<QObject>(context), done = std::move(done)] {
        QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR"); // of this user alone, and gone with the session
        if (folder.isEmpty())
            folder = QDir::tempPath();
        const QString path = QDir(folder).filePath(name);
        QSaveFile file(path);
        const bool isWritten = !html.isEmpty() && file.open(QIODevice::WriteOnly) && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(html) == html.size() && file.commit();
        const QString why = isWritten ? QString() : file.errorString();
        QMetaObject::invokeMethod(qApp, [context, done, path, why] {
            if (context)
                done(path, why);
        });
    });
}

} // namespace qd::comms
