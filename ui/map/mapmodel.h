// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QAbstractTableModel>
#include <QHash>

namespace qd::map {

/// The map as a table: every service of the view, not only those drawn, with what it needs and what needs it. Services
/// that stay keep their rows; a change of the list of services resets it.
class MapModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Service, State, Alerts, Team, Owner, Needs, NeededBy, Change, Columns };
    enum Role { IdRole = Qt::UserRole + 1 };

    using QAbstractTableModel::QAbstractTableModel;

    void setView(const view::ViewModelPtr &view);
    [[nodiscard]] int rowOf(const QString &id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    view::ViewModelPtr m_view;
    QHash<QString, QStringList> m_needs, m_neededBy; ///< names, by id
};

} // namespace qd::map
