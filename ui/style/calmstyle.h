// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace qd::style {

class Theme;

/// Fusion with its furniture made quiet: flat scroll bars without arrows, splitters that are a line, text fields and boxes with a
/// border that can be seen (3:1) and a ring where the keyboard is, on what is chosen from a list too, buttons without pictures. Colours come
/// from the theme at paint time.
class CalmStyle final : public QProxyStyle {
    Q_OBJECT
public:
    explicit CalmStyle(const Theme &theme);

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                       const QWidget *widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *data) const override;

private:
    void paintFocus(QPainter &painter, const QRect &field) const;

    const Theme &m_theme;
};

} // namespace qd::style
