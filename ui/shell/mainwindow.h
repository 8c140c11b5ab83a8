// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "ui/shell/actionbook.h"
#include "ui/shell/layoutmemory.h"
#include "ui/shell/perspectives.h"
#include "ui/shell/settings.h"
#include "ui/style/desktoplook.h"
#include "ui/style/theme.h"
#include "ui/view/homeverbs.h"
#include "ui/view/source.h"
#include "ui/widgets/ticker.h"

#include <QMainWindow>
#include <QPointer>
#include <functional>
#include <memory>

class QMenu;
class QStackedWidget;

namespace qd::comms {
struct Briefing;
}
namespace qd::escalation {
struct Shift;
}
namespace qd::directory {
class DirectoryView;
}
namespace qd::review {
class ReviewView;
}
namespace qd::wall {
class WallView;
}
namespace qd::widgets {
class StateCard;
}

namespace qd::shell {

class Away;
class Banner;
class CommandPerspective;
class SeenSource;
class FeedsPopup;
class HeartbeatSheet;
class ProposalSheet;
class Instrument;
class KeyHelp;
class LookAs;
class KeyMap;
class MessageSheet;
class NoticeBoard;
class NoticeSound;
class Notifier;
class Picker;
class InsightsSheet;
class KeepingSheet;
class PlannerSheet;
class RevealSheet;
class SearchBox;
class TopStrip;
class UnlockDialog;

/// The window: strip, perspective, one-line instrument. Composes the panels and owns no rules; every command goes
/// through the source. Remembers its geometry, splits and look.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(view::ViewSource &source, style::Theme &theme, QWidget *parent = nullptr);
    ~MainWindow() override;
    Q_DISABLE_COPY_MOVE(MainWindow)

    /// The size of a window nobody has sized yet: 1680 × 980, or what the screen leaves of it beside a window manager's frame.
    [[nodiscard]] static QSize firstSize(QSize available);

    [[nodiscard]] const ActionBook &actionBook() const { return m_book; }
    [[nodiscard]] TopStrip &strip() const { return *m_strip; }
    [[nodiscard]] CommandPerspective &perspective() const { return *m_command; }
    [[nodiscard]] wall::WallView &wall() const { return *m_wall; }
    [[nodiscard]] review::ReviewView &review() const { return *m_review; }
    [[nodiscard]] directory::DirectoryView &directory() const { return *m_directory; }
    [[nodiscard]] KeyMap &keys() const { return *m_keys; }
    [[nodiscard]] Instrument &instrument() const { return *m_instrument; }
    [[nodiscard]] Picker &picker() const { return *m_picker; }
    [[nodiscard]] SearchBox &searchBox() const { return *m_search; }
    [[nodiscard]] PlannerSheet &plannerSheet() const { return *m_planner; }
    [[nodiscard]] InsightsSheet &insightsSheet() const { return *m_insights; }
    [[nodiscard]] KeepingSheet &keepingSheet() const { return *m_keeping; }
    [[nodiscard]] HeartbeatSheet &heartbeatSheet() const { return *m_heartbeats; }
    [[nodiscard]] MessageSheet &messageSheet() const { return *m_messages; }
    [[nodiscard]] RevealSheet &revealSheet() const { return *m_reveal; }
    [[nodiscard]] LookAs &lookAs() const { return *m_lookAs; }
    [[nodiscard]] Banner &banner() const { return *m_banner; }
    [[nodiscard]] ProposalSheet &proposalSheet() const { return *m_proposals; }
    [[nodiscard]] widgets::Ticker &ticker() { return m_ticker; }

    /// Why no core answers, in one sentence, and where its log is (empty: none); an empty sentence when one answers.
    void setCoreTrouble(const QString &why, const QString &logFile);
    /// The home is locked: asks for its passphrase, again and with the reason when `why` is not empty, and hands it to `use`.
    void askPassphrase(const QString &why, std::function<void(Secret)> use);
    [[nodiscard]] UnlockDialog *unlockDialog() const; ///< while it is asked

    void showPerspective(Perspective perspective);
    /// A screen of its own, before which nobody in particular stands: it calls nobody. Who turns to the wall at their own seat is called on.
    void startAsWall();

    /// Where calls, SEV1 incidents and floods are said outside the window, and how they sound.
    void useNotices(std::unique_ptr<NoticeBoard> board, std::unique_ptr<NoticeSound> sound);

