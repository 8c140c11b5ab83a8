// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/insights.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::events;
using namespace qd::review;
using namespace qd::tests;

namespace {

/// One alert that opens at `at`.
void open(Insights &i, Instant at, const std::string &name = "Down", const std::string &service = "db", const std::string &severity = "warning", events::Verdict verdict = events::Verdict::Opened)
{
    i.add(at, decided(aBatch("am", at).alert({{"alertname", name}, {"service", service}}).severity(severity).build(), {verdict}));
}

/// An incident whose impact began 2 min before, that is answered, mitigated and resolved so long after it was declared.
void incident(Insights &i, int number, Instant at, Span answered, Span mitigated, Span resolved, const std::string &kind = "real")
{
    const std::string id = "INC-" + std::to_string(number);
    IncidentDeclared e = anIncident(id).event();
    e.kind = kind;
    e.impactSince = at - minutes(2);
    i.add(at, {e});
    i.add(at + answered, {RoleAssumed{id, Role::Commander, "ana", kAna}});
    i.add(at + mitigated, {StatusChanged{id, "", IncidentStatus::Mitigated, kAna}});
    i.add(at + resolved, {StatusChanged{id, "", IncidentStatus::Resolved, kAna}});
}

} // namespace

class TestInsights : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void percentilesAreLengthsThatReallyWere_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("median");
        QTest::addColumn<int>("p90");
        QTest::newRow("four say nothing") << 4 << 0 << 0;
        QTest::newRow("five") << 5 << 3 << 5;
        QTest::newRow("ten") << 10 << 5 << 9;
        QTest::newRow("a hundred") << 100 << 50 << 90;
    }
    void percentilesAreLengthsThatReallyWere()
    {
        QFETCH(int, count);
        QFETCH(int, median);
        QFETCH(int, p90);
        std::vector<Span> spans;
        for (int n = count; n >= 1; --n)
            spans.push_back(minutes(n));
        const Distribution d = distributionOf(spans);
        QCOMPARE(d.count, static_cast<std::size_t>(count));
        QCOMPARE(d.median.ns, minutes(median).ns);
        QCOMPARE(d.p90.ns, minutes(p90).ns);
        QCOMPARE(d.longest.ns, count < 5 ? 0 : minutes(count).ns);
    }

    void incidentsGiveFourDistributionsAndDrillsNone()
    {
        Insights i;
        for (int n = 1; n <= 5; ++n)
            incident(i, n, kMorning + hours(n), minutes(n), minutes(10 * n), minutes(20 * n));
        incident(i, 6, kMorning + hours(8), hours(5), hours(6), hours(7), "drill");
        const auto r = i.report(kMorning, kMorning + hours(24));
        QCOMPARE(r.incidents, std::uint64_t{5});
        QCOMPARE(r.leftOut, std::uint64_t{1});
        StepReached step;
        step.people = {"ana", "ben"};
        step.incident = "INC-6"; // the drill
        i.add(kMorning + hours(9), {step});
        QCOMPARE(i.report(kMorning, kMorning + hours(24)).calls, std::uint64_t{0});
        step.incident = "INC-5";
        i.add(kMorning + hours(9), {step});
        QCOMPARE(i.report(kMorning, kMorning + hours(24)).calls, std::uint64_t{2});
        QCOMPARE(r.detected.median.ns, minutes(2).ns);
        QCOMPARE(r.acknowledged.median.ns, minutes(3).ns);
        QCOMPARE(r.mitigated.p90.ns, minutes(50).ns);
        QCOMPARE(r.resolved.longest.ns, minutes(100).ns);
    }

    void aReopenedIncidentIsNotResolvedUntilItIs()
    {
        Insights i;
        incident(i, 1, kMorning, minutes(1), minutes(2), minutes(3));
        i.add(kMorning + minutes(5), {StatusChanged{"INC-1", "", IncidentStatus::Active, kAna}});
        QCOMPARE(i.report(kMorning, kMorning + hours(1)).resolved.count, std::size_t{0});
        i.add(kMorning + minutes(30), {StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna}});
        QCOMPARE(i.report(kMorning, kMorning + hours(1)).resolved.count, std::size_t{1});
    }

    void smallServicesAreCountedTogetherAndNothingIsLost()
    {
        Insights i;
        for (int n = 0; n < 5; ++n)
            open(i, kMorning + hours(n), "A", "big");
        for (int n = 0; n < 4; ++n)
            open(i, kMorning + hours(n), "B", "small");
        open(i, kMorning, "C", "");
        const auto r = i.report(kMorning, kMorning + hours(24));
        QCOMPARE(r.alerts, std::uint64_t{10});
        QCOMPARE(r.services.size(), std::size_t{2});
        QVERIFY((r.services[0] == Count{"big", 5, 0.5}));
        QVERIFY((r.services[1] == Count{"others", 5, 0.5}));
    }

    void repeatsAndEndsAreNotNewAlertsAndRefiresAre()
    {
        Insights i;
        open(i, kMorning);
        open(i, kMorning + minutes(1), "Down", "db", "warning", events::Verdict::Updated);
        open(i, kMorning + minutes(2), "Down", "db", "warning", events::Verdict::Resolved);
        open(i, kMorning + minutes(3), "Down", "db", "warning", events::Verdict::Refired);
        QCOMPARE(i.report(kMorning, kMorning + hours(1)).alerts, std::uint64_t{2});
    }

    void theConsolesOwnAlertsAreNotTheTeamsLoad()
    {
        Insights i;
        auto own = ABatch("console", kMorning, Path::Own).alert({{"alertname", "SourceSilent"}}).severity("error").build();
        i.add(kMorning, decided(own));
        QCOMPARE(i.report(kMorning, kMorning + hours(1)).alerts, std::uint64_t{0});
    }

    void floodsAreThoseTheCoreRecorded()
    {
        Insights i;
        for (int n = 0; n < 20; ++n)
            open(i, kMorning + seconds(n)); // what the core did not call a flood is none
        QVERIFY(i.report(kMorning, kMorning + hours(2)).floods.empty());
        i.add(kMorning + minutes(1), {FloodBegan{11, {}}});
        i.add(kMorning + minutes(13), {FloodEnded{kMorning + minutes(1), 40, 25, {}}});
        const auto r = i.report(kMorning, kMorning + hours(2));
        QCOMPARE(r.floods.size(), std::size_t{1});
        QCOMPARE(r.floods[0].from.ns, (kMorning + minutes(1)).ns);
        QCOMPARE(r.floods[0].to.ns, (kMorning + minutes(13)).ns);
        QCOMPARE(r.floods[0].alerts, std::uint64_t{40});
        QCOMPARE(r.floods[0].peak, std::uint64_t{25});
        QCOMPARE(r.inFlood.ns, minutes(12).ns);
        QVERIFY(qAbs(r.floodShare - 12.0 / 120.0) < 1e-9);
    }

    void aFloodThatGoesOnIsCountedUntilTheEndOfTheStretch()
    {
        Insights i;
        i.add(kMorning, {FloodBegan{11, {}}});
        const auto r = i.report(kMorning, kMorning + minutes(5));
        QCOMPARE(r.floods.size(), std::size_t{1});
        QCOMPARE(r.floods[0].to.ns, (kMorning + minutes(5)).ns);
    }

    void aFloodFromBeforeTheStretchCountsFromItsBeginning()
    {
        Insights i;
        i.floodIsOn(kMorning - minutes(30));
        i.add(kMorning + minutes(5), {FloodEnded{kMorning - minutes(30), 90, 50, {}}});
        const auto r = i.report(kMorning, kMorning + hours(1));
        QCOMPARE(r.floods.size(), std::size_t{1});
        QCOMPARE(r.floods[0].alerts, std::uint64_t{90});
        QCOMPARE(r.inFlood.ns, minutes(5).ns);
    }

    /// ISA and the SRE literature agree on one thing: a call at night costs more. Whose night, is the person's.
    void callsOutsideWorkingHoursAreCountedByTheClockOfWhoIsCalled()
    {
        Workspace w = aWorkspace();
        w.people[0].zone = "America/New_York";
        w.people[1].zone = "Asia/Tokyo";
        Insights i;
        i.peopleAre(w);
        StepReached step;
        step.people = {"ana", "ben"};
        i.add(kMorning, {step}); // Monday 14:00 UTC: 09:00 in New York, 23:00 in Tokyo
        auto r = i.report(kMorning, kMorning + hours(1));
        QCOMPARE(r.offHours, std::uint64_t{1});
        QCOMPARE(r.atNight, std::uint64_t{1});
        i.add(kMorning + hours(5 * 24), {step}); // Saturday
        r = i.report(kMorning, kMorning + hours(200));
        QCOMPARE(r.offHours, std::uint64_t{3});
        QCOMPARE(r.atNight, std::uint64_t{2});
        i.add(kMorning + hours(6 * 24), {WorkspaceChanged{aWorkspace(), "two", {}}, step}); // Sunday, both on UTC now
        r = i.report(kMorning, kMorning + hours(200));
        QCOMPARE(r.offHours, std::uint64_t{5});
        QCOMPARE(r.atNight, std::uint64_t{2});
    }

    void tooManyCriticalAlertsAreSaid()
    {
        Insights i;
        for (int n = 0; n < 8; ++n)
            open(i, kMorning + hours(n), "A", "db", "warning");
        open(i, kMorning, "B", "db", "critical");
        QVERIFY(!i.report(kMorning, kMorning + hours(1)).priorityNote.empty());
        for (int n = 0; n < 8; ++n)
            open(i, kMorning + hours(n), "A", "db", "warning");
        QVERIFY(i.report(kMorning, kMorning + hours(1)).priorityNote.empty());
    }

    void theMostFrequentNamesAreTheBadActors()
    {
        Insights i;
        for (int name = 0; name < 12; ++name)
            for (int n = 0; n <= name; ++n)
                open(i, kMorning + hours(n), "N" + std::to_string(name));
        const auto r = i.report(kMorning, kMorning + hours(24));
        QCOMPARE(r.badActors.size(), std::size_t{8}); // N0 to N3 came less than five times: they are named nowhere
        QCOMPARE(r.badActors[0].name, std::string("N11"));
        QVERIFY(qAbs(r.badActorsShare - 68.0 / 78.0) < 1e-9);
    }

    void alertsOfADrillAreNoLoad()
    {
        Insights i;
        for (int n = 0; n < 5; ++n)
            open(i, kMorning + minutes(n), "Real", "db");
        for (int n = 0; n < 3; ++n)
            open(i, kMorning + minutes(10 + n), "Exercise", "web", "critical", n == 0 ? events::Verdict::Opened : events::Verdict::Refired);
        const std::string key = keyOf(aBatch("am", kMorning).alert({{"alertname", "Exercise"}, {"service", "web"}}).severity("critical").build());
        IncidentDeclared drill = anIncident("INC-9").event();
        drill.kind = "drill";
        drill.alerts = {key};
        i.add(kMorning + minutes(20), {drill});
        open(i, kMorning + minutes(21), "Exercise", "web", "critical", events::Verdict::Refired); // while it goes on
        auto r = i.report(kMorning, kMorning + hours(1));
        QCOMPARE(r.alerts, std::uint64_t{5});
        QCOMPARE(r.services.size(), std::size_t{1});
        QCOMPARE(r.priorities.size(), std::size_t{1});
        QCOMPARE(r.leftOut, std::uint64_t{1});
        i.add(kMorning + minutes(30), {StatusChanged{"INC-9", "", IncidentStatus::Resolved, kAna}});
        open(i, kMorning + minutes(40), "Exercise", "web", "critical", events::Verdict::Refired); // now it is real
        QCOMPARE(i.report(kMorning, kMorning + hours(1)).alerts, std::uint64_t{6});
    }

    void whatBeganBeforeTheStretchIsKnownWhenItBegins()
    {
        const std::string key = keyOf(aBatch("am", kMorning).alert({{"alertname", "Exercise"}, {"service", "web"}}).severity("critical").build());
        Insights i;
        i.exerciseWas("INC-9", {key});
        i.callWas(4, true);
        open(i, kMorning, "Exercise", "web", "critical", events::Verdict::Refired);
        StepReached step;
        step.people = {"ana"};
        step.incident = "INC-9";
        i.add(kMorning, {step});
        auto r = i.report(kMorning, kMorning + hours(1));
        QCOMPARE(r.alerts, std::uint64_t{0});
        QCOMPARE(r.calls, std::uint64_t{0});
        step.incident.clear();
        step.escalation = 4;
        i.add(kMorning, {step});
        i.add(kMorning + minutes(30), {StatusChanged{"INC-9", "", IncidentStatus::Resolved, kAna}});
        open(i, kMorning + minutes(40), "Exercise", "web", "critical", events::Verdict::Refired); // now it is real
        r = i.report(kMorning, kMorning + hours(1));
        QCOMPARE(r.alerts, std::uint64_t{1});
        QCOMPARE(r.calls, std::uint64_t{1});
        QCOMPARE(r.callsObserved, std::uint64_t{1});
    }

    void equalAlertsOfTwoSetsAreTwo()
    {
        const auto batch = aBatch("am", kMorning).alert({{"alertname", "Exercise"}, {"service", "web"}}).severity("critical").build();
        Insights i;
        i.setIs("am-2", "am"); // a second one of the same set
        i.exerciseWas("INC-9", {keyOf(batch)});
        const auto of = [&](const std::string &connection) {
            i.add(kMorning, decided(aBatch(connection, kMorning).alert({{"alertname", "Exercise"}, {"service", "web"}}).severity("critical").build(), {events::Verdict::Opened}));
            return i.report(kMorning, kMorning + hours(1)).alerts;
        };
        QCOMPARE(of("am"), std::uint64_t{0});
        QCOMPARE(of("am-2"), std::uint64_t{0});
        QCOMPARE(of("elsewhere"), std::uint64_t{1});
    }

    void callsPerPersonHaveNoNamesAndSayNothingOfFewerThanFive()
    {
        Insights i;
        StepReached step;
        for (const char *person : {"a", "b", "c", "d"}) {
            step.people.push_back(person);
            i.add(kMorning, {step}); // a four times, d once
        }
        auto r = i.report(kMorning, kMorning + hours(1));
        QCOMPARE(r.perPerson.people, std::size_t{4});
        QCOMPARE(r.perPerson.most, std::uint64_t{0});
        step.people = {"e"};
        for (int n = 0; n < 9; ++n)
            i.add(kMorning, {step});
        i.callWas(7, true);
        step.escalation = 7; // only observed
        i.add(kMorning, {step});
        r = i.report(kMorning, kMorning + hours(1));
        QCOMPARE(r.perPerson.people, std::size_t{5});
        QCOMPARE(r.perPerson.median, std::uint64_t{3});
        QCOMPARE(r.perPerson.p90, std::uint64_t{9});
        QCOMPARE(r.perPerson.most, std::uint64_t{9});
    }

    void aCorrectedBeginningOfTheImpactIsTheOneThatCounts()
    {
        Insights i;
        for (int n = 1; n <= 5; ++n) {
            incident(i, n, kMorning + hours(n), minutes(1), minutes(2), minutes(3));
            i.add(kMorning + hours(n) + minutes(5), {ImpactCorrected{"INC-" + std::to_string(n), "by the logs", kMorning + hours(n) - minutes(20), kAna}});
        }
        QCOMPARE(i.report(kMorning, kMorning + hours(24)).detected.median.ns, minutes(20).ns);
    }
};

QD_TEST(TestInsights)
#include "tst_insights.moc"
