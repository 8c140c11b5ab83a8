// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alerttable.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <algorithm>
#include <unordered_map>

namespace qd::triage {

using view::AlertRow;
using view::ViewModelPtr;

namespace {

/// How far ahead a row is looked for before an index of the whole list is made.
constexpr std::size_t kWindow = 64;

QString fromWord(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

const std::vector<AlertRow> &AlertTable::listOf(const ViewModelPtr &view) const
{
    static const std::vector<AlertRow> kNone;
    if (!view)
        return kNone;
    switch (m_list) {
    case List::Standing: return view->standing;
    case List::Shelf: return view->shelf;
    case List::Suppressed: return view->suppressed;
    case List::Active: break;
    }
    return view->active;
}

const AlertRow &AlertTable::at(const ViewModelPtr &view, Place place) const
{
    return (place & kEndedBit) != 0 ? m_ended[place & ~kEndedBit] : listOf(view)[place];
}

void AlertTable::filterIncoming(const ViewModelPtr &view)
{
    const std::vector<AlertRow> &rows = listOf(view);
    m_incoming.clear();
    m_incoming.reserve(rows.size());
    const bool all = m_filter.isEmpty();
    for (Place i = 0; i < rows.size(); ++i) {
        if (all || m_filter.matches(rows[i]))
            m_incoming.push_back(i);
    }
    m_hidden = static_cast<int>(rows.size() - m_incoming.size());
}

void AlertTable::setView(ViewModelPtr view)
{
    filterIncoming(view);
    if (m_held)
        hold(std::move(view));
    else
        follow(std::move(view));
    Q_EMIT countsChanged();
}

void AlertTable::follow(ViewModelPtr view)
{
    const std::vector<AlertRow> &rows = listOf(view);
    const auto same = [&](std::size_t shown, std::size_t incoming) {
        return at(m_view, m_shown[shown]).key == rows[m_incoming[incoming]].key;
    };
    std::size_t head = 0;
    const std::size_t most = std::min(m_shown.size(), m_incoming.size());
    while (head < most && same(head, head))
        ++head;
    std::size_t tail = 0;
    while (tail < most - head && same(m_shown.size() - 1 - tail, m_incoming.size() - 1 - tail))
        ++tail;

    // Between common head and tail the old rows leave and the new ones come; what a data call sees in between is the
    // old view until the places are exchanged, so the exchange happens while no row is in question.
    const auto first = static_cast<std::ptrdiff_t>(head);
    const std::size_t leaving = m_shown.size() - head - tail;
    const std::size_t coming = m_incoming.size() - head - tail;
    if (leaving > 0) {
        beginRemoveRows({}, static_cast<int>(head), static_cast<int>(head + leaving) - 1);
        m_shown.erase(m_shown.begin() + first, m_shown.begin() + first + static_cast<std::ptrdiff_t>(leaving));
        endRemoveRows();
    }
    if (coming > 0)
        beginInsertRows({}, static_cast<int>(head), static_cast<int>(head + coming) - 1);
    m_shown.swap(m_incoming);
    m_view = std::move(view);
    m_ended.clear();
    m_new = 0;
    if (coming > 0)
        endInsertRows();
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_shown.size()) - 1, kColumns - 1));
}

void AlertTable::hold(ViewModelPtr view)
{
    const std::vector<AlertRow> &rows = listOf(view);
    std::unordered_map<QStringView, Place> index; // only made when the order changed a lot
    std::vector<AlertRow> ended;
    std::size_t next = 0, matched = 0;
    for (Place &place : m_shown) {
        const AlertRow &old = at(m_view, place);
        std::size_t found = m_incoming.size();
        for (std::size_t i = next; i < std::min(next + kWindow, m_incoming.size()); ++i) {
            if (rows[m_incoming[i]].key == old.key) {
                found = i;
                break;
            }
        }
        if (found < m_incoming.size()) {
            next = found + 1;
            place = m_incoming[found];
            ++matched;
            continue;
        }
        if (index.empty()) {
            index.reserve(m_incoming.size());
            for (const Place p : m_incoming)
                index.emplace(rows[p].key, p);
        }
        if (const auto it = index.find(old.key); it != index.end()) {
            place = it->second;
            ++matched;
        } else {
            ended.push_back(old);
            place = kEndedBit | static_cast<Place>(ended.size() - 1);
        }
    }
    m_view = std::move(view);
    m_ended = std::move(ended);
    findWhereTo();
    m_new = static_cast<int>(m_incoming.size() - matched);
    if (!m_shown.empty())
        Q_EMIT dataChanged(this->index(0, 0), this->index(static_cast<int>(m_shown.size()) - 1, kColumns - 1));
}

/// What somebody shelved has not ended: it fires on, elsewhere.
void AlertTable::findWhereTo()
{
    m_whereTo.assign(m_ended.size(), tr("ended"));
    if (m_ended.empty())
        return;
    std::unordered_map<QStringView, std::size_t> places;
    for (std::size_t n = 0; n < m_ended.size(); ++n)
        places.emplace(m_ended[n].key, n);
    const auto look = [&](const std::vector<AlertRow> &list, const QString &word) {
        for (const AlertRow &row : list)
            if (const auto it = places.find(row.key); it != places.end())
                m_whereTo[it->second] = word;
    };
    look(m_view->active, tr("active"));
    look(m_view->standing, tr("standing"));
    look(m_view->suppressed, tr("suppressed"));
    look(m_view->shelf, tr("shelved"));
}

