// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/proposalmodel.h"

#include "ui/view/answer.h"
#include "ui/widgets/timetext.h"

#include <QJsonObject>
#include <tuple>

namespace qd::map {

void ProposalModel::setItems(const QJsonArray &items, Instant now)
{
    beginResetModel();
    m_now = now;
    m_rows.clear();
    for (const QJsonValue &each : items) {
        const QJsonObject item = each.toObject();
        const auto text = [&](const char *field) { return item.value(QLatin1String(field)).toString(); };
        if (text("state") == QLatin1String("proposed"))
            m_rows.push_back({text("from"), text("to"), text("kind"), text("origin"), view::instantIn(item, "first"), view::instantIn(item, "last")});
    }
    endResetModel();
}

QJsonArray ProposalModel::edges(const QList<int> &rows, const QString &kind) const
{
    QJsonArray out;
    for (const int n : rows) {
        if (n < 0 || n >= rowCount())
            continue;
        const Row &row = m_rows[static_cast<std::size_t>(n)];
        QJsonObject edge{{QStringLiteral("from"), row.from}, {QStringLiteral("to"), row.to}};
        if (!kind.isEmpty())
            edge.insert(QStringLiteral("kind"), kind);
        out.append(edge);
    }
    return out;
}

int ProposalModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ProposalModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant ProposalModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || role != Qt::DisplayRole)
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case From: return row.from;
    case To: return row.to;
    case Kind: return row.kind;
    case Origin: return row.origin;
    case Found: return widgets::shortAge(m_now - row.first);
    case Seen: return widgets::shortAge(m_now - row.last);
    default: return {};
    }
}

QVariant ProposalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case From: return tr("Service");
    case To: return tr("Needs");
    case Kind: return tr("Kind");
    case Origin: return tr("Found in");
    case Found: return tr("For");
    case Seen: return tr("Last seen");
    default: return {};
    }
}

} // namespace qd::map
