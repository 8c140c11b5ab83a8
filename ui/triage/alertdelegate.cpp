// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alertdelegate.h"

#include "ui/triage/alerttable.h"
#include "ui/widgets/paint.h"

#include <QFontMetrics>
#include <QPainter>

namespace qd::triage {

using style::Tone;
using style::Type;

QStringList tagsThatFit(QStringList tags, int room, const std::function<int(const QStringList &)> &widthOf)
{
    while (!tags.isEmpty() && widthOf(tags) > room)
        tags.removeLast();
    return tags;
}

AlertDelegate::AlertDelegate(const style::Theme &theme, const AlertTable &table, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_table(table)
{
}

QSize AlertDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {m_theme.step() * 8, m_theme.rowHeight()};
}

void AlertDelegate::paintTitle(QPainter &painter, const QRect &box, int row) const
{
    const view::AlertRow &alert = m_table.row(row);
    const auto tagsOf = [&](bool brief) {
        QStringList words;
        if (m_table.hasEnded(row))
            words << m_table.whereTo(row);
        if (alert.held)
            words << tr("held");
        if (alert.hidden)
            words << (brief ? tr("hidden") : tr("hidden characters"));
        if (alert.lookalike)
            words << (brief ? tr("lookalike") : tr("lookalike letters"));
        if (alert.folded)
            words << (brief ? tr("folded") : tr("folded under %1").arg(alert.suspect));
        else if (!alert.suspect.isEmpty())
            words << (brief ? tr("due to %1").arg(alert.suspect) : tr("consequence of %1").arg(alert.suspect));
        if (alert.firstOut)
            words << (brief ? tr("1st") : tr("first-out"));
        if (alert.chattering)
            words << (brief ? tr("flaps") : tr("chattering"));
        return words;
    };
    const auto widthOf = [this](const QStringList &words) {
        int width = 0;
        for (const QString &word : words)
            width += widgets::tagSize(m_theme, word).width() + m_theme.step();
        return width;
    };
    // The title is what is read; where there is no room for both, the tags are shortened, then give way, the last first.
    const QFontMetrics metrics(painter.font());
    const int titleWidth = metrics.horizontalAdvance(alert.title);
    QStringList tags = tagsOf(false);
    if (titleWidth + widthOf(tags) > box.width())
        tags = tagsOf(true);
    tags = tagsThatFit(std::move(tags), box.width() - std::min(titleWidth, box.width() * 3 / 5), widthOf);
    const int tagsWidth = widthOf(tags);
    const int room = box.width() - tagsWidth;
    painter.drawText(QRect(box.left(), box.top(), room, box.height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     metrics.elidedText(alert.title, Qt::ElideRight, room));
    int x = box.left() + std::min(titleWidth, room) + m_theme.step();
    for (const QString &tag : tags) {
        const QSize size = widgets::tagSize(m_theme, tag);
        widgets::paintTag(painter, m_theme, QRectF(x, box.center().y() - size.height() / 2, size.width(), size.height()), tag);
        x += size.width() + m_theme.step();
    }
}

void AlertDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const view::AlertRow &alert = m_table.row(index.row());
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool ended = m_table.hasEnded(index.row());
    const bool unseen = alert.workflow == Workflow::New && !ended;
    const QRect box = option.rect;
    const int step = m_theme.step();
    painter->save();
    if (selected)
        painter->fillRect(box, m_theme.color(Tone::Selection));
    painter->setFont(m_theme.font(Type::Body));
    painter->setPen(m_theme.color(ended ? Tone::Secondary : Tone::Text));
    const QRect inner = box.adjusted(step, 0, -step, 0);
    switch (index.column()) {
    case AlertTable::Severity: {
        const QSize size = widgets::badgeSize(m_theme);
        const QRectF badge(box.left() + (box.width() - size.width()) / 2.0, box.center().y() - size.height() / 2.0 + 0.5,
                           size.width(), size.height());
        const bool flashes = unseen && alert.severity == AlertSeverity::Critical;
        widgets::paintBadge(*painter, m_theme, badge, style::mark(alert.severity), !ended && (m_lit || !flashes));
        if (index.row() == m_current)
            painter->fillRect(QRect(box.left(), box.top(), 3, box.height()), m_theme.color(m_keyboard ? Tone::Focus : Tone::Dim));
        break;
    }
    case AlertTable::Alert: paintTitle(*painter, inner, index.row()); break;
    default: {
        const QString text = index.data().toString();
        if (m_theme.isCompact() && (index.column() == AlertTable::Service || index.column() == AlertTable::Owner))
            painter->setFont(m_theme.font(Type::Small));
        // What is missing, settled or not the first thing to read steps back.
        if (index.column() == AlertTable::Owner && (alert.owner.isEmpty() || !alert.suppressedBy.isEmpty()))
            painter->setPen(m_theme.color(Tone::Secondary));
        const bool right = index.column() == AlertTable::Age || index.column() == AlertTable::Reports;
        painter->drawText(inner, Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::TextSingleLine,
                          QFontMetrics(painter->font()).elidedText(text, Qt::ElideRight, inner.width()));
        break;
    }
    }
    painter->restore();
}

} // namespace qd::triage
