// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/mark.h"
#include "ui/view/heartbeats.h"

#include <QAbstractTableModel>
#include <vector>

namespace qd::triage {

/// The heartbeats as a table, with ages and countdowns of the moment it was told. What a column says, a screen reader reads.
class HeartbeatModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { StateColumn, NameColumn, LastColumn, EveryColumn, MissedColumn, TripsColumn, NoteColumn, Columns };
    enum Role { ShapeRole = Qt::UserRole + 1, ToneRole, StrongRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<view::HeartbeatRow> rows);
    void setNow(Instant now);
    [[nodiscard]] const view::HeartbeatRow *row(int row) const;
    [[nodiscard]] int rowOf(const QString &id) const;
    /// The row in one sentence.
    [[nodiscard]] QString sentence(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<view::HeartbeatRow> m_rows;
    Instant m_now;
};

/// How it looks at `now`: a heartbeat that is expected and not there yet is late before the core concludes anything. Pure.
struct HeartbeatLook {
    QString word;
    style::Shape shape = style::Shape::Circle;
    style::Tone fill = style::Tone::Dim;
    bool strong = false;
};
[[nodiscard]] HeartbeatLook lookOf(const view::HeartbeatRow &row, Instant now);

} // namespace qd::triage
