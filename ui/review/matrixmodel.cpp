// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/matrixmodel.h"

#include "ui/widgets/plaintext.h"

#include <QColor>

namespace qd::review {

using style::Tone;
using style::Type;

namespace {

/// How much of Tone::Dim is in the ground of a cell: at the most of it the number is still read in every look, at the least it is told from none.
constexpr double kLeastShade = 0.2, kMostShade = 0.8;

QColor mixed(const QColor &a, const QColor &b, double part)
{
    const auto channel = [&](float from, float to) { return static_cast<float>(from + (to - from) * part); };
    return QColor::fromRgbF(channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()), channel(a.blueF(), b.blueF()));
}

} // namespace

MatrixModel::MatrixModel(const style::Theme &theme, QObject *parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{
}

void MatrixModel::show(const FactorMatrix &matrix)
{
    beginResetModel();
    m_isOfServices = false;
    m_matrix = matrix;
    m_most = matrix.most();
    endResetModel();
}

void MatrixModel::show(const ServiceMatrix &matrix)
{
    beginResetModel();
    m_isOfServices = true;
    m_services = matrix;
    m_most = matrix.most();
    endResetModel();
}

bool MatrixModel::isIn(const QModelIndex &index) const
{
    return index.isValid() && index.row() < rowCount() && index.column() < columnCount();
}

QStringList MatrixModel::factorsAt(const QModelIndex &index) const
{
    if (!isIn(index))
        return {};
    if (m_isOfServices)
        return {m_services.ids[index.row()]};
    const QString &one = m_matrix.ids[index.row()], &other = m_matrix.ids[index.column()];
    return one == other ? QStringList{one} : QStringList{one, other};
}

QString MatrixModel::words(const QModelIndex &index) const
{
    return m_isOfServices ? m_services.words(index.row(), index.column()) : m_matrix.words(index.row(), index.column());
}

qint64 MatrixModel::count(const QModelIndex &index) const
{
    if (!isIn(index))
        return 0;
    return (m_isOfServices ? m_services.counts : m_matrix.counts)[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
}

int MatrixModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_isOfServices ? m_services.rows() : m_matrix.size();
}

int MatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_isOfServices ? m_services.columns() : m_matrix.size();
}

QVariant MatrixModel::ground(qint64 count, bool isDiagonal) const
{
    if (isDiagonal)
        return m_theme.color(Tone::Raised);
    if (count == 0 || m_most == 0)
        return {};
    return mixed(m_theme.color(Tone::Base), m_theme.color(Tone::Dim), kLeastShade + (kMostShade - kLeastShade) * static_cast<double>(count) / static_cast<double>(m_most));
}

QVariant MatrixModel::data(const QModelIndex &index, int role) const
{
    if (!isIn(index))
        return {};
    const qint64 met = count(index);
    const bool isDiagonal = !m_isOfServices && index.row() == index.column();
    switch (role) {
    case Qt::DisplayRole: return met == 0 ? QString() : QString::number(met);
    case Qt::ToolTipRole: return widgets::plainToolTip(words(index));
    case Qt::AccessibleTextRole: return words(index);
    case Qt::TextAlignmentRole: return QVariant::fromValue(Qt::Alignment(Qt::AlignCenter));
    case Qt::FontRole: return m_theme.font(Type::Figure);
    case Qt::ForegroundRole: return m_theme.color(isDiagonal ? Tone::Secondary : Tone::Text);
    case Qt::BackgroundRole: return ground(met, isDiagonal);
    default: return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isColumn = orientation == Qt::Horizontal;
    if (section < 0 || section >= (isColumn ? columnCount() : rowCount()))
        return {};
    const bool isService = isColumn && m_isOfServices;
    const QString number = QString::number(section + 1);
    const QString &label = (isService ? m_services.services : m_isOfServices ? m_services.labels : m_matrix.labels)[section];
    switch (role) {
    case Qt::DisplayRole: return isService ? label : isColumn ? number : number + QStringLiteral("  ") + label;
    case Qt::ToolTipRole: return widgets::plainToolTip(label);
    case Qt::AccessibleTextRole: return label;
    case Qt::TextAlignmentRole: return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (isColumn ? Qt::AlignHCenter : Qt::AlignLeft)));
    default: return {};
    }
}

} // namespace qd::review
