// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <QStringList>

namespace qd::wall {

/// Writes on the wall: every letter goes through here, so that the smallest is known and nothing is written outside of its box. A text
/// that is too long is shortened at its end.
class Brush {
public:
    Brush(QPainter &painter, const style::Theme &theme, int &least, QStringList &written);

    /// Gives the width it took.
    double write(const QRectF &box, const QString &text, const QFont &font, style::Tone tone, Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter);
    [[nodiscard]] static double widthOf(const QString &text, const QFont &font);
    /// The text as one line where it fits, else broken once between words; the second line may still be too long. A first word that is too long
    /// for a line is not broken.
    [[nodiscard]] static QStringList broken(const QString &text, const QFont &font, double width);
    /// A severity, as large as the letters beside it.
    void badge(const QRectF &box, const style::Mark &mark, const QFont &font);
    void shape(const QRectF &box, const style::Mark &mark);
    /// A word that must not be missed, filled; its width.
    double tag(const QRectF &box, const QString &word, const QFont &font, style::Tone fill, style::Tone letters = style::Tone::OnFill);
    void rule(double x, double y, double width);
    [[nodiscard]] QPainter &painter() const { return m_painter; }
    [[nodiscard]] const style::Theme &theme() const { return m_theme; }

private:
    QPainter &m_painter;
    const style::Theme &m_theme;
    int &m_least;
    QStringList &m_written;
};

} // namespace qd::wall
