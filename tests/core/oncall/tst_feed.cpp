// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/feed.h"

#include "tests/support/builders.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::oncall;
using namespace qd::tests;

/// A calendar that is asked again and again: what is a change, what is none, and what changes nothing.
namespace {

const Instant kNoon = at("2026-11-23T12:00:00Z");

Schedule fed()
{
    Schedule s;
    s.id = "primary";
    s.zone = "UTC";
    s.calendar = "rota";
    return s;
}

std::string feedOf(const std::string &events)
{
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + events + "END:VCALENDAR\r\n";
}
std::string shift(const char *uid, const char *from, const char *until, const char *who, const char *more = "")
{
    return std::string("BEGIN:VEVENT\r\nUID:") + uid + "\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:" + from + "\r\nDTEND:" + until + "\r\nSUMMARY:" + who + "\r\n" + more + "END:VEVENT\r\n";
}

std::vector<Override> asOverrides(const Feed &feed)
{
    std::vector<Override> out;
    for (const CalendarStretch &s : feed.shifts)
        out.push_back({static_cast<std::uint32_t>(out.size() + 1), OverrideKind::Temporary, s.people, {}, s.from, s.until});
    return out;
}

} // namespace

class TestFeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameAnswerIsNoChangeAllDayLong()
    {
        const std::string text = feedOf(shift("1@t", "20260105T080000Z", "20260112T080000Z", "ana", "RRULE:FREQ=WEEKLY;INTERVAL=2\r\n")
                                        + shift("2@t", "20260112T080000Z", "20260119T080000Z", "ben", "RRULE:FREQ=WEEKLY;INTERVAL=2\r\n"));
        const auto first = readFeed(text, aWorkspace(), fed(), {}, kNoon);
        VERIFY_RESULT(first);
        QVERIFY(first->changed && first->problems.empty() && first->shifts.size() >= 8);
        for (const Span later : {minutes(15), hours(11)}) {
            const auto again = readFeed(text, aWorkspace(), fed(), asOverrides(*first), kNoon + later);
            VERIFY_RESULT(again);
            QVERIFY(!again->changed);
        }
    }

    void aShiftUnderWayKeepsItsBeginning()
    {
        const std::string text = feedOf(shift("1@t", "20261101T080000Z", "20261201T080000Z", "ana"));
        const std::vector<Override> standing{{1, OverrideKind::Temporary, {"ana"}, {}, at("2026-11-01T08:00:00Z"), at("2026-12-01T08:00:00Z")}};
        const auto again = readFeed(text, aWorkspace(), fed(), standing, kNoon);
        VERIFY_RESULT(again);
        QVERIFY(!again->changed);
        QCOMPARE(toRfc3339(again->shifts.front().from), std::string("2026-11-01T08:00:00Z"));
    }

    void whatWasEditedIsAChangeAndWhatEndedStays()
    {
        const std::vector<Override> standing{{1, OverrideKind::Temporary, {"ana"}, {}, at("2026-11-02T08:00:00Z"), at("2026-11-09T08:00:00Z")},
                                             {2, OverrideKind::Temporary, {"ana"}, {}, at("2026-11-24T08:00:00Z"), at("2026-11-25T08:00:00Z")}};
        const auto edited = readFeed(feedOf(shift("1@t", "20261124T080000Z", "20261125T080000Z", "ben")), aWorkspace(), fed(), standing, kNoon);
        VERIFY_RESULT(edited);
        QVERIFY(edited->changed);
        QCOMPARE(toRfc3339(edited->since), std::string("2026-11-22T00:00:00Z"));
    }

    void aBrokenAnswerChangesNothing_data()
    {
        QTest::addColumn<QString>("text");
        const std::string whole = feedOf(shift("1@t", "20261124T080000Z", "20261125T080000Z", "ana"));
        QTest::newRow("an error page") << QStringLiteral("<html>502</html>");
        QTest::newRow("nothing") << QString();
        QTest::newRow("cut off") << QString::fromStdString(whole.substr(0, whole.size() / 2));
        QTest::newRow("of nobody any more") << QString::fromStdString(feedOf({}));
        QTest::newRow("of nobody here") << QString::fromStdString(feedOf(shift("1@t", "20261124T080000Z", "20261125T080000Z", "zoe")));
    }
    void aBrokenAnswerChangesNothing()
    {
        QFETCH(QString, text);
        const std::vector<Override> standing{{1, OverrideKind::Temporary, {"ana"}, {}, at("2026-11-24T08:00:00Z"), at("2026-11-25T08:00:00Z")}};
        VERIFY_FAILS(readFeed(text.toStdString(), aWorkspace(), fed(), standing, kNoon), Code::Invalid);
    }

    void whatWasMadeByHandCountsOverItsSpanAndTheRestIsTaken()
    {
        const std::string text = feedOf(shift("1@t", "20261124T080000Z", "20261126T080000Z", "ana") + shift("2@t", "20261126T080000Z", "20261127T080000Z", "ben"));
        const std::vector<TakenByHand> taken{{at("2026-11-25T08:00:00Z"), at("2026-11-25T20:00:00Z"), "override 7"}};
        const auto first = readFeed(text, aWorkspace(), fed(), {}, kNoon, taken);
        VERIFY_RESULT(first);
        QCOMPARE(first->problems, std::vector<std::string>{"from 2026-11-25T08:00:00Z until 2026-11-25T20:00:00Z override 7 says who is on call, not the calendar"});
        std::vector<std::string> left;
        Feed cut;
        cut.shifts = besides(first->shifts, taken, left);
        QCOMPARE(cut.shifts.size(), std::size_t{3});
        QCOMPARE(toRfc3339(cut.shifts[0].until), std::string("2026-11-25T08:00:00Z"));
        QCOMPARE(toRfc3339(cut.shifts[1].from), std::string("2026-11-25T20:00:00Z"));
        QVERIFY(cut.shifts[1].people == std::vector<std::string>{"ana"} && cut.shifts[2].people == std::vector<std::string>{"ben"});
        // Said again it is no change; once the one made by hand is gone the whole shift comes back.
        const auto again = readFeed(text, aWorkspace(), fed(), asOverrides(cut), kNoon, taken);
        VERIFY_RESULT(again);
        QVERIFY(!again->changed);
        QVERIFY(readFeed(text, aWorkspace(), fed(), asOverrides(cut), kNoon)->changed);
    }

    void aSpanThatCoversAShiftLeavesNothingOfIt()
    {
        std::vector<std::string> left;
        const std::vector<CalendarStretch> shifts{{at("2026-11-24T08:00:00Z"), at("2026-11-24T16:00:00Z"), {"ana"}}};
        QVERIFY(besides(shifts, {{at("2026-11-24T00:00:00Z"), at("2026-11-25T00:00:00Z"), "override 1"}}, left).empty());
        QCOMPARE(left.size(), std::size_t{1});
        left.clear();
        QVERIFY(besides(shifts, {{at("2026-11-24T16:00:00Z"), at("2026-11-25T00:00:00Z"), "override 1"}}, left) == shifts); // it only touches
        QVERIFY(left.empty());
    }

    void whatDoesNotTranslateIsSaidAndTheRestCounts()
    {
        const auto some = readFeed(feedOf(shift("1@t", "20261124T080000Z", "20261125T080000Z", "ana") + shift("2@t", "20261125T080000Z", "20261126T080000Z", "zoe")), aWorkspace(), fed(), {}, kNoon);
        VERIFY_RESULT(some);
        QCOMPARE(some->shifts.size(), std::size_t{1});
        QCOMPARE(some->problems.size(), std::size_t{1});
    }
};

QD_TEST(TestFeed)
#include "tst_feed.moc"
