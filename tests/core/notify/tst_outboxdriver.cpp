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
    std::vector<std::pair<std::uint64_t, std::string>> back; ///< what was asked back
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
    OutboxDriver::Recall recall()
    {
        return [this](const events::OutboxQueued &what, const std::string &why) {
            const std::lock_guard lock(mutex);
            back.emplace_back(what.number, why);
        };
    }
};

/// Their texts were struck: their keys are gone.
events::TextStruck struck(std::vector<std::uint64_t> numbers)
{
    return {"INC-1", "held a secret", {{1, 0}}, {"ana"}, {}, std::move(numbers)};
}

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
        QVERIFY(edge.got[1].wasUnderWay && !edge.got[0].wasUnderWay && !edge.got[2].wasUnderWay);
        QCOMPARE(edge.words.size(), std::size_t{1}); // 2 is Unknown now; 4 was already
        QCOMPARE(edge.words[0].delivery, Delivery::Unknown);
        QCOMPARE(edge.words[0].number, std::uint64_t{2});
    }

    void whatWaitsIsHandedOverAsItReadsNow()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report());
        settle(replica);
        log.append({post(1)}); // record 3: the edge has it
        settle(replica);
        QCOMPARE(edge.got.size(), std::size_t{1});
        edge.away = "chat";
        log.append({post(2)});
        log.append({post(3)});
        settle(replica);
        const auto as = [](std::uint64_t number, const std::string &text) {
            events::OutboxQueued q = post(number);
            q.text = text;
            return q;
        };
        log.readAs(3, {as(1, "one [sealed: restricted, short]")});
        log.readAs(4, {as(2, "[struck]")});
        log.readAs(5, {as(3, "three [sealed: restricted, short]")});
        edge.away.clear();
        log.append({events::LineClassed{"INC-1", {}, "3", DataClass::Restricted, {}, {{3, 0}}, {}, {}, {"ana"}}});
        settle(replica);
        driver.tick();
        QCOMPARE(edge.got.size(), std::size_t{3});
        QCOMPARE(edge.got[1].what.text, std::string("one [sealed: restricted, short]")); // again: it may wait there still
        QCOMPARE(edge.got[2].what.text, std::string("three [sealed: restricted, short]"));
        QCOMPARE(edge.got[2].what.number, std::uint64_t{3});
        QVERIFY(edge.got[1].isAnew && !edge.got[2].isAnew); // nothing is sent again for it
        QCOMPARE(edge.words.size(), std::size_t{1});
        QVERIFY(edge.words[0].number == 2 && edge.words[0].delivery == Delivery::Failed && edge.words[0].reason == "its text was struck");
    }

    /// Nobody knows whether it arrived: its edge gets the words alone, for it may have it still, and sends nothing for them.
    void whatIsInDoubtIsNotSentForItsWords()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report());
        settle(replica);
        log.append({post(1)}); // record 3
        log.append({events::OutboxMoved{1, Delivery::Sent, {}, {}, "INC-1"}});
        log.append({events::OutboxMoved{1, Delivery::Unknown, {}, "nobody can say", "INC-1"}});
        settle(replica);
        QCOMPARE(edge.got.size(), std::size_t{1});
        events::OutboxQueued now = post(1);
        now.text = "one [sealed: restricted, short]";
        log.readAs(3, {now});
        log.append({events::LineClassed{"INC-1", {}, "3", DataClass::Restricted, {}, {{3, 0}}, {}, {}, {"ana"}}});
        settle(replica);
        QCOMPARE(edge.got.size(), std::size_t{2});
        QVERIFY(edge.got[1].isAnew && edge.got[1].what.text == now.text);
    }

    /// What waits to be mailed, to call somebody or to be written into a tracker says no more than may be said by then.
    void wordsForWhomeverAreHandedOverAnew_data()
    {
        QTest::addColumn<int>("effect");
        QTest::addColumn<QString>("kind");
        QTest::newRow("mail") << static_cast<int>(events::Effect::Post) << "smtp";
        QTest::newRow("a page by mail") << static_cast<int>(events::Effect::Page) << "smtp";
        QTest::newRow("a page in a chat") << static_cast<int>(events::Effect::Page) << "xmpp";
        QTest::newRow("the end of a call") << static_cast<int>(events::Effect::PageAnswered) << "pagerduty";
        QTest::newRow("a topic") << static_cast<int>(events::Effect::Topic) << "xmpp";
        QTest::newRow("an issue") << static_cast<int>(events::Effect::TrackIssue) << "github";
        QTest::newRow("a room that is made") << static_cast<int>(events::Effect::CreateRoom) << "xmpp";
        QTest::newRow("an invitation") << static_cast<int>(events::Effect::Invite) << "xmpp";
        QTest::newRow("a silence") << static_cast<int>(events::Effect::Silence) << "alertmanager";
        QTest::newRow("a note at a pager") << static_cast<int>(events::Effect::PagerNote) << "pagerduty-rest";
        QTest::newRow("a resolution at a pager") << static_cast<int>(events::Effect::PagerResolve) << "pagerduty-rest";
    }
    void wordsForWhomeverAreHandedOverAnew()
    {
        QFETCH(int, effect);
        QFETCH(QString, kind);
        link::MemoryFeed log;
        Connection c;
        c.name = "way";
        c.kind = kind.toStdString();
        Writes armed = 0;
        for (const Write each : {Write::Posts, Write::Pages, Write::Issues, Write::Rooms, Write::Silences, Write::Notes, Write::Acks})
            armed = static_cast<Writes>(armed | static_cast<Writes>(each));
        log.append({events::ConnectionAdded{c, {"ana"}}, events::ConnectionArmed{"way", armed, {"ana"}}});
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report());
        settle(replica);
        events::OutboxQueued what = post(1, "way");
        what.effect = static_cast<events::Effect>(effect);
        what.title = "the pool is full";
        log.append({what}); // record 2
        settle(replica);
        QCOMPARE(edge.got.size(), std::size_t{1});
        what.title = "[sealed: restricted, short]"; // a heading, too
        log.readAs(2, {what});
        log.append({events::LineClassed{"INC-1", {}, "2", DataClass::Restricted, {}, {{2, 0}}, {}, {}, {"ana"}}});
        settle(replica);
        driver.tick();
        QCOMPARE(edge.got.size(), std::size_t{2});
        QVERIFY(edge.got[1].isAnew && edge.got[1].what.title == what.title);
        QVERIFY(edge.words.empty());
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

    /// Words that were struck are sent by nobody, however far they were on their way to an edge.
    void whatWasStruckIsNotHandedOverAndAskedBack()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        link::Replica replica(log.feed());
        Edge edge;
        edge.away = "other";
        OutboxDriver driver(replica, edge.send(), edge.report(), edge.recall());
        log.append({post(1), post(2, "other"), post(3), post(4, "other")});
        settle(replica);
        QCOMPARE(edge.got.size(), std::size_t{2}); // 1 and 3
        log.append({struck({1, 2})});
        settle(replica);
        QCOMPARE(edge.back, (std::vector<std::pair<std::uint64_t, std::string>>{{1, "its text was struck"}}));
        edge.away.clear();
        driver.tick();
        QCOMPARE(edge.got.size(), std::size_t{3});
        QCOMPARE(edge.got[2].what.number, std::uint64_t{4}); // not 2
        QCOMPARE(edge.words.size(), std::size_t{1});
        QVERIFY(edge.words[0].number == 2 && edge.words[0].delivery == Delivery::Failed && edge.words[0].reason == "its text was struck");
        log.append({struck({1, 2})}); // asked back once
        settle(replica);
        QCOMPARE(edge.back.size(), std::size_t{1});
        // It was on the wire: what its edge says of it is still recorded.
        driver.moved(1, Delivery::Confirmed, "m1", {});
        QCOMPARE(edge.words.back().delivery, Delivery::Confirmed);
        log.append({edge.words[0], edge.words[1]});
        settle(replica);
        QCOMPARE(driver.open(), std::size_t{2}); // 3 and 4
        Delivery first{};
        replica.askAndWait([&](const state::State &s) { first = s.outbox.at(1).delivery; });
        QCOMPARE(first, Delivery::Confirmed);
    }

    /// A room is needed whatever it was to be called by.
    void aRoomWhoseTitleWasStruckIsMadeWithoutIt()
    {
        link::MemoryFeed log;
        connections(log, static_cast<Writes>(Write::Rooms));
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report(), edge.recall());
        settle(replica);
        events::OutboxQueued room = post(1);
        room.effect = events::Effect::CreateRoom;
        room.room = "inc-1";
        room.text = "SEV2 Jane Canary cannot pay";
        log.append({room}); // record 3
        settle(replica);
        QCOMPARE(edge.got.size(), std::size_t{1});
        room.text = "[struck]";
        log.readAs(3, {room});
        log.append({struck({1})});
        settle(replica);
        driver.tick();
        QVERIFY(edge.back.empty() && edge.words.empty());
        QCOMPARE(edge.got.size(), std::size_t{2});
        QVERIFY(edge.got[1].isAnew && edge.got[1].what.text == "[struck]" && edge.got[1].recalled.empty());
        Delivery delivery{};
        replica.askAndWait([&](const state::State &s) { delivery = s.outbox.at(1).delivery; });
        QCOMPARE(delivery, Delivery::Queued);
    }

    void whatIsErasedIsForgottenAndAskedBack()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report(), edge.recall());
        log.append({post(1)});
        settle(replica);
        log.replace(3, {}); // its stream is gone with its key
        events::StreamsErased erased;
        erased.streams.resize(1);
        erased.streams[0].stream = "incident/INC-1";
        log.append({erased});
        settle(replica);
        QCOMPARE(edge.back.size(), std::size_t{1});
        QCOMPARE(driver.open(), std::size_t{0});
        driver.moved(1, Delivery::Confirmed, "m1", {}); // there is nothing left it could be said of
        QVERIFY(edge.words.empty());
    }

    void whatAMessageThatEndedStillHasIsAskedBack()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        events::IncidentDeclared declared;
        declared.incident = "INC-1";
        events::MessageDrafted drafted;
        drafted.incident = "INC-1";
        drafted.message = 1;
        drafted.to = {"rooms"};
        log.append({declared, drafted, events::MessageReleased{"INC-1", {}, {}, 1, 1, {}, {}, {"ana"}}, events::MessageSent{"INC-1", 1, 1, {}}});
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report(), edge.recall());
        events::OutboxQueued carrier = post(1), other = post(2);
        carrier.subject = "message/1";
        other.subject = "update/1";
        log.append({carrier, other});
        settle(replica);
        log.append({events::MessageEnded{"INC-1", "it is not true", 1, {"ana"}}});
        settle(replica);
        QCOMPARE(edge.back, (std::vector<std::pair<std::uint64_t, std::string>>{{1, "message 1 was withdrawn"}}));
    }

    /// Of a page that waits there are other words by now, or none that may leave.
    void aPageThatIsWrittenOtherwiseIsAskedBack()
    {
        link::MemoryFeed log;
        connections(log, static_cast<Writes>(Write::Publish));
        const auto page = [](std::uint64_t number, std::uint64_t instead) {
            events::OutboxQueued q = post(number);
            q.effect = events::Effect::PublishReview;
            q.incident = "INC-1";
            q.instead = instead;
            return q;
        };
        events::IncidentDeclared declared;
        declared.incident = "INC-1";
        log.append({declared});
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report(), edge.recall());
        log.append({page(1, 0)});
        settle(replica);
        log.append({page(2, 1)});
        settle(replica);
        events::WriteWithheld withheld{events::Effect::PublishReview, "chat", "INC-1", {}, {}, "it may not leave"};
        withheld.instead = 2;
        log.append({withheld});
        settle(replica);
        QCOMPARE(edge.got.size(), std::size_t{2});
        QCOMPARE(edge.back, (std::vector<std::pair<std::uint64_t, std::string>>{{1, "it was written otherwise"}, {2, "it was written otherwise"}}));
    }

    void afterARestartWhatWasSentAndThenStruckIsOnlyLookedFor()
    {
        link::MemoryFeed log;
        connections(log, kPosts);
        log.append({post(1), post(2)});
        log.append({events::OutboxMoved{2, Delivery::Sent, {}, {}, "INC-1"}});
        log.append({struck({1, 2})});
        link::Replica replica(log.feed());
        Edge edge;
        OutboxDriver driver(replica, edge.send(), edge.report(), edge.recall());
        settle(replica);
        QCOMPARE(edge.got.size(), std::size_t{1});
        QVERIFY(edge.got[0].what.number == 2 && edge.got[0].maybeSent && edge.got[0].recalled == "its text was struck");
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
