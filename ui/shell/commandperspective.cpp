// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandperspective.h"

#include "ui/comms/updatecomposer.h"
#include "ui/escalation/commandstack.h"
#include "ui/map/mapview.h"
#include "ui/shell/layoutmemory.h"
#include "ui/timeline/timelineview.h"
#include "ui/triage/triagepanel.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace qd::shell {

namespace {

const QString kName = QStringLiteral("command");

/// The shares of ux.md's drawing.
constexpr int kLeft = 28, kMiddle = 46, kRight = 26;
constexpr int kMap = 52, kTimeline = 48;

} // namespace

CommandPerspective::CommandPerspective(view::ViewSource &source, const style::Theme &theme, widgets::Ticker &ticker, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_triage(new triage::TriagePanel(source, theme, ticker, this))
    , m_map(new map::MapView(theme, source, this))
    , m_timeline(new timeline::TimelineView(theme, source, ticker, this))
    , m_stack(new escalation::CommandStack(theme, source, ticker, this))
    , m_update(new comms::UpdateComposer(theme, source, ticker, this))
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
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_columns);
    m_regions = {{tr("Triage"), m_triage, m_triage}, {tr("Map"), m_map, m_map}, {tr("Timeline"), m_timeline, m_timeline},
                 {tr("Stack"), m_stack, m_stack}, {tr("Update"), m_update, m_update}};
    connect(m_triage, &triage::TriagePanel::refused, this, &CommandPerspective::refused);
    connect(m_triage, &triage::TriagePanel::told, this, &CommandPerspective::told);
    connect(m_triage, &triage::TriagePanel::lineRequested, this, &CommandPerspective::lineRequested);
    // One choice, seen everywhere: an alert brings its service's neighbourhood into the map and is found from the others.
    connect(m_triage, &triage::TriagePanel::serviceChosen, m_map, &map::MapView::choose);
    connect(m_map, &map::MapView::serviceChosen, m_triage, &triage::TriagePanel::revealService);
    connect(m_timeline, &timeline::TimelineView::alertChosen, m_triage, &triage::TriagePanel::reveal);
    connect(m_stack, &escalation::CommandStack::refused, this, &CommandPerspective::refused);
    connect(m_stack, &escalation::CommandStack::lineRequested, this, &CommandPerspective::lineRequested);
    connect(m_stack, &escalation::CommandStack::composeRequested, m_update, &comms::UpdateComposer::begin);
    reset();
}

void CommandPerspective::show(const view::ViewModel &view)
{
    m_map->setVisible(!view.edges.empty());
}

void CommandPerspective::reset()
{
    // QSplitter takes shares as pixels of any size and scales them.
    const int left = m_theme.isCompact() ? kLeft + 2 : kLeft;
    m_columns->setSizes({left * 100, kMiddle * 100, kRight * 100});
    for (int i = 0; i < 3; ++i)
        m_columns->setStretchFactor(i, i == 0 ? kLeft : i == 1 ? kMiddle : kRight);
    m_centre->setSizes({kMap * 100, kTimeline * 100});
    m_centre->setStretchFactor(0, kMap);
    m_centre->setStretchFactor(1, kTimeline);
}

void CommandPerspective::restore(const LayoutMemory &memory)
{
    reset();
    for (const auto &[part, split] : {std::pair{QStringLiteral("columns"), m_columns}, std::pair{QStringLiteral("centre"), m_centre}}) {
        const QByteArray state = memory.layout(kName, part);
        if (!state.isEmpty() && !split->restoreState(state))
            reset();
    }
}

void CommandPerspective::remember(LayoutMemory &memory) const
{
    memory.setLayout(kName, QStringLiteral("columns"), m_columns->saveState());
    memory.setLayout(kName, QStringLiteral("centre"), m_centre->saveState());
}

} // namespace qd::shell
