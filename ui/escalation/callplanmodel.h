// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QAbstractTableModel>
#include <QJsonObject>
#include <vector>

namespace qd::escalation {

/// Who would be called, in what order and why, as a table: `simulate`'s answer, one row for each person, channel, gap and each who is passed
/// over. Times are UTC, beside them what the person's own clock shows.
class CallPlanModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { At, Step, Who, Clock, Why, Columns };
    struct Row {
        QString at, step, who, clock, why;
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setPlan(const QJsonObject &answer);
    void clear();
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    /// A row as one line, to be read aloud or copied.
    [[nodiscard]] QString text(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Row> m_rows;
};

/// The plan in one sentence: by which policy, of whom, until when.
[[nodiscard]] QString planSentence(const QJsonObject &answer);

} // namespace qd::escalation
