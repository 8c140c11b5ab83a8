// SPDX-License-Identifier: GPL-3.0-or-later
// What every chat connector must do, run against a real server of each platform. A new platform adds a Platform and a row.
#include "prosodyplatform.h"
#include "seat.h"
#include "tests/support/suite.h"

#include <QThread>

using namespace qd;
using namespace qd::chat;
using namespace qd::test;
using Kind = ChatEvent::Kind;
using Via = Platform::Via;

class TestConformance final : public QObject {
    Q_OBJECT
    std::unique_ptr<Platform> m_platform;
    SystemClock m_clock;
    SystemRandom m_random;

    Uuid id() { return Uuid::make(m_clock, m_random); }

    /// A live connector in the room "war", which it makes or joins.
    std::unique_ptr<Seat> seated(const std::string &user, Via via = Via::Direct, const std::string &cursor = {})
    {
        auto seat = std::make_unique<Seat>(m_platform->connector(user, via));
        seat->c->attach(room(), cursor);
        seat->c->open();
        return QTest::qWaitFor([&] { return seat->isLive() && !seat->rooms.empty(); }, 10'000) ? std::move(seat) : nullptr;
    }
    std::string room() const { return m_platform->roomAddress("war"); }
    bool say(Seat &seat, const std::string &text)
    {
        const Uuid idem = id();
        seat.c->post(idem, room(), text);
        return QTest::qWaitFor([&] { return seat.delivery(idem) == Delivery::Confirmed; }, 10'000);
    }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<QString>("platform");
        QTest::newRow("xmpp") << QStringLiteral("xmpp");
    }
    void init()
    {
        QFETCH_GLOBAL(QString, platform);
        if (platform == QLatin1String("xmpp"))
            m_platform = std::make_unique<ProsodyPlatform>();
        const std::string trouble = m_platform->start();
        QVERIFY2(trouble.empty(), trouble.c_str());
    }
    void cleanup() { m_platform.reset(); }

    void connectsFromCold()
    {
        Seat seat(m_platform->connector("ic", Via::Direct));
        QCOMPARE(seat.c->state(), ConnectorState::Offline);
        seat.c->open();
        QTRY_VERIFY(seat.isLive());
        QCOMPARE(seat.states.front(), ConnectorState::Connecting);
        QVERIFY(std::count(seat.states.begin(), seat.states.end(), ConnectorState::Authenticating) == 1);
        seat.c->close();
        QCOMPARE(seat.c->state(), ConnectorState::Offline);
        seat.c->open();
        QTRY_VERIFY(seat.isLive());
    }

    void stopsAtARefusedPassword()
    {
        Seat seat(m_platform->connector("ic", Via::Relay, "wrong-canary-4711"));
        seat.c->open();
        QTRY_COMPARE(seat.c->state(), ConnectorState::AuthFailed);
        QVERIFY(!seat.reason.empty());
        QVERIFY(seat.reason.find("canary") == std::string::npos);
        QTest::qWait(1500); // three times the longest pause between attempts
        QCOMPARE(m_platform->relay().accepted(), 1);
        QCOMPARE(seat.c->state(), ConnectorState::AuthFailed);
    }

    void keepsTryingWhileTheServerIsAway()
    {
        m_platform->kill();
        Seat seat(m_platform->connector("ic", Via::Direct));
        seat.c->open();
        QTRY_VERIFY(std::count(seat.states.begin(), seat.states.end(), ConnectorState::Degraded) >= 2);
        QVERIFY(!seat.reason.empty() || seat.c->state() == ConnectorState::Connecting);
        QCOMPARE(m_platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(seat.isLive(), 15'000);
    }

    void speaksOnlyToAServerItCanTrust()
    {
        Seat trusted(m_platform->tlsConnector("ic", Platform::Trust::TestAuthority));
        Seat stranger(m_platform->tlsConnector("ic", Platform::Trust::SystemOnly));
        Seat misnamed(m_platform->tlsConnector("ic", Platform::Trust::WrongName));
        for (Seat *seat : {&trusted, &stranger, &misnamed})
            seat->c->open();
        QTRY_VERIFY(trusted.isLive());
        for (Seat *seat : {&stranger, &misnamed}) {
            QTRY_VERIFY(std::count(seat->states.begin(), seat->states.end(), ConnectorState::Degraded) >= 1);
            QCOMPARE(std::count(seat->states.begin(), seat->states.end(), ConnectorState::Authenticating), 0);
            QVERIFY(seat->reason.find("certificate") != std::string::npos || seat->c->state() == ConnectorState::Connecting);
        }
    }

    void makesARoomAndJoinsItWhenTheNameIsTaken()
    {
        Seat first(m_platform->connector("ic", Via::Direct)), second(m_platform->connector("bob", Via::Direct));
        first.c->open();
        second.c->open();
        QTRY_VERIFY(first.isLive() && second.isLive());
        const Uuid a = id(), b = id(), again = id();
        first.c->createRoom({a, "INC 2026/0042", "Shop down"});
        QTRY_COMPARE(first.rooms.size(), std::size_t(1));
        QVERIFY(first.rooms[0].created);
        QCOMPARE(first.rooms[0].idem, a);
        second.c->createRoom({b, "INC 2026/0042", "Shop down"});
        QTRY_COMPARE(second.rooms.size(), std::size_t(1));
        QVERIFY(!second.rooms[0].created);
        QCOMPARE(second.rooms[0].room, first.rooms[0].room);
        first.c->createRoom({again, "INC 2026/0042", "Shop down"});
        QTRY_COMPARE(first.rooms.size(), std::size_t(2));
        QVERIFY(!first.rooms[1].created);
        QTRY_COMPARE(first.c->members(first.rooms[0].room).size(), std::size_t(2));
        QVERIFY(first.failures.empty() && second.failures.empty());
    }

    /// A room of somebody else's: its history comes first, as history.
    void joinsARoomThatIsThereAndReadsItFromAnInstant()
    {
        auto bob = seated("bob");
        QVERIFY(bob && say(*bob, "before"));
        Seat ic(m_platform->connector("ic", Via::Direct));
        ic.c->open();
        QTRY_VERIFY(ic.isLive());
        const Uuid mine = id();
        ic.c->join({mine, room(), {}, m_clock.now() - hours(1)});
        QTRY_COMPARE(ic.rooms.size(), std::size_t(1));
        QCOMPARE(ic.rooms[0].idem, mine);
        QVERIFY(!ic.rooms[0].created && !ic.rooms[0].cursor.empty());
        QCOMPARE(ic.texts(room()), std::vector<std::string>{"before"});
        QVERIFY(ic.find(Kind::Message, "before")->replayed);
        QVERIFY(say(*bob, "after"));
        QVERIFY(hears(ic, room(), {"before", "after"}));
        QVERIFY(!ic.find(Kind::Message, "after")->replayed);
        // Another process, from the cursor: nothing comes twice.
        Seat again(m_platform->connector("dba", Via::Direct));
        again.c->open();
        again.c->join({id(), room(), ic.cursors[room()], m_clock.now() - hours(1)});
        QTRY_COMPARE(again.rooms.size(), std::size_t(1));
        QVERIFY(again.texts(room()).empty());
    }

    void neverMakesARoomItWasToJoin()
    {
        Seat ic(m_platform->connector("ic", Via::Direct)), bob(m_platform->connector("bob", Via::Direct));
        ic.c->open();
        bob.c->open();
        QTRY_VERIFY(ic.isLive() && bob.isLive());
        const Uuid mine = id();
        ic.c->join({mine, m_platform->roomAddress("nowhere"), {}, {}});
        QTRY_COMPARE(ic.failures.size(), std::size_t(1));
        QCOMPARE(ic.failures[0].first, mine);
        QCOMPARE(ic.failures[0].second.code, Code::NotFound);
        QVERIFY(ic.rooms.empty());
        bob.c->createRoom({id(), "nowhere", "Now it is there"});
        QTRY_COMPARE(bob.rooms.size(), std::size_t(1));
        QVERIFY(bob.rooms[0].created);
        QTRY_VERIFY(ic.isLive());
    }

    void refusesARoomWithoutAName()
    {
        Seat seat(m_platform->connector("ic", Via::Direct));
        const Uuid a = id();
        seat.c->createRoom({a, "///", ""});
        QCOMPARE(seat.failures.size(), std::size_t(1));
        QCOMPARE(seat.failures[0].first, a);
    }

    void confirmsAPostByTheRoom()
    {
        auto ic = seated("ic");
        QVERIFY(ic);
        const Uuid idem = id();
        ic->c->post(idem, room(), "hello");
        QTRY_COMPARE(ic->delivery(idem), Delivery::Confirmed);
        QCOMPARE(ic->deliveriesOf(idem), (std::vector<Delivery>{Delivery::Queued, Delivery::Sent, Delivery::Confirmed}));
        QVERIFY(!ic->message(idem).eventId.empty());
        const ChatEvent *own = ic->find(Kind::Message, "hello");
        QVERIFY(own && own->own && !own->replayed);
        QCOMPARE(own->eventId, ic->message(idem).eventId);
        QCOMPARE(ic->cursors[room()], own->eventId);
        ic->c->post(idem, room(), "hello"); // a repeat is answered, not sent
        QTest::qWait(300);
        QCOMPARE(ic->texts(room()), Strings{"hello"});
        QCOMPARE(ic->deliveriesOf(idem).back(), Delivery::Confirmed);
    }

    void failsAPostToARoomWeAreNotIn()
    {
        auto ic = seated("ic");
        QVERIFY(ic);
        const Uuid idem = id();
        ic->c->post(idem, m_platform->roomAddress("elsewhere"), "hello");
        QCOMPARE(ic->delivery(idem), Delivery::Failed);
        QVERIFY(!ic->deliveries.back().reason.empty());
    }

    void hearsOthersWithAProvenIdentity()
    {
        auto ic = seated("ic");
        auto bob = seated("bob");
        QVERIFY(ic && bob);
        QTRY_VERIFY(ic->find(Kind::Join));
        QCOMPARE(ic->find(Kind::Join)->senderId, m_platform->idOf("bob"));
        QVERIFY(say(*bob, "db1 is slow"));
        QVERIFY(hears(*ic, room(), {"db1 is slow"}));
        const ChatEvent *event = ic->find(Kind::Message);
        QCOMPARE(event->senderId, m_platform->idOf("bob"));
        QVERIFY(event->identityVerified && !event->own && !event->replayed && !event->direct);
        QVERIFY(!event->eventId.empty() && !event->raw.empty());
        QCOMPARE(event->connector, std::string("room"));
        bob->c->detach(room());
        QTRY_VERIFY(ic->find(Kind::Leave));
    }

    void carriesTextUnharmed()
    {
        auto ic = seated("ic");
        auto bob = seated("bob");
        QVERIFY(ic && bob);
        const Strings texts{"two\nlines", "<script>&amp;\"']]></script>", "😀 🚒 1️⃣", "שלום עולם / مرحبا", "tab\there",
                            "PRIVMSG #war :injected", "</body></message><message to='x'>"};
        for (const std::string &text : texts)
            QVERIFY(say(*bob, text));
        QVERIFY(hears(*ic, room(), texts));
        QVERIFY(say(*bob, "cr\r\nlf\rand \x01\x1b[31m control"));
        QTRY_COMPARE(ic->texts(room()).size(), texts.size() + 1);
        const std::string last = ic->texts(room()).back();
        QVERIFY(last.find('\r') == std::string::npos && last.find('\x1b') == std::string::npos);
        QVERIFY(last.starts_with("cr\nlf\n"));
    }

    void splitsTextThatIsTooLong()
    {
        auto ic = seated("ic");
        auto bob = seated("bob");
        QVERIFY(ic && bob);
        const std::string text(2 * ic->c->caps().maxText + 100, 'x');
        const Uuid idem = id();
        ic->c->post(idem, room(), text);
        QTRY_COMPARE_WITH_TIMEOUT(ic->delivery(idem), Delivery::Confirmed, 10'000);
        QTRY_COMPARE(bob->texts(room()).size(), std::size_t(3));
        QVERIFY(bob->texts(room())[0].starts_with("(1/3) x") && bob->texts(room())[2].starts_with("(3/3) x"));
    }

    void editsReactsRetractsAndSetsTheTopic()
    {
        auto ic = seated("ic");
        auto bob = seated("bob");
        QVERIFY(ic && bob);
        const Uuid post = id(), edit = id(), react = id(), unreact = id(), topic = id(), retract = id(), invite = id();
        ic->c->post(post, room(), "teh shop is down");
        QTRY_COMPARE(ic->delivery(post), Delivery::Confirmed);
        ic->c->edit(edit, room(), ic->message(post), "the shop is down");
        QTRY_VERIFY(bob->find(Kind::Edit, "the shop is down"));
        const ChatEvent said = *bob->find(Kind::Message); // a copy: the list grows
        const auto names = [](const ChatEvent &item, const ChatEvent &target) {
            return item.targetId == target.eventId || item.targetId == target.messageId;
        };
        QVERIFY(names(*bob->find(Kind::Edit), said));
        bob->c->react(react, room(), {said.eventId, said.messageId}, {"👍", "👀"});
        QTRY_VERIFY(ic->find(Kind::Reaction));
        QCOMPARE(ic->find(Kind::Reaction)->emojis, (Strings{"👍", "👀"}));
        QCOMPARE(ic->find(Kind::Reaction)->senderId, m_platform->idOf("bob"));
        QVERIFY(names(*ic->find(Kind::Reaction), *ic->find(Kind::Message)));
        bob->c->react(unreact, room(), {said.eventId, said.messageId}, {});
        QTRY_VERIFY(ic->find(Kind::Unreaction));
        ic->c->retract(retract, room(), ic->message(post));
        QTRY_VERIFY(bob->find(Kind::Delete));
        QVERIFY(names(*bob->find(Kind::Delete), *bob->find(Kind::Message)));
        ic->c->setTopic(topic, room(), "SEV2 shop down");
        QTRY_VERIFY(bob->find(Kind::Topic, "SEV2 shop down"));
        ic->c->invite(invite, room(), m_platform->idOf("dba"), "database help needed");
        for (const Uuid &idem : {edit, topic, retract, invite})
            QTRY_COMPARE(ic->delivery(idem), Delivery::Confirmed);
        for (const Uuid &idem : {react, unreact})
            QTRY_COMPARE(bob->delivery(idem), Delivery::Confirmed);
    }

    void failsAWriteThatNamesNothing()
    {
        auto ic = seated("ic");
        QVERIFY(ic);
        const Uuid react = id();
        ic->c->react(react, room(), {}, {"👍"});
        QCOMPARE(ic->delivery(react), Delivery::Failed);
    }

    void pagesAPersonAndHearsTheAnswer()
    {
        auto ic = seated("ic");
        Seat bob(m_platform->connector("bob", Via::Direct));
        bob.c->open();
        QTRY_VERIFY(bob.isLive());
        const Uuid page = id(), answer = id();
        ic->c->postDirect(page, m_platform->idOf("bob"), "SEV1 shop down, answer !ack");
        QTRY_COMPARE(ic->delivery(page), Delivery::Confirmed);
        QTRY_VERIFY(bob.find(Kind::Message));
        QVERIFY(bob.find(Kind::Message)->direct && bob.find(Kind::Message)->room.empty());
        QVERIFY(bob.find(Kind::Message)->identityVerified);
        bob.c->postDirect(answer, m_platform->idOf("ic"), "!ack");
        QTRY_VERIFY(ic->find(Kind::Message, "!ack"));
        const ChatEvent *event = ic->find(Kind::Message, "!ack");
        QVERIFY(event->direct && event->identityVerified && !event->replayed);
        QCOMPARE(event->senderId, m_platform->idOf("bob"));
    }

    /// The answer to a page is written while we are gone and the server forgets our session: it must come, once.
    void hearsTheAnswerToAPageThatCameWhileItWasGone()
    {
        auto ic = seated("ic", Via::Relay);
        Seat bob(m_platform->connector("bob", Via::Direct));
        bob.c->open();
        QTRY_VERIFY(bob.isLive());
        const Uuid early = id(), late = id();
        bob.c->postDirect(early, m_platform->idOf("ic"), "early");
        QTRY_VERIFY(ic->find(Kind::Message, "early"));
        m_platform->relay().setAccepting(false);
        m_platform->relay().cutByReset();
        m_platform->kill();
        QCOMPARE(m_platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(bob.isLive(), 15'000);
        bob.c->postDirect(late, m_platform->idOf("ic"), "!ack");
        QTRY_COMPARE(bob.delivery(late), Delivery::Confirmed);
        m_platform->relay().setAccepting(true);
        QVERIFY(hears(*ic, {}, {"early", "!ack"}));
        QTest::qWait(500);
        QCOMPARE(ic->texts({}), (Strings{"early", "!ack"}));
        QVERIFY(ic->find(Kind::Message, "!ack")->replayed);
        QCOMPARE(ic->find(Kind::Message, "!ack")->senderId, m_platform->idOf("bob"));
    }

    void saysWhenAPageReachesNobody()
    {
        auto ic = seated("ic");
        const Uuid page = id(), bad = id();
        ic->c->postDirect(page, m_platform->nobody(), "wake up");
        QTRY_COMPARE(ic->delivery(page), Delivery::Failed);
        QVERIFY(!ic->deliveries.back().reason.empty());
        ic->c->postDirect(bad, "not an address", "wake up");
        QCOMPARE(ic->delivery(bad), Delivery::Failed);
    }

    void comesBackFromACutWithoutLoss_data()
    {
        QTest::addColumn<QString>("how");
        QTest::newRow("reset") << QStringLiteral("reset");
        QTest::newRow("fin") << QStringLiteral("fin");
        QTest::newRow("stalled") << QStringLiteral("stall");
    }
    void comesBackFromACutWithoutLoss()
    {
        QFETCH(QString, how);
        auto ic = seated("ic", Via::Relay);
        auto bob = seated("bob");
        QVERIFY(ic && bob);
        QVERIFY(say(*bob, "1"));
        QVERIFY(hears(*ic, room(), {"1"}));
        m_platform->relay().setAccepting(false);
        if (how == QLatin1String("reset"))
            m_platform->relay().cutByReset();
        else if (how == QLatin1String("fin"))
            m_platform->relay().cutByFin();
        else
            m_platform->relay().stall();
        QVERIFY(say(*bob, "2"));
        QVERIFY(say(*bob, "3"));
        const Uuid mine = id();
        ic->c->post(mine, room(), "written while cut off");
        QTRY_VERIFY_WITH_TIMEOUT(std::count(ic->states.begin(), ic->states.end(), ConnectorState::Degraded) >= 1, 5000);
        m_platform->relay().setAccepting(true);
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && ic->delivery(mine) == Delivery::Confirmed, 15'000);
        QVERIFY(say(*bob, "4"));
        QVERIFY(hears(*ic, room(), {"1", "2", "3", "written while cut off", "4"}));
        QVERIFY(hears(*bob, room(), {"1", "2", "3", "written while cut off", "4"}));
        QCOMPARE(ic->recoveriesOf(room()), std::size_t(1));
        QVERIFY(ic->recoveries.front().kind != Recovery::Kind::Gap);
        if (ic->c->caps().resume != Caps::Resume::None)
            QVERIFY(!ic->find(Kind::Gap));
    }

    void noticesAFrozenServer()
    {
        auto ic = seated("ic");
        QVERIFY(ic);
        QVERIFY(say(*ic, "before"));
        m_platform->freeze();
        const Uuid mine = id();
        ic->c->post(mine, room(), "into the void");
        QTRY_VERIFY_WITH_TIMEOUT(std::count(ic->states.begin(), ic->states.end(), ConnectorState::Degraded) >= 1, 5000);
        QTRY_VERIFY_WITH_TIMEOUT(ic->delivery(mine) == Delivery::Unknown, 5000);
        m_platform->thaw();
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && ic->delivery(mine) == Delivery::Confirmed, 20'000);
        QVERIFY(hears(*ic, room(), {"before", "into the void"}));
    }

    /// The server took the post, but its confirmation never reached us, and the session cannot be resumed.
    void neverPostsTwiceWhenOnlyTheAnswerWasLost()
    {
        auto ic = seated("ic", Via::Relay);
        auto bob = seated("bob", Via::Relay);
        QVERIFY(ic && bob);
        m_platform->relay().swallowAnswers(true);
        const Uuid mine = id();
        ic->c->post(mine, room(), "once");
        QTest::qWait(300);
        m_platform->kill();
        m_platform->relay().swallowAnswers(false);
        m_platform->relay().cutByReset();
        QCOMPARE(m_platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && bob->isLive(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(ic->delivery(mine), Delivery::Confirmed, 10'000);
        QVERIFY(hears(*bob, room(), {"once"}));
        QVERIFY(say(*bob, "after"));
        QVERIFY(hears(*bob, room(), {"once", "after"}));
        QVERIFY(hears(*ic, room(), {"once", "after"}));
        const auto states = ic->deliveriesOf(mine);
        QVERIFY(std::count(states.begin(), states.end(), Delivery::Sent) == 1);
        QVERIFY(std::count(states.begin(), states.end(), Delivery::Unknown) >= 1);
    }

    /// The server restarts and has forgotten every session: what was written meanwhile comes from its archive.
    void catchesUpWhenTheServerLostItsState()
    {
        auto ic = seated("ic", Via::Relay);
        auto bob = seated("bob");
        QVERIFY(ic && bob);
        QVERIFY(say(*bob, "1"));
        QVERIFY(hears(*ic, room(), {"1"}));
        m_platform->relay().setAccepting(false);
        m_platform->relay().cutByReset();
        m_platform->kill();
        const Uuid mine = id();
        ic->c->post(mine, room(), "mine");
        QCOMPARE(m_platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(bob->isLive(), 15'000);
        Strings expected{"1"};
        for (int i = 0; i < 130; ++i) { // more than one page of history
            expected.push_back("missed " + std::to_string(i));
            bob->c->post(id(), room(), expected.back());
        }
        QTRY_COMPARE_WITH_TIMEOUT(bob->texts(room()).size(), expected.size(), 30'000);
        m_platform->relay().setAccepting(true);
        expected.push_back("mine");
        QVERIFY(hears(*ic, room(), expected));
        QTRY_COMPARE(ic->delivery(mine), Delivery::Confirmed);
        QCOMPARE(ic->recoveriesOf(room()), std::size_t(1));
        for (const Recovery &r : ic->recoveries)
            if (r.room == room()) {
                QCOMPARE(r.kind, Recovery::Kind::CaughtUp);
                QCOMPARE(r.messages, std::size_t(130));
            }
        for (const ChatEvent &e : ic->events)
            if (e.text.starts_with("missed")) {
                QVERIFY(e.replayed && !e.identityVerified);
                QCOMPARE(e.senderId, m_platform->idOf("bob"));
            }
        QVERIFY(!ic->find(Kind::Gap));
        QVERIFY(say(*bob, "live again"));
        QTRY_VERIFY(ic->find(Kind::Message, "live again"));
        QVERIFY(ic->find(Kind::Message, "live again")->identityVerified);
    }

    /// Our own process restarts: it reads on from the journaled cursor and finds what it may have sent.
    void readsOnFromACursorAfterARestart()
    {
        auto bob = seated("bob");
        std::string cursor;
        Outgoing mine;
        mine.idem = id();
        mine.room = room();
        mine.text = "sent before the crash";
        mine.queuedAt = m_clock.now();
        {
            auto ic = seated("ic");
            QVERIFY(say(*bob, "old"));
            QVERIFY(hears(*ic, room(), {"old"}));
            cursor = ic->cursors[room()];
            ic->c->send(mine);
            QTRY_COMPARE(ic->delivery(mine.idem), Delivery::Confirmed);
        }
        QVERIFY(say(*bob, "new"));
        auto ic = seated("ic", Via::Direct, cursor);
        QVERIFY(ic);
        QVERIFY(hears(*ic, room(), {"sent before the crash", "new"}));
        QVERIFY(ic->find(Kind::Message, "new")->replayed);
        QVERIFY(ic->find(Kind::Message, "sent before the crash")->own);
        QCOMPARE(ic->recoveriesOf(room()), std::size_t(1));
        mine.maybeSent = true;
        ic->c->send(mine);
        QTRY_COMPARE(ic->delivery(mine.idem), Delivery::Confirmed);
        Outgoing lost = mine;
        lost.idem = id();
        lost.text = "never left";
        ic->c->send(lost);
        QTRY_COMPARE(ic->delivery(lost.idem), Delivery::Confirmed);
        QVERIFY(hears(*bob, room(), {"old", "sent before the crash", "new", "never left"}));
    }

    void startsWithoutHistoryWhenThereIsNoCursor()
    {
        auto bob = seated("bob");
        QVERIFY(say(*bob, "before"));
        auto ic = seated("ic");
        QVERIFY(ic);
        QVERIFY(!ic->cursors[room()].empty());
        QVERIFY(say(*bob, "after"));
        QVERIFY(hears(*ic, room(), {"after"}));
        QVERIFY(ic->recoveries.empty());
    }

    void givesNothingTwice()
    {
        auto ic = seated("ic");
        auto bob = seated("bob");
        QVERIFY(say(*bob, "1"));
        const std::string early = ic->rooms.front().cursor;
        QVERIFY(say(*bob, "2"));
        QVERIFY(hears(*ic, room(), {"1", "2"}));
        ic->c->fetchSince(room(), early);
        QTRY_COMPARE(ic->recoveriesOf(room()), std::size_t(1));
        QVERIFY(say(*bob, "3"));
        QVERIFY(hears(*ic, room(), {"1", "2", "3"}));
    }

    void tellsWhenHistoryCannotReachBack()
    {
        auto bob = seated("bob");
        QVERIFY(say(*bob, "1"));
        auto ic = seated("ic", Via::Direct, "no-such-archive-id");
        QVERIFY(ic);
        QTRY_COMPARE(ic->recoveriesOf(room()), std::size_t(1));
        QVERIFY(std::any_of(ic->recoveries.begin(), ic->recoveries.end(),
                            [&](const Recovery &r) { return r.room == room() && r.kind == Recovery::Kind::Gap; }));
        QVERIFY(ic->find(Kind::Gap) && !ic->find(Kind::Gap)->text.empty());
        QVERIFY(say(*bob, "2"));
        QTRY_VERIFY(ic->find(Kind::Message, "2"));
    }

    /// One member must not be able to keep us out, live or from history.
    void survivesAMessageBeyondItsLimits()
    {
        auto ic = seated("ic", Via::Relay);
        auto bob = seated("bob");
        QVERIFY(say(*bob, "before"));
        const std::string cursor = ic->rooms.front().cursor;
        m_platform->sendHostile("dba", room());
        QTRY_VERIFY(ic->find(Kind::Gap));
        QVERIFY(say(*bob, "after"));
        QVERIFY(hears(*ic, room(), {"before", "after"}));
        QVERIFY(ic->isLive());
        auto late = seated("ic", Via::Direct, cursor);
        QVERIFY(late);
        QVERIFY(hears(*late, room(), {"before", "after"}));
        QVERIFY(late->find(Kind::Gap));
    }

    void livesOnAThreadOfItsOwn()
    {
        auto bob = seated("bob");
        QThread edge;
        edge.start();
        auto *connector = m_platform->connector("ic", Via::Direct).release();
        std::vector<std::string> heard;
        QObject::connect(connector, &ChatConnector::event, this, [&](const ChatEvent &e) {
            if (e.kind == Kind::Message)
                heard.push_back(e.text);
        });
        ConnectorState state = ConnectorState::Offline;
        QObject::connect(connector, &ChatConnector::stateChanged, this, [&](ConnectorState s) { state = s; });
        connector->moveToThread(&edge);
        QMetaObject::invokeMethod(connector, [connector, room = room()] {
            connector->open();
            connector->attach(room, {});
        });
        QTRY_VERIFY(state == ConnectorState::Live);
        QTRY_VERIFY(bob->find(Kind::Join));
        QVERIFY(say(*bob, "hello thread"));
        QTRY_COMPARE(heard, Strings{"hello thread"});
        QMetaObject::invokeMethod(connector, [connector] { delete connector; }, Qt::BlockingQueuedConnection);
        edge.quit();
        QVERIFY(edge.wait(5000));
    }
};

QD_TEST(TestConformance)
#include "tst_conformance.moc"
