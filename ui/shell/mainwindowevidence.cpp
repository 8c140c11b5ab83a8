// SPDX-License-Identifier: GPL-3.0-or-later
// Files kept with an incident: chosen, read and written by the person's machine, never by the window's thread.
#include "ui/shell/mainwindow.h"

#include "core/state/evidence.h"
#include "ui/shell/instrument.h"
#include "ui/shell/picker.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>

namespace qd::shell {

namespace {

/// The bytes of a file that may be kept, or why it may not.
std::pair<QByteArray, QString> bytesOf(const QString &path)
{
    constexpr qint64 kMost = static_cast<qint64>(state::kEvidenceBytes);
    QFile file(path);
    if (!QFileInfo(path).isFile())
        return {{}, MainWindow::tr("%1 is no file.").arg(path)};
    if (!file.open(QIODevice::ReadOnly))
        return {{}, MainWindow::tr("%1 cannot be read: %2").arg(path, file.errorString())};
    QByteArray bytes = file.read(kMost + 1);
    if (bytes.size() > kMost)
        return {{}, MainWindow::tr("%1 is larger than %2 MB, the most one file of evidence may be.").arg(path).arg(kMost >> 20)};
    if (bytes.isEmpty())
        return {{}, file.error() == QFileDevice::NoError ? MainWindow::tr("%1 is empty; there is nothing to keep.").arg(path) : MainWindow::tr("%1 cannot be read: %2").arg(path, file.errorString())};
    return {std::move(bytes), {}};
}

/// A new file of this name, for the person alone; its path, or why there is none. One that is there already keeps its name, the new one is numbered.
std::pair<QString, QString> writtenNew(const QDir &folder, const QString &name, const QByteArray &bytes)
{
    constexpr int kTries = 100;
    folder.mkpath(QStringLiteral("."));
    const QFileInfo asked(name);
    const QString base = asked.completeBaseName().isEmpty() ? asked.fileName() : asked.completeBaseName();
    const QString end = asked.completeBaseName().isEmpty() || asked.suffix().isEmpty() ? QString() : QLatin1Char('.') + asked.suffix();
    for (int n = 1; n <= kTries; ++n) {
        QFile file(folder.filePath(n == 1 ? asked.fileName() : QStringLiteral("%1 (%2)%3").arg(base).arg(n).arg(end)));
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
            if (file.exists())
                continue;
            return {{}, file.errorString()};
        }
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        if (file.write(bytes) == bytes.size() && file.flush())
            return {file.fileName(), {}};
        const QString why = file.errorString();
        file.remove();
        return {{}, why};
    }
    return {{}, MainWindow::tr("there are %1 files of this name").arg(kTries)};
}

} // namespace

void MainWindow::keepEvidence()
{
    if (needsIncident())
        return;
    auto *dialog = new QFileDialog(this, tr("Keep a file as evidence of %1").arg(m_view->focus));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::keepFile);
    dialog->open();
}

void MainWindow::keepFile(const QString &path)
{
    m_instrument->tell(tr("%1 is being read…").arg(path), false);
    QThreadPool::globalInstance()->start([self = QPointer<MainWindow>(this), path, incident = m_view->focus] {
        const auto [bytes, why] = bytesOf(path);
        const QJsonObject arguments{{QStringLiteral("incident"), incident}, {QStringLiteral("name"), QFileInfo(path).fileName()}, {QStringLiteral("content"), QString::fromLatin1(bytes.toBase64())}};
        QMetaObject::invokeMethod(qApp, [self, arguments, why = why] {
            if (!self || !why.isEmpty())
                return self ? self->m_instrument->tell(why, true) : void();
            self->m_source.command(QStringLiteral("incident.evidence"), arguments, [self, incident = arguments.value(QLatin1String("incident")).toString()](bool done, const QString &sentence, const QJsonObject &result) {
                if (self)
                    self->m_instrument->tell(done ? tr("It is %1 of %2, sealed in its record.").arg(result.value(QLatin1String("id")).toString(), incident) : sentence, !done);
            });
        });
    });
}

void MainWindow::saveEvidence()
{
    if (needsIncident())
        return;
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("incidents")}, {QStringLiteral("incident"), m_view->focus}},
                     [self = QPointer<MainWindow>(this)](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self || !done)
            return self ? self->m_instrument->tell(sentence, true) : void();
        std::vector<Pick> picks;
        for (const auto &value : result.value(QLatin1String("items")).toArray().first().toObject().value(QLatin1String("evidence")).toArray()) {
            const QJsonObject e = value.toObject();
            const auto number = e.value(QLatin1String("evidence")).toInteger();
            picks.push_back({QStringLiteral("%1 · %2").arg(number).arg(e.value(QLatin1String("name")).toString()), e.value(QLatin1String("text")).toString(), {}, true, [self, number] {
                                 if (self)
                                     self->saveFile(number);
                             }});
        }
        if (picks.empty())
            return self->m_instrument->tell(tr("%1 holds no evidence; Ctrl+Alt+E keeps a file.").arg(self->m_view->focus), true);
        self->m_picker->open(tr("Save which evidence?"), std::move(picks));
    });
}

void MainWindow::saveFile(qint64 number)
{
    m_source.command(QStringLiteral("evidence.read"), {{QStringLiteral("incident"), m_view->focus}, {QStringLiteral("evidence"), number}},
                     [self = QPointer<MainWindow>(this)](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self || !done)
            return self ? self->m_instrument->tell(sentence, true) : void();
        QThreadPool::globalInstance()->start([self, result] {
            const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
            const auto [path, why] = writtenNew(folder, QFileInfo(result.value(QLatin1String("name")).toString()).fileName(), QByteArray::fromBase64(result.value(QLatin1String("content")).toString().toLatin1()));
            QMetaObject::invokeMethod(qApp, [self, path = path, why = why, folder] {
                if (self)
                    self->m_instrument->tell(why.isEmpty() ? tr("The evidence is %1").arg(path) : tr("The evidence could not be written into %1: %2").arg(folder.path(), why), !why.isEmpty());
            });
        });
    });
}

} // namespace qd::shell
