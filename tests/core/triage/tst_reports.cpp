// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/reports.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using events::Verdict;
using triage::ReportRules;

namespace {

/// A State with a workspace and connections, and the rules over it.
struct Rules {
    Log log;
    explicit Rules(Workspace w = aWorkspace())
    {
        log.record(withWorkspace(std::move(w)));
        log.record(withConnection("am"));
        log.record(withConnection("hook", "inbound", 0, "am"));
    }
    /// Decides and folds the whole batch; the verdicts in order.
    std::vector<Verdict> take(const ReportBatch &batch)
    {
        const ReportRules rules(log.state.workspace);
        std::vector<Verdict> out;
        for (std::size_t at = 0; at < batch.size();) {
            auto d = rules.decide(log.state, batch, at);
            for (const auto &e : d.events)
                if (const auto *v = getIf<events::AlertsDecided>(&e))
                    for (const auto n : v->verdict)
                        out.push_back(static_cast<Verdict>(n));
            repeats += d.repeats.size();
            ignored += d.ignored;
            problems.insert(problems.end(), d.problems.begin(), d.problems.end());
            if (!d.events.empty())
                log.record(std::move(d.events));
            at = d.next;
        }
        return out;
    }
    const state::Alert &alert(std::size_t i = 0) const { return log.state.alerts.all.at(i); }
    std::string group(std::size_t i = 0) const { return std::string(log.state.text(alert(i).group)); }
    std::size_t repeats = 0, ignored = 0;
    std::vector<std::string> problems;
};

using Verdicts = std::vector<Verdict>;
const Labels kDown{{"alertname", "Down"}, {"service", "db"}};

} // namespace

