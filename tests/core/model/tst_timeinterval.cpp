// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/timeinterval.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

bool holdsAt(const std::vector<std::string> &lines, std::string_view when)
{
    const auto times = IntervalTimes::make(lines);
    return times && times->holds(at(when));
}

} // namespace

/// Alertmanager's time intervals, by the examples of its documentation and of timeinterval_test.go.
class TestTimeInterval final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allThatALineSaysMustHoldAndOfSeveralLinesOne()
    {
        const std::vector<std::string> office{"times=09:00-17:00 weekdays=monday:friday"};
        QVERIFY(holdsAt(office, "2026-11-23T09:00:00Z")); // a Monday
        QVERIFY(holdsAt(office, "2026-11-23T16:59:59Z"));
        QVERIFY(!holdsAt(office, "2026-11-23T17:00:00Z"));
        QVERIFY(!holdsAt(office, "2026-11-23T08:59:59Z"));
        QVERIFY(!holdsAt(office, "2026-11-22T12:00:00Z")); // a Sunday
        const std::vector<std::string> nights{"times=00:00-08:00,20:00-24:00", "weekdays=saturday,sunday"};
        QVERIFY(holdsAt(nights, "2026-11-23T23:59:59Z") && holdsAt(nights, "2026-11-23T00:00:00Z") && holdsAt(nights, "2026-11-22T12:00:00Z"));
        QVERIFY(!holdsAt(nights, "2026-11-23T12:00:00Z"));
        QVERIFY(holdsAt({"always"}, "2026-11-23T12:00:00Z"));
        QVERIFY(!holdsAt({}, "2026-11-23T12:00:00Z"));
    }

    void daysCountFromBothEndsOfTheMonth()
    {
        const std::vector<std::string> last{"days_of_month=-3:-1"}, edge{"days_of_month=1:5,28:-1"};
        QVERIFY(holdsAt(last, "2026-02-26T00:00:00Z") && holdsAt(last, "2026-02-28T23:59:59Z") && holdsAt(last, "2028-02-29T00:00:00Z"));
        QVERIFY(!holdsAt(last, "2026-02-25T23:59:59Z") && !holdsAt(last, "2026-03-01T00:00:00Z") && !holdsAt(last, "2028-02-26T12:00:00Z"));
        QVERIFY(holdsAt(edge, "2026-04-05T12:00:00Z") && holdsAt(edge, "2026-04-30T12:00:00Z") && !holdsAt(edge, "2026-04-06T12:00:00Z"));
        QVERIFY(!holdsAt({"days_of_month=31"}, "2026-04-30T12:00:00Z")); // a month of 30 days has no 31st
    }

    void monthsAndYearsByNumberOrName()
    {
        QVERIFY(holdsAt({"months=january:march,12 years=2026:2027"}, "2026-12-31T23:59:59Z"));
        QVERIFY(holdsAt({"months=January:March,12 years=2026:2027"}, "2027-02-01T00:00:00Z"));
        QVERIFY(!holdsAt({"months=january:march,12 years=2026:2027"}, "2026-04-01T00:00:00Z"));
        QVERIFY(!holdsAt({"months=january:march,12 years=2026:2027"}, "2028-01-01T00:00:00Z"));
    }

    void wallClocksAreThoseOfTheLinesPlace()
    {
        const std::vector<std::string> sydney{"times=09:00-17:00 location=Australia/Sydney"};
        QVERIFY(holdsAt(sydney, "2026-11-22T22:00:00Z") && !holdsAt(sydney, "2026-11-22T21:59:59Z")); // +11:00
        QVERIFY(holdsAt(sydney, "2026-06-22T23:00:00Z") && !holdsAt(sydney, "2026-06-22T22:59:59Z")); // +10:00
    }

    /// Between two bounds nothing changes: compared minute by minute over the days in which clocks change.
    void nothingChangesBetweenTwoBounds()
    {
        const auto times = IntervalTimes::make({"times=01:30-02:30,22:15-24:00 weekdays=saturday:saturday,sunday location=Europe/Berlin", "days_of_month=-1 times=05:00-05:01"});
        QVERIFY(times);
        for (const char *begin : {"2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z"}) {
            Instant bound = at(begin);
            bool held = times->holds(bound);
            int changes = 0;
            for (Instant t = bound; t < at(begin) + hours(96); t = t + minutes(1)) {
                if (t >= times->nextBound(bound)) {
                    bound = t;
                    changes += held != times->holds(t);
                    held = times->holds(t);
                }
                QCOMPARE(times->holds(t), held);
            }
            QVERIFY(changes >= 6);
        }
    }

    void whatAlertmanagerRefusesIsRefusedWithWhatIsWrong_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line : {"times=9:00-17:00", "times=09:00-25:00", "times=17:00-09:00", "times=09:00", "times=24:01-24:30", "weekdays=friday:monday", "weekdays=funday",
                                 "days_of_month=0", "days_of_month=32", "days_of_month=5:1", "days_of_month=-1:5", "months=13", "months=march:january", "years=2027:2026",
                                 "location=Mars/Olympus", "hours=9", "times=", "weekdays"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void whatAlertmanagerRefusesIsRefusedWithWhatIsWrong()
    {
        QFETCH(QString, line);
        const auto times = IntervalTimes::make({line.toStdString()});
        QVERIFY(!times);
        QVERIFY2(times.error().message.size() > 20, times.error().message.c_str());
    }

    void limitsHoldAtTheirEdges()
    {
        QVERIFY(IntervalTimes::make(std::vector<std::string>(IntervalTimes::kLinesLimit, "always")));
        QVERIFY(!IntervalTimes::make(std::vector<std::string>(IntervalTimes::kLinesLimit + 1, "always")));
        std::string many = "years=2026";
        for (std::size_t i = 1; i < IntervalTimes::kRangesLimit; ++i)
            many += ",2026";
        QVERIFY(IntervalTimes::make({many}));
        QVERIFY(!IntervalTimes::make({many + ",2026"}));
    }
};

QD_TEST(TestTimeInterval)
#include "tst_timeinterval.moc"
