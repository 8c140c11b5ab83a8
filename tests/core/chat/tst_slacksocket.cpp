// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slacksocket.h"
#include "tests/support/suite.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QtTest>

using namespace qd;
using namespace qd::chat;

/// JSON as it stands; moc of Qt 6.4 gets lost in raw string literals.
#define QD_FRAME(...) #__VA_ARGS__

class TestSlackSocket final : public QObject {
    Q_OBJECT

private:
    class Wire final : public Transport {
    public:
        explicit Wire(QStringList &sent) : m_sent(sent) {}
        void open() override {}
        void send(std::string_view frame) override { m_sent << QString::fromUtf8(frame.data(), static_cast<qsizetype>(frame.size())); }
        void close() override {}
        void abort() override {}

    private:
        QStringList &m_sent;
    };
    struct Bench {
        QStringList sent;
        Wire *wire = nullptr;
        SlackSocket socket;
        QSignalSpy asked{&socket, &SlackSocket::asked}, events{&socket, &SlackSocket::event};

        explicit Bench(std::chrono::milliseconds ackWithin)
            : socket([](const SlackApi::Answered &answered) {
                         SlackAnswer answer;
                         answer.kind = ApiAnswer::Kind::Done;
                         answer.body = QJsonDocument::fromJson(QD_FRAME({"ok":true,"url":"ws://127.0.0.1:1/link"})).object();
                         answered(answer);
                     },
                     [this](const QUrl &) {
                         auto made = std::make_unique<Wire>(sent);
                         wire = made.get();
                         return made;
                     },
                     std::chrono::seconds(60), std::chrono::seconds(60), ackWithin)
        {
            socket.start();
            Q_EMIT wire->frame(QD_FRAME({"type":"hello","num_connections":1}));
        }
        void slash() { Q_EMIT wire->frame(QD_FRAME({"envelope_id":"e1","type":"slash_commands","accepts_response_payload":true,"payload":{"command":"/quarterdeck","text":"log x"}})); }
    };

private Q_SLOTS:
    void aSlashCommandIsAcknowledgedOnceItIsKept()
    {
        Bench b(std::chrono::minutes(1));
        b.slash();
        QCOMPARE(b.asked.size(), 1);
        QCOMPARE(b.sent, QStringList()); // a core that dies now has promised nothing: Slack shows who asked that it failed
        const quint64 receipt = b.asked.at(0).at(2).toULongLong();
        QVERIFY(receipt != 0);
        b.socket.kept(receipt);
        QCOMPARE(b.sent, QStringList{QStringLiteral("{\"envelope_id\":\"e1\"}")});
        b.socket.kept(receipt);
        QCOMPARE(b.sent.size(), 1);
    }

    void whatIsNotKeptInTimeIsAcknowledgedWithAWordThatItMayComeLate()
    {
        Bench b(std::chrono::milliseconds(1));
        b.slash();
        QTRY_COMPARE(b.sent.size(), 1);
        QVERIFY2(b.sent.front().contains(QStringLiteral("late")) && b.sent.front().contains(QStringLiteral("\"e1\"")), qPrintable(b.sent.front()));
        b.socket.kept(b.asked.at(0).at(2).toULongLong());
        QCOMPARE(b.sent.size(), 1);
    }

    void aReactionWaitsToBeKeptAndAMessageDoesNot()
    {
        Bench b(std::chrono::minutes(1));
        Q_EMIT b.wire->frame(QD_FRAME({"envelope_id":"e2","type":"events_api","payload":{"event_id":"Ev1","event":{"type":"message","channel":"C1","ts":"1.1"}}}));
        QCOMPARE(b.sent.size(), 1); // a history holds it
        QCOMPARE(b.events.at(0).at(3).toULongLong(), 0ULL);
        Q_EMIT b.wire->frame(QD_FRAME({"envelope_id":"e3","type":"events_api","payload":{"event_id":"Ev2","event":{"type":"reaction_added","item":{"channel":"C1","ts":"1.1"}}}}));
        QCOMPARE(b.sent.size(), 1);
        b.socket.kept(b.events.at(1).at(3).toULongLong());
        QCOMPARE(b.sent.back(), QStringLiteral("{\"envelope_id\":\"e3\"}"));
        // What Slack sends again was heard.
        Q_EMIT b.wire->frame(QD_FRAME({"envelope_id":"e4","type":"events_api","retry_attempt":1,"payload":{"event_id":"Ev2","event":{"type":"reaction_added","item":{"channel":"C1","ts":"1.1"}}}}));
        QCOMPARE(b.events.size(), 2);
        QCOMPARE(b.sent.back(), QStringLiteral("{\"envelope_id\":\"e4\"}"));
    }

