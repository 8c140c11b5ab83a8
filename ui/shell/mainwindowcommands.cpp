// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's own actions ask for and send; the panels send their own.
#include "ui/shell/mainwindow.h"

#include "ui/shell/armdialog.h"
#include "ui/shell/changedialog.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/declaredialog.h"
#include "ui/shell/instrument.h"
#include "ui/shell/picker.h"
#include "ui/triage/triagepanel.h"
#include "ui/widgets/timetext.h"

#include <QJsonObject>
#include <QPointer>

namespace qd::shell {

void MainWindow::send(const QString &method, QJsonObject arguments)
{
    const QPointer<MainWindow> self(this);
    m_source.command(method, arguments, [self](bool done, const QString &sentence, const QJsonObject &) {
        if (self && !done)
            self->m_instrument->tell(sentence, true);
    });
}

bool MainWindow::needsIncident()
{
    if (!m_view->focus.isEmpty())
        return false;
    m_instrument->tell(tr("There is no incident; declare one with Ctrl+Shift+D."), true);
    return true;
}

void MainWindow::takeCommand()
{
    if (!needsIncident())
        send(QStringLiteral("incident.take"), {{QStringLiteral("incident"), m_view->focus}});
}

void MainWindow::changeSeverity()
{
    if (needsIncident())
        return;
    std::vector<Pick> picks;
    for (int severity = 1; severity <= 5; ++severity) {
        const QString word = QStringLiteral("SEV%1").arg(severity);
        picks.push_back({word, {}, {}, true, [this, word] {
                             send(QStringLiteral("incident.severity"), {{QStringLiteral("incident"), m_view->focus}, {QStringLiteral("severity"), word}});
                         }});
    }
    m_picker->open(asked(tr("New severity of %1").arg(m_view->focus)), std::move(picks));
}

void MainWindow::changeStatus()
{
    if (needsIncident())
        return;
    std::vector<Pick> picks;
    const std::vector<std::pair<QString, QString>> words{{QStringLiteral("active"), tr("it hurts")}, {QStringLiteral("mitigated"), tr("it no longer hurts, the cause remains")},
                                                         {QStringLiteral("resolved"), tr("over")}, {QStringLiteral("closed"), tr("nothing left to do")},
                                                         {QStringLiteral("cancelled"), tr("it was no incident")}};
    for (const auto &[word, meaning] : words) {
        picks.push_back({word, meaning, {}, true, [this, word = word] {
                             send(QStringLiteral("incident.status"), {{QStringLiteral("incident"), m_view->focus}, {QStringLiteral("status"), word}});
                         }});
    }
    m_picker->open(asked(tr("New status of %1").arg(m_view->focus)), std::move(picks));
}

void MainWindow::declareIncident()
{
    const std::vector<view::AlertRow> chosen = m_command->triage().chosen();
    auto *dialog = new DeclareDialog(m_theme, Declaration::from(chosen), m_view, m_ticker.now(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DeclareDialog::declared, this, [this, dialog = QPointer<DeclareDialog>(dialog)](const QJsonObject &arguments) {
        const QPointer<MainWindow> self(this);
        const bool takes = dialog && dialog->takesCommand();
        m_source.command(QStringLiteral("incident.declare"), arguments, [self, dialog, takes](bool done, const QString &sentence, const QJsonObject &result) {
            if (done && dialog)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            const QString id = result.value(QLatin1String("id")).toString();
            if (!self || !done || id.isEmpty())
                return;
            self->m_source.focus(id);
            if (takes)
                self->send(QStringLiteral("incident.take"), {{QStringLiteral("incident"), id}});
        });
    });
    dialog->open();
    markDialogs();
}

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

void MainWindow::armConnection()
{
    if (ArmDialog::armable(*m_view).empty()) {
        m_instrument->tell(tr("No connection here can write anything; there is nothing to arm."), true);
        return;
    }
    auto *dialog = new ArmDialog(m_theme, m_view, this);
    ask(dialog, [dialog] { return dialog->method(); }, tr("What the connection may write is changed."));
}

void MainWindow::markChange()
{
    const std::vector<view::AlertRow> chosen = m_command->triage().chosen();
    auto *dialog = new ChangeDialog(m_theme, chosen.empty() ? QString() : chosen.front().service, m_view, m_ticker.now(), this);
    ask(dialog, [] { return QStringLiteral("change.mark"); }, tr("The change is marked."));
}

void MainWindow::endSilence()
{
    std::vector<Pick> picks;
    for (const view::SilenceRow &silence : m_view->silences) {
        const QString until = silence.active ? tr("until %1 UTC").arg(widgets::utcMinutes(silence.until)) : tr("from %1 UTC").arg(widgets::utcMinutes(silence.from));
        picks.push_back({silence.matchers, silence.comment + QStringLiteral(" · ") + silence.by + QStringLiteral(" · ") + until, {}, true,
                         [this, silence] {
                             send(QStringLiteral("silence.expire"), {{QStringLiteral("source"), silence.source}, {QStringLiteral("silence"), silence.id}});
                         }});
    }
    if (picks.empty())
        picks.push_back({tr("Nothing is silenced"), tr("Shift+S on an alert silences alerts like it"), {}, false, {}});
    m_picker->open(asked(tr("End a silence")), std::move(picks));
}

} // namespace qd::shell
