// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QPainter>
#include <QRectF>
#include <QSize>
#include <QString>

namespace qd::widgets {

/// What is painted the same wherever it appears. Pure painting: the painter's state is restored.

/// A severity badge: shape, fill, letters. `lit` false paints only the outline (the dark half of a flash).
void paintBadge(QPainter &painter, const style::Theme &theme, const QRectF &box, const style::Mark &mark, bool lit = true);

/// A small shape without letters, for lanes and map nodes.
void paintShape(QPainter &painter, const style::Theme &theme, const QRectF &box, style::Shape shape, style::Tone fill);

/// The size of a badge beside text of the given type.
[[nodiscard]] QSize badgeSize(const style::Theme &theme, style::Type type = style::Type::Body);

/// A key as it is on the keyboard: "Ctrl+L" in a rounded frame.
void paintKeyCap(QPainter &painter, const style::Theme &theme, const QRectF &box, const QString &key);
[[nodiscard]] QSize keyCapSize(const style::Theme &theme, const QString &key);

/// A word in a thin frame: "first-out", "ACTIVE". Dashed for what is missing: an open role.
void paintTag(QPainter &painter, const style::Theme &theme, const QRectF &box, const QString &text, bool dashed = false);
[[nodiscard]] QSize tagSize(const style::Theme &theme, const QString &text);

} // namespace qd::widgets
