// SPDX-License-Identifier: GPL-3.0-or-later
// What every chat connector must do, run against a real server of each platform. A new platform adds a Platform and a row.
#include "bench.h"

#include <QScopeGuard>
#include <QThread>
#include <utility>

using namespace qd;
using namespace qd::chat;
using namespace qd::test;
using Kind = ChatEvent::Kind;
using Via = Platform::Via;

class TestConformance final : public QObject {
    Q_OBJECT
    Bench m;

private Q_SLOTS:
    void initTestCase_data() { Bench::addPlatforms(); }
    void initTestCase()
    {
        const std::string without = unjudged(*metaObject());
        QVERIFY2(without.empty(), without.c_str());
    }
    void init()
    {
        QFETCH_GLOBAL(QString, platform);
        const std::string trouble = m.begin(platform);
        QVERIFY2(trouble.empty(), trouble.c_str());
    }
    void cleanup() { m.end(); }
    void cleanupTestCase() { m.print("conformance"); }

    void connectsFromCold()
    {
        Seat seat(m.platform->connector("ic", Via::Direct));
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
        Seat seat(m.platform->connector("ic", Via::Relay, "wrong-canary-4711"));
        seat.c->open();
        QTRY_COMPARE(seat.c->state(), ConnectorState::AuthFailed);
        QVERIFY(!seat.reason.empty());
        QVERIFY(seat.reason.find("canary") == std::string::npos);
        QTest::qWait(1500); // three times the longest pause between attempts
        QCOMPARE(m.platform->relay().accepted(), 1);
        QCOMPARE(seat.c->state(), ConnectorState::AuthFailed);
    }

