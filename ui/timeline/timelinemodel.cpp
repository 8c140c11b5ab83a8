// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinemodel.h"

#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timescale.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QSet>
#include <algorithm>

namespace qd::timeline {

std::vector<TimelineModel::Row> TimelineModel::rowsOf(const view::ViewModel &view, const KindFilter &filter)
{
    std::vector<Row> rows;
    rows.reserve(view.timeline.size() + view.spans.size());
    for (const auto &e : view.timeline) {
        if (!filter.shows(e))
            continue;
        Row row{e.id, laneName(e.lane), e.actor, (e.moment != 0 ? QStringLiteral("★ ") : QString()) + entryWords(e), deliveryWords(e), {}, e.reactions.join(QLatin1Char(' ')),
                e.kind, e.at, false};
        if (e.removed)
            row.revision = tr("removed");
        else if (e.edited)
            row.revision = tr("edited");
        row.before = e.before.join(QLatin1Char('\n'));
        rows.push_back(row);
    }
    for (const auto &s : view.spans) {
        if (!filter.showsAlerts())
            break;
        const auto severity = word(s.severity);
        const QString until = s.to ? tr("until %1").arg(widgets::shownClock(s.to)) : s.quiet ? tr("still firing, quiet") : tr("still firing");
        rows.push_back({s.key, laneName(view::Lane::Alerts), {},
                        tr("%1 (%2), %3").arg(s.title, QString::fromUtf8(severity.data(), static_cast<qsizetype>(severity.size())), until),
                        {}, {}, {}, QStringLiteral("alert"), s.from, true});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) { return a.at < b.at; });
    return rows;
}

void TimelineModel::setView(const view::ViewModelPtr &view, const KindFilter &filter)
{
    std::vector<Row> next = rowsOf(*view, filter);
    QSet<QString> wanted;
    for (const Row &r : next)
        wanted.insert(r.id);
    if (static_cast<std::size_t>(wanted.size()) != next.size()) { // ids that repeat cannot be followed
        beginResetModel();
        m_rows = std::move(next);
        endResetModel();
        return;
    }
    const auto goes = [&](int row) { return !wanted.contains(m_rows[static_cast<std::size_t>(row)].id); };
    for (int last = static_cast<int>(m_rows.size()) - 1; last >= 0; --last) {
        if (!goes(last))
            continue;
        int first = last; // rows that stand together go together: of a past that is gone through it may be all of them
        while (first > 0 && goes(first - 1))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
    QSet<QString> known;
    for (const Row &r : m_rows)
        known.insert(r.id);
    for (std::size_t i = 0; i < next.size(); ++i) {
        if (i < m_rows.size() && m_rows[i].id == next[i].id) {
            if (!(m_rows[i] == next[i])) {
                m_rows[i] = next[i];
                Q_EMIT dataChanged(index(static_cast<int>(i), 0), index(static_cast<int>(i), Columns - 1));
            }
            continue;
        }
        const int at = static_cast<int>(i);
        if (known.contains(next[i].id)) { // an old row that moved
            const int old = rowOf(next[i].id);
            beginRemoveRows({}, old, old);
            m_rows.erase(m_rows.begin() + old);
            endRemoveRows();
            beginInsertRows({}, at, at);
            m_rows.insert(m_rows.begin() + at, next[i]);
            endInsertRows();
            continue;
        }
        std::size_t last = i; // new rows that stand together come together
        while (last + 1 < next.size() && !known.contains(next[last + 1].id))
            ++last;
        beginInsertRows({}, at, static_cast<int>(last));
        m_rows.insert(m_rows.begin() + at, next.begin() + at, next.begin() + static_cast<std::ptrdiff_t>(last) + 1);
        endInsertRows();
        i = last;
    }
}

int TimelineModel::rowOf(const QString &id) const
{
    const auto at = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &r) { return r.id == id; });
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TimelineModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case IdRole: return row.id;
    case KindRole: return row.kind;
    case IsAlertRole: return row.alert;
    case Qt::ToolTipRole:
        if (index.column() == Revision && !row.before.isEmpty())
            return widgets::plainToolTip(tr("Before: %1").arg(row.before));
        return index.column() == Text ? widgets::plainToolTip(row.text) : QVariant();
    case Qt::AccessibleDescriptionRole: return index.column() == Revision && !row.before.isEmpty() ? tr("Before: %1").arg(row.before) : QVariant();
    case Qt::DisplayRole: break;
    default: return {};
    }
    switch (index.column()) {
    case Time: {
        const bool sameDay = !m_rows.empty() && dayOf(m_rows.front().at) == dayOf(m_rows.back().at);
        return sameDay ? widgets::shownClock(row.at) : dayText(row.at) + QLatin1Char(' ') + widgets::shownClock(row.at);
    }
    case LaneColumn: return row.lane;
    case Actor: return row.actor;
    case Text: return row.text;
    case DeliveryColumn: return row.delivery;
    case Revision: return row.revision;
    case Reactions: return row.reactions;
    default: return {};
    }
}

QVariant TimelineModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time (%1)").arg(widgets::zoneName());
    case LaneColumn: return tr("Lane");
    case Actor: return tr("Who");
    case Text: return tr("What");
    case DeliveryColumn: return tr("Delivery");
    case Revision: return tr("Revision");
    case Reactions: return tr("Reactions");
    default: return {};
    }
}

} // namespace qd::timeline
