// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/chat/outboxbench.h"
#include "tests/support/lastof.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::chat;
using std::chrono::milliseconds;

/// What may have been sent is looked for before it is sent again.
class TestOutboxDoubt final : public tests::OutboxBench {
    Q_OBJECT
private Q_SLOTS:
    void init() { make(std::chrono::hours(1)); }

    void looksBeforeItSendsAgain()
    {
        m_outbox->add(post(1));
        m_outbox->lineChanged();
        QCOMPARE(statesOf(1).back(), Delivery::Unknown);
        m_outbox->pump();
        QCOMPARE(m_port.sent.size(), std::size_t(1));
        QCOMPARE(m_port.lookups.size(), std::size_t(1));
        m_port.lookups[0].second(Outbox::Found::No, {});
        QCOMPARE(m_port.sent.size(), std::size_t(2));
    }

    void neverSendsAgainWhatItFound()
    {
        m_outbox->add(post(1));
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.lookups[0].second(Outbox::Found::Yes, {"s1", idOf(1)});
        QCOMPARE(statesOf(1).back(), Delivery::Confirmed);
        QCOMPARE(m_port.sent.size(), std::size_t(1));
    }

    void leavesItToAPersonWhenNobodyCanTell()
    {
        m_outbox->add(post(1));
        m_outbox->add(post(2));
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.lookups[0].second(Outbox::Found::CannotTell, {});
        QCOMPARE(statesOf(1).back(), Delivery::Unknown);
        QVERIFY(!m_reports[m_reports.size() - 2].reason.empty());
        QCOMPARE(m_port.sent.back(), idOf(2)); // the room goes on
    }

    void sendsAPageAgainOnDoubt()
    {
        Outgoing page = post(1, "");
        page.kind = Outgoing::Kind::Direct;
        page.person = "bob@x";
        m_outbox->add(page);
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.lookups[0].second(Outbox::Found::CannotTell, {});
        QCOMPARE(m_port.sent.size(), std::size_t(2));
        QCOMPARE(m_port.sent[0], m_port.sent[1]); // under the same id
    }

    void asksAgainWhenTheQuestionWasLost()
    {
        make(milliseconds(30));
        m_outbox->add(post(1));
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.up = false;
        m_port.lookups[0].second(Outbox::Found::CannotTell, {});
        QCOMPARE(statesOf(1).back(), Delivery::Unknown);
        m_port.up = true;
        QTRY_COMPARE(m_port.lookups.size(), std::size_t(2));
        QCOMPARE(m_port.sent.size(), std::size_t(1));
    }

    void doubtsWithoutAConfirmationAndBelievesALateOne()
    {
        make(milliseconds(30));
        m_outbox->add(post(1));
        QTRY_COMPARE(tests::lastOf(statesOf(1)), Delivery::Unknown);
        QCOMPARE(m_port.lookups.size(), std::size_t(1));
        m_outbox->confirmed("war", idOf(1), {"s1", {}});
        QCOMPARE(statesOf(1).back(), Delivery::Confirmed);
        m_port.lookups[0].second(Outbox::Found::No, {}); // too late to matter
        QCOMPARE(m_port.sent.size(), std::size_t(1));
    }

    void givesUpAfterThreeAttempts()
    {
        make(milliseconds(30));
        m_outbox->add(post(1));
        for (std::size_t i = 0; i < 3; ++i) {
            QTRY_COMPARE(m_port.lookups.size(), i + 1);
            m_port.lookups[i].second(Outbox::Found::No, {});
        }
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
        QCOMPARE(m_port.sent.size(), std::size_t(3));
    }

    void looksFirstForWhatAnEarlierProcessMayHaveSent()
    {
        Outgoing out = post(1);
        out.maybeSent = true;
        out.queuedAt = *parseInstant("2026-11-23T12:00:00Z");
        m_outbox->add(out);
        QVERIFY(m_port.sent.empty());
        QCOMPARE(m_port.lookups.size(), std::size_t(1));
        QCOMPARE(toRfc3339(m_port.lookedSince), std::string("2026-11-23T12:00:00Z"));
    }

