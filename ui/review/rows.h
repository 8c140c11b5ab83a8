// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QAbstractTableModel>
#include <QStringList>
#include <vector>

namespace qd::review {

/// A row of one of the small tables of a review.
struct TableRow {
    QString id;
    QStringList cells;
    bool isHeading = false, isStrong = false, isFaint = false;
    bool operator==(const TableRow &) const = default;
};

/// A few hundred rows at most. Rows with the same ids change in place, so that what is chosen stays. GUI thread.
class RowsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    RowsModel(const style::Theme &theme, QStringList columns, QObject *parent = nullptr);

    void setRows(std::vector<TableRow> rows);
    [[nodiscard]] const TableRow *row(int index) const;
    [[nodiscard]] int indexOf(const QString &id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const style::Theme &m_theme;
    QStringList m_columns;
    std::vector<TableRow> m_rows;
};

} // namespace qd::review
