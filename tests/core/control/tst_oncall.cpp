// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/calendar.h"
#include "core/control/get.h"
#include "core/control/oncall.h"

#include "core/oncall/handoffs.h"
#include "tests/support/builders.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace qd;
using namespace qd::control;
using namespace qd::tests;

namespace {

Workspace aRota()
{
    Workspace w = aWorkspace();
    w.people[0].zone = "Europe/Berlin";
    w.people[1].zone = "Asia/Tokyo";
    Schedule s;
    s.id = "pay";
    s.name = "Payments";
    s.zone = "Europe/Berlin";
    s.layers = {{"day", "", {"ana"}, parseLocalTime("2026-01-05T08:00")->seconds, hours(24), {*parseDayWindow("08:00-20:00")}}};
    w.schedules = {s};
    w.teams[0].schedule = "pay";
    w.owners = {{"web", {{"service", "web", false, true}}, "", "", "shop", {IncidentSeverity::Sev1}}};
    return w;
}

Log aLog()
{
    Log log;
    log.record(withWorkspace(aRota()));
    log.record(oncall::handoffs(log.state, log.now()), Span{});
    return log;
}

QJsonObject parsed(const Result<std::string> &text)
{
    return text ? QJsonDocument::fromJson(QByteArray::fromStdString(*text)).object() : QJsonObject{{QStringLiteral("error"), QString::fromStdString(text.error().message)}};
}
QString keyOf(const char *k) { return QString::fromLatin1(k); }

} // namespace

