// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/escalation.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

using Names = std::vector<std::string>;

/// A workspace, an incident INC-1 on the database and, when asked for, a critical alert that fires for it.
struct Scene {
    Log log;
    ReportBatch batch;

    explicit Scene(Workspace w = aWorkspace(), bool withAlert = true, IncidentSeverity severity = IncidentSeverity::Sev3)
    {
        log.record(withWorkspace(std::move(w))).record(withConnection("am")).record(withConnection("chat", "xmpp"));
        AnIncident incident = anIncident().service("db").severity(severity);
        if (withAlert) {
            batch = aBatch().alert({{"alertname", "DbDown"}, {"service", "db"}}).severity("critical").build();
            log.record(decided(batch));
            incident.alert(keyOf(batch));
        }
        log.record(incident.event());
    }
    [[nodiscard]] const state::State &state() const { return log.state; }

    /// Starts the policy and lets the first step be reached.
    void start()
    {
        const auto started = oncall::start(state(), {"INC-1", "", "", "", {"ana", Path::Person}}, log.now());
        VERIFY_RESULT(started);
        log.record(*started);
        advance(Span{});
    }
    /// What is due `later`, recorded.
    Events advance(Span later)
    {
        const Events due = oncall::advance(state(), log.now() + later);
        log.record(due, later);
        return due;
    }
    void resolveAlert()
    {
        const auto gone = aBatch("am", log.now()).alert({{"alertname", "DbDown"}, {"service", "db"}}).severity("critical").resolved().build();
        log.record(decided(gone, {Verdict::Resolved}));
    }
};

} // namespace

