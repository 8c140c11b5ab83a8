// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/kindfilter.h"
#include "ui/view/viewmodel.h"

#include <QAbstractTableModel>

namespace qd::timeline {

/// The timeline as a table: the same events and alert spans, oldest first, with their revisions, delivery and reactions; ★ before what is pinned.
/// A new view inserts, removes and changes single rows, so selection and scroll of a view stay where they are.
class TimelineModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, LaneColumn, Actor, Text, DeliveryColumn, Revision, Reactions, Columns };
    enum Role { IdRole = Qt::UserRole + 1, KindRole, IsAlertRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setView(const view::ViewModelPtr &view, const KindFilter &filter = {});
    /// The row of an event's id or an alert's key, or -1.
    [[nodiscard]] int rowOf(const QString &id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString id, lane, actor, text, delivery, revision, reactions, kind;
        Instant at;
        bool alert = false;
        QString before = {}; ///< an edited message's earlier words, a line each
        bool operator==(const Row &) const = default;
    };
    [[nodiscard]] static std::vector<Row> rowsOf(const view::ViewModel &view, const KindFilter &filter);
    std::vector<Row> m_rows;
};

} // namespace qd::timeline
