// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandperspective.h"

#include "ui/comms/updatecomposer.h"
#include "ui/escalation/commandstack.h"
#include "ui/map/mapview.h"
#include "ui/shell/layoutmemory.h"
#include "ui/timeline/timelineview.h"
#include "ui/triage/triagepanel.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/keyhints.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace qd::shell {

namespace {

const QString kName = QStringLiteral("command");

/// About the shares of ux.md's drawing; the left has what its last column, how often an alert was reported, takes.
constexpr int kLeft = 31, kMiddle = 43, kRight = 26;
constexpr int kMap = 52, kTimeline = 48;

/// Sizes in lines of the text that is shown: what is wide on a laptop is narrow at twice the type.
constexpr int kNarrowBelow = 66, kLowBelow = 36, kTriageLeast = 29;
constexpr int kStage = 60, kBeside = 40;

} // namespace

CommandPerspective::CommandPerspective(view::ViewSource &source, const style::Theme &theme, widgets::Ticker &ticker, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_triage(new triage::TriagePanel(source, theme, ticker, this))
    , m_map(new map::MapView(theme, source, this))
    , m_timeline(new timeline::TimelineView(theme, source, ticker, this))
    , m_stack(new escalation::CommandStack(theme, source, ticker, this))
    , m_update(new comms::UpdateComposer(theme, source, ticker, this))
    , m_tabs(new widgets::CountTabs(theme, this))
    , m_tabBar(new QWidget(this))
    , m_columns(new QSplitter(Qt::Horizontal, this))
    , m_centre(new QSplitter(Qt::Vertical, this))
{
    setAccessibleName(tr("Command"));
    m_centre->addWidget(m_map);
    m_centre->addWidget(m_timeline);
    auto *right = new QWidget(this);
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(0);
    rightColumn->addWidget(m_stack, 1);
    rightColumn->addWidget(m_update);
    m_columns->addWidget(m_triage);
    m_columns->addWidget(m_centre);
    m_columns->addWidget(right);
    for (QSplitter *split : {m_columns, m_centre}) {
        split->setChildrenCollapsible(false);
        split->setHandleWidth(1);
    }
    auto *tabRow = new QHBoxLayout(m_tabBar);
    tabRow->setContentsMargins(0, 0, 3 * theme.step(), 0);
    tabRow->addWidget(m_tabs);
    auto *hints = new widgets::KeyHints(theme, m_tabBar);
    hints->add(QStringLiteral("F6"), tr("next"));
    tabRow->addWidget(hints);
    tabRow->addStretch(1);
    m_tabBar->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabBar);
    column->addWidget(m_columns, 1);
    m_stages = {m_triage, m_map, m_timeline};
    for (const QString &word : {tr("Alerts"), tr("Map"), tr("Timeline")})
        m_tabs->setCount(m_tabs->addTab(word), -1);
    connect(m_tabs, &widgets::CountTabs::currentChanged, this, [this](int tab) {
        m_stage = tab;
        arrange();
    });
    m_regions = {{tr("Triage"), m_triage, m_triage, QStringLiteral("triage")}, {tr("Map"), m_map, m_map, QStringLiteral("map")},
                 {tr("Timeline"), m_timeline, m_timeline, QStringLiteral("timeline")}, {tr("Stack"), m_stack, m_stack, QStringLiteral("stack")},
                 {tr("Update"), m_update, m_update, QStringLiteral("update")}};
    connect(m_triage, &triage::TriagePanel::refused, this, &CommandPerspective::refused);
    connect(m_triage, &triage::TriagePanel::told, this, &CommandPerspective::told);
    connect(m_triage, &triage::TriagePanel::lineRequested, this, &CommandPerspective::lineRequested);
    // One choice, seen everywhere: an alert brings its service's neighbourhood into the map and is found from the others.
    connect(m_triage, &triage::TriagePanel::serviceChosen, m_map, &map::MapView::choose);
    connect(m_map, &map::MapView::serviceChosen, m_triage, &triage::TriagePanel::revealService);
    connect(m_timeline, &timeline::TimelineView::alertChosen, m_triage, &triage::TriagePanel::reveal);
    connect(&theme, &style::Theme::changed, this, &CommandPerspective::arrange);
    connect(m_timeline, &timeline::TimelineView::refused, this, &CommandPerspective::refused);
    connect(m_timeline, &timeline::TimelineView::lineRequested, this, &CommandPerspective::lineAboutRequested);
    connect(m_timeline, &timeline::TimelineView::revealRequested, this, &CommandPerspective::revealRequested);
    connect(m_timeline, &timeline::TimelineView::told, this, &CommandPerspective::told);
    connect(m_stack, &escalation::CommandStack::refused, this, &CommandPerspective::refused);
    connect(m_stack, &escalation::CommandStack::lineRequested, this, &CommandPerspective::lineRequested);
    connect(m_stack, &escalation::CommandStack::doneRequested, this, &CommandPerspective::doneRequested);
    connect(m_stack, &escalation::CommandStack::actionRequested, this, &CommandPerspective::actionRequested);
    connect(m_stack, &escalation::CommandStack::composeRequested, m_update, &comms::UpdateComposer::begin);
    reset();
}

