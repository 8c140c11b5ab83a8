// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/map/dotlayout.h"
#include "ui/map/graph.h"
#include "ui/map/layout.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace qd;
using namespace qd::map;
using view::MapEdge;
using view::MapNode;

namespace {

QString id(int n)
{
    return QStringLiteral("s%1").arg(n, 3, 10, QLatin1Char('0'));
}

view::ViewModel chain(int length)
{
    view::ViewModel v;
    for (int i = 0; i < length; ++i) {
        MapNode n;
        n.id = n.name = id(i);
        v.nodes.push_back(n);
        if (i > 0)
            v.edges.push_back({id(i - 1), id(i), DependencyKind::Hard, false});
    }
    return v;
}

QSet<QString> everything(const view::ViewModel &v)
{
    QSet<QString> out;
    for (const auto &n : v.nodes)
        out.insert(n.id);
    return out;
}

const QSizeF kNode(150, 40);

bool overlaps(const Layout &layout)
{
    const QStringList ids = layout.centres.keys();
    for (int i = 0; i < ids.size(); ++i) {
        for (int j = i + 1; j < ids.size(); ++j) {
            if (layout.box(ids[i]).intersects(layout.box(ids[j])))
                return true;
        }
    }
    return false;
}

} // namespace

class TestLayout final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsWhatIsNear_data()
    {
        QTest::addColumn<int>("hops");
        QTest::addColumn<int>("shown");
        QTest::newRow("none") << 0 << 1;
        QTest::newRow("one") << 1 << 3;
        QTest::newRow("two") << 2 << 5;
        QTest::newRow("all") << -1 << 100;
    }
    void showsWhatIsNear()
    {
        QFETCH(int, hops);
        const auto v = chain(100);
        QTEST(static_cast<int>(neighbourhood(v.nodes, v.edges, {id(50)}, hops).size()), "shown");
    }

    void neverShowsMoreThanTheBudget()
    {
        auto v = chain(2000);
        v.nodes[1500].alerts = 1;
        const auto shown = neighbourhood(v.nodes, v.edges, {id(1500)}, -1);
        QCOMPARE(static_cast<std::size_t>(shown.size()), kNodeBudget);
        QVERIFY(shown.contains(id(1500)));
        QVERIFY(shown.contains(id(1501)));
    }

    void showsNothingWithoutASeed()
    {
        const auto v = chain(5);
        QVERIFY(neighbourhood(v.nodes, v.edges, {}, 2).isEmpty());
        QVERIFY(neighbourhood(v.nodes, v.edges, {QStringLiteral("gone")}, 2).isEmpty());
    }

    void followsClosuresOneWayAndEndsOnCycles()
    {
        auto v = chain(4);
        v.edges.push_back({id(3), id(1), DependencyKind::Hard, false});
        QCOMPARE(closure(v.edges, id(1), Direction::Needs), (QSet<QString>{id(1), id(2), id(3)}));
        QCOMPARE(closure(v.edges, id(0), Direction::NeededBy), (QSet<QString>{id(0)}));
        QCOMPARE(closure(v.edges, id(2), Direction::NeededBy), (QSet<QString>{id(0), id(1), id(2), id(3)}));
    }

    void ranksFollowTheLongestWayAndEndOnCycles()
    {
        auto v = chain(4);
        v.edges.push_back({id(0), id(3), DependencyKind::Hard, false}); // a short cut does not lift
        const QStringList ids{id(0), id(1), id(2), id(3)};
        QCOMPARE(ranks(ids, v.edges).value(id(3)), 3);
        v.edges.push_back({id(3), id(0), DependencyKind::Hard, false}); // a cycle
        QCOMPARE(ranks(ids, v.edges).size(), 4);
    }

    void hashIsOfTheTopologyOnly()
    {
        auto a = test::incidentScene();
        auto b = a;
        std::reverse(b.nodes.begin(), b.nodes.end());
        std::reverse(b.edges.begin(), b.edges.end());
        for (auto &n : b.nodes)
            n.alerts += 3;
        const auto shown = everything(a);
        QCOMPARE(Topology::of(a, shown).hash(kNode), Topology::of(b, shown).hash(kNode));
        b.edges.pop_back();
        QVERIFY(Topology::of(a, shown).hash(kNode) != Topology::of(b, shown).hash(kNode));
        QVERIFY(Topology::of(a, shown).hash(kNode) != Topology::of(a, shown).hash(kNode * 2));
    }

    void noNameReachesTheLayoutProgram()
    {
        auto v = chain(2);
        const QString hostile = QStringLiteral("x\"];}digraph{");
        v.nodes[0].id = hostile;
        v.edges[0].from = hostile;
        const QByteArray source = dotSource(Topology::of(v, everything(v)), kNode);
        QVERIFY(!source.contains("digraph{"));
        QVERIFY(source.contains("n1->n0") || source.contains("n0->n1"));
    }

    void gridsNeverOverlap_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("scene") << 0;
        QTest::newRow("chain") << 1;
        QTest::newRow("no edges") << 2;
        QTest::newRow("star of 200") << 3;
    }
    void gridsNeverOverlap()
    {
        QFETCH(int, kind);
        view::ViewModel v = kind == 0 ? test::incidentScene() : chain(kind == 3 ? 200 : 60);
        if (kind == 2)
            v.edges.clear();
        if (kind == 3) {
            v.edges.clear();
            for (int i = 1; i < 200; ++i)
                v.edges.push_back({id(0), id(i), DependencyKind::Hard, false});
        }
        const Layout layout = rankGrid(Topology::of(v, everything(v)), kNode);
        QCOMPARE(static_cast<std::size_t>(layout.centres.size()), v.nodes.size());
        QVERIFY(!overlaps(layout));
    }

    void growingMovesNothing()
    {
        auto v = test::incidentScene();
        const Layout before = rankGrid(Topology::of(v, everything(v)), kNode);
        for (int i = 0; i < 5; ++i) {
            MapNode n;
            n.id = n.name = QStringLiteral("new-%1").arg(i);
            v.nodes.push_back(n);
            if (i < 4)
                v.edges.push_back({QStringLiteral("payments"), n.id, DependencyKind::Hard, false});
        }
        std::erase_if(v.nodes, [](const MapNode &n) { return n.id == QLatin1String("cart"); });
        const Layout after = grown(before, Topology::of(v, everything(v)));
        QCOMPARE(static_cast<std::size_t>(after.centres.size()), v.nodes.size());
        QVERIFY(!after.centres.contains(QStringLiteral("cart")));
        for (auto it = before.centres.begin(); it != before.centres.end(); ++it) {
            if (it.key() != QLatin1String("cart"))
                QCOMPARE(after.centres.value(it.key()), it.value());
        }
        QVERIFY(!overlaps(after));
    }

    void refusesWhatIsNotALayout_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char *j : {"", "no", "[]", "{}", "{\"objects\":[{\"name\":\"n0\",\"pos\":\"1\"}]}",
                              "{\"bb\":\"0,0,1,1\",\"objects\":[{\"name\":\"n99\",\"pos\":\"1,1\"}]}"})
            QTest::newRow(j) << QByteArray(j);
    }
    void refusesWhatIsNotALayout()
    {
        QFETCH(QByteArray, json);
        const auto v = chain(3);
        QVERIFY(!readDot(json, Topology::of(v, everything(v)), kNode).has_value());
    }

    void asksDotAndRemembersTheAnswer()
    {
        QVERIFY2(QFileInfo::exists(QStringLiteral("/usr/bin/dot")), "the package graphviz is missing");
        DotLayout dot(nullptr, QStringLiteral("/usr/bin/dot"), minutes(10));
        QSignalSpy found(&dot, &DotLayout::found);
        auto v = test::incidentScene();
        MapNode lonely;
        lonely.id = QStringLiteral("lonely");
        v.nodes.push_back(lonely);
        const Topology t = Topology::of(v, everything(v));
        dot.request(t, kNode);
        QVERIFY(found.wait(qd::tests::kPatience));
        QCOMPARE(found[0][0].toByteArray(), t.hash(kNode));
        QCOMPARE(found[0][2].toBool(), false);
        const auto layout = found[0][1].value<Layout>();
        QVERIFY(!overlaps(layout));
        QVERIFY(layout.centres.contains(lonely.id));
        QVERIFY(layout.centres.value(QStringLiteral("storefront")).y() < layout.centres.value(QStringLiteral("ledger-db")).y());
        QVERIFY(layout.curves.contains({QStringLiteral("checkout"), QStringLiteral("payments")}));
        dot.request(t, kNode);
        QCOMPARE(found.count(), 2); // at once
    }

    void fallsBackToAGridWithoutDot()
    {
        DotLayout dot(nullptr, QStringLiteral("/nonexistent/dot"));
        QSignalSpy found(&dot, &DotLayout::found);
        const auto v = chain(6);
        dot.request(Topology::of(v, everything(v)), kNode);
        QVERIFY(found.wait(qd::tests::kPatience));
        QVERIFY(found[0][2].toBool());
        QVERIFY(!overlaps(found[0][1].value<Layout>()));
    }

    void fallsBackToAGridWhenDotTakesTooLong()
    {
        QTemporaryDir dir;
        QFile script(dir.filePath(QStringLiteral("dot")));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nexec /bin/sleep 600\n");
        script.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
        script.close();
        DotLayout dot(nullptr, script.fileName(), millis(150));
        QSignalSpy found(&dot, &DotLayout::found);
        const auto v = chain(6);
        dot.request(Topology::of(v, everything(v)), kNode);
        QVERIFY(found.wait(qd::tests::kPatience));
        QVERIFY(found[0][2].toBool());
    }

    void endsWhileDotRuns()
    {
        QTemporaryDir dir;
        QFile script(dir.filePath(QStringLiteral("dot")));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nexec /bin/sleep 600\n");
        script.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
        script.close();
        QElapsedTimer timer;
        timer.start();
        {
            DotLayout dot(nullptr, script.fileName(), minutes(10));
            const auto v = chain(6);
            dot.request(Topology::of(v, everything(v)), kNode);
        }
        QVERIFY(timer.elapsed() < qd::tests::kPatience);
    }
};

QD_GUI_TEST(TestLayout)
#include "tst_layout.moc"
