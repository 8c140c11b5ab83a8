// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/chat/outboxbench.h"
#include "tests/support/lastof.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::chat;
using std::chrono::milliseconds;

/// The order of a room, its turn among others, what is refused, and what is said together.
class TestOutbox final : public tests::OutboxBench {
    Q_OBJECT
private Q_SLOTS:
    void init() { make(std::chrono::hours(1)); }

    void whatWaitsTakesOtherWordsAndWhatWasSentDoesNot()
    {
        m_outbox->add(post(1, "war", "one"));
        m_outbox->add(post(2, "war", "two"));
        QCOMPARE(m_port.said, std::vector<std::string>{"one"});
        m_outbox->add(post(1, "war", "other one")); // on its way
        m_outbox->add(post(2, "war", "[sealed: restricted, short]"));
        m_outbox->confirmed("war", idOf(1), {"s1", idOf(1)});
        QCOMPARE(m_port.said, (std::vector<std::string>{"one", "[sealed: restricted, short]"}));
    }

    void keepsTheOrderOfARoomAndLetsRoomsPassEachOther()
    {
        m_outbox->add(post(1));
        m_outbox->add(post(2));
        m_outbox->add(post(3, "other"));
        QCOMPARE(m_port.sent, (std::vector<std::string>{idOf(1), idOf(3)}));
        m_outbox->confirmed("other", idOf(1), {}); // of another room: not ours
        QCOMPARE(m_port.sent.size(), std::size_t(2));
        m_outbox->confirmed("war", idOf(1), {"s1", idOf(1)});
        QCOMPARE(m_port.sent.back(), idOf(2));
        QCOMPARE(statesOf(1), (std::vector<Delivery>{Delivery::Queued, Delivery::Sent, Delivery::Confirmed}));
        for (const DeliveryReport &r : m_reports)
            QCOMPARE(r.message, r.state == Delivery::Confirmed ? (MessageRef{"s1", idOf(1)}) : MessageRef{});
    }

    void aBusyRoomDoesNotKeepOthersFromTheirTurn()
    {
        m_port.tokens = 1;
        const std::vector<std::pair<std::uint8_t, std::string>> posts = {{1, "a"}, {2, "a"}, {3, "a"}, {4, "b"}, {5, "b"}, {6, "c"}};
        std::map<std::string, std::string> roomOf;
        for (const auto &[n, room] : posts) {
            m_outbox->add(post(n, room));
            roomOf[idOf(n)] = room;
        }
        for (std::size_t done = 0; done < posts.size(); ++done) { // each is confirmed before the next may go
            QCOMPARE(m_port.sent.size(), done + 1);
            m_outbox->confirmed(roomOf[m_port.sent.back()], m_port.sent.back(), {"s", m_port.sent.back()});
            m_port.tokens = 1;
            m_outbox->pump();
        }
        QCOMPARE(m_port.sent, (std::vector<std::string>{idOf(1), idOf(4), idOf(6), idOf(2), idOf(5), idOf(3)}));
    }

    void waitsWhileTheLineIsDown()
    {
        m_port.up = false;
        m_outbox->add(post(1));
        QVERIFY(m_port.sent.empty());
        m_port.up = true;
        m_outbox->pump();
        QCOMPARE(m_port.sent.size(), std::size_t(1));
    }

    void answersARepeatWithoutSendingIt()
    {
        m_outbox->add(post(1));
        m_outbox->add(post(1));
        QCOMPARE(statesOf(1).back(), Delivery::Sent);
        m_outbox->confirmed("war", idOf(1), {"s1", {}});
        m_outbox->add(post(1));
        QCOMPARE(statesOf(1).back(), Delivery::Confirmed);
        QCOMPARE(m_port.sent.size(), std::size_t(1));
    }

    void confirmsALongTextWithItsLastPart()
    {
        m_outbox->add(post(1, "war", "long"));
        for (const char *suffix : {"", "-2", "-3"}) {
            QCOMPARE(m_port.sent.back(), idOf(1) + suffix);
            QVERIFY(statesOf(1).back() != Delivery::Confirmed);
            m_outbox->confirmed("war", idOf(1) + suffix, {std::string("s") + suffix, {}});
        }
        QCOMPARE(statesOf(1).back(), Delivery::Confirmed);
        QCOMPARE(m_reports.back().message.eventId, std::string("s"));
    }

