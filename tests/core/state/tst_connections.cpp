// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/state.h"
#include "tests/support/builders.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;
using state::State;

namespace {

/// One alert, reported by each of these connections of the set "prod".
void reportBy(Log &log, const std::vector<std::string> &connections, const std::string &name)
{
    bool first = true;
    for (const auto &c : connections) {
        log.record(decided(aBatch(c, log.now()).alert({{"alertname", name}}).build(), {first ? Verdict::Opened : Verdict::Updated}));
        first = false;
    }
}

std::string keyFor(const std::string &name)
{
    return "prod/" + keyOf(aBatch("x").alert({{"alertname", name}}).build()).substr(2);
}

Log threeConnections()
{
    Log log;
    for (const char *name : {"a", "b", "c"})
        log.record(withConnection(name, "inbound", 0, "prod"));
    return log;
}

std::vector<std::string> seenBy(const Log &log, const std::string &name)
{
    std::vector<std::string> out;
    for (const auto *s : log.state.seenBy(*log.state.alert(keyFor(name))))
        out.push_back(s->connection.name);
    return out;
}

using Names = std::vector<std::string>;

} // namespace

class TestConnections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSixtyFourthSharesItsBit()
    {
        Log log;
        for (int i = 0; i < 65; ++i)
            log.record(withConnection("c" + std::to_string(i)));
        const State &s = log.state;
        QCOMPARE(s.seenBit(&s.sources[0]), std::uint64_t{1});
        QCOMPARE(s.seenBit(&s.sources[62]), std::uint64_t{1} << 62);
        QCOMPARE(s.seenBit(&s.sources[63]), State::kSharedBit);
        QCOMPARE(s.seenBit(&s.sources[64]), State::kSharedBit);
        QCOMPARE(s.seenBit(nullptr), State::kSharedBit);
    }

    void removingOneKeepsWhoReportsWhat()
    {
        Log log = threeConnections();
        reportBy(log, {"a", "b", "c"}, "All");
        reportBy(log, {"b"}, "OnlyB");
        reportBy(log, {"c"}, "OnlyC");
        log.record(ConnectionRemoved{"b", kAna});
        QVERIFY(!log.state.source("b"));
        QCOMPARE(seenBy(log, "All"), (Names{"a", "c"}));
        QCOMPARE(seenBy(log, "OnlyB"), Names{});
        QCOMPARE(seenBy(log, "OnlyC"), Names{"c"});
    }

    void whatOnlyItReportedStaysAndIsSaid()
    {
        Log log = threeConnections();
        reportBy(log, {"b"}, "OnlyB");
        reportBy(log, {"a", "b"}, "Both");
        QCOMPARE(log.state.reportedOnlyBy(*log.state.source("b")), std::size_t{1});
        log.record(ConnectionRemoved{"b", kAna});
        const auto *alert = log.state.alert(keyFor("OnlyB"));
        QVERIFY(alert->status == AlertStatus::Firing);
        QCOMPARE(alert->seenBy, std::uint64_t{0});
        QCOMPARE(log.state.log.back().text, std::string("Connection b was removed; 1 alert that only it reported stay as they are"));
        QCOMPARE(log.state.log.back().actor, std::string("ana"));
    }

    void closingEndsItAndTheSameOccurrenceMayComeBack()
    {
        Log log = threeConnections();
        reportBy(log, {"b"}, "OnlyB");
        log.record(ConnectionRemoved{"b", kAna}).record(AlertsClosed{{keyFor("OnlyB"), "prod/0000000000000001"}, "the host is gone", kAna});
        const auto *alert = log.state.alert(keyFor("OnlyB"));
        QVERIFY(alert->status == AlertStatus::Resolved);
        QVERIFY(alert->endedBy == state::EndedBy::Absence);
        QCOMPARE(log.state.alerts.because[alert->endedBecause].matched.back(), std::string("ana closed it: the host is gone"));
        QCOMPARE(log.state.alerts.firing, 0u);
    }

    void itsHeartbeatsAndOpenWritesEndWithIt()
    {
        Log log = threeConnections();
        log.record(HeartbeatSeen{"b", "backup", log.now(), log.now(), 1}).record(HeartbeatSeen{"c", "backup", log.now(), log.now(), 1});
        OutboxQueued q;
        q.connection = "b";
        q.number = 1;
        log.record(q);
        q.number = 2;
        log.record(q).record(OutboxMoved{2, Delivery::Confirmed, "m", {}, {}});
        log.record(ConnectionRemoved{"b", kAna});
        QCOMPARE(log.state.heartbeats.size(), std::size_t{1});
        QVERIFY(log.state.outbox.at(1).delivery == Delivery::Failed);
        QCOMPARE(log.state.outbox.at(1).reason, std::string("its connection was removed"));
        QVERIFY(log.state.outbox.at(2).delivery == Delivery::Confirmed);
    }

    void aNameMayBeUsedAgainAndBeginsAnew()
    {
        Log log = threeConnections();
        log.record(ConnectionArmed{"a", 1, kAna}).record(ConnectionRemoved{"a", kAna}).record(withConnection("a", "inbound", 0, "other"));
        QCOMPARE(log.state.sources.size(), std::size_t{3});
        QCOMPARE(log.state.source("a")->armed, Writes{0});
        QVERIFY(log.state.source("a") == &log.state.sources.back());
    }

    void removingWhatIsNotThereChangesNothing()
    {
        Log log = threeConnections();
        const std::string before = dump(log.state);
        State copy = std::move(log.state);
        state::apply(copy, ConnectionRemoved{"nobody", kAna}, nullptr);
        QCOMPARE(dump(copy), before);
    }

    void withoutSharersTheSharedBitIsFreed()
    {
        Log log;
        for (int i = 0; i < 64; ++i)
            log.record(withConnection("c" + std::to_string(i), "inbound", 0, "prod"));
        reportBy(log, {"c63"}, "Far");
        QCOMPARE(log.state.alert(keyFor("Far"))->seenBy, State::kSharedBit);
        log.record(ConnectionRemoved{"c63", kAna});
        QCOMPARE(log.state.alert(keyFor("Far"))->seenBy, std::uint64_t{0});
    }
};

QD_TEST(TestConnections)
#include "tst_connections.moc"
