// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QAbstractTableModel>
#include <QJsonArray>
#include <vector>

namespace qd::map {

/// Dependencies that were found and wait for somebody's word, as a table: what needs what, of which kind, where it was found and since
/// when. In the order of their services.
class ProposalModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { From, To, Kind, Origin, Found, Seen, Columns };
    struct Row {
        QString from, to, kind, origin;
        Instant first, last;
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Items of `get map`; only those that are proposed are taken.
    void setItems(const QJsonArray &items, Instant now);
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    /// The edges of these rows as map.accept and map.dismiss take them; `kind`: of all of them, "": as proposed.
    [[nodiscard]] QJsonArray edges(const QList<int> &rows, const QString &kind = {}) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Row> m_rows;
    Instant m_now;
};

} // namespace qd::map