    void keepsTryingWhileTheServerIsAway()
    {
        m.platform->kill();
        Seat seat(m.platform->connector("ic", Via::Direct));
        seat.c->open();
        QTRY_VERIFY(std::count(seat.states.begin(), seat.states.end(), ConnectorState::Degraded) >= 2);
        QVERIFY(!seat.reason.empty() || seat.c->state() == ConnectorState::Connecting);
        QCOMPARE(m.platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(seat.isLive(), 40'000);
    }

    void speaksOnlyToAServerItCanTrust()
    {
        Seat trusted(m.platform->tlsConnector("ic", Platform::Trust::TestAuthority));
        Seat stranger(m.platform->tlsConnector("ic", Platform::Trust::SystemOnly));
        Seat misnamed(m.platform->tlsConnector("ic", Platform::Trust::WrongName));
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
        Seat first(m.platform->connector("ic", Via::Direct)), second(m.platform->connector("bob", Via::Direct));
        first.c->open();
        second.c->open();
        QTRY_VERIFY(first.isLive() && second.isLive());
        const Uuid a = m.id(), b = m.id(), again = m.id();
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
        if (first.c->caps().membership)
            QTRY_COMPARE(first.c->members(first.rooms[0].room).size(), std::size_t(2));
        else
            m.cannot("a channel has no members: it is there for whoever may see it");
        QVERIFY(first.failures.empty() && second.failures.empty());
    }

    /// A room of somebody else's: its history comes first, as history.
    void joinsARoomThatIsThereAndReadsItFromAnInstant()
    {
        auto bob = m.seated("bob");
        QVERIFY(bob && m.say(*bob, "before"));
        Seat ic(m.platform->connector("ic", Via::Direct));
        ic.c->open();
        QTRY_VERIFY(ic.isLive());
        const Uuid mine = m.id();
        ic.c->join({mine, m.room(), {}, m.clock.now() - hours(1)});
        QTRY_COMPARE(ic.rooms.size(), std::size_t(1));
        QCOMPARE(ic.rooms[0].idem, mine);
        QVERIFY(!ic.rooms[0].created && !ic.rooms[0].cursor.empty());
        QCOMPARE(ic.texts(m.room()), std::vector<std::string>{"before"});
        QVERIFY(ic.find(Kind::Message, "before")->replayed);
        QVERIFY(m.say(*bob, "after"));
        QVERIFY(hears(ic, m.room(), {"before", "after"}));
        QVERIFY(!ic.find(Kind::Message, "after")->replayed);
        // Another process, from the cursor: nothing comes twice.
        Seat again(m.platform->connector("dba", Via::Direct));
        again.c->open();
        again.c->join({m.id(), m.room(), ic.cursors[m.room()], m.clock.now() - hours(1)});
        QTRY_COMPARE(again.rooms.size(), std::size_t(1));
        QVERIFY(again.texts(m.room()).empty());
    }

    void neverMakesARoomItWasToJoin()
    {
        Seat ic(m.platform->connector("ic", Via::Direct)), bob(m.platform->connector("bob", Via::Direct));
        ic.c->open();
        bob.c->open();
        QTRY_VERIFY(ic.isLive() && bob.isLive());
        const Uuid mine = m.id();
        ic.c->join({mine, m.platform->roomAddress("nowhere"), {}, {}});
        QTRY_COMPARE(ic.failures.size(), std::size_t(1));
        QCOMPARE(ic.failures[0].first, mine);
        QCOMPARE(ic.failures[0].second.code, Code::NotFound);
        QVERIFY(ic.rooms.empty());
        bob.c->createRoom({m.id(), "nowhere", "Now it is there"});
        QTRY_COMPARE(bob.rooms.size(), std::size_t(1));
        QVERIFY(bob.rooms[0].created);
        QTRY_VERIFY(ic.isLive());
    }

    void refusesARoomWithoutAName()
    {
        Seat seat(m.platform->connector("ic", Via::Direct));
        const Uuid a = m.id();
        seat.c->createRoom({a, "///", ""});
        QCOMPARE(seat.failures.size(), std::size_t(1));
        QCOMPARE(seat.failures[0].first, a);
    }

    void confirmsAPostByTheRoom()
    {
        auto ic = m.seated("ic");
        QVERIFY(ic);
        const Uuid idem = m.id();
        ic->c->post(idem, m.room(), "hello");
        QTRY_COMPARE(ic->delivery(idem), Delivery::Confirmed);
        QCOMPARE(ic->deliveriesOf(idem), (std::vector<Delivery>{Delivery::Queued, Delivery::Sent, Delivery::Confirmed}));
        QVERIFY(!ic->message(idem).eventId.empty());
        QTRY_VERIFY(ic->find(Kind::Message, "hello")); // a platform that answers a post may show it later
        const ChatEvent *own = ic->find(Kind::Message, "hello");
        QVERIFY(own && own->own && !own->replayed);
        QCOMPARE(own->eventId, ic->message(idem).eventId);
        QCOMPARE(ic->cursors[m.room()], own->eventId);
        ic->c->post(idem, m.room(), "hello"); // a repeat is answered, not sent
        QTest::qWait(300);
        QCOMPARE(ic->texts(m.room()), Strings{"hello"});
        QCOMPARE(ic->deliveriesOf(idem).back(), Delivery::Confirmed);
    }

    void failsAPostToARoomWeAreNotIn()
    {
        auto ic = m.seated("ic");
        QVERIFY(ic);
        const Uuid idem = m.id();
        ic->c->post(idem, m.platform->roomAddress("elsewhere"), "hello");
        QCOMPARE(ic->delivery(idem), Delivery::Failed);
        QVERIFY(!ic->deliveries.back().reason.empty());
    }

    void hearsOthersWithAProvenIdentity()
    {
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        const bool tellsWhoComes = ic->c->caps().membership;
        if (tellsWhoComes) {
            QTRY_VERIFY(ic->find(Kind::Join));
            QCOMPARE(ic->find(Kind::Join)->senderId, m.platform->idOf("bob"));
        } else {
            m.cannot("nobody comes or goes: a channel is there for whoever may see it");
        }
        QVERIFY(m.say(*bob, "db1 is slow"));
        QVERIFY(hears(*ic, m.room(), {"db1 is slow"}));
        const ChatEvent *event = ic->find(Kind::Message);
        QCOMPARE(event->senderId, m.platform->idOf("bob"));
        QVERIFY(!event->own && !event->replayed && !event->direct);
        QCOMPARE(event->identityVerified, m.platform->vouchesForConnectors());
        QVERIFY(!event->eventId.empty() && !event->raw.empty());
        QCOMPARE(event->connector, std::string("room"));
        bob->c->detach(m.room());
        if (tellsWhoComes)
            QTRY_VERIFY(ic->find(Kind::Leave));
    }

    void carriesTextUnharmed()
    {
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        const Strings texts{"two\nlines", "<script>&amp;\"']]></script>", "😀 🚒 1️⃣", "שלום עולם / مرحبا", "tab\there",
                            "PRIVMSG #war :injected", "</body></message><message to='x'>", "& < > <!channel> *b* _i_ `c`", "/me is not a command", "x\nQUIT :bye"};
        for (const std::string &text : texts)
            QVERIFY(m.say(*bob, text));
        if (!ic->c->caps().multiline)
            m.cannot("a message has one line: several become messages in order");
        const auto asHeard = [&](const Strings &said) { // the messages a text becomes
            Strings out;
            for (const std::string &text : said)
                for (const QString &line : QString::fromStdString(text).split(QLatin1Char(ic->c->caps().multiline ? '\0' : '\n')))
                    out.push_back(line.toStdString());
            return out;
        };
        QVERIFY(hears(*ic, m.room(), asHeard(texts)));
        QVERIFY(m.say(*bob, "cr\r\nlf\rand \x01\x1b[31m control"));
        const std::size_t before = asHeard(texts).size();
        QTRY_COMPARE(ic->texts(m.room()).size(), before + asHeard({"cr\nlf\nand"}).size());
        const Strings all = ic->texts(m.room());
        std::string last;
        for (auto it = all.begin() + static_cast<std::ptrdiff_t>(before); it != all.end(); ++it)
            last += *it + '\n';
        QVERIFY(last.find('\r') == std::string::npos && last.find('\x1b') == std::string::npos);
        QVERIFY(last.starts_with("cr\nlf\n"));
        QVERIFY(bob->isLive()); // nothing of it was taken for a command
    }

    void splitsTextThatIsTooLong()
    {
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        const std::string text(2 * ic->c->caps().maxText + 100, 'x');
        const Uuid idem = m.id();
        ic->c->post(idem, m.room(), text);
        QTRY_COMPARE(ic->delivery(idem), Delivery::Confirmed);
        QTRY_COMPARE(bob->texts(m.room()).size(), std::size_t(3));
        QVERIFY(bob->texts(m.room())[0].starts_with("(1/3) x") && bob->texts(m.room())[2].starts_with("(3/3) x"));
    }

    void editsAndRetracts()
    {
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        const Uuid post = m.id(), edit = m.id(), retract = m.id();
        ic->c->post(post, m.room(), "teh shop is down");
        QTRY_COMPARE(ic->delivery(post), Delivery::Confirmed);
        QTRY_VERIFY(bob->find(Kind::Message));
        const ChatEvent said = *bob->find(Kind::Message); // a copy: the list grows
        const auto names = [&](const ChatEvent &item) { return item.targetId == said.eventId || item.targetId == said.messageId; };
        ic->c->edit(edit, m.room(), ic->message(post), "the shop is down");
        if (ic->c->caps().edit) {
            QTRY_VERIFY(bob->find(Kind::Edit, "the shop is down"));
            QVERIFY(names(*bob->find(Kind::Edit)));
            QTRY_COMPARE(ic->delivery(edit), Delivery::Confirmed);
        } else {
            m.cannot("what was said stays as it is: refused at once, with the reason");
            QCOMPARE(ic->delivery(edit), Delivery::Failed);
            QVERIFY(!ic->deliveries.back().reason.empty());
        }
        ic->c->retract(retract, m.room(), ic->message(post));
        if (ic->c->caps().remove) {
            QTRY_VERIFY(bob->find(Kind::Delete));
            QVERIFY(names(*bob->find(Kind::Delete)));
            QTRY_COMPARE(ic->delivery(retract), Delivery::Confirmed);
        } else {
            QCOMPARE(ic->delivery(retract), Delivery::Failed);
        }
    }

    void aReplyInAThreadIsHeardInIt()
    {
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        if (!ic->c->caps().threads) {
            m.cannot("no threads: everything is said in the room");
            return;
        }
        QVERIFY(m.say(*ic, "who looks?"));
        QTRY_VERIFY(bob->find(Kind::Message, "who looks?"));
        const std::string first = bob->find(Kind::Message, "who looks?")->eventId;
        const Uuid reply = m.id();
        bob->c->post(reply, m.room(), "I do", first);
        QTRY_VERIFY(ic->find(Kind::Message, "I do"));
        QCOMPARE(ic->find(Kind::Message, "I do")->thread, first);
        QTRY_COMPARE(bob->delivery(reply), Delivery::Confirmed);
    }

    /// Where a thread is a channel of its own, which the room's history does not hold.
    void aThreadBelowTheRoomIsHeardAnsweredInAndReadBack()
    {
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        QVERIFY(ic && bob && m.say(*bob, "who looks?"));
        QTRY_VERIFY(ic->find(Kind::Message, "who looks?"));
        const std::string first = ic->find(Kind::Message, "who looks?")->eventId;
        if (!m.platform->sayInThread(first, "I do")) {
            m.cannot("no thread is a channel of its own");
            return;
        }
        QTRY_VERIFY(ic->find(Kind::Message, "I do") && bob->find(Kind::Message, "I do"));
        QCOMPARE(ic->find(Kind::Message, "I do")->thread, first);
        const Uuid reply = m.id(), edit = m.id();
        bob->c->post(reply, m.room(), "so do I", first);
        QTRY_COMPARE(bob->delivery(reply), Delivery::Confirmed);
        QTRY_VERIFY(ic->find(Kind::Message, "so do I"));
        QCOMPARE(ic->find(Kind::Message, "so do I")->thread, first);
        bob->c->edit(edit, m.room(), {ic->find(Kind::Message, "so do I")->eventId, {}}, "we both do");
        QTRY_COMPARE(bob->delivery(edit), Delivery::Confirmed); // it stands in the thread, and nowhere else
        QTRY_VERIFY(ic->find(Kind::Edit, "we both do"));
        const std::string cursor = ic->cursors[m.room()];
        ic.reset();
        QVERIFY(m.platform->sayInThread(first, "found it"));
        QVERIFY(m.say(*bob, "beside it"));
        ic = m.seated("ic", Via::Direct, cursor);
        QVERIFY(ic);
        QTRY_VERIFY(ic->find(Kind::Message, "found it") && ic->find(Kind::Message, "beside it"));
        QVERIFY(ic->find(Kind::Message, "found it")->replayed && ic->find(Kind::Message, "beside it")->replayed);
        QCOMPARE(ic->find(Kind::Message, "found it")->thread, first);
        const Strings texts = ic->texts(m.room());
        QCOMPARE(std::count(texts.begin(), texts.end(), "found it"), 1);
        QVERIFY(m.platform->sayInThread(first, "mended"));
        QTRY_VERIFY(ic->find(Kind::Message, "mended"));
        QVERIFY(!ic->find(Kind::Message, "mended")->replayed);
    }

    void aPrivateRoomIsSeenByThoseAloneWhoAreAskedIn()
    {
        Seat ic(m.platform->connector("ic", Via::Direct)), bob(m.platform->connector("bob", Via::Direct));
        ic.c->open();
        bob.c->open();
        QTRY_VERIFY(ic.isLive() && bob.isLive());
        if (!ic.c->caps().privateRooms) {
            m.cannot("no private rooms are made");
            return;
        }
        ic.c->createRoom({m.id(), "secret", "For few", true});
        QTRY_COMPARE(ic.rooms.size(), std::size_t(1));
        QVERIFY(ic.rooms[0].created);
        const std::string room = ic.rooms[0].room;
        bob.c->join({m.id(), room, {}, {}});
        QTRY_COMPARE(bob.failures.size(), std::size_t(1));
        const Uuid invite = m.id(), said = m.id();
        ic.c->invite(invite, room, m.platform->idOf("bob"), "look at it");
        QTRY_COMPARE(ic.delivery(invite), Delivery::Confirmed);
        bob.c->join({m.id(), room, {}, {}});
        QTRY_COMPARE(bob.rooms.size(), std::size_t(1));
        ic.c->post(said, room, "between us");
        QTRY_VERIFY(bob.find(Kind::Message, "between us"));
        // One that others see is never taken for it, though its name is the same; nor is another made in its place.
        bob.c->createRoom({m.id(), "seen", "For all"});
        QTRY_COMPARE(bob.rooms.size(), std::size_t(2));
        ic.c->createRoom({m.id(), "seen", "For few", true});
        QTRY_COMPARE(ic.failures.size(), std::size_t(1));
        QCOMPARE(ic.failures[0].second.code, Code::Conflict);
        QCOMPARE(ic.rooms.size(), std::size_t(1));
        QVERIFY(ic.texts(m.platform->roomAddress("seen")).empty() && bob.texts(m.platform->roomAddress("seen")).empty());
        // Another process finds its own again, and takes none for it that others see.
        ic.c->close();
        Seat again(m.platform->connector("ic", Via::Direct));
        again.c->open();
        QTRY_VERIFY(again.isLive());
        again.c->join({m.id(), room, {}, {}, true});
        QTRY_COMPARE(again.rooms.size(), std::size_t(1));
        again.c->join({m.id(), m.platform->roomAddress("seen"), {}, {}, true});
        QTRY_COMPARE(again.failures.size(), std::size_t(1));
        QCOMPARE(again.failures[0].second.code, Code::Conflict);
        const Uuid later = m.id();
        again.c->post(later, room, "still between us");
        QTRY_VERIFY(bob.find(Kind::Message, "still between us"));
    }

    void reactsAndTakesItBack()
    {
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        QVERIFY(ic && bob && ic->c->caps().reactions);
        const Uuid react = m.id(), unreact = m.id();
        QVERIFY(m.say(*ic, "the shop is down"));
        QTRY_VERIFY(bob->find(Kind::Message));
        const ChatEvent said = *bob->find(Kind::Message);
        bob->c->react(react, m.room(), {said.eventId, said.messageId}, {"👍", "👀"});
        const auto heard = [&](Kind kind) { // some platforms say both at once, some one by one
            Strings out;
            for (const ChatEvent &e : ic->events)
                if (e.kind == kind && e.senderId == m.platform->idOf("bob") && (e.targetId == said.eventId || e.targetId == said.messageId))
                    out.insert(out.end(), e.emojis.begin(), e.emojis.end());
            return out;
        };
        QTRY_COMPARE(heard(Kind::Reaction), (Strings{"👍", "👀"}));
        bob->c->react(unreact, m.room(), {said.eventId, said.messageId}, {});
        QTRY_VERIFY(ic->find(Kind::Unreaction));
        for (const Uuid &idem : {react, unreact})
            QTRY_COMPARE(bob->delivery(idem), Delivery::Confirmed);
    }

    void setsTheTopicAndInvites()
    {
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        Seat dba(m.platform->connector("dba", Via::Direct)); // there to be invited: not every platform can invite who is not
        dba.c->open();
        QVERIFY(ic && bob);
        QTRY_VERIFY(dba.isLive());
        const Uuid topic = m.id(), same = m.id(), invite = m.id();
        ic->c->setTopic(topic, m.room(), "SEV2 shop down");
        QTRY_VERIFY(bob->find(Kind::Topic, "SEV2 shop down"));
        QTRY_COMPARE(ic->delivery(topic), Delivery::Confirmed);
        ic->c->setTopic(same, m.room(), "SEV2 shop down");
        ic->c->invite(invite, m.room(), m.platform->idOf("dba"), "database help needed");
        for (const Uuid &idem : {same, invite}) {
            QTRY_VERIFY(ic->delivery(idem) == Delivery::Confirmed || ic->delivery(idem) == Delivery::Failed);
            QVERIFY2(ic->delivery(idem) == Delivery::Confirmed, ic->why(idem).c_str());
        }
    }

    /// What was queued before is said first; where there is no archive that is said, and the room goes on.
    void archivesTheRoomAfterTheLastWordsOrSaysThatItCannot()
    {
        auto ic = m.seated("ic");
        QVERIFY(ic);
        const Uuid last = m.id(), archive = m.id(), after = m.id();
        ic->c->post(last, m.room(), "the last words");
        ic->c->archive(archive, m.room());
        QTRY_COMPARE(ic->delivery(last), Delivery::Confirmed);
        if (!ic->c->caps().archivesRooms) {
            QCOMPARE(ic->delivery(archive), Delivery::Failed);
            QVERIFY(!ic->why(archive).empty());
            ic->c->post(after, m.room(), "it goes on");
            QTRY_COMPARE(ic->delivery(after), Delivery::Confirmed);
            return;
        }
        QTRY_VERIFY(ic->delivery(archive) == Delivery::Confirmed || ic->delivery(archive) == Delivery::Failed);
        QVERIFY2(ic->delivery(archive) == Delivery::Confirmed, ic->why(archive).c_str());
        ic->c->detach(m.room());
        ic->c->post(after, m.room(), "too late");
        QCOMPARE(ic->delivery(after), Delivery::Failed);
        QTRY_VERIFY(ic->isLive());
    }

    void failsAWriteThatNamesNothing()
    {
        auto ic = m.seated("ic");
        QVERIFY(ic);
        const Uuid react = m.id();
        ic->c->react(react, m.room(), {}, {"👍"});
        QCOMPARE(ic->delivery(react), Delivery::Failed);
    }

    void pagesAPersonAndHearsTheAnswer()
    {
        auto ic = m.seated("ic");
        QVERIFY(ic);
        Seat bob(m.platform->connector("bob", Via::Direct));
        bob.c->open();
        QTRY_VERIFY(bob.isLive());
        const Uuid page = m.id(), answer = m.id();
        ic->c->postDirect(page, m.platform->idOf("bob"), "SEV1 shop down, answer !ack");
        QTRY_COMPARE(ic->delivery(page), Delivery::Confirmed);
        QTRY_VERIFY(bob.find(Kind::Message));
        QVERIFY(bob.find(Kind::Message)->direct && bob.find(Kind::Message)->room.empty());
        QCOMPARE(bob.find(Kind::Message)->identityVerified, m.platform->vouchesForConnectors());
        bob.c->postDirect(answer, m.platform->idOf("ic"), "!ack");
        QTRY_VERIFY(ic->find(Kind::Message, "!ack"));
        const ChatEvent *event = ic->find(Kind::Message, "!ack");
        QVERIFY(event->direct && !event->replayed);
        QCOMPARE(event->identityVerified, m.platform->vouchesForConnectors());
        QCOMPARE(event->senderId, m.platform->idOf("bob"));
    }

    void saysWhenAPageReachesNobody()
    {
        auto ic = m.seated("ic");
        QVERIFY(ic);
        const Uuid page = m.id(), bad = m.id();
        ic->c->postDirect(page, m.platform->nobody(), "wake up");
        QTRY_COMPARE(ic->delivery(page), Delivery::Failed);
        QVERIFY(!ic->deliveries.back().reason.empty());
        ic->c->postDirect(bad, "not an address", "wake up");
        QCOMPARE(ic->delivery(bad), Delivery::Failed);
    }

    void livesOnAThreadOfItsOwn()
    {
        auto bob = m.seated("bob");
        QVERIFY(bob);
        QThread edge;
        edge.start();
        auto *connector = m.platform->connector("ic", Via::Direct).release();
        std::vector<std::string> heard;
        QObject here; // what is still on its way when the step is over is dropped with it
        QObject::connect(connector, &ChatConnector::event, &here, [&](const ChatEvent &e) {
            if (e.kind == Kind::Message)
                heard.push_back(e.text);
        });
        ConnectorState state = ConnectorState::Offline;
        bool isIn = false;
        QObject::connect(connector, &ChatConnector::roomReady, &here, [&] { isIn = true; });
        QObject::connect(connector, &ChatConnector::stateChanged, &here, [&](ConnectorState s) { state = s; });
        connector->moveToThread(&edge);
        bool isOver = false;
        const auto end = [&] {
            if (std::exchange(isOver, true))
                return true;
            QMetaObject::invokeMethod(connector, [connector] { delete connector; }, Qt::BlockingQueuedConnection);
            edge.quit();
            return edge.wait(tests::kPatience);
        };
        const auto anyhow = qScopeGuard([&] { (void)end(); }); // a step that fails leaves no thread behind
        QMetaObject::invokeMethod(connector, [connector, room = m.room()] {
            connector->open();
            connector->attach(room, {});
        });
        QTRY_VERIFY(state == ConnectorState::Live);
        QTRY_VERIFY(isIn);
        QVERIFY(m.say(*bob, "hello thread"));
        QTRY_COMPARE(heard, Strings{"hello thread"});
        QVERIFY(end());
    }
};

QD_TEST(TestConformance)
#include "tst_conformance.moc"