class TestOnCall : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhoIsCalledAtWhatTimeOfTheirsAndWhy()
    {
        const Log log = aLog();
        const auto plan = parsed(planJson(log.state, {"web", "", "", "", "SEV2", ""}, at("2026-11-24T12:00:00Z")));
        QCOMPARE(plan[keyOf("policy")].toString(), keyOf("shop"));
        QVERIFY(plan[keyOf("observed")].toBool());
        const auto first = plan[keyOf("steps")].toArray()[0].toObject(), person = first[keyOf("people")].toArray()[0].toObject();
        QCOMPARE(person[keyOf("name")].toString(), keyOf("Ana"));
        QCOMPARE(person[keyOf("local")].toString(), keyOf("2026-11-24T13:00"));
        QCOMPARE(person[keyOf("zone")].toString(), keyOf("Europe/Berlin"));
        QCOMPARE(person[keyOf("why")].toString(), keyOf("team shop, schedule pay, layer day"));
        QVERIFY(!plan[keyOf("because")].toArray().isEmpty() && !plan[keyOf("ruledOut")].toArray().isEmpty());
        const auto sev1 = parsed(planJson(log.state, {"web", "", "", "", "SEV1", ""}, at("2026-11-24T12:00:00Z")));
        QVERIFY(sev1[keyOf("because")].toArray()[0].toString().startsWith(keyOf("ownership rule web: service=\"web\", SEV1")));
    }

    void refusesWhatItCannotAnswer()
    {
        const Log log = aLog();
        VERIFY_FAILS(planJson(log.state, {}, log.now()), Code::Invalid);
        VERIFY_FAILS(planJson(log.state, {"wub", "", "", "", "", ""}, log.now()), Code::NotFound);
        VERIFY_FAILS(planJson(log.state, {"web", "", "", "", "SEV9", ""}, log.now()), Code::Invalid);
        VERIFY_FAILS(planJson(log.state, {"", "am/0", "", "", "", ""}, log.now()), Code::NotFound);
        VERIFY_FAILS(planJson(log.state, {"", "", "no", "", "", ""}, log.now()), Code::NotFound);
        VERIFY_FAILS(layoutJson(log.state, {"no", "", ""}, log.now()), Code::NotFound);
        VERIFY_FAILS(layoutJson(log.state, {"pay", "yesterday", ""}, log.now()), Code::Invalid);
        VERIFY_FAILS(layoutJson(log.state, {"pay", "2026-11-24", "2026-11-24"}, log.now()), Code::Invalid);
        VERIFY_FAILS(layoutJson(log.state, {"pay", "2026-11-24", "2028-11-24"}, log.now()), Code::Invalid);
    }

    void onCallIsOfTheRecordAndOfTheInstantAskedFor()
    {
        const Log log = aLog();
        const auto now = parsed(getJson(log.state, "oncall"));
        QCOMPARE(now[keyOf("items")].toArray().size(), 2);
        QCOMPARE(now[keyOf("items")].toArray()[0].toObject()[keyOf("schedule")].toString(), keyOf("pay"));
        QCOMPARE(now[keyOf("items")].toArray()[0].toObject()[keyOf("person")].toString(), keyOf("ana")); // 15:00 in Berlin
        Filter night;
        night.at = at("2026-11-23T20:00:00Z");
        const auto items = parsed(getJson(log.state, "oncall", night))[keyOf("items")].toArray();
        QCOMPARE(items[0].toObject()[keyOf("person")].toString(), QString());
        QVERIFY(items[0].toObject()[keyOf("problems")].toArray()[0].toString().contains(keyOf("a gap")));
        QCOMPARE(items[1].toObject()[keyOf("person")].toString(), keyOf("ana")); // the team falls back to its first member
        const auto schedules = parsed(getJson(log.state, "schedules"))[keyOf("items")].toArray();
        QCOMPARE(schedules[0].toObject()[keyOf("onCall")].toArray()[0].toString(), keyOf("ana"));
        QCOMPARE(schedules[0].toObject()[keyOf("until")].toString(), keyOf("2026-11-23T19:00:00Z"));
    }

    void aLayoutNamesItsGaps()
    {
        const Log log = aLog();
        const auto layout = parsed(layoutJson(log.state, {"pay", "2026-11-24", "2026-11-26"}, log.now()));
        QCOMPARE(layout[keyOf("gaps")].toInt(), 3);
        QCOMPARE(layout[keyOf("segments")].toArray().size(), 5);
        QCOMPARE(layout[keyOf("from")].toString(), keyOf("2026-11-23T23:00:00Z"));
    }

    void thePlannerHasSchedulesAndPeopleWithTheirNights()
    {
        const Log log = aLog();
        const auto planner = parsed(plannerJson(log.state, log.now()));
        QCOMPARE(planner[keyOf("schedules")].toArray().size(), 1);
        QCOMPARE(planner[keyOf("people")].toArray().size(), 1); // ben takes part in none
        const auto ana = planner[keyOf("people")].toArray()[0].toObject();
        QCOMPARE(ana[keyOf("nights")].toArray()[0].toObject()[keyOf("from")].toString(), keyOf("2026-11-23T21:00:00Z"));
        QCOMPARE(ana[keyOf("nights")].toArray()[0].toObject()[keyOf("until")].toString(), keyOf("2026-11-24T06:00:00Z"));
        QCOMPARE(ana[keyOf("shifts")].toArray().size(), 2);
        QCOMPARE(ana[keyOf("shifts")].toArray()[0].toObject()[keyOf("id")].toString(), keyOf("pay"));
        for (const auto &segment : planner[keyOf("schedules")].toArray()[0].toObject()[keyOf("segments")].toArray()) // who can be named in a change of it
            QCOMPARE(segment.toObject()[keyOf("ids")].toArray().size(), segment.toObject()[keyOf("people")].toArray().size());
    }

    void aCalendarIsShownBeforeItIsBroughtIn()
    {
        const Log log = aLog();
        const std::string text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T100000Z\r\nDTEND:20261124T120000Z\r\nSUMMARY:Ben\r\nEND:VEVENT\r\n"
                                 "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20261125T200000Z\r\nDTEND:20261125T210000Z\r\nSUMMARY:Xaver\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        const auto shown = parsed(readCalendarJson(log.state, {"pay", "c.ics", text}, log.now()));
        QCOMPARE(shown[keyOf("shifts")].toArray().size(), 1);
        QCOMPARE(shown[keyOf("difference")].toArray()[0].toString(), keyOf("+ 2026-11-24T10:00:00Z to 2026-11-24T12:00:00Z ben, where the schedule says ana: the calendar counts"));
        QCOMPARE(shown[keyOf("problems")].toArray().size(), 1);
        VERIFY_FAILS(readCalendarJson(log.state, {"no", "c.ics", text}, log.now()), Code::NotFound);
        VERIFY_FAILS(readCalendarJson(log.state, {"pay", "c.ics", "x"}, log.now()), Code::Invalid);
        const auto out = parsed(calendarJson(log.state, {"pay", "2026-11-24", "2026-11-25"}, log.now()));
        QVERIFY(out[keyOf("calendar")].toString().contains(keyOf("SUMMARY:Ana")));
    }
};

QD_TEST(TestOnCall)
#include "tst_oncall.moc"
