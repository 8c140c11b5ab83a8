// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/lanelayout.h"
#include "ui/timeline/rateband.h"
#include "ui/timeline/timescale.h"
#include "tests/support/suite.h"
#include "ui/widgets/timetext.h"

#include <QScopeGuard>
#include <QtTest>
#include <ctime>

using namespace qd;
using namespace qd::timeline;

namespace {

const Instant kNoon = *parseInstant("2026-11-23T12:00:00Z");

TimeScale hour()
{
    return {kNoon, hours(1), 100, 600};
}

} // namespace

class TestGeometry final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void timeAndPixelAreInverse_data()
    {
        QTest::addColumn<qint64>("offset");
        for (const int s : {-7200, 0, 1, 1800, 3599, 3600, 90000})
            QTest::addRow("%d s", s) << qint64(s);
    }
    void timeAndPixelAreInverse()
    {
        QFETCH(qint64, offset);
        const Instant at = kNoon + seconds(offset);
        QVERIFY(std::abs((hour().at(hour().x(at)) - at).millis()) <= 1);
    }

    void edgesLieOnEdges()
    {
        QCOMPARE(hour().x(kNoon), 100.0);
        QCOMPARE(hour().x(kNoon + hours(1)), 700.0);
    }

    void zoomKeepsTheMomentUnderThePointer()
    {
        const TimeScale z = hour().zoomed(0.25, 250);
        QCOMPARE(z.length.ns, minutes(15).ns);
        QVERIFY(std::abs((z.at(250) - hour().at(250)).millis()) <= 1);
    }

    void zoomEndsAtItsLimits()
    {
        QCOMPARE(hour().zoomed(1e-9, 250).length.ns, kShortest.ns);
        QCOMPARE(hour().zoomed(1e9, 250).length.ns, kLongest.ns);
    }

    void panMovesByPartsOfTheWindow()
    {
        QCOMPARE(hour().panned(0.5).from.ns, (kNoon + minutes(30)).ns);
        QCOMPARE(hour().with(kNoon, 0.5).from.ns, (kNoon - minutes(30)).ns);
    }

    void ticksAreRoundAndApart_data()
    {
        QTest::addColumn<qint64>("length");
        QTest::addColumn<QString>("first");
        QTest::newRow("40 seconds") << qint64(40) << QStringLiteral("12:00:00");
        QTest::newRow("an hour") << qint64(3600) << QStringLiteral("12:00");
        QTest::newRow("ten hours") << qint64(36000) << QStringLiteral("12:00");
    }
    void ticksAreRoundAndApart()
    {
        QFETCH(qint64, length);
        TimeScale s = hour();
        s.length = seconds(length);
        const auto list = ticks(s, 80);
        QVERIFY(list.size() >= 2);
        QTEST(list.front().label, "first");
        for (std::size_t i = 1; i < list.size(); ++i)
            QVERIFY(list[i].x - list[i - 1].x >= 80);
    }

    void datesAppearWhenMoreThanOneDayIsShown()
    {
        QLocale::setDefault(QLocale::c());
        TimeScale s = hour();
        QVERIFY(!spansDays(s));
        QCOMPARE(rangeText(s), QStringLiteral("12:00 – 13:00"));
        s.length = hours(20);
        QVERIFY(spansDays(s));
        QCOMPARE(rangeText(s), QStringLiteral("23 Nov 12:00 – 24 Nov 08:00"));
        const auto list = ticks(s, 100);
        QVERIFY(list.front().label.startsWith(QStringLiteral("23 Nov")));
        const auto midnight = std::find_if(list.begin(), list.end(), [](const Tick &t) { return t.day; });
        QVERIFY(midnight != list.end());
        QVERIFY(midnight->label.startsWith(QStringLiteral("24 Nov")));
    }

    void everyEventIsDrawnFoldedOrCounted_data()
    {
        QTest::addColumn<double>("gap");
        for (const double gap : {0.0, 1.0, 14.0, 10000.0})
            QTest::addRow("gap %g", gap) << gap;
    }
    void everyEventIsDrawnFoldedOrCounted()
    {
        QFETCH(double, gap);
        std::vector<Instant> times;
        for (int i = -500; i < 5000; ++i)
            times.push_back(kNoon + seconds(i));
        const LaneMarks marks = layoutLane(times, hour(), gap);
        std::size_t seen = marks.before + marks.after;
        double last = -1e9;
        for (const Cluster &c : marks.clusters) {
            QVERIFY(!c.events.empty());
            QVERIFY(c.x - last >= gap || last < 0);
            last = c.x;
            seen += c.events.size();
        }
        QCOMPARE(seen, times.size());
        QCOMPARE(marks.before, std::size_t(500));
    }

    void labelsEndWhereTheNextMarkBegins()
    {
        const LaneMarks marks = layoutLane({kNoon, kNoon + minutes(6), kNoon + minutes(30)}, hour(), 14);
        QCOMPARE(marks.clusters.size(), std::size_t(3));
        QCOMPARE(marks.clusters[0].room, 60.0);
        QCOMPARE(marks.clusters[2].room, 300.0);
    }

    void severeSpansGetRowsFirstAndTheRestIsCounted()
    {
        std::vector<SpanInput> spans{{kNoon, {}, AlertSeverity::Info},
                                     {kNoon, {}, AlertSeverity::Warning},
                                     {kNoon + minutes(1), {}, AlertSeverity::Critical},
                                     {kNoon, {}, AlertSeverity::Error}};
        const SpanRows rows = layoutSpans(spans, hour(), kNoon + minutes(40), 2, 3);
        QCOMPARE(rows.bars.size(), std::size_t(2));
        QCOMPARE(rows.bars[0].span, std::size_t(2));
        QCOMPARE(rows.bars[1].span, std::size_t(3));
        QCOMPARE(rows.barless, (std::vector<std::size_t>{1, 0}));
        QCOMPARE(rows.open, std::size_t(4));
        QCOMPARE(rows.bars[0].right, 500.0);
    }

    void spansThatDoNotOverlapShareARow()
    {
        const SpanRows rows = layoutSpans({{kNoon, kNoon + minutes(5), AlertSeverity::Error},
                                           {kNoon + minutes(10), kNoon + minutes(20), AlertSeverity::Error}},
                                          hour(), kNoon + minutes(40), 3, 3);
        QCOMPARE(rows.bars.size(), std::size_t(2));
        QCOMPARE(rows.bars[0].row, 0);
        QCOMPARE(rows.bars[1].row, 0);
        QCOMPARE(rows.open, std::size_t(0));
    }

    void shortSpansStayVisible()
    {
        const SpanRows rows = layoutSpans({{kNoon, kNoon + millis(5), AlertSeverity::Error}}, hour(), kNoon, 1, 3);
        QCOMPARE(rows.bars[0].right - rows.bars[0].left, 3.0);
    }

    void theAlarmRateIsTheSumOfTenMinutes()
    {
        const std::int64_t noon = kNoon.ns / minutes(1).ns;
        view::AlarmRate rate;
        rate.minutes = {{noon + 1, 4}, {noon + 5, 7}, {noon + 12, 1}};
        rate.floods = {{kNoon + minutes(5), kNoon + minutes(11)}, {kNoon + minutes(50), {}}};
        QCOMPARE(alarmsBefore(rate, kNoon), 0);
        QCOMPARE(alarmsBefore(rate, kNoon + minutes(5)), 11);
        QCOMPARE(alarmsBefore(rate, kNoon + minutes(10)), 11); // the minute of the first four is the tenth
        QCOMPARE(alarmsBefore(rate, kNoon + minutes(11)), 7);
        const RateBand band = layoutRate(rate, hour(), kNoon + minutes(55));
        QCOMPARE(band.peak, 11);
        QCOMPARE(band.peakAt.ns, (kNoon + minutes(5)).ns);
        QCOMPARE(band.steps.front().left, 100.0);
        QCOMPARE(band.steps.back().right, hour().x(kNoon + minutes(55))); // nothing of what lies ahead
        for (std::size_t i = 1; i < band.steps.size(); ++i) {
            QCOMPARE(band.steps[i].left, band.steps[i - 1].right);
            QVERIFY(band.steps[i].count != band.steps[i - 1].count);
        }
        QCOMPARE(band.floods.size(), std::size_t(2));
        QCOMPARE(band.floods[0].right, hour().x(kNoon + minutes(11)));
        QCOMPARE(band.floods[1].right, hour().x(kNoon + minutes(55)));
    }

    void theAlarmRateKeepsItsScaleAndForgetsAfterADay()
    {
        view::AlarmRate rate;
        QVERIFY(layoutRate(rate, hour(), kNoon).steps.empty()); // now is its first moment
        const RateBand calm = layoutRate(rate, hour(), kNoon + hours(1));
        QCOMPARE(calm.steps.size(), std::size_t(1));
        QCOMPARE(calm.top, kFloodAbove + 2);
        rate.minutes = {{kNoon.ns / minutes(1).ns, 40}};
        QCOMPARE(layoutRate(rate, hour(), kNoon + hours(1)).top, 40);
        QVERIFY(layoutRate(rate, hour(), kNoon + hours(1) + kRateKnown).steps.empty());
        QVERIFY(!layoutRate(rate, hour(), kNoon + hours(1) + kRateKnown - seconds(1)).steps.empty());
    }

    void localClocksHaveRoundTicksAndTheirOwnMidnight()
    {
        const QByteArray before = qgetenv("TZ");
        const auto restore = qScopeGuard([&] {
            widgets::showClocks(widgets::Clocks::Utc);
            before.isNull() ? qunsetenv("TZ") : qputenv("TZ", before);
            tzset();
        });
        qputenv("TZ", "Asia/Kolkata"); // half an hour beside everybody else
        tzset();
        const TimeScale evening{*parseInstant("2026-11-23T17:30:00Z"), hours(2), 0, 800};
        QVERIFY(!spansDays(evening));
        QCOMPARE(rangeText(evening), QStringLiteral("17:30 – 19:30"));
        widgets::showClocks(widgets::Clocks::Local);
        QCOMPARE(widgets::zoneName(), QStringLiteral("Kolkata"));
        QVERIFY(spansDays(evening)); // 23:00 – 01:00
        const auto all = ticks(evening, 380);
        QVERIFY(!all.empty());
        int midnights = 0;
        for (const Tick &tick : all) {
            QVERIFY2(tick.label.endsWith(QStringLiteral(":00")), qPrintable(tick.label));
            midnights += tick.day ? 1 : 0;
        }
        QCOMPARE(midnights, 1);
        QCOMPARE(dayText(evening.to()), QStringLiteral("24 Nov"));
    }
};

QD_GUI_TEST(TestGeometry)
#include "tst_geometry.moc"
