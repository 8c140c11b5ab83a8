// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/directory/tables.h"

#include <QAbstractTableModel>

namespace qd::directory {

/// One list of the directory, or what of it holds the words looked for. A list with the same rows changes in place, so that nothing that is
/// chosen moves because data arrived.
class DirectoryModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setTable(Table table);
    void setFilter(const QString &words);
    [[nodiscard]] const Row *row(int index) const;
    [[nodiscard]] int indexOf(const QString &id) const; ///< -1: it is not shown
    [[nodiscard]] int hidden() const;                   ///< by the filter

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] Table filtered() const;

    Table m_all, m_shown;
    QString m_filter;
};

} // namespace qd::directory
