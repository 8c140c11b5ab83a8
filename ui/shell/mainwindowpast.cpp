// SPDX-License-Identifier: GPL-3.0-or-later
// The review in the window, and the past that is looked at from it: it stands in strip and command, while calls and sounds are of the present.
#include "ui/shell/mainwindow.h"

#include "ui/review/reviewview.h"
#include "ui/shell/banner.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/instrument.h"
#include "ui/shell/seensource.h"
#include "ui/shell/topstrip.h"
#include "ui/widgets/parts.h"

#include <QStackedWidget>
#include <algorithm>

namespace qd::shell {

namespace {

/// What is true of now and of this seat, whatever moment is looked at.
bool sameSeat(const view::Strip &a, const view::Strip &b)
{
    return a.link == b.link && a.linkProblem == b.linkProblem && a.recorded == b.recorded && a.unrecordedReason == b.unrecordedReason && a.practice == b.practice && a.person == b.person && a.lookedAs == b.lookedAs;
}

view::ViewModelPtr onThisSeat(const view::ViewModel &past, const view::Strip &now)
{
    auto out = std::make_shared<view::ViewModel>(past);
    out->strip.link = now.link;
    out->strip.linkProblem = now.linkProblem;
    out->strip.recorded = now.recorded;
    out->strip.unrecordedReason = now.unrecordedReason;
    out->strip.practice = now.practice;
    out->strip.person = now.person;
    out->strip.lookedAs = now.lookedAs;
    return out;
}

} // namespace

void MainWindow::watchReview()
{
    connect(m_review, &review::ReviewView::told, this, [this](const QString &sentence) { m_instrument->tell(sentence, false); });
    connect(m_review, &review::ReviewView::refused, this, [this](const QString &sentence) { m_instrument->tell(sentence, true); });
    connect(m_review, &review::ReviewView::presented, this, &MainWindow::tellToARoom);
    connect(&m_source, &view::ViewSource::travelled, this, &MainWindow::showPast);
    connect(&m_source, &view::ViewSource::travelRefused, this, [this](const QString &sentence) { m_instrument->tell(sentence, true); });
}

void MainWindow::showPast(const view::ViewModelPtr &past)
{
    const bool goesOn = m_past && past && !m_wait->isVisibleTo(m_pages);
    m_past = past;
    m_ticker.stand(past ? past->past.at : Instant{});
    m_review->setPast(past);
    if (!goesOn)
        return onView(m_view);
    // A step from one moment of the past to another: what is true of now did not become another by it.
    showSeen();
    onTick(m_ticker.now());
}

void MainWindow::showSeen()
{
    const view::ViewModelPtr &seen = shown();
    if (m_past == nullptr || m_perspective == Perspective::Command) // panels nobody looks at need not go along
        m_seen->see(m_past);
    m_strip->show(seen);
    m_banner->show(m_perspective == Perspective::Review ? *m_view : *seen, m_locked ? tr("The core needs the home's passphrase to start: Ctrl+Shift+U.") : m_coreTrouble);
    m_command->show(*seen);
}

const view::ViewModelPtr &MainWindow::shown()
{
    if (m_past && !sameSeat(m_past->strip, m_view->strip))
        m_past = onThisSeat(*m_past, m_view->strip);
    return m_past ? m_past : m_view;
}

/// The review of what is looked at, where it has one; else the list, in which Return opens its past.
void MainWindow::enterReview()
{
    const bool reviewed = std::any_of(m_view->reviews.begin(), m_view->reviews.end(), [this](const view::ReviewRow &r) { return r.incident == m_view->focus && r.phase != ReviewPhase::None; });
    const bool isNew = m_review->current().isEmpty();
    if (isNew && reviewed)
        m_review->open(m_view->focus);
    m_review->show(m_view, m_ticker.live());
    if (isNew && !reviewed)
        m_review->choose(m_view->focus);
    m_review->focusProxy()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::tellToARoom(bool presenting)
{
    m_presenting = presenting;
    if (presenting) {
        m_wasFullScreen = windowState().testFlag(Qt::WindowFullScreen);
        setWindowState(windowState() | Qt::WindowFullScreen);
    } else if (!m_wasFullScreen) {
        setWindowState(windowState() & ~Qt::WindowFullScreen);
    }
    onView(m_view);
}

void MainWindow::turnFullScreen()
{
    if (m_perspective == Perspective::Review && !m_presenting && m_review->present())
        return;
    if (!m_presenting)
        setWindowState(windowState() ^ Qt::WindowFullScreen);
}

} // namespace qd::shell
