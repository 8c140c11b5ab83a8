// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/outbox.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;
using std::chrono::milliseconds;

namespace {

struct RecallPort final : Outbox::Port {
    bool up = true;
    std::vector<std::string> sent, said;
    std::vector<std::pair<std::string, Outbox::LookedUp>> lookups;

    bool canSend(const std::string &) const override { return up; }
    void transmit(const Outgoing &, const std::string &text, const std::string &id) override
    {
        sent.push_back(id);
        said.push_back(text);
    }
    bool joins() const override { return true; }
    void lookUp(const Outgoing &, const std::string &id, Instant, Outbox::LookedUp done) override { lookups.emplace_back(id, std::move(done)); }
    std::vector<std::string> split(const Outgoing &out) const override
    {
        return out.text == "long" ? std::vector<std::string>{"l", "o", "ng"} : std::vector<std::string>{out.text};
    }
};

Outgoing recallPost(std::uint8_t n, const std::string &room = "war", const std::string &text = "hi")
{
    Outgoing out;
    out.idem.bytes[15] = n;
    out.room = room;
    out.text = text;
    return out;
}

std::string recallId(std::uint8_t n)
{
    return recallPost(n).idem.text();
}

} // namespace

/// What may not be said any more is taken out of its lane.
class TestOutboxRecall final : public QObject {
    Q_OBJECT
    tests::FakeClock m_clock{tests::at("2026-11-23T14:25:07Z")};
    RecallPort m_port;
    std::unique_ptr<Outbox> m_outbox;
    std::vector<DeliveryReport> m_reports;

    std::vector<Delivery> statesOf(std::uint8_t n) const
    {
        std::vector<Delivery> out;
        for (const DeliveryReport &r : m_reports)
            if (r.idem == recallPost(n).idem)
                out.push_back(r.state);
        return out;
    }

    static Outgoing joinable(std::uint8_t n, const std::string &text)
    {
        Outgoing out = recallPost(n, "war", text);
        out.joinable = true;
        return out;
    }

private Q_SLOTS:
    void init()
    {
        m_port = RecallPort();
        m_reports.clear();
        m_outbox = std::make_unique<Outbox>(m_port, m_clock, std::chrono::hours(1)); // whatever the machine has to do, nothing is in doubt but by what is done here
        connect(m_outbox.get(), &Outbox::delivery, this, [this](const DeliveryReport &r) { m_reports.push_back(r); });
    }

    void whatIsTakenBackWhileItWaitsIsNeverSent()
    {
        m_port.up = false;
        for (std::uint8_t n = 1; n <= 3; ++n)
            m_outbox->add(recallPost(n));
        m_outbox->recall(recallPost(2).idem, "its text was struck");
        m_outbox->recall(recallPost(1).idem, "its text was struck");
        m_outbox->recall(recallPost(9).idem, "its text was struck"); // nobody's
        for (std::uint8_t n = 1; n <= 2; ++n) {
            QCOMPARE(statesOf(n), (std::vector<Delivery>{Delivery::Queued, Delivery::Failed}));
            QCOMPARE(m_reports.at(m_reports.size() - n).reason, std::string("its text was struck"));
        }
        m_port.up = true;
        m_outbox->pump();
        QCOMPARE(m_port.sent, (std::vector<std::string>{recallId(3)}));
    }

    void whatIsOnTheWireIsLeftToItsAnswerAndNeverSentAgain_data()
    {
        QTest::addColumn<int>("answer");
        QTest::addColumn<int>("becomes");
        QTest::newRow("confirmed") << 0 << static_cast<int>(Delivery::Confirmed);
        QTest::newRow("patience") << 1 << static_cast<int>(Delivery::Failed);
        QTest::newRow("lost, and found") << 2 << static_cast<int>(Delivery::Confirmed);
        QTest::newRow("lost, and not there") << 3 << static_cast<int>(Delivery::Failed);
        QTest::newRow("lost, and nobody can tell") << 4 << static_cast<int>(Delivery::Unknown);
    }
    void whatIsOnTheWireIsLeftToItsAnswerAndNeverSentAgain()
    {
        QFETCH(int, answer);
        QFETCH(int, becomes);
        for (const bool isDirect : {false, true}) {
            init();
            Outgoing out = recallPost(1);
            if (isDirect) {
                out.kind = Outgoing::Kind::Direct;
                out.person = "ana";
                out.room.clear();
            }
            const std::string lane = Outbox::laneOf(out);
            m_outbox->add(out);
            m_outbox->recall(out.idem, "its text was struck");
            QCOMPARE(statesOf(1).back(), Delivery::Sent);
            if (answer == 0)
                m_outbox->confirmed(lane, recallId(1), {"s1", {}});
            if (answer == 1)
                m_outbox->refused(lane, recallId(1), "too fast", milliseconds(1));
            if (answer >= 2) {
                m_outbox->lineChanged();
                m_outbox->pump();
                m_port.lookups.at(0).second(answer == 2 ? Outbox::Found::Yes : answer == 3 ? Outbox::Found::No : Outbox::Found::CannotTell, {"s1", {}});
            }
            QCOMPARE(statesOf(1).back(), static_cast<Delivery>(becomes));
            m_outbox->pump();
            QCOMPARE(m_port.sent.size(), std::size_t(1));
        }
    }

