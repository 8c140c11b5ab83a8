// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/calendar.h"

#include "tests/support/builders.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::oncall;
using namespace qd::tests;

namespace {

const Instant kFrom = at("2026-01-01T00:00:00Z"), kUntil = at("2027-01-01T00:00:00Z");

std::string calendar(const std::string &events)
{
    std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + events + "END:VCALENDAR\r\n";
    return out;
}
std::string vevent(const std::string &lines)
{
    return "BEGIN:VEVENT\r\nUID:1@test\r\nDTSTAMP:20260101T000000Z\r\n" + lines + "END:VEVENT\r\n";
}

/// "2026-02-01T08:00:00Z ana,ben" of each stretch.
std::vector<std::string> read(const std::string &text, const char *zone = "Europe/Berlin")
{
    const auto got = readCalendar(text, aWorkspace(), zone, kFrom, kUntil);
    if (!got)
        return {got.error().message};
    std::vector<std::string> out;
    for (const auto &s : got->stretches) {
        std::string people;
        for (const auto &p : s.people)
            people += (people.empty() ? "" : ",") + p;
        out.push_back(toRfc3339(s.from) + " " + toRfc3339(s.until) + " " + people);
    }
    return out;
}
using Lines = std::vector<std::string>;

} // namespace

class TestCalendar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasWrittenIsReadBack()
    {
        Schedule s;
        s.id = "pay";
        s.zone = "Europe/Berlin";
        s.layers = {{"l", "", {"ana", "ben"}, parseLocalTime("2026-01-05T09:00")->seconds, hours(24 * 7), {*parseDayWindow("mon-sat")}}};
        const Layout layout = layOut(s, {}, kFrom, kUntil);
        const std::string text = toCalendar(aWorkspace(), s, layout, kFrom);
        QCOMPARE(text, toCalendar(aWorkspace(), s, layout, kFrom));
        QVERIFY(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        std::size_t start = 0;
        for (std::size_t end = text.find("\r\n"); end != std::string::npos; start = end + 2, end = text.find("\r\n", start))
            QVERIFY(end - start <= 75); // RFC 5545 section 3.1
        const auto back = readCalendar(text, aWorkspace(), "UTC", kFrom, kUntil);
        VERIFY_RESULT(back);
        QVERIFY(back->problems.empty());
        std::vector<CalendarStretch> wanted;
        for (const Segment &seg : layout.segments)
            if (!seg.isGap())
                wanted.push_back({seg.from, seg.until, {seg.people.front().person}});
        QVERIFY(back->stretches == wanted);
        QVERIFY(wanted.size() > 90);
    }

    void recurrencesFollowTheWallClockOfTheirZone()
    {
        const std::string weekly = calendar(vevent("DTSTART;TZID=Europe/Berlin:20260323T090000\r\nDTEND;TZID=Europe/Berlin:20260323T170000\r\n"
                                                  "RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/Berlin:20260406T090000\r\nSUMMARY:Ana\r\n"));
        QCOMPARE(read(weekly), Lines({"2026-03-23T08:00:00Z 2026-03-23T16:00:00Z ana", "2026-03-30T07:00:00Z 2026-03-30T15:00:00Z ana"}));
    }

    void floatingTimesAreOfTheSchedulesZoneAndDaysAreWhole()
    {
        QCOMPARE(read(calendar(vevent("DTSTART:20260701T090000\r\nDURATION:PT1H\r\nSUMMARY:ben\r\n"))), Lines{"2026-07-01T07:00:00Z 2026-07-01T08:00:00Z ben"});
        QCOMPARE(read(calendar(vevent("DTSTART;VALUE=DATE:20260701\r\nDTEND;VALUE=DATE:20260702\r\nSUMMARY:ben\r\n"))), Lines{"2026-06-30T22:00:00Z 2026-07-01T22:00:00Z ben"});
        QCOMPARE(read(calendar(vevent("DTSTART;VALUE=DATE:20260701\r\nSUMMARY:ben\r\n")), "UTC"), Lines{"2026-07-01T00:00:00Z 2026-07-02T00:00:00Z ben"});
    }

    void aMovedInstanceReplacesItsOwn()
    {
        const std::string series = "BEGIN:VEVENT\r\nUID:s\r\nDTSTART:20260601T080000Z\r\nDTEND:20260601T090000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:Ana\r\nEND:VEVENT\r\n"
                                   "BEGIN:VEVENT\r\nUID:s\r\nRECURRENCE-ID:20260602T080000Z\r\nDTSTART:20260602T120000Z\r\nDTEND:20260602T130000Z\r\nSUMMARY:Ben\r\nEND:VEVENT\r\n";
        QCOMPARE(read(calendar(series)), Lines({"2026-06-01T08:00:00Z 2026-06-01T09:00:00Z ana", "2026-06-02T12:00:00Z 2026-06-02T13:00:00Z ben",
                                                "2026-06-03T08:00:00Z 2026-06-03T09:00:00Z ana"}));
    }

    void overlappingEventsAreJoined()
    {
        const std::string two = vevent("DTSTART:20260601T080000Z\r\nDTEND:20260601T120000Z\r\nSUMMARY:Ana\r\n") + vevent("DTSTART:20260601T100000Z\r\nDTEND:20260601T140000Z\r\nSUMMARY:Ben\r\n");
        QCOMPARE(read(calendar(two)), Lines({"2026-06-01T08:00:00Z 2026-06-01T10:00:00Z ana", "2026-06-01T10:00:00Z 2026-06-01T12:00:00Z ana,ben",
                                             "2026-06-01T12:00:00Z 2026-06-01T14:00:00Z ben"}));
    }

    void findsPeopleByAddressNameOrSummary_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("attendee's bound address") << QByteArray("ATTENDEE:mailto:ana@chat.example\r\nSUMMARY:Primary");
        QTest::newRow("attendee's local part") << QByteArray("ATTENDEE;CN=Somebody:mailto:ana@corp.example\r\nSUMMARY:Primary");
        QTest::newRow("attendee's name") << QByteArray("ATTENDEE;CN=Ana:mailto:a.x@corp.example\r\nSUMMARY:Primary");
        QTest::newRow("summary") << QByteArray("SUMMARY:ANA");
        QTest::newRow("summary with more") << QByteArray("SUMMARY:Ana (payments)");
    }
    void findsPeopleByAddressNameOrSummary()
    {
        QFETCH(QByteArray, line);
        QCOMPARE(read(calendar(vevent("DTSTART:20260601T080000Z\r\nDTEND:20260601T090000Z\r\n" + line.toStdString() + "\r\n"))), Lines{"2026-06-01T08:00:00Z 2026-06-01T09:00:00Z ana"});
    }

    void whatDoesNotTranslateIsNamed()
    {
        const auto got = readCalendar(calendar(vevent("DTSTART:20260601T080000Z\r\nDTEND:20260601T090000Z\r\nSUMMARY:Mallory\r\n") + vevent("SUMMARY:Ana\r\n")
                                               + vevent("DTSTART:20260601T080000Z\r\nDTEND:20260601T070000Z\r\nSUMMARY:Ana\r\n")
                                               + vevent("DTSTART:20260601T080000Z\r\nDTEND:20260601T090000Z\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:Ana\r\n")
                                               + vevent("DTSTART:20260601T080000Z\r\nDTEND:20260601T090000Z\r\nSTATUS:CANCELLED\r\nSUMMARY:Ana\r\n")),
                                      aWorkspace(), "UTC", kFrom, kUntil);
        VERIFY_RESULT(got);
        QVERIFY(got->stretches.empty());
        QCOMPARE(got->problems.size(), std::size_t{4});
        QVERIFY(got->problems.front().find("\"Mallory\" names nobody of the workspace") != std::string::npos);
    }

    void isBounded()
    {
        VERIFY_FAILS(readCalendar(std::string(kCalendarLimit + 1, 'x'), aWorkspace(), "UTC", kFrom, kUntil), Code::TooLarge);
        for (const std::string &bytes : {std::string(), std::string("hello"), std::string("BEGIN:VCALENDAR\0x", 17), std::string(1000, '\xff'), std::string("BEGIN:VEVENT\r\nEND:VEVENT\r\n")})
            VERIFY_FAILS(readCalendar(bytes, aWorkspace(), "UTC", kFrom, kUntil), Code::Invalid);
        VERIFY_FAILS(readCalendar(calendar(vevent("DTSTART:20260101T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=HOURLY\r\nSUMMARY:Ana\r\n")), aWorkspace(), "UTC", kFrom, kUntil), Code::TooLarge);
        VERIFY_FAILS(readCalendar(calendar(vevent("DTSTART:19700101T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=HOURLY;INTERVAL=2\r\nSUMMARY:Ana\r\n")), aWorkspace(), "UTC", kFrom, kUntil), Code::TooLarge);
        std::string many;
        for (std::size_t i = 0; i <= kEventsLimit; ++i)
            many += vevent("SUMMARY:x\r\n");
        VERIFY_FAILS(readCalendar(calendar(many), aWorkspace(), "UTC", kFrom, kUntil), Code::TooLarge);
    }

    void survivesCutAndFlippedBytes()
    {
        const std::string whole = calendar(vevent("DTSTART;TZID=Europe/Berlin:20260323T090000\r\nDTEND;TZID=Europe/Berlin:20260323T170000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231T000000Z\r\n"
                                                 "EXDATE;TZID=Europe/Berlin:20260406T090000\r\nRDATE:20260501T080000Z\r\nATTENDEE;CN=Ana:mailto:ana@chat.example\r\n"));
        std::size_t read = 0;
        for (std::size_t n = 0; n < whole.size(); ++n) {
            if (n + 2 < whole.size()) // a feed that was cut off is not one with fewer shifts
                VERIFY_FAILS(readCalendar(whole.substr(0, n), aWorkspace(), "UTC", kFrom, kUntil), Code::Invalid);
            std::string flipped = whole;
            flipped[n] = static_cast<char>(flipped[n] ^ (1 << (n % 7)));
            read += readCalendar(flipped, aWorkspace(), "UTC", kFrom, kUntil) ? 1 : 0;
        }
        QVERIFY(read > 100);
    }
};

QD_TEST(TestCalendar)
#include "tst_calendar.moc"
