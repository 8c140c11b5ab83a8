// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/past.h"
#include "core/desk/whatif.h"
#include "tests/core/desk/dutybench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;
using events::PagerStatus;

namespace {
using Lines = std::vector<std::string>;
} // namespace

/// What a pager of record holds: its word here, ours there, and never round in a circle.
class TestPagers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anIncidentIsAnAlertAndWhoAcknowledgesAndResolvesItThereDoesSoHere()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        const std::string key = Duty::native("Q1");
        QVERIFY(d.isFiring(key));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(minutes(1)), "ben"));
        QCOMPARE(d.acknowledgedBy(key), std::string("ben"));
        d.hear(Duty::incident("Q1", PagerStatus::Resolved, d.later(minutes(1)), "ben"));
        QVERIFY(!d.isFiring(key));
        QCOMPARE(d.alerts(), std::size_t{1});
        QCOMPARE(d.out(), Lines{}); // nothing of it is said there
    }

    void whatCameFromThereIsNeverSaidThere()
    {
        Duty d;
        QVERIFY(d.arm());
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(minutes(1)), "ben"));
        QCOMPARE(word(d.workflow(Duty::native("Q1"))), std::string_view("acknowledged"));
        QCOMPARE(d.out(), Lines{});
        QCOMPARE(d.withheld().size(), std::size_t{0});
    }

    void whatWeDidThereComesBackAndChangesNothing()
    {
        Duty d;
        QVERIFY(d.arm());
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        const std::string key = Duty::native("Q1");
        QVERIFY(d.command(desk::Acknowledge{{key}, "on it"}, "ben"));
        QCOMPARE(d.out(), (Lines{"pager-acknowledge Q1"}));
        d.settleOutbox();
        QVERIFY(d.command(desk::UnacknowledgeAlerts{{key}, "not me after all"}, "ben"));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(seconds(20)), "ana")); // by the user we write as
        QCOMPARE(word(d.workflow(key)), std::string_view("assigned"));
        // The same again says nothing, and an acknowledgement made there later does.
        const std::uint64_t head = d.ask([](const state::State &s) { return s.seq; });
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.clock.now(), "ana"));
        QCOMPARE(d.ask([](const state::State &s) { return s.seq; }), head);
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, d.later(minutes(30))));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(minutes(1)), "ana"));
        QCOMPARE(d.acknowledgedBy(key), std::string("ana"));
        QCOMPARE(d.out(), (Lines{"pager-acknowledge Q1"}));
    }

    void unarmedNothingIsWrittenAndItIsSaid()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        const std::string key = Duty::native("Q1");
        QVERIFY(d.command(desk::Acknowledge{{key}, {}}, "ben"));
        QVERIFY(d.command(desk::NoteAlerts{{key}, "looking"}, "ben"));
        QVERIFY(d.command(desk::AssignAlerts{{key}, "ana"}, "ben"));
        QCOMPARE(d.out(), Lines{});
        const Lines withheld = d.withheld();
        QCOMPARE(withheld.size(), std::size_t{3});
        QVERIFY(withheld[0].find("pager-acknowledge pd: connection pd observes only; arm it with: arm pd --allow acks") == 0);
        const auto resolved = d.command(desk::CloseAlerts{{key}, "over"}, "ben");
        QVERIFY(!resolved && resolved.error().message.find("arm pd --allow acks") != std::string::npos);
    }

    void armedWhatIsDoneHereIsDoneThere()
    {
        Duty d;
        QVERIFY(d.arm());
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        const std::string key = Duty::native("Q1");
        QVERIFY(d.command(desk::Acknowledge{{key}, {}}, "ben"));
        QVERIFY(d.command(desk::NoteAlerts{{key}, "the disk of node 3"}, "ben"));
        QVERIFY(d.command(desk::AssignAlerts{{key}, "ana"}, "ben"));
        QVERIFY(d.command(desk::EscalateAlerts{{key}, 0, {}}, "ben"));
        QVERIFY(d.command(desk::EscalateAlerts{{key}, 2, {}}, "ben"));
        const auto resolved = d.command(desk::CloseAlerts{{key}, "replaced"}, "ben");
        QVERIFY(resolved);
        QCOMPARE(d.out(), (Lines{"pager-acknowledge Q1", "pager-note Q1 the disk of node 3", "pager-reassign Q1 ana@example.org", "pager-escalate Q1", "pager-escalate Q1 2", "pager-resolve Q1 replaced"}));
        QVERIFY(d.isFiring(key)); // until PagerDuty says so
        d.settleOutbox();
        d.hear(Duty::incident("Q1", PagerStatus::Resolved, d.later(seconds(10)), "ana"));
        QVERIFY(!d.isFiring(key));
    }

    void whatItHasNotAcknowledgedAnyMoreNobodyHasHereUnlessSomebodySaidSoHere()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        d.hear(Duty::incident("Q2", PagerStatus::Triggered, kMorning));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(minutes(1)), "ben"));
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, d.later(minutes(30)))); // its timeout there
        QCOMPARE(word(d.workflow(Duty::native("Q1"))), std::string_view("assigned"));
        QVERIFY(d.command(desk::Acknowledge{{Duty::native("Q2")}, {}}, "ana"));
        d.hear(Duty::incident("Q2", PagerStatus::Acknowledged, d.later(minutes(1)), "ben"));
        d.hear(Duty::incident("Q2", PagerStatus::Triggered, d.later(minutes(30))));
        QCOMPARE(d.acknowledgedBy(Duty::native("Q2")), std::string("ana"));
    }

    void whatIsOlderThanWhatIsKnownChangesNothing()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        d.hear(Duty::incident("Q1", PagerStatus::Resolved, d.later(minutes(2)), "ben"));
        const std::string before = d.dumped();
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, kMorning + minutes(1), "ana")); // a webhook that came late
        QCOMPARE(d.ask([](const state::State &s) { return s.pagers.incidents.front().what.status; }), PagerStatus::Resolved);
        QVERIFY(!d.isFiring(Duty::native("Q1")));
        // Opened again there is opened again here.
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, d.later(minutes(1))));
        QVERIFY(d.isFiring(Duty::native("Q1")));
    }

    void anEventThatIsNoTurnNeverTakesAnIncidentBack()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        const std::string key = Duty::native("Q1");
        const auto status = [&] { return d.ask([](const state::State &s) { return s.pagers.incidents.front().what.status; }); };
        const Instant acknowledged = d.later(minutes(1));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, acknowledged, "ben"));
        auto escalated = Duty::incident("Q1", PagerStatus::Triggered, {}); // written before, delivered after
        escalated.assigned = {"ana"};
        d.hear(escalated);
        QCOMPARE(status(), PagerStatus::Acknowledged);
        QCOMPARE(d.acknowledgedBy(key), std::string("ben"));
        QCOMPARE(d.ask([](const state::State &s) { return s.pagers.incidents.front().what.assigned; }), (Lines{"ana"})); // what else it says counts
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, acknowledged + seconds(1)));
        QCOMPARE(status(), PagerStatus::Acknowledged);
        d.hear(Duty::incident("Q1", PagerStatus::Resolved, d.later(minutes(1)), "ben"));
        const auto calls = d.ask([](const state::State &s) { return s.escalations.size(); });
        d.later(minutes(1));
        d.hear(escalated);
        QCOMPARE(status(), PagerStatus::Resolved);
        QVERIFY(!d.isFiring(key));
        QCOMPARE(d.ask([](const state::State &s) { return s.escalations.size(); }), calls); // nobody is called again
    }

    void aRestartDoesAndTellsNothingAgain()
    {
        Duty d;
        QVERIFY(d.arm());
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        QVERIFY(d.command(desk::Acknowledge{{Duty::native("Q1")}, {}}, "ben"));
        d.settleOutbox();
        d.restart();
        const auto before = d.out().size() + d.out("events").size() + d.out("chat").size();
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(seconds(10)), "ana"));
        QCOMPARE(d.out().size() + d.out("events").size() + d.out("chat").size(), before);
        QCOMPARE(d.acknowledgedBy(Duty::native("Q1")), std::string("ben"));
    }

    void theSameHistoryUnderTheRecordedRulesComesOutAgain()
    {
        Duty d;
        QVERIFY(d.arm());
        const std::string key = Duty::native("Q1");
        const oncall::OwnKey ownKey = [](std::string_view k) { return k == "ours" ? std::optional<std::uint32_t>(2) : std::nullopt; };
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning)); // call 1
        d.pass(seconds(5));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.clock.now(), "ben"));
        QVERIFY(d.command(desk::NoteAlerts{{key}, "the disk of node 3"}, "ben"));
        QVERIFY(d.command(desk::EscalateAlerts{{key}, 2, {}}, "ben"));
        QVERIFY(d.command(desk::CloseAlerts{{key}, "replaced"}, "ben"));
        d.settleOutbox();
        d.pass(seconds(5));
        d.hear(Duty::incident("Q1", PagerStatus::Resolved, d.clock.now(), "ana"));
        (void)d.fires({{"alertname", "Down"}, {"service", "cart"}, {"severity", "critical"}}); // call 2
        auto ours = Duty::incident("Q2", PagerStatus::Triggered, d.clock.now());
        ours.keys = {"ours"};
        d.hear(ours, ownKey);
        d.pass(seconds(5));
        ours.status = PagerStatus::Acknowledged;
        ours.changedAt = d.clock.now();
        ours.changedBy = "ben";
        d.hear(ours, ownKey);
        QCOMPARE(d.outcome(2), std::string("acknowledged ben"));
        auto again = ours;
        again.status = PagerStatus::Triggered;
        again.changedAt = d.later(seconds(5));
        d.hear(again, ownKey);
        const state::Past past = desk::pastOf(*d.journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, 0, loader);
        QVERIFY(was);
        state::State would = was->clone();
        const auto w = desk::whatIf(past, std::move(*was), std::move(would), d.journal->head(), std::nullopt, [] { return true; });
        QVERIFY(w);
        QVERIFY2(w->firstOtherWhat.empty(), w->firstOtherWhat.c_str());
        QCOMPARE(w->recordsOther, std::uint64_t{0});
    }

    void whoIsOnCallThereAndNotHereIsShown()
    {
        Duty d;
        Workspace w = dutyWorkspace();
        Schedule s;
        s.id = "primary";
        s.name = "Primary";
        s.zone = "UTC";
        Layer layer;
        layer.id = "one";
        layer.people = {"ana"};
        layer.start = 1'700'000'000;
        layer.length = hours(24);
        s.layers = {layer};
        w.schedules = {s};
        events::WorkspaceChanged changed;
        changed.workspace = w;
        changed.digest = "two";
        QVERIFY(d.QuietBench::report(events::Event(changed)));
        events::PagerDutyTurn turn;
        turn.person = "ben";
        turn.schedule = "Primary";
        QVERIFY(d.QuietBench::report(events::Event(events::PagerOnCallsSeen{"pd", {turn}})));
        auto found = d.ask([](const state::State &st) { return oncall::onCallDisagreements(st); });
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found.front().text, std::string("pd says Ben, schedule primary says Ana: ours counts here"));
        turn.person = "ana";
        QVERIFY(d.QuietBench::report(events::Event(events::PagerOnCallsSeen{"pd", {turn}})));
        QVERIFY(d.ask([](const state::State &st) { return oncall::onCallDisagreements(st); }).empty());
    }
};

QD_TEST(TestPagers)
#include "tst_pagers.moc"