QString AlertTable::whereTo(int row) const
{
    const Place place = m_shown.at(static_cast<std::size_t>(row));
    return (place & kEndedBit) != 0 ? m_whereTo[place & ~kEndedBit] : QString();
}

void AlertTable::setHeld(bool held)
{
    m_held = held;
}

void AlertTable::release()
{
    m_held = false;
    if (m_new == 0 && m_ended.empty())
        return;
    filterIncoming(m_view);
    follow(m_view);
    Q_EMIT countsChanged();
}

void AlertTable::rebuild()
{
    beginResetModel();
    m_ended.clear();
    m_new = 0;
    m_held = false;
    filterIncoming(m_view);
    m_shown.swap(m_incoming);
    endResetModel();
    Q_EMIT countsChanged();
}

void AlertTable::setList(List list)
{
    if (list == m_list)
        return;
    // The old list must not be read through the new one, so both change inside one reset.
    beginResetModel();
    m_list = list;
    m_shown.clear();
    endResetModel();
    rebuild();
}

void AlertTable::setFilter(const AlertFilter &filter)
{
    m_filter = filter;
    rebuild();
}

int AlertTable::total() const
{
    return static_cast<int>(listOf(m_view).size());
}

const AlertRow &AlertTable::row(int row) const
{
    return at(m_view, m_shown.at(static_cast<std::size_t>(row)));
}

bool AlertTable::hasEnded(int row) const
{
    return (m_shown.at(static_cast<std::size_t>(row)) & kEndedBit) != 0;
}

int AlertTable::find(const QString &key) const
{
    const auto it = std::find_if(m_shown.begin(), m_shown.end(), [&](Place p) { return at(m_view, p).key == key; });
    return it == m_shown.end() ? -1 : static_cast<int>(it - m_shown.begin());
}

int AlertTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int AlertTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

QVariant AlertTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AlertRow &alert = row(index.row());
    if (role == KeyRole)
        return alert.key;
    if (role == Qt::ToolTipRole) {
        return index.column() == Alert || index.column() == Service || index.column() == Owner
            ? widgets::plainToolTip(data(index, Qt::DisplayRole).toString()) : QVariant();
    }
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (index.column() == Age || index.column() == Reports ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (m_list == List::Shelf && alert.quiet)
        switch (index.column()) {
        case Service: return alert.quiet->reason.isEmpty() ? QStringLiteral("—") : alert.quiet->reason;
        case Age: return left(index.row(), role == Qt::AccessibleTextRole);
        case Owner: return alert.quiet->by;
        default: break;
        }
    switch (index.column()) {
    case Severity: return fromWord(word(alert.severity));
    case Alert:
        if (role == Qt::AccessibleTextRole && (alert.hidden || alert.lookalike))
            return (alert.hidden ? tr("%1 (hidden characters)") : tr("%1 (lookalike letters)")).arg(alert.title);
        if (role == Qt::AccessibleTextRole && !alert.suspect.isEmpty())
            return (alert.folded ? tr("%1 (folded under %2)") : tr("%1 (likely consequence of %2)")).arg(alert.title, alert.suspect);
        return alert.title;
    case Service: return alert.service;
    case Age: return hasEnded(index.row()) ? QStringLiteral("—") : widgets::shortAge(m_now - alert.startsAt);
    case Reports: return alert.reports;
    case Owner:
        if (!alert.suppressedBy.isEmpty())
            return alert.suppressedBy;
        if (alert.workflow == Workflow::Acknowledged)
            return alert.owner.isEmpty() ? tr("✓ seen") : QStringLiteral("✓ ") + alert.owner;
        return alert.owner.isEmpty() ? QStringLiteral("—") : alert.owner;
    default: return {};
    }
}

QString AlertTable::left(int row, bool inFull) const
{
    const view::Quiet &quiet = *this->row(row).quiet;
    if (hasEnded(row) || !quiet.until)
        return QStringLiteral("—");
    const QString span = widgets::shortAge(std::max(Span{}, quiet.until - m_now));
    return !inFull ? span : quiet.once ? tr("%1 left, or until it clears").arg(span) : tr("%1 left").arg(span);
}

QVariant AlertTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (section == Age || section == Reports ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == Reports)
        return widgets::plainToolTip(tr("How often it was reported"));
    if (role == Qt::AccessibleTextRole && section == Severity)
        return tr("Severity");
    if (role == Qt::AccessibleTextRole && section == Reports)
        return tr("Reports");
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case Alert: return tr("Alert");
    case Service: return m_list == List::Shelf ? tr("Reason") : tr("Service");
    case Age: return m_list == List::Shelf ? tr("Left", "time that is left") : tr("Age");
    case Reports: return QStringLiteral("×");
    case Owner: return m_list == List::Shelf ? tr("By", "who put it there") : m_list == List::Suppressed ? tr("Held by") : tr("Owner");
    default: return QString();
    }
}

} // namespace qd::triage
