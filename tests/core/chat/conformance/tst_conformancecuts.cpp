// SPDX-License-Identifier: GPL-3.0-or-later
// What every chat connector must do when the line or the server is lost, run against a real server of each platform.
#include "bench.h"

using namespace qd;
using namespace qd::chat;
using namespace qd::test;
using Kind = ChatEvent::Kind;
using Via = Platform::Via;

class TestConformanceCuts final : public QObject {
    Q_OBJECT
    Bench m;

    /// History that lived in the server's memory is gone with it: one gap a room, and on it goes.
    void saysThatTheServerLostIt(Seat &ic, Seat &bob)
    {
        m.cannot("the server keeps history in memory only: a visible gap");
        m.platform->kill();
        QTRY_VERIFY(!ic.isLive()); // what is sent before that is Unknown for good: who could tell?
        const Uuid mine = m.id();
        ic.c->post(mine, m.room(), "mine");
        QCOMPARE(m.platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(ic.isLive() && bob.isLive() && ic.delivery(mine) == Delivery::Confirmed, 40'000);
        QCOMPARE(ic.gaps(m.room()), std::size_t(1));
        QCOMPARE(ic.recoveriesOf(m.room()), std::size_t(1));
        QTRY_COMPARE(bob.gaps(m.room()), std::size_t(1));
        QVERIFY(m.say(bob, "live again"));
        QVERIFY(hears(ic, m.room(), {"1", "mine", "live again"}));
        QCOMPARE(ic.find(Kind::Message, "live again")->identityVerified, m.platform->vouchesForConnectors());
    }

    /// Where an earlier process of ours stopped; nobody is connected any more.
    struct Former {
        std::string channel, cursor;
    };
    Former wasInRoom()
    {
        auto bob = m.seated("bob"), ic = m.seated("ic");
        if (!bob || !ic || !m.say(*bob, "old") || !hears(*ic, m.room(), {"old"}))
            return {};
        return {ic->c->channelOf(m.room()), ic->cursors[m.room()]};
    }

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
    void cleanupTestCase() { m.print("conformancecuts"); }

    /// The answer to a page is written while we are gone and the server forgets our session: it must come, once.
    void hearsTheAnswerToAPageThatCameWhileItWasGone()
    {
        auto ic = m.seated("ic", Via::Relay);
        QVERIFY(ic);
        Seat bob(m.platform->connector("bob", Via::Direct));
        bob.c->open();
        QTRY_VERIFY(bob.isLive());
        const Uuid early = m.id(), late = m.id();
        bob.c->postDirect(early, m.platform->idOf("ic"), "early");
        QTRY_VERIFY(ic->find(Kind::Message, "early"));
        if (!ic->c->caps().directCatchUp) {
            m.cannot("nobody keeps what is said to one person alone: a visible gap");
            m.platform->relay().cutByReset();
            QTRY_VERIFY_WITH_TIMEOUT(ic->gaps({}) == 1, 40'000);
            QCOMPARE(ic->recoveriesOf({}), std::size_t(1));
            QCOMPARE(ic->texts({}), Strings{"early"});
            return;
        }
        m.platform->relay().setAccepting(false);
        m.platform->relay().cutByReset();
        m.platform->kill();
        QCOMPARE(m.platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(bob.isLive(), 40'000);
        bob.c->postDirect(late, m.platform->idOf("ic"), "!ack");
        QTRY_COMPARE(bob.delivery(late), Delivery::Confirmed);
        m.platform->relay().setAccepting(true);
        QVERIFY(hears(*ic, {}, {"early", "!ack"}));
        QTest::qWait(500);
        QCOMPARE(ic->texts({}), (Strings{"early", "!ack"}));
        QVERIFY(ic->find(Kind::Message, "!ack")->replayed);
        QCOMPARE(ic->find(Kind::Message, "!ack")->senderId, m.platform->idOf("bob"));
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
        auto ic = m.seated("ic", Via::Relay);
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        QVERIFY(m.say(*bob, "1"));
        QVERIFY(hears(*ic, m.room(), {"1"}));
        m.platform->relay().setAccepting(false);
        if (how == QLatin1String("reset"))
            m.platform->relay().cutByReset();
        else if (how == QLatin1String("fin"))
            m.platform->relay().cutByFin();
        else
            m.platform->relay().stall();
        QVERIFY(m.say(*bob, "2"));
        QVERIFY(m.say(*bob, "3"));
        const Uuid mine = m.id();
        ic->c->post(mine, m.room(), "written while cut off");
        QTRY_VERIFY(std::count(ic->states.begin(), ic->states.end(), ConnectorState::Degraded) >= 1);
        m.platform->relay().setAccepting(true);
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && ic->delivery(mine) == Delivery::Confirmed, 40'000);
        QVERIFY(m.say(*bob, "4"));
        QVERIFY(hears(*ic, m.room(), {"1", "2", "3", "written while cut off", "4"}));
        QVERIFY(hears(*bob, m.room(), {"1", "2", "3", "written while cut off", "4"}));
        QCOMPARE(ic->recoveriesOf(m.room()), std::size_t(1));
        for (const Recovery &r : ic->recoveries)
            QVERIFY(r.room != m.room() || r.kind != Recovery::Kind::Gap);
        if (ic->c->caps().resume != Caps::Resume::None)
            QCOMPARE(ic->gaps(m.room()), std::size_t(0));
        if (how == QLatin1String("reset") && m.platform->resumesLines())
            QVERIFY(std::any_of(ic->recoveries.begin(), ic->recoveries.end(), [&](const Recovery &r) { return r.room == m.room() && r.kind == Recovery::Kind::Resumed; }));
    }

    void noticesAFrozenServer()
    {
        auto ic = m.seated("ic");
        QVERIFY(ic);
        QVERIFY(m.say(*ic, "before"));
        m.platform->freeze();
        const Uuid mine = m.id();
        ic->c->post(mine, m.room(), "into the void");
        QTRY_VERIFY(std::count(ic->states.begin(), ic->states.end(), ConnectorState::Degraded) >= 1);
        QTRY_VERIFY(ic->delivery(mine) == Delivery::Unknown);
        m.platform->thaw();
        if (!ic->c->caps().historyDurable) { // everybody left the channel at once, and its history may have gone with them
            QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && ic->recoveriesOf(m.room()) == 1, 40'000);
            QTRY_VERIFY(ic->delivery(mine) == Delivery::Confirmed || ic->gaps(m.room()) == 1);
            if (ic->delivery(mine) != Delivery::Confirmed) {
                m.cannot("whether it arrived is gone with the channel: Unknown, for a person to look");
                QCOMPARE(ic->delivery(mine), Delivery::Unknown);
                QVERIFY(!ic->why(mine).empty());
            }
            return;
        }
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && ic->delivery(mine) == Delivery::Confirmed, 40'000);
        QVERIFY(hears(*ic, m.room(), {"before", "into the void"}));
    }

    /// The server took the post, but its confirmation never reached us, and the session cannot be resumed.
    void neverPostsTwiceWhenOnlyTheAnswerWasLost()
    {
        auto ic = m.seated("ic", Via::Relay);
        const bool durable = ic && ic->c->caps().historyDurable; // else somebody stays, and the server lives, or nobody could tell
        auto bob = m.seated("bob", durable ? Via::Relay : Via::Direct);
        const auto witness = durable ? m.seated("dba") : nullptr;
        QVERIFY(ic && bob && (witness || !durable));
        m.platform->relay().swallowAnswers(true);
        const Uuid mine = m.id();
        ic->c->post(mine, m.room(), "once");
        QVERIFY(hears(durable ? *witness : *bob, m.room(), {"once"})); // the server has it
        if (durable)
            m.platform->kill();
        m.platform->relay().swallowAnswers(false);
        m.platform->relay().cutByReset();
        if (durable)
            QCOMPARE(m.platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && bob->isLive(), 40'000);
        QTRY_COMPARE(ic->delivery(mine), Delivery::Confirmed);
        QVERIFY(hears(*bob, m.room(), {"once"}));
        QVERIFY(m.say(*bob, "after"));
        QVERIFY(hears(*bob, m.room(), {"once", "after"}));
        QVERIFY(hears(*ic, m.room(), {"once", "after"}));
        const auto states = ic->deliveriesOf(mine);
        QVERIFY(std::count(states.begin(), states.end(), Delivery::Sent) == 1);
        QVERIFY(std::count(states.begin(), states.end(), Delivery::Unknown) >= 1);
    }

    /// The server restarts and has forgotten every session: what was written meanwhile comes from its archive.
    void catchesUpWhenTheServerLostItsState()
    {
        auto ic = m.seated("ic", Via::Relay);
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        QVERIFY(m.say(*bob, "1"));
        QVERIFY(hears(*ic, m.room(), {"1"}));
        if (!ic->c->caps().historyDurable)
            return saysThatTheServerLostIt(*ic, *bob);
        m.platform->relay().setAccepting(false);
        m.platform->relay().cutByReset();
        m.platform->kill();
        const Uuid mine = m.id();
        ic->c->post(mine, m.room(), "mine");
        QCOMPARE(m.platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(bob->isLive(), 40'000);
        Strings expected{"1"};
        for (int i = 0; i < 130; ++i) { // more than one page of history
            expected.push_back("missed " + std::to_string(i));
            bob->c->post(m.id(), m.room(), expected.back());
        }
        QTRY_COMPARE_WITH_TIMEOUT(bob->texts(m.room()).size(), expected.size(), 60'000);
        m.platform->relay().setAccepting(true);
        expected.push_back("mine");
        QVERIFY(hears(*ic, m.room(), expected));
        QTRY_COMPARE(ic->delivery(mine), Delivery::Confirmed);
        QCOMPARE(ic->recoveriesOf(m.room()), std::size_t(1));
        for (const Recovery &r : ic->recoveries)
            if (r.room == m.room()) {
                QCOMPARE(r.kind, Recovery::Kind::CaughtUp);
                QCOMPARE(r.messages, std::size_t(130));
            }
        for (const ChatEvent &e : ic->events)
            if (e.text.starts_with("missed")) {
                QVERIFY(e.replayed && !e.identityVerified);
                QCOMPARE(e.senderId, m.platform->idOf("bob"));
            }
        QCOMPARE(ic->gaps(m.room()), std::size_t(0));
        QVERIFY(m.say(*bob, "live again"));
        QTRY_VERIFY(ic->find(Kind::Message, "live again"));
        QCOMPARE(ic->find(Kind::Message, "live again")->identityVerified, m.platform->vouchesForConnectors());
    }

    /// What it heard before the line was cut was edited and taken back meanwhile: recorded as that, in the name of whoever wrote it.
    void learnsWhatWasEditedAndDeletedWhileItWasGone()
    {
        auto ic = m.seated("ic", Via::Relay);
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        if (!bob->c->caps().edit || !bob->c->caps().remove || !bob->c->caps().historyDurable)
            return m.cannot("what was said stays as it is");
        const Uuid first = m.id(), second = m.id(), third = m.id(), edit = m.id(), removal = m.id();
        for (const auto &[idem, text] : {std::pair{first, "teh first"}, {second, "the second"}, {third, "the third"}}) {
            bob->c->post(idem, m.room(), text);
            QTRY_COMPARE(bob->delivery(idem), Delivery::Confirmed);
        }
        QVERIFY(hears(*ic, m.room(), {"teh first", "the second", "the third"}));
        m.platform->relay().setAccepting(false);
        m.platform->relay().cutByReset();
        m.platform->kill(); // no line is resumed
        QCOMPARE(m.platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(bob->isLive(), 40'000);
        bob->c->edit(edit, m.room(), bob->message(first), "the first");
        QTRY_COMPARE(bob->delivery(edit), Delivery::Confirmed);
        bob->c->retract(removal, m.room(), bob->message(second));
        QTRY_COMPARE(bob->delivery(removal), Delivery::Confirmed);
        m.platform->relay().setAccepting(true);
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && ic->find(Kind::Edit, "the first") && ic->find(Kind::Delete), 40'000);
        const auto said = [&](const std::string &text) {
            const ChatEvent *e = ic->find(Kind::Message, text);
            return e ? *e : ChatEvent{};
        };
        const auto isOf = [](const ChatEvent &change, const ChatEvent &of) { return change.senderId == of.senderId && !change.targetId.empty() && (change.targetId == of.eventId || change.targetId == of.messageId); };
        const ChatEvent edited = *ic->find(Kind::Edit, "the first"), gone = *ic->find(Kind::Delete);
        QVERIFY(isOf(edited, said("teh first")) && edited.replayed && !edited.identityVerified);
        QVERIFY(isOf(gone, said("the second")) && gone.replayed);
        QVERIFY(m.say(*bob, "after"));
        QVERIFY(hears(*ic, m.room(), {"teh first", "the second", "the third", "after"}));
        QCOMPARE(std::count_if(ic->events.begin(), ic->events.end(), [](const ChatEvent &e) { return e.kind == Kind::Edit || e.kind == Kind::Delete; }), std::ptrdiff_t(2));
        QCOMPARE(ic->gaps(m.room()), std::size_t(0));
    }

    /// The same of what was answered below a message, where that has a history of its own; and an answer in a thread that was begun long before.
    void learnsWhatBecameOfAThreadWhileItWasGone()
    {
        auto ic = m.seated("ic", Via::Relay);
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        const Caps &caps = bob->c->caps();
        if (!caps.edit || !caps.remove || !caps.historyDurable || !caps.threads)
            return m.cannot("no threads, and what was said stays as it is");
        QVERIFY(m.say(*bob, "who looks?"));
        QTRY_VERIFY(ic->find(Kind::Message, "who looks?"));
        const std::string root = ic->find(Kind::Message, "who looks?")->eventId;
        if (m.platform->sayInThread(root, "begun")) // else whatever answers begins it
            QTRY_VERIFY(ic->find(Kind::Message, "begun") && bob->find(Kind::Message, "begun"));
        const Uuid first = m.id(), second = m.id(), third = m.id(), fourth = m.id(), edit = m.id(), removal = m.id();
        for (const auto &[idem, text] : {std::pair{first, "teh first"}, {second, "the second"}, {third, "the third"}}) {
            bob->c->post(idem, m.room(), text, root);
            QTRY_COMPARE(bob->delivery(idem), Delivery::Confirmed);
        }
        QVERIFY(m.say(*bob, "beside it")); // the place where reading stops is behind them
        QTRY_VERIFY(ic->find(Kind::Message, "the third") && ic->find(Kind::Message, "beside it"));
        m.platform->relay().setAccepting(false);
        m.platform->relay().cutByReset();
        m.platform->kill(); // no line is resumed
        QCOMPARE(m.platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(bob->isLive(), 40'000);
        bob->c->edit(edit, m.room(), bob->message(first), "the first");
        bob->c->retract(removal, m.room(), bob->message(second));
        bob->c->post(fourth, m.room(), "the fourth", root);
        for (const Uuid &idem : {edit, removal, fourth})
            QTRY_COMPARE(bob->delivery(idem), Delivery::Confirmed);
        m.platform->relay().setAccepting(true);
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && ic->find(Kind::Edit, "the first") && ic->find(Kind::Delete) && ic->find(Kind::Message, "the fourth"), 40'000);
        const auto isOf = [&](const ChatEvent &change, const std::string &text) {
            const ChatEvent *of = ic->find(Kind::Message, text);
            return of && change.replayed && change.senderId == of->senderId && !change.targetId.empty() && (change.targetId == of->eventId || change.targetId == of->messageId);
        };
        QVERIFY(isOf(*ic->find(Kind::Edit), "teh first"));
        QVERIFY(isOf(*ic->find(Kind::Delete), "the second"));
        QVERIFY(ic->find(Kind::Message, "the fourth")->replayed);
        QCOMPARE(ic->find(Kind::Message, "the fourth")->thread, root);
        QVERIFY(m.say(*bob, "after"));
        QTRY_VERIFY(ic->find(Kind::Message, "after"));
        QCOMPARE(std::count_if(ic->events.begin(), ic->events.end(), [](const ChatEvent &e) { return e.kind == Kind::Edit || e.kind == Kind::Delete; }), std::ptrdiff_t(2));
        const Strings texts = ic->texts(m.room());
        for (const char *once : {"teh first", "the second", "the third", "the fourth", "beside it"})
            QCOMPARE(std::count(texts.begin(), texts.end(), once), std::ptrdiff_t(1));
        QCOMPARE(ic->gaps(m.room()), std::size_t(0));
    }

    /// Reactions are in no history of messages of their own: where a platform shows what stands on a message they are found there, elsewhere it is said that they may be missing.
    void learnsWhatWasReactedWhileItWasGone()
    {
        auto ic = m.seated("ic", Via::Relay);
        auto bob = m.seated("bob");
        QVERIFY(ic && bob && ic->c->caps().reactions);
        const Uuid early = m.id(), back = m.id(), set = m.id(), late = m.id();
        QVERIFY(m.say(*bob, "first") && m.say(*bob, "second"));
        QTRY_VERIFY(ic->find(Kind::Message, "first") && ic->find(Kind::Message, "second"));
        QTRY_VERIFY(bob->find(Kind::Message, "first") && bob->find(Kind::Message, "second")); // a post is confirmed before its echo comes
        const ChatEvent first = *bob->find(Kind::Message, "first"), second = *bob->find(Kind::Message, "second"); // copies: the list grows
        bob->c->react(early, m.room(), {second.eventId, second.messageId}, {"👍"});
        QTRY_VERIFY(ic->find(Kind::Reaction) && bob->delivery(early) == Delivery::Confirmed);
        m.platform->relay().setAccepting(false);
        m.platform->relay().cutByReset();
        if (ic->c->caps().historyDurable) { // no line is resumed
            m.platform->kill();
            QCOMPARE(m.platform->start(), std::string());
            QTRY_VERIFY_WITH_TIMEOUT(bob->isLive(), 40'000);
        }
        bob->c->react(set, m.room(), {first.eventId, first.messageId}, {"👀"});
        bob->c->react(back, m.room(), {second.eventId, second.messageId}, {});
        for (const Uuid &idem : {set, back})
            QTRY_COMPARE(bob->delivery(idem), Delivery::Confirmed);
        QVERIFY(m.say(*bob, "third"));
        QTRY_VERIFY(bob->find(Kind::Message, "third"));
        const ChatEvent third = *bob->find(Kind::Message, "third");
        bob->c->react(late, m.room(), {third.eventId, third.messageId}, {"👀"});
        QTRY_COMPARE(bob->delivery(late), Delivery::Confirmed);
        m.platform->relay().setAccepting(true);
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && ic->find(Kind::Message, "third"), 40'000);
        if (!ic->c->caps().reactionsInCatchUp) {
            m.cannot("reactions are in no history: it is said that they may be missing, once");
            QTRY_COMPARE(ic->gapsOfReactions(m.room()), std::size_t(1));
            QCOMPARE(ic->gaps(m.room()), std::size_t(0));
            return;
        }
        const auto isTold = [&](Kind kind, const std::string &emoji, const char *text) {
            const ChatEvent *about = ic->find(Kind::Message, text);
            return about && std::any_of(ic->events.begin(), ic->events.end(), [&](const ChatEvent &e) {
                return e.kind == kind && e.replayed && e.senderId == m.platform->idOf("bob") && (emoji.empty() || e.emojis == Strings{emoji})
                    && (e.targetId == about->eventId || e.targetId == about->messageId);
            });
        };
        QTRY_VERIFY(isTold(Kind::Reaction, "👀", "first"));
        QTRY_VERIFY(isTold(Kind::Unreaction, {}, "second"));
        QTRY_VERIFY(isTold(Kind::Reaction, "👀", "third"));
        QCOMPARE(ic->gapsOfReactions(m.room()), std::size_t(0));
        QCOMPARE(ic->gaps(m.room()), std::size_t(0));
        // What stands there is known now: nothing of it is told again.
        const auto reactions = [&] { return std::count_if(ic->events.begin(), ic->events.end(), [](const ChatEvent &e) { return e.kind == Kind::Reaction || e.kind == Kind::Unreaction; }); };
        QTRY_VERIFY(ic->recoveriesOf(m.room()) > 0); // all of it was read
        QTest::qWait(500);
        const auto before = reactions();
        m.platform->relay().cutByReset();
        QVERIFY(m.say(*bob, "fourth"));
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && ic->find(Kind::Message, "fourth"), 40'000);
        QTest::qWait(500);
        QCOMPARE(reactions(), before);
        QCOMPARE(ic->gapsOfReactions(m.room()), std::size_t(0));
    }

    /// Our own process restarts: it reads on from the journaled cursor and finds what it may have sent.
    void readsOnFromACursorAfterARestart()
    {
        auto bob = m.seated("bob");
        QVERIFY(bob);
        std::string cursor;
        Outgoing mine;
        mine.idem = m.id();
        mine.room = m.room();
        mine.text = "sent before the crash";
        mine.queuedAt = m.clock.now();
        {
            auto ic = m.seated("ic");
            QVERIFY(ic && m.say(*bob, "old"));
            QVERIFY(hears(*ic, m.room(), {"old"}));
            cursor = ic->cursors[m.room()];
            ic->c->send(mine);
            QTRY_COMPARE(ic->delivery(mine.idem), Delivery::Confirmed);
        }
        QVERIFY(m.say(*bob, "new"));
        auto ic = m.seated("ic", Via::Direct, cursor);
        QVERIFY(ic);
        QVERIFY(hears(*ic, m.room(), {"sent before the crash", "new"}));
        QVERIFY(ic->find(Kind::Message, "new")->replayed);
        QVERIFY(ic->find(Kind::Message, "sent before the crash")->own);
        QCOMPARE(ic->recoveriesOf(m.room()), std::size_t(1));
        mine.maybeSent = true;
        ic->c->send(mine);
        QTRY_COMPARE(ic->delivery(mine.idem), Delivery::Confirmed);
        Outgoing lost = mine;
        lost.idem = m.id();
        lost.text = "never left";
        ic->c->send(lost);
        QTRY_COMPARE(ic->delivery(lost.idem), Delivery::Confirmed);
        QVERIFY(hears(*bob, m.room(), {"old", "sent before the crash", "new", "never left"}));
    }

    /// Only its name is another: it is followed, read on in and written in as before, and nobody finds a second one.
    void aRoomThatWasRenamedByHandIsFoundAgainAfterARestart()
    {
        const Former former = wasInRoom();
        QVERIFY(!former.cursor.empty());
        if (!m.platform->rename(m.room(), "renamed")) {
            QVERIFY(former.channel.empty());
            return m.cannot("a room is its name");
        }
        QVERIFY(!former.channel.empty());
        QVERIFY(m.platform->fill(m.platform->roomAddress("renamed"), 1));
        Seat ic(m.platform->connector("ic", Via::Direct));
        ic.c->wasIn(m.room(), former.channel);
        ic.c->attach(m.room(), former.cursor);
        ic.c->open();
        QTRY_VERIFY(ic.find(Kind::Message, "missed 0"));
        QTRY_VERIFY(ic.isLive() && ic.rooms.size() == 1);
        QVERIFY(!ic.rooms[0].created);
        QCOMPARE(ic.c->channelOf(m.room()), former.channel);
        QVERIFY(m.say(ic, "still here"));
        Seat bob(m.platform->connector("bob", Via::Direct));
        bob.c->join({m.id(), m.room(), {}, m.clock.now()});
        bob.c->open();
        QTRY_COMPARE(bob.failures.size(), std::size_t(1)); // nothing has the old name
    }

    void aRoomThatIsGoneIsAGapAfterARestartAndNeverMadeAnew_data()
    {
        QTest::addColumn<bool>("isKnown");
        QTest::newRow("its id was recorded") << true;
        QTest::newRow("its name alone") << false;
    }
    /// Archived, or deleted where there is no archive: the timeline says so and how to go on, and nothing counts as caught up, or as said.
    void aRoomThatIsGoneIsAGapAfterARestartAndNeverMadeAnew()
    {
        QFETCH(bool, isKnown);
        const Former former = wasInRoom();
        QVERIFY(!former.cursor.empty());
        if (!m.platform->endRoom(m.room()))
            return m.cannot("a room is its name");
        Seat ic(m.platform->connector("ic", Via::Direct));
        ic.c->wasIn(m.room(), isKnown ? former.channel : std::string());
        ic.c->attach(m.room(), former.cursor);
        ic.c->open();
        QTRY_COMPARE(ic.failures.size(), std::size_t(1));
        QVERIFY(ic.rooms.empty());
        const ChatEvent *gap = ic.find(Kind::Gap);
        QVERIFY(gap && gap->roomGone);
        QVERIFY2(gap->text.find("room --attach " + m.room()) != std::string::npos, gap->text.c_str());
        QCOMPARE(ic.recoveriesOf(m.room()), std::size_t(1));
        QVERIFY(std::any_of(ic.recoveries.begin(), ic.recoveries.end(), [&](const Recovery &r) { return r.room == m.room() && r.kind == Recovery::Kind::Gap; }));
        const Uuid post = m.id();
        ic.c->post(post, m.room(), "into the void");
        QCOMPARE(ic.delivery(post), Delivery::Failed);
        Seat bob(m.platform->connector("bob", Via::Direct));
        for (const char *name : {"war", "war-2"}) // what would have been made instead
            bob.c->join({m.id(), m.platform->roomAddress(name), {}, m.clock.now()});
        bob.c->open();
        QTRY_COMPARE(bob.failures.size(), std::size_t(2));
    }

    void startsWithoutHistoryWhenThereIsNoCursor()
    {
        auto bob = m.seated("bob");
        QVERIFY(bob && m.say(*bob, "before"));
        auto ic = m.seated("ic");
        QVERIFY(ic);
        QVERIFY(!ic->cursors[m.room()].empty());
        QVERIFY(m.say(*bob, "after"));
        QVERIFY(hears(*ic, m.room(), {"after"}));
        QVERIFY(ic->recoveries.empty());
    }

    void givesNothingTwice()
    {
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        QVERIFY(ic && bob && m.say(*bob, "1"));
        const std::string early = ic->rooms.front().cursor;
        QVERIFY(m.say(*bob, "2"));
        QVERIFY(hears(*ic, m.room(), {"1", "2"}));
        ic->c->fetchSince(m.room(), early);
        QTRY_COMPARE(ic->recoveriesOf(m.room()), std::size_t(1));
        QVERIFY(m.say(*bob, "3"));
        QVERIFY(hears(*ic, m.room(), {"1", "2", "3"}));
    }

    void tellsWhenHistoryCannotReachBack()
    {
        auto bob = m.seated("bob");
        QVERIFY(bob && m.say(*bob, "1"));
        auto ic = m.seated("ic", Via::Direct, "no-such-archive-id");
        QVERIFY(ic);
        QTRY_COMPARE(ic->recoveriesOf(m.room()), std::size_t(1));
        QVERIFY(std::any_of(ic->recoveries.begin(), ic->recoveries.end(),
                            [&](const Recovery &r) { return r.room == m.room() && r.kind == Recovery::Kind::Gap; }));
        QVERIFY(ic->find(Kind::Gap) && !ic->find(Kind::Gap)->text.empty());
        QVERIFY(m.say(*bob, "2"));
        QTRY_VERIFY(ic->find(Kind::Message, "2"));
    }

    /// One member must not be able to keep us out, live or from history.
    void survivesAMessageBeyondItsLimits()
    {
        auto ic = m.seated("ic", Via::Relay);
        auto bob = m.seated("bob");
        QVERIFY(ic && bob && m.say(*bob, "before"));
        const std::string cursor = ic->rooms.front().cursor;
        if (const std::string why = m.platform->sendHostile("dba", m.room()); !why.empty())
            return m.cannot(why);
        QTRY_VERIFY(ic->find(Kind::Gap));
        QVERIFY(m.say(*bob, "after"));
        QVERIFY(hears(*ic, m.room(), {"before", "after"}));
        QVERIFY(ic->isLive());
        auto late = m.seated("ic", Via::Direct, cursor);
        QVERIFY(late);
        QVERIFY(hears(*late, m.room(), {"before", "after"}));
        QVERIFY(late->find(Kind::Gap));
    }
};

QD_TEST(TestConformanceCuts)
#include "tst_conformancecuts.moc"
