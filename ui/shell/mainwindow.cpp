// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "ui/directory/directoryview.h"
#include "ui/review/reviewview.h"
#include "ui/shell/away.h"
#include "ui/shell/banner.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/feeds.h"
#include "ui/shell/heartbeatsheet.h"
#include "ui/shell/proposalsheet.h"
#include "ui/shell/instrument.h"
#include "ui/shell/keyhelp.h"
#include "ui/shell/lookas.h"
#include "ui/shell/keymap.h"
#include "ui/shell/messagesheet.h"
#include "ui/shell/notifier.h"
#include "ui/shell/picker.h"
#include "ui/shell/insightssheet.h"
#include "ui/shell/keepingsheet.h"
#include "ui/shell/plannersheet.h"
#include "ui/shell/revealsheet.h"
#include "ui/shell/searchbox.h"
#include "ui/shell/seensource.h"
#include "ui/shell/topstrip.h"
#include "ui/triage/triagepanel.h"
#include "ui/wall/wallview.h"
#include "ui/widgets/parts.h"

#include <QCloseEvent>
#include <QIcon>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

// A resource of a static library is linked in only when it is asked for; the macro wants the global namespace.
static void bringInIcons()
{
    Q_INIT_RESOURCE(quarterdeck_icons);
}

namespace qd::shell {

namespace {

/// Below this width, in lines of the desktop's text, the type is set one size smaller, so that a laptop shows the same facts.
constexpr int kCompactBelow = 97;
/// No text is so large that the window cannot be made to fit a small laptop's screen.
constexpr QSize kLeast{600, 360};
const QString kWindow = QStringLiteral("window");
const QString kGeometry = QStringLiteral("geometry");

/// The window moved, and made smaller where it must be, so that all of it is in the room.
QRect within(QRect window, const QRect &room)
{
    window.setSize(window.size().boundedTo(room.size()));
    window.moveTo(std::clamp(window.left(), room.left(), room.left() + room.width() - window.width()),
                  std::clamp(window.top(), room.top(), room.top() + room.height() - window.height()));
    return window;
}

} // namespace

MainWindow::MainWindow(view::ViewSource &source, style::Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_source(source)
    , m_theme(theme)
    , m_view(follow())
    , m_book(*this)
    , m_strip(new TopStrip(theme, this))
    , m_banner(new Banner(theme, this))
    , m_pages(new QStackedWidget(this))
    , m_wait(new widgets::StateCard(theme, this))
    , m_seen(new SeenSource(source, this))
    , m_command(new CommandPerspective(*m_seen, theme, m_ticker, this))
    , m_wall(new wall::WallView(theme, this))
    , m_directory(new directory::DirectoryView(theme, this))
    , m_review(new review::ReviewView(source, theme, this))
    , m_instrument(new Instrument(source, theme, this))
    , m_picker(new Picker(theme, this))
    , m_search(new SearchBox(source, theme, m_ticker, this))
    , m_help(new KeyHelp(theme, this))
    , m_planner(new PlannerSheet(source, theme, this))
    , m_insights(new InsightsSheet(source, theme, this))
    , m_keeping(new KeepingSheet(source, theme, this))
    , m_heartbeats(new HeartbeatSheet(theme, this))
    , m_proposals(new ProposalSheet(theme, this))
    , m_messages(new MessageSheet(source, theme, this))
    , m_reveal(new RevealSheet(source, theme, this))
    , m_lookAs(new LookAs(source, *m_picker, this))
    , m_feeds(new FeedsPopup(theme, m_strip->feeds(), this))
    , m_away(new Away(m_ticker, this))
    , m_notifier(new Notifier(this))
    , m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("quarterdeck"));
    bringInIcons();
    setWindowIcon(QIcon(QStringLiteral(":/icons/quarterdeck.svg")));
    build();
    makeActions();
    for (const CommandPerspective::Region &region : m_command->regions())
        m_book.adopt(region.name, *region.root, region.id);
    // Sealed words stand in other panels too, also while the timeline has no room.
    if (auto *words = m_command->findChild<QAction *>(QStringLiteral("timeline.reveal")))
        addAction(words);
    // What was done last is taken back from wherever the keyboard is; a field that is typed in takes back its own letters.
    if (auto *undo = m_command->triage().findChild<QAction *>(QStringLiteral("triage.undo"))) {
        undo->setShortcutContext(Qt::WindowShortcut);
        addAction(undo);
    }
    m_book.adopt(tr("On call"), *m_planner, QStringLiteral("oncall"));
    m_book.adopt(tr("Heartbeats"), *m_heartbeats, QStringLiteral("heartbeats"));
    m_book.adopt(tr("Proposed dependencies"), *m_proposals, QStringLiteral("proposals"));
    m_book.adopt(tr("Keeping and rights"), *m_keeping, QStringLiteral("keeping"));
    m_book.adopt(tr("Messages for outside"), *m_messages, QStringLiteral("messages"));
    m_book.adopt(tr("Directory"), *m_directory, QStringLiteral("directory"));
    m_book.adopt(tr("Review"), *m_review, QStringLiteral("review"));
    m_keys = std::make_unique<KeyMap>(m_book, m_settings, *this);
    watchDirectory();
    watchReview();
    watchPlanner();
    watchHeartbeats();
    watchProposals();
    watchKeeping();
    connect(m_menu, &QMenu::aboutToShow, this, [this] { m_book.fill(*m_menu); });
    m_book.fill(*m_menu);