    /// A channel's history is read from where reading stopped; a thread's may be one of very many, and of messages long past nothing is read again.
    void whatNoHistoryIsSureToHoldWaitsToBeKept_data()
    {
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<bool>("waits");
        QTest::newRow("a message") << QByteArray(QD_FRAME({"type":"message","channel":"C1","channel_type":"channel","ts":"2.1"})) << false;
        QTest::newRow("one that others answered") << QByteArray(QD_FRAME({"type":"message","channel":"C1","channel_type":"channel","ts":"2.1","thread_ts":"2.1"})) << false;
        QTest::newRow("an answer in a thread") << QByteArray(QD_FRAME({"type":"message","channel":"C1","channel_type":"channel","ts":"2.1","thread_ts":"1.1"})) << true;
        QTest::newRow("an edit") << QByteArray(QD_FRAME({"type":"message","subtype":"message_changed","channel":"C1","ts":"2.1","message":{"ts":"1.1"}})) << true;
        QTest::newRow("a deletion") << QByteArray(QD_FRAME({"type":"message","subtype":"message_deleted","channel":"C1","ts":"2.1","deleted_ts":"1.1"})) << true;
        QTest::newRow("to us alone") << QByteArray(QD_FRAME({"type":"message","channel":"D1","channel_type":"im","ts":"2.1"})) << true;
        QTest::newRow("somebody came") << QByteArray(QD_FRAME({"type":"member_joined_channel","channel":"C1"})) << false;
    }
    void whatNoHistoryIsSureToHoldWaitsToBeKept()
    {
        QFETCH(QByteArray, event);
        QFETCH(bool, waits);
        Bench b(std::chrono::minutes(1));
        const auto told = [&](const char *envelope) -> QByteArray { return "{\"envelope_id\":\"" + QByteArray(envelope) + "\",\"type\":\"events_api\",\"payload\":{\"event_id\":\"Ev1\",\"event\":" + event + "}}"; };
        Q_EMIT b.wire->frame(told("e1"));
        QCOMPARE(b.events.size(), 1);
        QCOMPARE(b.sent.size(), waits ? 0 : 1);
        const quint64 receipt = b.events.at(0).at(3).toULongLong();
        QCOMPARE(receipt != 0, waits);
        if (!waits)
            return;
        // Slack had no answer and sends it again: it is told once, and waits as the first does.
        Q_EMIT b.wire->frame(told("e2"));
        QCOMPARE(b.events.size(), 1);
        QCOMPARE(b.sent.size(), 0);
        b.socket.kept(receipt);
        QCOMPARE(b.sent, (QStringList{QStringLiteral("{\"envelope_id\":\"e1\"}"), QStringLiteral("{\"envelope_id\":\"e2\"}")}));
        Q_EMIT b.wire->frame(told("e3")); // kept it is
        QCOMPARE(b.sent.size(), 3);
        QCOMPARE(b.events.size(), 1);
    }

    void anAnswerThatIsNotKeptInTimeIsAcknowledgedAllTheSame()
    {
        Bench b(std::chrono::milliseconds(1));
        Q_EMIT b.wire->frame(QD_FRAME({"envelope_id":"e1","type":"events_api","payload":{"event_id":"Ev1","event":{"type":"message","channel":"C1","ts":"2.1","thread_ts":"1.1"}}}));
        QTRY_COMPARE(b.sent, QStringList{QStringLiteral("{\"envelope_id\":\"e1\"}")}); // without a word: nobody waits for one
    }

    void whatALostLineAskedIsAnsweredOnNoOther()
    {
        Bench b(std::chrono::milliseconds(1));
        b.slash();
        const quint64 receipt = b.asked.at(0).at(2).toULongLong();
        b.socket.stop();
        b.socket.kept(receipt);
        QTest::qWait(5);
        QCOMPARE(b.sent, QStringList());
    }
};

QD_TEST(TestSlackSocket)
#include "tst_slacksocket.moc"