class TestReports final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opensThenRepeatsChangeNothing()
    {
        Rules r;
        QCOMPARE(r.take(aBatch().alert(kDown).build()), Verdicts{Verdict::Opened});
        QCOMPARE(r.take(aBatch("am", kMorning + minutes(1)).alert(kDown).startsAt(kMorning).build()), Verdicts{});
        QCOMPARE(r.repeats, std::size_t(1));
    }

    void resendNeverMovesStartsAt()
    {
        Rules r;
        r.take(aBatch().alert(kDown).build());
        r.take(aBatch("am", kMorning + minutes(5)).alert(kDown).startsAt(kMorning + minutes(5)).annotation("summary", "worse").build());
        QCOMPARE(r.alert().startsAt.ns, kMorning.ns);
        QCOMPARE(r.alert().occurrence, 1u);
    }

    void changedAnnotationIsAnUpdate()
    {
        Rules r;
        r.take(aBatch().alert(kDown).annotation("summary", "a").build());
        QCOMPARE(r.take(aBatch().alert(kDown).annotation("summary", "b").build()), Verdicts{Verdict::Updated});
        QCOMPARE(std::string(r.log.state.text(r.alert().title)), std::string("b"));
    }

    /// grafana/oncall#3614: a resolve without a title wiped the title. It is merged, not put over.
    void complaintOncall3614_aResolveWithoutATitleKeepsTheTitle()
    {
        Rules r;
        r.take(aBatch().alert(kDown).annotation("summary", "Replica lag").build());
        QCOMPARE(r.take(aBatch().alert(kDown).resolved().build()), Verdicts{Verdict::Resolved});
        QCOMPARE(std::string(r.log.state.text(r.alert().title)), std::string("Replica lag"));
    }

    void firesAgainAsANewOccurrence()
    {
        Rules r;
        r.take(aBatch().alert(kDown).build());
        r.take(aBatch("am", kMorning + minutes(1)).alert(kDown).startsAt(kMorning).resolved(kMorning + minutes(1)).build());
        QCOMPARE(r.take(aBatch("am", kMorning + minutes(2)).alert(kDown).startsAt(kMorning + minutes(2)).build()), Verdicts{Verdict::Refired});
        QCOMPARE(r.alert().occurrence, 2u);
        QCOMPARE(r.alert().startsAt.ns, (kMorning + minutes(2)).ns);
    }

    void lateCopyOfAResolvedOccurrenceIsStale()
    {
        Rules r;
        r.take(aBatch().alert(kDown).build());
        r.take(aBatch("am", kMorning + minutes(1)).alert(kDown).startsAt(kMorning).resolved(kMorning + minutes(1)).build());
        QCOMPARE(r.take(aBatch("hook", kMorning + minutes(2)).alert(kDown).startsAt(kMorning).build()), Verdicts{});
        QCOMPARE(r.ignored, std::size_t(1));
        QCOMPARE(int(r.alert().status), int(AlertStatus::Resolved));
    }

    void pushedOnLongAfterTheResolveFiresAgain()
    {
        Rules r;
        const auto pushed = [](Instant at, Instant since) { return aBatch("am", at).alert(kDown).startsAt(since).endsAt(at + minutes(4)).build(); };
        r.take(pushed(kMorning, kMorning));
        r.take(aBatch("am", kMorning + minutes(1)).alert(kDown).startsAt(kMorning).resolved(kMorning + minutes(1)).build());
        // A copy that was under way changes nothing; the other half of the pair, still pushing, does.
        QCOMPARE(r.take(pushed(kMorning + minutes(1) + seconds(1), kMorning - seconds(5))), Verdicts{});
        QCOMPARE(r.take(pushed(kMorning + minutes(2), kMorning - seconds(5))), Verdicts{Verdict::Refired});
        QCOMPARE(r.alert().startsAt.ns, (kMorning + minutes(2)).ns);
        // The first half's resolve, re-sent, is about the occurrence before: no flapping.
        QCOMPARE(r.take(aBatch("am", kMorning + minutes(3)).alert(kDown).startsAt(kMorning).resolved(kMorning + minutes(1)).build()), Verdicts{});
        QCOMPARE(int(r.alert().status), int(AlertStatus::Firing));
    }

    /// Else somebody would be called for what is over, until the clock is where it was.
    void aResolveIsBelievedAfterOurClockWasSetBack_data()
    {
        QTest::addColumn<qint64>("by");
        for (const Span by : {minutes(1), kClockAhead, kClockAhead + seconds(1), hours(1), hours(24 * 3652)})
            QTest::addRow("%lld s", static_cast<long long>(by.ns / 1'000'000'000)) << static_cast<qint64>(by.ns);
    }
    void aResolveIsBelievedAfterOurClockWasSetBack()
    {
        QFETCH(qint64, by);
        Rules r;
        r.take(aBatch().alert(kDown).startsAt(kMorning).build());
        const Instant now = kMorning + Span{-by};
        QCOMPARE(r.take(aBatch("am", now).alert(kDown).startsAt(kMorning).resolved(now).build()), Verdicts{Verdict::Resolved});
        QCOMPARE(int(r.alert().status), int(AlertStatus::Resolved));
    }

    void resolveFromAClockBehindOursStillResolves()
    {
        Rules r;
        r.take(aBatch().alert(kDown).build());
        QCOMPARE(r.take(aBatch("am", kMorning + seconds(1)).alert(kDown).startsAt(kMorning + seconds(1)).resolved(kMorning - seconds(2)).build()),
                 Verdicts{Verdict::Resolved});
        QVERIFY(r.alert().endsAt >= r.alert().startsAt);
    }

    void olderUpdatedAtIsIgnored()
    {
        Rules r;
        r.take(aBatch().alert(kDown).updatedAt(kMorning + minutes(5)).build());
        QCOMPARE(r.take(aBatch().alert(kDown).updatedAt(kMorning + minutes(4)).resolved().build()), Verdicts{});
        QCOMPARE(int(r.alert().status), int(AlertStatus::Firing));
    }

    void resolveOfWhatNeverFiredOpensNothing()
    {
        Rules r;
        QCOMPARE(r.take(aBatch().alert(kDown).resolved().build()), Verdicts{});
        QVERIFY(r.log.state.alerts.all.empty());
    }

    void mapsSeverity_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("severity");
        QTest::newRow("critical") << "critical" << int(AlertSeverity::Critical);
        QTest::newRow("page") << "page" << int(AlertSeverity::Critical);
        QTest::newRow("P2") << "P2" << int(AlertSeverity::Error);
        QTest::newRow("warn") << "warn" << int(AlertSeverity::Warning);
        QTest::newRow("none") << "none" << int(AlertSeverity::None);
        QTest::newRow("unheard of") << "purple" << int(AlertSeverity::Unknown);
        QTest::newRow("the workspace's own word") << "sev-a" << int(AlertSeverity::Critical);
    }
    void mapsSeverity()
    {
        QFETCH(QString, text);
        QFETCH(int, severity);
        Workspace w = aWorkspace();
        w.severities = {{"sev-a", AlertSeverity::Critical}};
        Rules r(w);
        r.take(aBatch().alert(kDown).severity(text.toStdString()).build());
        QCOMPARE(int(r.alert().severity), severity);
    }

    void groupsByServiceWithoutARule()
    {
        Rules r;
        r.take(aBatch().alert(kDown).alert({{"alertname", "Lag"}, {"service", "db"}}).alert({{"alertname", "Loose"}}).build());
        QCOMPARE(r.group(0), std::string("db"));
        QCOMPARE(r.group(1), std::string("db"));
        QCOMPARE(r.group(2), std::string("alertname=Loose"));
        QVERIFY(r.alert(0).firstOut);
        QVERIFY(!r.alert(1).firstOut);
    }

    void groupsByTheFirstRuleThatMatches()
    {
        Workspace w = aWorkspace();
        w.groups = {{"eu", {{"region", "eu-.*", true, true}}, {"service", "region"}}, {"rest", {}, {"alertname"}}};
        Rules r(w);
        r.take(aBatch().alert({{"alertname", "A"}, {"service", "db"}, {"region", "eu-1"}}).alert({{"alertname", "B"}, {"service", "db"}}).build());
        QCOMPARE(r.group(0), std::string("db, region=eu-1"));
        QCOMPARE(r.group(1), std::string("alertname=B"));
        const auto &why = r.log.state.alerts.because[r.alert(1).because];
        QCOMPARE(why.rule, std::string("group/rest"));
        QCOMPARE(why.ruledOut.size(), std::size_t(1));
    }

    void groupIsOverOnlyWithItsLastMember()
    {
        Rules r;
        const Labels lag{{"alertname", "Lag"}, {"service", "db"}};
        r.take(aBatch().alert(kDown).alert(lag).build());
        r.take(aBatch("am", kMorning + minutes(1)).alert(kDown).startsAt(kMorning).resolved().build());
        const auto &group = r.log.state.alerts.groups.at(r.alert().group);
        QCOMPARE(group.firing, 1u);
        QVERIFY(!group.endedAt);
        r.take(aBatch("am", kMorning + minutes(2)).alert(lag).startsAt(kMorning).resolved().build());
        QCOMPARE(group.firing, 0u);
        QVERIFY(bool(group.endedAt));
    }

    void brokenPatternFallsToTheCatchAllAndSaysSo()
    {
        Workspace w = aWorkspace();
        w.groups = {{"bad", {{"region", "(", true, true}}, {"region"}}};
        Rules r(w);
        QCOMPARE(r.take(aBatch().alert(kDown).build()), Verdicts{Verdict::Opened});
        QCOMPARE(r.group(), std::string("db"));
        QVERIFY(!r.problems.empty());
    }

    void overlongSubjectDoesNotMatchAndSaysSo()
    {
        Workspace w = aWorkspace();
        w.groups = {{"long", {{"region", "x*", true, true}}, {"region"}}};
        Rules r(w);
        r.take(aBatch().alert({{"alertname", "A"}, {"service", "db"}, {"region", std::string(triage::MatcherSet::kSubjectLimit + 1, 'x')}}).build());
        QCOMPARE(r.group(), std::string("db"));
        QVERIFY(!r.problems.empty());
    }

    void suppressionNeverChangesStatus()
    {
        Rules r;
        r.take(aBatch().alert(kDown).build());
        QCOMPARE(r.take(aBatch().alert(kDown).suppressed(Suppression::Silenced, "s-1").build()), Verdicts{Verdict::Updated});
        QCOMPARE(int(r.alert().status), int(AlertStatus::Firing));
        QCOMPARE(int(r.alert().suppression), int(Suppression::Silenced));
        QCOMPARE(r.take(aBatch("am", kMorning + minutes(1)).alert(kDown).startsAt(kMorning).suppressed(Suppression::Silenced, "s-1").resolved().build()),
                 Verdicts{Verdict::Resolved});
    }

    void aliasNamesTheService()
    {
        Workspace w = aWorkspace();
        for (auto &s : w.services)
            if (s.id == "db")
                s.aliases = {"postgres-main"};
        Rules r(w);
        r.take(aBatch().alert({{"alertname", "Down"}, {"job", "postgres-main"}}).build());
        QCOMPARE(std::string(r.log.state.text(r.alert().service)), std::string("db"));
    }

    void sameInputsGiveTheSameConclusions()
    {
        const auto batch = aBatch().alert(kDown).severity("critical").alert({{"alertname", "B"}}).build();
        Rules a, b;
        const auto one = ReportRules(a.log.state.workspace).decide(a.log.state, batch, 0);
        const auto two = ReportRules(b.log.state.workspace).decide(b.log.state, batch, 0);
        QCOMPARE(one.events.size(), two.events.size());
        const auto &v1 = get<events::AlertsDecided>(one.events.back());
        const auto &v2 = get<events::AlertsDecided>(two.events.back());
        QCOMPARE(v1.names, v2.names);
        QCOMPARE(v1.group, v2.group);
        QCOMPARE(v1.severity, v2.severity);
    }
};

QD_TEST(TestReports)
#include "tst_reports.moc"
