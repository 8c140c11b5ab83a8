// SPDX-License-Identifier: GPL-3.0-or-later
// While no core answers: what is said instead, and the passphrase of a home that is locked.
#include "ui/shell/mainwindow.h"

#include "ui/shell/unlockdialog.h"
#include "ui/widgets/parts.h"

namespace qd::shell {

void MainWindow::showWait()
{
    const bool starting = m_view->strip.link == view::CoreLink::Starting;
    if (!starting)
        m_wait->say(tr("Reading the journal"), tr("Everything recorded so far is being brought back. Nothing is lost while you wait."));
    else if (m_locked)
        m_wait->say(tr("This home is locked"), tr("Its passphrase opens it: Ctrl+Shift+U. Nothing is recorded and nobody is paged until then."));
    else if (!m_coreTrouble.isEmpty())
        m_wait->say(tr("The core does not start"),
                    m_coreLog.isEmpty() ? tr("%1 Trying again.").arg(m_coreTrouble) : tr("%1 Trying again. Its log: %2").arg(m_coreTrouble, m_coreLog));
    else
        m_wait->say(tr("Starting the core"),
                    tr("It holds the keys, takes in alerts and pages people. This window only shows it and can be closed at any time."));
}

void MainWindow::setCoreTrouble(const QString &why, const QString &logFile)
{
    m_coreTrouble = why;
    m_coreLog = logFile;
    if (why.isEmpty()) {
        m_locked = false;
        m_usePassphrase = {};
        m_unlockAction->setEnabled(false);
        if (m_unlock)
            m_unlock->accept();
    } else if (m_unlock) {
        m_unlock->refuse(why);
    }
    onView(m_view);
}

void MainWindow::askPassphrase(const QString &why, std::function<void(Secret)> use)
{
    m_locked = true;
    m_usePassphrase = std::move(use);
    m_unlockAction->setEnabled(true);
    onView(m_view);
    openUnlock(why);
}

UnlockDialog *MainWindow::unlockDialog() const
{
    return m_unlock;
}

void MainWindow::openUnlock(const QString &why)
{
    if (!m_locked)
        return;
    if (!m_unlock) {
        m_unlock = new UnlockDialog(m_theme, this);
        m_unlock->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_unlock, &UnlockDialog::submitted, this, [this] {
            Secret passphrase = m_unlock->take();
            if (m_usePassphrase)
                m_usePassphrase(std::move(passphrase));
        });
        m_unlock->open();
    }
    if (!why.isEmpty())
        m_unlock->refuse(why);
}

} // namespace qd::shell
