// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/paint.h"

#include <QFontMetrics>
#include <QPen>

namespace qd::widgets {

using style::Shape;
using style::Theme;
using style::Tone;
using style::Type;

namespace {

class Saved final {
public:
    explicit Saved(QPainter &painter)
        : m_painter(painter)
    {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Saved() { m_painter.restore(); }
    Q_DISABLE_COPY_MOVE(Saved)

private:
    QPainter &m_painter;
};

QPen fillPen(const Theme &theme)
{
    const QColor &outline = theme.color(Tone::FillOutline);
    return outline.isValid() ? QPen(outline, 1.2) : QPen(Qt::NoPen);
}

} // namespace

void paintBadge(QPainter &painter, const Theme &theme, const QRectF &box, const style::Mark &mark, bool lit)
{
    const Saved saved(painter);
    const QPainterPath path = shapePath(mark.shape, box.adjusted(0.6, 0.6, -0.6, -0.6));
    if (lit) {
        painter.setPen(fillPen(theme));
        painter.setBrush(theme.color(mark.fill));
    } else {
        painter.setPen(QPen(theme.color(mark.fill), 1.6));
        painter.setBrush(Qt::NoBrush);
    }
    painter.drawPath(path);
    painter.setPen(lit ? theme.color(Tone::OnFill) : theme.color(Tone::Text));
    painter.setFont(theme.font(Type::Badge));
    // A triangle's weight sits low, and so must its letter.
    const QRectF text = mark.shape == Shape::Triangle ? box.translated(0, box.height() * 0.13) : box;
    painter.drawText(text, Qt::AlignCenter, mark.letters);
}

void paintShape(QPainter &painter, const Theme &theme, const QRectF &box, Shape shape, Tone fill)
{
    const Saved saved(painter);
    painter.setPen(fillPen(theme));
    painter.setBrush(theme.color(fill));
    painter.drawPath(shapePath(shape, box));
}

QSize badgeSize(const Theme &theme, Type type)
{
    const int height = QFontMetrics(theme.font(type)).height() + 4;
    return {height * 3 / 2 + 1, height};
}

void paintKeyCap(QPainter &painter, const Theme &theme, const QRectF &box, const QString &key)
{
    const Saved saved(painter);
    painter.setPen(QPen(theme.color(Tone::Outline), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setPen(theme.color(Tone::Secondary));
    painter.setFont(theme.font(Type::MonoSmall));
    painter.drawText(box, Qt::AlignCenter, key);
}

QSize keyCapSize(const Theme &theme, const QString &key)
{
    const QFontMetrics metrics(theme.font(Type::MonoSmall));
    const int height = metrics.height() + 4;
    return {std::max(height, metrics.horizontalAdvance(key) + 2 * theme.step() + 2), height};
}

void paintTag(QPainter &painter, const Theme &theme, const QRectF &box, const QString &text, bool dashed)
{
    const Saved saved(painter);
    QPen pen(theme.color(Tone::Outline), 1);
    if (dashed)
        pen.setStyle(Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter.setPen(theme.color(dashed ? Tone::Text : Tone::Secondary));
    painter.setFont(theme.font(Type::Small));
    painter.drawText(box, Qt::AlignCenter, text);
}

QSize tagSize(const Theme &theme, const QString &text)
{
    const QFontMetrics metrics(theme.font(Type::Small));
    return {metrics.horizontalAdvance(text) + 2 * theme.step() + 2, metrics.height() + 2};
}

} // namespace qd::widgets
