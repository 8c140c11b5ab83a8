// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/heartbeatmodel.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::triage {

using style::Shape;
using style::Tone;
using State = view::HeartbeatRow::State;

namespace {

/// Lengths people wrote into the workspace: "90 s" reads as they wrote it.
QString lengthText(Span span)
{
    return span.ns % seconds(1).ns == 0 ? QString::fromStdString(toText(span)) : QStringLiteral("%1s").arg(static_cast<double>(span.millis()) / 1000);
}

} // namespace

HeartbeatLook lookOf(const view::HeartbeatRow &row, Instant now)
{
    if (row.mutedUntil)
        return {QCoreApplication::translate("qd::triage::HeartbeatModel", "muted"), Shape::Square, Tone::Override, false};
    switch (row.state) {
    case State::Missed: return {QCoreApplication::translate("qd::triage::HeartbeatModel", "missed"), Shape::Octagon, style::mark(row.severity).fill, true};
    case State::Late: return {QCoreApplication::translate("qd::triage::HeartbeatModel", "late"), Shape::Triangle, Tone::Warning, true};
    case State::Slow: return {QCoreApplication::translate("qd::triage::HeartbeatModel", "slow"), Shape::Diamond, Tone::Warning, true};
    case State::Awaiting: return {QCoreApplication::translate("qd::triage::HeartbeatModel", "awaiting"), Shape::Square, Tone::Dim, false};
    case State::Healthy: break;
    }
    if (row.expected && now > row.expected)
        return {QCoreApplication::translate("qd::triage::HeartbeatModel", "late"), Shape::Triangle, Tone::Info, false}; // within its grace
    return {QCoreApplication::translate("qd::triage::HeartbeatModel", "healthy"), Shape::Circle, Tone::Dim, false};
}

void HeartbeatModel::setRows(std::vector<view::HeartbeatRow> rows)
{
    const bool same = rows.size() == m_rows.size() && std::equal(rows.begin(), rows.end(), m_rows.begin(), [](const auto &a, const auto &b) { return a.id == b.id; });
    if (!same)
        beginResetModel();
    m_rows = std::move(rows);
    if (!same)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

void HeartbeatModel::setNow(Instant now)
{
    m_now = now;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

const view::HeartbeatRow *HeartbeatModel::row(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int HeartbeatModel::rowOf(const QString &id) const
{
    const auto at = std::find_if(m_rows.begin(), m_rows.end(), [&](const auto &r) { return r.id == id; });
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

QString HeartbeatModel::sentence(int n) const
{
    const view::HeartbeatRow *r = row(n);
    if (!r)
        return {};
    QStringList parts;
    if (r->mutedUntil)
        parts << tr("Muted until %1 by %2: %3.").arg(widgets::shownStamp(r->mutedUntil), r->mutedBy, r->muteReason);
    if (!r->why.isEmpty())
        parts << r->why + QLatin1Char('.');
    if (r->countsFrom)
        parts << tr("It counts anew from %1: the core was not listening before, and what was not heard then is not missed.").arg(widgets::shownClock(r->countsFrom) + QLatin1Char(' ') + widgets::zoneName());
    if (r->latency.ns > 0)
        parts << tr("Its last run took %1.").arg(lengthText(r->latency));
    if (parts.isEmpty())
        parts << tr("Nothing was heard of it yet; it is expected from its first beat on.");
    return parts.join(QLatin1Char(' '));
}

int HeartbeatModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HeartbeatModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant HeartbeatModel::data(const QModelIndex &index, int role) const
{
    const view::HeartbeatRow *r = row(index.row());
    if (!r)
        return {};
    const HeartbeatLook look = lookOf(*r, m_now);
    if (role == ShapeRole)
        return static_cast<int>(look.shape);
    if (role == ToneRole)
        return static_cast<int>(look.fill);
    if (role == StrongRole)
        return look.strong;
    if (role == Qt::ToolTipRole)
        return widgets::plainToolTip(sentence(index.row()));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case StateColumn: return look.word;
    case NameColumn: return r->service.isEmpty() ? r->name : r->name + QStringLiteral(" · ") + r->service;
    case LastColumn: return r->last ? widgets::waitText(m_now - r->last) : tr("never");
    case EveryColumn: return r->grace.ns > 0 ? tr("%1 + %2").arg(lengthText(r->interval), lengthText(r->grace)) : lengthText(r->interval);
    case MissedColumn: return tr("%1 of %2, trips at %3").arg(r->missed).arg(r->of).arg(r->misses);
    case TripsColumn:
        if (r->state == State::Missed)
            return tr("tripped");
        return r->trips ? widgets::countdownText(std::max(r->trips - m_now, Span{})) : QStringLiteral("—");
    case NoteColumn:
        if (r->mutedUntil)
            return tr("until %1, %2: %3").arg(widgets::shownStamp(r->mutedUntil), r->mutedBy, r->muteReason);
        return r->state == State::Healthy ? QString() : r->why;
    case Columns: break;
    }
    return {};
}

QVariant HeartbeatModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case StateColumn: return tr("State");
    case NameColumn: return tr("Heartbeat");
    case LastColumn: return tr("Last beat");
    case EveryColumn: return tr("Every + grace");
    case MissedColumn: return tr("Windows missed");
    case TripsColumn: return tr("Trips in");
    case NoteColumn: return tr("Why");
    case Columns: break;
    }
    return {};
}

} // namespace qd::triage
