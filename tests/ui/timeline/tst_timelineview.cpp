// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timelinemodel.h"
#include "ui/timeline/timelineview.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMouseEvent>
#include <QTableView>
#include <QtTest>

using namespace qd;
using namespace qd::timeline;

namespace {

view::TimelineEntry entry(const QString &id, Instant at, view::Lane lane = view::Lane::Chat)
{
    view::TimelineEntry e;
    e.id = id;
    e.at = at;
    e.lane = lane;
    e.kind = QStringLiteral("message");
    e.text = QStringLiteral("words of ") + id;
    return e;
}

struct Stage {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    widgets::Ticker ticker;
    TimelineView view;

    explicit Stage(const view::ViewModel &model)
        : source(model)
        , view(theme, source, ticker)
    {
        ticker.freeze(true);
        view.resize(900, 460);
        view.canvas().setNow(test::sceneMoment());
        view.show();
    }
    /// Keys are the lanes' from now on.
    void takeKeyboard()
    {
        QVERIFY(QTest::qWaitForWindowExposed(&view, qd::tests::kPatience));
        view.activateWindow();
        view.canvas().setFocus();
        QTRY_VERIFY(view.canvas().hasFocus());
    }
};

} // namespace

class TestTimelineView final : public QObject {
    Q_OBJECT

    /// Three lines, the middle one about the replica, and an alert of it.
    static view::ViewModel aboutReplicas()
    {
        view::ViewModel v = test::quietScene();
        v.timeline.clear();
        v.spans.clear();
        const Instant now = test::sceneMoment();
        for (int n = 0; n < 6; ++n) {
            v.timeline.push_back(entry(QStringLiteral("e%1").arg(n), now - minutes(60 - 10 * n)));
            v.timeline.back().actor = n == 5 ? QStringLiteral("Ana") : QStringLiteral("Ben");
        }
        v.timeline[1].text = QStringLiteral("The REPLICA lags");
        v.timeline[4].text = QStringLiteral("replica is back, says the shop");
        v.spans.push_back({QStringLiteral("eu/1"), QStringLiteral("Replica lag 38 s"), AlertSeverity::Error, now - minutes(30), {}});
        return v;
    }
    static QStringList ids(const std::vector<Found> &found)
    {
        QStringList out;
        for (const Found &f : found)
            out << f.id;
        return out;
    }

private Q_SLOTS:
    void allWordsAreFoundInLinesAndAlertsOldestFirst()
    {
        const view::ViewModel v = aboutReplicas();
        QCOMPARE(ids(findIn(v, QStringLiteral("replica"))), (QStringList{QStringLiteral("e1"), QStringLiteral("eu/1"), QStringLiteral("e4")}));
        QCOMPARE(ids(findIn(v, QStringLiteral("shop replica"))), QStringList{QStringLiteral("e4")});
        QCOMPARE(ids(findIn(v, QStringLiteral("ana"))), QStringList{QStringLiteral("e5")}); // who said it
        QVERIFY(findIn(v, QStringLiteral("  ")).empty());
        QVERIFY(findIn(v, QStringLiteral(".*")).empty()); // words, no pattern
    }

    void theNextFoundGoesRoundAtTheEnds()
    {
        const std::vector<Found> f = findIn(aboutReplicas(), QStringLiteral("replica"));
        const Instant now = test::sceneMoment();
        QCOMPARE(nextFound(f, {}, now, -1), 2);
        QCOMPARE(nextFound(f, QStringLiteral("e4"), now, 1), 0);
        QCOMPARE(nextFound(f, QStringLiteral("e1"), now, -1), 2);
        QCOMPARE(nextFound(f, {}, now - minutes(45), 1), 1);
        QCOMPARE(nextFound({}, {}, now, 1), -1);
    }

