// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/matrixpanel.h"

#include "ui/review/matrixmodel.h"
#include "ui/review/rows.h"
#include "ui/review/sidetables.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QFontMetrics>
#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;

namespace {
constexpr int kReviewsInSight = 5;
constexpr int kServiceLetters = 16; ///< as wide as a column of a service gets; the rest of its name is in its tooltip
} // namespace

MatrixPanel::MatrixPanel(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_cells(new MatrixModel(theme, this))
    , m_matrix(new QTableView(this))
    , m_words(new widgets::PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_rows(new RowsModel(theme, {tr("Incident"), tr("Title"), tr("Service"), tr("Review")}, this))
    , m_reviews(new widgets::TwinTable(theme, m_rows, tr("Reviews that name these factors"), this))
{
    m_matrix->setModel(m_cells);
    m_matrix->setSelectionMode(QAbstractItemView::SingleSelection);
    m_matrix->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_matrix->setTabKeyNavigation(false);
    m_matrix->setWordWrap(false);
    m_matrix->setFrameShape(QFrame::NoFrame);
    m_matrix->setCornerButtonEnabled(false);
    m_matrix->verticalHeader()->setTextElideMode(Qt::ElideRight);
    m_matrix->horizontalHeader()->setTextElideMode(Qt::ElideRight);
    for (QHeaderView *header : {m_matrix->verticalHeader(), m_matrix->horizontalHeader()}) {
        header->setSectionResizeMode(QHeaderView::Fixed);
        header->setSectionsClickable(false);
        header->setHighlightSections(true);
    }
    m_words->setWordWrap(true);
    m_reviews->setColumns({1}, {{0, QStringLiteral("INC-2041")}, {2, QStringLiteral("payment-gateway")}, {3, phaseWords(ReviewPhase::None)}});
    m_reviews->setRowsInSight(kReviewsInSight);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * theme.step());
    column->addWidget(m_matrix, 1);
    column->addWidget(m_words);
    column->addWidget(m_reviews);
    setFocusProxy(m_matrix);
    connect(m_matrix->selectionModel(), &QItemSelectionModel::currentChanged, this, &MatrixPanel::say);
    connect(m_matrix, &QTableView::activated, this, [this] {
        if (m_rows->rowCount() == 1)
            Q_EMIT incidentOpened(m_rows->row(0)->id);
        else if (m_rows->rowCount() > 1)
            m_reviews->setFocus(Qt::OtherFocusReason);
    });
    connect(m_reviews, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const TableRow *row = m_rows->row(index.row()))
            Q_EMIT incidentOpened(row->id);
    });
    connect(&theme, &style::Theme::changed, this, &MatrixPanel::restyle);
    restyle();
    fill(-1, -1);
}

void MatrixPanel::restyle()
{
    const QFontMetrics figures(m_theme.font(Type::Figure)), words(m_theme.font(Type::Body));
    m_matrix->horizontalHeader()->setFont(m_theme.font(Type::SmallStrong));
    m_matrix->verticalHeader()->setFont(m_theme.font(Type::Body));
    const int cell = figures.horizontalAdvance(QStringLiteral("000")) + 2 * m_theme.step();
    int column = cell;
    if (m_isOfServices)
        for (const QString &service : m_view.atServices.services)
            column = std::max(column, QFontMetrics(m_theme.font(Type::SmallStrong)).horizontalAdvance(service.left(kServiceLetters)) + 3 * m_theme.step());
    m_matrix->horizontalHeader()->setMinimumSectionSize(cell);
    m_matrix->horizontalHeader()->setDefaultSectionSize(column);
    m_matrix->verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    m_matrix->verticalHeader()->setFixedWidth(words.horizontalAdvance(QStringLiteral("30  infrastructure or hardware failure")) + 4 * m_theme.step());
}

void MatrixPanel::show(const TrendsView &view)
{
    const QModelIndex was = m_matrix->currentIndex();
    const int row = was.row(), column = was.column();
    m_view = view;
    fill(row, column);
}

void MatrixPanel::showServices(bool services)
{
    if (services == m_isOfServices)
        return;
    const QString factor = chosen().value(0);
    m_isOfServices = services;
    fill(static_cast<int>((services ? m_view.atServices.ids : m_view.matrix.ids).indexOf(factor)), 0);
}

void MatrixPanel::fill(int row, int column)
{
    m_matrix->setAccessibleName(m_isOfServices ? tr("Factors by services, by incidents") : tr("Factors that met, by incidents"));
    if (m_isOfServices)
        m_cells->show(m_view.atServices);
    else
        m_cells->show(m_view.matrix);
    restyle();
    // Assistive technology crashes on a table that has rows and none that is current. One begins where the two that are named most would meet.
    const int rows = m_cells->rowCount(), columns = m_cells->columnCount();
    const bool isAny = rows > 0 && columns > 0;
    if (isAny)
        m_matrix->setCurrentIndex(m_cells->index(std::clamp(row, 0, rows - 1), std::clamp(row < 0 && !m_isOfServices ? 1 : column, 0, columns - 1)));
    m_matrix->setVisible(isAny);
    m_reviews->setVisible(isAny);
    say();
}

QStringList MatrixPanel::chosen() const
{
    return m_cells->factorsAt(m_matrix->currentIndex());
}

QString MatrixPanel::words() const
{
    return m_words->plain();
}

PatternRow MatrixPanel::draft() const
{
    const QModelIndex at = m_matrix->currentIndex();
    if (m_isOfServices)
        return m_view.draftAt(at.row(), at.column());
    return chosen().isEmpty() ? PatternRow{} : m_view.draftOf(chosen());
}

void MatrixPanel::say()
{
    const QStringList factors = chosen();
    if (factors.isEmpty()) {
        m_rows->setRows({});
        return m_words->setPlain(!m_isOfServices ? tr("No review names a factor yet. Which of them meet is shown here once two do.")
                                                 : tr("No review of an incident at a service names a factor yet."));
    }
    const QModelIndex at = m_matrix->currentIndex();
    const std::vector<NamingReview> reviews = m_isOfServices ? m_view.namingAt(at.row(), at.column()) : m_view.naming(factors);
    std::vector<TableRow> rows;
    for (const NamingReview &r : reviews)
        rows.push_back({r.incident, {r.incident, r.title, r.service, phaseWords(fromWord<ReviewPhase>(r.phase.toStdString()).value_or(ReviewPhase::None))}});
    m_rows->setRows(std::move(rows));
    m_reviews->keepCurrent(-1, 0);
    QString words = m_cells->words(at);
    if (m_cells->count(at) != static_cast<qint64>(reviews.size()))
        words += QLatin1Char(' ') + tr("%n review(s) below: what follows another incident, or is part of its work, counts with it as one.", nullptr, static_cast<int>(reviews.size()));
    m_words->setPlain(words);
}

} // namespace qd::review
