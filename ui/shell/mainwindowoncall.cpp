// SPDX-License-Identifier: GPL-3.0-or-later
// Who is on call and who would be called: what the window asks, changes and hands over.
#include "ui/shell/mainwindow.h"

#include "ui/escalation/plannerstrip.h"
#include "ui/escalation/scheduledialogs.h"
#include "ui/escalation/shiftdialogs.h"
#include "ui/escalation/simulatordialog.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/mainwindowask.h"
#include "ui/shell/plannersheet.h"
#include "ui/triage/triagepanel.h"

#include <QJsonArray>
#include <QPointer>

namespace qd::shell {

void MainWindow::askWhoIsCalled(const QString &kind, const QString &id)
{
    const std::vector<view::AlertRow> chosen = id.isEmpty() ? m_command->triage().marked() : std::vector<view::AlertRow>();
    auto *dialog = new escalation::SimulatorDialog(m_theme, m_view, chosen.empty() ? nullptr : &chosen.front(), m_ticker.now() ? m_ticker.now() : m_view->made, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!id.isEmpty())
        dialog->askFor(kind, id);
    const auto put = [this, dialog = QPointer<escalation::SimulatorDialog>(dialog)] {
        m_source.command(QStringLiteral("simulate"), dialog->arguments(), [dialog](bool done, const QString &sentence, const QJsonObject &result) {
            if (dialog && done) // it stays open: one asks for several moments in turn
                dialog->show(result);
            else if (dialog)
                dialog->sayInstead(sentence);
        });
    };
    connect(dialog, &widgets::FormDialog::submitted, this, put);
    dialog->open();
    if (dialog->canAsk())
        put();
}

void MainWindow::watchPlanner()
{
    connect(m_planner, &PlannerSheet::overrideRequested, this, [this](const escalation::Shift &shift) { changeShift(shift, false); });
    connect(m_planner, &PlannerSheet::swapRequested, this, [this](const escalation::Shift &shift) { changeShift(shift, true); });
}

void MainWindow::changeShift(const escalation::Shift &shift, bool isSwap)
{
    const Instant now = m_ticker.now() ? m_ticker.now() : m_view->made;
    // The plan is read anew behind the dialog, so that what was changed is seen when it closes.
    const auto again = [this](QDialog *dialog) {
        connect(dialog, &QDialog::accepted, m_planner, [this] { m_planner->open(); });
    };
    if (isSwap) {
        auto *dialog = new escalation::SwapShiftsDialog(m_theme, m_view, shift, now, this);
        again(dialog);
        return ask(dialog, [] { return QStringLiteral("schedule.swap"); }, tr("Swapped; Ctrl+Alt+W takes it back."));
    }
    auto *dialog = new escalation::OverrideShiftDialog(m_theme, m_view, shift, now, this);
    again(dialog);
    ask(dialog, [] { return QStringLiteral("schedule.override"); }, tr("Changed; Ctrl+Alt+W takes it back."));
}

void MainWindow::withdrawOverride()
{
    if (!escalation::WithdrawOverrideDialog::isPossible(*m_view))
        return m_instrument->tell(tr("No schedule is changed; Ctrl+Shift+P and O change one."), true);
    const auto shift = m_planner->isVisible() ? m_planner->strip().currentShift() : std::nullopt;
    ask(new escalation::WithdrawOverrideDialog(m_theme, m_view, shift ? shift->schedule : QString(), this), [] { return QStringLiteral("schedule.withdraw"); }, tr("Taken back; the plan counts again."));
}

void MainWindow::handOverShift()
{
    if (m_view->strip.person.isEmpty())
        return m_instrument->tell(tr("This seat speaks for nobody of the workspace."), true);
    // What waits for an answer of the person here comes before what they wait for.
    for (const bool toYou : {true, false})
        for (const view::ShiftOffer &offer : m_view->shifts)
            if (offer.toYou == toYou) {
                auto *dialog = new escalation::AnswerShiftDialog(m_theme, offer, this);
                return ask(dialog, [dialog] { return dialog->method(); }, toYou ? tr("Answered; the record says what was read back.") : tr("The offer is taken back."));
            }
    auto *dialog = new escalation::OfferShiftDialog(m_theme, m_view, this);
    ask(dialog, [] { return QStringLiteral("shift.offer"); }, tr("The shift is offered; it is theirs when they have read back."));
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("briefs")}},
                     [dialog = QPointer<escalation::OfferShiftDialog>(dialog)](bool done, const QString &sentence, const QJsonObject &result) {
                         if (dialog)
                             dialog->setBrief(done ? result.value(QLatin1String("items")).toArray().first().toObject().value(QLatin1String("text")).toString() : sentence);
                     });
}

} // namespace qd::shell