    void complaint19_failsWhatIsRefusedAndPausesWhenAskedTo()
    {
        m_outbox->add(post(1));
        m_outbox->add(post(2));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(20));
        QCOMPARE(statesOf(1).back(), Delivery::Queued);
        m_outbox->pump();
        QCOMPARE(m_port.sent.size(), std::size_t(1));
        QTRY_COMPARE(m_port.sent.size(), std::size_t(2));
        QCOMPARE(m_port.sent.back(), idOf(1));
        m_outbox->refused("war", idOf(1), "no voice", {});
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
        QCOMPARE(m_port.sent.back(), idOf(2));
    }

    /// Whatever platform asks for patience with a topic: what is said in the room goes out, and who set it hears when another is taken.
    void aTopicThatIsPutOffForAMomentIsWaitedFor()
    {
        Outgoing topic = post(1);
        topic.kind = Outgoing::Kind::Topic;
        m_outbox->add(topic);
        m_outbox->refused("war", idOf(1), "not twice in a second", milliseconds(1'100));
        QVERIFY(std::none_of(m_reports.begin(), m_reports.end(), [](const DeliveryReport &r) { return r.state == Delivery::Failed; }));
    }

    void aTopicMakesWayForWhatIsSaid()
    {
        Outgoing topic = post(1);
        topic.kind = Outgoing::Kind::Topic;
        m_outbox->add(topic);
        m_outbox->add(post(2));
        m_outbox->refused("war", idOf(1), "not yet", milliseconds(480'000));
        QCOMPARE(m_port.sent.back(), idOf(2));
        const auto last = std::find_if(m_reports.rbegin(), m_reports.rend(), [](const DeliveryReport &r) { return r.idem == post(1).idem; });
        QVERIFY(last != m_reports.rend());
        QCOMPARE(last->state, Delivery::Failed);
        QCOMPARE(last->again, m_clock.now() + minutes(8));
        m_outbox->confirmed("war", idOf(2), {"s2", idOf(2)});
        QVERIFY(!m_reports.back().again);
        topic.idem.bytes[15] = 3;
        m_outbox->add(topic);
        m_outbox->refused("war", idOf(3), "not in the room", milliseconds(0)); // no patience: it is tried again at once
        QTRY_COMPARE(m_port.sent.size(), std::size_t(4));
        m_outbox->refused("war", idOf(3), "you may not", {});
        QCOMPARE(statesOf(3).back(), Delivery::Failed);
        QVERIFY(!m_reports.back().again);
    }

    void doesNotRepeatARefusalForEver()
    {
        m_outbox->add(post(1));
        for (std::size_t i = 1; i <= 3; ++i) {
            QTRY_COMPARE(m_port.sent.size(), i);
            m_outbox->refused("war", idOf(1), "not in the room", milliseconds(0));
        }
        QTRY_COMPARE(tests::lastOf(statesOf(1)), Delivery::Failed);
    }

    /// What waits while the platform wants patience, is said in one post: its room is not told late for its own length.
    void complaint19_whatWaitsUnderA429IsSaidInOnePostAndEachIsConfirmed()
    {
        for (std::uint8_t n = 1; n <= 3; ++n)
            m_outbox->add(joinable(n, std::string(1, static_cast<char>('a' + n - 1))));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(20));
        QTRY_COMPARE(m_port.sent.size(), std::size_t(2));
        QCOMPARE(m_port.said.back(), std::string("a\nb\nc"));
        QCOMPARE(m_port.sent.back(), idOf(1));
        QCOMPARE(m_port.also.back(), std::size_t(2));
        for (std::uint8_t n = 1; n <= 3; ++n)
            QCOMPARE(statesOf(n).back(), Delivery::Sent);
        m_outbox->add(joinable(2, "b")); // a repeat of one of them is answered, and not sent
        m_outbox->add(joinable(4, "d")); // what comes now is said behind it
        m_outbox->confirmed("war", idOf(1), {"s1", idOf(1)});
        for (std::uint8_t n = 1; n <= 3; ++n)
            QCOMPARE(statesOf(n).back(), Delivery::Confirmed);
        QCOMPARE(std::count_if(m_reports.begin(), m_reports.end(), [](const DeliveryReport &r) { return r.message.eventId == "s1"; }), 3);
        QCOMPARE(m_port.said.back(), std::string("d"));
        QCOMPARE(m_port.sent.size(), std::size_t(3));
        m_outbox->add(joinable(3, "c")); // also later
        QCOMPARE(m_port.sent.size(), std::size_t(3));
    }

    void nothingIsJoinedWithoutNeedNorWhereItCouldNotBeFoundAgain()
    {
        m_outbox->add(joinable(1, "a"));
        m_outbox->add(joinable(2, "b"));
        m_outbox->confirmed("war", idOf(1), {"s1", {}});
        QCOMPARE(m_port.said, (std::vector<std::string>{"a", "b"})); // the platform asked for no patience
        m_port.joining = false;
        m_outbox->add(joinable(3, "c"));
        m_outbox->refused("war", idOf(2), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.said.size(), std::size_t(3));
        QCOMPARE(m_port.said.back(), std::string("b"));
    }

    void anAnswerBetweenThemKeepsItsPlaceAndStandsAlone()
    {
        m_outbox->add(joinable(1, "a"));
        m_outbox->add(joinable(2, "b"));
        m_outbox->add(post(3, "war", "Eve commands."));
        m_outbox->add(joinable(4, "c"));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.said.size(), std::size_t(2));
        m_outbox->confirmed("war", idOf(1), {"s1", {}});
        m_outbox->confirmed("war", idOf(3), {"s2", {}});
        QCOMPARE(m_port.said, (std::vector<std::string>{"a", "a\nb", "Eve commands.", "c"}));
    }

    void onePostIsNeverLongerThanTheirPlatformTakes()
    {
        const std::string twenty(20, 'x');
        for (std::uint8_t n = 1; n <= 4; ++n)
            m_outbox->add(joinable(n, twenty));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.said.size(), std::size_t(2));
        QCOMPARE(m_port.said.back(), twenty + "\n" + twenty); // a third would make 62 bytes
    }

    void whatIsRefusedTogetherIsTriedEachByItself()
    {
        for (std::uint8_t n = 1; n <= 3; ++n)
            m_outbox->add(joinable(n, std::string(1, static_cast<char>('a' + n - 1))));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.sent.size(), std::size_t(2));
        m_outbox->refused("war", idOf(1), "not that", {});
        QCOMPARE(m_port.said.back(), std::string("a"));
        QCOMPARE(m_port.also.back(), std::size_t(0));
        m_outbox->refused("war", idOf(1), "not that", {});
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
        QCOMPARE(m_port.said.back(), std::string("b"));
        m_outbox->refused("war", idOf(2), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.said.size(), std::size_t(5));
        QCOMPARE(m_port.said.back(), std::string("b")); // and not together again
    }

    void tellsWhenAConfirmedPageIsRefusedLater()
    {
        Outgoing page = post(1, "");
        page.kind = Outgoing::Kind::Direct;
        page.person = "bob@x";
        m_outbox->add(page);
        m_outbox->confirmed("@bob@x", idOf(1), {}, "the server took it");
        m_outbox->confirmed("@bob@x", idOf(1), {}, "the person's client has it");
        QCOMPARE(m_reports.back().reason, std::string("the person's client has it"));
        m_outbox->refused("@bob@x", idOf(1), "unknown person", {});
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
    }

    void failsWhatALeftRoomNeverGot()
    {
        m_outbox->add(post(1));
        m_outbox->add(post(2));
        m_port.up = false;
        m_outbox->drop("war", "we were banned");
        QCOMPARE(statesOf(1).back(), Delivery::Unknown); // it was on the wire
        QCOMPARE(statesOf(2).back(), Delivery::Failed);
    }
};

QD_TEST(TestOutbox)
#include "tst_outbox.moc"
