// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/calmstyle.h"

#include "ui/style/theme.h"

#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleFactory>
#include <QStyleOptionSlider>

namespace qd::style {

namespace {

constexpr int kBar = 12;      ///< wide enough to hit, with WCAG's spacing around it
constexpr int kLeastHandle = 28;
constexpr double kFocusLine = 1.6;

} // namespace

CalmStyle::CalmStyle(const Theme &theme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    , m_theme(theme)
{
}

void CalmStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    if (control != CC_ScrollBar) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        if (control == CC_ComboBox && option->state.testFlag(State_HasFocus)) // Fusion's own is a shade nobody sees
            paintFocus(*painter, option->rect);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(option->rect, m_theme.color(Tone::Base));
    const bool held = option->activeSubControls.testFlag(SC_ScrollBarSlider);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.color(held ? Tone::Outline : Tone::Dim));
    const QRectF handle = QRectF(subControlRect(control, option, SC_ScrollBarSlider, widget)).adjusted(3, 3, -3, -3);
    painter->drawRoundedRect(handle, 3, 3);
    painter->restore();
}

void CalmStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    if (element == PE_IndicatorCheckBox) {
        // Fusion's box is drawn in the colour of what is behind it here: an empty one could not be seen.
        const bool focused = option->state.testFlag(State_HasFocus);
        const bool enabled = option->state.testFlag(State_Enabled);
        const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(m_theme.color(Tone::Field));
        painter->setPen(QPen(m_theme.color(focused ? Tone::Focus : enabled ? Tone::Secondary : Tone::Outline), focused ? kFocusLine : 1));
        painter->drawRoundedRect(box, 2, 2);
        if (option->state.testFlag(State_On)) {
            painter->setPen(QPen(m_theme.color(enabled ? Tone::Text : Tone::Secondary), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            const qreal w = box.width(), h = box.height();
            painter->drawPolyline(QPolygonF({box.topLeft() + QPointF(0.22 * w, 0.52 * h), box.topLeft() + QPointF(0.43 * w, 0.73 * h),
                                             box.topLeft() + QPointF(0.8 * w, 0.28 * h)}));
        }
        painter->restore();
        return;
    }
    if (element != PE_PanelLineEdit) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (frame == nullptr || frame->lineWidth <= 0) {
        painter->fillRect(option->rect, option->palette.base());
        return;
    }
    const bool focused = option->state.testFlag(State_HasFocus);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(m_theme.color(Tone::Field));
    painter->setPen(QPen(m_theme.color(focused ? Tone::Focus : Tone::Outline), focused ? kFocusLine : 1));
    painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), 2, 2);
    painter->restore();
}

void CalmStyle::paintFocus(QPainter &painter, const QRect &field) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.color(Tone::Focus), kFocusLine));
    painter.drawRoundedRect(QRectF(field).adjusted(1, 1, -1, -1), 2, 2);
    painter.restore();
}

void CalmStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *words = qobject_cast<const QPlainTextEdit *>(widget);
    if (element == CE_ShapedFrame && words != nullptr && words->frameShape() == QFrame::StyledPanel) {
        // A box of words has a border that can be seen as a line to write has, and shows that it has the keyboard; what is within covers all but a pixel.
        const QColor focus = m_theme.color(Tone::Focus), outline = m_theme.color(Tone::Outline);
        painter->save();
        painter->setBrush(Qt::NoBrush);
        painter->setPen(option->state.testFlag(State_HasFocus) ? focus : outline != focus ? outline : m_theme.color(Tone::Line)); // in high contrast both are white
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    }
    if (element == CE_Splitter)
        painter->fillRect(option->rect, m_theme.color(Tone::Line));
    else
        QProxyStyle::drawControl(element, option, painter, widget);
}

QRect CalmStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || bar == nullptr)
        return QProxyStyle::subControlRect(control, option, part, widget);
    const bool upright = bar->orientation == Qt::Vertical;
    const int length = upright ? bar->rect.height() : bar->rect.width();
    const int range = bar->maximum - bar->minimum;
    const qint64 all = static_cast<qint64>(range) + bar->pageStep;
    int handle = range > 0 && all > 0 ? static_cast<int>(static_cast<qint64>(length) * bar->pageStep / all) : length;
    handle = std::clamp(handle, std::min(kLeastHandle, length), length);
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
    const auto piece = [&](int from, int size) {
        return upright ? QRect(bar->rect.left(), bar->rect.top() + from, bar->rect.width(), size)
                       : QRect(bar->rect.left() + from, bar->rect.top(), size, bar->rect.height());
    };
    switch (part) {
    case SC_ScrollBarGroove: return bar->rect;
    case SC_ScrollBarSlider: return piece(start, handle);
    case SC_ScrollBarSubPage: return piece(0, start);
    case SC_ScrollBarAddPage: return piece(start + handle, length - start - handle);
    default: return {};
    }
}

int CalmStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    return metric == PM_ScrollBarExtent ? kBar : QProxyStyle::pixelMetric(metric, option, widget);
}

QSize CalmStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize out = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton)
        out.rwidth() += 4 * m_theme.step(); // words do not touch the frame
    return out;
}

int CalmStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    if (hint == SH_ScrollBar_Transient || hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

} // namespace qd::style
