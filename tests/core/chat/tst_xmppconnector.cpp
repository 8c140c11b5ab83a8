// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppconnector.h"

#include "core/chat/websockettransport.h"
#include "tests/core/net/served.h"
#include "tests/core/net/testcertificates.h"
#include "tests/support/lastof.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"
#include "xmppfixture.h"

#include <QtTest>
#include <algorithm>
#include <optional>

using namespace qd;
using namespace qd::chat;
using namespace qd::test;
using Kind = ChatEvent::Kind;
using std::chrono::milliseconds;

class TestXmppConnector final : public XmppFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { make(); }
    void cleanup() { end(); }

    void refusesSettingsThatCannotWork_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("jid");
        QTest::addColumn<QString>("muc");
        QTest::newRow("clear text to elsewhere") << "ws://chat.example.org/ws" << "ic@x" << "muc.x";
        QTest::newRow("no WebSocket") << "https://chat.example.org/" << "ic@x" << "muc.x";
        QTest::newRow("password in the address") << "wss://u:p@chat.example.org/ws" << "ic@x" << "muc.x";
        QTest::newRow("no account") << "wss://chat.example.org/ws" << "ic" << "muc.x";
        QTest::newRow("no rooms") << "wss://chat.example.org/ws" << "ic@x" << "";
    }
    void refusesSettingsThatCannotWork()
    {
        QFETCH(QString, url);
        QFETCH(QString, jid);
        QFETCH(QString, muc);
        XmppSettings s = xmppSettings();
        s.url = url.toStdString();
        s.jid = jid.toStdString();
        s.mucHost = muc.toStdString();
        const auto made = XmppConnector::make(std::move(s), m_clock, m_random);
        QVERIFY(!made);
        QVERIFY(made.error().message.find("pencil") == std::string::npos);
        XmppSettings good = xmppSettings();
        good.url = "ws://127.0.0.1:5280/xmpp-websocket";
        QVERIFY(XmppConnector::make(std::move(good), m_clock, m_random));
    }

    /// A file lies wherever its sender put it: inside our network our own server's hosts alone are asked, and nobody without TLS.
    void aFileIsFetchedFromOurOwnServerAndFromNobodyElseInsideTheNetwork()
    {
        TestCertificates authority;
        const auto files = authority.sign("DNS:localhost,IP:127.0.0.1");
        Served served({.certificateFile = files.certificate.toStdString(), .keyFile = files.key.toStdString()});
        served.addUsual();
        QVERIFY(served.listener->start());
        const std::string at = ":" + std::to_string(served.listener->port()) + "/hello]";
        end();
        XmppSettings s = xmppSettings();
        s.jid = "ic@localhost";
        s.caFile = authority.caFile.toStdString();
        make(std::move(s));
        const auto read = [&](const std::string &text, std::size_t most = 100) {
            std::optional<Result<FileRead>> got;
            m_c->readFile({"war@muc.x", {}, "s1", text, 1, most}, [&](Result<FileRead> file) { got = std::move(file); });
            (void)QTest::qWaitFor([&] { return got.has_value(); }, tests::kPatience);
            return got ? *got : Result<FileRead>(fail(Code::Internal, "no answer came"));
        };
        const auto own = read("the heap\n[file: https://localhost" + at);
        VERIFY_RESULT(own);
        QCOMPARE(own->name, std::string("hello"));
        QCOMPARE(own->bytes, std::string("hello"));
        VERIFY_FAILS(read("[file: https://localhost" + at, 4), Code::TooLarge);
        VERIFY_FAILS(read("[file: https://127.0.0.1" + at), Code::Forbidden); // by no name of our server's
        VERIFY_FAILS(read("[file: http://localhost" + at), Code::Forbidden);
        VERIFY_FAILS(read("[file: https://localhost.evil.example@localhost" + at), Code::Forbidden);
        VERIFY_FAILS(read("[file: heap.txt, 3 KB]"), Code::Forbidden); // somebody's words
        VERIFY_FAILS(read("no file"), Code::NotFound);
    }

    void stopsWhenTheServerCannotProveItself_data()
    {
        QTest::addColumn<int>("trick");
        QTest::newRow("forged signature") << 0;
        QTest::newRow("no signature") << 1;
        QTest::newRow("only PLAIN offered") << 2;
        QTest::newRow("account disabled") << 3;
    }
    void stopsWhenTheServerCannotProveItself()
    {
        QFETCH(int, trick);
        m_server->forgeSignature = trick == 0;
        m_server->forgetSignature = trick == 1;
        if (trick == 2)
            m_server->mechanisms = {"PLAIN", "DIGEST-MD5"};
        if (trick == 3)
            m_server->saslFailure = "account-disabled";
        m_c->open();
        QTRY_COMPARE(m_c->state(), ConnectorState::AuthFailed);
        QTest::qWait(100); // five times the longest pause
        QCOMPARE(m_server->connections, 1);
        QCOMPARE(m_server->count("<bind"), std::size_t(0));
        QVERIFY(!m_reason.empty());
        for (const std::string &frame : m_server->frames)
            QVERIFY(frame.find("pencil") == std::string::npos && frame.find(toBase64(asBytes("pencil"))) == std::string::npos);
    }

    void triesAgainAfterATemporaryFailure()
    {
        m_server->saslFailure = "temporary-auth-failure";
        m_c->open();
        QTRY_VERIFY(m_server->connections >= 3);
        m_server->saslFailure.clear();
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
    }

    void answersAcknowledgementsInFrameOrder()
    {
        QVERIFY(live());
        const auto h = [&] {
            const auto a = parseFrame(m_server->last("<a "));
            return a ? std::stoi(std::string(a->attribute("h"))) : -1;
        };
        m_server->give("<r xmlns='urn:xmpp:sm:3'/>");
        QTRY_VERIFY(h() >= 0);
        const int before = h();
        m_server->say("bob", "1");
        m_server->give("<r xmlns='urn:xmpp:sm:3'/>");
        m_server->say("bob", "2");
        m_server->give("<presence xmlns='jabber:client' from='war@muc.x/zoe'/>");
        m_server->give("<unknown xmlns='urn:x'/>"); // no stanza: not counted
        m_server->give("<r xmlns='urn:xmpp:sm:3'/>");
        QTRY_COMPARE(h(), before + 3);
        QCOMPARE(m_server->count("h=\"" + std::to_string(before + 1) + "\""), std::size_t(1));
    }

    void resumesAndSendsAgainWhatWasNotTaken()
    {
        QVERIFY(live());
        m_server->silent = true; // the post is lost with the line
        const Uuid mine = id();
        m_c->post(mine, "war@muc.x", "hello");
        m_server->cut();
        m_server->silent = false;
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
        QTRY_VERIFY(tests::lastOf(m_deliveries).state == Delivery::Confirmed);
        QCOMPARE(m_server->count("<resume"), std::size_t(1));
        QCOMPARE(m_recoveries.size(), std::size_t(1));
        QCOMPARE(m_recoveries[0].kind, Recovery::Kind::Resumed);
        QCOMPARE(m_server->archive.size(), std::size_t(1));
    }

    void catchesUpWhenTheServerForgotTheSession()
    {
        QVERIFY(live());
        m_server->say("bob", "1");
        QTRY_COMPARE(texts(), Strings{"1"});
        m_server->resumes = false;
        m_server->refuseConnections = true;
        m_server->cut();
        m_server->say("bob", "2");
        m_server->say("bob", "3");
        m_server->refuseConnections = false;
        QTRY_COMPARE(texts(), (Strings{"1", "2", "3"}));
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
        QCOMPARE(m_recoveries.size(), std::size_t(1));
        QCOMPARE(m_recoveries[0].kind, Recovery::Kind::CaughtUp);
        QCOMPARE(m_cursor, std::string("a3"));
        QVERIFY(m_events.back().replayed);
    }

    /// A message that arrives live while history is read is in both; it must be given once, as live, so that a command in it
    /// still counts.
    void givesALiveMessageDuringCatchUpOnceAndAsLive()
    {
        QVERIFY(live());
        m_server->say("bob", "1");
        QTRY_COMPARE(texts(), Strings{"1"});
        m_server->resumes = false;
        m_server->autoJoin = false;
        m_server->cut();
        QTRY_COMPARE(m_server->count("<history"), std::size_t(2));
        m_server->archive.push_back(FakeXmpp::message("bob", "2", "m-a2"));
        m_server->give(FakeXmpp::presence("bob", "bob@x"));
        m_server->give(FakeXmpp::presence("ic", "ic@x", "<status code='110'/>"));
        m_server->say("bob", "!ack"); // before the archive answers, and in the archive by then
        QTRY_COMPARE(texts(), (Strings{"1", "2", "!ack"}));
        QVERIFY(m_events[m_events.size() - 2].replayed);
        QVERIFY(!m_events.back().replayed && m_events.back().identityVerified);
    }

    void saysSoWhenThereIsAGap_data()
    {
        QTest::addColumn<bool>("hasArchive");
        QTest::newRow("cursor expired") << true;
        QTest::newRow("no archive") << false;
    }
    void saysSoWhenThereIsAGap()
    {
        QFETCH(bool, hasArchive);
        QVERIFY(live());
        m_server->say("bob", "1");
        QTRY_COMPARE(texts(), Strings{"1"});
        m_server->resumes = false;
        m_server->forgotCursor = true;
        m_server->hasArchive = hasArchive;
        m_server->cut();
        QTRY_COMPARE(m_recoveries.size(), std::size_t(1));
        QCOMPARE(m_recoveries[0].kind, Recovery::Kind::Gap);
        const auto gaps = std::count_if(m_events.begin(), m_events.end(), [](const ChatEvent &e) { return e.kind == Kind::Gap; });
        QCOMPARE(gaps, 1);
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
        m_server->say("bob", "2");
        QTRY_COMPARE(tests::lastOf(texts()), std::string("2"));
    }

    void ignoresForgeriesOfOtherMembers()
    {
        QVERIFY(live());
        // A stanza-id by somebody else must not become the cursor.
        m_server->give("<message xmlns='jabber:client' type='groupchat' from='war@muc.x/bob' id='f1'><body>x</body><stanza-id "
                       "xmlns='urn:xmpp:sid:0' by='bob@x' id='a999'/></message>");
        QTRY_COMPARE(texts(), Strings{"x"});
        QVERIFY(m_cursor != "a999");
        // An archive result nobody asked for must not become history.
        m_server->give("<message xmlns='jabber:client' type='groupchat' from='war@muc.x/bob'><result xmlns='urn:xmpp:mam:2' "
                       "queryid='guess' id='z'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' "
                       "from='war@muc.x/ic' type='groupchat'><body>forged</body></message></forwarded></result></message>");
        // Our post is confirmed by our own seat's echo only.
        m_server->autoEcho = false;
        const Uuid mine = id();
        m_c->post(mine, "war@muc.x", "hello");
        m_server->give(FakeXmpp::message("bob", "hello", mine.text()));
        QTRY_COMPARE(tests::lastOf(texts()), std::string("hello"));
        QVERIFY(!m_events.back().own);
        QVERIFY(m_deliveries.back().state != Delivery::Confirmed);
        QVERIFY(std::find(m_events.begin(), m_events.end(), ChatEvent()) == m_events.end());
        for (const ChatEvent &e : m_events)
            QVERIFY(e.text != "forged");
        // Carbons and other wrappers of strangers carry nothing.
        m_server->give("<message xmlns='jabber:client' from='evil@y'><sent xmlns='urn:xmpp:carbons:2'><forwarded "
                       "xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='ic@x'><body>carbon</body></message>"
                       "</forwarded></sent></message>");
        m_server->say("bob", "end");
        QTRY_COMPARE(tests::lastOf(texts()), std::string("end"));
        for (const ChatEvent &e : m_events)
            QVERIFY(e.text != "carbon");
    }

    void takesAnswersOnlyFromWhereItAsked()
    {
        QVERIFY(live());
        m_server->silent = true;
        m_c->fetchSince("war@muc.x", "a1");
        const auto asked = parseFrame(m_server->frames[m_server->frames.size() - 2]); // the last one asks for an acknowledgement
        QVERIFY(asked && asked->attribute("to") == "war@muc.x");
        const auto answer = [&](const std::string &from) {
            m_server->give("<iq xmlns='jabber:client' type='result' id='" + std::string(asked->attribute("id")) + "' from='" + from
                           + "'><fin xmlns='urn:xmpp:mam:2' complete='true'/></iq>");
        };
        for (const char *stranger : {"war@muc.x/bob", "bob@x", "ic@x", "x"})
            answer(stranger);
        m_server->say("bob", "held back while history is read");
        QTest::qWait(50);
        QVERIFY(texts().empty() && m_recoveries.empty());
        answer("war@muc.x");
        QTRY_COMPARE(texts().size(), std::size_t(1));
        QCOMPARE(m_recoveries.size(), std::size_t(1));
    }

    void makesRoomsPersistentWithRealAddresses()
    {
        m_server->joinStatus = 201;
        m_c->createRoom({id(), "war", "War room"});
        m_c->open();
        QTRY_COMPARE(m_ready.size(), std::size_t(1));
        QVERIFY(m_ready[0].created);
        const std::string form = m_server->last("muc#owner");
        QVERIFY(form.find("muc#roomconfig_persistentroom") != std::string::npos);
        QVERIFY(form.find("muc#roomconfig_whois") != std::string::npos);
        QVERIFY(form.find("War room") != std::string::npos);
    }

    /// Its title was classed before there was a line to make it by.
    void makesARoomByTheWordsThatMayBeSaidByThen()
    {
        m_server->joinStatus = 201;
        const Uuid mine = id();
        m_c->createRoom({mine, "war", "Jane Canary cannot pay"});
        m_c->retitle(id(), "of another room");
        m_c->retitle(mine, "[sealed: restricted, short]");
        m_c->open();
        QTRY_COMPARE(m_ready.size(), std::size_t(1));
        const std::string form = m_server->last("muc#owner");
        QVERIFY(form.find("muc#roomconfig_persistentroom") != std::string::npos && form.find("Canary") == std::string::npos);
        QVERIFY(form.find("[sealed: restricted, short]") != std::string::npos);
    }

    void joinsARoomOfSomebodyElsesAndReadsItsHistorySince()
    {
        m_server->archive = {FakeXmpp::message("bob", "it began", "m-a1"), FakeXmpp::message("eve", "I see it too", "m-a2")};
        const Uuid mine = id();
        m_c->join({mine, "war@muc.x", {}, Instant{1'795'442'400'000'000'000}}); // 2026-11-23T14:00:00Z
        m_c->open();
        QTRY_COMPARE(m_ready.size(), std::size_t(1));
        QCOMPARE(m_ready[0].idem, mine);
        QVERIFY(!m_ready[0].created);
        QCOMPARE(m_ready[0].cursor, std::string("a2"));
        QCOMPARE(texts(), (Strings{"it began", "I see it too"}));
        QVERIFY(std::all_of(m_events.begin(), m_events.end(), [](const ChatEvent &e) { return e.kind != Kind::Message || e.replayed; }));
        QVERIFY(m_server->last("urn:xmpp:mam:2").find("2026-11-23T14:00:00") != std::string::npos);
        QCOMPARE(m_server->count("muc#owner"), std::size_t(0)); // it is not ours to set up
        m_server->say("bob", "live");
        QTRY_COMPARE(tests::lastOf(texts()), std::string("live"));
        const Uuid again = id();
        m_c->join({again, "war@muc.x", {}, {}});
        QCOMPARE(m_ready.size(), std::size_t(2));
        QCOMPARE(m_ready[1].idem, again);
    }

    void aForeignRoomWithoutAnArchiveIsAGapSinceThen()
    {
        m_server->hasArchive = false;
        m_c->join({id(), "war@muc.x", {}, Instant{1'795'442'400'000'000'000}});
        m_c->open();
        QTRY_COMPARE(m_ready.size(), std::size_t(1));
        const auto gap = std::find_if(m_events.begin(), m_events.end(), [](const ChatEvent &e) { return e.kind == Kind::Gap; });
        QVERIFY(gap != m_events.end());
        QCOMPARE(gap->gapFrom.ns, std::int64_t{1'795'442'400'000'000'000});
    }

    void neverMakesARoomItWasToJoin_data()
    {
        QTest::addColumn<QByteArray>("roomIs");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("seats");
        QTest::newRow("no room") << QByteArray() << 0 << 0;
        QTest::newRow("somebody's account") << QByteArray("account") << 0 << 0;
        QTest::newRow("gone in between") << QByteArray("conference") << 201 << 1;
    }
    void neverMakesARoomItWasToJoin()
    {
        QFETCH(QByteArray, roomIs);
        QFETCH(int, status);
        QFETCH(int, seats);
        m_server->roomIs = roomIs.toStdString();
        m_server->joinStatus = status;
        m_c->join({id(), "war@muc.x", {}, {}});
        m_c->open();
        QTRY_COMPARE(m_failed.size(), std::size_t(1));
        QCOMPARE(m_failed[0].code, Code::NotFound);
        QCOMPARE(m_failed[0].message, std::string("there is no room war@muc.x"));
        QCOMPARE(m_server->count("<history"), std::size_t(seats));
        QCOMPARE(m_server->count("muc#owner"), std::size_t(0));
        QVERIFY(m_ready.empty());
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
        m_c->join({id(), "no address", {}, {}});
        QCOMPARE(m_failed.back().code, Code::Invalid);
    }

    void aRoomThatWasDestroyedByHandIsSaidToBeGoneAndNotMadeAnew_data()
    {
        QTest::addColumn<bool>("isAfterwards");
        QTest::addColumn<bool>("isWithin");
        QTest::newRow("while nothing ran") << false << false;
        QTest::newRow("while the line was down") << true << false;
        QTest::newRow("while we were in it") << true << true;
    }
    void aRoomThatWasDestroyedByHandIsSaidToBeGoneAndNotMadeAnew()
    {
        QFETCH(bool, isAfterwards);
        QFETCH(bool, isWithin);
        if (!isAfterwards) {
            m_server->joinStatus = 201;
            m_c->wasIn("war@muc.x", {});
            m_c->attach("war@muc.x", std::string(Story::kBegin));
            m_c->open();
        } else {
            QVERIFY(live());
            m_events.clear();
            m_server->joinStatus = 201;
            m_server->resumes = false;
            if (!isWithin)
                m_server->cut();
            else
                m_server->give("<presence xmlns='jabber:client' type='unavailable' from='war@muc.x/ic'><x xmlns='http://jabber.org/protocol/muc#user'>"
                               "<item affiliation='none' role='none'/><status code='110'/><destroy><reason>done</reason></destroy></x></presence>");
        }
        QTRY_COMPARE(m_failed.size(), std::size_t(1));
        const auto gap = std::find_if(m_events.begin(), m_events.end(), [](const ChatEvent &e) { return e.kind == Kind::Gap; });
        QVERIFY(gap != m_events.end() && gap->roomGone);
        QVERIFY2(gap->text.find("room --attach war@muc.x") != std::string::npos, gap->text.c_str());
        QCOMPARE(m_recoveries.size(), std::size_t(isWithin ? 0 : 1)); // from there no line was lost
        QCOMPARE(m_server->count("muc#owner"), std::size_t(0)); // not set up
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
        // Whoever wants one of that name says so.
        m_c->createRoom({id(), "war", "War room"});
        QTRY_VERIFY(m_server->count("muc#owner") > 0);
    }

    void endsTheStreamAtForbiddenXml()
    {
        QVERIFY(live());
        m_server->give("<!DOCTYPE m [<!ENTITY a 'aaaa'>]><message xmlns='jabber:client'><body>&a;</body></message>");
        QTRY_COMPARE(m_server->connections, 2);
        QVERIFY(m_server->count("restricted-xml") == 1);
        QCOMPARE(m_server->count("<resume"), std::size_t(0)); // it would only come again
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
    }

    void refusesOneOversizedStanzaAndGoesOn()
    {
        QVERIFY(live());
        m_server->give(FakeXmpp::message("bob", std::string(kFrameLimit, 'x'), "big"));
        m_server->say("bob", "after");
        QTRY_COMPARE(texts(), Strings{"after"});
        QCOMPARE(m_server->connections, 1);
        QVERIFY(std::any_of(m_events.begin(), m_events.end(), [](const ChatEvent &e) { return e.kind == Kind::Gap; }));
    }

    void refusesOversizeBeforeSignIn()
    {
        m_server->mechanisms = {"SCRAM-SHA-256", std::string(kFrameLimitBeforeAuth, 'X')};
        m_c->open();
        QTRY_VERIFY(m_server->connections >= 2);
        QCOMPARE(m_server->count("<auth"), std::size_t(0));
    }

    void findsAPostWhoseEchoNeverCame()
    {
        XmppSettings s = xmppSettings();
        s.timings.confirmWithin = milliseconds(60);
        make(std::move(s));
        QVERIFY(live());
        m_server->autoEcho = false;
        const Uuid mine = id();
        m_c->post(mine, "war@muc.x", "hello");
        m_server->archive.push_back(FakeXmpp::message("ic", "hello", mine.text()));
        QTRY_COMPARE(tests::lastOf(m_deliveries).state, Delivery::Confirmed);
        QCOMPARE(m_server->count(">hello<"), std::size_t(1));
        QVERIFY(std::any_of(m_deliveries.begin(), m_deliveries.end(),
                            [](const DeliveryReport &r) { return r.state == Delivery::Unknown; }));
    }

    void reportsARefusedPost()
    {
        QVERIFY(live());
        m_server->autoEcho = false;
        const Uuid mine = id();
        m_c->post(mine, "war@muc.x", "hello");
        m_server->give("<message xmlns='jabber:client' type='error' from='war@muc.x' id='" + mine.text()
                       + "'><error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        QTRY_COMPARE(tests::lastOf(m_deliveries).state, Delivery::Failed);
        QVERIFY(m_deliveries.back().reason.find("forbidden") != std::string::npos);
    }

    void comesBackAfterAKickAndSendsThen()
    {
        XmppSettings s = xmppSettings();
        s.timings.rejoinAfter = milliseconds(1'000); // so long it can be seen that it is out
        make(std::move(s));
        QVERIFY(live());
        m_server->give("<presence xmlns='jabber:client' type='unavailable' from='war@muc.x/ic'><x "
                       "xmlns='http://jabber.org/protocol/muc#user'><item affiliation='none' role='none'/><status code='110'/>"
                       "<status code='307'/></x></presence>");
        QTRY_COMPARE(m_c->state(), ConnectorState::Degraded);
        m_c->post(id(), "war@muc.x", "later");
        QCOMPARE(m_server->count("later"), std::size_t(0));
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
        QTRY_COMPARE(tests::lastOf(m_deliveries).state, Delivery::Confirmed);
        QCOMPARE(m_recoveries.size(), std::size_t(1));
    }

    void letsGoOfARoomThatBansUs()
    {
        QVERIFY(live());
        m_server->give("<presence xmlns='jabber:client' type='unavailable' from='war@muc.x/ic'><x "
                       "xmlns='http://jabber.org/protocol/muc#user'><item affiliation='outcast' role='none'/><status code='110'/>"
                       "<status code='301'/></x></presence>");
        QTRY_COMPARE(m_failed.size(), std::size_t(1));
        m_c->post(id(), "war@muc.x", "x");
        QCOMPARE(m_deliveries.back().state, Delivery::Failed);
        QCOMPARE(m_c->state(), ConnectorState::Live);
    }

    void takesAnotherNameWhenTheNickIsTaken()
    {
        m_server->autoJoin = false;
        m_c->attach("war@muc.x", {});
        m_c->open();
        QTRY_VERIFY(m_server->count("war@muc.x/ic\"") == 1);
        m_server->give("<presence xmlns='jabber:client' type='error' from='war@muc.x/ic'><error type='cancel'><conflict "
                       "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>");
        QTRY_VERIFY(m_server->count("war@muc.x/ic_\"") == 1);
        m_server->give(FakeXmpp::presence("ic_", "ic@x", "<status code='110'/>"));
        QTRY_COMPARE(m_ready.size(), std::size_t(1));
    }

    void findsADeadLineByItsOwnPing()
    {
        XmppSettings s = xmppSettings();
        s.timings.pingEvery = milliseconds(100);
        s.timings.pongWithin = milliseconds(500);
        s.timings.attempt = milliseconds(1500);
        make(std::move(s));
        QVERIFY(live());
        m_server->silent = true;
        m_server->say("bob", "traffic is no sign of an answer");
        QTRY_VERIFY(m_c->state() != ConnectorState::Live);
        m_server->silent = false;
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
    }

    void findsOutThatItIsNoLongerInTheRoom()
    {
        XmppSettings s = xmppSettings();
        s.timings.seatCheckEvery = milliseconds(40);
        make(std::move(s));
        QVERIFY(live());
        QTRY_VERIFY(m_server->count("to=\"war@muc.x/ic\" id=") >= 1); // answered: all is well
        QCOMPARE(m_server->count("<history"), std::size_t(1));
        m_server->forgotUs = true;
        QTRY_VERIFY(m_server->count("<history") >= 2);
        m_server->forgotUs = false;
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
        QVERIFY(!m_recoveries.empty());
    }

    void distrustsAcknowledgementsOfWhatWasNeverSent()
    {
        QVERIFY(live());
        m_server->give("<a xmlns='urn:xmpp:sm:3' h='4000'/>");
        QTRY_COMPARE(m_server->connections, 2);
        QCOMPARE(m_server->count("<resume"), std::size_t(0));
    }

    void answersPingsAndRefusesOtherQuestions()
    {
        QVERIFY(live());
        m_server->give("<iq xmlns='jabber:client' type='get' id='p1' from='x'><ping xmlns='urn:xmpp:ping'/></iq>");
        m_server->give("<iq xmlns='jabber:client' type='get' id='v1' from='eve@y/z'><query xmlns='jabber:iq:version'/></iq>");
        QTRY_VERIFY(m_server->count("id=\"v1\"") == 1);
        QVERIFY(m_server->last("id=\"p1\"").find("type=\"result\"") != std::string::npos);
        QVERIFY(m_server->last("id=\"v1\"").find("service-unavailable") != std::string::npos);
    }
};

QD_TEST(TestXmppConnector)
#include "tst_xmppconnector.moc"
