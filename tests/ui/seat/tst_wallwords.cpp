// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/stormmeter.h"
#include "ui/seat/viewbuilder.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using seat::StormMeter;

namespace {

events::Event decisions(const std::vector<events::Verdict> &verdicts, const std::vector<std::string> &groups)
{
    events::AlertsDecided d;
    d.names = {""};
    d.names.insert(d.names.end(), groups.begin(), groups.end());
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        d.verdict.push_back(static_cast<std::uint8_t>(verdicts[i]));
        d.group.push_back(static_cast<std::uint32_t>(groups.empty() ? 0 : 1 + i % groups.size()));
    }
    return d;
}

struct WallScene {
    Log log;
    seat::ViewBuilder builder;
    seat::Looking looking;
    WallScene() { log.record(withWorkspace()).record(withConnection("am")); }
    view::ViewModelPtr view()
    {
        looking.now = log.now();
        return builder.build(log.state, looking);
    }
};

} // namespace

class TestWallWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStormIsCountedAsReportsNewAlertsAndGroups()
    {
        using V = events::Verdict;
        StormMeter meter;
        const Instant now = kMorning;
        for (int s = 1; s <= 10; ++s)
            meter.take(now - seconds(s), decisions({V::Opened, V::Updated, V::Refired, V::Stale}, {"web", "db"}));
        const view::Storm storm = meter.at(now);
        QCOMPARE(storm.raw, 4.0);
        QCOMPARE(storm.fresh, 2.0);
        QCOMPARE(storm.groups, 0.1); // one group in ten seconds: the two new ones of every second are of "web"
    }

    void repeatsCountInTheSecondsTheyCameIn()
    {
        StormMeter meter;
        const Instant now = kMorning;
        events::AlertsRepeated repeated;
        repeated.first = now - seconds(20);
        repeated.last = now - seconds(1);
        repeated.times = {60, 40};
        meter.take(now, repeated);
        QCOMPARE(meter.at(now).raw, 5.0);
        QCOMPARE(meter.at(now).fresh, 0.0);
        QCOMPARE(meter.at(now + minutes(2)).raw, 0.0);
    }

    void aLongStormTakesNoMoreMemoryAndOldSecondsAreForgotten()
    {
        StormMeter meter;
        for (int s = 0; s < 5000; ++s)
            meter.take(kMorning + seconds(s), decisions({events::Verdict::Opened}, {"g" + std::to_string(s)}));
        QCOMPARE(meter.at(kMorning + seconds(5000)).groups, 1.0);
        QCOMPARE(meter.at(kMorning + seconds(100)).raw, 0.0);
        meter.reset();
        QCOMPARE(meter.at(kMorning + seconds(5000)).raw, 0.0);
    }

    void theWallHasWhatWasDoneInEveryOpenIncidentNewestFirst()
    {
        WallScene s;
        s.log.record(anIncident("INC-1").titled("One").service("web").event());
        s.log.record(anIncident("INC-2").titled("Two").severity(IncidentSeverity::Sev1).event());
        s.log.record(events::DecisionMade{"INC-1", "roll back", 1, kAna});
        const auto v = s.view();
        QVERIFY(v->wall.lines.size() >= 3);
        QCOMPARE(v->wall.lines.front().incident, QStringLiteral("INC-1"));
        QVERIFY2(v->wall.lines.front().text.contains(QStringLiteral("roll back")), qPrintable(v->wall.lines.front().text));
        for (std::size_t i = 1; i < v->wall.lines.size(); ++i)
            QVERIFY(v->wall.lines[i - 1].at >= v->wall.lines[i].at);
    }

    void impactIsWhatTheMapSaysSuffersUntilSomebodyWasTold()
    {
        WallScene s;
        s.log.record(anIncident("INC-1").titled("One").service("db").event());
        const auto v = s.view();
        QCOMPARE(v->incidents.size(), std::size_t{1});
        QVERIFY2(v->incidents[0].impact.contains(QStringLiteral("Database")), qPrintable(v->incidents[0].impact));
        QVERIFY2(v->incidents[0].impact.contains(QStringLiteral("2")), qPrintable(v->incidents[0].impact)); // web and cart depend on it
    }

    void whatAnUpdateSaysOfTheImpactIsSaidAndNotTheSeverityItHad()
    {
        WallScene s;
        s.log.record(anIncident("INC-1").titled("One").severity(IncidentSeverity::Sev2).service("db").event());
        // As the template "status", which comes with the program, has it.
        events::UpdateIssued told;
        told.incident = "INC-1";
        told.updateTemplate = "status";
        told.audience = "customers";
        told.text = "One (SEV2, active)\nImpact: Nobody can pay.\nWhat we are doing: looking\nNext update: 14:40 UTC";
        told.update = 1;
        told.values = {{"impact", "Nobody can pay."}, {"actions", "looking"}, {"next", "14:40 UTC"}};
        told.by = kAna;
        s.log.record(told);
        QCOMPARE(s.view()->incidents[0].impact, QStringLiteral("Nobody can pay."));
        // One whose impact is not known yet says nothing of it; the one before stands.
        told.update = 2;
        told.values["impact"] = "?";
        s.log.record(told);
        QCOMPARE(s.view()->incidents[0].impact, QStringLiteral("Nobody can pay."));
        // The executive template has another name for it.
        told.update = 3;
        told.updateTemplate = "executive";
        told.audience = "executive";
        told.values = {{"status_now", "worse"}, {"overview", "We lose orders."}, {"next_steps", "wait"}};
        s.log.record(told);
        QCOMPARE(s.view()->incidents[0].impact, QStringLiteral("We lose orders."));
    }

    void whatADrillSaysComesAfterWhatIsReal()
    {
        WallScene s;
        s.log.record(anIncident("INC-1").titled("One").event());
        events::IncidentDeclared drill = anIncident("INC-2").titled("Two").severity(IncidentSeverity::Sev1).event();
        drill.kind = "drill";
        s.log.record(drill);
        for (int i = 0; i < 20; ++i)
            s.log.record(events::DecisionMade{"INC-2", "try " + std::to_string(i), static_cast<std::uint32_t>(i + 1), kAna});
        const auto v = s.view();
        QVERIFY(!v->wall.lines.empty());
        QCOMPARE(v->wall.lines.front().incident, QStringLiteral("INC-1"));
        QVERIFY(!v->wall.lines.front().drill && v->wall.lines.back().drill);
    }

    void theDirectorySaysWhoIsOnCallAndIsSharedUntilItIsAnother()
    {
        WallScene s;
        const auto v = s.view();
        QVERIFY(v->directory);
        QCOMPARE(v->directory->services.size(), std::size_t{4});
        const auto web = std::find_if(v->directory->services.begin(), v->directory->services.end(), [](const auto &e) { return e.id == QLatin1String("web"); });
        QVERIFY(web != v->directory->services.end());
        QVERIFY(!web->onCall.isEmpty());
        QVERIFY(!web->policy.isEmpty());
        QCOMPARE(v->directory->policies.size(), std::size_t{1});
        QVERIFY(v->directory->policies[0].steps.startsWith(QStringLiteral("1 ")));
        QCOMPARE(s.view()->directory, v->directory);
        s.log.record(withWorkspace());
        QVERIFY(s.view()->directory != v->directory);
    }
};

QD_TEST(TestWallWords)
#include "tst_wallwords.moc"
