// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "ui/wall/content.h"

#include <QHash>
#include <QPoint>
#include <QRectF>
#include <QStringList>

/// How the bands of the wall share its height, and which services find room. Pure: no text is ever smaller, so what does not fit is counted.
namespace qd::wall {

/// Heights of one line, and what lies between bands.
struct Lines {
    double clock = 0, title = 0, text = 0, label = 0, gap = 0;
};

struct Plan {
    bool foot = true;            ///< alarm rate and feeds
    bool head = true;            ///< clock, commander, phase
    int incidents = 0;           ///< shown of those there are
    bool impacts = true;         ///< each with its sentence
    int moreIncidents = 0;       ///< "+N more", in a line of its own
    double headHeight = 0, incidentsHeight = 0, lowerHeight = 0, footHeight = 0;
    bool named = false;          ///< there is no room for a map: the services are named in the first line of the lower band
    int lines = 0, moreLines = 0, promises = 0, morePromises = 0; ///< beside the map
};

/// `incidents`: how many are open; `lines`, `promises`: how many there are to be shown.
/// `named`: services are to be named, since there is no room for a map.
[[nodiscard]] Plan planOf(double height, const Lines &line, int incidents, int lines, int promises, bool named = false);
/// Whether the letters are so large for the width that nothing stands beside the map.
[[nodiscard]] inline bool isNarrow(double width, const Lines &line) { return width < line.text * 24; }

/// Where services stand: in ranks, a rank broken into rows where it is wider than the room.
struct Placed {
    QHash<QString, QRectF> boxes;
    QStringList shown;           ///< in order of importance
};
/// As many of the nodes, the most important first, as find room in boxes of that size; none when not even one does.
[[nodiscard]] Placed placed(const std::vector<view::MapNode> &nodes, const std::vector<view::MapEdge> &edges, QSizeF room, QSizeF box, QSizeF gap);

/// How far everything is moved at that moment so that nothing burns in: 2 px every 10 minutes, round a square of 4.
[[nodiscard]] QPoint driftAt(Instant now);
inline constexpr int kDriftStep = 2, kDriftMost = 4;
inline constexpr Span kDriftEvery = minutes(10);

} // namespace qd::wall
