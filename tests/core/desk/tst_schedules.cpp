// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

using Names = std::vector<std::string>;

Workspace aRota()
{
    Workspace w = aWorkspace();
    w.people.push_back({"cid", "Cid", "UTC", {}});
    Schedule s;
    s.id = "pay";
    s.zone = "Europe/Berlin";
    s.layers = {{"week", "", {"ana", "ben"}, parseLocalTime("2026-01-05T09:00")->seconds, hours(24 * 7), {}}};
    w.schedules = {s};
    return w;
}

desk::OverrideSchedule anOverride(Names people, std::string replace = {}, std::string from = "2026-11-24T09:00", std::string until = "2026-11-25T09:00")
{
    desk::OverrideSchedule c;
    c.schedule = "pay";
    c.people = std::move(people);
    c.replace = std::move(replace);
    c.from = std::move(from);
    c.until = std::move(until);
    c.reason = "dentist";
    return c;
}

/// Commands decided on a State and recorded.
struct Scene {
    Log log;
    explicit Scene(Workspace w = aRota()) { log.record(withWorkspace(std::move(w))); }
    Result<desk::Decision> decide(const desk::Command &c, const std::string &by = "ana") const { return desk::decide(log.state, c, {by, Path::Person}, log.now()); }
    std::string run(const desk::Command &c, const std::string &by = "ana")
    {
        auto d = decide(c, by);
        if (!d)
            return d.error().message;
        log.record(d->events);
        return d->id;
    }
};

} // namespace