    /// Where files of the home are worked on; without it what needs them says so.
    /// An incident that was run elsewhere, from its files.
    void rebuildIncident();
    void useHome(std::unique_ptr<view::HomeVerbs> verbs);

public Q_SLOTS:
    void declareIncident();
    void openPalette();
    void goTo();
    void find();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] view::ViewModelPtr follow();
    void build();
    void makeActions();
    void makeLookActions();
    void mute(Instant until); ///< none: it sounds again
    void turnClocks(bool local); ///< between UTC and the zone of this desktop
    void onView(const view::ViewModelPtr &view);
    void onTick(Instant now);
    void send(const QString &method, QJsonObject arguments);
    void takeCommand();
    void handOver();
    void objectToTaking();
    void standDown();
    void mergeIncidents();
    void whyCalled();
    /// One item of a list the core gives of the incident in focus, when it comes.
    void fetch(const QString &what, std::function<void(const QJsonObject &)> then);
    void changeSeverity();
    void changeStatus();
    void chooseLook(style::Choice choice);
    void moveRegion(int step);
    void showFeeds();
    void resetLayout();
    [[nodiscard]] bool needsIncident();
    void armConnection();
    void markChange();
    void endSilence();
    void keepQuiet();
    void summon();
    void markReached();
    void testMyCalls(); ///< a marked test through each channel of who sits here
    /// The simulator: who, when, why; for this service or policy, else for what is chosen.
    void askWhoIsCalled(const QString &kind = {}, const QString &id = {});
    [[nodiscard]] QWidget *perspectivePage() const;
    void enterPerspective();
    void showFrame(bool nothingYet);
    void watchReview();     ///< what the review asks for, and the past that is gone to
    void showPast(const view::ViewModelPtr &past);
    /// What of the window may be of the past: that, with what is true of the present whatever is looked at.
    [[nodiscard]] const view::ViewModelPtr &shown();
    void showSeen();        ///< the moment that is looked at, in strip, banner and command
    void showTitle(bool nothingYet);
    void enterReview();
    void tellToARoom(bool presenting);
    void turnFullScreen();
    void watchDirectory();  ///< what the directory asks for
    void makeIncidentActions(); ///< mainwindowincident.cpp
    void placeIncident();
    void correctImpact();
    void correctTitle();
    void correctService();
    void giveRoom();
    void leaveRoom();
    void handOverAll();
    void makeSetupActions();    ///< mainwindowsetup.cpp
    [[nodiscard]] bool needsHome();
    void askWhatIf();
    template <typename Dialog, typename Told>
    void runByVerb(Dialog *dialog, Told told);
    void bringIn(bool people);
    void connectSource();
    void showConnected(const QString &name, const QString &kind, const QString &said);
    void askWallViewing();
    void askKeys();
    void tellOfSettings();  ///< what in the settings is not understood
    void changeShift(const escalation::Shift &shift, bool isSwap);
    void withdrawOverride();
    void handOverShift();
    void makeKeepingActions(); ///< mainwindowkeeping.cpp
    void watchKeeping();
    void breakGlass();
    void endGlass();
    void tellOfGlass(const view::ViewModel &before); ///< what whoever sits here held for a time, and holds no more
    void watchPlanner();    ///< what the sheet of who is on call asks for
    void showHappened();
    void greetJoiner(); ///< who opens the window while an incident is under way is told what happened
    void pinLink();         ///< an address everybody in the incident needs
    void watchHeartbeats(); ///< what the sheet of heartbeats asks for
    void keepEvidence();    ///< a file, chosen by the person, into the incident's record
    void saveEvidence();    ///< one of them, into a new file among the person's downloads
    void keepFile(const QString &path);
    void saveFile(qint64 number);
    void writeBriefing();   ///< ICS-201 as a PDF among the person's documents
    void writeActivityLog(); ///< ICS-214, the same way
    void writePdf(comms::Briefing briefing, Instant now);
    void watchProposals();  ///< what the sheet of proposed dependencies asks for
    void fetchProposals();
    void openUnlock(const QString &why);
    /// Opens a dialog whose submission is one command; a refusal is shown in it, `done` in the one-line instrument.
    template <typename Dialog>
    void ask(Dialog *dialog, std::function<QString()> method, const QString &done);
    void showWait();
    void markDialogs();                                        ///< while nothing is recorded, they say so
    [[nodiscard]] QString asked(const QString &prompt) const; ///< the same for what is picked

    view::ViewSource &m_source;
    style::Theme &m_theme;
    widgets::Ticker m_ticker;
    view::ViewModelPtr m_view;
    LayoutMemory m_memory;
    Settings m_settings;
    style::DesktopLook m_desktop;
    ActionBook m_book;
    TopStrip *m_strip;
    Banner *m_banner;
    QStackedWidget *m_pages;
    widgets::StateCard *m_wait;
    SeenSource *m_seen;        ///< of the panels of command
    CommandPerspective *m_command;
    wall::WallView *m_wall;
    directory::DirectoryView *m_directory;
    review::ReviewView *m_review;
    Instrument *m_instrument;
    Picker *m_picker;
    SearchBox *m_search;
    KeyHelp *m_help;
    PlannerSheet *m_planner;
    InsightsSheet *m_insights;
    KeepingSheet *m_keeping;
    HeartbeatSheet *m_heartbeats;
    ProposalSheet *m_proposals;
    MessageSheet *m_messages;
    RevealSheet *m_reveal;
    LookAs *m_lookAs;
    FeedsPopup *m_feeds;
    Away *m_away;
    Notifier *m_notifier;
    QMenu *m_menu;
    std::unique_ptr<KeyMap> m_keys;
    std::unique_ptr<view::HomeVerbs> m_homeVerbs;
    Perspective m_perspective = Perspective::Command;
    view::ViewModelPtr m_past; ///< the moment that is looked at; null: the present
    bool m_presenting = false, m_wasFullScreen = false;
    bool m_startedAsWall = false;
    QPointer<UnlockDialog> m_unlock;
    QAction *m_unlockAction = nullptr, *m_muteAction = nullptr;
    std::function<void(Secret)> m_usePassphrase;
    QString m_coreTrouble, m_coreLog;
    bool m_locked = false;
    bool m_greeted = false;
};

} // namespace qd::shell
