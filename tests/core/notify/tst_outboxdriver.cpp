// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/link/memoryfeed.h"
#include "tests/support/suite.h"

#include "core/notify/outboxdriver.h"

#include <QtTest>

using namespace qd;
using namespace qd::notify;

namespace {

events::OutboxQueued post(std::uint64_t number, const std::string &connection = "chat")
{
    events::OutboxQueued q;
    q.number = number;
    q.connection = connection;
    q.incident = "INC-1";
    q.text = "text " + std::to_string(number);
    return q;
}

void connections(link::MemoryFeed &log, Writes armed)
{
    for (const char *name : {"chat", "other"}) {
        Connection c;
        c.name = name;
        c.kind = "xmpp";
        log.append({events::ConnectionAdded{c, {"ana"}}, events::ConnectionArmed{name, armed, {"ana"}}});
    }
}

constexpr Writes kPosts = static_cast<Writes>(Write::Posts);

struct Edge {
    std::mutex mutex;
    std::vector<Item> got;
    std::vector<events::OutboxMoved> words;
    std::string away;   ///< the connection that cannot take anything
    bool broken = false;

    OutboxDriver::Send send()
    {
        return [this](const Item &item) -> Result<> {
            const std::lock_guard lock(mutex);
            if (item.what.connection == away)
                return fail(Code::Unavailable, "away");
            if (broken)
                return fail(Code::Invalid, "The room's name is no name.");
            got.push_back(item);
            return {};
        };
    }
    OutboxDriver::Report report()
    {
        return [this](events::OutboxMoved word) {
            const std::lock_guard lock(mutex);
            words.push_back(std::move(word));
        };
    }
};

void settle(link::Replica &replica)
{
    replica.askAndWait([](const state::State &) {});
}

} // namespace

class TestOutboxDriver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handsOverWhatIsCommittedOnceAndInOrder()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report());
        settle(replica); // it has begun: what comes now is of this process
        for (std::uint64_t n = 1; n <= 5; ++n)
            log.append({post(n)});
        settle(replica);
        driver.tick();
        QCOMPARE(edge.got.size(), std::size_t{5});
        for (std::size_t i = 0; i < 5; ++i) {
            QCOMPARE(edge.got[i].what.number, std::uint64_t{i + 1});
            QVERIFY(!edge.got[i].maybeSent && !edge.got[i].fromBefore);
        }
    }

    void passesOnAnEdgesWordUntilTheEntryIsSettled()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report());
        log.append({post(1)});
        settle(replica);
        driver.moved(1, Delivery::Sent, {}, {});
        driver.moved(1, Delivery::Confirmed, "m1", {});
        QCOMPARE(edge.words.size(), std::size_t{2});
        QCOMPARE(edge.words[1].incident, std::string("INC-1"));
        QCOMPARE(edge.words[1].messageId, std::string("m1"));
        log.append({edge.words[1]});
        settle(replica);
        QCOMPARE(driver.open(), std::size_t{0});
        driver.moved(1, Delivery::Failed, {}, "late"); // settled: not said again
        QCOMPARE(edge.words.size(), std::size_t{2});
    }

    void afterARestartTheQueuedGoOnAndTheSentAreLookedFor()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        log.append({post(1)});
        log.append({post(2), events::OutboxMoved{2, Delivery::Sent, {}, {}, "INC-1"}});
        log.append({post(3), events::OutboxMoved{3, Delivery::Confirmed, "m", {}, "INC-1"}});
        log.append({post(4), events::OutboxMoved{4, Delivery::Unknown, {}, {}, "INC-1"}});
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report());
        settle(replica);
        QCOMPARE(edge.got.size(), std::size_t{3});
        QVERIFY(!edge.got[0].maybeSent && edge.got[0].fromBefore && !edge.got[1].fromBefore); // it may have left in the moment the process ended
        QCOMPARE(edge.got[1].what.number, std::uint64_t{2});
        QVERIFY(edge.got[1].maybeSent && edge.got[2].maybeSent);
        QCOMPARE(edge.words.size(), std::size_t{1}); // 2 is Unknown now; 4 was already
        QCOMPARE(edge.words[0].delivery, Delivery::Unknown);
        QCOMPARE(edge.words[0].number, std::uint64_t{2});
    }

    void aDisarmedConnectionWritesNothing()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        link::Replica replica(log.feed());
        Edge edge;
        edge.away = "chat";
        OutboxDriver driver(replica, edge.send(), edge.report());
        log.append({post(1)});
        log.append({events::ConnectionArmed{"chat", 0, {"ana"}}});
        settle(replica);
        edge.away.clear();
        driver.tick();
        QVERIFY(edge.got.empty());
        QCOMPARE(edge.words.size(), std::size_t{1});
        QCOMPARE(edge.words[0].delivery, Delivery::Failed);
    }

    void oneConnectionThatIsAwayHoldsUpOnlyItself()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        link::Replica replica(log.feed());
        Edge edge;
        edge.away = "chat";
        OutboxDriver driver(replica, edge.send(), edge.report());
        log.append({post(1), post(2), post(3, "other")});
        settle(replica);
        QCOMPARE(edge.got.size(), std::size_t{1});
        QCOMPARE(edge.got[0].what.number, std::uint64_t{3});
        edge.away.clear();
        driver.tick();
        QCOMPARE(edge.got.size(), std::size_t{3});
        QCOMPARE(edge.got[1].what.number, std::uint64_t{1});
        QCOMPARE(edge.got[2].what.number, std::uint64_t{2});
    }

    void whatCannotBeWrittenFailsWithItsReason()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        link::Replica replica(log.feed());
        Edge edge;
        edge.broken = true;
        OutboxDriver driver(replica, edge.send(), edge.report());
        log.append({post(1)});
        settle(replica);
        QCOMPARE(edge.words.size(), std::size_t{1});
        QCOMPARE(edge.words[0].reason, std::string("The room's name is no name."));
    }

    void theSameEntryHasTheSameKeyInEveryProcess()
    {
        QCOMPARE(idempotencyKey("quarterdeck/a", 7).text(), idempotencyKey("quarterdeck/a", 7).text());
        QVERIFY(idempotencyKey("quarterdeck/a", 7) != idempotencyKey("quarterdeck/a", 8));
        QVERIFY(idempotencyKey("quarterdeck/a", 7) != idempotencyKey("quarterdeck/b", 7));
    }
};

QD_TEST(TestOutboxDriver)
#include "tst_outboxdriver.moc"
