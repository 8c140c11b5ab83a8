// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

const Labels kDisk{{"alertname", "DiskFull"}, {"instance", "n1"}, {"service", "db"}, {"severity", "warning"}};
const Labels kDown{{"alertname", "Down"}, {"instance", "n1"}, {"service", "db"}, {"severity", "critical"}};

Workspace withWindow(Instant from, Instant until)
{
    Workspace w = aWorkspace();
    w.maintenance.push_back({"db-upgrade", "db", {}, from, until, "ana", "new version"});
    return w;
}

} // namespace

/// Named after the complaints of the field (features.md, section 3) where there is one.
class TestSuppression final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void complaint1_aSilencedAlertThatIsOverIsResolved()
    {
        QuietBench b;
        VERIFY_RESULT(b.silence({is("alertname", "DiskFull")}));
        const auto key = b.fires(kDisk);
        QCOMPARE(b.how(key), std::string("silenced"));
        QCOMPARE(b.status(key), std::string("firing"));
        b.resolves(kDisk);
        QCOMPARE(b.status(key), std::string("resolved"));
        QCOMPARE(b.how(key), std::string("none"));
    }

    void complaint2_whatWasSaidToFireIsSaidToResolveAcrossARestart()
    {
        QuietBench b(withWindow(kMorning, kMorning + hours(2)));
        VERIFY_RESULT(b.silence({is("alertname", "DiskFull")}));
        const auto silenced = b.fires(kDisk), inWindow = b.fires(kDown);
        QCOMPARE(b.how(silenced), std::string("silenced"));
        QCOMPARE(b.how(inWindow), std::string("maintenance"));
        b.restart();
        QCOMPARE(b.how(silenced), std::string("silenced"));
        QCOMPARE(b.how(inWindow), std::string("maintenance"));
        b.resolves(kDisk);
        b.resolves(kDown);
        QCOMPARE(b.status(silenced), std::string("resolved"));
        QCOMPARE(b.status(inWindow), std::string("resolved"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void complaint3_suppressionShowsInTheRecordThatCausesIt()
    {
        QuietBench b;
        const auto key = b.fires(kDisk);
        const auto placed = b.silence({is("alertname", "DiskFull")});
        VERIFY_RESULT(placed);
        std::vector<std::string> names;
        VERIFY_RESULT(desk::replay(*b.journal, placed->seq, placed->seq, [&](const desk::Record &r) {
            for (const auto &e : r.events)
                names.emplace_back(events::typeName(e));
            return true;
        }));
        QCOMPARE(names, (std::vector<std::string>{"SuppressionPlaced", "AlertsSuppressed"}));
        QCOMPARE(b.how(key), std::string("silenced"));
        QCOMPARE(b.by(key), std::string("silence/1"));
        // And an alert that comes later is quiet from its first record on.
        const Labels other{{"alertname", "DiskFull"}, {"instance", "n2"}};
        const auto later = b.report(aBatch("am", b.clock.now()).alert(other).build());
        VERIFY_RESULT(later);
        names.clear();
        VERIFY_RESULT(desk::replay(*b.journal, later->seq, later->seq, [&](const desk::Record &r) {
            for (const auto &e : r.events)
                names.emplace_back(events::typeName(e));
            return true;
        }));
        QCOMPARE(names, (std::vector<std::string>{"AlertsReported", "AlertsDecided", "AlertsSuppressed"}));
    }

    void complaint16_everyActionTakesANoteForAllOfASelection()
    {
        QuietBench b;
        const auto one = b.fires(kDisk), two = b.fires(kDown);
        VERIFY_RESULT(b.command(desk::Acknowledge{{one, two}, "known since Monday"}));
        VERIFY_RESULT(b.shelve({one, two}, "10m"));
        VERIFY_RESULT(b.command(desk::EndSuppression{{one, two}, "fixed now"}));
        const auto lines = b.ask([](const state::State &s) {
            std::string all;
            for (const auto &e : s.log)
                all += e.text + "\n";
            return all;
        });
        QVERIFY(lines.find("known, being worked on") != std::string::npos);
        QVERIFY(lines.find("fixed now") != std::string::npos);
        QCOMPARE(b.ask([&](const state::State &s) { return std::string(s.text(s.alert(two)->acknowledgeReason)); }), std::string("known since Monday"));
    }

    void complaint21_aSilenceHasAnOwnerAReasonAnEndAndACountOfHits()
    {
        QuietBench b;
        QVERIFY(!b.silence({is("alertname", "DiskFull")}, "1h", " "));
        QVERIFY(!b.silence({is("alertname", "DiskFull")}, ""));
        QVERIFY(!b.silence({is("alertname", "DiskFull")}, "31d"));
        VERIFY_RESULT(b.silence({is("alertname", "DiskFull")}, "30d"));
        b.fires(kDisk);
        b.fires({{"alertname", "DiskFull"}, {"instance", "n2"}});
        QCOMPARE(b.hits("silence/1"), std::uint64_t(2));
        b.resolves(kDisk);
        b.clock.advance(minutes(1));
        b.fires(kDisk); // another occurrence
        QCOMPARE(b.hits("silence/1"), std::uint64_t(3));
        const auto s = b.ask([](const state::State &state) { return *state.suppressors.find("silence/1"); });
        QCOMPARE(s.owner, std::string("ana"));
        QCOMPARE(s.reason, std::string("being replaced"));
        QCOMPARE(s.until.ns, (kMorning + hours(24 * 30)).ns);
    }

    void aSilenceThatEndsOnAFiringAlertAnnouncesItAsNew()
    {
        QuietBench b;
        const auto key = b.fires(kDisk);
        VERIFY_RESULT(b.command(desk::Acknowledge{{key}, {}}));
        VERIFY_RESULT(b.silence({is("alertname", "DiskFull")}, "1h"));
        b.pass(minutes(59));
        QCOMPARE(b.how(key), std::string("silenced"));
        b.pass(minutes(1));
        QCOMPARE(b.how(key), std::string("none"));
        QVERIFY(b.alert(key).workflow != Workflow::Acknowledged);
        QCOMPARE(b.outcome("silence/1"), std::string("expired"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aSilenceEndedByHandLeavesTheAnswerAsItWas()
    {
        QuietBench b;
        const auto key = b.fires(kDisk);
        VERIFY_RESULT(b.command(desk::Acknowledge{{key}, {}}));
        const auto placed = b.silence({is("alertname", "DiskFull")});
        VERIFY_RESULT(b.command(desk::EndSuppression{{placed->id}, "done"}));
        QCOMPARE(b.how(key), std::string("none"));
        QCOMPARE(int(b.alert(key).workflow), int(Workflow::Acknowledged));
        QCOMPARE(b.outcome(placed->id), std::string("ended by ana"));
        QVERIFY(!b.command(desk::EndSuppression{{placed->id}, {}}));
    }

    /// prometheus/alertmanager#3457: silences that were deleted came back as ghosts. Here an end is an event, and nothing after it undoes it.
    void complaintAlertmanager3457_aSilenceThatEndedStaysEnded()
    {
        QuietBench b;
        const auto key = b.fires(kDisk);
        const auto placed = b.silence({is("alertname", "DiskFull")});
        VERIFY_RESULT(b.command(desk::EndSuppression{{placed->id}, "done"}));
        b.restart();
        b.pass(minutes(5));
        b.resolves(kDisk);
        b.clock.advance(minutes(1));
        b.fires(kDisk);
        QCOMPARE(b.how(key), std::string("none"));
        QCOMPARE(b.outcome(placed->id), std::string("ended by ana"));
        QVERIFY(!b.command(desk::KeepSuppression{placed->id, "2h", {}, {}}));
        const auto next = b.silence({is("alertname", "DiskFull")});
        VERIFY_RESULT(next);
        QVERIFY(next->id != placed->id); // a number is not given twice
        QCOMPARE(b.dumped(), b.committed());
    }

    void aSilenceThatWouldMatchEverythingIsRefused()
    {
        QuietBench b;
        QVERIFY(!b.silence({}));
        QVERIFY(!b.silence({like("alertname", ".*")}));
        QVERIFY(!b.silence({{"alertname", "x", false, false}}));
        QVERIFY(!b.silence({like("alertname", "(")}));
        VERIFY_RESULT(b.silence({like("alertname", ".+")}));
    }

    void aSourcesOwnSilenceComesBackWhenOursEnds()
    {
        QuietBench b;
        VERIFY_RESULT(b.report(aBatch("am", b.clock.now()).alert(kDisk).suppressed(Suppression::Silenced, "am-1").build()));
        const auto key = keyOf(aBatch("am").alert(kDisk).build());
        VERIFY_RESULT(b.silence({is("alertname", "DiskFull")}));
        QCOMPARE(b.by(key), std::string("silence/1"));
        VERIFY_RESULT(b.command(desk::EndSuppression{{"silence/1"}, {}}));
        QCOMPARE(b.by(key), std::string("am-1"));
    }

    void aShelfIsCappedByTheSeverity_data()
    {
        QTest::addColumn<QString>("severity");
        QTest::addColumn<QString>("longest");
        QTest::addColumn<QString>("tooLong");
        QTest::newRow("critical") << QStringLiteral("critical") << QStringLiteral("15m") << QStringLiteral("901s");
        QTest::newRow("error") << QStringLiteral("error") << QStringLiteral("1h") << QStringLiteral("3601s");
        QTest::newRow("unknown") << QStringLiteral("odd") << QStringLiteral("1h") << QStringLiteral("3601s");
        QTest::newRow("warning") << QStringLiteral("warning") << QStringLiteral("8h") << QStringLiteral("28801s");
        QTest::newRow("info") << QStringLiteral("info") << QStringLiteral("24h") << QStringLiteral("86401s");
    }
    void aShelfIsCappedByTheSeverity()
    {
        QFETCH(QString, severity);
        QFETCH(QString, longest);
        QFETCH(QString, tooLong);
        QuietBench b;
        const auto key = b.fires({{"alertname", "X"}, {"severity", severity.toStdString()}});
        const auto refused = b.shelve({key}, tooLong.toStdString());
        QVERIFY(!refused);
        if (severity != QStringLiteral("info")) // the error names the cap
            QVERIFY2(refused.error().message.find("at most " + longest.toStdString()) != std::string::npos, refused.error().message.c_str());
        VERIFY_RESULT(b.shelve({key}, longest.toStdString()));
        QCOMPARE(b.how(key), std::string("shelved"));
        b.pass(*parseSpan(longest.toStdString()));
        QCOMPARE(b.how(key), std::string("none"));
    }

    void oneTooSevereOfASelectionRefusesTheWholeShelf()
    {
        QuietBench b;
        const auto warning = b.fires(kDisk), critical = b.fires(kDown);
        QVERIFY(!b.shelve({warning, critical}, "1h"));
        QCOMPARE(b.how(warning), std::string("none"));
    }

    void aShelfEndsForAnAlertThatGetsTooSevereForIt()
    {
        QuietBench b;
        // Alertmanager's identity is the whole label set; here the source names it itself, and the severity rises.
        const auto reported = [&](const char *severity) {
            BatchBuilder builder("am", Path::Push, b.clock.now(), 1);
            builder.begin();
            builder.label("alertname", "X");
            builder.label("severity", severity);
            builder.startsAt(kMorning);
            builder.fingerprint(7);
            builder.end();
            return b.report(builder.take());
        };
        VERIFY_RESULT(reported("warning"));
        const std::string key = "am/" + fingerprintText(7);
        VERIFY_RESULT(b.shelve({key}, "4h"));
        QCOMPARE(b.how(key), std::string("shelved"));
        VERIFY_RESULT(reported("critical"));
        QCOMPARE(b.how(key), std::string("none"));
    }

    void aOneShotShelfEndsWhenTheAlertClears()
    {
        QuietBench b;
        const auto key = b.fires(kDisk), other = b.fires(kDown);
        VERIFY_RESULT(b.shelve({key, other}, "", true)); // each as long as its severity allows
        QCOMPARE(b.by(key), std::string("shelf/2"));
        QCOMPARE(b.by(other), std::string("shelf/1"));
        b.resolves(kDisk);
        QCOMPARE(b.outcome("shelf/2"), std::string("cleared"));
        b.clock.advance(minutes(1));
        b.fires(kDisk);
        QCOMPARE(b.how(key), std::string("none"));
        b.pass(minutes(14)); // the critical one's cap
        QCOMPARE(b.how(other), std::string("none"));
    }

    void aTimedShelfHoldsAlsoWhenTheAlertComesAgain()
    {
        QuietBench b;
        const auto key = b.fires(kDisk);
        VERIFY_RESULT(b.shelve({key}, "1h"));
        b.resolves(kDisk);
        b.clock.advance(minutes(1));
        b.fires(kDisk);
        QCOMPARE(b.how(key), std::string("shelved"));
        VERIFY_RESULT(b.command(desk::EndSuppression{{key}, {}}));
        QCOMPARE(b.how(key), std::string("none"));
    }

    void aSnoozeIsOfOnesOwn()
    {
        QuietBench b;
        const auto key = b.fires(kDisk);
        VERIFY_RESULT(b.command(desk::SnoozeAlerts{{key}, "30m", {}}));
        QCOMPARE(b.how(key), std::string("snoozed"));
        QCOMPARE(b.ask([&](const state::State &s) { return std::string(s.text(s.alert(key)->owner)); }), std::string("ana"));
        QVERIFY(!b.command(desk::SnoozeAlerts{{key}, "30m", {}}, "ben"));
        QVERIFY(!b.command(desk::SnoozeAlerts{{key}, "25h", {}}));
        b.pass(minutes(30));
        QCOMPARE(b.how(key), std::string("none"));
        QCOMPARE(int(b.alert(key).workflow), int(Workflow::Assigned));
    }

    void aWindowIsInForceFromItsBeginningToItsEnd()
    {
        QuietBench b(withWindow(kMorning + minutes(10), kMorning + minutes(20)));
        const auto key = b.fires(kDown), elsewhere = b.fires({{"alertname", "Down"}, {"service", "web"}});
        QCOMPARE(b.how(key), std::string("none"));
        b.pass(minutes(10));
        QCOMPARE(b.how(key), std::string("maintenance"));
        QCOMPARE(b.by(key), std::string("maintenance/db-upgrade"));
        QCOMPARE(b.how(elsewhere), std::string("none"));
        b.pass(minutes(10) - nanos(1));
        QCOMPARE(b.how(key), std::string("maintenance"));
        b.pass(nanos(1));
        QCOMPARE(b.how(key), std::string("none"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aWindowByCommandMayLieAhead()
    {
        QuietBench b;
        const auto key = b.fires(kDown);
        desk::PlanMaintenance plan;
        plan.service = "db";
        plan.from = toRfc3339(kMorning + hours(1));
        plan.duration = "30m";
        plan.reason = "disk swap";
        VERIFY_RESULT(b.command(plan));
        QCOMPARE(b.how(key), std::string("none"));
        b.pass(hours(1));
        QCOMPARE(b.by(key), std::string("window/1"));
        VERIFY_RESULT(b.command(desk::Acknowledge{{key}, "expected"})); // answers pass through
        b.pass(minutes(30));
        QCOMPARE(b.how(key), std::string("none"));
    }

    void aWindowTakenOutOfTheWorkspaceLetsGoAtOnce()
    {
        QuietBench b(withWindow(kMorning, kMorning + hours(1)));
        const auto key = b.fires(kDown);
        QCOMPARE(b.how(key), std::string("maintenance"));
        events::WorkspaceChanged e;
        e.workspace = aWorkspace();
        e.digest = "two";
        VERIFY_RESULT(b.report(events::Event(e)));
        QCOMPARE(b.how(key), std::string("none"));
    }

    void inhibitionFollowsItsSources()
    {
        Workspace w = aWorkspace();
        w.inhibitions.push_back({"critical-first", {is("severity", "critical")}, {is("severity", "warning")}, {"instance"}});
        QuietBench b(w);
        const auto target = b.fires(kDisk);
        QCOMPARE(b.how(target), std::string("none"));
        b.fires(kDown);
        QCOMPARE(b.how(target), std::string("inhibited"));
        QCOMPARE(b.by(target), std::string("inhibition/critical-first"));
        const auto elsewhere = b.fires({{"alertname", "DiskFull"}, {"instance", "n2"}, {"severity", "warning"}});
        QCOMPARE(b.how(elsewhere), std::string("none"));
        b.resolves(kDown);
        QCOMPARE(b.how(target), std::string("none"));
        QCOMPARE(b.hits("inhibition/critical-first"), std::uint64_t(1));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aRestartAndASnapshotGiveTheSameState()
    {
        Workspace w = withWindow(kMorning, kMorning + hours(1));
        w.inhibitions.push_back({"critical-first", {is("severity", "critical")}, {is("severity", "warning")}, {"instance"}});
        w.correlations.push_back({"storm", {is("severity", "warning")}, {}, 2, 1, minutes(5), true});
        QuietBench b(w);
        VERIFY_RESULT(b.silence({like("alertname", "Other.*")}));
        const auto key = b.fires(kDisk);
        b.fires(kDown);
        b.fires({{"alertname", "OtherThing"}, {"severity", "warning"}});
        VERIFY_RESULT(b.shelve({key}, "10m"));
        b.resolves(kDown);
        const std::string before = b.dumped();
        b.restart();
        b.resolves(kDisk);
        QVERIFY(before != b.dumped());
        QCOMPARE(b.dumped(), b.committed());
    }

    void theLimitOfWhatStandsIsSaid()
    {
        QuietBench b;
        for (std::size_t i = 0; i < state::Suppressors::kStandingLimit; ++i)
            VERIFY_RESULT(b.silence({is("n", std::to_string(i))}));
        const auto refused = b.silence({is("n", "more")});
        QVERIFY(!refused);
        QCOMPARE(int(refused.error().code), int(Code::TooLarge));
        VERIFY_RESULT(b.command(desk::EndSuppression{{"silence/1"}, {}}));
        VERIFY_RESULT(b.silence({is("n", "more")}));
    }
};

QD_TEST(TestSuppression)
#include "tst_suppression.moc"
