// SPDX-License-Identifier: GPL-3.0-or-later
// Which perspective the window shows, and what the wall, the directory and the keys are told.
#include "ui/shell/mainwindow.h"

#include "ui/directory/directoryview.h"
#include "ui/review/reviewview.h"
#include "ui/shell/banner.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/instrument.h"
#include "ui/shell/keysdialog.h"
#include "ui/shell/mainwindowask.h"
#include "ui/shell/perspectives.h"
#include "ui/shell/plannersheet.h"
#include "ui/shell/topstrip.h"
#include "ui/wall/viewingdialog.h"
#include "ui/wall/wallview.h"
#include "ui/widgets/parts.h"

#include <QScreen>
#include <QStackedWidget>

namespace qd::shell {

std::optional<Perspective> perspectiveNamed(const QString &name)
{
    for (const auto &[word, perspective] : {std::pair{"command", Perspective::Command}, {"wall", Perspective::Wall}, {"review", Perspective::Review}, {"directory", Perspective::Directory}})
        if (name == QLatin1String(word))
            return perspective;
    return {};
}

QWidget *MainWindow::perspectivePage() const
{
    switch (m_perspective) {
    case Perspective::Wall: return m_wall;
    case Perspective::Directory: return m_directory;
    case Perspective::Review: return m_review;
    case Perspective::Command: break;
    }
    return m_command;
}

void MainWindow::showPerspective(Perspective perspective)
{
    if (m_perspective == Perspective::Review && perspective != Perspective::Review)
        m_review->rest();
    m_perspective = perspective;
    m_theme.setWall(perspective == Perspective::Wall);
    if (!m_wait->isVisibleTo(m_pages))
        m_pages->setCurrentWidget(perspectivePage());
    onView(m_view);
    if (!m_wait->isVisibleTo(m_pages))
        enterPerspective();
}

void MainWindow::startAsWall()
{
    m_startedAsWall = true;
    showPerspective(Perspective::Wall);
}

/// The keyboard goes to what is shown.
void MainWindow::enterPerspective()
{
    if (m_perspective == Perspective::Review)
        enterReview();
    else if (m_perspective == Perspective::Command)
        m_command->goToAlerts();
    else
        perspectivePage()->setFocus(Qt::OtherFocusReason);
}

/// Strip, banner and instrument are for who sits here; a wall has no control, and its own words for what they say.
void MainWindow::showFrame(bool nothingYet)
{
    const bool isWall = m_perspective == Perspective::Wall && !nothingYet;
    m_strip->setVisible(!isWall && !m_presenting);
    if (isWall)
        m_banner->hide();
    m_instrument->setVisible(!nothingYet && !isWall && !m_presenting);
    if (m_presenting)
        m_banner->hide();
}

void MainWindow::watchDirectory()
{
    connect(m_directory, &directory::DirectoryView::callsRequested, this, [this](const QString &kind, const QString &id) { askWhoIsCalled(kind, id); });
    connect(m_directory, &directory::DirectoryView::planRequested, this, [this] { m_planner->open(); });
    connect(m_directory, &directory::DirectoryView::armingRequested, this, [this] { armConnection(); });
}

void MainWindow::askWallViewing()
{
    const wall::Viewing said{m_settings.wallDistance(), m_settings.wallDiagonal()};
    auto *dialog = new wall::ViewingDialog(m_theme, said, screen()->physicalSize(), QSizeF(screen()->size()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog] {
        const wall::Viewing now = dialog->viewing();
        m_settings.setWall(now.metres, now.inches);
        m_wall->setViewing(now);
        dialog->accept();
    });
    dialog->open();
}

void MainWindow::askKeys()
{
    auto *dialog = new KeysDialog(m_theme, *m_keys, m_settings.file(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace qd::shell
