// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/heartbeatdelegate.h"

#include "ui/triage/heartbeatmodel.h"
#include "ui/widgets/paint.h"

#include <QPainter>

namespace qd::triage {

using style::Tone;
using style::Type;

HeartbeatDelegate::HeartbeatDelegate(const style::Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void HeartbeatDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, m_theme.color(Tone::Selection));
    const int step = m_theme.step();
    QRect box = option.rect.adjusted(2 * step, 0, -step, 0);
    const bool strong = index.data(HeartbeatModel::StrongRole).toBool();
    const int column = index.column();
    if (column == HeartbeatModel::StateColumn) {
        const int size = m_theme.rowHeight() / 2;
        const QRectF shape(box.left(), box.center().y() - size / 2.0, size, size);
        widgets::paintShape(*painter, m_theme, shape, static_cast<style::Shape>(index.data(HeartbeatModel::ShapeRole).toInt()), static_cast<Tone>(index.data(HeartbeatModel::ToneRole).toInt()));
        box.setLeft(box.left() + size + 2 * step);
    }
    const bool isFigure = column == HeartbeatModel::LastColumn || column == HeartbeatModel::TripsColumn;
    const bool isFirst = column == HeartbeatModel::StateColumn || column == HeartbeatModel::NameColumn;
    painter->setFont(m_theme.font(isFigure ? Type::Figure : strong && isFirst ? Type::Strong : Type::Body));
    painter->setPen(m_theme.color(isFirst || isFigure || strong ? Tone::Text : Tone::Secondary));
    painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
    painter->restore();
}

} // namespace qd::triage