    void findingCountsWalksFromTheNewestAndGoesBackByEscape()
    {
        Stage s(aboutReplicas());
        s.takeKeyboard();
        QTest::keyClick(&s.view.canvas(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(s.view.findField().hasFocus());
        QTest::keyClicks(&s.view.findField(), QStringLiteral("replica"));
        QCOMPARE(s.view.findCount(), QStringLiteral("3 found"));
        QVERIFY(!s.view.isTable()); // its letters are letters there
        const QImage before = s.view.canvas().grab().toImage();
        QTest::keyClick(&s.view.findField(), Qt::Key_Return);
        QCOMPARE(s.view.findCount(), QStringLiteral("3 of 3"));
        QCOMPARE(s.view.canvas().selected(), QStringLiteral("e4"));
        QVERIFY(s.view.canvas().grab().toImage() != before);
        QTest::keyClick(&s.view.findField(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(s.view.findCount(), QStringLiteral("2 of 3")); // the alert's bar
        QTest::keyClick(&s.view.findField(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(s.view.canvas().selected(), QStringLiteral("e1"));
        QVERIFY(s.view.canvas().scale().contains(test::sceneMoment() - minutes(50)));
        view::ViewModel more = aboutReplicas();
        more.timeline.push_back(entry(QStringLiteral("e9"), test::sceneMoment()));
        more.timeline.back().text = QStringLiteral("another replica");
        s.source.show(more);
        QCOMPARE(s.view.findCount(), QStringLiteral("1 of 4"));
        QCOMPARE(s.view.canvas().selected(), QStringLiteral("e1"));
        QTest::keyClick(&s.view.findField(), Qt::Key_Escape);
        QVERIFY(s.view.findField().isHidden());
        QVERIFY(s.view.canvas().hasFocus());
        QVERIFY(s.view.findCount().isEmpty());
    }

    void whatIsNotThereIsSaid()
    {
        Stage s(aboutReplicas());
        s.takeKeyboard();
        QTest::keyClick(&s.view.canvas(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(&s.view.findField(), QStringLiteral("unicorn"));
        QCOMPARE(s.view.findCount(), QStringLiteral("nothing found"));
        QTest::keyClick(&s.view.findField(), Qt::Key_Return);
        QVERIFY(s.view.canvas().selected().isEmpty());
    }

private Q_SLOTS:
    void followsLiveUntilThePersonPans()
    {
        Stage s(test::incidentScene());
        TimelineCanvas &c = s.view.canvas();
        QVERIFY(c.isFollowing());
        const Instant before = c.scale().from;
        c.setNow(test::sceneMoment() + minutes(2));
        QCOMPARE((c.scale().from - before).seconds(), 120);

        c.pan(-0.2);
        QVERIFY(!c.isFollowing());
        const Instant held = c.scale().from;
        c.setNow(test::sceneMoment() + minutes(9));
        auto model = test::incidentScene();
        model.timeline.push_back(entry(QStringLiteral("new"), test::sceneMoment() + minutes(9)));
        s.source.show(model);
        QCOMPARE(c.scale().from.ns, held.ns);
        QCOMPARE(c.missed(), 1);
        c.goNow();
        QVERIFY(c.isFollowing());
        QCOMPARE(c.missed(), 0);
    }

    void selectionStaysOnItsEvent()
    {
        Stage s(test::incidentScene());
        s.view.canvas().select(QStringLiteral("t14"));
        auto model = test::incidentScene();
        model.timeline.insert(model.timeline.begin(), entry(QStringLiteral("late"), test::sceneMoment() - minutes(50)));
        s.source.show(model);
        QCOMPARE(s.view.canvas().selected(), QStringLiteral("t14"));
        QVERIFY(s.view.canvas().selectedText().contains(QStringLiteral("roll back ledger config")));

        std::erase_if(model.timeline, [](const auto &e) { return e.id == QLatin1String("t14"); });
        s.source.show(model);
        QVERIFY(s.view.canvas().selected().isEmpty());
    }

    void stepsThroughEventsInTimeOrder()
    {
        Stage s(test::incidentScene());
        TimelineCanvas &c = s.view.canvas();
        c.step(-1);
        QCOMPARE(c.selected(), QStringLiteral("t19"));
        c.step(-1);
        QCOMPARE(c.selected(), QStringLiteral("t18"));
        c.step(1);
        c.step(1);
        QCOMPARE(c.selected(), QStringLiteral("due:P-1"));
        for (int i = 0; i < 100; ++i)
            c.step(-1);
        QCOMPARE(c.selected(), QStringLiteral("t01"));
        QVERIFY(c.scale().contains(test::sceneMoment() - minutes(31)));
    }

    void bringsAStepOutsideTheWindowIntoIt()
    {
        Stage s(test::incidentScene());
        TimelineCanvas &c = s.view.canvas();
        for (int i = 0; i < 6; ++i)
            c.zoom(0.5);
        c.select(QStringLiteral("t02"));
        c.step(-1);
        QVERIFY(c.scale().contains(test::sceneMoment() - minutes(31)));
        QVERIFY(!c.isFollowing());
    }

    void keysReachTheLanes()
    {
        Stage s(test::incidentScene());
        s.takeKeyboard();
        QTest::keyClick(&s.view.canvas(), Qt::Key_Comma);
        QCOMPARE(s.view.canvas().selected(), QStringLiteral("t19"));
        QTest::keyClick(&s.view.canvas(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!s.view.canvas().isFollowing());
        QTest::keyClick(&s.view.canvas(), Qt::Key_T);
        QVERIFY(s.view.isTable());
        QVERIFY(s.view.table().currentIndex().isValid());
        QTest::keyClick(&s.view.table(), Qt::Key_T);
        QVERIFY(!s.view.isTable());
    }

    void everyActionHasANameAndAKey()
    {
        Stage s(test::incidentScene());
        QVERIFY(s.view.actions().size() >= 10);
        for (const QAction *a : s.view.actions()) {
            QVERIFY(!a->text().isEmpty());
            QVERIFY2(!a->shortcut().isEmpty(), qPrintable(a->text()));
        }
    }

    void theTableHoldsEveryEventAndSpan()
    {
        Stage s(test::incidentScene());
        const auto model = test::incidentScene();
        QCOMPARE(s.view.table().model()->rowCount(), static_cast<int>(model.timeline.size() + model.spans.size()));
    }

    void theTableChangesSingleRows()
    {
        TimelineModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto show = [&](const view::ViewModel &v) { model.setView(std::make_shared<const view::ViewModel>(v)); };
        view::ViewModel v;
        const Instant t = test::sceneMoment();
        for (int i = 0; i < 20; ++i)
            v.timeline.push_back(entry(QStringLiteral("e%1").arg(i), t + seconds(i * 10)));
        show(v);
        QPersistentModelIndex watched = model.index(model.rowOf(QStringLiteral("e10")), 0);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);

        v.timeline.insert(v.timeline.begin() + 5, entry(QStringLiteral("late"), t + seconds(41)));
        v.timeline.push_back(entry(QStringLiteral("new"), t + seconds(500)));
        v.timeline.erase(v.timeline.begin());
        v.timeline[11].removed = true;
        show(v);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(inserts.count(), 2);
        QCOMPARE(watched.data(TimelineModel::IdRole).toString(), QStringLiteral("e10"));
        QCOMPARE(model.rowCount(), 21);

        std::reverse(v.timeline.begin(), v.timeline.end()); // order of equal times may change; ids stay
        for (auto &e : v.timeline)
            e.at = t;
        show(v);
        QCOMPARE(model.rowCount(), 21);
        QCOMPARE(model.index(0, 0).data(TimelineModel::IdRole).toString(), v.timeline.front().id);
    }

    void removedWordsAreNotShown()
    {
        view::ViewModel v;
        v.timeline.push_back(entry(QStringLiteral("x"), test::sceneMoment()));
        v.timeline[0].removed = true;
        TimelineModel model;
        model.setView(std::make_shared<const view::ViewModel>(v));
        QCOMPARE(model.index(0, TimelineModel::Text).data().toString(), QStringLiteral("(removed)"));
        QCOMPARE(model.index(0, TimelineModel::Revision).data().toString(), QStringLiteral("removed"));
        QVERIFY(!entryText(v.timeline[0]).contains(QStringLiteral("words of")));
    }

    void whatWasSaidInAThreadStandsBehindAnArrow()
    {
        view::ViewModel v;
        v.timeline.push_back(entry(QStringLiteral("x"), test::sceneMoment()));
        const QString words = entryWords(v.timeline[0]);
        v.timeline[0].reply = true;
        TimelineModel model;
        model.setView(std::make_shared<const view::ViewModel>(v));
        QCOMPARE(model.index(0, TimelineModel::Text).data().toString(), QStringLiteral("↳ ") + words);
    }

    void anEditedMessagesEarlierWordsAreToldOnDemand()
    {
        view::ViewModel v;
        v.strip.link = view::CoreLink::Live;
        v.made = test::sceneMoment() + minutes(5);
        v.timeline.push_back(entry(QStringLiteral("x"), test::sceneMoment()));
        v.timeline[0].edited = true;
        v.timeline[0].before = {QStringLiteral("second words"), QStringLiteral("first words")};
        TimelineModel model;
        model.setView(std::make_shared<const view::ViewModel>(v));
        const QModelIndex revision = model.index(0, TimelineModel::Revision);
        QCOMPARE(revision.data().toString(), QStringLiteral("edited"));
        QVERIFY(revision.data(Qt::ToolTipRole).toString().contains(QStringLiteral("first words")));
        QVERIFY(revision.data(Qt::AccessibleDescriptionRole).toString().contains(QStringLiteral("second words")));
        QVERIFY(!entryText(v.timeline[0]).contains(QStringLiteral("first words"))); // a copied line says what stands there now
        v.timeline[0].before.clear();
        model.setView(std::make_shared<const view::ViewModel>(v));
        QVERIFY(!revision.data(Qt::AccessibleDescriptionRole).isValid());
    }

    void saysSoWhenNothingHappened()
    {
        view::ViewModel v;
        v.strip.link = view::CoreLink::Live;
        v.made = test::sceneMoment();
        Stage s(v);
        QVERIFY(s.view.canvas().isEmpty());
        QVERIFY(!s.view.canvas().isVisible());
        auto full = test::incidentScene();
        s.source.show(full);
        QVERIFY(s.view.canvas().isVisible());
    }

    void clickingABarChoosesItsAlert()
    {
        Stage s(test::incidentScene());
        QSignalSpy chosen(&s.view, &TimelineView::alertChosen);
        s.view.canvas().grab(); // paints, so that there is something to hit
        const TimelineCanvas &c = s.view.canvas();
        const double x = c.scale().x(test::sceneMoment() - minutes(5));
        for (int y = 0; y < c.height() && chosen.isEmpty(); y += 2)
            QTest::mouseClick(&s.view.canvas(), Qt::LeftButton, {}, QPoint(static_cast<int>(x), y));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), QStringLiteral("eu-1/a1"));
    }

    void bMarksTheSelectedEventAndTakesItBack()
    {
        Stage s(test::incidentScene());
        s.takeKeyboard();
        QSignalSpy told(&s.view, &TimelineView::told), refused(&s.view, &TimelineView::refused);
        auto model = test::incidentScene();
        model.timeline[13].reference = QStringLiteral("decision/2");
        s.source.show(model);
        s.view.canvas().select(model.timeline[13].id);
        QTest::keyClick(&s.view.canvas(), Qt::Key_B);
        QCOMPARE(s.source.sent.size(), std::size_t(1));
        QCOMPARE(s.source.sent[0].method, QStringLiteral("incident.moment"));
        const QJsonObject sent = s.source.sent[0].arguments;
        QCOMPARE(sent.value(QLatin1String("about")).toString(), QStringLiteral("decision/2"));
        QCOMPARE(sent.value(QLatin1String("text")).toString(), model.timeline[13].text);
        QCOMPARE(parseInstant(sent.value(QLatin1String("at")).toString().toStdString())->ns, model.timeline[13].at.ns);
        QCOMPARE(told.count(), 1);
        model.timeline[13].moment = 3;
        s.source.show(model);
        QTest::keyClick(&s.view.canvas(), Qt::Key_B);
        QCOMPARE(s.source.sent[1].arguments.value(QLatin1String("moment")).toInt(), 3);
        QVERIFY(!s.source.sent[1].arguments.contains(QLatin1String("about")));
        s.view.canvas().select(QStringLiteral("due:P-1")); // what is only due has not happened
        QTest::keyClick(&s.view.canvas(), Qt::Key_B);
        QCOMPARE(s.source.sent.size(), std::size_t(2));
        QCOMPARE(refused.count(), 1);
        s.source.nextDone = false;
        s.source.nextSentence = QStringLiteral("not today");
        s.view.canvas().select({});
        QTest::keyClick(&s.view.canvas(), Qt::Key_B);
        QVERIFY(!s.source.sent[2].arguments.contains(QLatin1String("at"))); // now, by the core's clock
        QCOMPARE(refused.last().first().toString(), QStringLiteral("not today"));
    }

    void aAndDMakeATaskAndADecisionOfTheChosenLine()
    {
        Stage s(test::incidentScene());
        s.takeKeyboard();
        QSignalSpy lines(&s.view, &TimelineView::lineRequested), refused(&s.view, &TimelineView::refused);
        auto model = test::incidentScene();
        model.timeline[13].reference = QStringLiteral("message/m-7");
        model.timeline[13].text = QStringLiteral("look at\n the pool");
        model.timeline[12].removed = true;
        model.timeline[12].reference = QStringLiteral("message/m-6");
        s.source.show(model);
        QTest::keyClick(&s.view.canvas(), Qt::Key_A); // nothing is chosen
        QCOMPARE(refused.count(), 1);
        s.view.canvas().select(model.timeline[13].id);
        QTest::keyClick(&s.view.canvas(), Qt::Key_A);
        QTest::keyClick(&s.view.canvas(), Qt::Key_D);
        QCOMPARE(lines.count(), 2);
        QCOMPARE(lines[0], (QVariantList{QStringLiteral("@ look at the pool"), QStringLiteral("message/m-7")}));
        QCOMPARE(lines[1], (QVariantList{QStringLiteral("! look at the pool"), QStringLiteral("message/m-7")}));
        s.view.canvas().select(model.timeline[12].id); // taken back by whoever said it
        QTest::keyClick(&s.view.canvas(), Qt::Key_D);
        QCOMPARE(lines.count(), 2);
        QCOMPARE(refused.count(), 2);
        QVERIFY(s.source.sent.empty()); // it is somebody's word only once they sent it
    }

    void whatALineWasMadeFromStandsBesideIt()
    {
        view::TimelineEntry e = entry(QStringLiteral("d"), test::sceneMoment());
        QVERIFY(!entryText(e).contains(QStringLiteral("about")));
        e.about = QStringLiteral("look at the pool");
        QVERIFY(entryText(e).contains(QStringLiteral("about: look at the pool")));
    }

    void aStretchIsCountedListedAndCopied()
    {
        Stage s(test::incidentScene());
        TimelineCanvas &c = s.view.canvas();
        const auto model = test::incidentScene();
        s.takeKeyboard();
        c.select(QStringLiteral("t19"));
        QTest::keyClick(&c, Qt::Key_I);
        QVERIFY(c.area());
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(&c, Qt::Key_Comma);
        QVERIFY(c.area()->from() < c.area()->to());
        int events = 0;
        for (const auto &e : model.timeline)
            events += e.at >= c.area()->from() && e.at <= c.area()->to() ? 1 : 0;
        const AreaContent content = contentOf(model, *c.area());
        QCOMPARE(content.events, events);
        QVERIFY(events >= 6);
        QCOMPARE(content.lines.size(), qsizetype(content.events + content.began + content.ended));
        const QString text = asText(*c.area(), content);
        QVERIFY2(text.section(QLatin1Char('\n'), 0, 0).contains(QStringLiteral(": %1 event").arg(events)), qPrintable(text));
        QVERIFY(text.contains(c.selectedText()));
        QGuiApplication::clipboard()->clear();
        QTest::keyClick(&c, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
        QVERIFY(!c.grab().isNull());
        QTest::keyClick(&c, Qt::Key_Escape);
        QVERIFY(!c.area());
        QVERIFY(!c.selected().isEmpty()); // the first Escape ends the stretch alone
    }

    void shiftAndTheMouseChooseAStretchAndNeverPan()
    {
        Stage s(test::incidentScene());
        TimelineCanvas &c = s.view.canvas();
        const Instant from = c.scale().from;
        QTest::mousePress(&c, Qt::LeftButton, Qt::ShiftModifier, QPoint(300, 60));
        QMouseEvent move(QEvent::MouseMove, QPointF(500, 60), c.mapToGlobal(QPointF(500, 60)), Qt::NoButton, Qt::LeftButton, Qt::ShiftModifier);
        QCoreApplication::sendEvent(&c, &move);
        QTest::mouseRelease(&c, Qt::LeftButton, Qt::ShiftModifier, QPoint(500, 60));
        QVERIFY(c.area());
        QCOMPARE((c.area()->to() - c.area()->from()).seconds(), (c.scale().at(500) - c.scale().at(300)).seconds());
        QCOMPARE(c.scale().from.ns, from.ns);
        QTest::mouseClick(&c, Qt::LeftButton, Qt::ShiftModifier, QPoint(310, 60)); // chose nothing
        QVERIFY(!c.area());
    }

    void theAlarmRateIsSaidAndNotDrawnWithoutAlarms()
    {
        Stage s(test::incidentScene());
        QVERIFY2(s.view.canvas().accessibleDescription().startsWith(QStringLiteral("Alarms in ten minutes: ")), qPrintable(s.view.canvas().accessibleDescription()));
        QVERIFY(s.view.canvas().accessibleDescription().contains(QStringLiteral("flood since 14:03 UTC")));
        s.view.canvas().select(QStringLiteral("t14"));
        QVERIFY(!s.view.canvas().accessibleDescription().contains(QStringLiteral("Alarms in ten minutes")));
        auto model = test::incidentScene();
        model.alarmRate = {};
        s.source.show(model);
        s.view.canvas().select({});
        QVERIFY(s.view.canvas().accessibleDescription().isEmpty());
    }

    void complaint5_drawsTenThousandEventsWithoutLosingOne()
    {
        view::ViewModel v = test::quietScene();
        for (int i = 0; i < 10000; ++i)
            v.timeline.push_back(entry(QStringLiteral("e%1").arg(i), test::sceneMoment() - seconds(10000 - i)));
        Stage s(v);
        QVERIFY(!s.view.canvas().grab().isNull());
        QCOMPARE(s.view.table().model()->rowCount(), 10000);
    }
};

QD_GUI_TEST(TestTimelineView)
#include "tst_timelineview.moc"
