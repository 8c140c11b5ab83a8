// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QTableView>
#include <utility>
#include <vector>

namespace qd::widgets {

/// The table that says in rows what a panel draws: read by assistive technology, printed, walked by arrows. One selected row,
/// nothing edited, sizes from the theme. A table with rows always has a current one: assistive technology crashes on one
/// that has none.
class TwinTable final : public QTableView {
    Q_OBJECT
public:
    TwinTable(const style::Theme &theme, QAbstractItemModel *model, const QString &name, QWidget *parent);

    /// Which columns share what is left, and how wide the others are: as their sample text.
    void setColumns(const std::vector<int> &stretched, std::vector<std::pair<int, QString>> samples);
    /// As high as its header and so many rows, none of them cut.
    void setRowsInSight(int rows);
    /// Makes this row the current one; without one (-1) the row that is current stays, or `otherwise` becomes it.
    void keepCurrent(int row, int otherwise);

private:
    void restyle();

    const style::Theme &m_theme;
    std::vector<std::pair<int, QString>> m_samples;
    int m_rowsInSight = 0; ///< 0: as high as there is room
};

} // namespace qd::widgets
