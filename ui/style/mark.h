// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/words.h"
#include "ui/style/palette.h"

#include <QPainterPath>
#include <QRectF>
#include <QString>

namespace qd::style {

enum class Shape { Octagon, Triangle, Diamond, Pill, Square, Circle };

/// How a severity looks: always a shape and letters with the fill, so that colour is never the only cue.
struct Mark {
    Tone fill = Tone::Unknown;
    Shape shape = Shape::Pill;
    QString letters;
};

/// C octagon, E triangle, W diamond, I pill, ? pill for unknown; none is a pill with a dash.
[[nodiscard]] Mark mark(AlertSeverity severity);
/// S1 octagon, S2 triangle, S3 diamond, S4 pill, S5 a neutral pill.
[[nodiscard]] Mark mark(IncidentSeverity severity);

/// The outline of a shape filling `box`. Octagon, triangle and diamond may be wider than high, as badges are.
[[nodiscard]] QPainterPath shapePath(Shape shape, const QRectF &box);

} // namespace qd::style
