// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wall/brush.h"
#include "ui/wall/content.h"
#include "ui/wall/plan.h"

#include <QFont>

namespace qd::wall {

struct Fonts {
    QFont clock, title, text, strong, label;
    Lines line;
};

/// The five bands, one below the other; the map beside what was done.
void paintBands(Brush &brush, const Fonts &fonts, const Plan &plan, const Content &content, const QRectF &room);

/// The affected services and their neighbours, those that find room; the rest is counted. Without room for boxes: their names.
void paintServices(Brush &brush, const Fonts &fonts, const Content &content, const QRectF &room);

} // namespace qd::wall
