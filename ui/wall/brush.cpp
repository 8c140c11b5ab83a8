// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/brush.h"

#include <QFontMetricsF>
#include <algorithm>

namespace qd::wall {

using style::Tone;

Brush::Brush(QPainter &painter, const style::Theme &theme, int &least, QStringList &written)
    : m_painter(painter)
    , m_theme(theme)
    , m_least(least)
    , m_written(written)
{
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_least = 0;
    m_written.clear();
}

double Brush::widthOf(const QString &text, const QFont &font)
{
    return QFontMetricsF(font).horizontalAdvance(text);
}

QStringList Brush::broken(const QString &text, const QFont &font, double width)
{
    const QFontMetricsF metrics(font);
    if (metrics.horizontalAdvance(text) <= width)
        return {text};
    qsizetype at = -1;
    for (qsizetype next = text.indexOf(QLatin1Char(' ')); next >= 0 && metrics.horizontalAdvance(text.left(next)) <= width; next = text.indexOf(QLatin1Char(' '), next + 1))
        at = next;
    return at <= 0 ? QStringList{text} : QStringList{text.left(at), text.mid(at + 1)};
}

double Brush::write(const QRectF &box, const QString &text, const QFont &font, Tone tone, Qt::Alignment align)
{
    if (text.isEmpty() || box.width() <= 0)
        return 0;
    const QString said = QFontMetricsF(font).elidedText(text, Qt::ElideRight, box.width() + 1);
    m_painter.setFont(font);
    m_painter.setPen(m_theme.color(tone));
    m_painter.drawText(box, static_cast<int>(align) | Qt::TextSingleLine, said);
    m_least = m_least == 0 ? font.pixelSize() : std::min(m_least, font.pixelSize());
    m_written << said;
    return std::min(box.width(), widthOf(said, font));
}

void Brush::shape(const QRectF &box, const style::Mark &mark)
{
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.color(mark.fill));
    m_painter.drawPath(style::shapePath(mark.shape, box));
}

void Brush::badge(const QRectF &box, const style::Mark &mark, const QFont &font)
{
    shape(box, mark);
    // A triangle's weight sits low, and so must its letters.
    write(mark.shape == style::Shape::Triangle ? box.translated(0, box.height() * 0.13) : box, mark.letters, font, Tone::OnFill, Qt::AlignCenter);
}

double Brush::tag(const QRectF &box, const QString &word, const QFont &font, Tone fill, Tone letters)
{
    const double inset = font.pixelSize() * 0.35, width = std::min(box.width(), widthOf(word, font) + 2 * inset);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.color(fill));
    const QRectF frame(box.left(), box.top(), width, box.height());
    m_painter.drawRect(frame);
    write(frame.adjusted(inset, 0, -inset + 2, 0), word, font, letters);
    return width;
}

void Brush::rule(double x, double y, double width)
{
    m_painter.fillRect(QRectF(x, y, width, 1), m_theme.color(Tone::Line));
}

} // namespace qd::wall
