// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/twintable.h"

#include <QHeaderView>
#include <algorithm>

namespace qd::widgets {

TwinTable::TwinTable(const style::Theme &theme, QAbstractItemModel *model, const QString &name, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
{
    setModel(model);
    setAccessibleName(name);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    restyle();
    connect(&theme, &style::Theme::changed, this, &TwinTable::restyle);
}

void TwinTable::setColumns(const std::vector<int> &stretched, std::vector<std::pair<int, QString>> samples)
{
    for (const int section : stretched)
        horizontalHeader()->setSectionResizeMode(section, QHeaderView::Stretch);
    m_samples = std::move(samples);
    restyle();
}

void TwinTable::setRowsInSight(int rows)
{
    m_rowsInSight = rows;
    restyle();
}

void TwinTable::keepCurrent(int row, int otherwise)
{
    if (model()->rowCount() > 0 && (row >= 0 || !currentIndex().isValid()))
        setCurrentIndex(model()->index(std::clamp(row >= 0 ? row : otherwise, 0, model()->rowCount() - 1), 0));
}

void TwinTable::restyle()
{
    verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    horizontalHeader()->setFont(m_theme.font(style::Type::SmallStrong));
    const QFontMetrics metrics(m_theme.font(style::Type::Body));
    for (const auto &[section, text] : m_samples)
        setColumnWidth(section, metrics.horizontalAdvance(text) + 4 * m_theme.step());
    if (m_rowsInSight > 0) // the header is as high as its own style wants it, which is not a row
        setFixedHeight(horizontalHeader()->sizeHint().height() + m_rowsInSight * m_theme.rowHeight() + 2 * frameWidth());
}

} // namespace qd::widgets
