// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alertview.h"

#include "ui/triage/alertdelegate.h"
#include "ui/triage/alerttable.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/timetext.h"

#include <QAccessible>
#include <QFontMetrics>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <algorithm>

namespace qd::triage {

using style::Type;

namespace {

/// 1 Hz, far below WCAG's three flashes a second.
constexpr int kHalfFlashMs = 500;

} // namespace

AlertView::AlertView(const style::Theme &theme, AlertTable &table, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_table(table)
    , m_delegate(new AlertDelegate(theme, table, this))
{
    setModel(&table);
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setCornerButtonEnabled(false);
    setAccessibleName(tr("Alerts"));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setMinimumSectionSize(10);
    connect(&theme, &style::Theme::changed, this, &AlertView::restyle);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value > 0 && (m_person || verticalScrollBar()->isSliderDown()))
            Q_EMIT tookHold();
    });
    // Qt 6.4 keeps cells of rows that went and hands them to assistive technology as live ones; a reset drops them all.
    const auto forgetCells = [this] {
        if (!QAccessible::isActive())
            return;
        QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::ModelReset);
        QAccessible::updateAccessibility(&event);
    };
    connect(&table, &QAbstractItemModel::rowsInserted, this, forgetCells);
    connect(&table, &QAbstractItemModel::rowsRemoved, this, forgetCells);
    connect(&table, &QAbstractItemModel::modelReset, this, forgetCells);
    restyle();
    m_flash = startTimer(kHalfFlashMs);
}

void AlertView::restyle()
{
    verticalHeader()->setMinimumSectionSize(m_theme.rowHeight());
    verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    QFont font = m_theme.font(Type::Heading);
    font.setLetterSpacing(QFont::PercentageSpacing, 100);
    horizontalHeader()->setFont(font);
    QPalette p = m_theme.qtPalette();
    p.setColor(QPalette::Button, m_theme.color(style::Tone::Base));
    p.setColor(QPalette::ButtonText, m_theme.color(style::Tone::Secondary));
    horizontalHeader()->setPalette(p);
    // Fusion's header is a raised button; ours is a quiet line. All values come from the palette.
    const auto css = QStringLiteral("QHeaderView { background: %1; border: none; border-bottom: 1px solid %2; }"
                                    "QHeaderView::section { background: %1; color: %3; border: none; padding: 0 %4px; }")
                         .arg(m_theme.color(style::Tone::Base).name(), m_theme.color(style::Tone::Line).name(),
                              m_theme.color(style::Tone::Secondary).name(), QString::number(m_theme.step()));
    horizontalHeader()->setStyleSheet(css);
    horizontalHeader()->setFixedHeight(m_theme.rowHeight() - m_theme.step());
    fitColumns();
}

void AlertView::fitColumns()
{
    const QFontMetrics metrics(m_theme.font(Type::Body));
    const int pad = 2 * m_theme.step() + 2;
    const auto wide = [&](const char *sample) { return metrics.horizontalAdvance(QString::fromLatin1(sample)) + pad; };
    // What is read second is set smaller where room is short; the title never is.
    const QFontMetrics second(m_theme.font(m_theme.isCompact() ? Type::Small : Type::Body));
    int service = second.horizontalAdvance(m_theme.isCompact() ? QStringLiteral("storefront") : QStringLiteral("order-queue")) + pad;
    const int owner = second.horizontalAdvance(QStringLiteral("M. Ortega")) + pad;
    const int badge = widgets::badgeSize(m_theme).width() + 3 * m_theme.step();
    const int age = metrics.horizontalAdvance(widgets::shortAge(minutes(59))) + pad, reports = wide("99");
    const int width = viewport()->width();
    // The title keeps at least half of a line; first the count gives way, then the owner, then the service shrinks.
    const int least = metrics.averageCharWidth() * 19;
    const bool isShelf = m_table.list() == AlertTable::List::Shelf; // there a reason stands in the service's place, and is read
    if (isShelf)
        service = std::max(service, (width - badge - age - owner) * 2 / 5);
    const bool showReports = !isShelf && width - badge - service - age - reports - owner >= least * 4 / 3;
    const bool showOwner = isShelf || showReports || width - badge - service - age - owner >= least;
    if (!showOwner)
        service = std::min(service, width / 4);
    const int title = width - badge - service - age - (showReports ? reports : 0) - (showOwner ? owner : 0);
    setColumnHidden(AlertTable::Reports, !showReports);
    setColumnHidden(AlertTable::Owner, !showOwner);
    setColumnWidth(AlertTable::Severity, badge);
    setColumnWidth(AlertTable::Alert, std::max(title, least / 2));
    setColumnWidth(AlertTable::Service, service);
    setColumnWidth(AlertTable::Age, age);
    setColumnWidth(AlertTable::Reports, reports);
    setColumnWidth(AlertTable::Owner, owner);
}

void AlertView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void AlertView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    const int bottom = viewport()->height(), row = rowAt(bottom - 1);
    if (row <= 0 || rowViewportPosition(row) + rowHeight(row) <= bottom)
        return;
    QPainter painter(viewport());
    painter.fillRect(0, rowViewportPosition(row), viewport()->width(), bottom - rowViewportPosition(row), m_theme.color(style::Tone::Base));
}

