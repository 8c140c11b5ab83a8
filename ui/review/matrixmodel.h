// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/trendsview.h"
#include "ui/style/theme.h"

#include <QAbstractTableModel>

namespace qd::review {

/// Every two factors, or each factor at each service: a number in a cell, its ground the darker the more often they met, in one grey on which the number is
/// read in every look. Rows say their factor by number and name, columns theirs by the number, or their service; the whole sentence of a cell is its tooltip
/// and what assistive technology reads. GUI thread.
class MatrixModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit MatrixModel(const style::Theme &theme, QObject *parent = nullptr);

    void show(const FactorMatrix &matrix);
    void show(const ServiceMatrix &matrix);
    [[nodiscard]] QStringList factorsAt(const QModelIndex &index) const; ///< ids: two, on the diagonal and at a service one
    [[nodiscard]] QString words(const QModelIndex &index) const;
    [[nodiscard]] qint64 count(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] bool isIn(const QModelIndex &index) const;
    [[nodiscard]] QVariant ground(qint64 count, bool isDiagonal) const;

    const style::Theme &m_theme;
    FactorMatrix m_matrix;
    ServiceMatrix m_services;
    bool m_isOfServices = false;         ///< which of the two is shown
    qint64 m_most = 0;
};

} // namespace qd::review
