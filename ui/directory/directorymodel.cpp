// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/directory/directorymodel.h"

#include "ui/widgets/plaintext.h"

#include <algorithm>

namespace qd::directory {

Table DirectoryModel::filtered() const
{
    if (m_filter.isEmpty())
        return m_all;
    Table out{m_all.columns, m_all.stretched, {}};
    std::copy_if(m_all.rows.begin(), m_all.rows.end(), std::back_inserter(out.rows), [this](const Row &row) {
        return std::any_of(row.cells.begin(), row.cells.end(), [this](const QString &cell) { return cell.contains(m_filter, Qt::CaseInsensitive); });
    });
    return out;
}

void DirectoryModel::setTable(Table table)
{
    m_all = std::move(table);
    Table next = filtered();
    if (next == m_shown)
        return;
    const bool sameRows = next.columns == m_shown.columns
        && std::equal(next.rows.begin(), next.rows.end(), m_shown.rows.begin(), m_shown.rows.end(), [](const Row &a, const Row &b) { return a.id == b.id; });
    if (!sameRows) {
        beginResetModel();
        m_shown = std::move(next);
        endResetModel();
        return;
    }
    m_shown = std::move(next);
    if (!m_shown.rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void DirectoryModel::setFilter(const QString &words)
{
    m_filter = words.trimmed();
    setTable(std::move(m_all));
}

const Row *DirectoryModel::row(int index) const
{
    return index >= 0 && index < rowCount() ? &m_shown.rows[static_cast<std::size_t>(index)] : nullptr;
}

int DirectoryModel::indexOf(const QString &id) const
{
    const auto it = std::find_if(m_shown.rows.begin(), m_shown.rows.end(), [&](const Row &r) { return r.id == id; });
    return it == m_shown.rows.end() ? -1 : static_cast<int>(it - m_shown.rows.begin());
}

int DirectoryModel::hidden() const
{
    return static_cast<int>(m_all.rows.size() - m_shown.rows.size());
}

int DirectoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.rows.size());
}

int DirectoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.columns.size());
}

QVariant DirectoryModel::data(const QModelIndex &index, int role) const
{
    const Row *at = row(index.row());
    if (at == nullptr || index.column() >= at->cells.size())
        return {};
    switch (role) {
    case Qt::DisplayRole: return index.column() == 0 && at->troubled ? QStringLiteral("▲ ") + at->cells[0] : at->cells[index.column()];
    case Qt::ToolTipRole: return widgets::plainToolTip(at->cells[index.column()]);
    case Qt::AccessibleTextRole: return m_shown.columns.value(index.column()) + QStringLiteral(": ") + at->cells[index.column()];
    default: return {};
    }
}

QVariant DirectoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return m_shown.columns.value(section);
}

} // namespace qd::directory
