// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/evidencemodel.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QMimeData>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;

namespace {

constexpr char kCarriedAs[] = "application/x-quarterdeck-evidence";
constexpr int kCarriedBytes = 500; ///< another program may bring anything

} // namespace

int markerOf(const QString &kind)
{
    for (std::size_t i = 0; i < std::size(kMarkers); ++i)
        if (kind == QLatin1String(kMarkers[i]))
            return static_cast<int>(i) + 1;
    return 0;
}

EvidenceModel::EvidenceModel(const style::Theme &theme, QObject *parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{
}

void EvidenceModel::show(std::shared_ptr<const view::Evidence> evidence, const std::vector<view::MomentRow> &moments, const std::shared_ptr<const view::Cast> &cast)
{
    const bool sameCast = cast == m_cast;
    if (!sameCast) {
        m_cast = cast;
        m_nobody = view::Nameless(cast, view::Nameless::Whom::Everybody);
        m_unknown = view::Nameless(cast, view::Nameless::Whom::Unknown);
    }
    const bool sameMarks = std::equal(moments.begin(), moments.end(), m_moments.begin(), m_moments.end(),
                                      [](const view::MomentRow &a, const view::MomentRow &b) { return a.number == b.number && a.reference == b.reference && a.kind == b.kind; });
    if (evidence == m_evidence && sameMarks && sameCast)
        return;
    m_moments = moments;
    m_byReference.clear();
    for (std::size_t i = 0; i < m_moments.size(); ++i)
        if (!m_moments[i].reference.isEmpty())
            m_byReference[m_moments[i].reference].push_back(i);
    m_markedRows = static_cast<int>(m_byReference.size());
    m_evidence = std::move(evidence);
    refill();
}

void EvidenceModel::setFilter(const QString &words)
{
    m_filter = words.trimmed();
    refill();
}

void EvidenceModel::setPart(Part part)
{
    m_part = part;
    refill();
}

void EvidenceModel::setNamed(bool named)
{
    m_named = named;
    refill();
}

void EvidenceModel::setWhoInText(bool inText)
{
    if (inText == m_isWhoInText)
        return;
    m_isWhoInText = inText;
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1), {Qt::DisplayRole});
}

void EvidenceModel::setMoment(const view::PastPoint &moment)
{
    if (moment == m_moment)
        return;
    m_moment = moment;
    if (!m_filter.isEmpty() && chosen() != m_shown) // what is looked for stood in other lines then
        return refill();
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1), {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole, Qt::ForegroundRole});
}

bool EvidenceModel::isShown(const view::EvidenceRow &row) const
{
    const bool part = m_part == Part::All || (m_part == Part::Messages ? row.lane == view::Lane::Chat : row.lane == view::Lane::People || row.lane == view::Lane::Decisions);
    return part && (m_filter.isEmpty() || textOf(row).contains(m_filter, Qt::CaseInsensitive) || row.kind.contains(m_filter, Qt::CaseInsensitive) || who(row).contains(m_filter, Qt::CaseInsensitive));
}

std::vector<std::uint32_t> EvidenceModel::chosen() const
{
    if (m_evidence == nullptr)
        return {};
    if (m_filter.isEmpty() && m_part == Part::All)
        return m_evidence->order;
    std::vector<std::uint32_t> out;
    std::copy_if(m_evidence->order.begin(), m_evidence->order.end(), std::back_inserter(out), [this](std::uint32_t i) { return isShown(m_evidence->row(i)); });
    return out;
}

void EvidenceModel::refill()
{
    std::vector<std::uint32_t> next = chosen();
    const bool isMore = !m_shown.empty() && next.size() >= m_shown.size() && std::equal(m_shown.begin(), m_shown.end(), next.begin());
    if (!isMore) {
        beginResetModel();
        m_shown = std::move(next);
        endResetModel();
        return;
    }
    // What was chosen stays where it is: lines only came after the others.
    const auto before = static_cast<int>(m_shown.size()), after = static_cast<int>(next.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_shown = std::move(next);
        endInsertRows();
    }
    Q_EMIT dataChanged(index(0, 0), index(before - 1, Columns - 1));
}

const view::EvidenceRow *EvidenceModel::row(int index) const
{
    return index >= 0 && index < rowCount() ? &m_evidence->row(m_shown[static_cast<std::size_t>(index)]) : nullptr;
}

int EvidenceModel::indexOf(const QString &id) const
{
    const auto it = std::find_if(m_shown.begin(), m_shown.end(), [&](std::uint32_t i) { return m_evidence->row(i).id == id; });
    return it == m_shown.end() ? -1 : static_cast<int>(it - m_shown.begin());
}

int EvidenceModel::indexAt(Instant at) const
{
    const auto it = std::upper_bound(m_shown.begin(), m_shown.end(), at, [this](Instant t, std::uint32_t i) { return t < m_evidence->row(i).at; });
    return static_cast<int>(it - m_shown.begin()) - 1;
}

int EvidenceModel::total() const
{
    return m_evidence != nullptr ? static_cast<int>(m_evidence->size()) : 0;
}

int EvidenceModel::hidden() const
{
    return total() - static_cast<int>(m_shown.size());
}

const view::MomentRow *EvidenceModel::mark(const view::EvidenceRow &row, int marker) const
{
    for (const QString &reference : {row.reference, row.called}) {
        const auto marks = m_byReference.constFind(reference);
        if (reference.isEmpty() || marks == m_byReference.constEnd())
            continue;
        for (const std::size_t i : *marks)
            if (markerOf(m_moments[i].kind) == marker)
                return &m_moments[i];
    }
    return nullptr;
}

