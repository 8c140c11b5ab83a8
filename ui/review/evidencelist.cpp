// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/evidencelist.h"

#include "ui/review/evidencemodel.h"
#include "ui/review/fittabs.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace qd::review {

using style::Tone;
using style::Type;

namespace {

constexpr int kTwoLinesBelow = 24;   ///< lines of text, as wide as they are high
constexpr int kFilterSteps = 22;     ///< the least a filter is typed in

constexpr EvidenceModel::Part kParts[] = {EvidenceModel::Part::All, EvidenceModel::Part::People, EvidenceModel::Part::Messages};

} // namespace

EvidenceList::EvidenceList(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new EvidenceModel(theme, this))
    , m_tabs(new widgets::CountTabs(theme, this))
    , m_filter(new QLineEdit(this))
    , m_table(new widgets::TwinTable(theme, m_model, tr("Evidence"), this))
    , m_footer(new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this))
{
    setAccessibleName(tr("Evidence"));
    const int step = theme.step();
    m_words = {tr("Evidence"), tr("People"), tr("Messages")};
    for (const QString &word : m_words)
        m_tabs->setCount(m_tabs->addTab(word), -1);
    m_tabs->setMinimumWidth(step);
    m_filter->setPlaceholderText(tr("/ filter"));
    m_filter->setAccessibleName(tr("Filter the evidence"));
    m_filter->setMaxLength(200);
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, 2 * step, 0);
    bar->addWidget(m_tabs);
    bar->addWidget(m_filter, 1);
    auto *markers = new QHBoxLayout;
    markers->setContentsMargins(2 * step, step, 2 * step, step);
    markers->setSpacing(2 * step);
    const QString names[] = {tr("Detection"), tr("Diagnosis"), tr("Repair"), tr("Key moment")};
    for (int i = 0; i < static_cast<int>(std::size(kMarkers)); ++i) {
        auto *button = new QPushButton(QStringLiteral("%1 %2").arg(i + 1).arg(names[i]), this);
        button->setAccessibleName(tr("Mark the chosen line: %1").arg(names[i]));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, i] { mark(i + 1); });
        m_markers.push_back(button);
        markers->addWidget(button);
        m_markerNames << names[i];
        button->setMinimumWidth(6 * step);
    }
    markers->addStretch(1);
    m_footer->setContentsMargins(2 * step, step, 2 * step, step);
    m_footer->setElided(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addLayout(markers);
    column->addWidget(m_table, 1);
    column->addWidget(m_footer);
    setFocusProxy(m_table);
    m_table->horizontalHeader()->hide();
    m_table->setColumns({EvidenceModel::What}, {{EvidenceModel::When, QStringLiteral("00:00:00")}, {EvidenceModel::Who, tr("commander")}, {EvidenceModel::Marks, QStringLiteral("1 2")}});
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setDragEnabled(true);
    m_table->setDragDropMode(QAbstractItemView::DragOnly);
    m_table->setDefaultDropAction(Qt::CopyAction);

    connect(&theme, &style::Theme::changed, this, &EvidenceList::fitRows);
    connect(m_tabs, &widgets::CountTabs::currentChanged, this, [this](int tab) {
        m_model->setPart(kParts[tab]);
        fitParts();
        keepCurrent();
        say();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_model->setFilter(words);
        keepCurrent();
        say();
    });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(Qt::OtherFocusReason); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) {
        const view::EvidenceRow *row = m_model->row(now.row());
        if (row == nullptr || m_filling)
            return;
        m_currentId = row->id;
        Q_EMIT chosen(*row);
    });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const view::EvidenceRow *row = m_model->row(index.row()))
            Q_EMIT opened(*row);
    });
}

/// Where there is little room, the markers are their digits.
void EvidenceList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const QFontMetrics metrics(font());
    int needed = 4 * m_theme.step();
    for (const QString &name : m_markerNames)
        needed += metrics.horizontalAdvance(name) + 7 * m_theme.step();
    for (std::size_t i = 0; i < m_markers.size(); ++i) {
        const QString digit = QString::number(i + 1);
        m_markers[i]->setText(width() >= needed ? digit + QLatin1Char(' ') + m_markerNames[static_cast<qsizetype>(i)] : digit);
    }
    fitParts();
    fitRows();
}

void EvidenceList::fitParts()
{
    fitTabs(*m_tabs, m_words, width() - kFilterSteps * m_theme.step(), m_theme);
}

