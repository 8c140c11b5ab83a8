// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/plan.h"

#include "ui/map/graph.h"

#include <QMap>
#include <algorithm>
#include <array>
#include <cmath>

namespace qd::wall {

namespace {

/// The most incidents that leave `below` free, with the line that counts the others.
bool settle(Plan &plan, double room, const Lines &line, int incidents, int least, double below)
{
    for (int n = std::min<int>(incidents, Content::kIncidents); n >= least; --n) {
        const int more = incidents - n;
        const double height = n * (line.title + line.text) + (more > 0 ? line.text : 0);
        if (height + below > room)
            continue;
        plan.incidents = n;
        plan.moreIncidents = more;
        plan.incidentsHeight = height;
        return true;
    }
    return false;
}

/// How many of `wanted` are shown in so many rows, and how many the last row counts.
std::pair<int, int> shared(int wanted, int rows)
{
    if (wanted <= rows)
        return {wanted, 0};
    const int shown = std::max(0, rows - 1);
    return {shown, rows > 0 ? wanted - shown : 0};
}

} // namespace

Plan planOf(double height, const Lines &line, int incidents, int lines, int promises, bool named)
{
    Plan plan;
    plan.headHeight = line.clock;
    plan.footHeight = line.text;
    double room = height - plan.headHeight - plan.footHeight - 3 * line.gap;
    const double one = line.label + line.text, three = line.label + 3 * line.text, five = 2 * line.label + 4 * line.text;
    if (incidents == 0) {
        plan.incidentsHeight = line.title; // that there is none
    } else if (!settle(plan, room, line, incidents, 2, five) && !settle(plan, room, line, incidents, 1, three) && !settle(plan, room, line, incidents, 1, one)
               && !settle(plan, room, line, incidents, 1, 0)) {
        // A screen this small for where it is read from: the worst incident, then the clock, then how alive it is.
        plan.impacts = false;
        plan.incidents = 1;
        plan.moreIncidents = 0;
        plan.incidentsHeight = line.title;
        plan.foot = room >= line.title;
        if (!plan.foot)
            room += plan.footHeight + line.gap;
        plan.footHeight = plan.foot ? plan.footHeight : 0;
        plan.head = room >= line.title;
        plan.headHeight = plan.head ? plan.headHeight : 0;
    }
    plan.lowerHeight = std::max(0.0, height - plan.headHeight - plan.footHeight - plan.incidentsHeight - 3 * line.gap);
    // Two headings; what is promised has its third, what was done the rest.
    int rows = static_cast<int>(std::floor((plan.lowerHeight - (promises > 0 ? 2 : 1) * line.label) / line.text));
    if (promises > 0 && rows < 2) {
        promises = 0;
        rows = static_cast<int>(std::floor((plan.lowerHeight - line.label) / line.text));
    }
    rows = std::max(0, rows);
    plan.named = named && rows > 1;
    rows -= plan.named ? 1 : 0;
    const int forPromises = promises > 0 ? std::clamp(std::max(rows / 3, rows - lines), 1, promises) : 0;
    std::tie(plan.promises, plan.morePromises) = shared(promises, forPromises);
    if (forPromises == 1 && promises > 1) { // one line: the next one says more than how many there are
        plan.promises = 1;
        plan.morePromises = 0;
    }
    std::tie(plan.lines, plan.moreLines) = shared(lines, rows - forPromises);
    if (rows - forPromises == 1 && lines > 1) {
        plan.lines = 1;
        plan.moreLines = 0;
    }
    return plan;
}

Placed placed(const std::vector<view::MapNode> &nodes, const std::vector<view::MapEdge> &edges, QSizeF room, QSizeF box, QSizeF gap)
{
    const auto perRow = static_cast<qsizetype>(std::floor((room.width() + gap.width()) / (box.width() + gap.width())));
    const auto rowsFit = static_cast<qsizetype>(std::floor((room.height() + gap.height()) / (box.height() + gap.height())));
    Placed out;
    if (perRow < 1 || rowsFit < 1)
        return out;
    for (std::size_t count = std::min(nodes.size(), Content::kServices); count > 0; --count) {
        QStringList ids;
        for (std::size_t i = 0; i < count; ++i)
            ids << nodes[i].id;
        const QHash<QString, int> rank = map::ranks(ids, edges);
        QMap<int, QStringList> ranks;
        QStringList sorted = ids;
        sorted.sort(); // equal sets stand at equal places
        for (const QString &id : std::as_const(sorted))
            ranks[rank.value(id)] << id;
        QList<QStringList> rows;
        for (const QStringList &row : std::as_const(ranks))
            for (qsizetype first = 0; first < row.size(); first += perRow)
                rows << row.mid(first, perRow);
        if (rows.size() > rowsFit)
            continue;
        out.shown = ids;
        for (qsizetype y = 0; y < rows.size(); ++y) {
            const double width = static_cast<double>(rows[y].size()) * (box.width() + gap.width()) - gap.width();
            for (qsizetype x = 0; x < rows[y].size(); ++x)
                out.boxes.insert(rows[y][x], QRectF(QPointF((room.width() - width) / 2 + static_cast<double>(x) * (box.width() + gap.width()), static_cast<double>(y) * (box.height() + gap.height())), box));
        }
        return out;
    }
    return out;
}

QPoint driftAt(Instant now)
{
    constexpr std::array<QPoint, 8> kRound{QPoint(0, 0), QPoint(2, 0), QPoint(4, 0), QPoint(4, 2), QPoint(4, 4), QPoint(2, 4), QPoint(0, 4), QPoint(0, 2)};
    const std::int64_t turn = now.ns / kDriftEvery.ns;
    return kRound[static_cast<std::size_t>(((turn % 8) + 8) % 8)];
}

} // namespace qd::wall