QString EvidenceModel::marksOf(const view::EvidenceRow &row) const
{
    if (m_byReference.isEmpty())
        return {};
    QStringList digits;
    for (int marker = 1; marker <= static_cast<int>(std::size(kMarkers)); ++marker)
        if (mark(row, marker) != nullptr)
            digits << QString::number(marker);
    return digits.join(QLatin1Char(' '));
}

QString EvidenceModel::who(const view::EvidenceRow &row) const
{
    if (m_named || row.actor.isEmpty())
        return row.actor;
    if (!row.role.isEmpty())
        return row.role;
    return row.lane == view::Lane::Chat || row.lane == view::Lane::People || row.lane == view::Lane::Decisions || row.lane == view::Lane::Updates ? tr("somebody") : row.actor;
}

const QString &EvidenceModel::textOf(const view::EvidenceRow &row) const
{
    return m_moment.isPast() ? row.textAt(m_moment.at, m_moment.clock) : row.text;
}

QString EvidenceModel::named(const view::EvidenceRow &row, const QString &text) const
{
    return (m_named ? m_unknown : m_nobody).text(text, row.at - nanos(1)); // who takes something on is not yet what they become by it
}

QString EvidenceModel::words(const view::EvidenceRow &row) const
{
    return named(row, textOf(row));
}

QString EvidenceModel::lastWords(const view::EvidenceRow &row) const
{
    return named(row, row.text);
}

Instant EvidenceModel::putOtherwise(const view::EvidenceRow &row) const
{
    if (!m_moment.isPast() || m_moment.clock == view::PastClock::AsItWas)
        return {};
    const auto next = std::find_if(row.before.begin(), row.before.end(), [this](const view::EvidenceRow::Earlier &each) { return each.until > m_moment.at; });
    return next == row.before.end() ? Instant{} : next->until;
}

const view::EvidenceRow *EvidenceModel::find(const QString &reference) const
{
    if (m_evidence == nullptr || reference.isEmpty())
        return nullptr;
    for (const auto &chunk : m_evidence->chunks)
        for (const view::EvidenceRow &row : *chunk)
            if (row.reference == reference || row.called == reference)
                return &row;
    return nullptr;
}

Qt::ItemFlags EvidenceModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index) | (index.isValid() ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

QStringList EvidenceModel::mimeTypes() const
{
    return {QLatin1String(kCarriedAs)};
}

QMimeData *EvidenceModel::mimeData(const QModelIndexList &indexes) const
{
    const view::EvidenceRow *at = indexes.isEmpty() ? nullptr : row(indexes.front().row());
    if (at == nullptr)
        return nullptr;
    auto *out = new QMimeData; // whoever drags owns it
    out->setData(QLatin1String(kCarriedAs), at->reference.toUtf8());
    return out;
}

QString EvidenceModel::carried(const QMimeData &data)
{
    return QString::fromUtf8(data.data(QLatin1String(kCarriedAs)).left(kCarriedBytes));
}

bool EvidenceModel::isThere(const view::EvidenceRow &row) const
{
    return !m_moment.isPast() || (m_moment.clock == view::PastClock::AsItWas ? row.at : row.knownAt) <= m_moment.at;
}

int EvidenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int EvidenceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant EvidenceModel::data(const QModelIndex &index, int role) const
{
    const view::EvidenceRow *at = row(index.row());
    if (at == nullptr)
        return {};
    const auto text = [&](int column) -> QString {
        switch (column) {
        case When: return widgets::shownClock(at->at);
        case What: {
            QString said = at->removed ? tr("(removed) %1").arg(words(*at)) : words(*at);
            if (at->lane == view::Lane::Changes)
                said.prepend(QStringLiteral("■ "));
            if (const QString by = m_isWhoInText ? who(*at) : QString(); !by.isEmpty())
                said.prepend(by + QStringLiteral(": "));
            if (at->knownAt - at->at > seconds(60))
                said += QLatin1Char(' ') + tr("(known %1)").arg(widgets::shownMinutes(at->knownAt));
            if (const Instant otherwise = putOtherwise(*at))
                said += QLatin1Char(' ') + tr("(put otherwise later, %1)").arg(widgets::shownMinutes(otherwise));
            if (!at->origin.isEmpty())
                said += QStringLiteral(" · ") + at->origin;
            return said;
        }
        case Who: return who(*at);
        case Marks: return marksOf(*at);
        default: return {};
        }
    };
    switch (role) {
    case Qt::DisplayRole: return text(index.column());
    case Qt::ToolTipRole: return widgets::plainToolTip(text(index.column()));
    case Qt::AccessibleTextRole:
        if (index.column() == Marks)
            return marksOf(*at).isEmpty() ? tr("not marked") : tr("marked %1").arg(marksOf(*at));
        return text(index.column());
    case Qt::ForegroundRole:
        if (!isThere(*at))
            return m_theme.color(Tone::Faint);
        return m_theme.ink(index.column() == What ? (at->lane == view::Lane::Changes ? Tone::Override : Tone::Text) : Tone::Secondary);
    case Qt::FontRole: {
        QFont font = m_theme.font(index.column() == When || index.column() == Marks ? Type::Figure : Type::Body);
        font.setStrikeOut(at->removed);
        return font;
    }
    default: return {};
    }
}

QVariant EvidenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("When"), tr("What"), tr("Who"), tr("Mark")};
    return section >= 0 && section < Columns ? names[section] : QString();
}

} // namespace qd::review
