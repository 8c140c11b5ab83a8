// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/instrument.h"
#include "ui/shell/mainwindow.h"
#include "ui/widgets/formdialog.h"

#include <QJsonArray>
#include <QJsonObject>

/// How the window's own dialogs become one command each. For the files the window is made of.
namespace qd::shell {

template <typename Dialog>
void MainWindow::ask(Dialog *dialog, std::function<QString()> method, const QString &done)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<Dialog>(dialog), method = std::move(method), done] {
        const QPointer<MainWindow> self(this);
        m_source.command(method(), dialog->arguments(), [self, dialog, done](bool isDone, const QString &sentence, const QJsonObject &result) {
            if (dialog && isDone)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            if (!self || !isDone)
                return;
            QStringList said{done};
            for (const QJsonValue &note : result.value(QLatin1String("notes")).toArray()) // what the core adds: all was recorded, and not all follows from it
                said << note.toString();
            self->m_instrument->tell(said.join(QLatin1Char(' ')), false);
        });
    });
    dialog->open();
    markDialogs();
}

} // namespace qd::shell
