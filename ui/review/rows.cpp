// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/rows.h"

#include "ui/widgets/plaintext.h"

#include <algorithm>

namespace qd::review {

RowsModel::RowsModel(const style::Theme &theme, QStringList columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
    , m_columns(std::move(columns))
{
}

void RowsModel::setRows(std::vector<TableRow> rows)
{
    if (rows == m_rows)
        return;
    if (!std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), [](const TableRow &a, const TableRow &b) { return a.id == b.id && a.isHeading == b.isHeading; })) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const TableRow *RowsModel::row(int index) const
{
    return index >= 0 && index < rowCount() ? &m_rows[static_cast<std::size_t>(index)] : nullptr;
}

int RowsModel::indexOf(const QString &id) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [&](const TableRow &r) { return r.id == id && !r.isHeading; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

int RowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    const TableRow *at = row(index.row());
    if (at == nullptr)
        return {};
    const QString text = at->cells.value(index.column());
    switch (role) {
    case Qt::DisplayRole: return text;
    case Qt::ToolTipRole: return widgets::plainToolTip(text);
    case Qt::AccessibleTextRole: return at->isHeading ? text : m_columns.value(index.column()) + QStringLiteral(": ") + text;
    case Qt::FontRole: return m_theme.font(at->isHeading ? style::Type::Heading : at->isStrong ? style::Type::Strong : style::Type::Body);
    case Qt::ForegroundRole: return m_theme.color(at->isHeading || at->isFaint ? style::Tone::Secondary : style::Tone::Text);
    default: return {};
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? QVariant(m_columns.value(section)) : QVariant();
}

} // namespace qd::review
