// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept and what goes, rights taken for a time, and who speaks from which chat address.
#include "ui/shell/mainwindow.h"

#include "ui/governance/erasedialog.h"
#include "ui/governance/glass.h"
#include "ui/governance/glassdialogs.h"
#include "ui/governance/holddialogs.h"
#include "ui/governance/identitydialogs.h"
#include "ui/governance/kept.h"
#include "ui/shell/keepingsheet.h"
#include "ui/shell/mainwindowask.h"
#include "ui/view/answer.h"

#include <algorithm>
#include <memory>

namespace qd::shell {

void MainWindow::makeKeepingActions()
{
    const auto altShift = [](Qt::Key key) { return QKeySequence(Qt::ALT | Qt::SHIFT | key); };
    m_book.add("keeping", tr("Retention, holds and access: what is kept until when, who read it"), {altShift(Qt::Key_H)}, [this] { m_keeping->open(); });
    m_book.add("rights", tr("Rights: who may do what here"), {altShift(Qt::Key_W)}, [this] { m_keeping->open(KeepingSheet::List::Rights); });
    m_book.add("identities", tr("Chat identities: who speaks from which address"), {altShift(Qt::Key_U)}, [this] { m_keeping->open(KeepingSheet::List::Identities); });
    m_book.add("breakglass", tr("Break the glass: take a right for a time…"), {altShift(Qt::Key_B)}, [this] { breakGlass(); });
    m_book.add("endglass", tr("End a right that was taken for a time…"), {altShift(Qt::Key_E)}, [this] { endGlass(); });
}

void MainWindow::watchKeeping()
{
    const auto again = [this](QDialog *dialog) {
        connect(dialog, &QDialog::accepted, m_keeping, &KeepingSheet::again);
    };
    connect(m_keeping, &KeepingSheet::holdRequested, this, [this, again](const QString &stream) {
        auto *dialog = new governance::HoldDialog(m_source, m_theme, stream, this);
        again(dialog);
        ask(dialog, [] { return QStringLiteral("hold.place"); }, tr("It is held; nothing of it is erased or struck until that is lifted."));
    });
    connect(m_keeping, &KeepingSheet::liftRequested, this, [this, again](const QJsonObject &hold, const QJsonArray &holds) {
        auto *dialog = new governance::LiftHoldDialog(m_source, m_theme, hold, holds, this);
        again(dialog);
        ask(dialog, [] { return QStringLiteral("hold.release"); }, tr("The hold is lifted."));
    });
    connect(m_keeping, &KeepingSheet::eraseRequested, this, [this, again](const QString &stream) {
        auto *dialog = new governance::EraseDialog(m_source, m_theme, stream, this);
        again(dialog);
        ask(dialog, [] { return QStringLiteral("keeping.erase"); }, tr("It is erased; the record says that it was, by whom and why."));
    });
    connect(m_keeping, &KeepingSheet::bindRequested, this, [this] {
        auto *dialog = new governance::BindDialog(m_source, m_theme, std::make_unique<SystemRandom>(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::finished, m_keeping, &KeepingSheet::again); // it asks for itself, and is closed when it was said
        dialog->open();
        markDialogs();
    });
    connect(m_keeping, &KeepingSheet::unbindRequested, this, [this, again](const QJsonObject &identity) {
        auto *dialog = new governance::UnbindDialog(m_theme, identity, governance::nameOf(m_view->names, view::textIn(identity, "person")), this);
        again(dialog);
        ask(dialog, [] { return QStringLiteral("identity.unbind"); }, tr("Nobody speaks from there any more."));
    });
}

void MainWindow::breakGlass()
{
    auto *dialog = new governance::BreakGlassDialog(m_theme, m_view, this);
    ask(dialog, [] { return QStringLiteral("access.break"); }, tr("You have the right; it ends by itself, and two others are told."));
}

void MainWindow::endGlass()
{
    std::vector<view::Glass> standing = m_view->strip.glass;
    if (standing.empty())
        return m_instrument->tell(tr("No right is taken for a time now; Alt+Shift+B takes one."), true);
    std::stable_partition(standing.begin(), standing.end(), [](const view::Glass &glass) { return glass.you; });
    ask(new governance::EndGlassDialog(m_theme, std::move(standing), m_ticker.now() ? m_ticker.now() : m_view->made, this), [] { return QStringLiteral("access.end"); }, tr("The right is given back."));
}

void MainWindow::tellOfGlass(const view::ViewModel &before)
{
    // What is not followed is not known to be over.
    if (before.strip.link != view::CoreLink::Live || m_view->strip.link != view::CoreLink::Live || before.strip.person != m_view->strip.person)
        return;
    if (const QString ended = governance::glassEnded(before.strip, m_view->strip); !ended.isEmpty())
        m_instrument->tell(ended, false);
}

} // namespace qd::shell
