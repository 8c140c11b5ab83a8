// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/trendsview.h"
#include "ui/style/theme.h"

#include <QTableView>
#include <QWidget>

namespace qd::widgets {
class PlainLabel;
class TwinTable;
}

namespace qd::review {

class MatrixModel;
class RowsModel;

/// Which factors met, each other or services, walked by arrows: a cell says what it counts in words, and the reviews it is of stand below. Return goes to
/// them, and there opens one. GUI thread.
class MatrixPanel final : public QWidget {
    Q_OBJECT
public:
    explicit MatrixPanel(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const TrendsView &view);
    void showServices(bool services);            ///< factors by services, or by each other; one stays at the factor one is at
    [[nodiscard]] bool isOfServices() const { return m_isOfServices; }
    [[nodiscard]] QStringList chosen() const;    ///< factors of the cell one stands on
    [[nodiscard]] PatternRow draft() const;      ///< what would be written down of that cell; of none it names no factor
    [[nodiscard]] QString words() const;
    [[nodiscard]] QTableView &matrix() const { return *m_matrix; }
    [[nodiscard]] widgets::TwinTable &reviews() const { return *m_reviews; }

Q_SIGNALS:
    void incidentOpened(const QString &incident);

private:
    void restyle();
    void fill(int row, int column);              ///< which cell is current then; -1: none was
    void say();

    const style::Theme &m_theme;
    TrendsView m_view;
    bool m_isOfServices = false;
    MatrixModel *m_cells;
    QTableView *m_matrix;
    widgets::PlainLabel *m_words;
    RowsModel *m_rows;
    widgets::TwinTable *m_reviews;
};

} // namespace qd::review