    void whatWasSaidTogetherIsLookedForTogetherAndSentAgainAsItWas()
    {
        for (std::uint8_t n = 1; n <= 3; ++n)
            m_outbox->add(joinable(n, "x"));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.sent.size(), std::size_t(2));
        m_outbox->add(joinable(4, "y"));
        m_outbox->lineChanged();
        for (std::uint8_t n = 1; n <= 3; ++n)
            QCOMPARE(statesOf(n).back(), Delivery::Unknown);
        m_outbox->pump();
        QCOMPARE(m_port.lookups.size(), std::size_t(1));
        m_port.lookups[0].second(Outbox::Found::No, {});
        QCOMPARE(m_port.said.back(), std::string("x\nx\nx")); // nothing is added to what a platform may know by its id
        QCOMPARE(m_port.sent.back(), idOf(1));
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.lookups[1].second(Outbox::Found::Yes, {"s1", {}});
        for (std::uint8_t n = 1; n <= 3; ++n) {
            QCOMPARE(statesOf(n).back(), Delivery::Confirmed);
            QCOMPARE(lookedOf(n), Looked::Found);
        }
        QCOMPARE(m_port.said.back(), std::string("y"));
    }

    /// A process that died between sending and recording it must not say it twice.
    void whatAnEarlierProcessHadIsLookedForFirstAndSentWhenItIsNotThere()
    {
        Outgoing out = post(1);
        out.fromBefore = true;
        out.queuedAt = *parseInstant("2026-11-23T12:00:00Z");
        m_outbox->add(out);
        QCOMPARE(statesOf(1), (std::vector<Delivery>{Delivery::Queued})); // nobody recorded that it was sent
        QVERIFY(m_port.sent.empty());
        QCOMPARE(toRfc3339(m_port.lookedSince), std::string("2026-11-23T12:00:00Z"));
        m_port.lookups[0].second(Outbox::Found::Yes, {"s1", {}});
        QCOMPARE(statesOf(1).back(), Delivery::Confirmed);
        QVERIFY(m_port.sent.empty());
        for (std::uint8_t n = 2; n <= 3; ++n) {
            Outgoing next = post(n);
            next.fromBefore = true;
            m_outbox->add(next);
        }
        m_port.lookups[1].second(Outbox::Found::No, {});
        QCOMPARE(m_port.sent, (std::vector<std::string>{idOf(2)}));
        m_outbox->confirmed("war", idOf(2), {"s2", {}});
        m_port.lookups[2].second(Outbox::Found::CannotTell, {}); // it was most likely never sent
        QCOMPARE(m_port.sent.back(), idOf(3));
        m_outbox->lineChanged(); // but now it was
        m_outbox->pump();
        m_port.lookups[3].second(Outbox::Found::CannotTell, {});
        QCOMPARE(statesOf(3).back(), Delivery::Unknown);
        QCOMPARE(m_port.sent.size(), std::size_t(2));
    }

    void ofALongQueueFromBeforeTheFirstTenAreLookedFor()
    {
        for (std::uint8_t n = 1; n <= 12; ++n) {
            Outgoing out = post(n);
            out.fromBefore = true;
            m_outbox->add(out);
        }
        for (std::size_t n = 0; n < 12; ++n) {
            if (n < 10)
                m_port.lookups[n].second(Outbox::Found::No, {});
            m_outbox->confirmed("war", m_port.sent.back(), {"s", {}});
        }
        QCOMPARE(m_port.lookups.size(), std::size_t(10));
        QCOMPARE(m_port.sent.size(), std::size_t(12));
    }

    /// The rule of every path: what may have left is looked for before it leaves again, under the same id; what the look found is told with what came of it.
    void noPathSendsAgainWhatWasNotLookedFor_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path : {"the line broke", "no answer in time", "an earlier process", "a second part", "said with others", "the question was lost", "twice in doubt"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void noPathSendsAgainWhatWasNotLookedFor()
    {
        QFETCH(QString, path);
        const bool isLong = path == QLatin1String("a second part"), isTogether = path == QLatin1String("said with others");
        if (path == QLatin1String("no answer in time") || path == QLatin1String("the question was lost"))
            make(milliseconds(30));
        Outgoing out = isLong ? post(1, "war", "long") : joinable(1, "x");
        out.maybeSent = path == QLatin1String("an earlier process");
        m_outbox->add(out);
        if (isTogether) {
            m_outbox->add(joinable(2, "y"));
            m_outbox->refused("war", idOf(1), "too fast", milliseconds(5));
            QTRY_COMPARE(m_port.sent.size(), std::size_t(2));
        }
        if (isLong)
            m_outbox->confirmed("war", idOf(1), {"s", {}});
        const auto doubted = [&] {
            if (path == QLatin1String("no answer in time"))
                return QTest::qWaitFor([&] { return !m_port.lookups.empty(); }, tests::kPatience);
            if (!out.maybeSent)
                m_outbox->lineChanged();
            m_outbox->pump();
            return !m_port.lookups.empty();
        };
        const std::size_t before = m_port.sent.size();
        QVERIFY(doubted());
        if (path == QLatin1String("the question was lost")) {
            m_port.lookups.back().second(Outbox::Found::AskAgain, {});
            QCOMPARE(m_port.sent.size(), before);
            QTRY_COMPARE(m_port.lookups.size(), std::size_t(2));
        }
        QCOMPARE(m_port.sent.size(), before); // nothing leaves while it is not known
        m_outbox->pump();
        m_outbox->lineResumed();
        QCOMPARE(m_port.sent.size(), before);
        m_port.lookups.back().second(Outbox::Found::No, {});
        QCOMPARE(m_port.sent.size(), before + 1);
        const std::string id = idOf(1) + (isLong ? "-2" : "");
        QCOMPARE(m_port.sent.back(), id);
        QCOMPARE(m_port.lookups.back().first, id);
        QCOMPARE(lookedOf(1), Looked::Absent);
        QVERIFY(m_reports.back().reason.find("not there") != std::string::npos);
        if (path != QLatin1String("twice in doubt"))
            return;
        m_outbox->lineChanged();
        m_outbox->pump();
        QCOMPARE(m_port.sent.size(), before + 1);
        m_port.lookups.back().second(Outbox::Found::Yes, {"s1", {}});
        QCOMPARE(lookedOf(1), Looked::Found);
        QCOMPARE(m_port.sent.size(), before + 1);
    }
};

QD_TEST(TestOutboxDoubt)
#include "tst_outboxdoubt.moc"
