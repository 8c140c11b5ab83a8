// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done in the window, each with its keys; what belongs to one subject is in the file of that.
#include "ui/shell/mainwindow.h"

#include "ui/review/reviewview.h"
#include "ui/shell/heartbeatsheet.h"
#include "ui/shell/insightssheet.h"
#include "ui/shell/instrument.h"
#include "ui/shell/keyhelp.h"
#include "ui/shell/lookas.h"
#include "ui/shell/messagesheet.h"
#include "ui/shell/notifier.h"
#include "ui/shell/plannersheet.h"
#include "ui/shell/proposalsheet.h"
#include "ui/shell/topstrip.h"
#include "ui/widgets/timetext.h"

#include <QActionGroup>
#include <QToolButton>

namespace qd::shell {

void MainWindow::makeActions()
{
    using K = QKeySequence;
    const auto ctrlShift = [](Qt::Key key) { return K(Qt::CTRL | Qt::SHIFT | key); };
    m_book.add("declare", tr("Declare an incident…"), {ctrlShift(Qt::Key_D)}, [this] { declareIncident(); });
    m_book.add("take", tr("Take command"), {ctrlShift(Qt::Key_T)}, [this] { takeCommand(); });
    m_book.add("handover", tr("Hand over or accept command…"), {ctrlShift(Qt::Key_H)}, [this] { handOver(); });
    m_book.add("object", tr("Object to somebody taking command…"), {ctrlShift(Qt::Key_N)}, [this] { objectToTaking(); });
    m_book.add("standdown", tr("Stand down…"), {ctrlShift(Qt::Key_E)}, [this] { standDown(); });
    m_book.add("merge", tr("Merge incidents…"), {ctrlShift(Qt::Key_J)}, [this] { mergeIncidents(); });
    m_book.add("whycalled", tr("Why was I called, or not?"), {ctrlShift(Qt::Key_W)}, [this] { whyCalled(); });
    m_book.add("severity", tr("Change severity…"), {ctrlShift(Qt::Key_V)}, [this] { changeSeverity(); });
    m_book.add("status", tr("Change status…"), {ctrlShift(Qt::Key_S)}, [this] { changeStatus(); });
    m_book.add("change", tr("Mark a change…"), {ctrlShift(Qt::Key_M)}, [this] { markChange(); });
    m_book.add("arm", tr("Arm or disarm a connection…"), {ctrlShift(Qt::Key_A)}, [this] { armConnection(); });
    m_book.add("silences", tr("End a silence…"), {ctrlShift(Qt::Key_X)}, [this] { endSilence(); });
    m_book.add("keep", tr("Keep a silence, shelf or hold longer…"), {ctrlShift(Qt::Key_K)}, [this] { keepQuiet(); });
    m_book.add("summon", tr("Call somebody by name…"), {ctrlShift(Qt::Key_C)}, [this] { summon(); });
    m_book.add("reached", tr("Somebody was reached by hand…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P)}, [this] { markReached(); });
    m_book.add("testpage", tr("Test how I am called: a marked test through each of my channels"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C)}, [this] { testMyCalls(); });
    m_book.add("happened", tr("What happened so far"), {ctrlShift(Qt::Key_Y)}, [this] { showHappened(); });
    m_unlockAction = m_book.add("unlock", tr("Open the locked home…"), {ctrlShift(Qt::Key_U)}, [this] { openUnlock({}); });
    m_unlockAction->setEnabled(false);
    m_book.add("line", tr("Write one line"), {K(Qt::CTRL | Qt::Key_L)}, [this] { m_instrument->begin(); });
    m_book.add("palette", tr("Find an action…"), {K(Qt::CTRL | Qt::Key_K)}, [this] { openPalette(); });
    m_book.add("goto", tr("Go to an incident, a service or a person…"), {K(Qt::CTRL | Qt::Key_G)}, [this] { goTo(); });
    m_book.add("find", tr("Find what was said…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_F)}, [this] { find(); });
    m_book.add("feeds", tr("Show the feeds"), {ctrlShift(Qt::Key_F)}, [this] { showFeeds(); });
    m_book.add("oncall", tr("Who is on call in the next 24 hours"), {ctrlShift(Qt::Key_P)}, [this] { m_planner->open(); });
    m_book.add("who", tr("Who is called, when and why…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Q)}, [this] { askWhoIsCalled(); });
    m_book.add("withdraw", tr("Take a change of a schedule back…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_W)}, [this] { withdrawOverride(); });
    m_book.add("shift", tr("Hand over or accept the shift…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_H)}, [this] { handOverShift(); });
    m_book.add("insights", tr("Insights: times, volume, floods, calls"), {ctrlShift(Qt::Key_I)}, [this] { m_insights->open(); });
    m_book.add("heartbeats", tr("Show the heartbeats"), {ctrlShift(Qt::Key_R)}, [this] { m_heartbeats->open(); });
    m_book.add("proposals", tr("Show proposed dependencies"), {ctrlShift(Qt::Key_G)}, [this] { m_proposals->open(); });
    m_book.add("messages", tr("Messages for outside: drafts, approvals, release"), {ctrlShift(Qt::Key_O)}, [this] { m_messages->open(); });
    m_book.add("statuspage", tr("Status page: components, posts, where it is pushed"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O)}, [this] { m_messages->openPages(); });
    m_book.add("lookas", tr("View as somebody else would read it…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_V)}, [this] { m_lookAs->ask(tr("View as")); });
    m_book.add("evidence", tr("Keep a file as evidence…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_E)}, [this] { keepEvidence(); });
    m_book.add("saveevidence", tr("Save evidence into a file…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)}, [this] { saveEvidence(); });
    m_book.add("pinlink", tr("Pin a link to the incident…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_K)}, [this] { pinLink(); });
    m_book.add("briefing", tr("Write the incident briefing (ICS-201, PDF)"), {ctrlShift(Qt::Key_B)}, [this] { writeBriefing(); });
    m_book.add("activitylog", tr("Write the activity log (ICS-214, PDF)"), {K(Qt::CTRL | Qt::ALT | Qt::Key_B)}, [this] { writeActivityLog(); });
    m_book.add("help", tr("Show all keys"), {K(Qt::Key_F1), K(Qt::Key_Question)}, [this] { m_help->open(m_book); });
    m_book.add("next", tr("Next region"), {K(Qt::Key_F6)}, [this] { moveRegion(1); });
    m_book.add("previous", tr("Previous region"), {K(Qt::SHIFT | Qt::Key_F6)}, [this] { moveRegion(-1); });
    m_book.add("command", tr("Command perspective"), {K(Qt::CTRL | Qt::Key_1)}, [this] { showPerspective(Perspective::Command); });
    m_book.add("wall", tr("Wall perspective"), {K(Qt::CTRL | Qt::Key_2)}, [this] { showPerspective(Perspective::Wall); });
    m_book.add("review", tr("Review perspective: what is learnt, and the past to go through"), {K(Qt::CTRL | Qt::Key_3)}, [this] { showPerspective(Perspective::Review); });
    m_book.add("past.leave", tr("Back to the present"), {K(Qt::ALT | Qt::Key_End)}, [this] { m_review->leavePast(); });
    m_book.add("directory", tr("Directory perspective: services, schedules, policies, connections"), {K(Qt::CTRL | Qt::Key_4)}, [this] { showPerspective(Perspective::Directory); });
    m_book.add("walldistance", tr("Wall: from where it is read…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_D)}, [this] { askWallViewing(); });
    m_book.add("keys", tr("Change keys…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Y)}, [this] { askKeys(); });
    m_book.add("menu", tr("Open the menu"), {K(Qt::Key_F10)}, [this] { m_strip->menuButton().showMenu(); });
    m_book.add("fullscreen", tr("Full screen"), {K(Qt::Key_F11)}, [this] { turnFullScreen(); });
    makeIncidentActions();
    makeKeepingActions();
    makeSetupActions();
    makeLookActions();
    m_muteAction = m_book.add("mute", tr("Mute sounds for 5 minutes, or sound again"), {K(Qt::CTRL | Qt::Key_M)},
                              [this] { mute(m_notifier->isMuted(m_ticker.live()) ? Instant{} : m_ticker.live() + Notifier::kMuted); });
    m_muteAction->setCheckable(true);
    QAction *local = m_book.add("clocks", tr("Clocks in local time instead of UTC"), {K(Qt::CTRL | Qt::ALT | Qt::Key_U)}, [this] { turnClocks(widgets::shownClocks() == widgets::Clocks::Utc); });
    local->setCheckable(true);
    local->setChecked(m_memory.localClocks());
    widgets::showClocks(m_memory.localClocks() ? widgets::Clocks::Local : widgets::Clocks::Utc);
    m_book.add("reset", tr("Reset the layout"), {K(Qt::CTRL | Qt::ALT | Qt::Key_R)}, [this] { resetLayout(); });
    m_book.add("quit", tr("Close the window (the core goes on)"), {K(Qt::CTRL | Qt::Key_Q)}, [this] { close(); });
}

void MainWindow::makeLookActions()
{
    auto *looks = new QActionGroup(this);
    const auto look = [&](const char *name, const QString &text, Qt::Key key, style::Choice choice) {
        QAction *action = m_book.add(name, text, {QKeySequence(Qt::CTRL | Qt::ALT | key)}, [this, choice] { chooseLook(choice); });
        action->setCheckable(true);
        connect(&m_theme, &style::Theme::changed, action, [this, action, choice] { action->setChecked(m_theme.choice() == choice); });
        action->setChecked(m_theme.choice() == choice);
        looks->addAction(action);
    };
    look("look.system", tr("Look: as the desktop"), Qt::Key_1, style::Choice::System);
    look("look.light", tr("Look: light"), Qt::Key_2, style::Choice::Light);
    look("look.dark", tr("Look: dark"), Qt::Key_3, style::Choice::Dark);
    look("look.contrast", tr("Look: high contrast"), Qt::Key_4, style::Choice::HighContrast);
    QAction *still = m_book.add("still", tr("Reduce motion"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_M)}, [this] {
        m_theme.setReduceMotion(!m_theme.reduceMotion());
        m_memory.setReduceMotion(m_theme.reduceMotion());
    });
    still->setCheckable(true);
    still->setChecked(m_memory.reduceMotion());
}

void MainWindow::chooseLook(style::Choice choice)
{
    m_theme.choose(choice);
    m_memory.setLook(style::Theme::name(choice));
}

} // namespace qd::shell