    connect(m_strip, &TopStrip::switchRequested, this, &MainWindow::goTo);
    connect(m_search, &SearchBox::chosen, this, [this](const QString &incident, const QString &alert) {
        if (!incident.isEmpty())
            m_source.focus(incident);
        if (m_perspective != Perspective::Command)
            showPerspective(Perspective::Command);
        if (!alert.isEmpty()) {
            m_source.select(alert);
            m_command->goToAlerts();
            m_command->triage().reveal(alert);
        }
    });
    connect(m_strip, &TopStrip::feedsRequested, this, &MainWindow::showFeeds);
    connect(m_command, &CommandPerspective::refused, m_instrument, [this](const QString &sentence) { m_instrument->tell(sentence, true); });
    connect(m_command, &CommandPerspective::told, m_instrument, [this](const QString &sentence) { m_instrument->tell(sentence, false); });
    connect(m_command, &CommandPerspective::revealRequested, m_reveal, &RevealSheet::open);
    connect(m_lookAs, &LookAs::refused, m_instrument, [this](const QString &sentence) { m_instrument->tell(sentence, true); });
    connect(m_lookAs, &LookAs::told, m_instrument, [this](const QString &sentence) { m_instrument->tell(sentence, false); });
    connect(m_command, &CommandPerspective::lineRequested, m_instrument, &Instrument::begin);
    connect(m_command, &CommandPerspective::lineAboutRequested, m_instrument, &Instrument::beginAbout);
    connect(m_command, &CommandPerspective::doneRequested, m_instrument, &Instrument::beginDone);
    connect(m_command, &CommandPerspective::actionRequested, this, [this](const QString &name) {
        for (const ActionBook::Entry &entry : m_book.entries())
            if (entry.action->objectName() == QStringLiteral("shell.") + name)
                return entry.action->trigger();
    });
    connect(m_away, &Away::used, this, [this] { m_source.command(QStringLiteral("person.present"), {}, [](bool, const QString &, const QJsonObject &) {}); });
    connect(m_away, &Away::returned, this, [this](Instant since) {
        if (const QString sentence = Away::sentence(*m_view, since, m_ticker.now()); !sentence.isEmpty())
            m_instrument->tell(sentence, false);
    });
    connect(m_notifier, &Notifier::chosen, this, [this](const QString &incident) {
        if (!incident.isEmpty())
            m_source.focus(incident);
        setWindowState(windowState() & ~Qt::WindowMinimized);
        raise();
        activateWindow();
    });
    connect(m_instrument, &Instrument::wanted, this, [this] { // a wall has no field, and nowhere to say why not
        if (m_perspective == Perspective::Wall)
            showPerspective(Perspective::Command);
    });
    connect(m_instrument, &Instrument::left, this, [this] { perspectivePage() == m_command ? m_command->goToAlerts() : perspectivePage()->setFocus(Qt::OtherFocusReason); });
    connect(&source, &view::ViewSource::changed, this, &MainWindow::onView);
    connect(&m_ticker, &widgets::Ticker::ticked, this, &MainWindow::onTick);

    m_theme.setReduceMotion(m_memory.reduceMotion());
    if (!m_memory.look().isEmpty())
        m_theme.choose(style::Theme::choiceFrom(m_memory.look()));
    connect(&m_desktop, &style::DesktopLook::darkWished, &m_theme, &style::Theme::setSystemDark);
    m_desktop.ask();
    mute(m_memory.mutedUntil());
    m_command->restore(m_memory);
    if (!restoreGeometry(m_memory.layout(kWindow, kGeometry)))
        resize(firstSize(screen()->availableSize()));
    else if (const QRect room = screen()->availableGeometry(); !isMaximized() && !isFullScreen() && !room.contains(geometry()))
        setGeometry(within(geometry(), room.adjusted(4, 40, -4, -8))); // Qt finds it a screen, but leaves it larger than that; its frame needs room too
    m_wall->setViewing({m_settings.wallDistance(), m_settings.wallDiagonal()});
    onView(m_view);
    m_command->goToAlerts();
    tellOfSettings();
}