void CommandPerspective::show(const view::ViewModel &view)
{
    m_hasMap = !view.edges.empty();
    arrange();
}

bool CommandPerspective::offers(const Region &region) const
{
    return region.focus != nullptr && (region.root != m_map || m_hasMap);
}

void CommandPerspective::bring(const QWidget *part)
{
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        if (part != nullptr && (m_stages[i] == part || m_stages[i]->isAncestorOf(part)))
            m_tabs->setCurrent(static_cast<int>(i));
    }
}

void CommandPerspective::go(const Region &region)
{
    bring(region.root);
    region.focus->setFocus(Qt::ShortcutFocusReason);
}

void CommandPerspective::arrange()
{
    const int line = QFontMetrics(m_theme.font(style::Type::Body)).height();
    const bool narrow = width() < kNarrowBelow * line, turned = narrow != m_narrow;
    m_triage->setMinimumWidth(narrow ? 0 : kTriageLeast * line); // its titles are read whole
    m_update->setBrief(height() < kLowBelow * line);
    m_tabs->setOffered(1, m_hasMap);
    if (turned && narrow) {
        m_wide = m_columns->saveState();
        bring(window()->focusWidget()); // who works in the map goes on there
    }
    m_narrow = narrow;
    if (!m_hasMap && m_stage == 1)
        m_tabs->setCurrent(0);
    const auto shown = [&](int stage) { return (!narrow || m_stage == stage) && (stage != 1 || m_hasMap); };
    m_tabBar->setVisible(narrow);
    for (int stage = 0; stage < 3; ++stage)
        m_stages[static_cast<std::size_t>(stage)]->setVisible(shown(stage));
    m_centre->setVisible(shown(1) || shown(2));
    if (turned && narrow)
        m_columns->setSizes({kStage * 100, kStage * 100, kBeside * 100});
    else if (turned && !m_columns->restoreState(m_wide))
        reset();
}

void CommandPerspective::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void CommandPerspective::reset()
{
    // QSplitter takes shares as pixels of any size and scales them.
    m_columns->setSizes({kLeft * 100, kMiddle * 100, kRight * 100});
    for (int i = 0; i < 3; ++i)
        m_columns->setStretchFactor(i, i == 0 ? kLeft : i == 1 ? kMiddle : kRight);
    m_centre->setSizes({kMap * 100, kTimeline * 100});
    m_centre->setStretchFactor(0, kMap);
    m_centre->setStretchFactor(1, kTimeline);
}

void CommandPerspective::goToService(const QString &id)
{
    m_map->choose(id);
    m_triage->revealService(id);
    for (const Region &region : m_regions)
        if (region.root == m_map && offers(region))
            go(region);
}

void CommandPerspective::restore(const LayoutMemory &memory)
{
    reset();
    m_narrow = false;
    for (const auto &[part, split] : {std::pair{QStringLiteral("columns"), m_columns}, std::pair{QStringLiteral("centre"), m_centre}}) {
        const QByteArray state = memory.layout(kName, part);
        if (!state.isEmpty() && !split->restoreState(state))
            reset();
    }
    arrange();
    m_timeline->showSystem(memory.systemEvents());
}

void CommandPerspective::remember(LayoutMemory &memory) const
{
    memory.setSystemEvents(m_timeline->showsSystem());
    memory.setLayout(kName, QStringLiteral("columns"), m_narrow ? m_wide : m_columns->saveState());
    memory.setLayout(kName, QStringLiteral("centre"), m_centre->saveState());
}

} // namespace qd::shell
