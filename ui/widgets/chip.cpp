// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip.h"

#include <QFontMetrics>
#include <QPainter>

namespace qd::widgets {

using style::Tone;
using style::Type;

namespace {

/// A chip must not push the others out of the bar.
constexpr int kMostCharacters = 28;

} // namespace

Chip::Chip(const style::Theme &theme, const QString &words, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_words((words.size() > kMostCharacters ? words.left(kMostCharacters - 1) + QStringLiteral("…") : words) + QStringLiteral(" ✕"))
{
    setAccessibleName(tr("Filter %1; press to remove").arg(words));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

QSize Chip::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(Type::Small));
    return {metrics.horizontalAdvance(m_words) + m_theme.step() * 4, std::max(24, metrics.height() + 6)};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(hasFocus() ? Tone::Focus : Tone::Outline), hasFocus() ? 2 : 1));
    painter.setBrush(isDown() ? m_theme.color(Tone::Raised) : QColor(Qt::transparent));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
    painter.setPen(m_theme.color(Tone::Text));
    painter.setFont(m_theme.font(Type::Small));
    painter.drawText(rect(), Qt::AlignCenter, m_words);
}

} // namespace qd::widgets