MainWindow::~MainWindow() = default;

QSize MainWindow::firstSize(QSize available)
{
    constexpr QSize kWished(1680, 980), kFrame(8, 48);
    return kWished.boundedTo(available - kFrame);
}

view::ViewModelPtr MainWindow::follow()
{
    // Before any panel is made: whoever reads the ticker in its own onView reads the new moment.
    connect(&m_source, &view::ViewSource::changed, this, [this](const view::ViewModelPtr &view) { m_ticker.follow(view->made); });
    const view::ViewModelPtr view = m_source.current();
    m_ticker.follow(view->made);
    return view;
}

void MainWindow::build()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(m_banner);
    column->addWidget(m_pages, 1);
    column->addWidget(m_instrument);
    m_pages->addWidget(m_command);
    m_pages->addWidget(m_wait);
    m_pages->addWidget(m_wall);
    m_pages->addWidget(m_directory);
    m_pages->addWidget(m_review);
    setCentralWidget(page);
    setMinimumSize(kLeast);
    m_strip->menuButton().setMenu(m_menu);
    m_menu->setAccessibleName(tr("Menu"));
    m_picker->raise();
}

void MainWindow::onView(const view::ViewModelPtr &view)
{
    const view::ViewModelPtr before = m_view; // `view` may be m_view itself
    m_view = view;
    showSeen();
    tellOfGlass(*before);
    m_review->show(view, m_ticker.live());
    m_wall->show(view, m_ticker.now());
    m_directory->show(view, m_ticker.now());
    m_heartbeats->show(view->heartbeats, m_ticker.now());
    m_instrument->show(view);
    if (!m_startedAsWall || m_perspective != Perspective::Wall) // before a wall of its own stands nobody in particular
        m_notifier->show(*view);
    markDialogs();
    greetJoiner();
    const bool starting = view->strip.link == view::CoreLink::Starting;
    const bool nothingYet = starting || (view->strip.link == view::CoreLink::Loading && view->seq == 0);
    if (nothingYet)
        showWait();
    const bool arrived = !nothingYet && m_pages->currentWidget() == m_wait;
    if (nothingYet || arrived)
        m_pages->setCurrentWidget(nothingYet ? static_cast<QWidget *>(m_wait) : perspectivePage());
    if (arrived)
        enterPerspective();
    showFrame(nothingYet);

    showTitle(nothingYet);
    onTick(m_ticker.now());
}

void MainWindow::showTitle(bool nothingYet)
{
    const view::ViewModel &view = *m_view;
    QString title = QStringLiteral("Quarterdeck");
    for (const view::IncidentRow &incident : view.incidents) {
        if (incident.id == view.focus)
            title = incident.id + QStringLiteral(" · ") + incident.title + QStringLiteral(" — Quarterdeck");
    }
    if (m_perspective == Perspective::Wall)
        title = tr("Wall — Quarterdeck");
    if (m_past)
        title = tr("PAST · %1").arg(title);
    // The window list says it too when the window cannot be taken for granted.
    const bool starting = view.strip.link == view::CoreLink::Starting;
    if (starting && m_locked)
        title = tr("Locked — Quarterdeck");
    else if (starting && !m_coreTrouble.isEmpty())
        title = tr("The core does not start — Quarterdeck");
    else if (view.strip.link == view::CoreLink::Lost)
        title = tr("CORE LOST · %1").arg(title);
    else if (!nothingYet && !view.strip.recorded)
        title = tr("UNRECORDED · %1").arg(title);
    setWindowTitle(view.strip.practice ? tr("PRACTICE · %1").arg(title) : title);
}

void MainWindow::markDialogs()
{
    for (auto *dialog : findChildren<widgets::FormDialog *>())
        dialog->setUnrecorded(!m_view->strip.recorded);
}

QString MainWindow::asked(const QString &prompt) const
{
    return m_view->strip.recorded ? prompt : tr("%1 — UNRECORDED").arg(prompt);
}