/// Narrow, who it was stands before what they said, and a row has two lines for it.
void EvidenceList::fitRows()
{
    const bool isNarrow = width() < kTwoLinesBelow * m_theme.lineHeight();
    m_model->setWhoInText(isNarrow);
    m_table->setColumnHidden(EvidenceModel::Who, isNarrow);
    m_table->setWordWrap(isNarrow);
    const int lines = QFontMetrics(m_theme.font(Type::Body)).lineSpacing();
    const int height = isNarrow ? m_theme.rowHeight() + lines : m_theme.rowHeight();
    if (m_table->verticalHeader()->defaultSectionSize() != height)
        m_table->verticalHeader()->setDefaultSectionSize(height);
}

void EvidenceList::show(const view::Review &review)
{
    m_filling = true;
    if (review.incident != m_incident) {
        m_incident = review.incident;
        m_currentId.clear();
    }
    m_model->show(review.evidence, review.moments, review.cast);
    m_filling = false;
    keepCurrent();
    say();
}

/// The line that was chosen stays chosen, whatever came or went around it.
void EvidenceList::keepCurrent()
{
    m_filling = true;
    if (const auto *row = m_model->row(m_table->currentIndex().row()); row == nullptr || row->id != m_currentId)
        m_table->keepCurrent(m_currentId.isEmpty() ? -1 : m_model->indexOf(m_currentId), 0);
    if (const auto *row = m_model->row(m_table->currentIndex().row()); row != nullptr && m_currentId.isEmpty())
        m_currentId = row->id;
    m_filling = false;
}

void EvidenceList::setMoment(const view::PastPoint &moment)
{
    m_model->setMoment(moment);
    keepCurrent(); // a filter may leave others by then
    say();
}

void EvidenceList::setNamed(bool named)
{
    m_model->setNamed(named);
    keepCurrent();
}

bool EvidenceList::reveal(const QString &reference)
{
    const auto place = [&] {
        for (int i = 0; i < m_model->rowCount(); ++i)
            if (const auto *row = m_model->row(i); row->reference == reference || (!row->called.isEmpty() && row->called == reference))
                return i;
        return -1;
    };
    int at = place();
    if (at < 0 && m_model->hidden() > 0) {
        m_filter->clear();
        m_tabs->setCurrent(0);
        m_model->setPart(EvidenceModel::Part::All);
        at = place();
    }
    if (at < 0)
        return false;
    m_table->keepCurrent(at, at);
    m_table->scrollTo(m_model->index(at, 0), QAbstractItemView::EnsureVisible);
    return true;
}

void EvidenceList::revealAt(Instant at)
{
    const int row = m_model->indexAt(at);
    if (row < 0)
        return;
    m_filling = true; // replay moved, not the person
    m_table->keepCurrent(row, row);
    m_currentId = m_model->row(row)->id;
    m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::EnsureVisible);
    m_filling = false;
}

void EvidenceList::find()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void EvidenceList::nextPart(int step)
{
    const int count = static_cast<int>(std::size(kParts)), next = (m_tabs->current() + step + count) % count;
    m_tabs->setCurrent(next);
    m_model->setPart(kParts[next]);
    keepCurrent();
    say();
}

void EvidenceList::mark(int marker)
{
    const view::EvidenceRow *row = current();
    if (row == nullptr || marker < 1 || marker > static_cast<int>(std::size(kMarkers)))
        return;
    if (const view::MomentRow *moment = m_model->mark(*row, marker))
        Q_EMIT unmarkRequested(moment->number);
    else
        Q_EMIT markRequested(*row, QLatin1String(kMarkers[marker - 1]));
}

const view::EvidenceRow *EvidenceList::current() const
{
    return m_model->row(m_table->currentIndex().row());
}

void EvidenceList::say()
{
    QStringList parts{tr("%Ln entries", nullptr, m_model->total()), tr("%Ln marked", nullptr, m_model->marked())};
    if (m_model->hidden() > 0)
        parts << tr("%Ln hidden", nullptr, m_model->hidden());
    parts << tr("Ctrl+E cites in the narrative");
    m_footer->setPlain(parts.join(QStringLiteral(" · ")));
}

QString EvidenceList::footer() const
{
    return m_footer->plain();
}

bool EvidenceList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape)
            m_filter->clear();
        if (key == Qt::Key_Escape || key == Qt::Key_Down) {
            m_table->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace qd::review
