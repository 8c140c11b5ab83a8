// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/practiceconnector.h"
#include "tests/support/clock.h"
#include "tests/support/lastof.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;
using Said = PracticeConnector::Said;

namespace {

struct Counting final : Random {
    std::uint8_t next = 0;
    void fill(std::span<std::uint8_t> out) override
    {
        for (auto &b : out)
            b = next++;
    }
};

Uuid idem(std::uint8_t n)
{
    Uuid id;
    id.bytes[15] = n;
    return id;
}

} // namespace

class TestPracticeConnector final : public QObject {
    Q_OBJECT
    tests::FakeClock m_clock{tests::at("2026-11-23T14:25:07Z")};
    Counting m_random;
    std::unique_ptr<PracticeConnector> m_connector;
    std::vector<ChatEvent> m_events;
    std::vector<DeliveryReport> m_reports;
    std::vector<RoomReport> m_rooms;
    std::vector<std::string> m_failed;
    std::string m_room;

    Said said(const std::string &text, const std::string &id = {}, const std::string &sender = "osei@practice.invalid") const
    {
        return {Said::Kind::Message, m_room, sender, "osei", id, text, {}};
    }
    Code refusedAs(const Said &s)
    {
        const auto before = m_events.size();
        const auto done = m_connector->say(s);
        return !done && m_events.size() == before ? done.error().code : Code::Internal;
    }

private Q_SLOTS:
    void init()
    {
        m_events.clear();
        m_reports.clear();
        m_rooms.clear();
        m_failed.clear();
        m_connector = std::make_unique<PracticeConnector>("war-room", m_clock, m_random);
        connect(m_connector.get(), &ChatConnector::event, this, [this](const ChatEvent &e) { m_events.push_back(e); });
        connect(m_connector.get(), &ChatConnector::delivery, this, [this](const DeliveryReport &r) { m_reports.push_back(r); });
        connect(m_connector.get(), &ChatConnector::roomReady, this, [this](const RoomReport &r) { m_rooms.push_back(r); });
        connect(m_connector.get(), &ChatConnector::roomFailed, this, [this](const Uuid &, const std::string &room, const Error &) { m_failed.push_back(room); });
        m_connector->open();
        m_connector->createRoom({idem(1), "inc-1", "SEV1 Checkout"});
        QCOMPARE(m_rooms.size(), std::size_t{1});
        m_room = m_rooms.front().room;
    }

    void aRoomSaysPracticeInItsAddress()
    {
        QVERIFY(m_room.starts_with("practice-inc-1@"));
        QVERIFY(m_rooms.front().created);
        m_connector->createRoom({idem(2), "inc-1", "again"});
        QVERIFY(!m_rooms.back().created);
        QCOMPARE(m_rooms.back().room, m_room);
        m_connector->createRoom({idem(3), "///", "no name"});
        QCOMPARE(m_failed.size(), std::size_t{1});
    }

    void aRoomThatIsThereIsJoinedAndNoneIsMade()
    {
        const std::string absent = "practice-ops@rooms.practice.invalid";
        m_connector->join({idem(2), absent, {}, {}});
        QCOMPARE(m_failed, std::vector<std::string>{absent});
        m_connector->join({idem(3), m_room, {}, {}});
        QCOMPARE(m_rooms.back().idem, idem(3));
        QVERIFY(!m_rooms.back().created);
        m_connector->join({idem(4), "ops@elsewhere.example", "cursor", {}});
        QCOMPARE(m_failed.size(), std::size_t{2});
        m_connector->join({idem(5), absent, "cursor", {}}); // followed by an earlier process
        QCOMPARE(m_rooms.back().room, absent);
    }

    void aMemberSpeaksAndThePlatformVouches()
    {
        QVERIFY(m_connector->say(said("card provider sees nothing", "m1")));
        QCOMPARE(m_events.size(), std::size_t{1});
        const ChatEvent &e = m_events.front();
        QCOMPARE(e.kind, ChatEvent::Kind::Message);
        QCOMPARE(e.senderId, std::string("osei@practice.invalid"));
        QCOMPARE(e.messageId, std::string("m1"));
        QVERIFY(!e.eventId.empty() && e.identityVerified && !e.own && !e.replayed);
        QCOMPARE(m_connector->members(m_room).size(), std::size_t{2});
    }

    void editsAndReactionsNameTheirMessage()
    {
        QVERIFY(m_connector->say(said("first", "m1")));
        Said edit = said("second");
        edit.kind = Said::Kind::Edit;
        edit.target = "m1";
        QVERIFY(m_connector->say(edit));
        Said reaction = said("👍", {}, "ito@practice.invalid");
        reaction.kind = Said::Kind::Reaction;
        reaction.target = "m1";
        QVERIFY(m_connector->say(reaction));
        QCOMPARE(m_events.size(), std::size_t{3});
        QCOMPARE(m_events[1].kind, ChatEvent::Kind::Edit);
        QCOMPARE(m_events[1].targetId, m_events[0].eventId);
        QCOMPARE(m_events[2].emojis, std::vector<std::string>{"👍"});
        QCOMPARE(m_events[2].targetId, m_events[0].eventId);
    }