void MainWindow::onTick(Instant now)
{
    m_strip->setNow(now);
    m_muteAction->setChecked(m_notifier->isMuted(m_ticker.live()));
    if (m_feeds->isVisible())
        m_feeds->show(m_view->strip.feeds, now);
    m_heartbeats->setNow(now);
    m_instrument->setNow(now);
    if (m_perspective == Perspective::Wall)
        m_wall->setNow(now);
    else if (m_perspective == Perspective::Directory)
        m_directory->setNow(now);
    else if (m_perspective == Perspective::Review)
        m_review->setNow(m_ticker.live());
}

void MainWindow::tellOfSettings()
{
    if (const QStringList told = m_keys->apply(); !told.isEmpty())
        m_instrument->tell(told.join(QLatin1Char(' ')), true);
}

void MainWindow::openPalette()
{
    m_picker->open(tr("Find an action"), m_book.picks());
}

void MainWindow::goTo()
{
    std::vector<Pick> picks;
    for (const view::IncidentRow &incident : m_view->incidents) {
        picks.push_back({incident.id + QStringLiteral(" · ") + incident.title,
                         QStringLiteral("SEV%1 · %2").arg(static_cast<int>(incident.severity)).arg(incident.commander) + (incident.parent.isEmpty() ? QString() : QStringLiteral(" · ") + tr("part of %1").arg(incident.parent)), {}, true,
                         [this, id = incident.id] { m_source.focus(id); }});
    }
    if (picks.empty())
        picks.push_back({tr("No incident is known"), tr("Ctrl+Shift+D declares one"), {}, false, {}});
    for (const view::MapNode &node : m_view->nodes)
        picks.push_back({node.name, tr("service") + (node.team.isEmpty() ? QString() : QStringLiteral(" · ") + node.team), {}, true, [this, id = node.id] {
                             showPerspective(Perspective::Command);
                             m_command->goToService(id);
                         }});
    for (const view::Labelled &person : m_view->names) { // `value` is what they are called
        const bool leads = std::any_of(m_view->stack.roles.begin(), m_view->stack.roles.end(), [&](const view::RoleRow &role) { return role.person == person.value; });
        picks.push_back({person.value, leads ? tr("person · has a role in %1").arg(m_view->focus) : tr("person"), {}, true, [this] { m_planner->open(); }});
    }
    m_picker->open(tr("Go to an incident, a service or a person"), std::move(picks));
}

void MainWindow::find()
{
    m_search->open();
}

void MainWindow::moveRegion(int step)
{
    struct Stop {
        const QWidget *root;
        std::function<void()> go;
    };
    std::vector<Stop> stops;
    if (m_perspective == Perspective::Wall)
        return;
    if (m_perspective == Perspective::Review)
        for (const auto regions = m_review->regions(); stops.size() < regions.size();)
            stops.push_back({regions[stops.size()].first, [this, region = stops.size()] { m_review->goRegion(region); }});
    else if (m_perspective == Perspective::Directory)
        stops.push_back({m_directory, [this] { m_directory->setFocus(Qt::ShortcutFocusReason); }});
    else
        for (const CommandPerspective::Region &region : m_command->regions())
            if (m_command->offers(region))
                stops.push_back({region.root, [this, &region] { m_command->go(region); }});
    for (const auto &[root, focus] : {std::pair<QWidget *, QWidget *>{m_instrument, &m_instrument->field()}, {m_strip, &m_strip->feeds()}})
        stops.push_back({root, [focus = focus] { focus->setFocus(Qt::ShortcutFocusReason); }});
    const QWidget *now = focusWidget();
    const auto at = std::find_if(stops.begin(), stops.end(), [now](const Stop &stop) { return now != nullptr && (stop.root == now || stop.root->isAncestorOf(now)); });
    const auto count = static_cast<std::ptrdiff_t>(stops.size());
    const auto next = at == stops.end() ? 0 : (at - stops.begin() + step + count) % count;
    stops[static_cast<std::size_t>(next)].go();
}

void MainWindow::showFeeds()
{
    if (m_feeds->isVisible())
        m_feeds->leave();
    else
        m_feeds->open(m_view->strip.feeds, m_ticker.now());
}

void MainWindow::resetLayout()
{
    m_memory.forgetLayouts();
    m_command->reset();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_perspective != Perspective::Wall) // a wall is as large as its screen, and no other window is to be
        m_memory.setLayout(kWindow, kGeometry, saveGeometry());
    m_command->remember(m_memory);
    m_review->rest();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_theme.setCompact(width() < kCompactBelow * m_theme.lineHeight());
}

} // namespace qd::shell
