// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/plan.h"

#include "tests/support/suite.h"

#include <QtTest>
#include <cstdlib>

using namespace qd;
using namespace qd::wall;

namespace {

constexpr Lines kTens{12, 11, 10, 8, 5}; ///< clock, title, text, label, gap

view::MapNode aNode(const QString &id, int alerts = 1)
{
    view::MapNode n;
    n.id = n.name = id;
    n.alerts = alerts;
    return n;
}

} // namespace

class TestWallPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bandsNeverTakeMoreThanThereIs()
    {
        for (int height = 20; height <= 600; height += 7)
            for (int incidents = 0; incidents <= 6; ++incidents)
                for (int lines = 0; lines <= 6; ++lines)
                    for (int promises = 0; promises <= 3; ++promises) {
                        const Plan p = planOf(height, kTens, incidents, lines, promises);
                        const int gaps = 3;
                        if (height >= 100)
                            QVERIFY(p.headHeight + p.incidentsHeight + p.lowerHeight + p.footHeight + gaps * kTens.gap <= height + 0.01);
                        const int rows = p.lines + (p.moreLines > 0) + p.promises + (p.morePromises > 0);
                        const int headings = (p.lines > 0) + (p.promises > 0);
                        QVERIFY2(rows * kTens.text + headings * kTens.label <= p.lowerHeight + 0.01, qPrintable(QString::number(height)));
                        QCOMPARE(p.incidents + p.moreIncidents, p.impacts ? incidents : std::min(incidents, 1));
                    }
    }

    void atMostThreeIncidentsAndTheRestIsCounted()
    {
        const Plan p = planOf(1000, kTens, 5, 6, 3);
        QCOMPARE(p.incidents, 3);
        QCOMPARE(p.moreIncidents, 2);
        QCOMPARE(p.lines, 6);
        QCOMPARE(p.promises, 3);
        QCOMPARE(p.moreLines + p.morePromises, 0);
    }

    void whatFindsNoRoomIsCountedAndNothingIsSmaller()
    {
        const Plan p = planOf(150, kTens, 3, 6, 3);
        QVERIFY(p.incidents >= 1);
        QVERIFY(p.incidents + p.moreIncidents == 3);
        QVERIFY(p.lines < 6);
        QVERIFY(p.lines == 1 || p.lines + p.moreLines == 6);
    }

    void onATinyScreenTheWorstIncidentStays()
    {
        const Plan p = planOf(30, kTens, 4, 6, 3);
        QCOMPARE(p.incidents, 1);
        QVERIFY(!p.impacts);
        QCOMPARE(p.lines, 0);
    }

    void servicesThatFindNoRoomAreTheLeastImportant()
    {
        std::vector<view::MapNode> nodes;
        for (int i = 0; i < 60; ++i)
            nodes.push_back(aNode(QStringLiteral("s%1").arg(i, 2, 10, QLatin1Char('0'))));
        const Placed p = placed(nodes, {}, {400, 100}, {90, 20}, {10, 10});
        QCOMPARE(p.shown.size(), 4 * 3);
        for (int i = 0; i < 12; ++i)
            QVERIFY(p.shown.contains(nodes[static_cast<std::size_t>(i)].id));
        const Placed all = placed(nodes, {}, {4000, 4000}, {90, 20}, {10, 10});
        QCOMPARE(all.shown.size(), 40); // never more
    }

    void boxesLieInTheRoomAndDoNotTouch()
    {
        std::vector<view::MapNode> nodes;
        std::vector<view::MapEdge> edges;
        for (int i = 0; i < 9; ++i)
            nodes.push_back(aNode(QString::number(i)));
        for (int i = 1; i < 9; ++i)
            edges.push_back({QString::number(i / 2), QString::number(i), DependencyKind::Hard});
        const QRectF room(0, 0, 500, 300);
        const Placed p = placed(nodes, edges, room.size(), {80, 30}, {12, 20});
        QCOMPARE(p.boxes.size(), 9);
        for (auto a = p.boxes.begin(); a != p.boxes.end(); ++a) {
            QVERIFY(room.contains(*a));
            for (auto b = p.boxes.begin(); b != p.boxes.end(); ++b)
                QVERIFY(a.key() == b.key() || !a->intersects(*b));
        }
        for (const view::MapEdge &e : edges) // who needs stands above what is needed
            QVERIFY(p.boxes[e.from].top() <= p.boxes[e.to].top());
    }

    void withoutRoomThereIsNoBox()
    {
        QVERIFY(placed({aNode(QStringLiteral("a"))}, {}, {50, 100}, {90, 20}, {10, 10}).boxes.isEmpty());
    }

    void nothingStaysWhereItIsForever()
    {
        const Instant start{1'700'000'000'000'000'000};
        QSet<QPair<int, int>> places;
        for (int i = 0; i < 16; ++i) {
            const QPoint a = driftAt(start + minutes(10 * i)), b = driftAt(start + minutes(10 * (i + 1)));
            QCOMPARE(std::abs(a.x() - b.x()) + std::abs(a.y() - b.y()), kDriftStep);
            QVERIFY(a.x() >= 0 && a.x() <= kDriftMost && a.y() >= 0 && a.y() <= kDriftMost);
            places.insert({a.x(), a.y()});
        }
        QCOMPARE(places.size(), 8);
        QCOMPARE(driftAt(Instant{600'000'000'000}), driftAt(Instant{1'199'000'000'000})); // not between
    }
};

QD_GUI_TEST(TestWallPlan)
#include "tst_plan.moc"
