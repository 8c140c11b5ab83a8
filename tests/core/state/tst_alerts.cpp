// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/state.h"

#include "tests/support/builders.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::events;
using namespace qd::state;
using namespace qd::tests;

namespace {

/// Connections am (bit 0) and hook (bit 1) of one set, other (bit 2) of its own.
Log begun()
{
    Log log;
    log.record(withWorkspace()).record(withConnection("am", "alertmanager")).record(withConnection("hook", "inbound", 0, "am")).record(withConnection("other"));
    return log;
}

ABatch down(const Log &log, const std::string &connection = "am")
{
    ABatch b(connection, log.now());
    b.alert({{"alertname", "Down"}, {"service", "db"}}).severity("critical").annotation("summary", "db is down");
    return b;
}

} // namespace

class TestAlerts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anOpenedAlertHoldsWhatWasReported()
    {
        Log log = begun();
        const auto batch = down(log).startsAt(log.now() - minutes(3)).build();
        log.record(decided(batch));
        QCOMPARE(log.state.alerts.all.size(), std::size_t{1});
        QCOMPARE(log.state.alerts.firing, 1U);
        const Alert *a = log.state.alert(keyOf(batch));
        QVERIFY(a);
        QVERIFY(a->status == AlertStatus::Firing);
        QVERIFY(a->severity == AlertSeverity::Critical);
        QVERIFY(a->workflow == Workflow::New);
        QVERIFY(a->startsAt == batch.receivedAt - minutes(3));
        QVERIFY(a->openedAt == log.now());
        QCOMPARE(a->openedSeq, log.state.seq);
        QCOMPARE(a->occurrence, 1U);
        QCOMPARE(a->reports, 1U);
        QCOMPARE(a->seenBy, std::uint64_t{1});
        QVERIFY(a->firstOut);
        QCOMPARE(log.state.text(a->title), std::string_view("db is down"));
        QCOMPARE(log.state.text(a->service), std::string_view("db"));
        QCOMPARE(log.state.label(*a, "alertname"), std::string_view("Down"));
        QCOMPARE(log.state.label(*a, "summary"), std::string_view());
        QCOMPARE(log.state.annotation(*a, "summary"), std::string_view("db is down"));
        QCOMPARE(log.state.alerts.because[a->because].rule, std::string("test.verdict"));
    }

    void aReasonIsKeptOnceHoweverManyDeliveriesHaveIt()
    {
        Log log = begun();
        const auto first = down(log).build();
        log.record(decided(first));
        const std::size_t reasons = log.state.alerts.because.size();
        ABatch another("am", log.now());
        another.alert({{"alertname", "Down"}, {"service", "web"}}).severity("critical");
        const auto second = another.build();
        log.record(decided(second));
        QCOMPARE(log.state.alerts.because.size(), reasons);
        QCOMPARE(log.state.alert(keyOf(second))->because, log.state.alert(keyOf(first))->because);
        QVERIFY(log.state.alert(keyOf(first))->because != 0);
    }

    void aReSendMovesNothingButWhatIsNew()
    {
        Log log = begun();
        const auto first = down(log).build();
        log.record(decided(first)).record(AlertsAcknowledged{{keyOf(first)}, "looking", kAna});
        const Instant opened = log.state.alert(keyOf(first))->openedAt, starts = log.state.alert(keyOf(first))->startsAt;
        log.record(decided(down(log).annotation("runbook", "https://example.org").build(), {Verdict::Updated}), minutes(1));
        const Alert *a = log.state.alert(keyOf(first));
        QVERIFY(a->openedAt == opened && a->startsAt == starts);
        QVERIFY(a->workflow == Workflow::Acknowledged);
        QCOMPARE(a->reports, 2U);
        QCOMPARE(a->occurrence, 1U);
        QCOMPARE(log.state.annotation(*a, "runbook"), std::string_view("https://example.org"));
        QCOMPARE(log.state.alerts.firing, 1U);
    }

    void theSamePathsOfASetAreOneAlert()
    {
        Log log = begun();
        const auto polled = down(log).build();
        log.record(decided(polled)).record(decided(down(log, "hook").build(), {Verdict::Updated})).record(decided(down(log, "other").build()));
        QCOMPARE(log.state.alerts.all.size(), std::size_t{2});
        QCOMPARE(log.state.alert(keyOf(polled))->seenBy, std::uint64_t{3});
        QVERIFY(log.state.alert("other/" + fingerprintText(polled.fingerprint[0])));
        log.record(AlertsUnseen{"am", {polled.fingerprint[0]}});
        QCOMPARE(log.state.alert(keyOf(polled))->seenBy, std::uint64_t{2});
        QVERIFY(log.state.alert(keyOf(polled))->status == AlertStatus::Firing);
    }

    void aResolveEndsItAndKeepsItsAnnotations()
    {
        Log log = begun();
        const auto batch = down(log).build();
        log.record(decided(batch));
        const Instant end = log.now() + seconds(20);
        log.record(decided(aBatch("am", log.now()).alert({{"alertname", "Down"}, {"service", "db"}}).severity("critical").resolved(end).build(), {Verdict::Resolved}), minutes(1));
        const Alert *a = log.state.alert(keyOf(batch));
        QVERIFY(a->status == AlertStatus::Resolved);
        QVERIFY(a->endsAt == end);
        QVERIFY(a->resolvedAt == log.now());
        QVERIFY(a->endedBy == EndedBy::Source);
        QCOMPARE(a->seenBy, std::uint64_t{0});
        QCOMPARE(log.state.annotation(*a, "summary"), std::string_view("db is down"));
        QCOMPARE(log.state.alerts.firing, 0U);
    }

    void aRefireIsANewOccurrenceThatStandsForItself()
    {
        Log log = begun();
        const auto batch = down(log).build();
        log.record(decided(batch)).record(anIncident().alert(keyOf(batch)).event()).record(AlertsAcknowledged{{keyOf(batch)}, "", kAna});
        QCOMPARE(log.state.text(log.state.alert(keyOf(batch))->incident), std::string_view("INC-1"));
        log.record(decided(down(log).resolved().build(), {Verdict::Resolved})).record(StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna});
        log.record(decided(down(log).build(), {Verdict::Refired}), minutes(10));
        const Alert *a = log.state.alert(keyOf(batch));
        QCOMPARE(a->occurrence, 2U);
        QCOMPARE(a->reports, 1U);
        QCOMPARE(a->incident, Symbol{0}); // a resolved incident absorbs nothing
        QVERIFY(a->openedAt == log.now());
        QVERIFY(!a->resolvedAt);
        QVERIFY(a->endedBy == EndedBy::NotEnded);
        QVERIFY(a->workflow == Workflow::Assigned); // it stays with its owner, but nobody has acknowledged it
        QVERIFY(!a->acknowledgedAt);
        QCOMPARE(a->acknowledgedBy, Symbol{0});
        QCOMPARE(log.state.incident("INC-1")->alerts.size(), std::size_t{1}); // the record of what it was stays
        QCOMPARE(log.state.alerts.flaps.at(0).size(), std::size_t{2});
    }

    void aReopenedAlertIsTheSameOccurrence()
    {
        Log log = begun();
        const auto batch = down(log).build();
        log.record(decided(batch)).record(anIncident().alert(keyOf(batch)).event());
        const Instant opened = log.state.alert(keyOf(batch))->openedAt;
        log.record(AlertsEnded{"am", {batch.fingerprint[0]}, log.now(), {"alert.absent", {}, {}}});
        QVERIFY(log.state.alert(keyOf(batch))->endedBy == EndedBy::Absence);
        QCOMPARE(log.state.alerts.because[log.state.alert(keyOf(batch))->endedBecause].rule, std::string("alert.absent"));
        log.record(decided(down(log).build(), {Verdict::Reopened}));
        const Alert *a = log.state.alert(keyOf(batch));
        QCOMPARE(a->occurrence, 1U);
        QVERIFY(a->openedAt == opened);
        QVERIFY(a->status == AlertStatus::Firing);
        QCOMPARE(log.state.text(a->incident), std::string_view("INC-1"));
        QCOMPARE(log.state.alerts.firing, 1U);
    }

    void staleAndUnmatchedReportsChangeNothing()
    {
        Log log = begun();
        const auto batch = down(log).build();
        log.record(decided(batch));
        log.record(decided(down(log).resolved().build(), {Verdict::Stale}));
        QVERIFY(log.state.alert(keyOf(batch))->status == AlertStatus::Firing);
        QCOMPARE(log.state.alert(keyOf(batch))->reports, 2U);
        log.record(decided(aBatch("am", log.now()).alert({{"alertname", "Never"}}).resolved().build(), {Verdict::Unmatched}));
        QCOMPARE(log.state.alerts.all.size(), std::size_t{1});
    }

    void endingTwiceEndsOnce()
    {
        Log log = begun();
        const auto batch = down(log).build();
        log.record(decided(batch)).record(decided(down(log).resolved().build(), {Verdict::Resolved}));
        log.record(AlertsEnded{"am", {batch.fingerprint[0], 42}, log.now(), {}});
        QCOMPARE(log.state.alerts.firing, 0U);
        QVERIFY(log.state.alert(keyOf(batch))->endedBy == EndedBy::Source);
    }

    void aGroupIsOverWithItsLastMember()
    {
        Log log = begun();
        const auto one = down(log).build();
        const auto two = aBatch("am", log.now()).alert({{"alertname", "Slow"}, {"service", "db"}}).severity("warning").build();
        log.record(decided(one)).record(decided(two));
        const auto group = [&]() -> const Group & { return log.state.alerts.groups.at(log.state.symbols.find("db")); };
        QCOMPARE(group().firing, 2U);
        QCOMPARE(group().members, 2U);
        QCOMPARE(group().episode, 1U);
        QVERIFY(log.state.alert(keyOf(one))->firstOut && !log.state.alert(keyOf(two))->firstOut);
        log.record(AlertsEnded{"am", {one.fingerprint[0]}, log.now(), {}});
        QVERIFY(!group().endedAt);
        log.record(AlertsEnded{"am", {two.fingerprint[0]}, log.now(), {}});
        QVERIFY(group().endedAt == log.now());
        log.record(decided(down(log).build(), {Verdict::Refired}));
        QCOMPARE(group().episode, 2U);
        QCOMPARE(group().members, 1U);
        QVERIFY(!group().endedAt);
        QVERIFY(log.state.alert(keyOf(one))->firstOut);
    }

    void repeatsExtendAndCount()
    {
        Log log = begun();
        const Instant expiry = log.now() + minutes(5);
        const auto batch = down(log).endsAt(expiry).build();
        log.record(decided(batch));
        QVERIFY(log.state.alerts.expiryBound == expiry);
        log.record(AlertsRepeated{"am", log.now(), log.now() + seconds(30), 3, {batch.fingerprint[0], 99}, {(expiry + minutes(1)).ns, 1}, {3, 3}});
        const Alert *a = log.state.alert(keyOf(batch));
        QCOMPARE(a->reports, 4U);
        QVERIFY(a->endsAt == expiry + minutes(1));
        QVERIFY(log.state.alerts.expiryBound == expiry + minutes(1));
        log.record(AlertsRepeated{"am", log.now(), log.now(), 1, {batch.fingerprint[0]}, {expiry.ns}, {1}}); // an older end never shortens it
        QVERIFY(log.state.alert(keyOf(batch))->endsAt == expiry + minutes(1));
    }

    void acknowledgingGivesAnOwnerAndAssigningMovesIt()
    {
        Log log = begun();
        const auto batch = down(log).build();
        log.record(decided(batch)).record(AlertsAcknowledged{{keyOf(batch), "am/0000000000000001", "nonsense"}, "mine", kAna});
        const Alert *a = log.state.alert(keyOf(batch));
        QVERIFY(a->workflow == Workflow::Acknowledged);
        QCOMPARE(log.state.text(a->owner), std::string_view("ana"));
        QCOMPARE(log.state.text(a->acknowledgeReason), std::string_view("mine"));
        log.record(AlertsAssigned{{keyOf(batch)}, "ben", kAna});
        a = log.state.alert(keyOf(batch));
        QCOMPARE(log.state.text(a->owner), std::string_view("ben"));
        QVERIFY(a->workflow == Workflow::Acknowledged); // assigning does not take an acknowledgement back
    }

    void countsWhatOpenedForTheTrend()
    {
        Log log = begun();
        log.record(decided(down(log).build())).record(decided(aBatch("am", log.now()).alert({{"alertname", "X"}}).build()), seconds(0));
        log.record(decided(aBatch("am", log.now()).alert({{"alertname", "Y"}}).build()), minutes(1));
        QCOMPARE(log.state.alerts.opened.size(), std::size_t{2});
        QCOMPARE(log.state.alerts.opened.front().second, 2U);
        QCOMPARE(log.state.alerts.opened.back().second, 1U);
    }

    void misalignedDecisionsAreNotFolded()
    {
        Log log = begun();
        const auto batch = down(log).build();
        auto events = decided(batch);
        get<AlertsDecided>(events[1]).severity.clear();
        log.record(events);
        QCOMPARE(log.state.alerts.all.size(), std::size_t{0});
        log.record(decided(batch)[1]); // a decision without its reports
        QCOMPARE(log.state.alerts.all.size(), std::size_t{0});
    }

    void reportsOfAnErasedSetStillFold()
    {
        Log log; // no connection was ever added: its stream is gone
        const auto batch = aBatch("ghost", log.now()).alert({{"alertname", "X"}}).build();
        log.record(decided(batch));
        QVERIFY(log.state.alert(keyOf(batch)));
        log.record(AlertsEnded{"nobody", {1}, log.now(), {}}).record(AlertsRepeated{"nobody", {}, {}, 1, {1}, {1}, {1}}).record(AlertsUnseen{"nobody", {1}});
        QCOMPARE(log.state.alerts.firing, 1U);
    }

    void quarantineIsBounded()
    {
        Log log = begun();
        ReportsQuarantined q{"am", Path::Push, {}};
        q.reports.resize(State::kQuarantineKept + 5);
        for (std::size_t i = 0; i < q.reports.size(); ++i)
            q.reports[i] = {static_cast<std::uint32_t>(i), "no alertname", "{}"};
        log.record(q);
        QCOMPARE(log.state.quarantine.size(), State::kQuarantineKept);
        QCOMPARE(log.state.quarantinedTotal, std::uint64_t{State::kQuarantineKept + 5});
        QCOMPARE(log.state.quarantine.front().report.index, 5U);
    }

    void theSameRecordsGiveTheSameState()
    {
        const auto fold = [] {
            Log log = begun();
            for (int i = 0; i < 50; ++i) {
                const auto batch = aBatch(i % 2 ? "am" : "other", log.now()).alert({{"alertname", "A" + std::to_string(i % 7)}, {"service", i % 3 ? "db" : "web"}}).build();
                log.record(decided(batch, {i % 5 == 4 ? Verdict::Resolved : log.state.alert(keyOf(batch)) ? Verdict::Refired : Verdict::Opened}));
            }
            return dump(log.state);
        };
        QCOMPARE(firstDifference(fold(), fold()), std::string());
    }
};

QD_TEST(TestAlerts)
#include "tst_alerts.moc"