    void whatIsSaidTogetherIsSaidWithoutWhatIsTakenBack()
    {
        for (std::uint8_t n = 1; n <= 4; ++n)
            m_outbox->add(joinable(n, std::string(1, static_cast<char>('a' + n - 1))));
        m_outbox->refused("war", recallId(1), "too fast", milliseconds(1));
        QTRY_COMPARE(m_port.said.size(), std::size_t(2));
        QCOMPARE(m_port.said.back(), std::string("a\nb\nc\nd"));
        m_outbox->recall(recallPost(1).idem, "its text was struck"); // on the wire, with the others
        m_outbox->recall(recallPost(3).idem, "its text was struck");
        QCOMPARE(statesOf(1).back(), Delivery::Sent);
        m_outbox->refused("war", recallId(1), "still too fast", milliseconds(1));
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
        QCOMPARE(statesOf(3).back(), Delivery::Failed);
        QTRY_COMPARE(m_port.said.size(), std::size_t(3));
        QCOMPARE(m_port.said.back(), std::string("b\nd"));
        QCOMPARE(m_port.sent.back(), recallId(2));
    }

    /// Words taken anew of one that is said together with others: all are said, and none as they were.
    void whatIsSaidTogetherIsSaidInTheWordsTakenAnew_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<bool>("isOnTheWire");
        for (int which : {1, 2})
            for (const bool isOnTheWire : {false, true})
                QTest::addRow("%d %s", which, isOnTheWire ? "on the wire" : "waiting") << which << isOnTheWire;
    }
    void whatIsSaidTogetherIsSaidInTheWordsTakenAnew()
    {
        QFETCH(int, which);
        QFETCH(bool, isOnTheWire);
        for (std::uint8_t n = 1; n <= 3; ++n)
            m_outbox->add(joinable(n, std::string(1, static_cast<char>('a' + n - 1))));
        m_outbox->refused("war", recallId(1), "too fast", milliseconds(1));
        QTRY_COMPARE(m_port.said.size(), std::size_t(2));
        QCOMPARE(m_port.said.back(), std::string("a\nb\nc"));
        const auto takeAnew = [&] { m_outbox->add(joinable(static_cast<std::uint8_t>(which), "X")); };
        if (isOnTheWire)
            takeAnew();
        m_port.up = false;
        m_outbox->refused("war", recallId(1), "still too fast", milliseconds(1));
        if (!isOnTheWire)
            takeAnew();
        m_port.up = true;
        m_outbox->pump();
        QTRY_COMPARE(m_port.said.size(), std::size_t(3));
        QCOMPARE(m_port.said.back(), std::string(which == 1 ? "X\nb\nc" : "a\nX\nc"));
        m_outbox->confirmed("war", recallId(1), {"s1", {}});
        for (std::uint8_t n = 1; n <= 3; ++n)
            QCOMPARE(statesOf(n).back(), Delivery::Confirmed);
        m_outbox->pump();
        QCOMPARE(m_port.said.size(), std::size_t(3));
    }

    void whatIsInDoubtSaysTheWordsTakenAnewOnceItIsNotThere()
    {
        m_outbox->add(recallPost(1));
        m_outbox->lineChanged();
        m_outbox->add(recallPost(1, "war", "classed"));
        m_outbox->pump();
        m_port.lookups.at(0).second(Outbox::Found::No, {});
        QCOMPARE(m_port.said, (std::vector<std::string>{"hi", "classed"}));
        QCOMPARE(m_port.sent.back(), recallId(1));
    }

    /// Handed over for its words alone: what is over, or of which nobody knows whether it arrived, is not sent again for that.
    void nothingIsSentForItsWordsAlone()
    {
        m_outbox->add(recallPost(1));
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.lookups.at(0).second(Outbox::Found::CannotTell, {});
        QCOMPARE(statesOf(1).back(), Delivery::Unknown);
        m_outbox->add(recallPost(2));
        m_outbox->confirmed("war", recallId(2), {"s2", {}});
        m_port.up = false;
        m_outbox->add(recallPost(3));
        const std::size_t said = m_reports.size();
        for (std::uint8_t n = 1; n <= 4; ++n) {
            Outgoing out = recallPost(n, "war", "classed");
            out.isAnew = true;
            m_outbox->add(out);
        }
        QCOMPARE(m_reports.size(), said);
        m_port.up = true;
        m_outbox->pump();
        QCOMPARE(m_port.said, (std::vector<std::string>{"hi", "hi", "classed"}));
        QCOMPARE(m_port.sent.back(), recallId(3));
    }

    void ofWhatWasSentInPartIsSaidHowMuchWent()
    {
        m_outbox->add(recallPost(1, "war", "long"));
        m_port.up = false;
        m_outbox->confirmed("war", recallId(1), {"s1", {}});
        m_outbox->recall(recallPost(1).idem, "its text was struck");
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
        QCOMPARE(m_reports.back().reason, std::string("its text was struck; 1 of its 3 parts had gone out"));
        m_port.up = true;
        m_outbox->pump();
        QCOMPARE(m_port.said, (std::vector<std::string>{"l"}));
    }

    void whatAnEarlierProcessSentAndIsTakenBackIsOnlyLookedFor()
    {
        Outgoing out = recallPost(1);
        out.maybeSent = true;
        out.recalled = "its text was struck";
        m_outbox->add(out);
        m_port.lookups.at(0).second(Outbox::Found::No, {});
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
        QVERIFY(m_port.sent.empty());
    }
};

QD_TEST(TestOutboxRecall)
#include "tst_outboxrecall.moc"
