// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/map/dotlayout.h"
#include "ui/map/mapcanvas.h"
#include "ui/map/mapmodel.h"
#include "ui/map/mapview.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

using namespace qd;
using namespace qd::map;

namespace {

view::ViewModel bigHouse(int services)
{
    view::ViewModel v = test::quietScene();
    for (int i = 0; i < services; ++i) {
        view::MapNode n;
        n.id = n.name = QStringLiteral("svc-%1").arg(i);
        v.nodes.push_back(n);
        if (i > 0)
            v.edges.push_back({QStringLiteral("svc-%1").arg((i - 1) / 3), n.id, DependencyKind::Hard, false});
    }
    v.nodes[20].alerts = 1;
    v.nodes[20].worst = AlertSeverity::Error;
    return v;
}

struct Stage {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    MapView view;

    explicit Stage(const view::ViewModel &model)
        : source(model)
        , view(theme, source)
    {
        view.resize(900, 480);
        view.show();
    }
    bool laidOut()
    {
        return QTest::qWaitFor([this] { return !view.canvas().laidOut().centres.isEmpty(); }, qd::tests::kPatience);
    }
};

} // namespace

class TestMapView final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void drawsTheWholeOfASmallHouse()
    {
        Stage s(test::incidentScene());
        QVERIFY(s.laidOut());
        QCOMPARE(s.view.canvas().laidOut().centres.size(), 12);
        const QRectF room = QRectF(s.view.canvas().rect());
        for (const auto &n : test::incidentScene().nodes)
            QVERIFY(room.contains(s.view.canvas().boxOf(n.id)));
    }

    void drawsTheNeighbourhoodOfALargeOne()
    {
        Stage s(bigHouse(212));
        QVERIFY(s.laidOut());
        const auto &shown = s.view.canvas().laidOut().centres;
        QVERIFY(shown.contains(QStringLiteral("svc-20")));
        QVERIFY(shown.contains(QStringLiteral("svc-6")));
        QVERIFY(shown.size() < 40);
        QCOMPARE(s.view.table().model()->rowCount(), 212); // the twin has them all
    }

    void dataMovesNothing()
    {
        Stage s(bigHouse(212));
        QVERIFY(s.laidOut());
        s.view.canvas().setCurrent(QStringLiteral("svc-20"));
        const auto before = s.view.canvas().laidOut().centres;
        const QRectF box = s.view.canvas().boxOf(QStringLiteral("svc-20"));
        auto model = bigHouse(212);
        model.nodes[20].alerts = 7;
        model.nodes[20].worst = AlertSeverity::Critical;
        model.nodes[62].alerts = 1; // another one, a hop away
        view::MapNode fresh;
        fresh.id = fresh.name = QStringLiteral("fresh");
        model.nodes.push_back(fresh);
        model.edges.push_back({QStringLiteral("svc-20"), fresh.id, DependencyKind::Async, false});
        s.source.show(model);
        const auto &after = s.view.canvas().laidOut().centres;
        QVERIFY(after.contains(QStringLiteral("fresh")));
        for (auto it = before.begin(); it != before.end(); ++it)
            QCOMPARE(after.value(it.key()), it.value());
        QCOMPARE(s.view.canvas().current(), QStringLiteral("svc-20"));
        Q_UNUSED(box);
    }

    void whatHealedStaysOnTheMap()
    {
        Stage s(bigHouse(212));
        QVERIFY(s.laidOut());
        auto model = bigHouse(212);
        model.nodes[20].alerts = 0;
        model.nodes[20].worst = AlertSeverity::None;
        s.source.show(model);
        QVERIFY(s.view.canvas().laidOut().centres.contains(QStringLiteral("svc-20")));
    }

    void neitherZoomNorPanIsUndoneByData()
    {
        Stage s(test::incidentScene());
        QVERIFY(s.laidOut());
        s.view.canvas().zoom(1.5, {300, 200});
        const QRectF box = s.view.canvas().boxOf(QStringLiteral("checkout"));
        auto model = test::incidentScene();
        model.nodes[2].alerts = 9;
        s.source.show(model);
        QCOMPARE(s.view.canvas().boxOf(QStringLiteral("checkout")), box);
    }

    void choosingBringsAServiceIn()
    {
        Stage s(bigHouse(212));
        QVERIFY(s.laidOut());
        QVERIFY(!s.view.canvas().laidOut().centres.contains(QStringLiteral("svc-200")));
        s.view.choose(QStringLiteral("svc-200"));
        QTRY_VERIFY(s.view.canvas().laidOut().centres.contains(QStringLiteral("svc-200")));
        QCOMPARE(s.view.canvas().current(), QStringLiteral("svc-200"));
        s.view.choose(QStringLiteral("no such service"));
        QCOMPARE(s.view.canvas().current(), QStringLiteral("svc-200"));
    }

    void arrowsWalkEdges()
    {
        Stage s(test::incidentScene());
        QVERIFY(s.laidOut());
        MapCanvas &c = s.view.canvas();
        c.setCurrent(QStringLiteral("checkout"));
        c.walk(Qt::Key_Down);
        QVERIFY(c.current() == QLatin1String("payments") || c.current() == QLatin1String("cart"));
        c.setCurrent(QStringLiteral("payments"));
        c.walk(Qt::Key_Down);
        QCOMPARE(c.current(), QStringLiteral("ledger-db"));
        c.walk(Qt::Key_Down);
        QCOMPARE(c.current(), QStringLiteral("ledger-db"));
        c.walk(Qt::Key_Up);
        QCOMPARE(c.current(), QStringLiteral("payments"));
    }

    void keysAndClicksChooseAService()
    {
        Stage s(test::incidentScene());
        QVERIFY(s.laidOut());
        QVERIFY(QTest::qWaitForWindowExposed(&s.view, qd::tests::kPatience));
        s.view.activateWindow();
        s.view.canvas().setFocus();
        QTRY_VERIFY(s.view.canvas().hasFocus());
        QSignalSpy chosen(&s.view, &MapView::serviceChosen);
        QTest::mouseClick(&s.view.canvas(), Qt::LeftButton, {}, s.view.canvas().boxOf(QStringLiteral("catalog")).center().toPoint());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), QStringLiteral("catalog"));
        QTest::keyClick(&s.view.canvas(), Qt::Key_Return);
        QCOMPARE(chosen.count(), 2);
        QTest::keyClick(&s.view.canvas(), Qt::Key_T);
        QVERIFY(s.view.isTable());
        QCOMPARE(s.view.table().currentIndex().data(MapModel::IdRole).toString(), QStringLiteral("catalog"));
        QTest::keyClick(&s.view.table(), Qt::Key_T);
        QVERIFY(!s.view.isTable());
    }

    void hidingIsCountedAndUndone()
    {
        Stage s(test::incidentScene());
        QVERIFY(s.laidOut());
        QVERIFY(QTest::qWaitForWindowExposed(&s.view, qd::tests::kPatience));
        s.view.activateWindow();
        s.view.canvas().setFocus();
        QTRY_VERIFY(s.view.canvas().hasFocus());
        s.view.canvas().setCurrent(QStringLiteral("index"));
        QTest::keyClick(&s.view.canvas(), Qt::Key_Delete);
        QTRY_VERIFY(!s.view.canvas().laidOut().centres.contains(QStringLiteral("index")));
        QTest::keyClick(&s.view.canvas(), Qt::Key_Delete, Qt::ShiftModifier);
        QTRY_VERIFY(s.view.canvas().laidOut().centres.contains(QStringLiteral("index")));
    }

    void theTableSurvivesEveryChange()
    {
        MapModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setView(std::make_shared<const view::ViewModel>(test::incidentScene()));
        QCOMPARE(model.rowCount(), 12);
        const int row = model.rowOf(QStringLiteral("ledger-db"));
        QCOMPARE(model.index(row, MapModel::State).data().toString(), QStringLiteral("error, suspect"));
        QCOMPARE(model.index(row, MapModel::NeededBy).data().toString(), QStringLiteral("payments"));
        model.setView(std::make_shared<const view::ViewModel>(test::startingScene()));
        QCOMPARE(model.rowCount(), 0);
        model.setView(std::make_shared<const view::ViewModel>(bigHouse(50)));
        QCOMPARE(model.rowCount(), 50);
    }

    void everyActionHasANameAndAKey()
    {
        Stage s(test::incidentScene());
        QVERIFY(s.view.actions().size() >= 15);
        for (const QAction *a : s.view.actions()) {
            QVERIFY(!a->text().isEmpty());
            QVERIFY2(!a->shortcut().isEmpty(), qPrintable(a->text()));
        }
    }

    void saysSoWithoutServices()
    {
        auto model = test::quietScene();
        Stage s(model);
        QVERIFY(!s.view.canvas().isVisible());
        s.source.show(test::incidentScene());
        QVERIFY(s.laidOut());
        QVERIFY(s.view.canvas().isVisible());
    }

    void complaint12_drawsServicesWithoutEdges()
    {
        auto model = test::incidentScene();
        model.edges.clear();
        Stage s(model);
        QVERIFY(s.laidOut());
        QCOMPARE(s.view.canvas().laidOut().centres.size(), 12);
        QVERIFY(!s.view.canvas().grab().isNull());
    }
};

QD_GUI_TEST(TestMapView)
#include "tst_mapview.moc"
