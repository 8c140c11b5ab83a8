// SPDX-License-Identifier: GPL-3.0-or-later
// What is set up: other rules tried, people, plans and incidents of elsewhere brought in, a connection made.
#include "ui/shell/mainwindow.h"

#include "ui/setup/connectdialog.h"
#include "ui/setup/connecteddialog.h"
#include "ui/setup/importdialog.h"
#include "ui/setup/rebuilddialog.h"
#include "ui/setup/whatifdialog.h"
#include "ui/shell/instrument.h"

#include <QPointer>

namespace qd::shell {

void MainWindow::makeSetupActions()
{
    m_book.add("whatif", tr("What if the rules were others…"), {QKeySequence(Qt::Key_F12)}, [this] { askWhatIf(); });
    m_book.add("roster", tr("Bring people in: a roster…"), {QKeySequence(Qt::Key_F5)}, [this] { bringIn(true); });
    m_book.add("oncallin", tr("Bring in who is on call: a calendar, Grafana OnCall, Opsgenie, GoAlert, PagerDuty…"), {QKeySequence(Qt::CTRL | Qt::Key_F8)}, [this] { bringIn(false); });
    m_book.add("rebuild", tr("Rebuild an incident from a Slack export or other files…"), {QKeySequence(Qt::Key_F9)}, [this] { rebuildIncident(); });
    m_book.add("connect", tr("Connect a source, a chat, a way out…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_N)}, [this] { connectSource(); });
}

void MainWindow::useHome(std::unique_ptr<view::HomeVerbs> verbs)
{
    m_homeVerbs = std::move(verbs);
}

/// Files of the home are changed only by whoever sits here, as themselves.
bool MainWindow::needsHome()
{
    if (!m_view->strip.lookedAs.isEmpty())
        m_instrument->tell(tr("You look as %1 would: nothing can be done meanwhile. Esc goes back.").arg(m_view->strip.lookedAs), true);
    else if (!m_homeVerbs)
        m_instrument->tell(tr("This window has no home to work on; use quarterdeckctl."), true);
    else
        return false;
    return true;
}

void MainWindow::askWhatIf()
{
    auto *dialog = new setup::WhatIfDialog(m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<setup::WhatIfDialog>(dialog)] {
        const QJsonObject asked = dialog->arguments();
        dialog->setAsked();
        m_source.command(QStringLiteral("whatif"), asked, [dialog](bool done, const QString &sentence, const QJsonObject &result) {
            if (dialog && done) // it stays open: one tries several workspaces in turn
                dialog->show(result);
            else if (dialog)
                dialog->sayInstead(sentence);
        });
    });
    dialog->open();
}

/// A dialog whose verb is run beside the window: first to show what it would do, then to do it. `told`: what is said when it is done.
template <typename Dialog, typename Told>
void MainWindow::runByVerb(Dialog *dialog, Told told)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<Dialog>(dialog), told] {
        const QStringList verb = dialog->verb();
        const bool applies = dialog->applies();
        dialog->setAsked();
        m_homeVerbs->run(verb, {}, [self = QPointer<MainWindow>(this), dialog, applies, told](bool done, const QString &said, const QString &sentence) {
            if constexpr (requires { dialog->hear(said); }) // what it says on the way, whatever becomes of it
                if (dialog)
                    dialog->hear(said);
            if (dialog && !done)
                dialog->sayInstead(sentence);
            else if (dialog && applies)
                dialog->accept();
            else if (dialog)
                dialog->show(said);
            if (self && done && applies)
                self->m_instrument->tell(told(said), false);
        });
    });
    dialog->open();
    markDialogs();
}

void MainWindow::bringIn(bool people)
{
    if (needsHome())
        return;
    runByVerb(new setup::ImportDialog(m_theme, m_view, people, this), [](const QString &) {
        return tr("It is brought in; the core takes it as one change, and the record says what it changed.");
    });
}

void MainWindow::rebuildIncident()
{
    if (needsHome())
        return;
    runByVerb(new setup::RebuildDialog(m_theme, m_view, this), [](const QString &said) {
        return tr("%1 is rebuilt from its files; its timeline says where each line is from.").arg(setup::rebuiltIncident(said));
    });
}

void MainWindow::connectSource()
{
    if (needsHome())
        return;
    auto *dialog = new setup::ConnectDialog(m_theme, m_view, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<setup::ConnectDialog>(dialog)] {
        setup::ConnectDialog::Request asked = dialog->take();
        m_homeVerbs->run(asked.verb, std::move(asked.secrets), [self = QPointer<MainWindow>(this), dialog, name = asked.name, kind = asked.kind](bool done, const QString &said, const QString &sentence) {
            if (dialog && !done)
                return dialog->refuse(sentence);
            if (dialog)
                dialog->accept();
            if (self && done)
                self->showConnected(name, kind, said);
            else if (self)
                self->m_instrument->tell(sentence, true);
        });
    });
    dialog->open();
    markDialogs();
}

void MainWindow::showConnected(const QString &name, const QString &kind, const QString &said)
{
    auto *dialog = new setup::ConnectedDialog(m_theme, name, kind, said, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_source, &view::ViewSource::changed, dialog, [dialog](const view::ViewModelPtr &view) { dialog->follow(*view); });
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog] {
        dialog->accept();
        armConnection();
    });
    dialog->follow(*m_view);
    dialog->open();
}

} // namespace qd::shell
