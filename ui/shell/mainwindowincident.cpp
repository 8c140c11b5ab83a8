// SPDX-License-Identifier: GPL-3.0-or-later
// What is set right about an incident: where it belongs, since when it hurts, what it is called and whose it is, its rooms; and command of all of them at once.
#include "ui/shell/mainwindow.h"

#include "ui/escalation/handoveralldialogs.h"
#include "ui/escalation/leaveroomdialog.h"
#include "ui/escalation/placedialog.h"
#include "ui/escalation/roomdialog.h"
#include "ui/shell/correctiondialogs.h"
#include "ui/shell/impactdialog.h"
#include "ui/shell/mainwindowask.h"

#include <QJsonArray>
#include <QPointer>

namespace qd::shell {

void MainWindow::makeIncidentActions()
{
    const auto ctrlAlt = [](Qt::Key key) { return QList<QKeySequence>{QKeySequence(Qt::CTRL | Qt::ALT | key)}; };
    m_book.add("place", tr("Where the incident belongs: part of another, or of none…"), ctrlAlt(Qt::Key_J), [this] { placeIncident(); });
    m_book.add("impact", tr("Correct since when it hurts…"), ctrlAlt(Qt::Key_I), [this] { correctImpact(); });
    m_book.add("correcttitle", tr("Correct what the incident is called…"), {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_I)}, [this] { correctTitle(); });
    m_book.add("correctservice", tr("Correct which service the incident is of…"), {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_V)}, [this] { correctService(); });
    m_book.add("giveroom", tr("Give the incident a room: a new one, or one there is…"), {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_G)}, [this] { giveRoom(); });
    m_book.add("leaveroom", tr("Leave or archive a room of the incident…"), ctrlAlt(Qt::Key_G), [this] { leaveRoom(); });
    m_book.add("handoverall", tr("Hand over all you command, or accept all that is offered…"), ctrlAlt(Qt::Key_A), [this] { handOverAll(); });
}

void MainWindow::placeIncident()
{
    if (needsIncident())
        return;
    auto *dialog = new escalation::PlaceDialog(m_theme, m_view, this);
    ask(dialog, [] { return QStringLiteral("incident.place"); }, tr("Where it belongs is changed."));
    fetch(QStringLiteral("incidents"), [dialog = QPointer<escalation::PlaceDialog>(dialog)](const QJsonObject &item) {
        if (dialog)
            dialog->setKnown(item);
    });
}

void MainWindow::correctImpact()
{
    if (needsIncident())
        return;
    ask(new ImpactDialog(m_theme, m_view, m_ticker.now() ? m_ticker.now() : m_view->made, this), [] { return QStringLiteral("incident.impact"); }, tr("Since when it hurts is corrected."));
}

void MainWindow::correctTitle()
{
    if (needsIncident())
        return;
    ask(new TitleDialog(m_theme, m_view, this), [] { return QStringLiteral("incident.title"); }, tr("What it is called is corrected."));
}

void MainWindow::correctService()
{
    if (needsIncident())
        return;
    ask(new ServiceDialog(m_theme, m_view, this), [] { return QStringLiteral("incident.service"); }, tr("Which service it is of is corrected."));
}

void MainWindow::giveRoom()
{
    if (needsIncident())
        return;
    auto *dialog = new escalation::RoomDialog(m_theme, m_view, this);
    ask(dialog, [dialog] { return dialog->method(); }, tr("The room is on its way; the timeline says when it is there."));
}

void MainWindow::leaveRoom()
{
    if (needsIncident())
        return;
    for (const view::IncidentRow &incident : m_view->incidents)
        if (incident.id == m_view->focus && incident.status <= IncidentStatus::Mitigated)
            return m_instrument->tell(tr("%1 goes on. Its rooms are left with the stand-down sheet (Ctrl+Shift+E), or once it is over.").arg(incident.id), true);
    fetch(QStringLiteral("incidents"), [self = QPointer<MainWindow>(this), incident = m_view->focus](const QJsonObject &item) {
        if (!self || self->m_view->focus != incident) // somebody looks elsewhere by now
            return;
        if (!escalation::LeaveRoomDialog::isPossible(item))
            return self->m_instrument->tell(tr("%1 has no room that was not left.").arg(incident), true);
        self->ask(new escalation::LeaveRoomDialog(self->m_theme, self->m_view, item, self), [] { return QStringLiteral("incident.leaveroom"); }, tr("The room is left."));
    });
}

void MainWindow::handOverAll()
{
    const auto briefed = [this](auto *dialog) {
        m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("briefs")}}, [self = QPointer<MainWindow>(this), dialog = QPointer(dialog)](bool done, const QString &sentence, const QJsonObject &result) {
            if (dialog && done)
                dialog->setBriefs(result.value(QLatin1String("items")).toArray());
            else if (self && !done)
                self->m_instrument->tell(sentence, true);
        });
    };
    // What waits for an answer of the person here comes before what they wait for.
    if (!escalation::AcceptAllDialog::offered(*m_view).isEmpty()) {
        auto *dialog = new escalation::AcceptAllDialog(m_theme, m_view, this);
        ask(dialog, [] { return QStringLiteral("incident.accept"); }, tr("You command all that was offered; everybody is told."));
        return briefed(dialog);
    }
    if (escalation::HandOverAllDialog::commanded(*m_view).isEmpty())
        return m_instrument->tell(tr("You command no open incident, and command of none is offered to you."), true);
    auto *dialog = new escalation::HandOverAllDialog(m_theme, m_view, this);
    ask(dialog, [] { return QStringLiteral("incident.handover"); }, tr("All of them are offered; each moves when they have read back."));
    briefed(dialog);
}

} // namespace qd::shell