    void whatIsRefusedChangesNothing()
    {
        QVERIFY(m_connector->say(said("first", "m1")));
        QCOMPARE(refusedAs(said("", "m2")), Code::Invalid);
        QCOMPARE(refusedAs(said("again", "m1")), Code::Invalid);
        QCOMPARE(refusedAs(said("us", {}, "console@practice.invalid")), Code::Invalid);
        QVERIFY(m_connector->say(said(std::string(PracticeConnector::kTextLimit, 'x'))));
        QCOMPARE(refusedAs(said(std::string(PracticeConnector::kTextLimit + 1, 'x'))), Code::TooLarge);
        Said elsewhere = said("hello");
        elsewhere.room = "practice-other@rooms.practice.invalid";
        QCOMPARE(refusedAs(elsewhere), Code::NotFound);
        Said edit = said("forged", {}, "ito@practice.invalid");
        edit.kind = Said::Kind::Edit;
        edit.target = "m1";
        QCOMPARE(refusedAs(edit), Code::Forbidden);
        edit.sender = "osei@practice.invalid";
        edit.target = "m9";
        QCOMPARE(refusedAs(edit), Code::NotFound);
        m_connector->close();
        QCOMPARE(refusedAs(said("late")), Code::Unavailable);
    }

    void whatWeWriteComesBackAsOursAndIsConfirmed()
    {
        m_connector->post(idem(7), m_room, "Update: some customers cannot pay");
        QCOMPARE(m_reports.back().state, Delivery::Sent);
        QTRY_COMPARE(tests::lastOf(m_reports).state, Delivery::Confirmed);
        QCOMPARE(m_events.size(), std::size_t{1});
        QVERIFY(m_events.front().own);
        QCOMPARE(m_reports.back().message.eventId, m_events.front().eventId);
        m_connector->setTopic(idem(8), m_room, "SEV1 · active");
        QTRY_COMPARE(tests::lastOf(m_reports).state, Delivery::Confirmed);
        QCOMPARE(m_events.back().kind, ChatEvent::Kind::Topic);
        m_connector->post(idem(9), "practice-other@rooms.practice.invalid", "into nothing");
        QCOMPARE(m_reports.back().state, Delivery::Failed);
    }

    void aPageIsConfirmedAndShownToNobody()
    {
        m_connector->postDirect(idem(4), "osei@practice.invalid", "You are called");
        QTRY_COMPARE(tests::lastOf(m_reports).state, Delivery::Confirmed);
        QVERIFY(!m_reports.back().reason.empty());
        QVERIFY(m_events.empty());
    }

    void whatAnEarlierProcessMayHaveSentIsLookedUpAndSentOnce()
    {
        Outgoing out;
        out.idem = idem(5);
        out.room = m_room;
        out.text = "maybe";
        out.maybeSent = true;
        m_connector->send(out); // this process never saw it: it is sent
        QTRY_COMPARE(tests::lastOf(m_reports).state, Delivery::Confirmed);
        QCOMPARE(m_events.size(), std::size_t{1});
        m_connector->send(out); // and now it is known
        QCOMPARE(m_reports.back().state, Delivery::Confirmed);
        QCoreApplication::processEvents();
        QCOMPARE(m_events.size(), std::size_t{1});
    }

    void whatIsQueuedWhileClosedIsSentOnOpening()
    {
        m_connector->close();
        m_connector->post(idem(6), m_room, "later");
        QCOMPARE(m_reports.back().state, Delivery::Queued);
        m_connector->open();
        QTRY_COMPARE(tests::lastOf(m_reports).state, Delivery::Confirmed);
    }

    void aRoomOfAnEarlierProcessIsEnteredAgain()
    {
        const std::string old = "practice-inc-9@rooms.practice.invalid";
        m_connector->attach(old, "cursor-of-then");
        QCOMPARE(m_rooms.back().room, old);
        QVERIFY(!m_rooms.back().created);
        QCOMPARE(m_rooms.back().cursor, std::string("cursor-of-then"));
        m_connector->attach("room@conference.example.org", {});
        QCOMPARE(m_failed, std::vector<std::string>{"room@conference.example.org"});
        m_connector->detach(old);
        QCOMPARE(m_failed.back(), old);
    }
};

QD_TEST(TestPracticeConnector)
#include "tst_practiceconnector.moc"