class TestEscalation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void choosesThePolicyOfTheServicesTeam()
    {
        Workspace w = aWorkspace();
        w.policies.push_back({"other", "Other", {{{"ben"}, minutes(1)}}, 0});
        const Scene scene(w);
        const auto started = oncall::start(scene.state(), {"INC-1", "", "", "", {"ana", Path::Person}}, scene.log.now());
        VERIFY_RESULT(started);
        const auto &e = get<EscalationStarted>(*started);
        QCOMPARE(e.policy, std::string("shop"));
        QCOMPARE(e.escalation, 1U);
        QCOMPARE(e.service, std::string("db"));
        QCOMPARE(e.about, std::string("Checkout fails"));
        QVERIFY(says(e.because.matched, "team shop"));
        QVERIFY(!e.because.rule.empty());
    }

    void takesThePolicyAskedFor()
    {
        Workspace w = aWorkspace();
        w.policies.push_back({"other", "Other", {{{"ben"}, minutes(1)}}, 0});
        const Scene scene(w);
        const auto started = oncall::start(scene.state(), {"INC-1", "", "other", "", {"ana", Path::Person}}, scene.log.now());
        VERIFY_RESULT(started);
        QCOMPARE(get<EscalationStarted>(*started).policy, std::string("other"));
    }

    void takesTheOnlyPolicyWhenNothingElseIsKnown()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident().event());
        const auto started = oncall::start(log.state, {"INC-1", "", "", "", {"ana", Path::Person}}, log.now());
        VERIFY_RESULT(started);
        QCOMPARE(get<EscalationStarted>(*started).policy, std::string("shop"));
        QVERIFY(says(get<EscalationStarted>(*started).because.matched, "only one"));
    }

    void refusesWhatCannotBeStarted()
    {
        Scene scene;
        const Actor ana{"ana", Path::Person};
        VERIFY_FAILS(oncall::start(scene.state(), {"INC-9", "", "", "", ana}, scene.log.now()), Code::NotFound);
        VERIFY_FAILS(oncall::start(scene.state(), {"INC-1", "", "no-such", "", ana}, scene.log.now()), Code::NotFound);
        scene.start();
        VERIFY_FAILS(oncall::start(scene.state(), {"INC-1", "", "shop", "", ana}, scene.log.now()), Code::Conflict);
        scene.log.record(StatusChanged{"INC-1", "", IncidentStatus::Resolved, ana});
        VERIFY_FAILS(oncall::start(scene.state(), {"INC-1", "", "", "", ana}, scene.log.now()), Code::Conflict);

        Workspace w = aWorkspace();
        w.policies.push_back({"other", "Other", {{{"ben"}, minutes(1)}}, 0});
        w.teams[0].policy.clear();
        const Scene undecided(w);
        VERIFY_FAILS(oncall::start(undecided.state(), {"INC-1", "", "", "", ana}, undecided.log.now()), Code::NotFound);
    }

    void callsNobodyUnlessOwnedAndArmed_data()
    {
        QTest::addColumn<int>("paging");
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("armed");
        QTest::addColumn<bool>("observed");
        for (const RunMode mode : {RunMode::Beside, RunMode::Desk, RunMode::Solo})
            for (const Paging paging : {Paging::Observe, Paging::Assist, Paging::Own})
                for (const bool armed : {false, true})
                    QTest::addRow("%s, %s, %s", word(mode).data(), word(paging).data(), armed ? "armed" : "not armed")
                        << static_cast<int>(paging) << static_cast<int>(mode) << armed << (paging == Paging::Observe || !armed);
    }
    void callsNobodyUnlessOwnedAndArmed()
    {
        QFETCH(int, paging);
        QFETCH(int, mode);
        QFETCH(bool, armed);
        QFETCH(bool, observed);
        Workspace w = aWorkspace();
        w.mode = static_cast<RunMode>(mode);
        w.services[2].paging = static_cast<Paging>(paging);
        Scene scene(w);
        if (armed)
            scene.log.record(ConnectionArmed{"chat", static_cast<Writes>(Write::Pages), {"ana", Path::Person}});
        else
            scene.log.record(ConnectionArmed{"chat", static_cast<Writes>(Write::Posts), {"ana", Path::Person}}); // armed for something else
        const auto started = oncall::start(scene.state(), {"INC-1", "", "", "", {"ana", Path::Person}}, scene.log.now());
        VERIFY_RESULT(started);
        const auto &e = get<EscalationStarted>(*started);
        QCOMPARE(e.observed, observed);
        QCOMPARE(says(e.because.ruledOut, "calling anybody"), observed);
    }

    void firstStepFollowsAtOnce()
    {
        Scene scene;
        scene.log.record(*oncall::start(scene.state(), {"INC-1", "", "", "", {"ana", Path::Person}}, scene.log.now()));
        QVERIFY(oncall::nextDue(scene.state()) <= scene.log.now());
        const Events due = scene.advance(Span{});
        QCOMPARE(due.size(), std::size_t{1});
        const auto &step = get<StepReached>(due[0]);
        QCOMPARE(step.step, 1U);
        QCOMPARE(step.people, (Names{"ana"})); // of the team, whoever is on call
        QVERIFY(step.until == scene.log.now() + minutes(5));
        QVERIFY(!step.late);
        QVERIFY(oncall::advance(scene.state(), scene.log.now()).empty());
    }

    void pagesSecondResponderAfterTimeout()
    {
        Scene scene;
        scene.start();
        QVERIFY(oncall::nextDue(scene.state()) == scene.log.now() + minutes(5));
        QVERIFY(oncall::advance(scene.state(), scene.log.now() + minutes(5) - millis(1)).empty());
        const Events due = scene.advance(minutes(5));
        QCOMPARE(due.size(), std::size_t{1});
        QCOMPARE(get<StepReached>(due[0]).people, (Names{"ben"}));
        QVERIFY(says(get<StepReached>(due[0]).because.matched, "nobody answered step 1"));
    }

    void isExhaustedAfterTheLastStepOfTheLastRound()
    {
        Workspace w = aWorkspace();
        w.policies[0].repeat = 1;
        Scene scene(w);
        scene.start();
        QCOMPARE(get<StepReached>(scene.advance(minutes(5))[0]).step, 2U);
        const auto again = scene.advance(minutes(10));
        QCOMPARE(get<StepReached>(again[0]).step, 1U);
        QCOMPARE(get<StepReached>(again[0]).round, 1U);
        scene.advance(minutes(5));
        const auto end = scene.advance(minutes(10));
        QCOMPARE(get<EscalationEnded>(end[0]).outcome, std::string("exhausted"));
        QVERIFY(!oncall::nextDue(scene.state()));
        QVERIFY(oncall::advance(scene.state(), scene.log.now() + hours(5)).empty());
    }

    void answeringStopsIt()
    {
        Scene scene;
        scene.start();
        const auto answer = oncall::acknowledge(scene.state(), 1, {"ana", Path::Chat});
        VERIFY_RESULT(answer);
        scene.log.record(*answer);
        QCOMPARE(scene.state().escalations[0].outcome, std::string("acknowledged"));
        QVERIFY(!oncall::nextDue(scene.state()));
        QVERIFY(oncall::advance(scene.state(), scene.log.now() + hours(1)).empty());
        VERIFY_FAILS(oncall::acknowledge(scene.state(), 1, {"ben", Path::Chat}), Code::Conflict);
    }

    void onlyWhoIsConcernedMayAnswer()
    {
        Workspace w = aWorkspace();
        w.people.push_back({"zoe", "Zoe", "UTC", {}});
        Scene scene(w);
        scene.start();
        VERIFY_FAILS(oncall::acknowledge(scene.state(), 1, {"zoe", Path::Chat}), Code::Forbidden);
        VERIFY_FAILS(oncall::acknowledge(scene.state(), 1, {"", Path::Chat}), Code::Forbidden);
        VERIFY_FAILS(oncall::acknowledge(scene.state(), 7, {"ana", Path::Chat}), Code::NotFound);
        VERIFY_RESULT(oncall::acknowledge(scene.state(), 1, {"ben", Path::Chat})); // not called yet, but of the policy
        scene.log.record(RoleAssumed{"INC-1", Role::Commander, "zoe", {"zoe", Path::Person}});
        VERIFY_RESULT(oncall::acknowledge(scene.state(), 1, {"zoe", Path::Chat}));
    }

    void escalateNowDoesNotWait()
    {
        Scene scene;
        scene.start();
        const auto hurried = oncall::hurry(scene.state(), 1, {"ana", Path::Person});
        VERIFY_RESULT(hurried);
        scene.log.record(*hurried);
        const auto due = scene.advance(Span{});
        QCOMPARE(get<StepReached>(due[0]).step, 2U);
        QVERIFY(!get<StepReached>(due[0]).late);
        QVERIFY(oncall::advance(scene.state(), scene.log.now()).empty());
    }

    void endsWithItsIncident()
    {
        Scene scene;
        scene.start();
        scene.log.record(StatusChanged{"INC-1", "", IncidentStatus::Resolved, {"ana", Path::Person}});
        QVERIFY(oncall::nextDue(scene.state()) <= scene.log.now());
        const auto due = scene.advance(seconds(1));
        QCOMPARE(due.size(), std::size_t{1});
        QCOMPARE(get<EscalationEnded>(due[0]).outcome, std::string("ended"));
    }

    void mitigatedIsNotOver()
    {
        Scene scene;
        scene.start();
        scene.log.record(StatusChanged{"INC-1", "", IncidentStatus::Mitigated, {"ana", Path::Person}});
        QVERIFY(holds<StepReached>(scene.advance(minutes(5))[0]));
    }

    // --- after a gap: the core was stopped, suspended, or its clock jumped ---

    void aStepOverdueByMinutesFiresOnceAndIsMarkedLate()
    {
        Scene scene;
        scene.start();
        const auto due = scene.advance(minutes(9)); // due after 5
        QCOMPARE(due.size(), std::size_t{1});
        const auto &step = get<StepReached>(due[0]);
        QCOMPARE(step.step, 2U);
        QVERIFY(step.late);
        QVERIFY(step.until == scene.log.now() + minutes(10)); // the full wait: an answer is still possible
        QVERIFY(oncall::advance(scene.state(), scene.log.now()).empty());
    }

    void aFewSecondsAreNotLate()
    {
        Scene scene;
        scene.start();
        QVERIFY(!get<StepReached>(scene.advance(minutes(5) + seconds(10))[0]).late);
    }

    void neverPagesForADeadProblem_data()
    {
        QTest::addColumn<int>("minutesLater");
        QTest::newRow("short gap") << 8;
        QTest::newRow("long gap") << 60;
    }
    void neverPagesForADeadProblem()
    {
        QFETCH(int, minutesLater);
        Scene scene;
        scene.start();
        scene.resolveAlert();
        const auto due = scene.advance(minutes(minutesLater));
        QCOMPARE(due.size(), std::size_t{1});
        QCOMPARE(get<EscalationEnded>(due[0]).outcome, std::string("missed"));
    }

    void anAcknowledgedAlertNeedsNoLateCall()
    {
        Scene scene;
        scene.start();
        scene.log.record(AlertsAcknowledged{{keyOf(scene.batch)}, "", {"ben", Path::Person}});
        QCOMPARE(get<EscalationEnded>(scene.advance(minutes(8))[0]).outcome, std::string("missed"));
    }

    void aLongGapResumesWhereItShouldHaveBeen()
    {
        Workspace w = aWorkspace();
        w.policies[0].steps = {{{"ana"}, minutes(5)}, {{"ben"}, minutes(10)}, {{"ana"}, minutes(10)}, {{"ben"}, minutes(10)}};
        Scene scene(w);
        scene.start();
        const auto due = scene.advance(minutes(18)); // step 2 was due at 5, step 3 at 15
        QCOMPARE(due.size(), std::size_t{1});
        const auto &step = get<StepReached>(due[0]);
        QCOMPARE(step.step, 3U);
        QVERIFY(step.late);
        QVERIFY(says(step.because.ruledOut, "step 2"));
    }

    void aLongGapNeverGoesPastTheLastStep()
    {
        Scene scene;
        scene.start();
        const auto due = scene.advance(hours(30));
        QCOMPARE(get<StepReached>(due[0]).step, 2U);
        QVERIFY(get<StepReached>(due[0]).late);
    }

    void aLongGapDropsWhatIsNotCritical()
    {
        Log log;
        log.record(withWorkspace()).record(withConnection("am"));
        const auto batch = aBatch().alert({{"alertname", "DbSlow"}, {"service", "db"}}).severity("warning").build();
        log.record(decided(batch)).record(anIncident().service("db").alert(keyOf(batch)).event());
        log.record(*oncall::start(log.state, {"INC-1", "", "", "", {"ana", Path::Person}}, log.now()));
        log.record(oncall::advance(log.state, log.now()), Span{});
        const auto due = oncall::advance(log.state, log.now() + minutes(30));
        QCOMPARE(get<EscalationEnded>(due[0]).outcome, std::string("missed"));
    }

    void anIncidentWithoutAlertsIsJudgedBySeverity_data()
    {
        QTest::addColumn<int>("severity");
        QTest::addColumn<bool>("called");
        QTest::newRow("SEV1") << 1 << true;
        QTest::newRow("SEV2") << 2 << true;
        QTest::newRow("SEV3") << 3 << false;
    }
    void anIncidentWithoutAlertsIsJudgedBySeverity()
    {
        QFETCH(int, severity);
        QFETCH(bool, called);
        Scene scene(aWorkspace(), false, static_cast<IncidentSeverity>(severity));
        scene.start();
        QCOMPARE(holds<StepReached>(scene.advance(hours(1))[0]), called);
    }

    // --- a workspace that changed meanwhile ---

    void aPolicyThatIsGoneStillCallsTheTeam()
    {
        Scene scene;
        scene.start();
        Workspace w = aWorkspace();
        w.policies.clear();
        w.teams[0].policy.clear();
        scene.log.record(withWorkspace(w));
        scene.log.record(EscalatedByHand{1, "INC-1", {"ana", Path::Person}});
        // The catch-all has one step, which was the one reached: from here it is exhausted, not silently forgotten.
        const auto due = scene.advance(Span{});
        QCOMPARE(get<EscalationEnded>(due[0]).outcome, std::string("exhausted"));
    }

    void aPolicyThatIsGoneBeforeItsFirstStepCallsTheTeam()
    {
        Scene scene;
        scene.log.record(EscalationStarted{1, "gone", "INC-1", "db", "x", true, {}, {"ana", Path::Person}});
        const auto due = scene.advance(Span{});
        QCOMPARE(due.size(), std::size_t{2});
        QVERIFY(holds<RuleFailed>(due[0]));
        QCOMPARE(get<StepReached>(due[1]).people, (Names{"ana", "ben"}));
    }

    void skipsAStepWithNobodyBehindIt()
    {
        Workspace w = aWorkspace();
        w.policies[0].steps = {{{"left-the-company"}, minutes(5)}, {{"ben"}, minutes(10)}};
        Scene scene(w);
        scene.start();
        const auto &steps = scene.state().escalations[0].steps;
        QCOMPARE(steps.size(), std::size_t{1});
        QCOMPARE(steps[0].number, 2U);
        QVERIFY(says(scene.state().escalations[0].because.back().ruledOut, "left-the-company"));
    }

    void severalEscalationsRunOnTheirOwn()
    {
        Workspace w = aWorkspace();
        w.policies.push_back({"other", "Other", {{{"ben"}, minutes(2)}}, 0});
        Scene scene(w);
        scene.start();
        scene.log.record(*oncall::start(scene.state(), {"INC-1", "", "other", "", {"ana", Path::Person}}, scene.log.now()));
        const Instant before = scene.log.now();
        scene.advance(Span{});
        QVERIFY(oncall::nextDue(scene.state()) == before + minutes(2));
        scene.log.record(*oncall::acknowledge(scene.state(), 2, {"ben", Path::Person}));
        QVERIFY(scene.state().escalations[0].isRunning());
        QVERIFY(!scene.state().escalations[1].isRunning());
    }
};

QD_TEST(TestEscalation)
#include "tst_escalation.moc"
