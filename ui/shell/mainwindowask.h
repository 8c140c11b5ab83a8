// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/instrument.h"
#include "ui/shell/mainwindow.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

/// How the window's own dialogs become one command each. For the files the window is made of.
namespace qd::shell {

template <typename Dialog>
void MainWindow::ask(Dialog *dialog, std::function<QString()> method, const QString &done)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<Dialog>(dialog), method = std::move(method), done] {
        const QPointer<MainWindow> self(this);
        m_source.command(method(), dialog->arguments(), [self, dialog, done](bool isDone, const QString &sentence, const QJsonObject &) {
            if (dialog && isDone)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            if (self && isDone)
                self->m_instrument->tell(done, false);
        });
    });
    dialog->open();
    markDialogs();
}

} // namespace qd::shell