class TestSchedules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anOverrideIsJournaledShownAndUndone()
    {
        Bench bench;
        VERIFY_RESULT(bench.report(WorkspaceChanged{aRota(), "00", {}}));
        const auto duty = [&] {
            Names people;
            bench.desk->inspect([&](const state::State &s) { people = s.rota.of("pay") ? s.rota.of("pay")->people : Names{"?"}; });
            return people;
        };
        const Names before = duty(); // concluded with the workspace, in one record
        QCOMPARE(before, Names{"ana"});
        const auto made = bench.command(anOverride({"cid"}, "ana", "2026-11-23T14:00:00Z", "2026-11-23T18:00:00Z"));
        VERIFY_RESULT(made);
        QCOMPARE(made->id, "override/1");
        QCOMPARE(duty(), Names{"cid"});
        bench.clock.advance(hours(4) + seconds(1));
        VERIFY_RESULT(bench.wake());
        QCOMPARE(duty(), Names{"ana"}); // the handoff came by the timer
        bench.restart();
        QCOMPARE(duty(), Names{"ana"});
        const auto undone = bench.command(desk::WithdrawOverride{1, "not needed"});
        VERIFY_RESULT(undone);
        bench.desk->inspect([&](const state::State &s) { QVERIFY(s.rota.overrides.empty()); });
    }

    // GoAlert 4544, Grafana OnCall 1054 and 4234: anybody can alter schedules, and nobody notices.
    void complaint17_whoMayChangeAScheduleIsSaidAndEveryChangeIsSeen()
    {
        Workspace w = aRota();
        w.schedules[0].editors = {"shop"}; // the team: ana, ben
        Scene scene(w);
        VERIFY_FAILS(scene.decide(anOverride({"cid"}, "ana"), "cid"), Code::Forbidden);
        QVERIFY(scene.decide(anOverride({"cid"}, "ana"), "cid").error().message.find("its editors are shop") != std::string::npos);
        QCOMPARE(scene.run(anOverride({"cid"}, "ana"), "ben"), std::string("override/1"));
        const auto &line = scene.log.state.log.back();
        QCOMPARE(line.actor, std::string("ben"));
        QVERIFY(line.text.find("schedule pay, override 1: cid in place of ana from 2026-11-24T08:00:00Z") != std::string::npos);
        QVERIFY(line.text.find("dentist") != std::string::npos);
        VERIFY_FAILS(scene.decide(desk::WithdrawOverride{1, "mine"}, "cid"), Code::Forbidden);
        w.schedules[0].locked = true; // the read-only latch
        scene.log.record(withWorkspace(w));
        VERIFY_FAILS(scene.decide(anOverride({"cid"}, "ana"), "ana"), Code::Forbidden);
        VERIFY_FAILS(scene.decide(desk::WithdrawOverride{1, "mine"}, "ana"), Code::Forbidden);
        Scene open;
        VERIFY_FAILS(open.decide(anOverride({"cid"}, "ana"), "root"), Code::Forbidden); // nobody of the workspace
    }

    void whatIsMeantFollowsFromWhoComesAndWhoGoes()
    {
        Scene scene;
        scene.run(anOverride({"cid"}));
        scene.run(anOverride({}, "ana"));
        scene.run(anOverride({"cid"}, "ana"));
        auto only = anOverride({"cid", "ben"});
        only.kind = "temporary";
        scene.run(only);
        std::vector<std::string> kinds;
        for (const auto &o : scene.log.state.rota.overrides)
            kinds.emplace_back(word(o.what.kind));
        QCOMPARE(kinds, Names({"add", "remove", "replace", "temporary"}));
        QCOMPARE(toRfc3339(scene.log.state.rota.overrides[0].what.from), "2026-11-24T08:00:00Z"); // 09:00 in the schedule's zone
    }

    void bothHalvesOfASwapAreMadeAndWithdrawnTogether()
    {
        Scene scene;
        desk::SwapShifts c{"pay", "ana", "2026-11-30T09:00", "2026-12-07T09:00", "ben", "2026-12-07T09:00", "2026-12-14T09:00", "holiday"};
        QCOMPARE(scene.run(c), std::string("override/1"));
        QCOMPARE(scene.log.state.rota.overrides.size(), std::size_t{2});
        QCOMPARE(scene.run(desk::WithdrawOverride{2, "back"}), std::string("override/2"));
        QVERIFY(scene.log.state.rota.overrides.empty());
        QCOMPARE(scene.log.state.rota.lastOverride, 2U); // a number is not used again
    }

    void refusesWhatCannotBe_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("unknown schedule") << 0 << QByteArray("did you mean pay?");
        QTest::newRow("unknown person") << 1 << QByteArray("There is no person \"anna\" in the workspace; did you mean ana?");
        QTest::newRow("unknown replaced") << 2 << QByteArray("There is no person \"zed\"");
        QTest::newRow("no reason") << 3 << QByteArray("needs a reason");
        QTest::newRow("backwards") << 4 << QByteArray("ends after it begins");
        QTest::newRow("past") << 5 << QByteArray("what is past is not rewritten");
        QTest::newRow("began long ago") << 6 << QByteArray("more than a day ago");
        QTest::newRow("no time") << 7 << QByteArray("is no time");
        QTest::newRow("nobody") << 8 << QByteArray("names who comes");
        QTest::newRow("two at once") << 9 << QByteArray("One person comes by an override");
        QTest::newRow("unknown kind") << 10 << QByteArray("is no kind of override");
        QTest::newRow("too long") << 11 << QByteArray("at most 366 days");
        QTest::newRow("overlapping temporaries") << 12 << QByteArray("override 1 already says who is on call");
    }
    void refusesWhatCannotBe()
    {
        QFETCH(int, which);
        QFETCH(QByteArray, says);
        Scene scene;
        auto temporary = anOverride({"cid"});
        temporary.kind = "temporary";
        scene.run(temporary);
        auto c = anOverride({"cid"}, "ana");
        switch (which) {
        case 0: c.schedule = "pat"; break;
        case 1: c.people = {"anna"}; break;
        case 2: c.replace = "zed"; break;
        case 3: c.reason = " "; break;
        case 4: std::swap(c.from, c.until); break;
        case 5: c.from = "2026-11-22T10:00:00Z", c.until = "2026-11-23T10:00:00Z"; break;
        case 6: c.from = "2026-11-21T10:00:00Z"; break;
        case 7: c.until = "tomorrow"; break;
        case 8: c.people.clear(), c.replace.clear(); break;
        case 9: c.people = {"cid", "ben"}; break;
        case 10: c.kind = "swap"; break;
        case 11: c.until = "2028-01-01"; break;
        default: c = temporary; c.from = "2026-11-25T08:00"; c.until = "2026-11-26T08:00"; break;
        }
        const auto d = scene.decide(c);
        QVERIFY(!d);
        QVERIFY2(d.error().message.find(says.toStdString()) != std::string::npos, d.error().message.c_str());
    }

    void aCalendarSupersedesWhatItSaidBefore()
    {
        Scene scene;
        desk::ImportShifts c{"pay", "team.ics", "", {{"2026-12-01T08:00:00Z", "2026-12-02T08:00:00Z", {"cid"}}, {"2026-12-03T08:00:00Z", "2026-12-04T08:00:00Z", {"ana", "cid"}}}};
        QCOMPARE(scene.run(c), std::string("override/1"));
        c.shifts.pop_back();
        QCOMPARE(scene.run(c), std::string("override/3"));
        QCOMPARE(scene.log.state.rota.overrides.size(), std::size_t{1});
        QCOMPARE(scene.log.state.rota.overrides[0].source, std::string("calendar/team.ics"));
        c.calendar = "other.ics";
        VERIFY_FAILS(scene.decide(c), Code::Conflict); // two sources that say who is on call in one span
        QVERIFY(scene.decide(c).error().message.find("override 3 (calendar/team.ics) already says") != std::string::npos);
        c.calendar = "team.ics";
        c.shifts.clear();
        scene.run(c);
        QVERIFY(scene.log.state.rota.overrides.empty());
        VERIFY_FAILS(scene.decide(c), Code::Invalid);
        c.shifts.assign(1001, {"2026-12-01T08:00:00Z", "2026-12-02T08:00:00Z", {"cid"}});
        VERIFY_FAILS(scene.decide(c), Code::TooLarge);
    }

    void aCalendarElsewhereIsTakenBesideWhatWasMadeByHandAndSaysWhere()
    {
        Scene scene;
        auto hand = anOverride({"cid"}, {}, "2026-12-01T12:00:00Z", "2026-12-01T18:00:00Z");
        hand.kind = "temporary";
        QCOMPARE(scene.run(hand), std::string("override/1"));
        const desk::ImportShifts feed{"pay", "rota", "", {{"2026-12-01T08:00:00Z", "2026-12-02T08:00:00Z", {"ben"}}, {"2026-12-03T08:00:00Z", "2026-12-04T08:00:00Z", {"ana"}}}};
        VERIFY_FAILS(scene.decide(feed), Code::Conflict); // somebody who imports a file is asked
        Workspace w = aRota();
        w.schedules[0].calendar = "rota";
        scene.log.record(withWorkspace(w));
        const auto taken = desk::decide(scene.log.state, feed, {"core", Path::Poll}, scene.log.now());
        VERIFY_RESULT(taken);
        QCOMPARE(taken->notes, Names{"from 2026-12-01T12:00:00Z until 2026-12-01T18:00:00Z override 1 says who is on call, not the calendar"});
        scene.log.record(taken->events);
        QCOMPARE(scene.log.state.rota.overrides.size(), std::size_t{4});
        QVERIFY(scene.log.state.rota.overrides.back().reason.find("override 1 says who is on call") != std::string::npos);
    }

    void aCalendarTakenOutOfItsScheduleTakesItsShiftsAlong()
    {
        Bench bench;
        Workspace w = aRota();
        w.schedules[0].calendar = "rota";
        VERIFY_RESULT(bench.report(WorkspaceChanged{w, "00", {}}));
        const desk::ImportShifts feed{"pay", "rota", "", {{"2026-12-01T08:00:00Z", "2026-12-02T08:00:00Z", {"ben"}}, {"2026-12-03T08:00:00Z", "2026-12-04T08:00:00Z", {"ana"}}}};
        VERIFY_RESULT(bench.wait([&](desk::Done d) { bench.desk->command(feed, {"core", Path::Poll}, std::move(d)); }));
        desk::ImportShifts file = feed;
        file.calendar = "holidays.ics";
        file.shifts = {{"2026-12-24T08:00:00Z", "2026-12-25T08:00:00Z", {"cid"}}};
        VERIFY_RESULT(bench.command(file)); // somebody brought that one in, and it stays
        const auto sources = [&] {
            return bench.ask([](const state::State &s) {
                Names out;
                for (const auto &o : s.rota.overrides)
                    out.push_back(o.source);
                return out;
            });
        };
        QCOMPARE(sources(), (Names{"calendar/rota", "calendar/rota", "calendar/holidays.ics"}));
        w.name = "Shop, renamed";
        VERIFY_RESULT(bench.report(WorkspaceChanged{w, "01", {}}));
        QCOMPARE(sources().size(), std::size_t{3});
        w.schedules[0].calendar.clear();
        VERIFY_RESULT(bench.report(WorkspaceChanged{w, "02", {}}));
        QCOMPARE(sources(), Names{"calendar/holidays.ics"});
        QCOMPARE(bench.dumped(), bench.committed());
    }

    void anOwnershipRuleChoosesWhoIsCalledByLabelsAndSeverity()
    {
        Workspace w = aRota();
        w.policies.push_back({"major", "Major", {{{"ben"}, minutes(5)}}, 0});
        w.owners = {{"big", {{"service", "web", false, true}}, "", "", "major", {IncidentSeverity::Sev1}}, {"db", {{"alertname", "Db.*", true, true}}, "db", "", "", {}}};
        Bench bench;
        VERIFY_RESULT(bench.report(WorkspaceChanged{w, "00", {}}));
        const auto policyOf = [&](const char *severity, const char *service) {
            desk::DeclareIncident c;
            c.title = "It is down";
            c.severity = severity;
            c.service = service;
            const auto made = bench.command(c);
            std::string policy = made ? "" : made.error().message;
            bench.desk->inspect([&](const state::State &s) {
                if (!s.escalations.empty())
                    policy = s.escalations.back().policy + ": " + s.escalations.back().because.front().matched.front();
            });
            return policy;
        };
        QCOMPARE(policyOf("SEV2", "web"), std::string("shop: service web belongs to team shop, whose policy is shop"));
        QCOMPARE(policyOf("SEV1", "web"), std::string("major: ownership rule big: service=\"web\", SEV1"));
    }
};

QD_TEST(TestSchedules)
#include "tst_schedules.moc"
