// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/mapmodel.h"

#include "ui/widgets/plaintext.h"

#include <algorithm>

namespace qd::map {

void MapModel::setView(const view::ViewModelPtr &view)
{
    const bool same = m_view != nullptr && m_view->nodes.size() == view->nodes.size()
        && std::equal(view->nodes.begin(), view->nodes.end(), m_view->nodes.begin(),
                      [](const view::MapNode &a, const view::MapNode &b) { return a.id == b.id; });
    if (!same)
        beginResetModel();
    m_view = view;
    m_needs.clear();
    m_neededBy.clear();
    QHash<QString, QString> names;
    for (const auto &n : view->nodes)
        names.insert(n.id, n.name);
    for (const auto &e : view->edges) {
        const auto kind = word(e.kind);
        const QString aside = e.kind == DependencyKind::Hard
            ? QString()
            : QStringLiteral(" (%1)").arg(QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())));
        m_needs[e.from] << names.value(e.to, e.to) + aside;
        m_neededBy[e.to] << names.value(e.from, e.from) + aside;
    }
    if (!same)
        endResetModel();
    else if (!view->nodes.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

int MapModel::rowOf(const QString &id) const
{
    if (m_view == nullptr)
        return -1;
    const auto at = std::find_if(m_view->nodes.begin(), m_view->nodes.end(), [&](const auto &n) { return n.id == id; });
    return at == m_view->nodes.end() ? -1 : static_cast<int>(at - m_view->nodes.begin());
}

int MapModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_view == nullptr ? 0 : static_cast<int>(m_view->nodes.size());
}

int MapModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant MapModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto &n = m_view->nodes[static_cast<std::size_t>(index.row())];
    if (role == IdRole)
        return n.id;
    if (role == Qt::ToolTipRole && (index.column() == Needs || index.column() == NeededBy || index.column() == Change))
        return widgets::plainToolTip(data(index, Qt::DisplayRole).toString());
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Service: return n.name;
    case State: {
        QStringList words;
        if (n.alerts > 0) {
            const auto severity = word(n.worst);
            words << QString::fromUtf8(severity.data(), static_cast<qsizetype>(severity.size()));
        }
        if (n.suspect)
            words << tr("suspect");
        else if (n.blast)
            words << tr("blast radius");
        if (n.firstOut)
            words << tr("first-out");
        if (n.dependents > 0)
            words << tr("%Ln service(s) depend on it", nullptr, n.dependents);
        if (n.folded > 0)
            words << tr("folds %1").arg(n.folded);
        return words.isEmpty() ? tr("quiet") : words.join(QStringLiteral(", "));
    }
    case Alerts: return n.alerts > 0 ? QString::number(n.alerts) : QString();
    case Team: return n.team;
    case Owner: return n.owner;
    case Needs: return m_needs.value(n.id).join(QStringLiteral(", "));
    case NeededBy: return m_neededBy.value(n.id).join(QStringLiteral(", "));
    case Change: return n.change;
    default: return {};
    }
}

QVariant MapModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Service: return tr("Service");
    case State: return tr("State");
    case Alerts: return tr("Alerts");
    case Team: return tr("Team");
    case Owner: return tr("Owner");
    case Needs: return tr("Needs");
    case NeededBy: return tr("Needed by");
    case Change: return tr("Last change");
    default: return {};
    }
}

} // namespace qd::map