QList<int> AlertView::selectedRowNumbers() const
{
    QList<int> rows;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows << row;
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

void AlertView::letGo()
{
    m_marking = false;
    clearSelection();
}

void AlertView::ensureCurrent()
{
    if (!currentIndex().isValid() && m_table.rowCount() > 0)
        selectionModel()->setCurrentIndex(m_table.index(0, AlertTable::Alert), QItemSelectionModel::NoUpdate);
    // Rows above may have come or gone: the current alert is the same, its row is not.
    m_delegate->setCurrentRow(currentIndex().row(), hasFocus());
}

void AlertView::keepCurrent(int row)
{
    if (currentIndex().row() != row)
        selectionModel()->setCurrentIndex(m_table.index(row, AlertTable::Alert), QItemSelectionModel::NoUpdate);
}

void AlertView::goTo(int row)
{
    const QScopedValueRollback<bool> person(m_person, true);
    m_marking = false;
    selectionModel()->setCurrentIndex(m_table.index(row, AlertTable::Alert), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    Q_EMIT tookHold();
}

void AlertView::move(int rows)
{
    const QScopedValueRollback<bool> person(m_person, true);
    if (m_table.rowCount() > 0)
        step(rows, false);
}

void AlertView::step(int rows, bool extend)
{
    const int target = std::clamp(currentIndex().row() + rows, 0, m_table.rowCount() - 1);
    const QModelIndex index = m_table.index(target, AlertTable::Alert);
    if (!index.isValid())
        return;
    using Flag = QItemSelectionModel::SelectionFlag;
    QItemSelectionModel::SelectionFlags how = Flag::ClearAndSelect | Flag::Rows;
    if (m_marking)
        how = Flag::NoUpdate;
    else if (extend)
        how = Flag::Select | Flag::Rows;
    selectionModel()->setCurrentIndex(index, how);
    Q_EMIT tookHold();
}

void AlertView::keyPressEvent(QKeyEvent *event)
{
    const QScopedValueRollback<bool> person(m_person, true);
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (plain && m_table.rowCount() > 0) {
        switch (event->key()) {
        case Qt::Key_Down: step(1, false); return;
        case Qt::Key_Up: step(-1, false); return;
        case Qt::Key_Space:
            m_marking = true;
            selectionModel()->select(currentIndex(), QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
            m_marking = selectionModel()->hasSelection();
            Q_EMIT tookHold();
            return;
        case Qt::Key_End: Q_EMIT endRequested(); return;
        case Qt::Key_Escape:
            letGo();
            Q_EMIT letGoRequested();
            return;
        default: break;
        }
    }
    QTableView::keyPressEvent(event);
    if (selectionModel()->hasSelection())
        Q_EMIT tookHold();
}

void AlertView::mousePressEvent(QMouseEvent *event)
{
    const QScopedValueRollback<bool> person(m_person, true);
    m_marking = false;
    QTableView::mousePressEvent(event);
    if (selectionModel()->hasSelection())
        Q_EMIT tookHold();
}

void AlertView::wheelEvent(QWheelEvent *event)
{
    const QScopedValueRollback<bool> person(m_person, true);
    QTableView::wheelEvent(event);
}

void AlertView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid())
        Q_EMIT activated(index);
}

QItemSelectionModel::SelectionFlags AlertView::selectionCommand(const QModelIndex &index, const QEvent *event) const
{
    if (m_marking && event != nullptr && event->type() == QEvent::KeyPress)
        return QItemSelectionModel::NoUpdate;
    return QTableView::selectionCommand(index, event);
}

void AlertView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    // Only a person moves the view: data that changes the current index must not scroll.
    if (m_person)
        QTableView::currentChanged(current, previous);
    m_delegate->setCurrentRow(current.row(), hasFocus());
    viewport()->update();
    if (m_person && current.isValid())
        Q_EMIT currentRowChanged(current.row());
}

void AlertView::focusInEvent(QFocusEvent *event)
{
    ensureCurrent();
    QTableView::focusInEvent(event);
    m_delegate->setCurrentRow(currentIndex().row(), true);
    viewport()->update();
}

void AlertView::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    m_delegate->setCurrentRow(currentIndex().row(), false);
    viewport()->update();
}

bool AlertView::anyUnseenCritical() const
{
    const int first = std::max(0, rowAt(0));
    const int last = rowAt(viewport()->height() - 1);
    for (int row = first; row <= (last < 0 ? m_table.rowCount() - 1 : last); ++row) {
        const view::AlertRow &alert = m_table.row(row);
        if (alert.severity == AlertSeverity::Critical && alert.workflow == Workflow::New && !m_table.hasEnded(row))
            return true;
    }
    return false;
}

void AlertView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_flash) {
        QTableView::timerEvent(event);
        return;
    }
    const bool flash = !m_theme.reduceMotion() && isVisible() && m_table.list() == AlertTable::List::Active && anyUnseenCritical();
    const bool lit = flash ? !m_lit : true;
    if (lit == m_lit)
        return;
    m_lit = lit;
    m_delegate->setLit(lit);
    viewport()->update(QRect(0, 0, columnWidth(AlertTable::Severity), viewport()->height()));
}

} // namespace qd::triage
